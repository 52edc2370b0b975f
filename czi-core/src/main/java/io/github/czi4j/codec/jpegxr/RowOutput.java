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
    /** Whether nothing but rounding and bounds of 0 and a maximum make a sample. */
    private final boolean isPlain;

    private final int blocks;
    private final byte[] row;
    /** Of each block the pixels, or half of the samples, of a row; right halves from index 0 or 1. */
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
        this.isPlain = isClipped && conversion.min() == 0 && conversion.shift() == 0;
        this.blocks = area.stride() / 4;
        this.row = new byte[4 * blocks * pixelBytes];
        this.words = new int[4][blocks + 1];
    }

    /** Rows one below the other, without gaps. */
    static Sink into(byte[] samples, long rowBytes) {
        int bytes = Math.toIntExact(rowBytes);
        return (y, row, offset) -> System.arraycopy(row, offset, samples, y * bytes, bytes);
    }

    /**
     * Writes four rows of pixels; the samples are lost.
     *
     * @param right index of the first block's samples in the columns 2 and 3: 1 where right halves are
     *     {@linkplain BlockRow#shiftRightHalves moved}, else 0
     */
    void write(BlockRow[] components, int blockRow, int right) {
        int y = 4 * blockRow - area.top();
        if (y <= -4 || y >= area.height()) {
            return;
        }
        for (int r = 0; r < 4; r++) {
            if (y + r >= 0 && y + r < area.height()) {
                if (isColour) {
                    packColour(components[0].samples(r), components[1].samples(r), components[2].samples(r), right);
                } else {
                    packGrey(components[0].samples(r), right);
                }
                sink.row(y + r, row, area.left() * pixelBytes);
            }
        }
    }

    private void packColour(int[][] y, int[][] u, int[][] v, int right) {
        int[][] first = isBlueFirst ? v : u;
        int[][] third = isBlueFirst ? u : v;
        for (int column = 0; column < 4; column++) {
            int from = column < 2 ? 0 : right;
            int end = from + blocks;
            rotate(y[column], u[column], v[column], conversion.bias(), from, end);
            if (sampleBytes == 1) {
                pixels(first[column], y[column], third[column], words[column], conversion.scale(), from, end);
            } else {
                clip(y[column], 0, from);
                clip(u[column], 0, from);
                clip(v[column], 0, from);
            }
        }
        if (sampleBytes == 1) {
            interleave(words[0], words[1], words[2], words[3], right, row, blocks);
        } else {
            packColour16(first, y, third, right, row, blocks);
        }
    }

    private void packGrey(int[][] x, int right) {
        int bits = 8 * sampleBytes;
        if (!isClipped) {
            packOther(x, right);
            return;
        }
        if (isPlain) {
            int bias = conversion.bias();
            int scale = conversion.scale();
            int max = conversion.max();
            join(x[0], x[1], words[0], bias, scale, max, bits, 0, blocks);
            join(x[2], x[3], words[1], bias, scale, max, bits, right, right + blocks);
        } else {
            for (int column = 0; column < 4; column++) {
                clip(x[column], conversion.bias(), column < 2 ? 0 : right);
            }
            join16(x[0], x[1], words[0], 0, blocks);
            join16(x[2], x[3], words[1], right, right + blocks);
        }
        if (sampleBytes == 1) {
            interleave8(words[0], words[1], right, row, blocks);
        } else {
            interleave16(words[0], words[1], right, row, blocks);
        }
    }

    private void clip(int[] values, int bias, int from) {
        int end = from + blocks;
        if (isPlain) {
            clip(values, bias, conversion.scale(), conversion.max(), from, end);
        } else {
            clip(values, bias, conversion.scale(), conversion.shift(), conversion.min(), conversion.max(), from, end);
        }
    }

    private static void clip(int[] values, int bias, int scale, int shift, int min, int max, int from, int end) {
        for (int i = from; i < end; i++) {
            values[i] = Math.min(Math.max(values[i] + bias >> scale << shift, min), max);
        }
    }

    private static void clip(int[] values, int bias, int scale, int max, int from, int end) {
        for (int i = from; i < end; i++) {
            values[i] = clip(values[i] + bias >> scale, max);
        }
    }

    /** Between 0 and a maximum, by steps that JDK 17 makes vector code of as well. */
    private static int clip(int value, int max) {
        int positive = value & ~(value >> 31);
        int room = max - positive;
        return positive + (room & room >> 31);
    }

    /** Inverse colour transform: Y, U, V become G, R, B. */
    private static void rotate(int[] y, int[] u, int[] v, int bias, int from, int end) {
        for (int i = from; i < end; i++) {
            int green = y[i] + bias - (-u[i] >> 1);
            int red = green - u[i] - (v[i] + 1 >> 1);
            int blue = v[i] + red;
            y[i] = green;
            u[i] = red;
            v[i] = blue;
        }
    }

    /** Pixels of three bytes. */
    private static void pixels(int[] a, int[] b, int[] c, int[] to, int scale, int from, int end) {
        for (int i = from; i < end; i++) {
            to[i] = clip(a[i] >> scale, 255) | clip(b[i] >> scale, 255) << 8 | clip(c[i] >> scale, 255) << 16;
        }
    }

    /** Two samples of each block, as an int. */
    private static void join(
            int[] low, int[] high, int[] to, int bias, int scale, int max, int bits, int from, int end) {
        for (int i = from; i < end; i++) {
            to[i] = clip(low[i] + bias >> scale, max) | clip(high[i] + bias >> scale, max) << bits;
        }
    }

    /** The same of samples that are within their bounds. */
    private static void join16(int[] low, int[] high, int[] to, int from, int end) {
        for (int i = from; i < end; i++) {
            to[i] = low[i] & 0xFFFF | high[i] << 16;
        }
    }

    private static void interleave8(int[] a, int[] b, int right, byte[] row, int blocks) {
        for (int i = 0; i < blocks; i++) {
            INT.set(row, 4 * i, a[i] | b[i + right] << 16);
        }
    }

    private static void interleave16(int[] a, int[] b, int right, byte[] row, int blocks) {
        for (int i = 0; i < blocks; i++) {
            LONG.set(row, 8 * i, a[i] & 0xFFFFFFFFL | (long) b[i + right] << 32);
        }
    }

    /** Four pixels of three bytes of each block. */
    private static void interleave(int[] a, int[] b, int[] c, int[] d, int right, byte[] row, int blocks) {
        for (int i = 0; i < blocks; i++) {
            int third = c[i + right];
            LONG.set(row, 12 * i, a[i] | (long) b[i] << 24 | (long) third << 48);
            INT.set(row, 12 * i + 8, third >>> 16 | d[i + right] << 8);
        }
    }

    private static void packColour16(int[][] x, int[][] y, int[][] z, int right, byte[] row, int blocks) {
        for (int i = 0; i < blocks; i++) {
            int at = 24 * i;
            int other = i + right;
            INT.set(row, at, x[0][i] & 0xFFFF | y[0][i] << 16);
            INT.set(row, at + 4, z[0][i] & 0xFFFF | x[1][i] << 16);
            INT.set(row, at + 8, y[1][i] & 0xFFFF | z[1][i] << 16);
            INT.set(row, at + 12, x[2][other] & 0xFFFF | y[2][other] << 16);
            INT.set(row, at + 16, z[2][other] & 0xFFFF | x[3][other] << 16);
            INT.set(row, at + 20, y[3][other] & 0xFFFF | z[3][other] << 16);
        }
    }

    /** Grey of the depths that are not just clipped. */
    private void packOther(int[][] x, int right) {
        int bias = conversion.bias();
        for (int i = 0; i < 4 * blocks; i++) {
            int column = i & 3;
            int value = conversion.sample(x[column][(i >> 2) + (column < 2 ? 0 : right)] + bias);
            if (sampleBytes == 2) {
                row[2 * i] = (byte) value;
                row[2 * i + 1] = (byte) (value >> 8);
            } else {
                INT.set(row, 4 * i, value);
            }
        }
    }
}
