package io.github.czi4j.codec;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Compression 2: the LZW of TIFF 6.0 (sheet §4.3). Codes of 9 to 12 bits, most significant bit first, one code early in
 * growing ("early change"); 256 = Clear, 257 = EndOfInformation.
 *
 * <p>A string of the table is its predecessor and one byte more, and both stand side by side in what has been written.
 * So the table holds, for each code, where in the output its string was and how long it is.
 */
final class LzwDecoder implements TileDecoder {
    private static final int CLEAR = 256;
    private static final int END_OF_INFORMATION = 257;
    private static final int FIRST_FREE = 258;
    private static final int MIN_BITS = 9;
    private static final int MAX_BITS = 12;
    private static final int TABLE = 1 << MAX_BITS;

    @Override
    public DecodedTile decode(ByteBuffer payload, TileFormat format, Scratch scratch) throws CodecException {
        HeapBytes in = HeapBytes.of(payload, scratch);
        if (in.length() == 0) {
            throw CodecException.corrupt(0, "LZW: expected at least one code, found no bytes");
        }
        int expected = format.bytes();
        byte[] out = scratch.pixels(expected);
        int found = expand(in, out, expected);
        if (found > expected) {
            String surplus = "expected " + expected + " bytes of pixels, found more: the surplus is dropped";
            return Fit.tile(out, expected, expected, format, List.of(surplus));
        }
        return Fit.tile(out, found, found, format, List.of());
    }

    /**
     * Decodes until the end of the codes or of the room.
     *
     * @return bytes written; {@code limit} + 1 if there is more than room for {@code limit}
     */
    private static int expand(HeapBytes in, byte[] out, int limit) throws CodecException {
        int[] starts = new int[TABLE];
        int[] lengths = new int[TABLE];
        int next = FIRST_FREE;
        int width = MIN_BITS;
        int previousStart = 0;
        int previousLength = 0; // 0: the code follows a Clear
        int position = 0;
        int bits = 0;
        int available = 0;
        int index = 0;
        while (true) {
            while (available < width) {
                if (index == in.length()) {
                    return position; // EndOfInformation is missing or, with padding bits, was optional
                }
                bits = bits << 8 | in.unsigned(index++);
                available += 8;
            }
            available -= width;
            int code = bits >>> available & (1 << width) - 1;
            if (code == END_OF_INFORMATION) {
                return position;
            }
            if (code == CLEAR) {
                next = FIRST_FREE;
                width = MIN_BITS;
                previousLength = 0;
                continue;
            }
            if (position == limit) {
                return limit + 1;
            }
            if (previousLength > 0 && next < TABLE) {
                starts[next] = previousStart;
                lengths[next] = previousLength + 1;
                next++;
            }
            int start = position;
            if (code < CLEAR) {
                out[position++] = (byte) code;
                previousLength = 1;
            } else {
                if (code >= next) {
                    throw CodecException.corrupt(index - 1, "LZW: expected a code below " + next + ", found " + code);
                }
                int length = lengths[code];
                int from = starts[code];
                int end = Math.min(limit, position + length);
                // Byte by byte: the string may end with the first byte that is written here.
                while (position < end) {
                    out[position++] = out[from++];
                }
                if (end - start < length) {
                    return limit + 1;
                }
                previousLength = length;
            }
            previousStart = start;
            // Early change: the writer's table is one string ahead of ours.
            if (next + 1 >= 1 << width && width < MAX_BITS) {
                width++;
            }
        }
    }
}
