package io.github.czi4j.composite;

import io.github.czi4j.model.ChannelDisplay;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Pixels;

/** The values of a channel: in 8 or 16 bits whatever the pixel type, and what range of them is in use. */
public final class Values {
    /** One pixel in so many may be darker than the black point, and one brighter than the white point. */
    private static final int OUTLIERS = 1000;

    private static final int FULL16 = 0xFFFF;

    private Values() {}

    /**
     * Samples of 8 or 16 bits. Floats and 32-bit integers, which libCZI does not display, are spread from the lowest to
     * the highest finite value of the picture over 16 bits; of complex numbers the absolute value is taken; what is no
     * number becomes 0.
     *
     * @param pixels of any type
     * @return the pixels themselves if they have such samples, else a copy
     */
    public static Pixels integers(Pixels pixels) {
        if (pixels.type().sample() == PixelType.Sample.UINT8 || pixels.type().sample() == PixelType.Sample.UINT16) {
            return pixels;
        }
        PixelType type = pixels.type().isColour() ? PixelType.BGR48 : PixelType.GRAY16;
        Pixels result = Pixels.allocate(pixels.width(), pixels.height(), type);
        short[] out = result.shorts();
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < out.length; i++) {
            double value = value(pixels, i);
            if (Double.isFinite(value)) {
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
        }
        // Halved, lest the difference of two large numbers overflows.
        double half = high / 2 - low / 2;
        for (int i = 0; i < out.length && half > 0; i++) {
            double share = (value(pixels, i) / 2 - low / 2) / half;
            out[i] = (short) (int) (Math.max(0, Math.min(1, share)) * FULL16 + 0.5);
        }
        return result;
    }

    private static double value(Pixels pixels, int i) {
        return switch (pixels.type()) {
            case GRAY32 -> pixels.ints()[i];
            case GRAY64_FLOAT -> pixels.doubles()[i];
            case GRAY64_COMPLEX_FLOAT, BGR192_COMPLEX_FLOAT ->
                Math.hypot(pixels.floats()[2 * i], pixels.floats()[2 * i + 1]);
            default -> pixels.floats()[i];
        };
    }

    /**
     * Bytes that {@link #integers} needs for a pixel.
     *
     * @param type of the channel
     * @return 0, 2 or 6
     */
    public static int bytesPerPixel(PixelType type) {
        boolean isCopied = type.sample() != PixelType.Sample.UINT8 && type.sample() != PixelType.Sample.UINT16;
        return isCopied ? (type.isColour() ? PixelType.BGR48 : PixelType.GRAY16).bytesPerPixel() : 0;
    }

    /**
     * Chooses black and white point if they are to be chosen: so that one pixel in a thousand is darker, and one brighter.
     *
     * @param display of a channel
     * @param channel as {@link #integers} gives it
     * @return with black and white point
     */
    public static ChannelDisplay withRange(ChannelDisplay display, Pixels channel) {
        if (!display.isAutomatic()) {
            return display;
        }
        int[] histogram = histogram(channel);
        long count = 0;
        for (int n : histogram) {
            count += n;
        }
        long outliers = count / OUTLIERS;
        int low = 0;
        for (long darker = histogram[0]; darker <= outliers && low < histogram.length - 1; darker += histogram[low]) {
            low++;
        }
        int high = histogram.length - 1;
        for (long brighter = histogram[high]; brighter <= outliers && high > low; brighter += histogram[high]) {
            high--;
        }
        double highest = histogram.length - 1;
        // Half a step aside, so that rounding finds the values themselves.
        return display.range(Math.max(0, (low - 0.5) / highest), Math.min(1, (high + 0.5) / highest));
    }

    private static int[] histogram(Pixels channel) {
        int step = channel.type().samplesPerPixel();
        // The alpha of Bgra32 is no value.
        int used = Math.min(step, 3);
        // The array may be longer than the picture.
        int count = channel.width() * channel.height() * step;
        if (channel.type().sample() == PixelType.Sample.UINT8) {
            int[] histogram = new int[1 << 8];
            byte[] in = channel.bytes();
            for (int i = 0; i < count; i++) {
                if (i % step < used) {
                    histogram[in[i] & 0xFF]++;
                }
            }
            return histogram;
        }
        int[] histogram = new int[1 << 16];
        short[] in = channel.shorts();
        for (int i = 0; i < count; i++) {
            histogram[in[i] & FULL16]++;
        }
        return histogram;
    }
}
