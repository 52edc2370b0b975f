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

    /** Fills a bitmap that is still all 0. */
    void fill(Pixels pixels) {
        if (equals(BLACK)) {
            return;
        }
        double mean = (red + green + blue) / 3;
        switch (pixels.type()) {
            case GRAY8 -> Arrays.fill(pixels.bytes(), (byte) integer(mean, 255));
            case GRAY16 -> Arrays.fill(pixels.shorts(), (short) integer(mean, 65535));
            case GRAY32_FLOAT -> Arrays.fill(pixels.floats(), (float) mean);
            case GRAY64_FLOAT -> Arrays.fill(pixels.doubles(), mean);
            case GRAY32 -> Arrays.fill(pixels.ints(), integer(mean, Integer.MAX_VALUE));
            case BGR24, BGRA32 -> fillBytes(pixels);
            case BGR48 -> {
                short[] samples = pixels.shorts();
                for (int i = 0; i < samples.length; i += 3) {
                    samples[i] = (short) integer(blue, 65535);
                    samples[i + 1] = (short) integer(green, 65535);
                    samples[i + 2] = (short) integer(red, 65535);
                }
            }
            case BGR96_FLOAT -> fillFloats(pixels.floats(), 1, (float) blue, (float) green, (float) red);
            case GRAY64_COMPLEX_FLOAT -> fillFloats(pixels.floats(), 2, (float) mean, (float) mean, (float) mean);
            case BGR192_COMPLEX_FLOAT -> fillFloats(pixels.floats(), 2, (float) blue, (float) green, (float) red);
            case UNKNOWN -> throw new IllegalArgumentException("no pixels to fill");
        }
    }

    private void fillBytes(Pixels pixels) {
        byte[] samples = pixels.bytes();
        int step = pixels.type().samplesPerPixel();
        for (int i = 0; i < samples.length; i += step) {
            samples[i] = (byte) integer(blue, 255);
            samples[i + 1] = (byte) integer(green, 255);
            samples[i + 2] = (byte) integer(red, 255);
            if (step == 4) {
                samples[i + 3] = (byte) 255;
            }
        }
    }

    /** Real parts in turn; imaginary parts, where the step is 2, stay 0. */
    private static void fillFloats(float[] samples, int step, float... parts) {
        for (int i = 0, part = 0; i < samples.length; i += step, part = (part + 1) % parts.length) {
            samples[i] = parts[part];
        }
    }

    private static int integer(double part, int full) {
        return (int) (part * full + 0.5);
    }
}
