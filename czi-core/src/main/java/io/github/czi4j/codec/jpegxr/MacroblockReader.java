package io.github.czi4j.codec.jpegxr;

import java.util.Arrays;

/**
 * Reads the macroblocks of one plane in one tile: DC, lowpass and highpass with flexbits, their prediction and
 * dequantisation (sheet §5.6–5.10, §6, §7).
 */
final class MacroblockReader {
    // Prediction modes (sheet §7).
    private static final int NONE = 0;
    private static final int FROM_LEFT = 1;
    private static final int FROM_TOP = 2;
    private static final int FROM_BOTH = 3;

    /** Block of a 16-bit pattern's bit, as row and column in raster order. */
    private static final byte[] BLOCK_OF_BIT = {0, 1, 4, 5, 2, 3, 6, 7, 8, 9, 12, 13, 10, 11, 14, 15};

    /** The same where there are fewer blocks. */
    private static final byte[] RASTER = {0, 1, 2, 3, 4, 5, 6, 7};

    private static final int[] PATTERN_LENGTH = {0, 2, 1, 2, 2, 0};
    private static final int[] PATTERN_OFFSET = {0, 4, 2, 8, 12, 1};
    private static final int[] PATTERN = {0, 15, 3, 12, 1, 2, 4, 8, 5, 6, 9, 10, 7, 11, 13, 14};

    private static final int[][] RUN_BASE = {{1, 2, 3, 5, 7}, {1, 2, 3, 5, 7}, {1, 2, 3, 4, 5}};
    private static final int[][] RUN_EXTRA = {{0, 0, 1, 1, 3}, {0, 0, 1, 1, 2}, {0, 0, 0, 0, 1}};

    private static final int[] LOWPASS_420 = {1, 2, 3};
    private static final int[] LOWPASS_422 = {4, 1, 2, 3, 5, 6, 7};
    private static final int[] CHROMA_SHIFT_422 = {0, 1, 4, 5};

    private final PlaneBuffer buffer;
    private final PlaneHeader plane;
    private final EntropyContext context;
    private final int firstColumn;
    private final int lastColumn;
    private final int firstRow;
    private final int trimFlexbits;
    private final int components;
    private final int[] diff;
    /** Coefficients met in a macroblock, of luma and of chroma. */
    private final int[] counts = new int[2];
    /** Runs and levels of a block, as far as it has been read. */
    private final int[] runs = new int[32];

    private final int[] levels = new int[32];
    private final int[] chromaLowpass = new int[32];

    private int lowpassSet;
    private int highpassSet;
    private int highpassMode;

    /**
     * Reads a tile.
     *
     * @param firstColumn first macroblock column of the tile
     * @param endColumn behind the last
     * @param firstRow first macroblock row of the tile
     * @param trimFlexbits flexbits that are left out
     */
    MacroblockReader(
            PlaneBuffer buffer,
            EntropyContext context,
            int firstColumn,
            int endColumn,
            int firstRow,
            int trimFlexbits) {
        this.buffer = buffer;
        this.plane = buffer.header;
        this.context = context;
        this.firstColumn = firstColumn;
        this.lastColumn = endColumn - 1;
        this.firstRow = firstRow;
        this.trimFlexbits = trimFlexbits;
        this.components = plane.components;
        this.diff = new int[components];
    }

    void readLowpassSet(BitReader in) throws JxrException {
        lowpassSet = context.quantisers.readLowpassIndex(in);
    }

    void readHighpassSet(BitReader in) throws JxrException {
        highpassSet = context.quantisers.highpassFollowsLowpass ? lowpassSet : context.quantisers.readHighpassIndex(in);
    }

    private boolean isResetColumn(int column) {
        return (column - firstColumn & 15) == 0;
    }

    private boolean isAdaptColumn(int column) {
        return isResetColumn(column) || column == lastColumn;
    }

    /** The DC values of a macroblock (sheet §5.6). */
    void readDc(BitReader in, int column, int row) {
        int at = (row * buffer.columns + column) * 16;
        int present = plane.isYuv() ? VlcTable.read(in, VlcTable.T8) : 0;
        int lumaCount = 0;
        int chromaCount = 0;
        for (int i = 0; i < components; i++) {
            boolean isPresent = plane.isYuv() ? (present >> 2 - i & 1) != 0 : in.flag();
            int value = 0;
            if (isPresent) {
                value = context.dcLevel[plane.isYuv() && i > 0 ? 1 : 0].readLevel(in) - 1;
                lumaCount += i == 0 ? 1 : 0;
                chromaCount += i == 0 ? 0 : 1;
            }
            int bits = context.dcModel.bits[i == 0 ? 0 : 1];
            value = value << bits | in.bits(bits);
            if (value != 0 && in.flag()) {
                value = -value;
            }
            Arrays.fill(buffer.predicted[i], at, at + 16, 0);
            buffer.predicted[i][at] = value;
        }
        context.dcModel.update(lumaCount, chromaCount);
        if (!plane.hasLowpass() && isAdaptColumn(column)) {
            context.adaptDc();
        }
    }

    /** The lowpass values of a macroblock (sheet §5.7). */
    void readLowpass(BitReader in, int column, int row) throws JxrException {
        int at = (row * buffer.columns + column) * 16;
        if (isResetColumn(column)) {
            context.lowpassScan.resetTotals();
        }
        boolean isSubsampled = plane.isSubsampled();
        int fullPlanes = isSubsampled ? 2 : components;
        int pattern = readLowpassPattern(in, fullPlanes);
        counts[0] = 0;
        counts[1] = 0;
        for (int i = 0; i < fullPlanes; i++) {
            int chroma = i == 0 ? 0 : 1;
            int bits = context.lowpassModel.bits[chroma];
            if (isSubsampled && i == 1) {
                counts[1] += readChromaLowpass(in, at, (pattern >> 1 & 1) != 0, bits);
                continue;
            }
            int[] values = buffer.predicted[i];
            if ((pattern >> i & 1) != 0) {
                counts[chroma] += CoefficientReader.readBlocks(
                        in,
                        context.lowpassBlocks[chroma],
                        context.lowpassScan.entries,
                        values,
                        at,
                        1,
                        BLOCK_OF_BIT,
                        1 << bits);
            }
            if (bits > 0) {
                CoefficientReader.readFlexbits(in, values, at, BLOCK_OF_BIT, 1, bits, 1);
            }
        }
        context.lowpassModel.update(counts[0], counts[1]);
        if (isAdaptColumn(column)) {
            context.adaptLowpass();
        }
    }

    private int readLowpassPattern(BitReader in, int fullPlanes) {
        if (!plane.isYuv()) {
            int pattern = 0;
            for (int i = 0; i < components; i++) {
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
        context.cbpLowpassMax = clamp(context.cbpLowpassMax + (pattern == max ? -3 : 1), -8, 7);
        context.cbpLowpassZero = clamp(context.cbpLowpassZero + (pattern == 0 ? -3 : 1), -8, 7);
        return pattern;
    }

    /** U and V of subsampled pictures share one block of coefficients. */
    private int readChromaLowpass(BitReader in, int at, boolean isCoded, int bits) throws JxrException {
        boolean is420 = plane.colour == ImageHeader.YUV420;
        int[] order = is420 ? LOWPASS_420 : LOWPASS_422;
        int pairs = 0;
        if (isCoded) {
            pairs = readBlock(
                    in, context.lowpassFirst[1], context.lowpassIndex[1], context.lowpassLevel, is420 ? 10 : 2);
            Arrays.fill(chromaLowpass, 0);
            int position = 0;
            for (int p = 0; p < pairs; p++) {
                position += runs[p];
                chromaLowpass[position & 31] = levels[p];
                position++;
            }
            for (int k = 0; k < 2 * order.length; k++) {
                buffer.predicted[1 + (k & 1)][at + order[k >> 1]] = chromaLowpass[k];
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

    private static int clamp(int value, int min, int max) {
        return Math.max(min, Math.min(max, value));
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

    /** Predicts and dequantises DC and lowpass, and chooses the mode of the highpass (sheet §6, §7.1–7.3). */
    void predict(int column, int row) {
        int macroblock = row * buffer.columns + column;
        buffer.lowpassSet[macroblock] = (byte) lowpassSet;
        boolean hasLeft = column > firstColumn;
        boolean hasTop = row > firstRow;
        int at = macroblock * 16;
        int left = at - 16;
        int top = at - 16 * buffer.columns;
        int mode = dcMode(hasLeft, hasTop, left, top);
        int lowpassMode = NONE;
        if (mode == FROM_TOP && buffer.lowpassSet[macroblock - buffer.columns] == lowpassSet) {
            lowpassMode = FROM_TOP;
        } else if (mode == FROM_LEFT && buffer.lowpassSet[macroblock - 1] == lowpassSet) {
            lowpassMode = FROM_LEFT;
        }
        for (int c = 0; c < components; c++) {
            int[] values = buffer.predicted[c];
            boolean isSmall = c > 0 && plane.isSubsampled();
            switch (mode) {
                case FROM_TOP -> values[at] += values[top];
                case FROM_LEFT -> values[at] += values[left];
                case FROM_BOTH -> values[at] += values[left] + values[top] + (isSmall ? 1 : 0) >> 1;
                default -> {
                    // The first macroblock of a tile.
                }
            }
            if (plane.hasLowpass()) {
                predictLowpass(values, at, left, top, mode, lowpassMode, isSmall);
            }
            dequantise(c, at);
        }
        highpassMode = plane.hasHighpass() ? highpassMode(at) : NONE;
    }

    private int dcMode(boolean hasLeft, boolean hasTop, int left, int top) {
        if (!hasLeft) {
            return hasTop ? FROM_TOP : NONE;
        }
        if (!hasTop) {
            return FROM_LEFT;
        }
        int topLeft = top - 16;
        int[] luma = buffer.predicted[0];
        int horizontal = Math.abs(luma[topLeft] - luma[left]);
        int vertical = Math.abs(luma[topLeft] - luma[top]);
        if (plane.colour != ImageHeader.YONLY && plane.colour != ImageHeader.NCOMPONENT) {
            int scale = plane.colour == ImageHeader.YUV420 ? 8 : plane.colour == ImageHeader.YUV422 ? 4 : 2;
            int[] u = buffer.predicted[1];
            int[] v = buffer.predicted[2];
            horizontal = horizontal * scale + Math.abs(u[topLeft] - u[left]) + Math.abs(v[topLeft] - v[left]);
            vertical = vertical * scale + Math.abs(u[topLeft] - u[top]) + Math.abs(v[topLeft] - v[top]);
        }
        if (horizontal * 4 < vertical) {
            return FROM_TOP;
        }
        return vertical * 4 < horizontal ? FROM_LEFT : FROM_BOTH;
    }

    private void predictLowpass(int[] values, int at, int left, int top, int mode, int lowpassMode, boolean isSmall) {
        if (!isSmall) {
            if (lowpassMode == FROM_TOP) {
                values[at + 4] += values[top + 4];
                values[at + 8] += values[top + 8];
                values[at + 12] += values[top + 12];
            } else if (lowpassMode == FROM_LEFT) {
                values[at + 1] += values[left + 1];
                values[at + 2] += values[left + 2];
                values[at + 3] += values[left + 3];
            }
        } else if (plane.colour == ImageHeader.YUV420) {
            if (lowpassMode == FROM_TOP) {
                values[at + 2] += values[top + 2];
            } else if (lowpassMode == FROM_LEFT) {
                values[at + 1] += values[left + 1];
            }
        } else if (lowpassMode == FROM_TOP) {
            values[at + 4] += values[top + 4];
            values[at + 2] += values[top + 6];
            values[at + 6] += values[at + 2];
        } else if (lowpassMode == FROM_LEFT) {
            values[at + 4] += values[left + 4];
            values[at + 1] += values[left + 1];
            values[at + 5] += values[left + 5];
        } else if (mode == FROM_TOP) {
            values[at + 6] += values[at + 2];
        }
    }

    private void dequantise(int component, int at) {
        int[] values = buffer.predicted[component];
        int[] result = buffer.lowpass[component];
        result[at] = values[at] * context.quantisers.dc[component];
        if (plane.hasLowpass()) {
            int step = context.quantisers.lowpass[lowpassSet][component];
            for (int n = 1; n < 16; n++) {
                result[at + n] = values[at + n] * step;
            }
        } else {
            Arrays.fill(result, at + 1, at + 16, 0);
        }
    }

    private int highpassMode(int at) {
        int[] y = buffer.predicted[0];
        int horizontal = Math.abs(y[at + 1]) + Math.abs(y[at + 2]) + Math.abs(y[at + 3]);
        int vertical = Math.abs(y[at + 4]) + Math.abs(y[at + 8]) + Math.abs(y[at + 12]);
        if (plane.colour != ImageHeader.YONLY && plane.colour != ImageHeader.NCOMPONENT) {
            for (int c = 1; c <= 2; c++) {
                int[] values = buffer.predicted[c];
                horizontal += Math.abs(values[at + 1]);
                if (plane.colour == ImageHeader.YUV420) {
                    vertical += Math.abs(values[at + 2]);
                } else if (plane.colour == ImageHeader.YUV422) {
                    horizontal += Math.abs(values[at + 5]);
                    vertical += Math.abs(values[at + 2]) + Math.abs(values[at + 6]);
                } else {
                    vertical += Math.abs(values[at + 4]);
                }
            }
        }
        if (horizontal * 4 < vertical) {
            return FROM_TOP;
        }
        return vertical * 4 < horizontal ? FROM_LEFT : NONE;
    }

    /** The highpass coefficients of a macroblock, predicted and dequantised (sheet §5.9, §5.10, §7.3). */
    void readHighpass(BitReader in, BitReader flexbits, int column, int row) throws JxrException {
        if (isResetColumn(column)) {
            context.horizontalScan.resetTotals();
            context.verticalScan.resetTotals();
        }
        int macroblock = row * buffer.columns + column;
        readPatterns(in);
        for (int c = 0; c < components; c++) {
            buffer.cbp[c][macroblock] = predictPattern(c, macroblock, column > firstColumn, row > firstRow);
        }
        AdaptiveScan scan = highpassMode == FROM_TOP ? context.verticalScan : context.horizontalScan;
        counts[0] = 0;
        counts[1] = 0;
        for (int c = 0; c < components; c++) {
            int chroma = c == 0 ? 0 : 1;
            int step = context.quantisers.highpass[highpassSet][c];
            buffer.highpassStep[c][macroblock] = step;
            int bits = context.highpassModel.bits[chroma];
            int flexbitCount = flexbits != null ? bits - trimFlexbits : 0;
            int blocks = plane.blocksAcross(c) * plane.blocksDown(c);
            int pattern = buffer.cbp[c][macroblock];
            int[] coefficients = buffer.highpass[c];
            BlockCodes codes = context.highpassBlocks[chroma];
            byte[] order = blocks == 16 ? BLOCK_OF_BIT : RASTER;
            int start = buffer.highpassStart(column, row, blocks);
            Arrays.fill(coefficients, start, start + blocks * 16, 0);
            if (flexbits == in && flexbitCount > 0) {
                // One stream: the flexbits of a block follow its coefficients.
                for (int b = 0; b < blocks; b++) {
                    int at = start + order[b] * 16;
                    if ((pattern >> b & 1) != 0) {
                        counts[chroma] += CoefficientReader.readBlocks(
                                in, codes, scan.entries, coefficients, at, 1, RASTER, step << bits);
                    }
                    CoefficientReader.readFlexbits(in, coefficients, at, RASTER, 1, flexbitCount, step << trimFlexbits);
                }
            } else {
                counts[chroma] += CoefficientReader.readBlocks(
                        in, codes, scan.entries, coefficients, start, pattern, order, step << bits);
                if (flexbitCount > 0) {
                    CoefficientReader.readFlexbits(
                            flexbits, coefficients, start, order, blocks, flexbitCount, step << trimFlexbits);
                }
            }
            predictHighpass(c, start);
            if (blocks == 16) {
                buffer.blockMask[c][macroblock] = (short) (flexbitCount > 0 ? 0xFFFF : blockMask(pattern));
            }
        }
        context.highpassModel.update(counts[0], counts[1]);
        if (isAdaptColumn(column)) {
            context.adaptHighpass();
        }
    }

    /** Blocks in raster order that have coefficients, or get some by prediction. */
    private int blockMask(int pattern) {
        // The middle two of each four pairs of bits change places.
        int mask = pattern & 0xC3C3 | (pattern & 0x0C0C) << 2 | (pattern & 0x3030) >> 2;
        if (highpassMode == FROM_TOP) {
            mask |= mask << 4;
            mask |= mask << 8;
        } else if (highpassMode == FROM_LEFT) {
            mask |= mask << 1 & 0xEEEE;
            mask |= mask << 2 & 0xCCCC;
        }
        return mask & 0xFFFF;
    }

    /** CBPHP as stored, relative to its prediction, into {@link #diff}. */
    private void readPatterns(BitReader in) {
        if (!plane.isYuv()) {
            for (int c = 0; c < components; c++) {
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
        int groups = switch (context.numCbp.read(in)) {
            case 0 -> 0;
            case 1 -> 1 << in.bits(2);
            case 2 -> readPair(in);
            case 3 -> 15 ^ 1 << in.bits(2);
            default -> 15;
        };
        for (int group = 0; group < 4; group++) {
            if ((groups >> group & 1) == 0) {
                continue;
            }
            int value = context.blockCbp.read(in) + 1;
            int chroma = 0;
            if (value >= 6) {
                chroma = in.flag() ? 1 : in.flag() ? 2 : 3;
                if (value == 9) {
                    value = in.flag() ? 9 : in.flag() ? 10 : 11;
                }
                value -= 6;
            }
            int code = PATTERN_OFFSET[value] + in.bits(PATTERN_LENGTH[value]);
            diff[component] |= PATTERN[code] << 4 * group;
            for (int c = 1; c <= 2; c++) {
                if ((chroma >> c - 1 & 1) != 0) {
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
        int pattern = switch (VlcTable.read(in, VlcTable.T4)) {
            case 0 -> 1 << in.bits(2);
            case 1 -> readPair(in);
            case 2 -> 15 ^ 1 << in.bits(2);
            default -> 15;
        };
        return pattern << 4 * group;
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

    private int predictPattern(int component, int macroblock, boolean hasLeft, boolean hasTop) {
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
        context.cbpCount0[chroma] = clamp(context.cbpCount0[chroma] + ones - 3, -16, 15);
        context.cbpCount1[chroma] = clamp(context.cbpCount1[chroma] + 16 - ones - 3, -16, 15);
        int count0 = context.cbpCount0[chroma];
        int count1 = context.cbpCount1[chroma];
        if (count0 < 0) {
            context.cbpState[chroma] = count0 < count1 ? 1 : 2;
        } else {
            context.cbpState[chroma] = count1 < 0 ? 2 : 0;
        }
        return value;
    }

    private void predictHighpass(int component, int start) {
        if (highpassMode == NONE) {
            return;
        }
        int across = plane.blocksAcross(component);
        int down = plane.blocksDown(component);
        int[] coefficients = buffer.highpass[component];
        if (highpassMode == FROM_TOP) {
            for (int block = across; block < across * down; block++) {
                int at = start + block * 16;
                int from = at - across * 16;
                coefficients[at + 4] += coefficients[from + 4];
                coefficients[at + 8] += coefficients[from + 8];
                coefficients[at + 12] += coefficients[from + 12];
            }
        } else {
            for (int block = 0; block < across * down; block++) {
                if (block % across != 0) {
                    int at = start + block * 16;
                    int from = at - 16;
                    coefficients[at + 1] += coefficients[from + 1];
                    coefficients[at + 2] += coefficients[from + 2];
                    coefficients[at + 3] += coefficients[from + 3];
                }
            }
        }
    }
}
