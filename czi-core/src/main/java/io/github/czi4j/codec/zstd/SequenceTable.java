package io.github.czi4j.codec.zstd;

/**
 * The decoding table of one kind of code in sequences (RFC 8878, 3.1.1.3.2.1): literals lengths, offsets or match lengths.
 * Kept for the blocks that repeat it.
 */
final class SequenceTable {
    /** What the three kinds of codes mean, and the distributions of blocks that use the predefined ones (appendix A). */
    enum Kind {
        LITERALS_LENGTH(
                9,
                6,
                new byte[] {
                    4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1, -1,
                    -1, -1, -1
                },
                new int[] {
                    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 20, 22, 24, 28, 32, 40, 48, 64, 128,
                    256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536
                },
                new byte[] {
                    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12,
                    13, 14, 15, 16
                }),
        OFFSET(
                8,
                5,
                new byte[] {1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1},
                powers(),
                numbers()),
        MATCH_LENGTH(
                9,
                6,
                new byte[] {
                    1, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
                    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1
                },
                new int[] {
                    3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29,
                    30, 31, 32, 33, 34, 35, 37, 39, 41, 43, 47, 51, 59, 67, 83, 99, 131, 259, 515, 1027, 2051, 4099,
                    8195, 16387, 32771, 65539
                },
                new byte[] {
                    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1,
                    1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16
                });

        private final int maxLog;
        private final int predefinedLog;
        private final byte[] predefined;
        private final int[] bases;
        private final byte[] extraBits;

        Kind(int maxLog, int predefinedLog, byte[] predefined, int[] bases, byte[] extraBits) {
            this.maxLog = maxLog;
            this.predefinedLog = predefinedLog;
            this.predefined = predefined;
            this.bases = bases;
            this.extraBits = extraBits;
        }

        /** Offset codes: Offset_Value = 2^code + as many bits. The largest, 2^31 and more, shows as a negative number. */
        private static int[] powers() {
            int[] powers = new int[32];
            for (int i = 0; i < powers.length; i++) {
                powers[i] = 1 << i;
            }
            return powers;
        }

        private static byte[] numbers() {
            byte[] numbers = new byte[32];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = (byte) i;
            }
            return numbers;
        }
    }

    // Symbol_Compression_Modes
    private static final int PREDEFINED = 0;
    private static final int RLE = 1;
    private static final int COMPRESSED = 2;

    // Fields of an entry. Sums of three entries' lowest bytes stay in their byte.
    /** Bits 0–7: bits that a sequence takes from the stream for this code: those of the number and of the next state. */
    static final int ALL_BITS_MASK = 0xFF;

    /** Bits 8–15: bits to add to the base. */
    static final int EXTRA_SHIFT = 8;

    /** Bits 16–31: what the next state's bits are added to. */
    static final int NEXT_SHIFT = 16;

    /** Bits 32–63: what the extra bits are added to. */
    static final int BASE_SHIFT = 32;

    private final Kind kind;
    private final long[] entries;
    private final int base;

    private int log;
    private boolean present;
    private boolean isPredefined;

    /**
     * A table within an array that several share.
     *
     * @param base index of its first entry; it may have up to 512 of them
     */
    SequenceTable(Kind kind, long[] entries, int base) {
        this.kind = kind;
        this.entries = entries;
        this.base = base;
    }

    /** Forgets the table, as a new frame begins. */
    void clear() {
        present = false;
    }

    /** Bits of the first state. */
    int log() {
        return log;
    }

    /**
     * Gets ready for a block.
     *
     * @param mode Symbol_Compression_Mode, 0 to 3
     * @param start index of the table's description, if the mode has one
     * @param end index that it must not pass
     * @return index behind it
     */
    int read(int mode, FseDistribution distribution, byte[] in, int start, int end) throws ZstdException {
        switch (mode) {
            case PREDEFINED:
                if (!present || !isPredefined) {
                    distribution.set(kind.predefinedLog, kind.predefined);
                    build(distribution);
                    isPredefined = true;
                }
                return start;
            case RLE:
                return readSingle(in, start, end);
            case COMPRESSED:
                present = false;
                int next = distribution.read(in, start, end, kind.maxLog, kind.bases.length - 1);
                build(distribution);
                return next;
            default:
                if (!present) {
                    throw ZstdException.corrupt(start, "expected a table to repeat, found none in the blocks before");
                }
                return start;
        }
    }

    private int readSingle(byte[] in, int start, int end) throws ZstdException {
        if (start >= end) {
            throw ZstdException.corrupt(start, "expected a code, found the end of the block");
        }
        int code = in[start] & 0xFF;
        if (code >= kind.bases.length) {
            throw ZstdException.corrupt(start, "expected a code below " + kind.bases.length + ", found " + code);
        }
        log = 0;
        entries[base] = entry(code, 0, 0);
        present = true;
        isPredefined = false;
        return start + 1;
    }

    private void build(FseDistribution distribution) {
        log = distribution.log();
        int size = 1 << log;
        for (int state = 0; state < size; state++) {
            int code = distribution.symbol(state);
            int next = distribution.next(code);
            int bits = log - (31 - Integer.numberOfLeadingZeros(next));
            entries[base + state] = entry(code, bits, (next << bits) - size);
        }
        present = true;
        isPredefined = false;
    }

    private long entry(int code, int stateBits, int nextState) {
        int extra = kind.extraBits[code];
        return (long) kind.bases[code] << BASE_SHIFT
                | (long) (base + nextState) << NEXT_SHIFT
                | extra << EXTRA_SHIFT
                | stateBits + extra;
    }
}
