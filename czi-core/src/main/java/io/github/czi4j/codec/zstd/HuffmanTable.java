package io.github.czi4j.codec.zstd;

import java.util.Arrays;

/**
 * The Huffman tree of literals (RFC 8878, 4.2.1) as tables that are looked up by the next {@value #LOG} bits of a stream.
 * Kept for the blocks that have none of their own.
 */
final class HuffmanTable {
    /** Longest code, and bits of the index, whatever the longest code of this tree: so shifts are constants. */
    static final int LOG = 11;

    private static final int SIZE = 1 << LOG;
    private static final int MAX_SYMBOLS = 256;
    private static final int MAX_WEIGHT_LOG = 6;

    /** Bits 0–7: length of the code; 8–15: symbol. */
    final char[] single = new char[SIZE];

    /** Bits 0–5: length of the codes together; 6–7: how many, 1 to 3; 8–31: symbols, the first one lowest. */
    final int[] multiple = new int[SIZE];

    private final FseDistribution distribution = new FseDistribution();
    /** Bits 0–7: bits to read; 8–15: base of the next state; 16–23: weight. */
    private final int[] weightStates = new int[1 << MAX_WEIGHT_LOG];

    private final byte[] weights = new byte[MAX_SYMBOLS];
    private final int[] starts = new int[LOG + 2];
    private boolean present;
    private boolean multiplePresent;

    /** Forgets the tree, as a new frame begins. */
    void clear() {
        present = false;
    }

    /** Whether there is a tree. */
    boolean isPresent() {
        return present;
    }

    /**
     * Reads a description of a tree.
     *
     * @param start index of its first byte
     * @param end index that it must not pass
     * @return index behind it
     */
    int read(byte[] in, int start, int end) throws ZstdException {
        if (start >= end) {
            throw ZstdException.corrupt(start, "expected a Huffman tree, found the end of the literals");
        }
        present = false;
        multiplePresent = false;
        int header = in[start] & 0xFF;
        boolean direct = header >= 128;
        int stored = direct ? header - 127 + 1 >>> 1 : header;
        int next = start + 1 + stored;
        if (next > end) {
            throw ZstdException.corrupt(
                    start, "expected a Huffman tree of " + stored + " bytes, found " + (end - start - 1));
        }
        int count = direct ? nibbles(in, start + 1, header - 127) : readWeights(in, start + 1, next);
        build(start, count);
        present = true;
        return next;
    }

    private int nibbles(byte[] in, int start, int count) {
        for (int i = 0; i < count; i++) {
            int pair = in[start + (i >>> 1)] & 0xFF;
            weights[i] = (byte) ((i & 1) == 0 ? pair >>> 4 : pair & 15);
        }
        return count;
    }

    /** Weights compressed by FSE: two states take turns until the bits are used up (4.2.1.2). */
    private int readWeights(byte[] in, int start, int end) throws ZstdException {
        int stream = distribution.read(in, start, end, MAX_WEIGHT_LOG, MAX_SYMBOLS - 1);
        int log = distribution.log();
        for (int state = 0; state < 1 << log; state++) {
            int symbol = distribution.symbol(state);
            int next = distribution.next(symbol);
            int bits = log - (31 - Integer.numberOfLeadingZeros(next));
            weightStates[state] = symbol << 16 | (next << bits) - (1 << log) << 8 | bits;
        }
        int left = BitStreams.length(in, stream, end);
        // No description is so short that eight bytes before the end could lie before the frame.
        int first = BitStreams.bits(in, stream, left, log);
        left -= log;
        int second = BitStreams.bits(in, stream, left, log);
        left -= log;
        if (left < 0) {
            throw ZstdException.corrupt(start, "expected two states of Huffman weights, found fewer bits");
        }
        int count = 0;
        while (true) {
            if (count >= MAX_SYMBOLS - 2) {
                throw ZstdException.corrupt(start, "expected at most 255 Huffman weights, found more");
            }
            int entry = weightStates[first];
            weights[count++] = (byte) (entry >>> 16);
            int bits = entry & 0xFF;
            if (bits > left) {
                weights[count++] = (byte) (weightStates[second] >>> 16);
                return count;
            }
            first = second;
            second = (entry >>> 8 & 0xFF) + BitStreams.bits(in, stream, left, bits);
            left -= bits;
        }
    }

    /** Codes of weights: the longest first, of equal length in the order of the symbols. */
    private void build(int offset, int explicit) throws ZstdException {
        Arrays.fill(starts, 0);
        int sum = 0;
        for (int i = 0; i < explicit; i++) {
            int weight = weights[i] & 0xFF;
            if (weight > LOG) {
                throw ZstdException.corrupt(offset, "expected Huffman weights of at most 11, found " + weight);
            }
            starts[weight]++;
            sum += weight == 0 ? 0 : 1 << weight - 1;
        }
        int bits = 32 - Integer.numberOfLeadingZeros(sum);
        int rest = (1 << bits) - sum;
        if (sum == 0 || bits > LOG || Integer.bitCount(rest) != 1) {
            throw ZstdException.corrupt(
                    offset, "expected Huffman weights that leave a power of two up to 2^11, found a sum of " + sum);
        }
        int last = 32 - Integer.numberOfLeadingZeros(rest);
        weights[explicit] = (byte) last;
        starts[last]++;
        if (starts[1] < 2) {
            throw ZstdException.corrupt(offset, "expected two Huffman codes of the full length, found " + starts[1]);
        }
        int start = 0;
        for (int weight = 1; weight <= bits; weight++) {
            int count = starts[weight];
            starts[weight] = start;
            start += count << weight - 1 + LOG - bits;
        }
        for (int symbol = 0; symbol <= explicit; symbol++) {
            int weight = weights[symbol];
            if (weight > 0) {
                int from = starts[weight];
                int to = from + (1 << weight - 1 + LOG - bits);
                Arrays.fill(single, from, to, (char) (symbol << 8 | bits + 1 - weight));
                starts[weight] = to;
            }
        }
    }

    /** Makes {@link #multiple} if this tree has none yet: two or three codes where they fit into the index. */
    void needMultiple() {
        if (multiplePresent) {
            return;
        }
        multiplePresent = true;
        for (int i = 0; i < SIZE; i++) {
            int entry = single[i];
            int bits = entry & 0xFF;
            int symbols = entry >>> 8;
            int count = 1;
            int second = single[i << bits & SIZE - 1];
            if (bits + (second & 0xFF) <= LOG) {
                symbols |= second & 0xFF00;
                bits += second & 0xFF;
                count = 2;
                int third = single[i << bits & SIZE - 1];
                if (bits + (third & 0xFF) <= LOG) {
                    symbols |= (third & 0xFF00) << 8;
                    bits += third & 0xFF;
                    count = 3;
                }
            }
            multiple[i] = symbols << 8 | count << 6 | bits;
        }
    }
}
