package io.github.czi4j.mosaic;

import io.github.czi4j.model.Pixels;
import java.util.Arrays;

/**
 * The colour that shows where there is no tile (sheet §7.3): three numbers from 0 to 1.
 *
 * @param red 0 to 1
 * @param green 0 to 1
 * @param blue 0 to 1
 */
public record Background(double red, double green, double blue) {
    /** All samples 0. */
    public static final Background BLACK = new Background(0, 0, 0);

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is not from 0 to 1
     */
    public Background {
        for (double part : new double[] {red, green, blue}) {
            if (!(part >= 0 && part <= 1)) {
                throw new IllegalArgumentException(
                        "a background colour has parts from 0 to 1, not " + red + "," + green + "," + blue);
            }
        }
    }

    /** Whether an array that is still all 0 shows it. */
    boolean isZero() {
        // Not equals: that of a record is put together when it is first called, which takes 8 ms.
        return red == 0 && green == 0 && blue == 0;
    }

    /** Fills some pixels, whatever is in them. */
    void fill(Pixels pixels, int first, int count) {
        int step = pixels.type().samplesPerPixel();
        int from = first * step;
        int to = from + count * step;
        double mean = (red + green + blue) / 3;
        switch (pixels.type()) {
            case GRAY8 -> Arrays.fill(pixels.bytes(), from, to, (byte) integer(mean, 255));
            case GRAY16 -> Arrays.fill(pixels.shorts(), from, to, (short) integer(mean, 65535));
            case GRAY32_FLOAT -> Arrays.fill(pixels.floats(), from, to, (float) mean);
            case GRAY64_FLOAT -> Arrays.fill(pixels.doubles(), from, to, mean);
            case GRAY32 -> Arrays.fill(pixels.ints(), from, to, integer(mean, Integer.MAX_VALUE));
            case BGR24 ->
                fillBytes(pixels.bytes(), from, to, integer(blue, 255), integer(green, 255), integer(red, 255));
            case BGRA32 -> {
                int alpha = isZero() ? 0 : 255;
                fillBytes(pixels.bytes(), from, to, integer(blue, 255), integer(green, 255), integer(red, 255), alpha);
            }
            case BGR48 -> fillShorts(pixels.shorts(), from, to);
            case BGR96_FLOAT -> fillFloats(pixels.floats(), from, to, blue, green, red);
            case GRAY64_COMPLEX_FLOAT -> fillFloats(pixels.floats(), from, to, mean, 0);
            case BGR192_COMPLEX_FLOAT -> fillFloats(pixels.floats(), from, to, blue, 0, green, 0, red, 0);
            case UNKNOWN -> throw new IllegalArgumentException("no pixels to fill");
        }
    }

    private static void fillBytes(byte[] samples, int from, int to, int... pixel) {
        for (int i = from; i < to; i += pixel.length) {
            for (int s = 0; s < pixel.length; s++) {
                samples[i + s] = (byte) pixel[s];
            }
        }
    }

    private void fillShorts(short[] samples, int from, int to) {
        for (int i = from; i < to; i += 3) {
            samples[i] = (short) integer(blue, 65535);
            samples[i + 1] = (short) integer(green, 65535);
            samples[i + 2] = (short) integer(red, 65535);
        }
    }

    private static void fillFloats(float[] samples, int from, int to, double... pixel) {
        for (int i = from; i < to; i += pixel.length) {
            for (int s = 0; s < pixel.length; s++) {
                samples[i + s] = (float) pixel[s];
            }
        }
    }

    private static int integer(double part, int full) {
        return (int) (part * full + 0.5);
    }
}
