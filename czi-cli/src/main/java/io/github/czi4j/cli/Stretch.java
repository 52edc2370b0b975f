package io.github.czi4j.cli;

import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Pixels;

/** The range of samples, and pictures stretched to it: 12-bit data in a 16-bit picture looks black otherwise. */
final class Stretch {
    private Stretch() {}

    /**
     * Lowest and highest sample.
     *
     * @param low NaN if no sample is a number
     */
    record Range(double low, double high) {}

    static Range range(Pixels pixels) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        long count = Pixels.elements(pixels.width(), pixels.height(), pixels.type());
        for (int i = 0; i < count; i++) {
            double value = sample(pixels, i);
            // Comparisons with NaN are false, so it takes no part.
            low = value < low ? value : low;
            high = value > high ? value : high;
        }
        return new Range(low, high);
    }

    private static double sample(Pixels pixels, int i) {
        return switch (pixels.type().sample()) {
            case UINT8 -> pixels.bytes()[i] & 0xFF;
            case UINT16 -> pixels.shorts()[i] & 0xFFFF;
            case INT32 -> pixels.ints()[i];
            case FLOAT32 -> pixels.floats()[i];
            case FLOAT64 -> pixels.doubles()[i];
        };
    }

    /** The samples from lowest to highest as 0 to 255 for 8-bit pixels, 0 to 65535 for all others. */
    static Pixels stretch(Pixels pixels, Range range) {
        boolean isColour = pixels.type().samplesPerPixel() == 3;
        boolean isByte = pixels.type().sample() == PixelType.Sample.UINT8;
        PixelType type =
                isByte ? isColour ? PixelType.BGR24 : PixelType.GRAY8 : isColour ? PixelType.BGR48 : PixelType.GRAY16;
        Pixels result = Pixels.allocate(pixels.width(), pixels.height(), type);
        double full = isByte ? 255 : 65535;
        double scale = range.high > range.low ? full / (range.high - range.low) : 0;
        long count = Pixels.elements(pixels.width(), pixels.height(), pixels.type());
        for (int i = 0; i < count; i++) {
            // The cast makes 0 of a NaN.
            int value = (int) ((sample(pixels, i) - range.low) * scale + 0.5);
            if (isByte) {
                result.bytes()[i] = (byte) value;
            } else {
                result.shorts()[i] = (short) value;
            }
        }
        return result;
    }
}
