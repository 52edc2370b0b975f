package io.github.czi4j.codec.jpegxr;

/**
 * The codes of run/level blocks (sheet §5.1, §5.4, §5.5) as look-up tables that take a symbol with its sign, a level or
 * a run with its extra bits in one step.
 *
 * <p>Entries of {@link #FIRST}, {@link #INDEX} and {@link #LEVEL}: bits 0–7 length, sign included; 32–63 what the symbol
 * adds to the discriminants, low + (high << 16). Indices: bit 8 level above 1, 9 sign, 10–11 what follows, 12 whether
 * the first coefficient follows without a run. Levels: bits 8–15 the level, 0 for the escape.
 */
final class RunLevelTables {
    static final int FIRST_BITS = 9;
    static final int INDEX_BITS = 6;
    static final int LEVEL_BITS = 8;
    static final int RUN_BITS = 7;

    static final int BIG = 8;
    static final int SIGN = 9;
    static final int NEXT = 10;
    static final int NO_RUN = 12;

    /** By table number of family 12. */
    static final long[] FIRST = new long[5 << FIRST_BITS];
    /** By table number of family 6, then for positions 14 and 15. */
    static final long[] INDEX = new long[6 << INDEX_BITS];

    static final int INDEX_AT_14 = 4 << INDEX_BITS;
    static final int INDEX_AT_15 = 5 << INDEX_BITS;
    /** By table number of family 7. */
    static final long[] LEVEL = new long[2 << LEVEL_BITS];
    /**
     * By the position from which on zeros are skipped: bits 0–2 length, 3–6 run. Row 0 is the run of no zeros that takes
     * no bits; in rows where no run can be it leads behind the block.
     */
    static final byte[] RUN = new byte[32 << RUN_BITS];

    private static final int[] LEVEL_BASE = {2, 3, 4, 6, 10, 14};
    private static final int[] LEVEL_EXTRA = {0, 0, 1, 2, 2, 2};
    private static final int[][] RUN_BASE = {{1, 2, 3, 5, 7}, {1, 2, 3, 5, 7}, {1, 2, 3, 4, 5}};
    private static final int[][] RUN_EXTRA = {{0, 0, 1, 1, 3}, {0, 0, 1, 1, 2}, {0, 0, 0, 0, 1}};
    private static final int LONGEST_RUN = 15 << 3;

    static {
        for (int t = 0; t < 5; t++) {
            for (int i = 0; i < 1 << FIRST_BITS; i++) {
                int entry = VlcTable.FAMILY_12[t][i >> FIRST_BITS - VlcTable.PEEK];
                int symbol = entry >> 4 & 15;
                FIRST[t << FIRST_BITS | i] =
                        index(entry, symbol >> 1 & 1, symbol >> 2, symbol & 1, i, FIRST_BITS, entry & 15);
            }
        }
        for (int i = 0; i < 1 << INDEX_BITS; i++) {
            for (int t = 0; t < 4; t++) {
                int entry = VlcTable.FAMILY_6[t][i << VlcTable.PEEK - INDEX_BITS];
                int symbol = entry >> 4 & 15;
                INDEX[t << INDEX_BITS | i] = index(entry, symbol & 1, symbol >> 1, 0, i, INDEX_BITS, entry & 15);
            }
            // "0" → 0, "10" → 2, "110" → 1, "111" → 3; then one bit.
            int symbol = i >> 5 == 0 ? 0 : i >> 4 == 2 ? 2 : i >> 3 == 6 ? 1 : 3;
            int length = symbol == 0 ? 1 : symbol == 2 ? 2 : 3;
            INDEX[INDEX_AT_14 | i] = index(0, symbol & 1, symbol >> 1, 0, i, INDEX_BITS, length);
            INDEX[INDEX_AT_15 | i] = index(0, i >> 5, 0, 0, i, INDEX_BITS, 1);
        }
        for (int i = 0; i < 1 << LEVEL_BITS; i++) {
            for (int t = 0; t < 2; t++) {
                int entry = VlcTable.FAMILY_7[t][i];
                int symbol = entry >> 4 & 15;
                int length = entry & 15;
                int level = 0;
                if (symbol < LEVEL_BASE.length) {
                    level = LEVEL_BASE[symbol] + extra(i, LEVEL_BITS - length, LEVEL_EXTRA[symbol]);
                    length += LEVEL_EXTRA[symbol];
                }
                LEVEL[t << LEVEL_BITS | i] = (long) (entry >> 24) << 32 | level << 8 | length;
            }
        }
        for (int position = 1; position < 32; position++) {
            for (int i = 0; i < 1 << RUN_BITS; i++) {
                RUN[position << RUN_BITS | i] = (byte) run(15 - position, i);
            }
        }
    }

    private RunLevelTables() {}

    private static long index(int entry, int big, int next, int noRun, int bits, int width, int length) {
        int sign = bits >> width - 1 - length & 1;
        int deltas = (byte) (entry >> 16) + (entry >> 24 << 16);
        return (long) deltas << 32 | noRun << NO_RUN | next << NEXT | sign << SIGN | big << BIG | length + 1;
    }

    private static int extra(int bits, int rest, int count) {
        return bits >> rest - count & (1 << count) - 1;
    }

    private static int run(int max, int bits) {
        if (max < 1) {
            return LONGEST_RUN;
        }
        if (max < 5) {
            int run = 1;
            while (run < max && (bits >> RUN_BITS - run & 1) == 0) {
                run++;
            }
            return run << 3 | Math.min(run, max - 1);
        }
        int entry = VlcTable.T5_0[bits << VlcTable.PEEK - RUN_BITS];
        int symbol = entry >> 4 & 15;
        int length = entry & 15;
        int bin = max >= 11 ? 0 : max >= 7 ? 1 : 2;
        int count = RUN_EXTRA[bin][symbol];
        return RUN_BASE[bin][symbol] + extra(bits, RUN_BITS - length, count) << 3 | length + count;
    }
}
