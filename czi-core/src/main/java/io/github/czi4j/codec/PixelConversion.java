package io.github.czi4j.codec;

import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Pixels;
import java.nio.ByteBuffer;

/**
 * Pixels of one type as another, for files whose tiles differ within a channel (sheet §7.6). Values are kept where they
 * fit, 16 bits become 8 by their high byte, grey becomes colour by repetition, colour becomes grey by its mean.
 */
public final class PixelConversion {
    private PixelConversion() {}

    /**
     * Whether a conversion is defined.
     *
     * @param from type of the pixels at hand
     * @param to type wanted
     * @return true if so
     */
    public static boolean isDefined(PixelType from, PixelType to) {
        boolean toInteger =
                to == PixelType.GRAY8 || to == PixelType.GRAY16 || to == PixelType.BGR24 || to == PixelType.BGR48;
        return switch (from) {
            case GRAY8, GRAY16 -> toInteger || to == PixelType.GRAY32_FLOAT;
            case BGR24, BGR48 -> toInteger || to == PixelType.GRAY32_FLOAT;
            default -> from == to;
        };
    }

    /**
     * Converts a run of pixels.
     *
     * @param source little-endian pixels from index 0
     * @param from their type
     * @param count their number
     * @param target takes them
     * @param at first pixel of the target, counted along its rows
     */
    public static void convert(ByteBuffer source, PixelType from, int count, Pixels target, int at) {
        boolean isWide = from == PixelType.GRAY16 || from == PixelType.BGR48;
        boolean isColour = from.samplesPerPixel() == 3;
        for (int i = 0; i < count; i++) {
            int blue = isWide ? wide(source, from, i, 0) : narrow(source, from, i, 0);
            int green = blue;
            int red = blue;
            if (isColour) {
                green = isWide ? wide(source, from, i, 1) : narrow(source, from, i, 1);
                red = isWide ? wide(source, from, i, 2) : narrow(source, from, i, 2);
            }
            store(blue, green, red, isWide, isColour, target, at + i);
        }
    }

    private static int wide(ByteBuffer source, PixelType type, int pixel, int sample) {
        return source.getShort(2 * (pixel * type.samplesPerPixel() + sample)) & 0xFFFF;
    }

    private static int narrow(ByteBuffer source, PixelType type, int pixel, int sample) {
        return source.get(pixel * type.samplesPerPixel() + sample) & 0xFF;
    }

    private static void store(
            int blue, int green, int red, boolean isWide, boolean isColour, Pixels target, int pixel) {
        int sum = blue + green + red;
        int toByte = isWide ? 8 : 0;
        switch (target.type()) {
            case GRAY8 -> target.bytes()[pixel] = (byte) (grey(blue, sum, isWide, isColour) >> toByte);
            case GRAY16 -> target.shorts()[pixel] = (short) grey(blue, sum, isWide, isColour);
            case GRAY32_FLOAT -> target.floats()[pixel] = isColour ? sum / 3f : blue;
            case BGR24 -> {
                byte[] samples = target.bytes();
                samples[3 * pixel] = (byte) (blue >> toByte);
                samples[3 * pixel + 1] = (byte) (green >> toByte);
                samples[3 * pixel + 2] = (byte) (red >> toByte);
            }
            case BGR48 -> {
                short[] samples = target.shorts();
                samples[3 * pixel] = (short) blue;
                samples[3 * pixel + 1] = (short) green;
                samples[3 * pixel + 2] = (short) red;
            }
            default -> throw new IllegalStateException("no conversion to " + target.type());
        }
    }

    /** The mean of three bytes is rounded up, that of three 16-bit values down. */
    private static int grey(int blue, int sum, boolean isWide, boolean isColour) {
        if (!isColour) {
            return blue;
        }
        return isWide ? sum / 3 : (sum + 1) / 3;
    }
}
