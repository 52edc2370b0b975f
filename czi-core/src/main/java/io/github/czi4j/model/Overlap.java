package io.github.czi4j.model;

/** What shows where tiles overlap. */
public enum Overlap {
    /** The tile on top: the one of the highest M-index, as libCZI paints them (sheet §7.3). */
    TOPMOST,
    /**
     * All of them, blended so that no seam shows: {@code Σ wᵢ·vᵢ / Σ wᵢ}.
     *
     * <p>The weight of a stored pixel is the product of two distances, in pixels of layer 0: from its centre to the
     * nearer of the tile's left and right edges, and to the nearer of its upper and lower ones. It falls linearly to the
     * edge of the tile and is at least half a stored pixel in each direction, so that it never vanishes. Across the
     * overlap of two tiles side by side, narrower than half of each, the one fades linearly into the other.
     *
     * <p>Arithmetic is that of {@code double}, tile by tile in draw order; integers are rounded to the nearest, halves
     * up. All tiles that touch the region are read.
     */
    FEATHER
}
