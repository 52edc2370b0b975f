package io.github.czi4j.codec.jpegxr;

import java.util.Arrays;

/** Reads the highpass coefficients and flexbits of macroblocks of one plane in one tile (sheet §5.9, §5.10, §7.3). */
final class HighpassReader {
    /** Block of a 16-bit pattern's bit, as row and column in raster order. */
    private static final byte[] BLOCK_OF_BIT = {0, 1, 4, 5, 2, 3, 6, 7, 8, 9, 12, 13, 10, 11, 14, 15};

    /** The same where there are fewer blocks. */
    private static final byte[] RASTER = {0, 1, 2, 3, 4, 5, 6, 7};

    private final PlaneBuffer buffer;
    private final PlaneHeader plane;
    private final EntropyContext context;
    private final BlockPatterns patterns;
    private final TileQuantisers quantisers;
    /** Coefficients met in a macroblock, of luma and of chroma. */
    private final int[] counts = new int[2];

    /** Coefficients of a component of a macroblock that are not 0 before the flexbits, by block. */
    private final int[] nonZero = new int[16];

    private int trimFlexbits;

    HighpassReader(PlaneBuffer buffer, EntropyContext context, TileQuantisers quantisers) {
        this.buffer = buffer;
        this.plane = buffer.header;
        this.context = context;
        this.quantisers = quantisers;
        this.patterns = new BlockPatterns(buffer, context);
    }

    /** Begins a tile in which so many flexbits are left out. */
    void trim(int flexbits) {
        trimFlexbits = flexbits;
    }

    /**
     * Reads, predicts and dequantises the coefficients of a macroblock.
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
        for (int c = 0; c < plane.components; c++) {
            int chroma = c == 0 ? 0 : 1;
            int step = quantisers.highpass[set][c];
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
                    nonZero[0] = 0;
                    counts[chroma] += CoefficientReader.readBlocks(
                            in, codes, scan.entries, coefficients, at, pattern >> b & 1, RASTER, step << bits, nonZero);
                    CoefficientReader.readFlexbits(
                            in, coefficients, at, RASTER, 1, flexbitCount, step << trimFlexbits, nonZero);
                }
            } else {
                if (flexbitCount > 0) {
                    Arrays.fill(nonZero, 0);
                }
                counts[chroma] += CoefficientReader.readBlocks(
                        in, codes, scan.entries, coefficients, start, pattern, order, step << bits, nonZero);
                if (flexbitCount > 0) {
                    CoefficientReader.readFlexbits(
                            flexbits, coefficients, start, order, blocks, flexbitCount, step << trimFlexbits, nonZero);
                }
            }
            predict(c, start, mode);
        }
        context.highpassModel.update(counts[0], counts[1]);
    }

    private void predict(int component, int start, int mode) {
        if (mode == LowpassPrediction.NONE) {
            return;
        }
        int across = plane.blocksAcross(component);
        int down = plane.blocksDown(component);
        int[] coefficients = buffer.highpass[component];
        if (mode == LowpassPrediction.FROM_TOP) {
            for (int at = start + 16 * across; at < start + 16 * across * down; at += 16) {
                int from = at - 16 * across;
                coefficients[at + 4] += coefficients[from + 4];
                coefficients[at + 8] += coefficients[from + 8];
                coefficients[at + 12] += coefficients[from + 12];
            }
        } else {
            for (int row = start; row < start + 16 * across * down; row += 16 * across) {
                for (int at = row + 16; at < row + 16 * across; at += 16) {
                    int from = at - 16;
                    coefficients[at + 1] += coefficients[from + 1];
                    coefficients[at + 2] += coefficients[from + 2];
                    coefficients[at + 3] += coefficients[from + 3];
                }
            }
        }
    }
}
