package io.github.czi4j.codec.jpegxr;

/**
 * The codes of run/level blocks (sheet §5.1, §5.4, §5.5) as look-up tables that take a symbol with its sign, a level or
 * a run with its extra bits in one step.
 *
 * <p>Entries of {@link #FIRST} and {@link #LEVEL}: bits 0–7 length, 32–63 what the symbol adds to the discriminants, low
 * + (high << 16) or just one. First symbols: the length includes the sign; bits 8–12 the level, 0 where it follows, 13
 * sign, 14–15 what follows, 16 whether the first coefficient follows without a run. Levels: bits 8–15 the level, 0 for the
 * escape.
 *
 * <p>Entries of {@link #INDEX}: bits 0–3 length, sign and level included, 4–7 free, so that as many entries as a block can
 * have may be added up; 8–55 six lanes of eight bits that add to the discriminants: low and high of the first index code, of
 * the second, first and second level code; 56–57 what follows; 58–63 the level with its sign, 0 or {@value #NEGATIVE} where
 * it follows.
 */
final class RunLevelTables {
    static final int FIRST_BITS = 9;
    static final int INDEX_BITS = 9;
    static final int LANE_BITS = 8;
    static final int LANES = 8;
    /** Lanes of the level codes. */
    static final int LEVEL_LANES = LANES + 4 * LANE_BITS;

    static final int LEVEL_BITS = 8;
    static final int RUN_BITS = 7;

    static final int FIRST_VALUE = 8;
    static final int FIRST_SIGN = 13;
    static final int FIRST_NEXT = 14;
    static final int NO_RUN = 16;

    static final int NEXT = 56;
    static final int VALUE = 58;
    /** Level field of a negative level that follows. */
    static final int NEGATIVE = -32;
    /** Bits of the level field that are 0 where the level follows. */
    static final int HAS_VALUE = 31;

    /** By table number of family 12. */
    static final long[] FIRST = new long[5 << FIRST_BITS];
    /** The tables of {@link #index}. */
    static final long[] INDEX = new long[26 << INDEX_BITS];

    static final int INDEX_AT_14 = 24 << INDEX_BITS;
    static final int INDEX_AT_15 = 25 << INDEX_BITS;
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
        for (int t = 0; t < 5; t++) {
            for (int i = 0; i < 1 << FIRST_BITS; i++) {
                int entry = VlcTable.FAMILY_12[t][i >> FIRST_BITS - VlcTable.PEEK];
                int symbol = entry >> 4 & 15;
                int length = entry & 15;
                int sign = i >> FIRST_BITS - 1 - length & 1;
                int deltas = (byte) (entry >> 16) + (entry >> 24 << 16);
                FIRST[t << FIRST_BITS | i] = (long) deltas << 32
                        | (symbol & 1) << NO_RUN
                        | symbol >> 2 << FIRST_NEXT
                        | sign << FIRST_SIGN
                        | 1 - (symbol >> 1 & 1) << FIRST_VALUE
                        | length + 1;
            }
        }
        for (int i = 0; i < 1 << INDEX_BITS; i++) {
            for (int t = 0; t < 4; t++) {
                int entry = VlcTable.FAMILY_6[t][i >> INDEX_BITS - VlcTable.PEEK];
                for (int level0 = 0; level0 < 2; level0++) {
                    INDEX[index(t, level0) | i] = index(entry, i, false, level0, 0);
                    for (int level1 = 0; level1 < 2; level1++) {
                        INDEX[index(t, level0, level1) | i] = index(entry, i, true, level0, level1);
                    }
                }
            }
            // "0" → 0, "10" → 2, "110" → 1, "111" → 3; then one bit. Levels follow.
            int first = i >> INDEX_BITS - 3;
            int symbol = first < 4 ? 0 : first < 6 ? 2 : first == 6 ? 1 : 3;
            int length = symbol == 0 ? 1 : symbol == 2 ? 2 : 3;
            INDEX[INDEX_AT_14 | i] = plainIndex(symbol, i, length);
            INDEX[INDEX_AT_15 | i] = plainIndex(first >> 2, i, 1);
        }
        for (int position = 1; position < 32; position++) {
            for (int i = 0; i < 1 << RUN_BITS; i++) {
                RUN[position << RUN_BITS | i] = (byte) run(15 - position, i);
            }
        }
    }

    private RunLevelTables() {}

    /** Where the table begins for coefficients after a zero. */
    static int index(int table, int level0) {
        return table << 1 + INDEX_BITS | level0 << INDEX_BITS;
    }

    /** Where the table begins for coefficients after which there was no zero yet. */
    static int index(int table, int level0, int level1) {
        return 8 + (table << 2 | level0 << 1 | level1) << INDEX_BITS;
    }

    private static long index(int entry, int bits, boolean isContinued, int level0, int level1) {
        int symbol = entry >> 4 & 15;
        int length = (entry & 15) + 1;
        boolean isNegative = (bits >> INDEX_BITS - length & 1) != 0;
        long lanes = (byte) (entry >> 16) + ((long) (entry >> 24) << LANE_BITS);
        if (isContinued) {
            lanes <<= 2 * LANE_BITS;
        }
        int value = 1;
        if ((symbol & 1) != 0) {
            // The level's code is the second only as long as there is no zero.
            boolean isSecond = isContinued && (symbol >> 1 & 1) != 0;
            int rest = INDEX_BITS - length;
            int peek = (bits & (1 << rest) - 1)
                    << LEVEL_BITS - Math.min(rest, LEVEL_BITS)
                    >> Math.max(0, rest - LEVEL_BITS);
            long level = LEVEL[(isSecond ? level1 : level0) << LEVEL_BITS | peek];
            value = 0;
            if ((level >> 8 & 0xFF) != 0 && (level & 0xFF) <= rest) {
                value = (int) (level >> 8 & 0xFF);
                length += (int) (level & 0xFF);
                lanes += level >> 32 << (isSecond ? 5 : 4) * LANE_BITS;
            }
        }
        return index(length, lanes, symbol, value, isNegative);
    }

    /** An index without discriminants whose level, if it is above 1, follows. */
    private static long plainIndex(int symbol, int bits, int length) {
        boolean isNegative = (bits >> INDEX_BITS - 1 - length & 1) != 0;
        return index(length + 1, 0, symbol, 1 - (symbol & 1), isNegative);
    }

    private static long index(int length, long lanes, int symbol, int value, boolean isNegative) {
        int field = !isNegative ? value : value == 0 ? NEGATIVE : -value;
        long deltas = lanes << LANES & (1L << NEXT) - 1;
        return (long) field << VALUE | (long) (symbol >> 1) << NEXT | deltas | length;
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
