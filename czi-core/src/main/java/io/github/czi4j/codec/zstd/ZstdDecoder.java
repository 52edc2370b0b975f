package io.github.czi4j.codec.zstd;

import java.util.Arrays;

/**
 * Decodes the blocks of a frame (RFC 8878, 3.1.1.2) into the array that receives the whole content, which therefore is the
 * window too. Holds tables that are used again; not thread-safe.
 */
public final class ZstdDecoder {
    /** Most bytes that a compressed block decodes to. */
    public static final int MAX_BLOCK = 128 << 10;

    /** Whether {@link SummedRounds} is the faster loop over Huffman codes: on JDK 25 by 14 %, on JDK 17 it can lose 20 %. */
    static final boolean SUMS_LENGTHS = Runtime.version().feature() >= 25;

    private static final int BLOCK_HEADER = 3;
    private static final int CHECKSUM = 4;

    // Block types
    private static final int RAW = 0;
    private static final int RLE = 1;
    private static final int COMPRESSED = 2;

    private final Literals literals;
    private final SequenceDecoder sequences = new SequenceDecoder();

    /** Makes a decoder. */
    public ZstdDecoder() {
        this(SUMS_LENGTHS);
    }

    ZstdDecoder(boolean sumsLengths) {
        literals = new Literals(sumsLengths);
    }

    /**
     * Decodes the blocks of a frame, and checks the checksum if there is one.
     *
     * @param in holds the frame; at least the five bytes before {@code start} are its header
     * @param start index of the first block
     * @param end index behind the frame; nothing from there on is read
     * @param checksum whether four bytes of xxHash64 follow the last block
     * @param out receives the content
     * @param target index of the content's first byte
     * @param limit index behind the room for the content: bytes before it may be written even where there is no content
     * @return index behind the content
     * @throws ZstdException if the frame is corrupt or larger than the room
     * @throws IndexOutOfBoundsException if the indexes are not those of the arrays
     */
    public int decode(byte[] in, int start, int end, boolean checksum, byte[] out, int target, int limit)
            throws ZstdException {
        if (start < 5 || end < start || end > in.length || target < 0 || limit < target || limit > out.length) {
            throw new IndexOutOfBoundsException("blocks " + start + " to " + end + " of " + in.length + ", content "
                    + target + " to " + limit + " of " + out.length);
        }
        literals.clear();
        sequences.clear();
        int position = start;
        int to = target;
        boolean last;
        do {
            need(position, BLOCK_HEADER, end);
            int header = Bytes.little(in, position, BLOCK_HEADER);
            last = (header & 1) != 0;
            int type = header >>> 1 & 3;
            int size = header >>> 3;
            int block = position + BLOCK_HEADER;
            int stored = type == RLE ? 1 : size;
            need(block, stored, end);
            switch (type) {
                case RAW -> {
                    room(position, size, limit - to);
                    System.arraycopy(in, block, out, to, size);
                    to += size;
                }
                case RLE -> {
                    room(position, size, limit - to);
                    Arrays.fill(out, to, to + size, in[block]);
                    to += size;
                }
                case COMPRESSED -> to = decodeBlock(in, block, block + stored, end, out, target, to, limit);
                default -> throw ZstdException.corrupt(position, "expected a block of type 0 to 2, found type 3");
            }
            position = block + stored;
        } while (!last);
        if (checksum) {
            need(position, CHECKSUM, end);
            int expected = Bytes.little(in, position, CHECKSUM);
            int found = (int) XxHash64.hash(out, target, to - target);
            if (found != expected) {
                throw ZstdException.corrupt(
                        position, String.format("expected content with checksum %08x, found %08x", expected, found));
            }
        }
        return to;
    }

    private int decodeBlock(byte[] in, int block, int blockEnd, int end, byte[] out, int begin, int to, int limit)
            throws ZstdException {
        int section = literals.readHeader(in, block, blockEnd);
        int blockLimit = to + Math.min(limit - to, MAX_BLOCK);
        int count = sequences.readHeader(in, section, blockEnd);
        if (count == 0) {
            // Nothing will be inserted between the literals: they go where they belong.
            room(block, literals.count(), blockLimit - to);
            literals.decode(in, out, to);
            return to + literals.count();
        }
        literals.decode(in, end);
        return sequences.decode(in, blockEnd, count, literals, out, begin, to, blockLimit);
    }

    private static void need(int position, int bytes, int end) throws ZstdException {
        if (end - position < bytes) {
            throw ZstdException.corrupt(
                    position, "expected " + bytes + " bytes, found " + (end - position) + " to the end of the frame");
        }
    }

    private static void room(int position, int bytes, int room) throws ZstdException {
        if (bytes > room) {
            throw ZstdException.full(position, bytes, room);
        }
    }
}
