package io.github.czi4j.codec.jpegxr;

import io.github.czi4j.codec.jpegxr.Lifting.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One row of blocks of a component, ordered for vector code: array n holds coefficient n of all blocks, and after the
 * transform the sample at one place of each block. What is done with them is a {@link Lifting} each.
 */
final class BlockRow {
    /** Ints before an array ends at a multiple of 64 bytes, counted from its header: then all arrays are aligned alike. */
    private static final int LENGTH_MODULUS = 16;

    private static final int HEADER_INTS = 4;

    /** Array of the sample at row and column of a block, by 4 · row + column (sheet §8.2). */
    static final int[] ARRAY_OF_SAMPLE = {0, 2, 1, 9, 8, 10, 11, 3, 4, 14, 15, 7, 6, 12, 13, 5};

    /** The arrays of samples in the columns 2 and 3. */
    private static final int[] RIGHT_HALVES = {1, 9, 11, 3, 15, 7, 13, 5};

    private static final Step[] TRANSFORM = {
        new Step(Lifting.UP, 0, 2, 8, 10),
        new Step(Lifting.ODD_1, 1, 9, 11, 3),
        new Step(Lifting.ODD_2, 1, 9, 11, 3),
        new Step(Lifting.ODD_1, 4, 6, 14, 12),
        new Step(Lifting.ODD_2, 4, 6, 14, 12),
        new Step(Lifting.ODD_ODD_1, 15, 7, 13, 5),
        new Step(Lifting.ODD_ODD_2, 15, 7, 13, 5),
        new Step(Lifting.DOWN, 0, 9, 6, 5),
        new Step(Lifting.DOWN, 2, 1, 12, 13),
        new Step(Lifting.DOWN, 8, 3, 4, 7),
        new Step(Lifting.DOWN, 10, 11, 14, 15),
    };

    /** Operands of windows, by k of sheet §8.6: the corners of the four blocks that the window takes. */
    private static final int TOP_LEFT = 0;

    private static final int TOP_RIGHT = 4;
    private static final int BOTTOM_LEFT = 8;
    private static final int BOTTOM_RIGHT = 12;
    private static final Step[] WINDOWS = windows(Lifting.SCALE_1);
    private static final Step[] WINDOWS_LEGACY = windows(Lifting.SCALE_1_LEGACY);

    final int[][] arrays;
    private final int blocks;
    private final int[][][] sampleRows = new int[4][][];
    /** Operands as the row above a window, and as the one below. */
    private final int[][] asAbove;

    private final int[][] asBelow;
    private final int[][] operands = new int[16][];
    private final int[] edge = new int[8];
    private final int[] four = new int[4];

    BlockRow(int blocks) {
        this.blocks = blocks;
        int ints = blocks + 2 + HEADER_INTS;
        this.arrays = new int[16][ints + (-ints & LENGTH_MODULUS - 1) - HEADER_INTS];
        for (int r = 0; r < 4; r++) {
            sampleRows[r] = new int[][] {samples(r, 0), samples(r, 1), samples(r, 2), samples(r, 3)};
        }
        asAbove = new int[][] {
            samples(3, 3), samples(3, 2), samples(2, 3), samples(2, 2),
            samples(3, 0), samples(3, 1), samples(2, 0), samples(2, 1)
        };
        asBelow = new int[][] {
            samples(0, 3), samples(0, 2), samples(1, 3), samples(1, 2),
            samples(0, 0), samples(0, 1), samples(1, 0), samples(1, 1)
        };
    }

    private static Step[] windows(Lifting scale) {
        List<Step> steps = new ArrayList<>();
        for (int k = 0; k < 4; k++) {
            steps.add(new Step(Lifting.DOWN, TOP_LEFT + k, TOP_RIGHT + k, BOTTOM_LEFT + k, BOTTOM_RIGHT + k));
        }
        for (Lifting part : List.of(Lifting.ODD_ODD_POST_1, Lifting.ODD_ODD_POST_2)) {
            steps.add(new Step(part, BOTTOM_RIGHT, BOTTOM_RIGHT + 1, BOTTOM_RIGHT + 2, BOTTOM_RIGHT + 3));
        }
        steps.add(new Step(Lifting.ROTATE, BOTTOM_LEFT + 2, BOTTOM_LEFT + 3, BOTTOM_LEFT, BOTTOM_LEFT + 1));
        steps.add(new Step(Lifting.ROTATE, TOP_RIGHT + 1, TOP_RIGHT + 3, TOP_RIGHT, TOP_RIGHT + 2));
        for (int k = 0; k < 4; k++) {
            for (Lifting part : List.of(scale, Lifting.SCALE_2, Lifting.SCALE_3, Lifting.SCALE_4)) {
                steps.add(new Step(part, TOP_LEFT + k, TOP_RIGHT + k, BOTTOM_LEFT + k, BOTTOM_RIGHT + k));
            }
        }
        return steps.toArray(new Step[0]);
    }

    int blocks() {
        return blocks;
    }

    /** The samples of a row of each block, by column. */
    int[][] samples(int row) {
        return sampleRows[row];
    }

    /** The samples at a place of each block. */
    int[] samples(int row, int column) {
        return arrays[ARRAY_OF_SAMPLE[4 * row + column]];
    }

    /**
     * Takes a row of blocks.
     *
     * @param highpass 16 coefficients a block, 16 blocks a macroblock
     * @param start of the macroblock row
     * @param row of blocks in it
     * @param masks by macroblock, a bit for each block in raster order that may have coefficients other than 0
     * @param firstMask of the macroblock row
     */
    void gather(int[] blockDcs, int dcStart, int[] highpass, int start, int row, short[] masks, int firstMask) {
        System.arraycopy(blockDcs, dcStart, arrays[0], 0, blocks);
        int columns = blocks / 4;
        int count = 0;
        for (int m = firstMask; m < firstMask + columns; m++) {
            count += Integer.bitCount(masks[m] >> 4 * row & 15);
        }
        int at = start + (row << 6);
        int[][] x = arrays;
        if (2 * count > blocks) {
            gather(highpass, at + 1, columns, x[1], x[2], x[3], x[4], x[5]);
            gather(highpass, at + 6, columns, x[6], x[7], x[8], x[9], x[10]);
            gather(highpass, at + 11, columns, x[11], x[12], x[13], x[14], x[15]);
            return;
        }
        for (int n = 1; n < 16; n++) {
            Arrays.fill(x[n], 0, blocks, 0);
        }
        for (int m = 0; m < columns; m++) {
            for (int rest = masks[firstMask + m] >> 4 * row & 15; rest != 0; rest &= rest - 1) {
                int column = Integer.numberOfTrailingZeros(rest);
                int from = at + (m << 8) + (column << 4);
                for (int n = 1; n < 16; n++) {
                    x[n][4 * m + column] = highpass[from + n];
                }
            }
        }
    }

    /** Takes macroblocks as blocks: 16 coefficients of the lowpass each, from an index on. */
    void gatherLowpass(int[] lowpass, int start) {
        for (int n = 0; n < 16; n += 4) {
            gatherLowpass(lowpass, start + n, blocks, arrays[n], arrays[n + 1], arrays[n + 2], arrays[n + 3]);
        }
    }

    private static void gatherLowpass(int[] from, int start, int blocks, int[] a, int[] b, int[] c, int[] d) {
        for (int m = 0; m < blocks; m++) {
            int at = start + 16 * m;
            a[m] = from[at];
            b[m] = from[at + 1];
            c[m] = from[at + 2];
            d[m] = from[at + 3];
        }
    }

    /** Puts the samples into four rows, each of as many places as it has samples. */
    void scatter(int[] rows, int start, int factor) {
        for (int r = 0; r < 4; r++) {
            scatter(samples(r), rows, start + 4 * blocks * r, blocks, factor);
        }
    }

    private static void scatter(int[][] samples, int[] rows, int start, int blocks, int factor) {
        int[] a = samples[0];
        int[] b = samples[1];
        int[] c = samples[2];
        int[] d = samples[3];
        for (int m = 0; m < blocks; m++) {
            int at = start + 4 * m;
            rows[at] = a[m] * factor;
            rows[at + 1] = b[m] * factor;
            rows[at + 2] = c[m] * factor;
            rows[at + 3] = d[m] * factor;
        }
    }

    /** Five coefficients of all blocks; a macroblock a turn, so that the bounds of all are checked before the loop. */
    private static void gather(int[] from, int start, int columns, int[] a, int[] b, int[] c, int[] d, int[] e) {
        for (int m = 0; m < columns; m++) {
            int at = start + (m << 8);
            a[4 * m] = from[at];
            b[4 * m] = from[at + 1];
            c[4 * m] = from[at + 2];
            d[4 * m] = from[at + 3];
            e[4 * m] = from[at + 4];
            a[4 * m + 1] = from[at + 16];
            b[4 * m + 1] = from[at + 17];
            c[4 * m + 1] = from[at + 18];
            d[4 * m + 1] = from[at + 19];
            e[4 * m + 1] = from[at + 20];
            a[4 * m + 2] = from[at + 32];
            b[4 * m + 2] = from[at + 33];
            c[4 * m + 2] = from[at + 34];
            d[4 * m + 2] = from[at + 35];
            e[4 * m + 2] = from[at + 36];
            a[4 * m + 3] = from[at + 48];
            b[4 * m + 3] = from[at + 49];
            c[4 * m + 3] = from[at + 50];
            d[4 * m + 3] = from[at + 51];
            e[4 * m + 3] = from[at + 52];
        }
    }

    /** From coefficients to samples. */
    void transform() {
        Lifting.apply(TRANSFORM, arrays, blocks);
    }

    /** Moves the right halves of all blocks up by one, so that a window finds its operands at one index. */
    void shiftRightHalves() {
        for (int n : RIGHT_HALVES) {
            System.arraycopy(arrays[n], 0, arrays[n], 1, blocks);
        }
    }

    /** The windows between the row above, whose lower half they change, and the row below (sheet §8.6). */
    static void windows(BlockRow above, BlockRow below, boolean isLegacy, int compensation) {
        int end = above.blocks;
        int[][] x = below.operands;
        System.arraycopy(above.asAbove, 0, x, TOP_LEFT, 8);
        System.arraycopy(below.asBelow, 0, x, BOTTOM_LEFT, 8);
        // At index 0 the right halves are those of the edge, which has no windows.
        int[] edge = below.edge;
        for (int k = 0; k < 4; k++) {
            edge[k] = x[TOP_RIGHT + k][0];
            edge[4 + k] = x[BOTTOM_RIGHT + k][0];
        }
        Lifting.apply(isLegacy ? WINDOWS_LEGACY : WINDOWS, x, end);
        if (compensation > 0) {
            for (int k = 0; k < 4; k++) {
                compensate(
                        x[TOP_LEFT + k], x[TOP_RIGHT + k], x[BOTTOM_LEFT + k], x[BOTTOM_RIGHT + k], compensation, end);
            }
        }
        for (int k = 0; k < 4; k++) {
            x[TOP_RIGHT + k][0] = edge[k];
            x[BOTTOM_RIGHT + k][0] = edge[4 + k];
        }
        for (int column = 0; column < 4; column++) {
            int i = column < 2 ? 0 : end;
            below.post4(
                    above.samples(2, column),
                    above.samples(3, column),
                    below.samples(0, column),
                    below.samples(1, column),
                    i,
                    isLegacy);
        }
    }

    /** The upper two rows of samples at the upper edge of a picture, or the lower two at the lower. */
    void edge(boolean isTop, boolean isLegacy) {
        int first = isTop ? 0 : 2;
        for (int row = first; row < first + 2; row++) {
            for (int i = 1; i < blocks; i++) {
                post4(samples(row, 2), samples(row, 3), samples(row, 0), samples(row, 1), i, isLegacy);
            }
        }
        if (!isLegacy) {
            for (int column = 0; column < 4; column += 2) {
                post4(
                        samples(first, column),
                        samples(first, column + 1),
                        samples(first + 1, column),
                        samples(first + 1, column + 1),
                        column == 0 ? 0 : blocks,
                        false);
            }
        }
    }

    private void post4(int[] a, int[] b, int[] c, int[] d, int i, boolean isLegacy) {
        four[0] = a[i];
        four[1] = b[i];
        four[2] = c[i];
        four[3] = d[i];
        OverlapFilter.post4(four, isLegacy);
        a[i] = four[0];
        b[i] = four[1];
        c[i] = four[2];
        d[i] = four[3];
    }

    /** Sheet §8.8 for a step above 20, or the largest number where there is no highpass. */
    private static void compensate(int[] pa, int[] pb, int[] pc, int[] pd, int step, int end) {
        for (int i = 0; i < end; i++) {
            int a = pa[i];
            int b = pb[i];
            int c = pc[i];
            int d = pd[i];
            int s = (a + b + c + d >> 1) * 595 + 65536 >> 17;
            int other = a - b - c + d >> 1;
            int r = Math.max(0, Math.min(s, other)) + Math.min(0, Math.max(s, other));
            r = r >> 1 & Math.abs(s) - step >> 31;
            pa[i] = a - r;
            pb[i] = b + r;
            pc[i] = c + r;
            pd[i] = d - r;
        }
    }
}
