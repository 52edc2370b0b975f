package io.github.czi4j.composite;

import io.github.czi4j.model.ChannelDisplay;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Pixels;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Adds one channel to a picture: the first is stored, others are added with saturation (sheet §7.7). Several threads may
 * paint different rows.
 */
public final class ChannelPainter {
    private static final int FULL = 255;
    /** Pixels that are looked up at a time, and then added: they stay in the cache between. */
    private static final int CHUNK = 1024;
    /** Pixels whose three bytes make up three longs. */
    private static final int PACK = 8;

    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** Finds the colours of pixels. */
    @FunctionalInterface
    private interface Look {
        /** Fills {@code colours} with {@code 0xRRGGBB} of the pixels from {@code from} on. */
        void up(int from, int count, int[] colours);
    }

    private final int width;
    private final byte[] out;
    private final boolean isFirst;
    private final Look look;

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
        this.look = look(channel, display, factor);
    }

    /**
     * Paints some rows.
     *
     * @param firstRow first row
     * @param endRow behind the last row
     */
    public void paint(int firstRow, int endRow) {
        int[] colours = new int[CHUNK];
        int end = endRow * width;
        for (int from = firstRow * width; from < end; from += CHUNK) {
            int count = Math.min(CHUNK, end - from);
            look.up(from, count, colours);
            if (isFirst) {
                store(colours, count, 3 * from);
            } else {
                add(colours, count, 3 * from);
            }
        }
    }

    private static Look look(Pixels channel, ChannelDisplay display, double factor) {
        PixelType type = channel.type();
        int samples = type.samplesPerPixel();
        boolean isWide = type.sample() == PixelType.Sample.UINT16;
        ChannelTable table = new ChannelTable(display, isWide ? 1 << 16 : 1 << 8, factor);
        if (samples == 1) {
            int[] colours = table.colours();
            return isWide ? grey16(channel.shorts(), colours) : grey8(channel.bytes(), colours);
        }
        if (!display.isTinted()) {
            byte[] components = table.components();
            return isWide ? colour16(channel.shorts(), components) : colour8(channel.bytes(), samples, components);
        }
        byte[] curve = table.curve();
        return tintedColour(channel, curve, curve == null ? table.colours() : table.curveColours());
    }

    private static Look grey8(byte[] in, int[] table) {
        return (from, count, colours) -> {
            for (int i = 0; i < count; i++) {
                colours[i] = table[in[from + i] & FULL];
            }
        };
    }

    private static Look grey16(short[] in, int[] table) {
        return (from, count, colours) -> {
            for (int i = 0; i < count; i++) {
                colours[i] = table[in[from + i] & 0xFFFF];
            }
        };
    }

    private static Look colour8(byte[] in, int samples, byte[] table) {
        return (from, count, colours) -> {
            for (int i = 0, at = samples * from; i < count; i++, at += samples) {
                colours[i] = table[in[at] & FULL] & FULL
                        | (table[in[at + 1] & FULL] & FULL) << 8
                        | (table[in[at + 2] & FULL] & FULL) << 16;
            }
        };
    }

    private static Look colour16(short[] in, byte[] table) {
        return (from, count, colours) -> {
            for (int i = 0, at = 3 * from; i < count; i++, at += 3) {
                colours[i] = table[in[at] & 0xFFFF] & FULL
                        | (table[in[at + 1] & 0xFFFF] & FULL) << 8
                        | (table[in[at + 2] & 0xFFFF] & FULL) << 16;
            }
        };
    }

    /** Made grey before the tint: after the curve where there is one, else before the range. */
    private static Look tintedColour(Pixels channel, byte[] curve, int[] table) {
        int samples = channel.type().samplesPerPixel();
        boolean isWide = channel.type().sample() == PixelType.Sample.UINT16;
        byte[] narrow = isWide ? null : channel.bytes();
        short[] wide = isWide ? channel.shorts() : null;
        return (from, count, colours) -> {
            for (int i = 0, at = samples * from; i < count; i++, at += samples) {
                int blue = isWide ? wide[at] & 0xFFFF : narrow[at] & FULL;
                int green = isWide ? wide[at + 1] & 0xFFFF : narrow[at + 1] & FULL;
                int red = isWide ? wide[at + 2] & 0xFFFF : narrow[at + 2] & FULL;
                int grey = curve == null
                        ? (blue + green + red + 1) / 3
                        : ((curve[blue] & FULL) + (curve[green] & FULL) + (curve[red] & FULL)) / 3;
                colours[i] = table[grey];
            }
        };
    }

    private void store(int[] colours, int count, int start) {
        int i = 0;
        int at = start;
        for (; i <= count - PACK; i += PACK, at += 3 * PACK) {
            LONGS.set(out, at, firstLong(colours, i));
            LONGS.set(out, at + 8, secondLong(colours, i));
            LONGS.set(out, at + 16, thirdLong(colours, i));
        }
        for (; i < count; i++, at += 3) {
            out[at] = (byte) colours[i];
            out[at + 1] = (byte) (colours[i] >> 8);
            out[at + 2] = (byte) (colours[i] >> 16);
        }
    }

    private void add(int[] colours, int count, int start) {
        int i = 0;
        int at = start;
        for (; i <= count - PACK; i += PACK, at += 3 * PACK) {
            LONGS.set(out, at, sum((long) LONGS.get(out, at), firstLong(colours, i)));
            LONGS.set(out, at + 8, sum((long) LONGS.get(out, at + 8), secondLong(colours, i)));
            LONGS.set(out, at + 16, sum((long) LONGS.get(out, at + 16), thirdLong(colours, i)));
        }
        for (; i < count; i++, at += 3) {
            out[at] = (byte) Math.min(FULL, (out[at] & FULL) + (colours[i] & FULL));
            out[at + 1] = (byte) Math.min(FULL, (out[at + 1] & FULL) + (colours[i] >> 8 & FULL));
            out[at + 2] = (byte) Math.min(FULL, (out[at + 2] & FULL) + (colours[i] >> 16));
        }
    }

    private static long firstLong(int[] c, int i) {
        return c[i] | (long) c[i + 1] << 24 | (long) c[i + 2] << 48;
    }

    private static long secondLong(int[] c, int i) {
        return c[i + 2] >> 16 | (long) c[i + 3] << 8 | (long) c[i + 4] << 32 | (long) c[i + 5] << 56;
    }

    private static long thirdLong(int[] c, int i) {
        return c[i + 5] >> 8 | (long) c[i + 6] << 16 | (long) c[i + 7] << 40;
    }

    /** Adds eight bytes to eight bytes, each up to 255: where a sum carries out of its byte, all bits are set. */
    private static long sum(long a, long b) {
        long sum = (a & ~HIGH_BITS) + (b & ~HIGH_BITS) ^ (a ^ b) & HIGH_BITS;
        long carry = (a & b | (a | b) & ~sum) & HIGH_BITS;
        return sum | (carry << 1) - (carry >>> 7);
    }
}
