package io.github.czi4j.bench.jmh;

import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;

/** The LZW of TIFF 6.0, section 13, to have something to decode: most significant bit first, early change. */
final class LzwEncoder {
    private static final int CLEAR = 256;
    private static final int END_OF_INFORMATION = 257;
    private static final int MIN_BITS = 9;
    private static final int MAX_BITS = 12;
    /** The writer clears its table when this code has been given away. */
    private static final int LAST = (1 << MAX_BITS) - 2;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int pending;
    private int pendingBits;

    private LzwEncoder() {}

    /** Encodes all of it. */
    static byte[] encode(byte[] content) {
        return new LzwEncoder().all(content);
    }

    private byte[] all(byte[] content) {
        // A string is its predecessor's code and one byte more.
        Map<Integer, Integer> table = new HashMap<>();
        int next = END_OF_INFORMATION + 1;
        int width = MIN_BITS;
        put(CLEAR, width);
        int code = -1;
        for (byte one : content) {
            int value = one & 0xFF;
            Integer longer = code < 0 ? Integer.valueOf(value) : table.get(code << 8 | value);
            if (longer != null) {
                code = longer;
                continue;
            }
            put(code, width);
            table.put(code << 8 | value, next++);
            code = value;
            if (next > LAST) {
                put(CLEAR, width);
                table.clear();
                next = END_OF_INFORMATION + 1;
                width = MIN_BITS;
            } else if (next >= 1 << width) {
                width++;
            }
        }
        if (code >= 0) {
            put(code, width);
            // The reader makes a string of it all the same.
            width = Math.min(MAX_BITS, next + 1 >= 1 << width ? width + 1 : width);
        }
        put(END_OF_INFORMATION, width);
        put(0, 7);
        return out.toByteArray();
    }

    private void put(int code, int width) {
        pending = pending << width | code;
        pendingBits += width;
        while (pendingBits >= 8) {
            pendingBits -= 8;
            out.write(pending >>> pendingBits);
        }
    }
}
