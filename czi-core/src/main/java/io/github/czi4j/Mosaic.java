package io.github.czi4j;

import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Pixels;
import io.github.czi4j.model.Rect;
import io.github.czi4j.model.TileFailure;
import io.github.czi4j.model.TileWarning;
import io.github.czi4j.mosaic.Composer;
import io.github.czi4j.mosaic.Plan;
import java.util.List;

/**
 * A composed image and the report of how it came about. The array belongs to the caller.
 */
public final class Mosaic {
    private final Plan plan;
    private final Composer.Result result;
    private final List<String> notes;

    Mosaic(Plan plan, Composer.Result result, List<String> notes) {
        this.plan = plan;
        this.result = result;
        this.notes = List.copyOf(notes);
    }

    /**
     * The image.
     *
     * @return pixels in a typed array
     */
    public Pixels pixels() {
        return result.pixels();
    }

    /**
     * Width of the image.
     *
     * @return output pixels
     */
    public int width() {
        return result.pixels().width();
    }

    /**
     * Height of the image.
     *
     * @return output pixels
     */
    public int height() {
        return result.pixels().height();
    }

    /**
     * Layout of a pixel.
     *
     * @return the type
     */
    public PixelType pixelType() {
        return result.pixels().type();
    }

    /**
     * The part of the document that the image shows.
     *
     * @return raw coordinates in pixels of layer 0
     */
    public Rect region() {
        return plan.input().shown();
    }

    /**
     * Unsigned 8-bit samples, row by row.
     *
     * @return the array itself
     * @throws IllegalStateException if the samples are of another kind
     */
    public byte[] bytes() {
        return result.pixels().bytes();
    }

    /**
     * Unsigned 16-bit samples, row by row.
     *
     * @return the array itself
     * @throws IllegalStateException if the samples are of another kind
     */
    public short[] shorts() {
        return result.pixels().shorts();
    }

    /**
     * Single-precision samples, row by row.
     *
     * @return the array itself
     * @throws IllegalStateException if the samples are of another kind
     */
    public float[] floats() {
        return result.pixels().floats();
    }

    /**
     * Subblocks that could not be drawn, by index. Tiles below them show in their place; where there are none, the
     * background does, and {@link TileFailure#holes()} says where.
     *
     * @return empty if all is well
     */
    public List<TileFailure> failures() {
        return result.failures();
    }

    /**
     * What was odd about subblocks that were drawn all the same, by index.
     *
     * @return empty if all is well
     */
    public List<TileWarning> warnings() {
        return result.warnings();
    }

    /**
     * What is wrong with the file as a whole so that subblocks may be missing without being named in {@link #failures()}:
     * a directory that could not be read to its end, or entries without a sound place.
     *
     * @return empty if all is well
     */
    public List<String> notes() {
        return notes;
    }

    /**
     * Whether every subblock that belongs into the image is there.
     *
     * @return true if nothing failed and the directory is sound
     */
    public boolean isComplete() {
        return result.failures().isEmpty() && notes.isEmpty();
    }

    /**
     * Where the layers that suit the zoom have no tile and the background shows, though another layer has a tile there;
     * what was filled by the request's {@link MosaicRequest#pyramidGaps} does not count. Rims below two pixels are not
     * told. Looked for at each call, in the directory alone.
     *
     * @return disjoint parts of the image in output pixels; empty if nothing is missing, or where a layer was asked for
     *     by its number
     */
    public List<Rect> pyramidGaps() {
        return plan.gaps();
    }

    /**
     * Number of subblocks that show in the image.
     *
     * @return at least 0
     */
    public int drawnCount() {
        return plan.tileCount() - result.failures().size();
    }

    /**
     * Number of subblocks that were not read, because others hide them.
     *
     * @return at least 0
     */
    public int hiddenCount() {
        return plan.hidden().length;
    }

    /**
     * Number of bitmaps that were decoded.
     *
     * @return at least {@link #drawnCount()}
     */
    public int decodedCount() {
        return result.decoded();
    }
}
