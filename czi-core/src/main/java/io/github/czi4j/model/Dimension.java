package io.github.czi4j.model;

import java.util.List;

/**
 * A dimension of a subblock, as named by one letter in its directory entry (sheet §2.2).
 *
 * <p>The order of the constants from {@link #Z} to {@link #B} is the order in which a {@link Coordinate} is written.
 */
public enum Dimension {
    /** Focal plane. */
    Z,
    /** Channel. */
    C,
    /** Time point. */
    T,
    /** Rotation. */
    R,
    /** Scene: a spatial region of the document. Groups tiles, and is no part of a plane. */
    S,
    /** Illumination direction. */
    I,
    /** Phase, or detector element. */
    H,
    /** View. */
    V,
    /** Acquisition block; deprecated, 0 in all files seen. */
    B,
    /** Number of the mosaic tile in its plane and scene: the order in which overlapping tiles are painted. */
    M,
    /** Horizontal position, in pixels of layer 0. */
    X,
    /** Vertical position, in pixels of layer 0. */
    Y;

    /** Number of dimensions that a {@link Coordinate} may hold: {@link #Z} to {@link #B}. */
    public static final int COORDINATE_COUNT = 9;

    private static final Dimension[] VALUES = values();
    private static final Dimension[] BY_LETTER = new Dimension[26];

    static {
        for (Dimension dimension : VALUES) {
            BY_LETTER[dimension.name().charAt(0) - 'A'] = dimension;
        }
    }

    /**
     * The dimensions of a {@link Coordinate}, in the order in which it is written.
     *
     * @return {@link #Z} to {@link #B}
     */
    public static List<Dimension> ofCoordinate() {
        return List.of(VALUES).subList(0, COORDINATE_COUNT);
    }

    /**
     * The dimension that a letter names, or null if it names none.
     *
     * @param letter an ASCII letter, upper or lower case
     * @return the dimension, or null
     */
    public static Dimension ofLetter(int letter) {
        int slot = (letter & ~0x20) - 'A';
        boolean isLetter = (letter & ~0x7F) == 0 && slot >= 0 && slot < 26;
        return isLetter ? BY_LETTER[slot] : null;
    }

    /**
     * Whether this dimension has a place in a {@link Coordinate}: all but M, X and Y.
     *
     * @return true for {@link #Z} to {@link #B}
     */
    public boolean isCoordinate() {
        return ordinal() < COORDINATE_COUNT;
    }

    /**
     * Whether two subblocks that differ in this dimension lie in different planes: all of a {@link Coordinate} but
     * {@link #S}.
     *
     * @return true for Z, C, T, R, I, H, V and B
     */
    public boolean isPlane() {
        return isCoordinate() && this != S;
    }
}
