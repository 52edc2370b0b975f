package io.github.czi4j.mosaic;

import io.github.czi4j.model.Coordinate;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.PyramidLayer;
import io.github.czi4j.model.Rect;
import java.util.Set;

/**
 * A mosaic request with everything decided that the file decides.
 *
 * @param region where the tiles are, raw coordinates in pixels of layer 0; not empty
 * @param shiftX how far to the right of their place the tiles are drawn, in pixels of layer 0
 * @param shiftY how far below their place the tiles are drawn
 * @param zoom output pixels for a pixel of layer 0, above 0 and at most 1; 1 where a layer is asked for
 * @param layer the stored layer to show, or null for the layers that suit the zoom
 * @param plane indices, without S, that a subblock must have
 * @param within the indices to take from subblocks that hold several bitmaps, or null for the first
 * @param scenes the scenes to draw, null for all
 * @param pixelType of the output, not {@link PixelType#UNKNOWN}
 * @param background what shows where there is no tile
 * @param composition how tiles become a picture
 */
public record PlanInput(
        Rect region,
        int shiftX,
        int shiftY,
        float zoom,
        PyramidLayer layer,
        Coordinate plane,
        Coordinate within,
        Set<Integer> scenes,
        PixelType pixelType,
        Background background,
        Composition composition) {
    /**
     * Copies the set.
     */
    public PlanInput {
        scenes = scenes == null ? null : Set.copyOf(scenes);
    }

    /**
     * What the mosaic shows.
     *
     * @return raw coordinates in pixels of layer 0
     */
    public Rect shown() {
        return region.translate(shiftX, shiftY);
    }

    /**
     * Width of the output.
     *
     * @return pixels, possibly 0
     */
    public int width() {
        return size(region.width());
    }

    /**
     * Height of the output.
     *
     * @return pixels, possibly 0
     */
    public int height() {
        return size(region.height());
    }

    /** In single precision as libCZI computes it; exact at zoom 1. */
    private int size(int regionSize) {
        if (layer != null) {
            return regionSize / layer.factor();
        }
        return zoom == 1 ? regionSize : (int) (regionSize * zoom);
    }

    PlanInput with(Composition changed) {
        return new PlanInput(
                region, shiftX, shiftY, zoom, layer, plane, within, scenes, pixelType, background, changed);
    }

    PlanInput with(Rect changed) {
        return new PlanInput(
                changed, shiftX, shiftY, zoom, layer, plane, within, scenes, pixelType, background, composition);
    }

    /** Whether a subblock's scene is wanted; one without a scene always is. */
    boolean wantsScene(int scene) {
        return scenes == null || scenes.contains(scene);
    }
}
