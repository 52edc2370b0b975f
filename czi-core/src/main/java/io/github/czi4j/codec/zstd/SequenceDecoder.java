package io.github.czi4j.codec.zstd;

/**
 * Decodes and executes the sequences of a block (RFC 8878, 3.1.1.3.2 and 3.1.1.4): how many literals to copy, then how far
 * back a match lies and how long it is.
 *
 * <p>One loop does both: reading a sequence is a chain of loads and shifts that depend on each other, in whose shadow the
 * copies of the sequence before are free.
 */
final class SequenceDecoder {
    private static final int RESERVED = 3;
    private static final int SHORTEST_MATCH = 3;
    /** What a load gives of bits that count. */
    private static final int LOADED_BITS = 57;

    // Where the tables lie in their common array: one base address less in the loop.
    private static final int LITERALS_TABLE = 0;
    private static final int MATCH_TABLE = 512;
    private static final int OFFSET_TABLE = 1024;

    private static final ColdLoop SEQUENCES = new ColdLoop(32);

    private final long[] tables = new long[3 << FseDistribution.MAX_LOG];
    private final SequenceTable literalsLengths =
            new SequenceTable(SequenceTable.Kind.LITERALS_LENGTH, tables, LITERALS_TABLE);
    private final SequenceTable matchLengths = new SequenceTable(SequenceTable.Kind.MATCH_LENGTH, tables, MATCH_TABLE);
    private final SequenceTable offsets = new SequenceTable(SequenceTable.Kind.OFFSET, tables, OFFSET_TABLE);
    private final FseDistribution distribution = new FseDistribution();

    private int repeated1;
    private int repeated2;
    private int repeated3;
    /** Where the bits of the sequences begin, after {@link #readHeader}. */
    private int stream;

    // Between some sequences of a block and the next ones.
    private int bitsLeft;
    private int literalsState;
    private int offsetState;
    private int matchState;
    /** The next literal. */
    private int nextLiteral;

    /** Forgets tables and offsets, as a new frame begins. */
    void clear() {
        literalsLengths.clear();
        offsets.clear();
        matchLengths.clear();
        repeated1 = 1;
        repeated2 = 4;
        repeated3 = 8;
    }

    /**
     * Reads the number of sequences and the tables.
     *
     * @param start index of the section
     * @param end index behind the block
     * @return how many sequences there are
     */
    int readHeader(byte[] in, int start, int end) throws ZstdException {
        if (start >= end) {
            throw ZstdException.corrupt(start, "expected sequences, found the end of the block");
        }
        int position = start + 1;
        int count = in[start] & 0xFF;
        if (count >= 128) {
            int more = count == 255 ? 2 : 1;
            if (end - position < more) {
                throw ZstdException.corrupt(start, "expected the number of sequences, found the end of the block");
            }
            count = count == 255 ? Bytes.little(in, position, 2) + 0x7F00 : (count - 128 << 8) + (in[position] & 0xFF);
            position += more;
        }
        if (count == 0) {
            if (position != end) {
                throw ZstdException.corrupt(
                        position, "expected the end of the block, found " + (end - position) + " bytes more");
            }
            return 0;
        }
        if (count > ZstdDecoder.MAX_BLOCK / SHORTEST_MATCH) {
            throw ZstdException.corrupt(
                    start, "expected sequences that make at most 128 KiB, found " + count + " sequences");
        }
        if (position >= end || (in[position] & RESERVED) != 0) {
            throw ZstdException.corrupt(position, "expected the modes of the sequences' tables, found none");
        }
        int modes = in[position++] & 0xFF;
        position = literalsLengths.read(modes >>> 6, distribution, in, position, end);
        position = offsets.read(modes >>> 4 & 3, distribution, in, position, end);
        stream = matchLengths.read(modes >>> 2 & 3, distribution, in, position, end);
        return count;
    }

    /**
     * Decodes the sequences. What is left of the bits is counted, so that reading beyond their start shows at the end at the
     * latest; before each load it is made sure that it is within the frame.
     *
     * @param blockEnd index behind the block
     * @param count as {@link #readHeader} gave it, not 0
     * @param literals where the literals are
     * @param out the output, from {@code begin} on to {@code target} filled by the blocks before
     * @param limit index in {@code out} that must not be passed
     * @return index in {@code out} behind the block
     */
    int decode(byte[] in, int blockEnd, int count, Literals literals, byte[] out, int begin, int target, int limit)
            throws ZstdException {
        int start = stream;
        bitsLeft = BitStreams.length(in, start, blockEnd);
        literalsState = LITERALS_TABLE + firstState(in, literalsLengths);
        offsetState = OFFSET_TABLE + firstState(in, offsets);
        matchState = MATCH_TABLE + firstState(in, matchLengths);
        nextLiteral = literals.start();
        int to = target;
        for (int todo = count; todo > 0; ) {
            int some = SEQUENCES.atMost(todo);
            to = decodeSome(in, count, todo, todo - some, literals, out, begin, target, to, limit);
            todo -= some;
        }
        if (bitsLeft != 0) {
            throw bitsLeft < 0
                    ? cutOff(start, count, 0)
                    : ZstdException.corrupt(
                            start, "expected the end of " + count + " sequences, found " + bitsLeft + " bits more");
        }
        int rest = literals.end() - nextLiteral;
        if (rest > limit - to) {
            throw full(start, to - target + rest, target, limit);
        }
        System.arraycopy(literals.array(), nextLiteral, out, to, rest);
        return to + rest;
    }

    private int firstState(byte[] in, SequenceTable table) {
        int state = BitStreams.bits(in, stream, bitsLeft, table.log());
        bitsLeft -= table.log();
        return state;
    }

    /** Goes on where {@code todo} of the sequences are left, until only {@code stop} are; index behind what is written. */
    private int decodeSome(
            byte[] in,
            int count,
            int todo,
            int stop,
            Literals literals,
            byte[] out,
            int begin,
            int target,
            int written,
            int limit)
            throws ZstdException {
        int start = stream;
        int left = bitsLeft;
        int literalsState = this.literalsState;
        int offsetState = this.offsetState;
        int matchState = this.matchState;
        long[] table = tables;
        int first = repeated1;
        int second = repeated2;
        int third = repeated3;
        byte[] source = literals.array();
        int from = nextLiteral;
        int end = literals.end();
        // Copies of 16 bytes may read and write as many too much.
        int fastEnd = literals.readable() - Copies.SLACK;
        int fastLimit = limit - Copies.SLACK;
        int to = written;
        do {
            if (left < 0) {
                throw cutOff(start, count, todo);
            }
            long literalsEntry = table[literalsState];
            long matchEntry = table[matchState];
            long offsetEntry = table[offsetState];
            int behind = left + 7 >>> 3;
            long bits = Bytes.getLong(in, start + behind - 8);
            int taken = (behind << 3) - left;
            int sums = (int) (literalsEntry + offsetEntry + matchEntry);
            int all = sums & SequenceTable.ALL_BITS_MASK;
            left -= all;

            int offsetBits = (int) offsetEntry >>> SequenceTable.EXTRA_SHIFT & 0xFF;
            int matchBits = (int) matchEntry >>> SequenceTable.EXTRA_SHIFT & 0xFF;
            int literalsBits = (int) literalsEntry >>> SequenceTable.EXTRA_SHIFT & 0xFF;
            int distance = (int) (offsetEntry >>> SequenceTable.BASE_SHIFT) + extra(bits, taken, offsetBits);
            taken += offsetBits;
            if (all > LOADED_BITS) {
                // Long numbers and states together: what follows is loaded anew. It has at most 57 bits, or else
                // lengths
                // that are too large for a block.
                int rest = left + all - offsetBits;
                if (rest < 0) {
                    throw cutOff(start, count, todo);
                }
                int again = rest + 7 >>> 3;
                bits = Bytes.getLong(in, start + again - 8);
                taken = (again << 3) - rest;
            }
            int match = (int) (matchEntry >>> SequenceTable.BASE_SHIFT) + extra(bits, taken, matchBits);
            taken += matchBits;
            int length = (int) (literalsEntry >>> SequenceTable.BASE_SHIFT) + extra(bits, taken, literalsBits);
            taken += literalsBits;
            if (--todo > 0) {
                int literalsNext = ((int) literalsEntry & SequenceTable.ALL_BITS_MASK) - literalsBits;
                int matchNext = ((int) matchEntry & SequenceTable.ALL_BITS_MASK) - matchBits;
                int offsetNext = ((int) offsetEntry & SequenceTable.ALL_BITS_MASK) - offsetBits;
                literalsState = ((int) literalsEntry >>> SequenceTable.NEXT_SHIFT) + extra(bits, taken, literalsNext);
                taken += literalsNext;
                matchState = ((int) matchEntry >>> SequenceTable.NEXT_SHIFT) + extra(bits, taken, matchNext);
                taken += matchNext;
                offsetState = ((int) offsetEntry >>> SequenceTable.NEXT_SHIFT) + extra(bits, taken, offsetNext);
            } else {
                // The last sequence has no next states.
                left += all - offsetBits - matchBits - literalsBits;
            }

            if (offsetBits > 1) {
                third = second;
                second = first;
                first = distance - 3;
            } else {
                // Offset_Value 1 to 3, one more where there are no literals.
                int which = length == 0 ? distance : distance - 1;
                if (which != 0) {
                    int repeated = which == 1 ? second : which == 2 ? third : first - 1;
                    third = which == 1 ? third : second;
                    second = first;
                    first = repeated;
                }
            }

            int matchTo = to + length;
            int literalsEnd = from + length;
            int matchFrom = matchTo - first;
            if (literalsEnd > end || matchFrom < begin || first <= 0 || length + match > limit - to) {
                throw failure(
                        start, count - todo - 1, length, end - from, first, matchTo - begin, match, target, to, limit);
            }
            if (literalsEnd > fastEnd || match > fastLimit - matchTo) {
                System.arraycopy(source, from, out, to, length);
                Copies.exactly(out, matchFrom, matchTo, match);
            } else {
                Bytes.copy16(source, from, out, to);
                if (length > Copies.WIDE) {
                    Copies.literals(source, from, out, to, length);
                }
                if (first >= Copies.WIDE) {
                    Bytes.copy16(out, matchFrom, out, matchTo);
                    if (match > Copies.WIDE) {
                        Copies.far(out, matchFrom, matchTo, match);
                    }
                } else {
                    Copies.near(out, matchFrom, matchTo, match);
                }
            }
            from = literalsEnd;
            to = matchTo + match;
        } while (todo > stop);
        bitsLeft = left;
        this.literalsState = literalsState;
        this.offsetState = offsetState;
        this.matchState = matchState;
        nextLiteral = from;
        repeated1 = first;
        repeated2 = second;
        repeated3 = third;
        return to;
    }

    /** Bits of a word below those that were taken. */
    private static int extra(long bits, int taken, int count) {
        return (int) (bits << taken >>> 1 >>> ~count);
    }

    private static ZstdException cutOff(int offset, int count, int todo) {
        return ZstdException.corrupt(
                offset, "expected " + count + " sequences, found the end of their bits after " + (count - todo));
    }

    private static ZstdException full(int offset, int bytes, int target, int limit) {
        return limit - target < ZstdDecoder.MAX_BLOCK
                ? ZstdException.full(offset, bytes, limit - target)
                : ZstdException.corrupt(offset, "expected a block of at most 128 KiB, found " + bytes + " bytes");
    }

    private static ZstdException failure(
            int offset,
            int sequence,
            int length,
            int literals,
            int distance,
            int written,
            int match,
            int target,
            int to,
            int limit) {
        String where = "sequence " + sequence + ": ";
        if (length > literals) {
            return ZstdException.corrupt(offset, where + "expected at most " + literals + " literals, found " + length);
        }
        if (distance <= 0 || distance > written) {
            return ZstdException.corrupt(
                    offset, where + "expected a distance of 1 to " + written + ", found " + distance);
        }
        return full(offset, to - target + length + match, target, limit);
    }
}
