package io.github.czi4j.mosaic;

import io.github.czi4j.index.SubblockDirectory;
import io.github.czi4j.model.Rect;
import io.github.czi4j.model.SubblockInfo;
import java.util.List;

/**
 * What a mosaic needs, before a pixel is read. Immutable.
 */
public final class Plan {
    /** Payload as stored, a step between, and the bitmap: what one worker holds, in bitmaps. */
    private static final int BITMAPS_PER_WORKER = 3;

    private final SubblockDirectory directory;
    private final PlanInput input;
    private final int width;
    private final int height;
    private final List<PlannedTile> tiles;
    private final int[] hidden;
    private final boolean ordered;

    Plan(
            SubblockDirectory directory,
            PlanInput input,
            int width,
            int height,
            List<PlannedTile> tiles,
            int[] hidden,
            boolean ordered) {
        this.directory = directory;
        this.input = input;
        this.width = width;
        this.height = height;
        this.tiles = List.copyOf(tiles);
        this.hidden = hidden;
        this.ordered = ordered;
    }

    /**
     * The request.
     *
     * @return as planned
     */
    public PlanInput input() {
        return input;
    }

    /**
     * Width of the output.
     *
     * @return pixels
     */
    public int width() {
        return width;
    }

    /**
     * Height of the output.
     *
     * @return pixels
     */
    public int height() {
        return height;
    }

    List<PlannedTile> tiles() {
        return tiles;
    }

    /** Whether tiles must be placed one after the other, because too many overlap to cut them apart. */
    boolean isOrdered() {
        return ordered;
    }

    /**
     * Number of subblocks to read.
     *
     * @return at least 0
     */
    public int tileCount() {
        return tiles.size();
    }

    /**
     * A subblock to read, in draw order: later ones lie on top.
     *
     * @param i 0 to {@code tileCount() - 1}
     * @return what the directory says of it
     */
    public SubblockInfo tile(int i) {
        return directory.info(tiles.get(i).row());
    }

    /**
     * The parts of the output that a subblock fills.
     *
     * @param i 0 to {@code tileCount() - 1}
     * @return output pixels; disjoint among all subblocks as a rule, see {@link Planner}
     */
    public List<Rect> visibleParts(int i) {
        return tiles.get(i).visible();
    }

    /**
     * Subblocks that touch the region but are hidden by others, and so are not read.
     *
     * @return indices in the directory, ascending
     */
    public int[] hidden() {
        return hidden.clone();
    }

    /**
     * Size of the result.
     *
     * @return bytes
     */
    public long outputBytes() {
        return (long) width * height * input.pixelType().bytesPerPixel();
    }

    /**
     * Pixels that the subblocks to read hold, over pixels of the output that they fill.
     *
     * @return 1 where nothing is read in vain
     */
    public double pixelAmplification() {
        long decoded = 0;
        long delivered = 0;
        for (PlannedTile tile : tiles) {
            decoded += (long) directory.storedWidth(tile.row()) * directory.storedHeight(tile.row());
            delivered += tile.visibleArea();
        }
        return delivered == 0 ? 0 : (double) decoded / delivered;
    }

    /**
     * The most memory that the execution takes.
     *
     * @param workers number of workers
     * @return bytes: the result and the bitmaps in work
     */
    public long peakBytes(int workers) {
        return outputBytes() + BITMAPS_PER_WORKER * largestTileBytes() * Math.min(workers, Math.max(1, tiles.size()));
    }

    private long largestTileBytes() {
        long largest = 0;
        for (PlannedTile tile : tiles) {
            long pixels = (long) directory.storedWidth(tile.row()) * directory.storedHeight(tile.row());
            largest = Math.max(largest, pixels * directory.pixelType(tile.row()).bytesPerPixel());
        }
        return largest;
    }
}
