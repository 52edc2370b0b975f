package io.github.czi4j.codec.zstd;

/**
 * The greater part of four streams of Huffman codes, one symbol a look-up, as {@link HuffmanStreams} does it, for compilers
 * that find registers for it ({@link ZstdDecoder#SUMS_LENGTHS}): what comes behind a word is loaded before its codes are
 * looked up, and shifted to its place by the sum of their lengths, so that no stream waits for memory between two rounds.
 * Lengths and symbols are tables by themselves, which saves a shift for each.
 *
 * <p>A round takes 5 codes of at most 11 bits from words of 64 bits, of which all count; what is loaded behind them has at
 * least 57 bits.
 */
final class SummedRounds {
    private static final int CODES = 5;
    private static final int ROUND_BITS = CODES * HuffmanTable.LOG;
    private static final int SHIFT = 64 - HuffmanTable.LOG;
    /** Where symbols begin in a table of lengths, then symbols. */
    private static final int SYMBOLS = 1 << HuffmanTable.LOG;

    private SummedRounds() {}

    /**
     * Decodes as many rounds as input and output allow.
     *
     * @param shared look-up table, as {@link HuffmanTable#single}
     * @param starts indices of the streams' first bytes, with 9 bytes before each
     * @param lefts bits that are left of each, then those that are left behind the rounds
     * @param targets where in {@code out} the next literal of each goes, at equal distances, then behind the rounds
     * @param shortest literals of the last stream, which has the fewest
     */
    static void decode(char[] shared, byte[] in, byte[] out, int[] starts, int[] lefts, int[] targets, int shortest) {
        byte[] table = new byte[2 << HuffmanTable.LOG];
        for (int i = 0; i < SYMBOLS; i++) {
            table[i] = (byte) shared[i];
            table[SYMBOLS + i] = (byte) (shared[i] >>> 8);
        }
        int begin0 = starts[0];
        int begin1 = starts[1];
        int begin2 = starts[2];
        int begin3 = starts[3];
        int left0 = lefts[0];
        int left1 = lefts[1];
        int left2 = lefts[2];
        int left3 = lefts[3];
        long bits0 = full(in, begin0, left0);
        long bits1 = full(in, begin1, left1);
        long bits2 = full(in, begin2, left2);
        long bits3 = full(in, begin3, left3);
        int to = targets[0];
        int quarter = targets[1] - to;
        int last = to + shortest;
        while (true) {
            // One round fewer than there are bits for, as more is loaded than a round takes.
            int rounds = Math.min(
                    (last - to) / CODES, Math.min(Math.min(left0, left1), Math.min(left2, left3)) / ROUND_BITS - 1);
            if (rounds <= 0) {
                break;
            }
            int stop = to + rounds * CODES;
            for (; to < stop; to += CODES) {
                int second = to + quarter;
                int third = second + quarter;
                int fourth = third + quarter;
                long behind = behind(in, begin0, left0);
                int index = (int) (bits0 >>> SHIFT);
                out[to] = table[SYMBOLS + index];
                int taken = table[index];
                bits0 <<= taken;
                index = (int) (bits0 >>> SHIFT);
                out[to + 1] = table[SYMBOLS + index];
                int length = table[index];
                bits0 <<= length;
                taken += length;
                index = (int) (bits0 >>> SHIFT);
                out[to + 2] = table[SYMBOLS + index];
                length = table[index];
                bits0 <<= length;
                taken += length;
                index = (int) (bits0 >>> SHIFT);
                out[to + 3] = table[SYMBOLS + index];
                length = table[index];
                bits0 <<= length;
                taken += length;
                index = (int) (bits0 >>> SHIFT);
                out[to + 4] = table[SYMBOLS + index];
                length = table[index];
                bits0 <<= length;
                taken += length;
                bits0 |= behind >>> -taken;
                left0 -= taken;
                behind = behind(in, begin1, left1);
                index = (int) (bits1 >>> SHIFT);
                out[second] = table[SYMBOLS + index];
                taken = table[index];
                bits1 <<= taken;
                index = (int) (bits1 >>> SHIFT);
                out[second + 1] = table[SYMBOLS + index];
                length = table[index];
                bits1 <<= length;
                taken += length;
                index = (int) (bits1 >>> SHIFT);
                out[second + 2] = table[SYMBOLS + index];
                length = table[index];
                bits1 <<= length;
                taken += length;
                index = (int) (bits1 >>> SHIFT);
                out[second + 3] = table[SYMBOLS + index];
                length = table[index];
                bits1 <<= length;
                taken += length;
                index = (int) (bits1 >>> SHIFT);
                out[second + 4] = table[SYMBOLS + index];
                length = table[index];
                bits1 <<= length;
                taken += length;
                bits1 |= behind >>> -taken;
                left1 -= taken;
                behind = behind(in, begin2, left2);
                index = (int) (bits2 >>> SHIFT);
                out[third] = table[SYMBOLS + index];
                taken = table[index];
                bits2 <<= taken;
                index = (int) (bits2 >>> SHIFT);
                out[third + 1] = table[SYMBOLS + index];
                length = table[index];
                bits2 <<= length;
                taken += length;
                index = (int) (bits2 >>> SHIFT);
                out[third + 2] = table[SYMBOLS + index];
                length = table[index];
                bits2 <<= length;
                taken += length;
                index = (int) (bits2 >>> SHIFT);
                out[third + 3] = table[SYMBOLS + index];
                length = table[index];
                bits2 <<= length;
                taken += length;
                index = (int) (bits2 >>> SHIFT);
                out[third + 4] = table[SYMBOLS + index];
                length = table[index];
                bits2 <<= length;
                taken += length;
                bits2 |= behind >>> -taken;
                left2 -= taken;
                behind = behind(in, begin3, left3);
                index = (int) (bits3 >>> SHIFT);
                out[fourth] = table[SYMBOLS + index];
                taken = table[index];
                bits3 <<= taken;
                index = (int) (bits3 >>> SHIFT);
                out[fourth + 1] = table[SYMBOLS + index];
                length = table[index];
                bits3 <<= length;
                taken += length;
                index = (int) (bits3 >>> SHIFT);
                out[fourth + 2] = table[SYMBOLS + index];
                length = table[index];
                bits3 <<= length;
                taken += length;
                index = (int) (bits3 >>> SHIFT);
                out[fourth + 3] = table[SYMBOLS + index];
                length = table[index];
                bits3 <<= length;
                taken += length;
                index = (int) (bits3 >>> SHIFT);
                out[fourth + 4] = table[SYMBOLS + index];
                length = table[index];
                bits3 <<= length;
                taken += length;
                bits3 |= behind >>> -taken;
                left3 -= taken;
            }
        }
        int done = to - targets[0];
        lefts[0] = left0;
        targets[0] += done;
        lefts[1] = left1;
        targets[1] += done;
        lefts[2] = left2;
        targets[2] += done;
        lefts[3] = left3;
        targets[3] += done;
    }

    /** The next 64 bits of a stream; the lengths of four streams stand before it, so that nine bytes are there. */
    private static long full(byte[] in, int start, int left) {
        int end = start + (left + 7 >>> 3);
        int skip = -left & 7;
        return Bytes.getLong(in, end - 8) << skip | (in[end - 9] & 0xFFL) >>> 8 - skip;
    }

    /** At least 57 bits behind the next 64, of which at least a part is there. */
    private static long behind(byte[] in, int start, int left) {
        return Bytes.getLong(in, start + (left + 7 >>> 3) - 16) << (-left & 7);
    }
}
