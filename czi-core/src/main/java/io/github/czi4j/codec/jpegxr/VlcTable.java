package io.github.czi4j.codec.jpegxr;

/**
 * The variable-length codes (sheet §5.1) as look-up tables: the next eight bits tell length, symbol and what the symbol
 * adds to the discriminants of an adaptive code. All codes are complete, so there is no invalid one.
 */
final class VlcTable {
    static final int PEEK = 8;

    static final int[] T4 = table("1 01 000 001");
    static final int[] T8 = table("10 001 00001 0001 11 010 00000 011");

    private static final String[] CODES_5 = {"1 01 001 0000 0001", "1 000 001 010 011"};
    private static final String[] CODES_6 = {
        "1 00000 001 00001 01 0001", "01 0000 10 0001 11 001", "0000 0001 01 10 11 001", "00000 00001 01 1 0001 001"
    };
    private static final String[] CODES_7 = {
        "01 10 11 001 0001 00000 00001", "1 01 001 0001 00001 000000 000001",
    };
    private static final String[] CODES_9 = {
        "010 00000 0010 00001 00010 1 011 00011 0011", "1 001 010 0001 000001 011 00001 0000000 0000001",
    };
    private static final String[] CODES_12 = {
        "00001 000001 0000000 0000001 00100 010 00101 1 00110 0001 00111 011",
        "0010 00010 000000 000001 0011 010 00011 11 011 100 00001 101",
        "11 001 0000000 0000001 00001 010 0000010 011 100 101 0000011 0001",
        "001 11 0000000 00001 00010 010 0000001 011 00011 100 000001 101",
        "010 1 0000001 0001 0000010 011 00000000 0010 0000011 0011 00000001 00001",
    };

    private static final int[][] DELTA_5 = {{0, -1, 0, 1, 1}};
    private static final int[][] DELTA_7 = {{1, 0, -1, -1, -1, -1, -1}};
    private static final int[][] DELTA_9 = {{2, 2, 1, 1, -1, -2, -2, -2, -3}};
    private static final int[][] DELTA_6 = {{-1, 1, 1, 1, 0, 1}, {-2, 0, 0, 2, 0, 0}, {-1, -1, 0, 1, -2, 0}};
    private static final int[][] DELTA_12 = {
        {1, 1, 1, 1, 1, 0, 0, -1, 2, 1, 0, 0},
        {2, 2, -1, -1, -1, 0, -2, -1, 0, 0, -2, -1},
        {-1, 1, 0, 2, 0, 0, 0, 0, -2, 0, 1, 1},
        {0, 1, 0, 1, -2, 0, -1, -1, -2, -1, -2, -2}
    };

    /** The families of adaptive codes: tables, one behind the other. */
    static final int[][] FAMILY_5 = family(CODES_5, DELTA_5);

    static final int[][] FAMILY_6 = family(CODES_6, DELTA_6);
    static final int[][] FAMILY_7 = family(CODES_7, DELTA_7);
    static final int[][] FAMILY_9 = family(CODES_9, DELTA_9);
    static final int[][] FAMILY_12 = family(CODES_12, DELTA_12);

    /** RUN_INDEX. */
    static final int[] T5_0 = table(CODES_5[0]);

    private VlcTable() {}

    private static int[] table(String codes) {
        return table(codes, null, null);
    }

    private static int[][] family(String[] codes, int[][] deltas) {
        int[][] tables = new int[codes.length][];
        for (int t = 0; t < codes.length; t++) {
            // Codes with one row of deltas have one discriminant, which then stands in both places.
            int[] low = deltas[deltas.length == 1 ? 0 : Math.max(t - 1, 0)];
            int[] high = deltas[deltas.length == 1 ? 0 : Math.min(t, codes.length - 2)];
            tables[t] = table(codes[t], low, high);
        }
        return tables;
    }

    /** Entries: bits 0–3 length, 4–7 symbol, 16–23 delta of the low, 24–31 delta of the high discriminant. */
    private static int[] table(String codes, int[] low, int[] high) {
        int[] table = new int[1 << PEEK];
        String[] words = codes.split(" ");
        for (int symbol = 0; symbol < words.length; symbol++) {
            int length = words[symbol].length();
            int entry = length | symbol << 4;
            if (low != null) {
                entry |= (low[symbol] & 0xFF) << 16 | high[symbol] << 24;
            }
            int first = Integer.parseInt(words[symbol], 2) << PEEK - length;
            for (int i = 0; i < 1 << PEEK - length; i++) {
                table[first + i] = entry;
            }
        }
        return table;
    }

    /** Reads a symbol of a code that does not adapt. */
    static int read(BitReader in, int[] table) {
        int entry = table[in.peek8()];
        in.skip(entry & 15);
        return entry >> 4 & 15;
    }
}
