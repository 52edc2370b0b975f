package io.github.czi4j.model;

/**
 * The indices that occur along a dimension; there may be gaps.
 *
 * @param min the lowest; not always 0
 * @param max the highest
 */
public record IndexRange(int min, int max) {
    /**
     * Number of indices from lowest to highest.
     *
     * @return {@code max - min + 1}
     */
    public long size() {
        return (long) max - min + 1;
    }

    /**
     * Whether an index lies between lowest and highest.
     *
     * @param index any integer
     * @return true if so
     */
    public boolean contains(int index) {
        return index >= min && index <= max;
    }

    /** As {@code min..max}. */
    @Override
    public String toString() {
        return min + ".." + max;
    }
}
