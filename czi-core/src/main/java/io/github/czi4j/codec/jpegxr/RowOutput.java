package io.github.czi4j.codec.jpegxr;

import io.github.czi4j.codec.jpegxr.JxrPixelFormat.Order;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Writes rows of blocks as pixels: colour transform, depth, order in memory, window (sheet §9). */
final class RowOutput {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** Takes rows as {@link JxrTarget#row} does. */
    @FunctionalInterface
    interface Sink {
        void row(int y, byte[] samples, int offset);
    }

    private final Area area;
    private final SampleConversion conversion;
    private final Sink sink;
    private final int pixelBytes;
    private final int sampleBytes;
    private final boolean isColour;
    private final boolean isBlueFirst;
    private final boolean isClipped;
    private final int blocks;
    private final byte[] row;
    /** A row as 32 bits of each block at a time. */
    private final int[][] words;

    /**
     * Prepares the output.
     *
     * @param area what is written of the samples
     * @param sink takes it, row by row
     */
    RowOutput(int depth, PlaneHeader plane, JxrPixelFormat format, Area area, Sink sink) {
        this.area = area;
        this.conversion = new SampleConversion(depth, plane);
        this.sink = sink;
        this.sampleBytes = format.bitsPerSample() / 8;
        this.pixelBytes = sampleBytes * format.samplesPerPixel();
        this.isColour = format.samplesPerPixel() == 3;
        this.isBlueFirst = format.order() == Order.BGR;
        this.isClipped = depth == ImageHeader.BD8 || depth == ImageHeader.BD16 || depth == ImageHeader.BD16S;
        this.blocks = area.stride() / 4;
        this.row = new byte[4 * blocks * pixelBytes];
        this.words = new int[3][blocks];
    }

    /** Rows one below the other, without gaps. */
    static Sink into(byte[] samples, long rowBytes) {
        int bytes = Math.toIntExact(rowBytes);
        return (y, row, offset) -> System.arraycopy(row, offset, samples, y * bytes, bytes);
    }

    /** Writes four rows of pixels; the samples are lost. */
    void write(BlockRow[] components, int blockRow) {
        int y = 4 * blockRow - area.top();
        if (y <= -4 || y >= area.height()) {
            return;
        }
        int[][] first = components[0].arrays;
        if (isColour) {
            for (int n = 0; n < 16; n++) {
                colour(first[n], components[1].arrays[n], components[2].arrays[n]);
            }
        } else if (isClipped) {
            int bias = conversion.bias();
            for (int n = 0; n < 16; n++) {
                clip(first[n], bias);
            }
        }
        for (int r = 0; r < 4; r++) {
            if (y + r >= 0 && y + r < area.height()) {
                pack(components, r);
                sink.row(y + r, row, area.left() * pixelBytes);
            }
        }
    }

    private void pack(BlockRow[] components, int r) {
        if (isColour) {
            BlockRow red = components[isBlueFirst ? 2 : 1];
            BlockRow blue = components[isBlueFirst ? 1 : 2];
            if (sampleBytes == 1) {
                packColour8(red.samples(r), components[0].samples(r), blue.samples(r));
            } else {
                packColour16(red.samples(r), components[0].samples(r), blue.samples(r), row, blocks);
            }
        } else if (!isClipped) {
            packOther(components[0].samples(r));
        } else if (sampleBytes == 1) {
            packGrey8(components[0].samples(r), row, blocks);
        } else {
            packGrey16(components[0].samples(r));
        }
    }

    private void clip(int[] values, int bias) {
        if (conversion.min() < 0) {
            clip(values, bias, conversion.scale(), conversion.shift(), conversion.min(), conversion.max(), blocks);
        } else if (conversion.shift() == 0) {
            clip(values, bias, conversion.scale(), conversion.max(), blocks);
        } else {
            clip(values, bias, conversion.scale(), conversion.shift(), 0, conversion.max(), blocks);
        }
    }

    private static void clip(int[] values, int bias, int scale, int shift, int min, int max, int count) {
        for (int i = 0; i < count; i++) {
            values[i] = Math.min(Math.max(values[i] + bias >> scale << shift, min), max);
        }
    }

    /** Between 0 and a maximum, by steps that JDK 17 makes vector code of as well. */
    private static void clip(int[] values, int bias, int scale, int max, int count) {
        for (int i = 0; i < count; i++) {
            int value = values[i] + bias >> scale;
            value &= ~(value >> 31);
            int room = max - value;
            values[i] = value + (room & room >> 31);
        }
    }

    /** Inverse colour transform: Y, U, V become G, R, B. */
    private void colour(int[] y, int[] u, int[] v) {
        rotate(y, u, v, conversion.bias(), blocks);
        clip(y, 0);
        clip(u, 0);
        clip(v, 0);
    }

    private static void rotate(int[] y, int[] u, int[] v, int bias, int blocks) {
        for (int i = 0; i < blocks; i++) {
            int green = y[i] + bias - (-u[i] >> 1);
            int red = green - u[i] - (v[i] + 1 >> 1);
            int blue = v[i] + red;
            y[i] = green;
            u[i] = red;
            v[i] = blue;
        }
    }

    private static void packGrey8(int[][] x, byte[] row, int blocks) {
        int[] a = x[0];
        int[] b = x[1];
        int[] c = x[2];
        int[] d = x[3];
        for (int i = 0; i < blocks; i++) {
            INT.set(row, 4 * i, a[i] | b[i] << 8 | c[i] << 16 | d[i] << 24);
        }
    }

    private void packGrey16(int[][] x) {
        join16(x[0], x[1], words[0], blocks);
        join16(x[2], x[3], words[1], blocks);
        interleave(words[0], words[1], row, blocks);
    }

    /** Two samples of 16 bits of each block, as an int. */
    private static void join16(int[] low, int[] high, int[] to, int blocks) {
        for (int i = 0; i < blocks; i++) {
            to[i] = low[i] & 0xFFFF | high[i] << 16;
        }
    }

    private static void interleave(int[] a, int[] b, byte[] row, int blocks) {
        for (int i = 0; i < blocks; i++) {
            LONG.set(row, 8 * i, a[i] & 0xFFFFFFFFL | (long) b[i] << 32);
        }
    }

    /** Four pixels of a block are three ints, made one by one in loops that the compiler turns into vector code. */
    private void packColour8(int[][] x, int[][] y, int[][] z) {
        join8(x[0], y[0], z[0], x[1], words[0], blocks);
        join8(y[1], z[1], x[2], y[2], words[1], blocks);
        join8(z[2], x[3], y[3], z[3], words[2], blocks);
        interleave(words[0], words[1], words[2], row, blocks);
    }

    /** Four samples of 8 bits of each block, as an int. */
    private static void join8(int[] a, int[] b, int[] c, int[] d, int[] to, int blocks) {
        for (int i = 0; i < blocks; i++) {
            to[i] = a[i] | b[i] << 8 | c[i] << 16 | d[i] << 24;
        }
    }

    private static void interleave(int[] a, int[] b, int[] c, byte[] row, int blocks) {
        for (int i = 0; i < blocks; i++) {
            INT.set(row, 12 * i, a[i]);
            INT.set(row, 12 * i + 4, b[i]);
            INT.set(row, 12 * i + 8, c[i]);
        }
    }

    private static void packColour16(int[][] x, int[][] y, int[][] z, byte[] row, int blocks) {
        for (int i = 0; i < blocks; i++) {
            int at = 24 * i;
            INT.set(row, at, x[0][i] & 0xFFFF | y[0][i] << 16);
            INT.set(row, at + 4, z[0][i] & 0xFFFF | x[1][i] << 16);
            INT.set(row, at + 8, y[1][i] & 0xFFFF | z[1][i] << 16);
            INT.set(row, at + 12, x[2][i] & 0xFFFF | y[2][i] << 16);
            INT.set(row, at + 16, z[2][i] & 0xFFFF | x[3][i] << 16);
            INT.set(row, at + 20, y[3][i] & 0xFFFF | z[3][i] << 16);
        }
    }

    /** Grey of the depths that are not just clipped. */
    private void packOther(int[][] x) {
        int bias = conversion.bias();
        for (int i = 0; i < 4 * blocks; i++) {
            int value = conversion.sample(x[i & 3][i >> 2] + bias);
            if (sampleBytes == 2) {
                row[2 * i] = (byte) value;
                row[2 * i + 1] = (byte) (value >> 8);
            } else {
                INT.set(row, 4 * i, value);
            }
        }
    }
}
