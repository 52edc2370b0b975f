package io.github.czi4j.io;

import io.github.czi4j.model.CziException;

/** The one check that every {@link ByteSource} makes before it reads. */
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
}
