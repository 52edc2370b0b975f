package io.github.czi4j.codec.jpegxr;

import java.util.Arrays;

/** Reads the highpass coefficients of macroblocks of one plane in one tile (sheet §5.9, §5.10, §7.3). */
final class HighpassReader {
    private final PlaneBuffer buffer;
    private final PlaneHeader plane;
    private final EntropyContext context;
    private final BlockPatterns patterns;
    private final TileQuantisers quantisers;
    /** Coefficients met in a macroblock, of luma and of chroma. */
    private final int[] counts = new int[2];

    private final HighpassRefinement refinement;
    private final boolean isRefined;
    private int trimFlexbits;

    /**
     * Prepares tiles.
     *
     * @param isRefined false if somebody else does what {@link HighpassRefinement} does
     */
    HighpassReader(PlaneBuffer buffer, EntropyContext context, TileQuantisers quantisers, boolean isRefined) {
        this.buffer = buffer;
        this.plane = buffer.header;
        this.context = context;
        this.quantisers = quantisers;
        this.patterns = new BlockPatterns(buffer, context);
        this.refinement = new HighpassRefinement(buffer);
        this.isRefined = isRefined;
    }

    /** Begins a tile in which so many flexbits are left out. */
    void trim(int flexbits) {
        trimFlexbits = flexbits;
    }

    /**
     * Reads and dequantises the coefficients of a macroblock, and refines and predicts them if nobody else does.
     *
     * @param flexbits where they come from, {@code in} where they follow each block, null if there are none
     * @param set of quantisers
     * @param mode of {@link LowpassPrediction}
     */
    void read(BitReader in, BitReader flexbits, int column, int row, boolean hasLeft, boolean hasTop, int set, int mode)
            throws JxrException {
        int macroblock = row * buffer.columns + column;
        patterns.read(in, macroblock, hasLeft, hasTop);
        AdaptiveScan scan = mode == LowpassPrediction.FROM_TOP ? context.verticalScan : context.horizontalScan;
        counts[0] = 0;
        counts[1] = 0;
        boolean isOneStream = flexbits == in;
        for (int c = 0; c < plane.components; c++) {
            int kind = c == 0 ? 0 : 1;
            int step = quantisers.highpass[set][c];
            buffer.highpassStep[c][macroblock] = step;
            int factor = step << context.highpassModel.bits[kind];
            int flexbitCount = flexbits == null ? 0 : flexbitCount(kind);
            int blocks = plane.blocksAcross(c) * plane.blocksDown(c);
            int pattern = buffer.cbp[c][macroblock];
            int[] coefficients = buffer.highpass[c];
            int[] nonZero = buffer.nonZero[c];
            BlockCodes codes = context.highpassBlocks[kind];
            byte[] order = HighpassRefinement.order(blocks);
            int start = buffer.highpassStart(column, row, blocks);
            int firstBlock = start / 16;
            Arrays.fill(coefficients, start, start + blocks * 16, 0);
            if (flexbitCount > 0) {
                Arrays.fill(nonZero, firstBlock, firstBlock + blocks, 0);
            }
            if (!isOneStream || flexbitCount == 0) {
                counts[kind] += CoefficientReader.readBlocks(
                        in, codes, scan.entries, coefficients, start, pattern, order, factor, nonZero, firstBlock);
                continue;
            }
            // The flexbits of a block follow its coefficients.
            byte[] first = HighpassRefinement.RASTER;
            for (int b = 0; b < blocks; b++) {
                int at = start + order[b] * 16;
                int coded = pattern >> b & 1;
                counts[kind] += CoefficientReader.readBlocks(
                        in, codes, scan.entries, coefficients, at, coded, first, factor, nonZero, firstBlock + b);
                CoefficientReader.readFlexbits(
                        in, coefficients, at, first, 1, flexbitCount, step << trimFlexbits, nonZero, firstBlock + b);
            }
        }
        int luma = flexbits == null ? 0 : flexbitCount(0);
        int chroma = flexbits == null ? 0 : flexbitCount(1);
        refinement.prepare(column, row, luma, chroma, trimFlexbits, mode, isOneStream);
        if (isRefined) {
            refinement.read(flexbits, column, row);
        }
        context.highpassModel.update(counts[0], counts[1]);
    }

    /** Flexbits of each coefficient of luma or chroma. */
    private int flexbitCount(int kind) {
        return Math.max(0, context.highpassModel.bits[kind] - trimFlexbits);
    }
}
