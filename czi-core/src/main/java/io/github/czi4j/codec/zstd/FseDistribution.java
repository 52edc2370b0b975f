package io.github.czi4j.codec.zstd;

/**
 * The probabilities of an FSE table, as a stream describes them (RFC 8878, 4.1.1), and their spread over its states.
 * Reused from table to table.
 */
final class FseDistribution {
    /** Largest Accuracy_Log of all tables. */
    static final int MAX_LOG = 9;

    private static final int MAX_SYMBOLS = 256;

    /** Probability in states of each symbol; −1 is "less than one", which takes one state. */
    private final short[] counts = new short[MAX_SYMBOLS];

    private int symbols;
    private int log;

    private final byte[] symbolOfState = new byte[1 << MAX_LOG];
    /** Of each symbol the number that its next state gets: its probability, then one more each time. */
    private final short[] nextOfSymbol = new short[MAX_SYMBOLS];

    /** Accuracy_Log: the table has two to this many states. */
    int log() {
        return log;
    }

    /** Takes a distribution that is known beforehand. */
    void set(int newLog, byte[] newCounts) {
        log = newLog;
        symbols = newCounts.length;
        for (int i = 0; i < symbols; i++) {
            counts[i] = newCounts[i];
        }
        spread();
    }

    /**
     * Reads a description.
     *
     * @param start index of its first byte
     * @param end index that it must not pass
     * @param maxLog largest Accuracy_Log allowed, at most {@link #MAX_LOG}
     * @param maxSymbol largest symbol allowed, at most 255
     * @return index behind it
     */
    int read(byte[] in, int start, int end, int maxLog, int maxSymbol) throws ZstdException {
        int available = Math.min(end - start, 1 << 16) << 3;
        if (available == 0) {
            throw ZstdException.corrupt(start, "expected a table, found the end of the section");
        }
        log = (in[start] & 15) + 5;
        if (log > maxLog) {
            throw ZstdException.corrupt(start, "expected a table of at most 2^" + maxLog + " states, found 2^" + log);
        }
        int bit = 4;
        int left = 1 << log;
        int symbol = 0;
        while (left > 0) {
            if (symbol > maxSymbol) {
                throw ZstdException.corrupt(
                        Math.min(end, start + (bit >>> 3)), "expected at most " + (maxSymbol + 1) + " symbols");
            }
            // Of the values 0 to left + 1 the first few take a bit less.
            int width = 32 - Integer.numberOfLeadingZeros(left + 1);
            int shorter = (1 << width) - 1 - (left + 1);
            int value = peek(in, start, bit, end) & (1 << width) - 1;
            int low = value & (1 << width - 1) - 1;
            if (low < shorter) {
                value = low;
                bit += width - 1;
            } else {
                value = value >= 1 << width - 1 ? value - shorter : value;
                bit += width;
            }
            counts[symbol++] = (short) (value - 1);
            left -= value == 0 ? 1 : value - 1;
            if (value == 1) {
                int zeros;
                do {
                    zeros = peek(in, start, bit, end) & 3;
                    bit += 2;
                    if (symbol + zeros > maxSymbol + 1 || bit > available) {
                        throw ZstdException.corrupt(
                                Math.min(end, start + (bit >>> 3)), "expected a table, found zeros without end");
                    }
                    for (int i = 0; i < zeros; i++) {
                        counts[symbol++] = 0;
                    }
                } while (zeros == 3);
            }
        }
        if (bit > available) {
            throw ZstdException.corrupt(end, "expected a whole table, found the end of the section");
        }
        symbols = symbol;
        spread();
        return start + (bit + 7 >>> 3);
    }

    /** At least 16 bits from one on; 0 behind the end. */
    private static int peek(byte[] in, int start, int bit, int end) {
        int index = start + (bit >>> 3);
        return Bytes.little(in, index, Math.max(0, Math.min(4, end - index))) >>> (bit & 7);
    }

    /** RFC 8878, 4.1.1, "from normalized distribution to decoding tables". */
    private void spread() {
        int size = 1 << log;
        int mask = size - 1;
        int high = mask;
        for (int symbol = 0; symbol < symbols; symbol++) {
            int count = counts[symbol];
            nextOfSymbol[symbol] = (short) Math.abs(count);
            if (count < 0) {
                symbolOfState[high--] = (byte) symbol;
            }
        }
        int step = (size >>> 1) + (size >>> 3) + 3;
        int state = 0;
        for (int symbol = 0; symbol < symbols; symbol++) {
            for (int i = counts[symbol]; i > 0; i--) {
                symbolOfState[state] = (byte) symbol;
                do {
                    state = state + step & mask;
                } while (state > high);
            }
        }
    }

    /** Symbol of a state. */
    int symbol(int state) {
        return symbolOfState[state] & 0xFF;
    }

    /** The next number of a symbol; asked for once for each state, in their order. */
    int next(int symbol) {
        return nextOfSymbol[symbol]++;
    }
}
