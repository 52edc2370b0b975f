package io.github.czi4j.codec.jpegxr;

import java.util.Arrays;

/**
 * One row of blocks of a component, ordered for vector code: array n holds coefficient n of all blocks, and after the
 * transform the sample at one place of each block. Every loop touches at most four arrays and assigns each element once,
 * which is the shape that the compiler turns into vector instructions; so the steps of a lifting stand in loops of
 * their own. {@link InverseTransform} and {@link OverlapFilter} say the same plainly.
 */
final class BlockRow {
    /** Array of the sample at row and column of a block, by 4 · row + column (sheet §8.2). */
    static final int[] ARRAY_OF_SAMPLE = {0, 2, 1, 9, 8, 10, 11, 3, 4, 14, 15, 7, 6, 12, 13, 5};

    final int[][] arrays;
    private final int blocks;
    /** The operands of windows, by k of sheet §8.6: the corners of this row's blocks that the window takes. */
    private final int[][] topLeft;

    private final int[][] topRight;
    private final int[][] bottomLeft;
    private final int[][] bottomRight;
    private final int[][][] sampleRows = new int[4][][];
    private final int[] edge = new int[8];
    private final int[] four = new int[4];

    BlockRow(int blocks) {
        this.blocks = blocks;
        this.arrays = new int[16][blocks + 2];
        for (int r = 0; r < 4; r++) {
            sampleRows[r] = new int[][] {samples(r, 0), samples(r, 1), samples(r, 2), samples(r, 3)};
        }
        this.topLeft = new int[][] {samples(3, 3), samples(3, 2), samples(2, 3), samples(2, 2)};
        this.topRight = new int[][] {samples(3, 0), samples(3, 1), samples(2, 0), samples(2, 1)};
        this.bottomLeft = new int[][] {samples(0, 3), samples(0, 2), samples(1, 3), samples(1, 2)};
        this.bottomRight = new int[][] {samples(0, 0), samples(0, 1), samples(1, 0), samples(1, 1)};
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
        int count = 0;
        for (int m = firstMask; m < firstMask + blocks / 4; m++) {
            count += Integer.bitCount(masks[m] >> 4 * row & 15);
        }
        if (2 * count > blocks) {
            gather(highpass, start, row, arrays[1], arrays[2], arrays[3], arrays[4], arrays[5], 1);
            gather(highpass, start, row, arrays[6], arrays[7], arrays[8], arrays[9], arrays[10], 6);
            gather(highpass, start, row, arrays[11], arrays[12], arrays[13], arrays[14], arrays[15], 11);
            return;
        }
        for (int n = 1; n < 16; n++) {
            Arrays.fill(arrays[n], 0, blocks, 0);
        }
        for (int m = 0; m < blocks / 4; m++) {
            for (int rest = masks[firstMask + m] >> 4 * row & 15; rest != 0; rest &= rest - 1) {
                int column = Integer.numberOfTrailingZeros(rest);
                int at = start + (m << 8) + (row << 6) + (column << 4);
                for (int n = 1; n < 16; n++) {
                    arrays[n][4 * m + column] = highpass[at + n];
                }
            }
        }
    }

    private void gather(int[] from, int start, int row, int[] a, int[] b, int[] c, int[] d, int[] e, int n) {
        for (int i = 0; i < blocks; i++) {
            int at = start + (i >> 2 << 8) + (row << 6) + ((i & 3) << 4) + n;
            a[i] = from[at];
            b[i] = from[at + 1];
            c[i] = from[at + 2];
            d[i] = from[at + 3];
            e[i] = from[at + 4];
        }
    }

    /** From coefficients to samples. */
    void transform() {
        int[][] x = arrays;
        int n = blocks;
        up(x[0], x[2], x[8], x[10], n);
        odd(x[1], x[9], x[11], x[3], n);
        odd(x[4], x[6], x[14], x[12], n);
        oddOdd(x[15], x[7], x[13], x[5], n);
        down(x[0], x[9], x[6], x[5], n);
        down(x[2], x[1], x[12], x[13], n);
        down(x[8], x[3], x[4], x[7], n);
        down(x[10], x[11], x[14], x[15], n);
    }

    /** Moves the right halves of all blocks up by one, so that a window finds its operands at one index. */
    void shiftRightHalves() {
        for (int row = 0; row < 4; row++) {
            for (int column = 2; column < 4; column++) {
                int[] a = samples(row, column);
                System.arraycopy(a, 0, a, 1, blocks);
            }
        }
    }

    /** The windows between the row above, whose lower half they change, and the row below (sheet §8.6). */
    static void windows(BlockRow above, BlockRow below, boolean isLegacy, int compensation) {
        int end = above.blocks;
        // By k: top left, top right, bottom left, bottom right.
        int[][] tl = above.topLeft;
        int[][] tr = above.topRight;
        int[][] bl = below.bottomLeft;
        int[][] br = below.bottomRight;
        // At index 0 the right halves are those of the edge, which has no windows.
        int[] edge = below.edge;
        for (int k = 0; k < 4; k++) {
            edge[k] = tr[k][0];
            edge[4 + k] = br[k][0];
        }
        for (int k = 0; k < 4; k++) {
            down(tl[k], tr[k], bl[k], br[k], end);
        }
        oddOddPost(br[0], br[1], br[2], br[3], end);
        rotate(bl[2], bl[3], end);
        rotate(bl[0], bl[1], end);
        rotate(tr[1], tr[3], end);
        rotate(tr[0], tr[2], end);
        for (int k = 0; k < 4; k++) {
            scale1(tl[k], br[k], isLegacy, end);
            scale2(tl[k], tr[k], bl[k], br[k], end);
        }
        if (compensation > 0) {
            for (int k = 0; k < 4; k++) {
                compensate(tl[k], tr[k], bl[k], br[k], compensation, end);
            }
        }
        for (int k = 0; k < 4; k++) {
            tr[k][0] = edge[k];
            br[k][0] = edge[4 + k];
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

    private static void down(int[] pa, int[] pb, int[] pc, int[] pd, int end) {
        for (int i = 0; i < end; i++) {
            int a = pa[i] + pd[i];
            int b = pb[i] - pc[i];
            int t = a - b >> 1;
            int c = t - pd[i];
            int d = t - pc[i];
            pa[i] = a - d;
            pb[i] = b + c;
            pc[i] = c;
            pd[i] = d;
        }
    }

    private static void up(int[] pa, int[] pb, int[] pc, int[] pd, int end) {
        for (int i = 0; i < end; i++) {
            int a = pa[i] + pd[i];
            int b = pb[i] - pc[i];
            int t = a - b + 1 >> 1;
            int c = t - pd[i];
            int d = t - pc[i];
            pa[i] = a - d;
            pb[i] = b + c;
            pc[i] = c;
            pd[i] = d;
        }
    }

    private static void odd(int[] a, int[] b, int[] c, int[] d, int end) {
        odd1(b, d, end);
        odd2(a, c, end);
        odd3(a, b, c, d, end);
        odd4(a, b, c, d, end);
        odd5(b, c, end);
        odd6(a, d, end);
    }

    private static void odd1(int[] pb, int[] pd, int end) {
        for (int i = 0; i < end; i++) {
            int b = pb[i] + pd[i];
            pd[i] -= b >> 1;
            pb[i] = b;
        }
    }

    private static void odd2(int[] pa, int[] pc, int end) {
        for (int i = 0; i < end; i++) {
            int a = pa[i] - pc[i];
            pc[i] += a + 1 >> 1;
            pa[i] = a;
        }
    }

    private static void odd3(int[] pa, int[] pb, int[] pc, int[] pd, int end) {
        for (int i = 0; i < end; i++) {
            pa[i] -= 3 * pb[i] + 4 >> 3;
            pc[i] -= 3 * pd[i] + 4 >> 3;
        }
    }

    private static void odd4(int[] pa, int[] pb, int[] pc, int[] pd, int end) {
        for (int i = 0; i < end; i++) {
            pb[i] += 3 * pa[i] + 4 >> 3;
            pd[i] += 3 * pc[i] + 4 >> 3;
        }
    }

    private static void odd5(int[] pb, int[] pc, int end) {
        for (int i = 0; i < end; i++) {
            int c = pc[i] - (pb[i] + 1 >> 1);
            pb[i] += c;
            pc[i] = c;
        }
    }

    private static void odd6(int[] pa, int[] pd, int end) {
        for (int i = 0; i < end; i++) {
            int d = (pa[i] + 1 >> 1) - pd[i];
            pa[i] -= d;
            pd[i] = d;
        }
    }

    private static void oddOdd(int[] a, int[] b, int[] c, int[] d, int end) {
        oddOdd1(a, b, c, d, end);
        minusThreeEighths(a, b, 3, end);
        plusThreeQuarters(a, b, 3, end);
        minusThreeEighths(a, b, 4, end);
        for (int i = 0; i < end; i++) {
            int x = b[i] - (c[i] >> 1);
            c[i] = -c[i] - x;
            b[i] = -x;
        }
        oddOdd2(a, d, end);
    }

    private static void oddOddPost(int[] a, int[] b, int[] c, int[] d, int end) {
        oddOdd1(a, b, c, d, end);
        minusThreeEighths(a, b, 6, end);
        plusThreeQuarters(a, b, 2, end);
        minusThreeEighths(a, b, 4, end);
        for (int i = 0; i < end; i++) {
            int x = b[i] - (c[i] >> 1);
            c[i] += x;
            b[i] = x;
        }
        oddOdd2(a, d, end);
    }

    private static void oddOdd1(int[] pa, int[] pb, int[] pc, int[] pd, int end) {
        for (int i = 0; i < end; i++) {
            int d = pd[i] + pa[i];
            pa[i] -= d >> 1;
            pd[i] = d;
        }
        for (int i = 0; i < end; i++) {
            int c = pc[i] - pb[i];
            pb[i] += c >> 1;
            pc[i] = c;
        }
    }

    private static void oddOdd2(int[] pa, int[] pd, int end) {
        for (int i = 0; i < end; i++) {
            int a = pa[i] + (pd[i] >> 1);
            pd[i] -= a;
            pa[i] = a;
        }
    }

    private static void minusThreeEighths(int[] a, int[] b, int rounding, int end) {
        for (int i = 0; i < end; i++) {
            a[i] -= 3 * b[i] + rounding >> 3;
        }
    }

    private static void plusThreeQuarters(int[] a, int[] b, int rounding, int end) {
        for (int i = 0; i < end; i++) {
            b[i] += 3 * a[i] + rounding >> 2;
        }
    }

    private static void rotate(int[] a, int[] b, int end) {
        for (int i = 0; i < end; i++) {
            a[i] -= b[i] + 1 >> 1;
        }
        for (int i = 0; i < end; i++) {
            b[i] += a[i] + 1 >> 1;
        }
    }

    private static void scale1(int[] pa, int[] pd, boolean isLegacy, int end) {
        for (int i = 0; i < end; i++) {
            int a = pa[i] + pd[i];
            pd[i] = (a >> 1) - pd[i];
            pa[i] = a;
        }
        for (int i = 0; i < end; i++) {
            pa[i] += 3 * pd[i] >> 3;
        }
        if (isLegacy) {
            for (int i = 0; i < end; i++) {
                pd[i] += 3 * pa[i] >> 4;
            }
        } else {
            // Two steps of the lifting, the second with the outcome of the first, which pa does not change.
            for (int i = 0; i < end; i++) {
                int a = pa[i];
                pd[i] += (3 * a >> 4) + (a >> 7) - (a >> 10);
            }
        }
    }

    private static void scale2(int[] pa, int[] pb, int[] pc, int[] pd, int end) {
        for (int i = 0; i < end; i++) {
            pa[i] += 3 * pd[i] + 4 >> 3;
        }
        for (int i = 0; i < end; i++) {
            int b = pb[i] - pc[i];
            pd[i] -= b >> 1;
            pb[i] = b;
        }
        for (int i = 0; i < end; i++) {
            int c = (pa[i] - pb[i] >> 1) - pc[i];
            pa[i] -= c;
            pc[i] = c;
        }
        for (int i = 0; i < end; i++) {
            int d = pd[i];
            pb[i] += d;
            pd[i] = pc[i];
            pc[i] = d;
        }
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
