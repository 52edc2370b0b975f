package io.github.czi4j.codec.jpegxr;

/**
 * An order of coefficients in which frequent ones move forward (sheet §5.8). An entry holds its count in the upper and
 * its coefficient in the lower four bits, so that a hit is one addition and a swap moves both.
 */
final class AdaptiveScan {
    private static final int[] ZIGZAG = {0, 1, 4, 5, 2, 8, 6, 9, 3, 12, 10, 7, 13, 11, 14, 15};
    private static final int[] VERTICAL = {0, 4, 8, 5, 1, 12, 9, 6, 2, 13, 3, 15, 7, 10, 14, 11};
    private static final int FIRST_TOTAL = 32767;

    /** {@code total << 4 | coefficient} by scan position. */
    final int[] entries = new int[16];

    private final int[] first;

    AdaptiveScan(boolean isVertical) {
        this.first = isVertical ? VERTICAL : ZIGZAG;
        reset();
    }

    /** Goes back to the order at the beginning of a tile. */
    void reset() {
        System.arraycopy(first, 0, entries, 0, 16);
        resetTotals();
    }

    void resetTotals() {
        entries[0] = FIRST_TOTAL << 4 | entries[0] & 15;
        for (int k = 1; k < 16; k++) {
            entries[k] = 34 - 2 * k << 4 | entries[k] & 15;
        }
    }

    /** The coefficient at a position, which is hit by this. */
    int hit(int position) {
        int entry = entries[position] + 16;
        int before = entries[position - 1];
        if (entry >> 4 > before >> 4) {
            entries[position] = before;
            entries[position - 1] = entry;
        } else {
            entries[position] = entry;
        }
        return entry & 15;
    }
}
