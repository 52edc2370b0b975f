package io.github.czi4j.codec;

import io.github.czi4j.codec.zstd.ZstdDecoder;

/**
 * A zstd frame as its headers show it (RFC 8878, 3.1.1), before anything is decoded. Blocks are walked, not read: their
 * sizes say where the frame ends and how much it can decode to.
 *
 * @param start index of the magic in the payload
 * @param blocks index of the first block
 * @param end index behind the frame
 * @param checksum whether it ends with one
 * @param contentSize bytes that it decodes to, or {@link #UNKNOWN_SIZE}
 * @param leastBytes what the blocks decode to at least
 * @param mostBytes what the blocks can decode to
 */
record ZstdFrame(int start, int blocks, int end, boolean checksum, long contentSize, long leastBytes, long mostBytes) {
    /** Bytes 28 B5 2F FD, the first one uppermost. */
    static final int MAGIC = 0x28B52FFD;
    /** The frame does not say how large its content is. */
    static final long UNKNOWN_SIZE = -1;

    private static final int MAGIC_BYTES = 4;
    private static final int BLOCK_HEADER = 3;
    private static final int CHECKSUM = 4;
    /** Nothing is allocated for a window, as the bitmap is one: what the largest level of the reference makes is taken. */
    private static final long MAX_WINDOW = 128 << 20;
    // Skippable frames: the magic, of which four bits are free, and the length of what follows.
    private static final int SKIPPABLE_MAGIC = 0x184D2A50;
    private static final int SKIPPABLE_HEADER = 8;

    // Block types
    private static final int RAW = 0;
    private static final int RLE = 1;
    private static final int COMPRESSED = 2;

    /**
     * Reads the frame header and walks the blocks.
     *
     * @param start where the frame begins, at most the payload's length
     * @throws CodecException if there is no whole frame, or one that asks for a dictionary or too large a window
     */
    static ZstdFrame read(HeapBytes payload, int start) throws CodecException {
        need(payload, start, MAGIC_BYTES + 1);
        if (Integer.reverseBytes((int) payload.littleEndian(start, MAGIC_BYTES)) != MAGIC) {
            throw CodecException.corrupt(
                    start,
                    "zstd: expected magic 28b52ffd, found "
                            + String.format("%08x", Integer.reverseBytes((int) payload.littleEndian(start, 4))));
        }
        int position = start + MAGIC_BYTES;
        int descriptor = payload.unsigned(position++);
        boolean singleSegment = (descriptor & 0x20) != 0;
        if ((descriptor & 0x08) != 0) {
            throw CodecException.unsupported("zstd: the reserved bit of the frame header is set");
        }
        if (!singleSegment) {
            need(payload, position, 1);
            checkWindow(payload.unsigned(position++));
        }
        int idBytes = (1 << (descriptor & 3)) >> 1;
        need(payload, position, idBytes);
        if (payload.littleEndian(position, idBytes) != 0) {
            throw CodecException.unsupported("zstd: the frame asks for a dictionary");
        }
        position += idBytes;
        int sizeBytes = descriptor >>> 6 == 0 ? (singleSegment ? 1 : 0) : 1 << (descriptor >>> 6);
        need(payload, position, sizeBytes);
        long contentSize = sizeBytes == 0 ? UNKNOWN_SIZE : payload.littleEndian(position, sizeBytes);
        if (sizeBytes == 2) {
            contentSize += 256;
        }
        if (sizeBytes > 0 && contentSize < 0) {
            throw CodecException.limit("zstd announces " + Long.toUnsignedString(contentSize) + " bytes");
        }
        return walk(payload, start, position + sizeBytes, contentSize, (descriptor & 0x04) != 0);
    }

    private static ZstdFrame walk(HeapBytes payload, int start, int blocks, long contentSize, boolean checksum)
            throws CodecException {
        int position = blocks;
        long least = 0;
        long most = 0;
        boolean last;
        do {
            need(payload, position, BLOCK_HEADER);
            int header = (int) payload.littleEndian(position, BLOCK_HEADER);
            last = (header & 1) != 0;
            int size = header >>> 3;
            int type = header >>> 1 & 3;
            int block = position + BLOCK_HEADER;
            int stored = type == RLE ? 1 : size;
            need(payload, block, stored);
            if (type == RAW || type == RLE) {
                least += size;
                most += size;
            } else if (type == COMPRESSED && size > 0) {
                most += ZstdDecoder.MAX_BLOCK;
            } else {
                throw CodecException.corrupt(
                        position, "zstd: expected a block, found type " + type + " of " + size + " bytes");
            }
            position = block + stored;
        } while (!last);
        if (checksum) {
            need(payload, position, CHECKSUM);
            position += CHECKSUM;
        }
        return new ZstdFrame(start, blocks, position, checksum, contentSize, least, most);
    }

    /** Whether a frame of content begins here. */
    static boolean beginsAt(HeapBytes payload, int position) {
        return payload.length() - position >= MAGIC_BYTES
                && Integer.reverseBytes((int) payload.littleEndian(position, MAGIC_BYTES)) == MAGIC;
    }

    /**
     * Passes over frames that hold no content (RFC 8878, 3.1.2).
     *
     * @return index behind those that are there as a whole, or {@code position}
     */
    static int skip(HeapBytes payload, int position) {
        int next = position;
        while (payload.length() - next >= SKIPPABLE_HEADER
                && ((int) payload.littleEndian(next, MAGIC_BYTES) & ~15) == SKIPPABLE_MAGIC) {
            long behind = next + SKIPPABLE_HEADER + payload.littleEndian(next + MAGIC_BYTES, 4);
            if (behind > payload.length()) {
                break;
            }
            next = (int) behind;
        }
        return next;
    }

    /**
     * How much room decoding needs.
     *
     * @param before bytes that the frames before this one gave
     * @return bytes: the content size, or what the blocks can decode to up to the limit
     * @throws CodecException if the content is larger than is plausible for the bitmap
     */
    int capacity(TileFormat format, int before) throws CodecException {
        if (contentSize != UNKNOWN_SIZE) {
            Fit.check(contentSize > Long.MAX_VALUE - before ? contentSize : before + contentSize, format, "zstd");
            return (int) contentSize;
        }
        Fit.check(before + leastBytes, format, "zstd");
        return (int) Math.min(mostBytes, Fit.limit(format) - before);
    }

    /** Window_Descriptor: exponent and mantissa. */
    private static void checkWindow(int descriptor) throws CodecException {
        long base = 1L << 10 + (descriptor >>> 3);
        long window = base + base / 8 * (descriptor & 7);
        if (window > MAX_WINDOW) {
            throw CodecException.limit("zstd asks for a window of " + window + " bytes; at most " + MAX_WINDOW);
        }
    }

    private static void need(HeapBytes payload, int position, int bytes) throws CodecException {
        if (payload.length() - position < bytes) {
            throw CodecException.corrupt(
                    position,
                    "zstd: expected " + bytes + " bytes, found " + (payload.length() - position) + " to the end");
        }
    }
}
