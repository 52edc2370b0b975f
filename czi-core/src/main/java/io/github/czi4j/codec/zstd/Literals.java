package io.github.czi4j.codec.zstd;

import java.util.Arrays;

/** The literals section of a block (RFC 8878, 3.1.1.3.1). */
final class Literals {
    /** Most literals of a block, as a block decodes to no more. */
    private static final int MAX_LITERALS = ZstdDecoder.MAX_BLOCK;

    // Literals_Block_Type
    private static final int RAW = 0;
    private static final int RLE = 1;
    private static final int COMPRESSED = 2;

    private final HuffmanTable table = new HuffmanTable();
    private final HuffmanStreams streams;
    private byte[] buffer = new byte[0];

    // The header
    private int type;
    private int sizeFormat;
    private int count;
    private int stored;
    private int content;

    // Where the literals are
    private byte[] array;
    private int start;
    private int readable;

    Literals(boolean sumsLengths) {
        streams = new HuffmanStreams(sumsLengths);
    }

    /** Forgets the tree, as a new frame begins. */
    void clear() {
        table.clear();
    }

    /** Where the literals are, after {@link #decode}. */
    byte[] array() {
        return array;
    }

    /** Index of the first literal. */
    int start() {
        return start;
    }

    /** Index behind the last literal. */
    int end() {
        return start + count;
    }

    /** Index behind what may be read, whatever it means. */
    int readable() {
        return readable;
    }

    /** How many there are, after {@link #readHeader}. */
    int count() {
        return count;
    }

    /**
     * Reads the header.
     *
     * @param position index of the section
     * @param end index behind the block
     * @return index behind the section
     */
    int readHeader(byte[] in, int position, int end) throws ZstdException {
        if (position >= end) {
            throw ZstdException.corrupt(position, "expected literals, found the end of the block");
        }
        int first = in[position] & 0xFF;
        type = first & 3;
        sizeFormat = first >>> 2 & 3;
        boolean compressed = type >= COMPRESSED;
        int header = headerBytes(compressed);
        if (end - position < header) {
            throw ZstdException.corrupt(position, "expected a literals header of " + header + " bytes");
        }
        if (compressed) {
            long bits = 0;
            for (int i = header - 1; i >= 0; i--) {
                bits = bits << 8 | in[position + i] & 0xFF;
            }
            int width = sizeFormat < 2 ? 10 : sizeFormat == 2 ? 14 : 18;
            count = (int) (bits >>> 4) & (1 << width) - 1;
            stored = (int) (bits >>> 4 + width) & (1 << width) - 1;
        } else {
            count = Bytes.little(in, position, header) >>> (header == 1 ? 3 : 4);
            stored = type == RLE ? 1 : count;
        }
        content = position + header;
        if (type > COMPRESSED && !table.isPresent()) {
            throw ZstdException.corrupt(position, "expected a Huffman tree, found literals without one");
        }
        if (count > MAX_LITERALS) {
            throw ZstdException.corrupt(position, "expected at most " + MAX_LITERALS + " literals, found " + count);
        }
        if (stored > end - content) {
            throw ZstdException.corrupt(
                    position, "expected " + stored + " bytes of literals, found " + (end - content));
        }
        return content + stored;
    }

    private int headerBytes(boolean compressed) {
        if (compressed) {
            return sizeFormat < 2 ? 3 : sizeFormat + 2;
        }
        return switch (sizeFormat) {
            case 1 -> 2;
            case 3 -> 3;
            default -> 1;
        };
    }

    /**
     * Makes the literals available. Raw ones stay where they are.
     *
     * @param limit index behind what may be read of {@code in}
     */
    void decode(byte[] in, int limit) throws ZstdException {
        if (type == RAW) {
            array = in;
            start = content;
            readable = limit;
            return;
        }
        if (buffer.length == 0) {
            buffer = new byte[MAX_LITERALS + Copies.SLACK];
        }
        array = buffer;
        start = 0;
        readable = buffer.length;
        decode(in, buffer, 0);
    }

    /**
     * Decodes the literals into an array.
     *
     * @param out has room for {@link #count} bytes from {@code target} on
     */
    void decode(byte[] in, byte[] out, int target) throws ZstdException {
        if (type == RAW) {
            System.arraycopy(in, content, out, target, count);
        } else if (type == RLE) {
            Arrays.fill(out, target, target + count, in[content]);
        } else {
            int end = content + stored;
            int position = content;
            if (type == COMPRESSED) {
                position = table.read(in, position, end);
            }
            if (sizeFormat == 0) {
                HuffmanStreams.decodeOne(table, in, position, end, out, target, count);
            } else {
                streams.decodeFour(table, in, position, end, out, target, count);
            }
        }
    }
}
