package io.github.czi4j.codec.jpegxr;

import java.util.function.ToIntBiFunction;

/**
 * The coded block patterns of the highpass of one plane in one tile, CBPHP: reading and prediction (sheet §5.9). What follows
 * a symbol of an adaptive code is looked up in tables, which are made by reading it plainly from all bits there can be.
 */
final class BlockPatterns {
    private static final int[] PATTERN_LENGTH = {0, 2, 1, 2, 2, 0};
    private static final int[] PATTERN_OFFSET = {0, 4, 2, 8, 12, 1};
    private static final int[] PATTERN = {0, 15, 3, 12, 1, 2, 4, 8, 5, 6, 9, 10, 7, 11, 13, 14};
    private static final int[] CHROMA_SHIFT_422 = {0, 1, 4, 5};

    /** Bits that follow a symbol at most. */
    private static final int TAIL_BITS = 6;
    /** By the symbol for the number of groups. */
    private static final int[] GROUPS = tails(5, BlockPatterns::readGroups);
    /** By the symbol of a group: its pattern, and above it which of U and V have one too. */
    private static final int[] GROUP = tails(9, BlockPatterns::readGroup);
    /** Patterns of U or V without subsampling. */
    private static final int[] CHROMA = tails(1, (symbol, in) -> readChromaGroup(in));

    private final PlaneBuffer buffer;
    private final PlaneHeader plane;
    private final EntropyContext context;
    /** By component, as stored. */
    private final int[] diff;

    BlockPatterns(PlaneBuffer buffer, EntropyContext context) {
        this.buffer = buffer;
        this.plane = buffer.header;
        this.context = context;
        this.diff = new int[plane.components];
    }

    /** Reads the patterns of a macroblock into the buffer. */
    void read(BitReader in, int macroblock, boolean hasLeft, boolean hasTop) {
        readPatterns(in);
        for (int c = 0; c < plane.components; c++) {
            buffer.cbp[c][macroblock] = predict(c, macroblock, hasLeft, hasTop);
        }
    }

    /** CBPHP as stored, relative to its prediction, into {@link #diff}. */
    private void readPatterns(BitReader in) {
        if (!plane.isYuv()) {
            for (int c = 0; c < diff.length; c++) {
                diff[c] = 0;
                readPattern(in, c);
            }
            return;
        }
        diff[0] = 0;
        diff[1] = 0;
        diff[2] = 0;
        readPattern(in, 0);
    }

    private void readPattern(BitReader in, int component) {
        int groups = lookUp(in, GROUPS, context.numCbp.read(in));
        for (int group = 0; group < 4; group++) {
            if ((groups >> group & 1) == 0) {
                continue;
            }
            int pattern = lookUp(in, GROUP, context.blockCbp.read(in));
            diff[component] |= (pattern & 15) << 4 * group;
            for (int c = 1; pattern >> 3 + c != 0; c++) {
                if ((pattern >> 3 + c & 1) != 0) {
                    diff[c] |= readChromaPattern(in, group);
                }
            }
        }
    }

    private int readChromaPattern(BitReader in, int group) {
        if (plane.colour == ImageHeader.YUV420) {
            return 1 << group;
        }
        if (plane.colour == ImageHeader.YUV422) {
            int pattern = in.flag() ? 1 : in.flag() ? 4 : 5;
            return pattern << CHROMA_SHIFT_422[group];
        }
        return lookUp(in, CHROMA, 0) << 4 * group;
    }

    /** Tables of what follows each symbol, one behind the other; entries: bits 0–3 length, above the value. */
    private static int[] tails(int symbols, ToIntBiFunction<Integer, BitReader> plain) {
        int[] tables = new int[symbols << TAIL_BITS];
        for (int i = 0; i < tables.length; i++) {
            byte[] bits = {(byte) (i << 8 - TAIL_BITS)};
            BitReader in = new BitReader(bits, 0, 1);
            int value = plain.applyAsInt(i >> TAIL_BITS, in);
            tables[i] = value << 4 | in.position * 8 - in.valid;
        }
        return tables;
    }

    private static int lookUp(BitReader in, int[] tables, int symbol) {
        int entry = tables[symbol << TAIL_BITS | in.peek8() >> 8 - TAIL_BITS];
        in.skip(entry & 15);
        return entry >> 4;
    }

    private static int readGroups(int symbol, BitReader in) {
        return switch (symbol) {
            case 0 -> 0;
            case 1 -> 1 << in.bits(2);
            case 2 -> readPair(in);
            case 3 -> 15 ^ 1 << in.bits(2);
            default -> 15;
        };
    }

    private static int readGroup(int symbol, BitReader in) {
        int value = symbol + 1;
        int chroma = 0;
        if (value >= 6) {
            chroma = in.flag() ? 1 : in.flag() ? 2 : 3;
            if (value == 9) {
                value = in.flag() ? 9 : in.flag() ? 10 : 11;
            }
            value -= 6;
        }
        int code = PATTERN_OFFSET[value] + in.bits(PATTERN_LENGTH[value]);
        return PATTERN[code] | chroma << 4;
    }

    private static int readChromaGroup(BitReader in) {
        return switch (VlcTable.read(in, VlcTable.T4)) {
            case 0 -> 1 << in.bits(2);
            case 1 -> readPair(in);
            case 2 -> 15 ^ 1 << in.bits(2);
            default -> 15;
        };
    }

    private static int readPair(BitReader in) {
        if (!in.flag()) {
            return in.flag() ? 5 : 3;
        }
        if (!in.flag()) {
            return in.flag() ? 9 : 6;
        }
        return in.flag() ? 12 : 10;
    }

    private int predict(int component, int macroblock, boolean hasLeft, boolean hasTop) {
        int chroma = component == 0 ? 0 : 1;
        int[] patterns = buffer.cbp[component];
        boolean is420 = component > 0 && plane.colour == ImageHeader.YUV420;
        boolean is422 = component > 0 && plane.colour == ImageHeader.YUV422;
        int value = diff[component];
        if (context.cbpState[chroma] == 0) {
            int first = 1;
            if (hasLeft) {
                first = patterns[macroblock - 1] >> (is420 || is422 ? 1 : 5) & 1;
            } else if (hasTop) {
                first = patterns[macroblock - buffer.columns] >> (is420 ? 2 : is422 ? 6 : 10) & 1;
            }
            value ^= first;
            if (is420) {
                value ^= 0x02 & value << 1;
                value ^= (value & 3) << 2;
            } else if (is422) {
                value ^= (value & 1) << 1;
                value ^= (value & 3) << 2;
                value ^= (value & 0xC) << 2;
                value ^= (value & 0x30) << 2;
            } else {
                value ^= 0x02 & value << 1;
                value ^= 0x10 & value << 3;
                value ^= 0x20 & value << 1;
                value ^= (value & 0x33) << 2;
                value ^= (value & 0xCC) << 6;
                value ^= (value & 0x3300) << 2;
            }
        } else if (context.cbpState[chroma] == 2) {
            value ^= is420 ? 0xF : is422 ? 0xFF : 0xFFFF;
        }
        int ones = Integer.bitCount(value) * (is420 ? 4 : is422 ? 2 : 1);
        context.cbpCount0[chroma] = SampleConversion.clip(context.cbpCount0[chroma] + ones - 3, -16, 15);
        context.cbpCount1[chroma] = SampleConversion.clip(context.cbpCount1[chroma] + 16 - ones - 3, -16, 15);
        int count0 = context.cbpCount0[chroma];
        int count1 = context.cbpCount1[chroma];
        if (count0 < 0) {
            context.cbpState[chroma] = count0 < count1 ? 1 : 2;
        } else {
            context.cbpState[chroma] = count1 < 0 ? 2 : 0;
        }
        return value;
    }
}
