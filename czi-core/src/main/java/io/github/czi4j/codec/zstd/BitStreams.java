package io.github.czi4j.codec.zstd;

/**
 * Streams of bits that are read backwards (RFC 8878, 4.1): the last byte holds, above all bits, a 1 that marks the end. A
 * place in a stream is the number of bits that are left.
 *
 * <p>Bits are loaded eight bytes at a time, of which those before the stream's first byte are never used. There are
 * always that many before it: the magic, a byte of the frame's header, the block's header.
 */
final class BitStreams {
    private BitStreams() {}

    /**
     * Bits of a stream.
     *
     * @param start index of its first byte
     * @param end index behind its last byte
     */
    static int length(byte[] in, int start, int end) throws ZstdException {
        if (start >= end) {
            throw ZstdException.corrupt(start, "expected a stream of bits, found none");
        }
        int last = in[end - 1] & 0xFF;
        if (last == 0) {
            throw ZstdException.corrupt(end - 1, "expected a stream that ends with a 1, found a byte that is 0");
        }
        return (end - start << 3) - (Integer.numberOfLeadingZeros(last) - 23);
    }

    /**
     * The next bits, left-aligned: at least 57 of them, with zeros or bits from before the stream where fewer are left.
     *
     * @param left bits that are left, at least 0
     */
    static long peek(byte[] in, int start, int left) {
        int behind = left + 7 >>> 3;
        return Bytes.getLong(in, start + behind - 8) << (behind << 3) - left;
    }

    /**
     * A number.
     *
     * @param left bits that are left; those below 0 are not looked at, and the result means nothing
     * @param bits how many to read, at most 32
     */
    static int bits(byte[] in, int start, int left, int bits) {
        return (int) (peek(in, start, Math.max(left, 0)) >>> 1 >>> 63 - bits);
    }
}
