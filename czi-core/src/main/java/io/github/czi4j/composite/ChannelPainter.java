package io.github.czi4j.composite;

import io.github.czi4j.model.ChannelDisplay;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Pixels;

/**
 * Adds one channel to a picture: the first is stored, others are added with saturation (sheet §7.7). Several threads may
 * paint different rows.
 */
public final class ChannelPainter {
    private static final int FULL = 255;

    @FunctionalInterface
    private interface Loop {
        void run(int from, int to);
    }

    private final int width;
    private final byte[] out;
    private final boolean isFirst;
    private final Loop loop;

    /**
     * Prepares the tables.
     *
     * @param channel as {@link Values#integers} gives it, with the size of the picture
     * @param display how it is shown, with black and white point
     * @param factor of {@link Weights}
     * @param picture of type Bgr24
     * @param isFirst whether to store rather than to add
     */
    public ChannelPainter(Pixels channel, ChannelDisplay display, double factor, Pixels picture, boolean isFirst) {
        this.width = channel.width();
        this.out = picture.bytes();
        this.isFirst = isFirst;
        this.loop = loop(channel, display, factor);
    }

    /**
     * Paints some rows.
     *
     * @param firstRow first row
     * @param endRow behind the last row
     */
    public void paint(int firstRow, int endRow) {
        loop.run(firstRow * width, endRow * width);
    }

    private Loop loop(Pixels channel, ChannelDisplay display, double factor) {
        PixelType type = channel.type();
        int samples = type.samplesPerPixel();
        boolean isWide = type.sample() == PixelType.Sample.UINT16;
        ChannelTable table = new ChannelTable(display, isWide ? 1 << 16 : 1 << 8, factor);
        if (samples == 1) {
            int[] colours = table.colours();
            return isWide
                    ? (from, to) -> grey16(channel.shorts(), colours, from, to)
                    : (from, to) -> grey8(channel.bytes(), colours, from, to);
        }
        if (!display.isTinted()) {
            byte[] components = table.components();
            return isWide
                    ? (from, to) -> colour16(channel.shorts(), components, from, to)
                    : (from, to) -> colour8(channel.bytes(), samples, components, from, to);
        }
        byte[] curve = table.curve();
        int[] colours = curve == null ? table.colours() : table.curveColours();
        return (from, to) -> tintedColour(channel, samples, isWide, curve, colours, from, to);
    }

    private void grey8(byte[] in, int[] colours, int from, int to) {
        if (isFirst) {
            for (int i = from, at = 3 * from; i < to; i++, at += 3) {
                store(at, colours[in[i] & FULL]);
            }
        } else {
            for (int i = from, at = 3 * from; i < to; i++, at += 3) {
                add(at, colours[in[i] & FULL]);
            }
        }
    }

    private void grey16(short[] in, int[] colours, int from, int to) {
        if (isFirst) {
            for (int i = from, at = 3 * from; i < to; i++, at += 3) {
                store(at, colours[in[i] & 0xFFFF]);
            }
        } else {
            for (int i = from, at = 3 * from; i < to; i++, at += 3) {
                add(at, colours[in[i] & 0xFFFF]);
            }
        }
    }

    private void colour8(byte[] in, int samples, byte[] components, int from, int to) {
        for (int i = from, at = 3 * from, source = samples * from; i < to; i++, at += 3, source += samples) {
            put(
                    at,
                    components[in[source] & FULL] & FULL
                            | (components[in[source + 1] & FULL] & FULL) << 8
                            | (components[in[source + 2] & FULL] & FULL) << 16);
        }
    }

    private void colour16(short[] in, byte[] components, int from, int to) {
        for (int i = from, at = 3 * from; i < to; i++, at += 3) {
            put(
                    at,
                    components[in[at] & 0xFFFF] & FULL
                            | (components[in[at + 1] & 0xFFFF] & FULL) << 8
                            | (components[in[at + 2] & 0xFFFF] & FULL) << 16);
        }
    }

    /** Made grey before the tint: after the curve where there is one, else before the range. */
    private void tintedColour(
            Pixels channel, int samples, boolean isWide, byte[] curve, int[] colours, int from, int to) {
        byte[] narrow = isWide ? null : channel.bytes();
        short[] wide = isWide ? channel.shorts() : null;
        for (int i = from, at = 3 * from, source = samples * from; i < to; i++, at += 3, source += samples) {
            int blue = isWide ? wide[source] & 0xFFFF : narrow[source] & FULL;
            int green = isWide ? wide[source + 1] & 0xFFFF : narrow[source + 1] & FULL;
            int red = isWide ? wide[source + 2] & 0xFFFF : narrow[source + 2] & FULL;
            int grey = curve == null
                    ? (blue + green + red + 1) / 3
                    : ((curve[blue] & FULL) + (curve[green] & FULL) + (curve[red] & FULL)) / 3;
            put(at, colours[grey]);
        }
    }

    private void put(int at, int colour) {
        if (isFirst) {
            store(at, colour);
        } else {
            add(at, colour);
        }
    }

    private void store(int at, int colour) {
        out[at] = (byte) colour;
        out[at + 1] = (byte) (colour >> 8);
        out[at + 2] = (byte) (colour >> 16);
    }

    private void add(int at, int colour) {
        out[at] = (byte) Math.min(FULL, (out[at] & FULL) + (colour & FULL));
        out[at + 1] = (byte) Math.min(FULL, (out[at + 1] & FULL) + (colour >> 8 & FULL));
        out[at + 2] = (byte) Math.min(FULL, (out[at + 2] & FULL) + (colour >> 16));
    }
}
