package io.github.czi4j.codec.zstd;

/**
 * Decodes streams of Huffman codes (RFC 8878, 4.2.2). Four streams, which hold a quarter of the literals each, go side by
 * side, as the processor can work on one while it waits for the table of another.
 *
 * <p>In the fast loops of this class the next bits of a stream stand left-aligned in a long whose lowest bit is set when it is loaded:
 * the zeros below that bit count the bits that were taken, and no other variable has to. A round takes 5 codes of at most
 * 11 bits from each, after at most 7 that stood before the first one: 62 bits, so that the mark, which covers the lowest
 * bit, is never taken for data.
 */
final class HuffmanStreams {
    private static final int CODES = 5;
    private static final int ROUND_BYTES = 7;
    private static final int SHIFT = 64 - HuffmanTable.LOG;
    /** Up to this many bits a literal, on the average, two or three often fit into one look-up. */
    private static final double MULTIPLE_BITS = 5.0;
    /** Fewer literals are not worth the table for several. */
    private static final int MULTIPLE_LITERALS = 8 << 10;

    private static final ColdLoop ROUNDS = new ColdLoop(32 * CODES);

    private final boolean sumsLengths;

    // Of each stream: where it is in the input and in the output, and its bits. Fields, so that loops can hand over.
    private final int[] starts = new int[4];
    private final int[] lefts = new int[4];
    private final int[] targets = new int[4];
    private final int[] ends = new int[4];

    /**
     * Makes room for the state of four streams.
     *
     * @param sumsLengths whether {@link SummedRounds} decodes one symbol a look-up, not this class
     */
    HuffmanStreams(boolean sumsLengths) {
        this.sumsLengths = sumsLengths;
    }

    /**
     * Decodes a single stream.
     *
     * @param start index of its first byte, with 8 bytes before it
     * @param end index behind its last byte
     * @param target where in {@code out} the first literal goes
     * @param count how many literals
     */
    static void decodeOne(HuffmanTable table, byte[] in, int start, int end, byte[] out, int target, int count)
            throws ZstdException {
        finish(table, in, start, BitStreams.length(in, start, end), out, target, target + count);
    }

    /**
     * Decodes four streams, whose lengths but that of the last one stand before them.
     *
     * @param start index of the lengths
     * @param end index behind the last stream
     * @param target where in {@code out} the first literal goes
     * @param count how many literals
     */
    void decodeFour(HuffmanTable table, byte[] in, int start, int end, byte[] out, int target, int count)
            throws ZstdException {
        int quarter = count + 3 >>> 2;
        int first = start + 6;
        if (first > end || count < 6) {
            throw ZstdException.corrupt(start, "expected four streams of literals, found no room for them");
        }
        long position = first;
        for (int i = 0; i < 4; i++) {
            int length = i < 3 ? Bytes.little(in, start + 2 * i, 2) : (int) (end - position);
            if (length < 1 || position + length > end) {
                throw ZstdException.corrupt(start, "expected four streams in " + (end - first) + " bytes");
            }
            starts[i] = (int) position;
            position += length;
            lefts[i] = BitStreams.length(in, starts[i], (int) position);
            targets[i] = target + i * quarter;
            ends[i] = i < 3 ? target + (i + 1) * quarter : target + count;
        }
        if (count >= MULTIPLE_LITERALS && (end - first) * 8.0 < MULTIPLE_BITS * count) {
            table.needMultiple();
            roundsOfMany(table.multiple, in, out);
        } else if (sumsLengths) {
            SummedRounds.decode(table.single, in, out, starts, lefts, targets, ends[3] - targets[3]);
        } else {
            inSteps(table.single, in, out, quarter);
        }
        for (int i = 0; i < 4; i++) {
            finish(table, in, starts[i], lefts[i], out, targets[i], ends[i]);
        }
    }

    /** All rounds, at first a few at a call. */
    private void inSteps(char[] table, byte[] in, byte[] out, int quarter) {
        int most;
        int before;
        do {
            before = targets[0];
            most = ROUNDS.atMost(Integer.MAX_VALUE);
            rounds(table, in, out, quarter, most);
        } while (most < Integer.MAX_VALUE && targets[0] > before);
    }

    /** How many rounds the input allows, if each takes as many bytes as it can at most. */
    private static int roundsOf(int room0, int room1, int room2, int room3) {
        return Math.min(Math.min(room0, room1), Math.min(room2, room3)) / ROUND_BYTES;
    }

    private static long load(byte[] in, int position, int skip) {
        return (Bytes.getLong(in, position) | 1) << skip;
    }

    /**
     * One symbol a look-up; all streams move on alike, so one index tells where to write. Five codes of one stream, then of
     * the next: the processor finds by itself what is independent, and the compiler runs out of registers otherwise.
     *
     * @param quarter literals of each stream but the last one
     * @param most literals of each stream
     */
    private void rounds(char[] shared, byte[] in, byte[] out, int quarter, int most) {
        // A copy, as the compiler knows the length of an array that it has seen being made: without it each look-up is
        // checked against the length, and the loop takes a third longer.
        char[] table = new char[1 << HuffmanTable.LOG];
        System.arraycopy(shared, 0, table, 0, 1 << HuffmanTable.LOG);
        int begin0 = starts[0];
        int begin1 = starts[1];
        int begin2 = starts[2];
        int begin3 = starts[3];
        int at0 = begin0 + (lefts[0] + 7 >>> 3) - 8;
        int at1 = begin1 + (lefts[1] + 7 >>> 3) - 8;
        int at2 = begin2 + (lefts[2] + 7 >>> 3) - 8;
        int at3 = begin3 + (lefts[3] + 7 >>> 3) - 8;
        long bits0 = load(in, at0, -lefts[0] & 7);
        long bits1 = load(in, at1, -lefts[1] & 7);
        long bits2 = load(in, at2, -lefts[2] & 7);
        long bits3 = load(in, at3, -lefts[3] & 7);
        int to = targets[0];
        int last = to + Math.min(ends[3] - targets[3], most);
        while (true) {
            int rounds = Math.min(
                    (last - to) / CODES,
                    roundsOf(at0 - begin0 + 8, at1 - begin1 + 8, at2 - begin2 + 8, at3 - begin3 + 8));
            if (rounds == 0) {
                break;
            }
            int stop = to + rounds * CODES;
            for (; to < stop; to += CODES) {
                int second = to + quarter;
                int third = second + quarter;
                int fourth = third + quarter;
                bits0 = codes(table, bits0, out, to);
                int taken = Long.numberOfTrailingZeros(bits0);
                at0 -= taken >>> 3;
                bits0 = load(in, at0, taken & 7);
                bits1 = codes(table, bits1, out, second);
                taken = Long.numberOfTrailingZeros(bits1);
                at1 -= taken >>> 3;
                bits1 = load(in, at1, taken & 7);
                bits2 = codes(table, bits2, out, third);
                taken = Long.numberOfTrailingZeros(bits2);
                at2 -= taken >>> 3;
                bits2 = load(in, at2, taken & 7);
                bits3 = codes(table, bits3, out, fourth);
                taken = Long.numberOfTrailingZeros(bits3);
                at3 -= taken >>> 3;
                bits3 = load(in, at3, taken & 7);
            }
        }
        int done = to - targets[0];
        keep(0, at0, bits0, to);
        keep(1, at1, bits1, targets[1] + done);
        keep(2, at2, bits2, targets[2] + done);
        keep(3, at3, bits3, targets[3] + done);
    }

    /** Five codes of a stream; what is left of its word. */
    private static long codes(char[] table, long bits, byte[] out, int to) {
        long word = bits;
        int code = table[(int) (word >>> SHIFT)];
        out[to] = (byte) (code >>> 8);
        word <<= code;
        code = table[(int) (word >>> SHIFT)];
        out[to + 1] = (byte) (code >>> 8);
        word <<= code;
        code = table[(int) (word >>> SHIFT)];
        out[to + 2] = (byte) (code >>> 8);
        word <<= code;
        code = table[(int) (word >>> SHIFT)];
        out[to + 3] = (byte) (code >>> 8);
        word <<= code;
        code = table[(int) (word >>> SHIFT)];
        out[to + 4] = (byte) (code >>> 8);
        return word << code;
    }

    /** Up to three symbols a look-up; four bytes are written each time, and what is too much is written over. */
    private void roundsOfMany(int[] table, byte[] in, byte[] out) {
        int begin0 = starts[0];
        int begin1 = starts[1];
        int begin2 = starts[2];
        int begin3 = starts[3];
        int at0 = begin0 + (lefts[0] + 7 >>> 3) - 8;
        int at1 = begin1 + (lefts[1] + 7 >>> 3) - 8;
        int at2 = begin2 + (lefts[2] + 7 >>> 3) - 8;
        int at3 = begin3 + (lefts[3] + 7 >>> 3) - 8;
        long bits0 = load(in, at0, -lefts[0] & 7);
        long bits1 = load(in, at1, -lefts[1] & 7);
        long bits2 = load(in, at2, -lefts[2] & 7);
        long bits3 = load(in, at3, -lefts[3] & 7);
        int to0 = targets[0];
        int to1 = targets[1];
        int to2 = targets[2];
        int to3 = targets[3];
        while (true) {
            int room = Math.min(Math.min(ends[0] - to0, ends[1] - to1), Math.min(ends[2] - to2, ends[3] - to3));
            int rounds = Math.min(
                    (room - 1) / (3 * CODES),
                    roundsOf(at0 - begin0 + 8, at1 - begin1 + 8, at2 - begin2 + 8, at3 - begin3 + 8));
            if (rounds <= 0) {
                break;
            }
            for (; rounds > 0; rounds--) {
                int codes = table[(int) (bits0 >>> SHIFT)];
                Bytes.putInt(out, to0, codes >>> 8);
                bits0 <<= codes;
                to0 += codes >>> 6 & 3;
                codes = table[(int) (bits0 >>> SHIFT)];
                Bytes.putInt(out, to0, codes >>> 8);
                bits0 <<= codes;
                to0 += codes >>> 6 & 3;
                codes = table[(int) (bits0 >>> SHIFT)];
                Bytes.putInt(out, to0, codes >>> 8);
                bits0 <<= codes;
                to0 += codes >>> 6 & 3;
                codes = table[(int) (bits0 >>> SHIFT)];
                Bytes.putInt(out, to0, codes >>> 8);
                bits0 <<= codes;
                to0 += codes >>> 6 & 3;
                codes = table[(int) (bits0 >>> SHIFT)];
                Bytes.putInt(out, to0, codes >>> 8);
                bits0 <<= codes;
                to0 += codes >>> 6 & 3;
                int taken = Long.numberOfTrailingZeros(bits0);
                at0 -= taken >>> 3;
                bits0 = load(in, at0, taken & 7);
                codes = table[(int) (bits1 >>> SHIFT)];
                Bytes.putInt(out, to1, codes >>> 8);
                bits1 <<= codes;
                to1 += codes >>> 6 & 3;
                codes = table[(int) (bits1 >>> SHIFT)];
                Bytes.putInt(out, to1, codes >>> 8);
                bits1 <<= codes;
                to1 += codes >>> 6 & 3;
                codes = table[(int) (bits1 >>> SHIFT)];
                Bytes.putInt(out, to1, codes >>> 8);
                bits1 <<= codes;
                to1 += codes >>> 6 & 3;
                codes = table[(int) (bits1 >>> SHIFT)];
                Bytes.putInt(out, to1, codes >>> 8);
                bits1 <<= codes;
                to1 += codes >>> 6 & 3;
                codes = table[(int) (bits1 >>> SHIFT)];
                Bytes.putInt(out, to1, codes >>> 8);
                bits1 <<= codes;
                to1 += codes >>> 6 & 3;
                taken = Long.numberOfTrailingZeros(bits1);
                at1 -= taken >>> 3;
                bits1 = load(in, at1, taken & 7);
                codes = table[(int) (bits2 >>> SHIFT)];
                Bytes.putInt(out, to2, codes >>> 8);
                bits2 <<= codes;
                to2 += codes >>> 6 & 3;
                codes = table[(int) (bits2 >>> SHIFT)];
                Bytes.putInt(out, to2, codes >>> 8);
                bits2 <<= codes;
                to2 += codes >>> 6 & 3;
                codes = table[(int) (bits2 >>> SHIFT)];
                Bytes.putInt(out, to2, codes >>> 8);
                bits2 <<= codes;
                to2 += codes >>> 6 & 3;
                codes = table[(int) (bits2 >>> SHIFT)];
                Bytes.putInt(out, to2, codes >>> 8);
                bits2 <<= codes;
                to2 += codes >>> 6 & 3;
                codes = table[(int) (bits2 >>> SHIFT)];
                Bytes.putInt(out, to2, codes >>> 8);
                bits2 <<= codes;
                to2 += codes >>> 6 & 3;
                taken = Long.numberOfTrailingZeros(bits2);
                at2 -= taken >>> 3;
                bits2 = load(in, at2, taken & 7);
                codes = table[(int) (bits3 >>> SHIFT)];
                Bytes.putInt(out, to3, codes >>> 8);
                bits3 <<= codes;
                to3 += codes >>> 6 & 3;
                codes = table[(int) (bits3 >>> SHIFT)];
                Bytes.putInt(out, to3, codes >>> 8);
                bits3 <<= codes;
                to3 += codes >>> 6 & 3;
                codes = table[(int) (bits3 >>> SHIFT)];
                Bytes.putInt(out, to3, codes >>> 8);
                bits3 <<= codes;
                to3 += codes >>> 6 & 3;
                codes = table[(int) (bits3 >>> SHIFT)];
                Bytes.putInt(out, to3, codes >>> 8);
                bits3 <<= codes;
                to3 += codes >>> 6 & 3;
                codes = table[(int) (bits3 >>> SHIFT)];
                Bytes.putInt(out, to3, codes >>> 8);
                bits3 <<= codes;
                to3 += codes >>> 6 & 3;
                taken = Long.numberOfTrailingZeros(bits3);
                at3 -= taken >>> 3;
                bits3 = load(in, at3, taken & 7);
            }
        }
        keep(0, at0, bits0, to0);
        keep(1, at1, bits1, to1);
        keep(2, at2, bits2, to2);
        keep(3, at3, bits3, to3);
    }

    private void keep(int stream, int at, long bits, int to) {
        lefts[stream] = (at + 8 - starts[stream] << 3) - Long.numberOfTrailingZeros(bits);
        targets[stream] = to;
    }

    /** The rest of a stream, which must end with the last literal. */
    private static void finish(HuffmanTable table, byte[] in, int start, int left, byte[] out, int from, int to)
            throws ZstdException {
        char[] single = table.single;
        int target = from;
        // Four codes have at most 44 bits, of 57 that a load gives.
        while (to - target >= 4 && left >= 0) {
            long bits = BitStreams.peek(in, start, left);
            int code0 = single[(int) (bits >>> SHIFT)];
            bits <<= code0;
            int code1 = single[(int) (bits >>> SHIFT)];
            bits <<= code1;
            int code2 = single[(int) (bits >>> SHIFT)];
            bits <<= code2;
            int code3 = single[(int) (bits >>> SHIFT)];
            left -= (code0 & 0xFF) + (code1 & 0xFF) + (code2 & 0xFF) + (code3 & 0xFF);
            Bytes.putInt(out, target, code0 >>> 8 | code1 & 0xFF00 | (code2 & 0xFF00) << 8 | (code3 & 0xFF00) << 16);
            target += 4;
        }
        while (target < to && left >= 0) {
            int code = single[(int) (BitStreams.peek(in, start, left) >>> SHIFT)];
            left -= code & 0xFF;
            out[target++] = (byte) (code >>> 8);
        }
        if (left != 0) {
            throw ZstdException.corrupt(
                    start,
                    left < 0
                            ? "expected literals, found the end of their stream"
                            : "expected the end of a stream of literals, found " + left + " bits more");
        }
    }
}
