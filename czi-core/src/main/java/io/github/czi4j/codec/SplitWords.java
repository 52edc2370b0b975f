package io.github.czi4j.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * The 16-bit samples of a bitmap as Zstd1 packs them, low bytes before high bytes, to be unpacked where they are wanted:
 * straight to their place, they pass through memory once less. Uses memory of the {@link Scratch}: valid until its next
 * tile, and for its thread alone.
 */
public final class SplitWords {
    private final ByteBuffer packed;
    private final int count;
    private final Scratch scratch;
    private ByteBuffer pixels;

    /**
     * Words in memory of the scratch.
     *
     * @param packed low bytes from index 0, high bytes behind them
     * @param count number of words
     */
    SplitWords(byte[] packed, int count, Scratch scratch) {
        this.packed = ByteBuffer.wrap(packed);
        this.count = count;
        this.scratch = scratch;
    }

    /**
     * Unpacks some samples.
     *
     * @param from index of the first one
     * @param target receives them
     * @param to where in the target the first one goes
     * @param length how many
     * @throws IndexOutOfBoundsException if there are not so many, or the target has no room for them
     */
    public void copy(int from, short[] target, int to, int length) {
        Objects.checkFromIndexSize(from, length, count);
        scratch.hiLo().unpack(packed, count, from, target, to, length);
    }

    /**
     * Unpacks the pixels at some columns of a row.
     *
     * @param rowStart first pixel of the row
     * @param columns in the row
     * @param first index of the first column
     * @param length number of columns
     * @param samples of a pixel
     * @param target receives the samples
     * @param to where the first one goes
     */
    public void gather(int rowStart, int[] columns, int first, int length, int samples, short[] target, int to) {
        byte[] bytes = packed.array();
        if (samples == 1) {
            for (int i = 0; i < length; i++) {
                target[to + i] = word(bytes, rowStart + columns[first + i]);
            }
            return;
        }
        for (int i = 0; i < length; i++) {
            int from = (rowStart + columns[first + i]) * samples;
            for (int s = 0; s < samples; s++) {
                target[to + i * samples + s] = word(bytes, from + s);
            }
        }
    }

    private short word(byte[] bytes, int index) {
        return (short) (bytes[index] & 0xFF | bytes[count + index] << 8);
    }

    /**
     * All samples as bytes, unpacked when they are first asked for.
     *
     * @return little-endian, from index 0; memory of the scratch
     */
    public ByteBuffer pixels() {
        if (pixels == null) {
            byte[] bytes = scratch.pixels(2 * count);
            scratch.hiLo().unpack(packed, count, bytes, count);
            pixels = ByteBuffer.wrap(bytes, 0, 2 * count).slice().order(ByteOrder.LITTLE_ENDIAN);
        }
        return pixels;
    }
}
