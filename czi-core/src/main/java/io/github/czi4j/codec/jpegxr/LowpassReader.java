package io.github.czi4j.codec.jpegxr;

import java.util.Arrays;

/** Reads the lowpass values of macroblocks of one plane in one tile (sheet §5.7). */
final class LowpassReader {
    private static final int[][] RUN_BASE = {{1, 2, 3, 5, 7}, {1, 2, 3, 5, 7}, {1, 2, 3, 4, 5}};
    private static final int[][] RUN_EXTRA = {{0, 0, 1, 1, 3}, {0, 0, 1, 1, 2}, {0, 0, 0, 0, 1}};

    /** The places of the shared block of U and V where there are fewer than 16 values. */
    private static final int[] ORDER_420 = {1, 2, 3};

    private static final int[] ORDER_422 = {4, 1, 2, 3, 5, 6, 7};
    private static final byte[] FIRST_BLOCK = {0};

    private final PlaneBuffer buffer;
    private final PlaneHeader plane;
    private final EntropyContext context;
    /** Coefficients met in a macroblock, of luma and of chroma. */
    private final int[] counts = new int[2];
    /** Runs and levels of a block, as far as it has been read. */
    private final int[] runs = new int[32];

    private final int[] levels = new int[32];
    private final int[] chroma = new int[32];
    private final int[] nonZero = new int[1];

    LowpassReader(PlaneBuffer buffer, EntropyContext context) {
        this.buffer = buffer;
        this.plane = buffer.header;
        this.context = context;
    }

    /** Reads the values of a macroblock, whose place in the buffer begins at an index. */
    void read(BitReader in, int at) throws JxrException {
        boolean isSubsampled = plane.isSubsampled();
        int fullPlanes = isSubsampled ? 2 : plane.components;
        int pattern = readPattern(in, fullPlanes);
        counts[0] = 0;
        counts[1] = 0;
        for (int i = 0; i < fullPlanes; i++) {
            int kind = i == 0 ? 0 : 1;
            int bits = context.lowpassModel.bits[kind];
            if (isSubsampled && i == 1) {
                counts[1] += readChroma(in, at, (pattern >> 1 & 1) != 0, bits);
                continue;
            }
            int[] values = buffer.predicted[i];
            nonZero[0] = 0;
            counts[kind] += CoefficientReader.readBlocks(
                    in,
                    context.lowpassBlocks[kind],
                    context.lowpassScan.entries,
                    values,
                    at,
                    pattern >> i & 1,
                    FIRST_BLOCK,
                    1 << bits,
                    nonZero,
                    0);
            if (bits > 0) {
                CoefficientReader.readFlexbits(in, values, at, FIRST_BLOCK, 1, bits, 1, nonZero, 0);
            }
        }
        context.lowpassModel.update(counts[0], counts[1]);
    }

    private int readPattern(BitReader in, int fullPlanes) {
        if (!plane.isYuv()) {
            int pattern = 0;
            for (int i = 0; i < plane.components; i++) {
                pattern |= in.bit() << i;
            }
            return pattern;
        }
        int max = 4 * fullPlanes - 5;
        int pattern;
        if (context.cbpLowpassZero <= 0 || context.cbpLowpassMax < 0) {
            pattern = 0;
            if (in.flag()) {
                pattern = 1;
                int more = in.bits(fullPlanes - 1);
                if (more != 0) {
                    pattern = 2 * more + in.bit();
                }
            }
            if (context.cbpLowpassMax < context.cbpLowpassZero) {
                pattern = max - pattern;
            }
        } else {
            pattern = in.bits(fullPlanes);
        }
        context.cbpLowpassMax = SampleConversion.clip(context.cbpLowpassMax + (pattern == max ? -3 : 1), -8, 7);
        context.cbpLowpassZero = SampleConversion.clip(context.cbpLowpassZero + (pattern == 0 ? -3 : 1), -8, 7);
        return pattern;
    }

    /** U and V of subsampled pictures share one block of coefficients. */
    private int readChroma(BitReader in, int at, boolean isCoded, int bits) throws JxrException {
        boolean is420 = plane.colour == ImageHeader.YUV420;
        int[] order = is420 ? ORDER_420 : ORDER_422;
        int pairs = 0;
        if (isCoded) {
            pairs = readBlock(
                    in, context.lowpassFirst[1], context.lowpassIndex[1], context.lowpassLevel, is420 ? 10 : 2);
            Arrays.fill(chroma, 0);
            int position = 0;
            for (int p = 0; p < pairs; p++) {
                position += runs[p];
                chroma[position & 31] = levels[p];
                position++;
            }
            for (int k = 0; k < 2 * order.length; k++) {
                buffer.predicted[1 + (k & 1)][at + order[k >> 1]] = chroma[k];
            }
        }
        if (bits > 0) {
            for (int n = 1; n <= order.length; n++) {
                buffer.predicted[1][at + n] = refine(in, buffer.predicted[1][at + n], bits);
                buffer.predicted[2][at + n] = refine(in, buffer.predicted[2][at + n], bits);
            }
        }
        return pairs;
    }

    private static int refine(BitReader in, int value, int bits) {
        int low = in.bits(bits);
        if (value > 0) {
            return (value << bits) + low;
        }
        if (value < 0) {
            return -((-value << bits) + low);
        }
        return low != 0 && in.flag() ? -low : low;
    }

    /** Runs and levels of a block into {@link #runs} and {@link #levels} (sheet §5.5); their number. */
    private int readBlock(BitReader in, AdaptiveVlc first, AdaptiveVlc[] index, AdaptiveVlc[] level, int start)
            throws JxrException {
        int location = start;
        int symbol = first.read(in);
        int isFirstRunZero = symbol & 1;
        int next = symbol >> 2;
        int isContinued = isFirstRunZero & next;
        boolean isNegative = in.flag();
        int value = (symbol & 2) != 0 ? level[isContinued].readLevel(in) : 1;
        int run = isFirstRunZero != 0 ? 0 : readRun(in, 15 - location);
        runs[0] = run;
        levels[0] = isNegative ? -value : value;
        location += run + 1;
        int pairs = 1;
        while (next != 0) {
            run = (next & 1) != 0 ? 0 : readRun(in, 15 - location);
            location += run + 1;
            symbol = readIndex(in, location, index[isContinued]);
            next = symbol >> 1;
            isContinued &= next;
            isNegative = in.flag();
            value = (symbol & 1) != 0 ? level[isContinued].readLevel(in) : 1;
            runs[pairs] = run;
            levels[pairs] = isNegative ? -value : value;
            pairs++;
        }
        return pairs;
    }

    private static int readIndex(BitReader in, int location, AdaptiveVlc code) throws JxrException {
        if (location < 15) {
            return code.read(in);
        }
        if (location == 15) {
            if (!in.flag()) {
                return 0;
            }
            if (!in.flag()) {
                return 2;
            }
            return in.flag() ? 3 : 1;
        }
        if (location == 16) {
            return in.bit();
        }
        throw JxrException.corrupt(in.byteOffset(), "a coefficient at position " + location + " of a block");
    }

    private static int readRun(BitReader in, int max) throws JxrException {
        if (max < 1) {
            throw JxrException.corrupt(in.byteOffset(), "a run behind the end of a block");
        }
        if (max < 5) {
            int run = 1;
            while (run < max && !in.flag()) {
                run++;
            }
            return run;
        }
        int symbol = VlcTable.read(in, VlcTable.T5_0);
        int bin = max >= 11 ? 0 : max >= 7 ? 1 : 2;
        return RUN_BASE[bin][symbol] + in.bits(RUN_EXTRA[bin][symbol]);
    }
}
