package io.github.czi4j.codec.jpegxr;

/**
 * The overlap filters (T.832 9.9, sheet §8.4–8.9) on a plane of block DCs or of samples, in place.
 */
final class OverlapFilter {
    /** Places of a 4×4 window in the order of sheet §8.6: for each k top left, top right, bottom left, bottom right. */
    private static final int[][] TOP_LEFT = {{1, 1}, {1, 0}, {0, 1}, {0, 0}};

    private static final int[][] TOP_RIGHT = {{1, 2}, {1, 3}, {0, 2}, {0, 3}};
    private static final int[][] BOTTOM_LEFT = {{2, 1}, {2, 0}, {3, 1}, {3, 0}};
    private static final int[][] BOTTOM_RIGHT = {{2, 2}, {2, 3}, {3, 2}, {3, 3}};

    /** Decides whether and how the compensation of HD Photo acts on a window (sheet §8.8). */
    @FunctionalInterface
    interface Compensation {
        /** Acts always, whatever the step. */
        int ALWAYS = -1;

        /**
         * The highpass step for the window centred at a sample; {@link #ALWAYS} where there is no highpass.
         */
        int step(int x, int y);
    }

    private final int[] plane;
    private final int stride;
    private final boolean isLegacy;
    private final int[] window = new int[16];

    OverlapFilter(int[] plane, int stride, boolean isLegacy) {
        this.plane = plane;
        this.stride = stride;
        this.isLegacy = isLegacy;
    }

    /** Filters a rectangle whose grid lines lie every four samples. */
    void overlap4(int left, int top, int right, int bottom, Compensation compensation) {
        for (int y = top + 4; y < bottom; y += 4) {
            line(left, right, y, compensation);
        }
        edge(left, right, top);
        edge(left, right, bottom - 2);
    }

    /** What lies on an inner horizontal grid line: windows, and both ends. */
    void line(int left, int right, int y, Compensation compensation) {
        for (int x = left + 4; x < right; x += 4) {
            window(x, y, compensation);
        }
        for (int x : new int[] {left, left + 1, right - 2, right - 1}) {
            int at = y * stride + x;
            post4(at - 2 * stride, at - stride, at, at + stride);
        }
    }

    /** The upper or lower two rows of a rectangle, with their corners. */
    void edge(int left, int right, int top) {
        for (int y = top; y < top + 2; y++) {
            for (int x = left + 4; x < right; x += 4) {
                int at = y * stride + x;
                post4(at - 2, at - 1, at, at + 1);
            }
        }
        if (!isLegacy) {
            for (int x : new int[] {left, right - 2}) {
                int at = top * stride + x;
                post4(at, at + 1, at + stride, at + stride + 1);
            }
        }
    }

    private void window(int x, int y, Compensation compensation) {
        int origin = (y - 2) * stride + x - 2;
        // By k: top left, top right, bottom left, bottom right.
        int[] w = window;
        for (int k = 0; k < 4; k++) {
            w[4 * k] = plane[origin + at(TOP_LEFT[k])];
            w[4 * k + 1] = plane[origin + at(TOP_RIGHT[k])];
            w[4 * k + 2] = plane[origin + at(BOTTOM_LEFT[k])];
            w[4 * k + 3] = plane[origin + at(BOTTOM_RIGHT[k])];
            InverseTransform.down(w, 4 * k, 4 * k + 1, 4 * k + 2, 4 * k + 3);
        }
        InverseTransform.oddOdd(w, 3, 7, 11, 15, 6, 2);
        rotate(w, 4 * 2 + 2, 4 * 3 + 2);
        rotate(w, 2, 4 + 2);
        rotate(w, 4 + 1, 4 * 3 + 1);
        rotate(w, 1, 4 * 2 + 1);
        for (int k = 0; k < 4; k++) {
            scale1(w, 4 * k, 4 * k + 3);
        }
        for (int k = 0; k < 4; k++) {
            scale2(w, 4 * k, 4 * k + 1, 4 * k + 2, 4 * k + 3);
        }
        if (compensation != null) {
            int step = compensation.step(x, y);
            for (int k = 0; k < 4; k++) {
                compensate(w, 4 * k, step);
            }
        }
        for (int k = 0; k < 4; k++) {
            plane[origin + at(TOP_LEFT[k])] = w[4 * k];
            plane[origin + at(TOP_RIGHT[k])] = w[4 * k + 1];
            plane[origin + at(BOTTOM_LEFT[k])] = w[4 * k + 2];
            plane[origin + at(BOTTOM_RIGHT[k])] = w[4 * k + 3];
        }
    }

    private int at(int[] rowAndColumn) {
        return rowAndColumn[0] * stride + rowAndColumn[1];
    }

    private static void rotate(int[] v, int ia, int ib) {
        v[ia] -= v[ib] + 1 >> 1;
        v[ib] += v[ia] + 1 >> 1;
    }

    private void scale1(int[] v, int ia, int id) {
        int a = v[ia] + v[id];
        int d = (a >> 1) - v[id];
        a += 3 * d >> 3;
        d += 3 * a >> 4;
        if (!isLegacy) {
            d += a >> 7;
            d -= a >> 10;
        }
        v[ia] = a;
        v[id] = d;
    }

    private static void scale2(int[] v, int ia, int ib, int ic, int id) {
        int c = v[ic];
        int b = v[ib] - c;
        int a = v[ia] + (3 * v[id] + 4 >> 3);
        int d = v[id] - (b >> 1);
        int newC = (a - b >> 1) - c;
        v[ia] = a - newC;
        v[ib] = b + d;
        v[ic] = d;
        v[id] = newC;
    }

    private static void compensate(int[] v, int i, int step) {
        int a = v[i];
        int b = v[i + 1];
        int c = v[i + 2];
        int d = v[i + 3];
        int s = (a + b + c + d >> 1) * 595 + 65536 >> 17;
        if (step != Compensation.ALWAYS && (step <= 20 || Math.abs(s) >= step)) {
            return;
        }
        int alternative = a - b - c + d >> 1;
        int r = 0;
        if (s > 0 && alternative > 0) {
            r = Math.min(s, alternative);
        } else if (s < 0 && alternative < 0) {
            r = Math.max(s, alternative);
        }
        r >>= 1;
        v[i] = a - r;
        v[i + 1] = b + r;
        v[i + 2] = c + r;
        v[i + 3] = d - r;
    }

    /** On four samples, given by their places. */
    private void post4(int ia, int ib, int ic, int id) {
        int[] four = {plane[ia], plane[ib], plane[ic], plane[id]};
        post4(four, isLegacy);
        plane[ia] = four[0];
        plane[ib] = four[1];
        plane[ic] = four[2];
        plane[id] = four[3];
    }

    static void post4(int[] v, boolean isLegacy) {
        v[0] += v[3];
        v[1] += v[2];
        v[3] -= v[0] + 1 >> 1;
        v[2] -= v[1] + 1 >> 1;
        if (!isLegacy) {
            scaleEdge(v, 0, 3);
            scaleEdge(v, 1, 2);
        }
        rotate(v, 2, 3);
        v[3] += v[0] + 1 >> 1;
        v[2] += v[1] + 1 >> 1;
        if (isLegacy) {
            scaleLegacyEdge(v, 0, 3);
            scaleLegacyEdge(v, 1, 2);
        } else {
            v[0] -= v[3];
            v[1] -= v[2];
        }
    }

    private static void scaleEdge(int[] v, int ip, int iq) {
        int p = v[ip] + v[iq];
        int q = (p >> 1) - v[iq];
        p += 3 * q >> 3;
        q += 3 * p >> 4;
        q += p >> 7;
        q -= p >> 10;
        p += 3 * q + 4 >> 3;
        q -= p >> 1;
        v[ip] = p + q;
        v[iq] = -q;
    }

    private static void scaleLegacyEdge(int[] v, int ip, int iq) {
        v[ip] -= v[iq] - (3 * v[iq] + 16 >> 5);
        v[iq] += 3 * v[ip] + 8 >> 4;
        v[ip] += 3 * v[iq] + 16 >> 5;
    }

    /** Filters a rectangle of block DCs of subsampled chroma, whose grid lines lie every two samples (sheet §8.7). */
    void overlap2(int left, int top, int right, int bottom) {
        int[] corners = {
            top * stride + left,
            top * stride + right - 1,
            (bottom - 1) * stride + left,
            (bottom - 1) * stride + right - 1
        };
        int[] neighbours = {corners[0] + 1, corners[1] - 1, corners[2] + 1, corners[3] - 1};
        int[] before = new int[4];
        for (int i = 0; i < 4; i++) {
            before[i] = plane[neighbours[i]];
        }
        for (int y = top + 2; y < bottom; y += 2) {
            for (int x = left + 2; x < right; x += 2) {
                int at = y * stride + x;
                post2x2(at - stride - 1, at - stride, at - 1, at);
            }
        }
        for (int x = left + 2; x < right; x += 2) {
            for (int y : new int[] {top, bottom - 1}) {
                post2(y * stride + x - 1, y * stride + x);
            }
        }
        for (int y = top + 2; y < bottom; y += 2) {
            for (int x : new int[] {left, right - 1}) {
                post2((y - 1) * stride + x, y * stride + x);
            }
        }
        if (!isLegacy) {
            for (int i = 0; i < 4; i++) {
                plane[corners[i]] += plane[neighbours[i]] - before[i];
            }
        }
    }

    private void post2x2(int ia, int ib, int ic, int id) {
        int a = plane[ia];
        int b = plane[ib];
        int c = plane[ic];
        int d = plane[id];
        a += d;
        b += c;
        d -= a + 1 >> 1;
        c -= b + 1 >> 1;
        b += a + 2 >> 2;
        a += b + 1 >> 1;
        if (!isLegacy) {
            a += b >> 5;
            a += b >> 9;
            a += b >> 13;
        }
        b += a + 2 >> 2;
        d += a + 1 >> 1;
        c += b + 1 >> 1;
        plane[ia] = a - d;
        plane[ib] = b - c;
        plane[ic] = c;
        plane[id] = d;
    }

    private void post2(int ia, int ib) {
        int a = plane[ia];
        int b = plane[ib];
        if (isLegacy) {
            b += a + 4 >> 3;
            a += b + 2 >> 2;
            b += a + 4 >> 3;
        } else {
            b += a + 2 >> 2;
            a += b + 1 >> 1;
            a += b >> 5;
            a += b >> 9;
            a += b >> 13;
            b += a + 2 >> 2;
        }
        plane[ia] = a;
        plane[ib] = b;
    }
}
