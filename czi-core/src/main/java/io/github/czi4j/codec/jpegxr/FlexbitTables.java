package io.github.czi4j.codec.jpegxr;

/**
 * Three flexbits of one width up to {@value #MAX_BITS} at once (sheet §5.10), by which of the three coefficients are not 0
 * and by the next bits of the stream.
 *
 * <p>Entries: bits 0–3 how many bits they take, then four bits with a sign for each: what a coefficient becomes that is 0,
 * or how much the magnitude of another grows.
 */
final class FlexbitTables {
    static final int MAX_BITS = 3;

    /** By width; index: bit k where coefficient k is not 0, below it three times width + 1 bits of the stream. */
    static final char[][] TABLES = new char[MAX_BITS + 1][];

    static {
        for (int bits = 1; bits <= MAX_BITS; bits++) {
            int peek = 3 * (bits + 1);
            char[] table = new char[8 << peek];
            for (int i = 0; i < table.length; i++) {
                table[i] = (char) entry(3, 4, i >> peek, i & (1 << peek) - 1, bits, peek);
            }
            TABLES[bits] = table;
        }
    }

    /** Widths up to this have tables for two fields. */
    static final int MAX_PAIR_BITS = 5;

    /**
     * Two at once, by width; index: as above, with twice width + 1 bits of the stream. Entries: bits 0–3 how many
     * bits they take, then six bits with a sign for each.
     */
    static final char[][] PAIRS = new char[MAX_PAIR_BITS + 1][];

    static {
        for (int bits = MAX_BITS + 1; bits <= MAX_PAIR_BITS; bits++) {
            int peek = 2 * (bits + 1);
            char[] table = new char[4 << peek];
            for (int i = 0; i < table.length; i++) {
                table[i] = (char) entry(2, 6, i >> peek, i & (1 << peek) - 1, bits, peek);
            }
            PAIRS[bits] = table;
        }
    }

    private FlexbitTables() {}

    private static int entry(int fields, int width, int nonZero, int stream, int bits, int peek) {
        int rest = peek;
        int entry = 0;
        for (int k = 0; k < fields; k++) {
            rest -= bits;
            int value = stream >> rest & (1 << bits) - 1;
            if (value != 0 && (nonZero >> k & 1) == 0) {
                rest--;
                value = (stream >> rest & 1) != 0 ? -value : value;
            }
            entry |= (value & (1 << width) - 1) << 4 + width * k;
        }
        return entry | peek - rest;
    }
}
