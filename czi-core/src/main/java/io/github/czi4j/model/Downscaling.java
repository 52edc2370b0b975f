package io.github.czi4j.model;

/** How a mosaic at a zoom below 1 comes by its pixels. */
public enum Downscaling {
    /**
     * Each output pixel shows one stored pixel, as libCZI chooses it (sheet §7.5). Fast and exact to the bit, but fine
     * patterns alias.
     */
    NEAREST,
    /**
     * Each output pixel is the mean of all that it covers, each stored pixel weighted by the area that they share.
     *
     * <p>Output pixel (X, Y) of W×H stands for the rectangle from {@code X·w/W} to {@code (X+1)·w/W}, and likewise in y,
     * of the region of w×h pixels of layer 0. A tile's stored pixel stands for its share of the tile's place in the
     * document. With {@link Overlap#TOPMOST} tiles are cut apart in pixels of layer 0 first, so that each point counts
     * for one tile only. What no tile covers has no weight: the background never mixes with the picture, and shows only
     * where an output pixel touches no tile at all.
     *
     * <p>Arithmetic is that of {@code double}, tile by tile in draw order. Each sample is averaged by itself, also alpha
     * and the parts of complex numbers; pixels of another type are converted before. Integers are rounded to the
     * nearest, halves up: where all covered pixels are equal, so is the result (but for the last bits of 64-bit floats).
     * Tiles are chosen as for {@link #NEAREST}.
     */
    AREA_AVERAGE
}
