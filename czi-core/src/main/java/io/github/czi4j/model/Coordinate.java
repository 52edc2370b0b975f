package io.github.czi4j.model;

import java.util.Arrays;

/**
 * Indices along some of the dimensions Z C T R S I H V B, written as in {@code Z0C1T0S2}.
 *
 * <p>A dimension that is absent is undefined, which differs from index 0: a file without any C matches no request for
 * channel 0. Indices may be negative. Immutable.
 */
public final class Coordinate {
    /** The coordinate without any dimension. */
    public static final Coordinate EMPTY = new Coordinate(0, new int[Dimension.COORDINATE_COUNT]);

    private final int mask;
    private final int[] indices;

    private Coordinate(int mask, int[] indices) {
        this.mask = mask;
        this.indices = indices;
    }

    /**
     * Makes a coordinate of one dimension.
     *
     * @param dimension Z to B
     * @param index any integer
     * @return the coordinate
     */
    public static Coordinate of(Dimension dimension, int index) {
        return EMPTY.with(dimension, index);
    }

    /**
     * Reads a coordinate such as {@code C1Z4}, {@code Z0C0T0S0} or {@code C=1,Z=4}: letters in any order and case, each
     * at most once, each followed by an integer; {@code =} and {@code ,} and blanks are optional.
     *
     * @param text the text; empty gives {@link #EMPTY}
     * @return the coordinate
     * @throws IllegalArgumentException if the text is none
     */
    public static Coordinate parse(String text) {
        Coordinate result = EMPTY;
        int at = 0;
        while (at < text.length()) {
            char letter = text.charAt(at++);
            if (letter == ',' || letter == ' ') {
                continue;
            }
            Dimension dimension = Dimension.ofLetter(letter);
            if (dimension == null || !dimension.isCoordinate()) {
                throw notACoordinate(text, "'" + letter + "' is none of the dimensions Z C T R S I H V B");
            }
            if (result.has(dimension)) {
                throw notACoordinate(text, dimension + " occurs twice");
            }
            if (at < text.length() && text.charAt(at) == '=') {
                at++;
            }
            int end = at;
            if (end < text.length() && (text.charAt(end) == '-' || text.charAt(end) == '+')) {
                end++;
            }
            while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
                end++;
            }
            try {
                result = result.with(dimension, Integer.parseInt(text.substring(at, end)));
            } catch (NumberFormatException e) {
                throw notACoordinate(text, dimension + " has no index");
            }
            at = end;
        }
        return result;
    }

    private static IllegalArgumentException notACoordinate(String text, String reason) {
        return new IllegalArgumentException("'" + text + "' is not a coordinate such as C1Z4: " + reason);
    }

    /**
     * This coordinate with one index set.
     *
     * @param dimension Z to B
     * @param index any integer
     * @return a new coordinate
     * @throws IllegalArgumentException if the dimension is M, X or Y
     */
    public Coordinate with(Dimension dimension, int index) {
        if (!dimension.isCoordinate()) {
            throw new IllegalArgumentException(dimension + " is no part of a coordinate");
        }
        int[] changed = indices.clone();
        changed[dimension.ordinal()] = index;
        return new Coordinate(mask | 1 << dimension.ordinal(), changed);
    }

    /**
     * This coordinate less one dimension.
     *
     * @param dimension any dimension
     * @return a coordinate in which it is undefined
     */
    public Coordinate without(Dimension dimension) {
        if (!has(dimension)) {
            return this;
        }
        int[] changed = indices.clone();
        changed[dimension.ordinal()] = 0;
        return new Coordinate(mask & ~(1 << dimension.ordinal()), changed);
    }

    /**
     * Whether an index is given for a dimension.
     *
     * @param dimension any dimension
     * @return true if so; never for M, X and Y
     */
    public boolean has(Dimension dimension) {
        return (mask >>> dimension.ordinal() & 1) != 0;
    }

    /**
     * The index along a dimension.
     *
     * @param dimension one that this coordinate {@linkplain #has has}
     * @return the index
     * @throws IllegalArgumentException if it is undefined here
     */
    public int get(Dimension dimension) {
        if (!has(dimension)) {
            throw new IllegalArgumentException("'" + this + "' has no index for " + dimension);
        }
        return indices[dimension.ordinal()];
    }

    /**
     * The index along a dimension, or a substitute.
     *
     * @param dimension any dimension
     * @param otherwise what to return where it is undefined
     * @return the index
     */
    public int getOrDefault(Dimension dimension, int otherwise) {
        return has(dimension) ? indices[dimension.ordinal()] : otherwise;
    }

    /**
     * Whether any dimension is given.
     *
     * @return true if none is
     */
    public boolean isEmpty() {
        return mask == 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Coordinate that && mask == that.mask && Arrays.equals(indices, that.indices);
    }

    @Override
    public int hashCode() {
        return 31 * mask + Arrays.hashCode(indices);
    }

    /** Letters and indices in the order Z C T R S I H V B, for instance {@code Z0C1T0S2}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Dimension dimension : Dimension.ofCoordinate()) {
            if (has(dimension)) {
                text.append(dimension).append(indices[dimension.ordinal()]);
            }
        }
        return text.toString();
    }
}
