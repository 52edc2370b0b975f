package io.github.czi4j.model;

/**
 * How far a channel is to be moved so that it lies on the others, as its experiment says ({@code PixelShiftX} and
 * {@code PixelShiftY}).
 *
 * @param x to the right, in pixels of layer 0
 * @param y downwards, likewise
 */
public record PixelShift(double x, double y) {
    /** None. */
    public static final PixelShift NONE = new PixelShift(0, 0);

    /** More than any camera has pixels. */
    private static final double LARGEST = 100_000;

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is no number or above 100,000
     */
    public PixelShift {
        if (!(Math.abs(x) <= LARGEST && Math.abs(y) <= LARGEST)) {
            throw new IllegalArgumentException("no channel is shifted by " + x + " and " + y + " pixels");
        }
    }

    /**
     * Whole pixels to the right.
     *
     * @return the nearest; half pixels are rounded up
     */
    public int columns() {
        return (int) Math.round(x);
    }

    /**
     * Whole pixels downwards.
     *
     * @return the nearest; half pixels are rounded up
     */
    public int rows() {
        return (int) Math.round(y);
    }
}
