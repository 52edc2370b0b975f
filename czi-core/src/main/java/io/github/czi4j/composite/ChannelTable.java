package io.github.czi4j.composite;

import io.github.czi4j.model.ChannelDisplay;
import java.util.Arrays;

/**
 * What each value of a sample becomes in the picture (sheet §7.7), so that a pixel costs a look into a table. By
 * priority: a curve; black and white point; the upper 8 bits.
 */
final class ChannelTable {
    private static final int FULL = 255;
    /** Repeats a component as blue, green and red. */
    private static final int WHITE_STEP = 0x010101;

    private final ChannelDisplay display;
    private final int highest;
    private final double factor;
    private final byte[] curve;
    private final boolean hasRange;
    private final long black;
    private final long white;

    /**
     * Prepares the tables of a channel.
     *
     * @param display how it is shown, with black and white point
     * @param values number of values of a sample: 256 or 65,536
     * @param factor its weight over the mean weight; 1 where weights do not matter
     */
    ChannelTable(ChannelDisplay display, int values, double factor) {
        this.display = display;
        this.highest = values - 1;
        this.factor = factor;
        this.curve = ToneCurve.table(display, values);
        this.hasRange = !(display.black() <= 0 && display.white() >= 1);
        this.black = (long) Math.ceil(display.black() * highest);
        this.white = (long) Math.floor(display.white() * highest);
    }

    /** The curve; null if black and white point alone decide. */
    byte[] curve() {
        return curve;
    }

    /** For grey values: {@code 0xRRGGBB} of each. */
    int[] colours() {
        int[] table = new int[highest + 1];
        for (int value = 0; value <= highest; value++) {
            table[value] = curve == null ? colour(value) : curveColour(curve[value] & FULL);
        }
        return table;
    }

    /** For what comes out of the curve: {@code 0xRRGGBB} of each of 256 values. */
    int[] curveColours() {
        int[] table = new int[FULL + 1];
        Arrays.setAll(table, this::curveColour);
        return table;
    }

    /** For the components of a colour that is not tinted. */
    byte[] components() {
        byte[] table = new byte[highest + 1];
        for (int value = 0; value <= highest; value++) {
            table[value] = (byte) weighted(curve == null ? untinted(value) : curve[value] & FULL);
        }
        return table;
    }

    private int colour(int value) {
        if (!display.isTinted()) {
            return WHITE_STEP * weighted(untinted(value));
        }
        double share = hasRange ? shareOfRange(value) : (double) value / highest;
        return packed(share);
    }

    private int curveColour(int value) {
        return display.isTinted() ? packed((double) value / FULL) : WHITE_STEP * weighted(value);
    }

    private int untinted(int value) {
        if (hasRange) {
            return rounded(shareOfRange(value) * FULL);
        }
        return highest == FULL ? value : value >> 8;
    }

    private double shareOfRange(int value) {
        if (value <= black) {
            return 0;
        }
        return value >= white ? 1 : (double) (value - black) / (white - black);
    }

    private int packed(double share) {
        int colour = display.colour();
        int red = weighted(rounded(share * (colour >> 16)));
        int green = weighted(rounded(share * (colour >> 8 & FULL)));
        int blue = weighted(rounded(share * (colour & FULL)));
        return red << 16 | green << 8 | blue;
    }

    private int weighted(int component) {
        return factor == 1 ? component : Math.min(FULL, rounded(component * factor));
    }

    private static int rounded(double value) {
        return (int) (value + 0.5);
    }
}
