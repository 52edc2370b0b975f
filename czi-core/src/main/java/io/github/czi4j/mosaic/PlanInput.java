package io.github.czi4j.mosaic;

import io.github.czi4j.model.Coordinate;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Rect;
import java.util.Set;

/**
 * A mosaic request with everything decided that the file decides.
 *
 * @param region raw coordinates in pixels of layer 0; not empty
 * @param zoom output pixels for a pixel of layer 0, above 0 and at most 1
 * @param plane indices, without S, that a subblock must have
 * @param scenes the scenes to draw, null for all
 * @param pixelType of the output, not {@link PixelType#UNKNOWN}
 * @param background what shows where there is no tile
 */
public record PlanInput(
        Rect region, float zoom, Coordinate plane, Set<Integer> scenes, PixelType pixelType, Background background) {
    /**
     * Copies the set.
     */
    public PlanInput {
        scenes = scenes == null ? null : Set.copyOf(scenes);
    }
}
