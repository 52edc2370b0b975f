package io.github.czi4j.codec.jpegxr;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Bits, the most significant of a byte first. Beyond the end come zeros; {@link #isExhausted} tells whether any were used.
 *
 * <p>The next bits stand left-aligned in a window of 64, filled by one unaligned load; bits of the window that are valid
 * already are loaded again with the same value, so no mask is needed.
 */
final class BitReader {
    static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    /** Zeros that may be used beyond the end before a packet counts as cut off. */
    private static final int MAX_OVERRUN_BITS = 64;

    private static final int FAR_BEHIND = 64;

    final byte[] data;
    private final int start;
    final int end;
    /** Next byte to load from. */
    int position;

    long window;
    int valid;

    BitReader(byte[] data, int start, int end) {
        this.data = data;
        this.start = start;
        this.end = Math.max(start, Math.min(end, data.length));
        this.position = start;
    }

    /** Eight bytes, those behind the end 0. */
    static long load(byte[] data, int position, int end) {
        return position <= end - 8 ? (long) LONG.get(data, position) : loadTail(data, position, end);
    }

    /** The same where the end is near. */
    static long loadTail(byte[] data, int position, int end) {
        long value = 0;
        for (int i = position; i < position + 8; i++) {
            value = value << 8 | (i < end ? data[i] & 0xFF : 0);
        }
        return value;
    }

    /** Goes on at a byte; far behind the end all places are alike. */
    void moveTo(int newPosition) {
        position = Math.min(newPosition, end + FAR_BEHIND);
    }

    private void fill() {
        window |= load(data, position, end) >>> valid;
        moveTo(position + (63 - valid >> 3));
        valid |= 56;
    }

    /** A number of 0 to 32 bits. */
    int bits(int count) {
        if (count == 0) {
            return 0;
        }
        if (valid < count) {
            fill();
        }
        int value = (int) (window >>> 64 - count);
        window <<= count;
        valid -= count;
        return value;
    }

    int bit() {
        if (valid < 1) {
            fill();
        }
        int value = (int) (window >>> 63);
        window <<= 1;
        valid--;
        return value;
    }

    /** The level behind the escape symbol (sheet §5.4). */
    int escapedLevel() {
        int length = bits(4) + 4;
        if (length == 19) {
            length += bits(2);
            if (length == 22) {
                length += bits(3);
            }
        }
        return 2 + (1 << length) + bits(length);
    }

    boolean flag() {
        return bit() != 0;
    }

    /** The next 8 bits, which are not consumed. */
    int peek8() {
        if (valid < 8) {
            fill();
        }
        return (int) (window >>> 56);
    }

    /** Consumes bits that were peeked at. */
    void skip(int count) {
        window <<= count;
        valid -= count;
    }

    void align() {
        int rest = valid & 7;
        window <<= rest;
        valid -= rest;
    }

    /** Bytes from the beginning of the data to the next bit, which must be aligned. */
    int byteOffset() {
        return position - (valid >> 3);
    }

    /** Whether clearly more bits were used than there are. */
    boolean isExhausted() {
        long used = (position - (long) start) * 8 - valid;
        return used > (end - (long) start) * 8 + MAX_OVERRUN_BITS;
    }

    /** A number that must be there: headers are not padded with zeros. */
    int headerBits(int count) throws JxrException {
        int value = bits(count);
        if ((position - (long) start) * 8 - valid > (end - (long) start) * 8) {
            throw JxrException.corrupt(end, "the data end in a header");
        }
        return value;
    }

    boolean headerFlag() throws JxrException {
        return headerBits(1) != 0;
    }
}
