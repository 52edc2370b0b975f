package io.github.czi4j.model;

/**
 * A part of a file.
 *
 * @param position of its first byte, at least 0
 * @param length in bytes, at least 0
 */
public record ByteRange(long position, long length) {
    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is negative or the range ends beyond {@link Long#MAX_VALUE}
     */
    public ByteRange {
        if (position < 0 || length < 0 || position > Long.MAX_VALUE - length) {
            throw new IllegalArgumentException("no range of a file: " + length + " bytes at " + position);
        }
    }

    /**
     * Where it ends.
     *
     * @return position behind its last byte
     */
    public long end() {
        return position + length;
    }
}
