package io.github.czi4j.codec;

import java.nio.ByteBuffer;

/**
 * What stands before the frame of compression 6 (sheet §4.6).
 *
 * <table>
 * <caption>Layout</caption>
 * <tr><th>type</th><th>field</th></tr>
 * <tr><td>varint</td><td>size of the header with these bytes</td></tr>
 * <tr><td>varint, then u8</td><td>optional: chunk type 1, bit 0 of its byte = lo-hi packing, the others are 0</td></tr>
 * </table>
 *
 * A varint has 7 bits in each byte, the least significant first; the high bit says that there is another.
 *
 * @param size bytes before the frame
 * @param hiLo whether all low bytes stand before all high bytes
 */
record Zstd1Header(int size, boolean hiLo) {
    private static final int MAX_VARINT = 3;
    private static final int PACKING = 1;

    /**
     * Reads the header at index 0.
     *
     * @throws CodecException if it is none, or has a chunk of another type: its length is unknown
     */
    static Zstd1Header read(ByteBuffer payload) throws CodecException {
        long sized = varint(payload, 0, payload.limit());
        int size = value(sized);
        int position = end(sized);
        if (size < position || size > payload.limit()) {
            throw CodecException.corrupt(
                    0,
                    "Zstd1: expected a header of " + position + " to " + payload.limit() + " bytes, found one of "
                            + size);
        }
        if (position == size) {
            return new Zstd1Header(size, false);
        }
        long typed = varint(payload, position, size);
        if (value(typed) != PACKING) {
            throw CodecException.unsupported(
                    "Zstd1: expected chunk type 1, found type " + value(typed) + " at byte " + position);
        }
        position = end(typed);
        if (position + 1 != size) {
            throw CodecException.corrupt(
                    position, "Zstd1: expected a header of " + (position + 1) + " bytes, found one of " + size);
        }
        int flags = payload.get(position) & 0xFF;
        if (flags > 1) {
            throw CodecException.corrupt(position, "Zstd1: expected packing 0 or 1, found " + flags);
        }
        return new Zstd1Header(size, flags == 1);
    }

    /** A varint: its value in the low half, where it ends in the high half. */
    private static long varint(ByteBuffer payload, int from, int limit) throws CodecException {
        int value = 0;
        for (int i = 0; i < MAX_VARINT; i++) {
            if (from + i >= limit) {
                throw CodecException.corrupt(from, "Zstd1: expected a number, found the end at byte " + limit);
            }
            int next = payload.get(from + i);
            value |= (next & 0x7F) << 7 * i;
            if (next >= 0) {
                return (long) (from + i + 1) << 32 | value;
            }
        }
        throw CodecException.corrupt(from, "Zstd1: expected a number of at most 3 bytes, found a longer one");
    }

    private static int value(long varint) {
        return (int) varint;
    }

    private static int end(long varint) {
        return (int) (varint >>> 32);
    }
}
