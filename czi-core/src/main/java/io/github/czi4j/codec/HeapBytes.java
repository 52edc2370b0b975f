package io.github.czi4j.codec;

import java.nio.ByteBuffer;

/**
 * A payload as part of an array. Decoders of bits read arrays several times faster than mapped
 * buffers, and a mapped file that another process shortens cannot fail in the midst of them.
 *
 * @param array holds the payload, and anything around it
 * @param offset where it begins
 * @param length its bytes
 */
record HeapBytes(byte[] array, int offset, int length) {
    /** The payload's own array if there is one, else a copy in the scratch. */
    static HeapBytes of(ByteBuffer payload, Scratch scratch) {
        int length = payload.limit();
        if (payload.hasArray()) {
            return new HeapBytes(payload.array(), payload.arrayOffset(), length);
        }
        byte[] copy = scratch.payload(length);
        payload.get(0, copy, 0, length);
        return new HeapBytes(copy, 0, length);
    }

    /**
     * One byte.
     *
     * @param index 0 to {@code length} − 1
     * @return 0 to 255
     */
    int unsigned(int index) {
        return array[offset + index] & 0xFF;
    }

    /**
     * A little-endian number.
     *
     * @param index of its first byte
     * @param bytes 1 to 8, all of them within the payload
     */
    long littleEndian(int index, int bytes) {
        long value = 0;
        for (int i = bytes - 1; i >= 0; i--) {
            value = value << 8 | unsigned(index + i);
        }
        return value;
    }
}
