package io.github.czi4j.cli;

import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Pixels;

/** The range of samples, and pictures stretched to it: 12-bit data in a 16-bit picture looks black otherwise. */
final class Stretch {
    private Stretch() {}

    /**
     * Lowest and highest sample.
     *
     * @param low NaN if no sample is a finite number
     * @param high likewise
     */
    record Range(double low, double high) {}

    static Range range(Pixels pixels) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        boolean hasAlpha = pixels.type() == PixelType.BGRA32;
        int count = count(pixels);
        for (int i = 0; i < count; i++) {
            double value = sample(pixels, i);
            if (hasAlpha && isAlpha(i) || !Double.isFinite(value)) {
                continue;
            }
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        return low > high ? new Range(Double.NaN, Double.NaN) : new Range(low, high);
    }

    private static int count(Pixels pixels) {
        return Math.toIntExact(Pixels.elements(pixels.width(), pixels.height(), pixels.type()));
    }

    /** The last of four samples says how much is seen, and is no brightness. */
    private static boolean isAlpha(int i) {
        return (i & 3) == 3;
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

    /**
     * The samples from lowest to highest as 0 to 255 for 8-bit pixels, 0 to 65535 for all others. What is no number
     * becomes 0, and opacity stays as it is.
     *
     * @param pixels not complex
     */
    static Pixels stretch(Pixels pixels, Range range) {
        boolean isByte = pixels.type().sample() == PixelType.Sample.UINT8;
        boolean isColour = pixels.type().samplesPerPixel() > 1;
        PixelType type = isByte ? pixels.type() : isColour ? PixelType.BGR48 : PixelType.GRAY16;
        Pixels result = Pixels.allocate(pixels.width(), pixels.height(), type);
        boolean hasAlpha = type == PixelType.BGRA32;
        double full = isByte ? 255 : 65535;
        double scale = range.high > range.low ? full / (range.high - range.low) : 0;
        int count = count(pixels);
        for (int i = 0; i < count; i++) {
            double value = sample(pixels, i);
            if (!(hasAlpha && isAlpha(i))) {
                // Infinities go to the ends; the cast makes 0 of a NaN.
                value = Math.max(0, Math.min(full, (value - range.low) * scale + 0.5));
            }
            if (isByte) {
                result.bytes()[i] = (byte) (int) value;
            } else {
                result.shorts()[i] = (short) (int) value;
            }
        }
        return result;
    }
}
