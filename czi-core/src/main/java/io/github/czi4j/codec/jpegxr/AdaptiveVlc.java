package io.github.czi4j.codec.jpegxr;

/** A code that changes its table with what it meets (sheet §5.2). */
final class AdaptiveVlc {
    private static final int THRESHOLD = 8;
    private static final int MAX_DISCRIMINANT = 64;

    private final int[][] family;
    private int[] table;
    /** Of the table in use. */
    int number;

    private int low;
    private int high;

    AdaptiveVlc(int[][] family) {
        this.family = family;
        reset();
    }

    /** Goes back to the table at the beginning of a tile. */
    void reset() {
        number = family.length == 2 ? 0 : 1;
        table = family[number];
        low = 0;
        high = 0;
    }

    int read(BitReader in) {
        int entry = table[in.peek8()];
        in.skip(entry & 15);
        low += (byte) (entry >> 16);
        high += entry >> 24;
        return entry >> 4 & 15;
    }

    /** Takes what symbols that were read elsewhere add to the discriminants. */
    void add(int toLow, int toHigh) {
        low += toLow;
        high += toHigh;
    }

    /** Changes the table if the discriminants say so; called at the moments of sheet §4.5. */
    void adapt() {
        if (number > 0 && low < -THRESHOLD) {
            number--;
            low = 0;
            high = 0;
        } else if (number < family.length - 1 && high > THRESHOLD) {
            number++;
            low = 0;
            high = 0;
        }
        low = Math.max(-MAX_DISCRIMINANT, Math.min(MAX_DISCRIMINANT, low));
        high = Math.max(-MAX_DISCRIMINANT, Math.min(MAX_DISCRIMINANT, high));
        table = family[number];
    }

    /** ABS_LEVEL (sheet §5.4), for the codes of family 7. At least 2. */
    int readLevel(BitReader in) {
        int symbol = read(in);
        return switch (symbol) {
            case 0 -> 2;
            case 1 -> 3;
            case 2 -> 4 + in.bits(1);
            case 3 -> 6 + in.bits(2);
            case 4 -> 10 + in.bits(2);
            case 5 -> 14 + in.bits(2);
            default -> in.escapedLevel();
        };
    }
}
