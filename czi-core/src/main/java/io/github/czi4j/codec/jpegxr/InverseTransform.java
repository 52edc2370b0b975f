package io.github.czi4j.codec.jpegxr;

/**
 * The inverse transforms (T.832 9.9, sheet §8.1–8.5): from DC and lowpass to block DCs, from those and the highpass to
 * samples. Each takes and returns whole planes.
 */
final class InverseTransform {
    private InverseTransform() {}

    /**
     * Block DCs of a component: a plane of {@code blocksAcross · columns} by {@code blocksDown} for each row.
     *
     * @param firstRow of macroblocks in the buffer; all from there on
     */
    static int[] macroblockLevel(PlaneBuffer buffer, int component, int firstRow) {
        PlaneHeader header = buffer.header;
        int down = header.blocksDown(component);
        int stride = header.blocksAcross(component) * buffer.columns;
        int[] result = new int[stride * down * (buffer.rows - firstRow)];
        for (int row = firstRow; row < buffer.rows; row++) {
            macroblockLevel(buffer, component, row, result, (row - firstRow) * down * stride);
        }
        return result;
    }

    /** What chroma of scaled planes is to be multiplied by (sheet §8.5). */
    static int scale(PlaneHeader header, int component) {
        return header.isScaled && component > 0 ? 2 : 1;
    }

    /** The same for one row of macroblocks, from an index of the result on. */
    static void macroblockLevel(PlaneBuffer buffer, int component, int row, int[] result, int start) {
        PlaneHeader header = buffer.header;
        int across = header.blocksAcross(component);
        int down = header.blocksDown(component);
        int stride = across * buffer.columns;
        int[] x = new int[16];
        int[] y = new int[16];
        int scale = scale(header, component);
        for (int column = 0; column < buffer.columns; column++) {
            System.arraycopy(buffer.lowpass[component], (row * buffer.columns + column) * 16, x, 0, 16);
            if (across == 4) {
                block(x, y);
            } else if (down == 2) {
                down(x, 0, 1, 2, 3);
                System.arraycopy(x, 0, y, 0, 4);
            } else {
                x[0] -= x[4] + 1 >> 1;
                x[4] += x[0];
                down(x, 0, 1, 2, 3);
                down(x, 4, 5, 6, 7);
                System.arraycopy(x, 0, y, 0, 8);
            }
            for (int r = 0; r < down; r++) {
                for (int c = 0; c < across; c++) {
                    result[start + r * stride + column * across + c] = y[r * across + c] * scale;
                }
            }
        }
    }

    /**
     * Samples of a component before the block-level overlap: a plane of four times the block DCs each way.
     *
     * @param firstRow of macroblocks in the buffer, where the block DCs begin
     */
    static int[] blockLevel(PlaneBuffer buffer, int component, int firstRow, int[] blockDcs) {
        PlaneHeader header = buffer.header;
        int across = header.blocksAcross(component);
        int down = header.blocksDown(component);
        int blockStride = across * buffer.columns;
        int stride = 4 * blockStride;
        int[] result = new int[16 * blockDcs.length];
        int[] highpass = buffer.highpass[component];
        int[] x = new int[16];
        int[] y = new int[16];
        for (int row = 0; row < blockDcs.length / blockStride; row++) {
            for (int column = 0; column < blockStride; column++) {
                int block = row % down * across + column % across;
                int start = buffer.highpassStart(column / across, firstRow + row / down, across * down);
                System.arraycopy(highpass, start + block * 16, x, 0, 16);
                x[0] = blockDcs[row * blockStride + column];
                block(x, y);
                int at = row * 4 * stride + column * 4;
                for (int r = 0; r < 4; r++) {
                    System.arraycopy(y, 4 * r, result, at + r * stride, 4);
                }
            }
        }
        return result;
    }

    /** 4×4 inverse transform: coefficients by index to samples in raster order; the coefficients are lost. */
    private static void block(int[] x, int[] y) {
        up(x, 0, 2, 8, 10);
        odd(x, 1, 9, 11, 3);
        odd(x, 4, 6, 14, 12);
        oddOdd(x, 15, 7, 13, 5);
        down(x, 0, 9, 6, 5);
        down(x, 2, 1, 12, 13);
        down(x, 8, 3, 4, 7);
        down(x, 10, 11, 14, 15);
        y[0] = x[0];
        y[1] = x[2];
        y[2] = x[1];
        y[3] = x[9];
        y[4] = x[8];
        y[5] = x[10];
        y[6] = x[11];
        y[7] = x[3];
        y[8] = x[4];
        y[9] = x[14];
        y[10] = x[15];
        y[11] = x[7];
        y[12] = x[6];
        y[13] = x[12];
        y[14] = x[13];
        y[15] = x[5];
    }

    /** Lifting {@code dn}: a 2×2 Hadamard transform, rounding down. Operands are places of the array. */
    static void down(int[] v, int ia, int ib, int ic, int id) {
        hadamard(v, ia, ib, ic, id, 0);
    }

    private static void up(int[] v, int ia, int ib, int ic, int id) {
        hadamard(v, ia, ib, ic, id, 1);
    }

    private static void hadamard(int[] v, int ia, int ib, int ic, int id, int rounding) {
        int a = v[ia] + v[id];
        int b = v[ib] - v[ic];
        int c = v[ic];
        int d = v[id];
        int t = a - b + rounding >> 1;
        int newC = t - d;
        d = t - c;
        v[ia] = a - d;
        v[ib] = b + newC;
        v[ic] = newC;
        v[id] = d;
    }

    private static void odd(int[] v, int ia, int ib, int ic, int id) {
        int a = v[ia];
        int b = v[ib];
        int c = v[ic];
        int d = v[id];
        b += d;
        a -= c;
        d -= b >> 1;
        c += a + 1 >> 1;
        a -= 3 * b + 4 >> 3;
        b += 3 * a + 4 >> 3;
        c -= 3 * d + 4 >> 3;
        d += 3 * c + 4 >> 3;
        c -= b + 1 >> 1;
        d = (a + 1 >> 1) - d;
        b += c;
        a -= d;
        v[ia] = a;
        v[ib] = b;
        v[ic] = c;
        v[id] = d;
    }

    private static void oddOdd(int[] v, int ia, int ib, int ic, int id) {
        oddOdd(v, ia, ib, ic, id, 3, 3);
        v[ib] = -v[ib];
        v[ic] = -v[ic];
    }

    /** What {@code oddodd} and {@code ooPost} of sheet §8.1 have in common, with the rounding of the first two liftings. */
    static void oddOdd(int[] v, int ia, int ib, int ic, int id, int round1, int round2) {
        int a = v[ia];
        int b = v[ib];
        int c = v[ic];
        int d = v[id];
        d += a;
        c -= b;
        int t1 = d >> 1;
        int t2 = c >> 1;
        a -= t1;
        b += t2;
        a -= 3 * b + round1 >> 3;
        b += 3 * a + round2 >> 2;
        a -= 3 * b + 4 >> 3;
        b -= t2;
        a += t1;
        c += b;
        d -= a;
        v[ia] = a;
        v[ib] = b;
        v[ic] = c;
        v[id] = d;
    }
}
