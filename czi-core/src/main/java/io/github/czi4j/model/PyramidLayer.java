package io.github.czi4j.model;

/**
 * One stored layer of the pyramid, by its number (sheet §7.4). A tile belongs to the smallest layer whose
 * {@link #factor()} is at least the tile's own minification, rounded.
 *
 * @param minificationFactor ratio of one layer to the next, at least 2; usually 2 or 3
 * @param layer 0 for full resolution, 1 for the next coarser layer, and so on
 */
public record PyramidLayer(int minificationFactor, int layer) {
    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is out of range, or {@link #factor()} would exceed an int
     */
    public PyramidLayer {
        if (minificationFactor < 2) {
            throw new IllegalArgumentException(
                    "the ratio of one pyramid layer to the next must be at least 2, not " + minificationFactor);
        }
        if (layer < 0 || Math.pow(minificationFactor, layer) > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "a pyramid of factor " + minificationFactor + " cannot have a layer " + layer);
        }
    }

    /**
     * How many pixels of layer 0 stand side by side in a pixel of this layer.
     *
     * @return {@code minificationFactor} to the power of {@code layer}
     */
    public int factor() {
        int factor = 1;
        for (int i = 0; i < layer; i++) {
            factor *= minificationFactor;
        }
        return factor;
    }

    /**
     * The layer of a tile in a pyramid of this factor.
     *
     * @param logicalSize its extent in pixels of layer 0, along the side that is longer in the bitmap
     * @param storedSize its extent in the bitmap along that side, at least 1
     * @return at least 0
     */
    public int layerOf(int logicalSize, int storedSize) {
        long ratio = Math.round((double) logicalSize / storedSize);
        int result = 0;
        for (long reach = 1; reach < ratio; reach *= minificationFactor) {
            result++;
        }
        return result;
    }
}
