package io.github.czi4j.io;

import io.github.czi4j.model.CziException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The one check that every {@link ByteSource} makes before it reads, and the slice of those that are not mapped. */
final class Ranges {
    /** Longest slice: what every window of a mapped file holds from any position in it. */
    static final int MAX_SLICE = (1 << 30) - 4096;

    private Ranges() {}

    static void check(ByteSource source, long position, long length) throws CziException {
        if (position < 0 || length < 0 || position > source.size() - length) {
            throw CziException.corrupt(
                    source.name(),
                    position,
                    "expected " + length + " bytes, but the file has " + source.size() + " bytes");
        }
    }

    static void checkSlice(ByteSource source, long position, int length) throws CziException {
        check(source, position, length);
        if (length > MAX_SLICE) {
            throw CziException.limit(source.name(), "a slice of " + length + " bytes exceeds " + MAX_SLICE);
        }
    }

    /** A checked slice in memory of its own, little-endian. */
    static ByteBuffer copySlice(ByteSource source, long position, int length) throws CziException {
        checkSlice(source, position, length);
        byte[] copy = new byte[length];
        source.read(position, copy, 0, length);
        return ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN);
    }
}
