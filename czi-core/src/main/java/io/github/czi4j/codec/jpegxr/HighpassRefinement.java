package io.github.czi4j.codec.jpegxr;

/**
 * What is done with the highpass of a macroblock when its run/level blocks are read: flexbits, unless they stand among those,
 * and prediction (sheet §5.10, §7.3). Nothing that is read before depends on it, so that another thread may do it.
 */
final class HighpassRefinement {
    /** Block of a 16-bit pattern's bit, as row and column in raster order. */
    private static final byte[] BLOCK_OF_BIT = {0, 1, 4, 5, 2, 3, 6, 7, 8, 9, 12, 13, 10, 11, 14, 15};

    /** The same where there are fewer blocks. */
    static final byte[] RASTER = {0, 1, 2, 3, 4, 5, 6, 7};

    // What is to be done, in one number: flexbits of luma and of chroma, how many are left out, mode, whether they are
    // read.
    private static final int CHROMA = 4;
    private static final int TRIM = 8;
    private static final int MODE = 12;
    private static final int IS_READ = 16;

    private final PlaneBuffer buffer;
    private final PlaneHeader plane;

    HighpassRefinement(PlaneBuffer buffer) {
        this.buffer = buffer;
        this.plane = buffer.header;
    }

    /** Places of the blocks of a component, by bit of the pattern. */
    static byte[] order(int blocks) {
        return blocks == 16 ? BLOCK_OF_BIT : RASTER;
    }

    /**
     * Notes what is to be done with a macroblock.
     *
     * @param luma flexbits of each coefficient of luma, 0 to 15
     * @param chroma the same of chroma
     * @param trim flexbits that are left out
     * @param mode of {@link LowpassPrediction}
     * @param isRead whether the flexbits have been read already
     */
    void prepare(int column, int row, int luma, int chroma, int trim, int mode, boolean isRead) {
        buffer.refinement[buffer.highpassIndex(column, row)] =
                luma | chroma << CHROMA | trim << TRIM | mode << MODE | (isRead ? 1 << IS_READ : 0);
    }

    /** Does it; {@code flexbits} is null if there are none. */
    void read(BitReader flexbits, int column, int row) {
        int todo = buffer.refinement[buffer.highpassIndex(column, row)];
        int macroblock = row * buffer.columns + column;
        for (int c = 0; c < plane.components; c++) {
            int blocks = plane.blocksAcross(c) * plane.blocksDown(c);
            int start = buffer.highpassStart(column, row, blocks);
            int bits = todo >> (c == 0 ? 0 : CHROMA) & 15;
            if (bits > 0 && todo >> IS_READ == 0) {
                CoefficientReader.readFlexbits(
                        flexbits,
                        buffer.highpass[c],
                        start,
                        order(blocks),
                        blocks,
                        bits,
                        buffer.highpassStep[c][macroblock] << (todo >> TRIM & 15),
                        buffer.nonZero[c],
                        start / 16);
            }
            int mode = todo >> MODE & 3;
            predict(c, start, mode);
            if (blocks == 16) {
                int mask = bits > 0 ? 0xFFFF : blockMask(buffer.cbp[c][macroblock], mode);
                buffer.blockMask[c][macroblock] = (short) mask;
            }
        }
    }

    /** Blocks in raster order that have coefficients, or get some by prediction. */
    private static int blockMask(int pattern, int mode) {
        // The middle two of each four pairs of bits change places.
        int mask = pattern & 0xC3C3 | (pattern & 0x0C0C) << 2 | (pattern & 0x3030) >> 2;
        if (mode == LowpassPrediction.FROM_TOP) {
            mask |= mask << 4;
            mask |= mask << 8;
        } else if (mode == LowpassPrediction.FROM_LEFT) {
            mask |= mask << 1 & 0xEEEE;
            mask |= mask << 2 & 0xCCCC;
        }
        return mask;
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
