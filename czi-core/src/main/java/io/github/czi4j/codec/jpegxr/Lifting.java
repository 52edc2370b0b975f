package io.github.czi4j.codec.jpegxr;

/**
 * The liftings of the inverse transform and of the windows (sheet §8.1, §8.6) on arrays, each as one loop that the compiler
 * turns into vector code. {@link InverseTransform} and {@link OverlapFilter} say the same plainly.
 *
 * <p>What C2 makes vector code of was found by trying: loops that touch at most four arrays, all at the same index, and assign
 * each element once at the end. 3 · x must be a sum: as a product it becomes a shift and an addition, with which a chain of
 * steps stays scalar, and a product of vectors slows down all that follows on some processors. What is in parts here stayed
 * scalar as one loop, on one JDK or with one collector. All this holds while a loop is compiled by itself: inlined among others
 * some stay scalar. None is, as all are called from one place, which has more receivers than the compiler inlines. The machine
 * code of all was looked at on JDK 17 and 25 with Serial, Parallel and G1; {@code JpegXrStageBenchmark} shows what is lost if
 * a change makes one scalar.
 */
enum Lifting {
    /** The Hadamard transform {@code dn}, rounding down. */
    DOWN {
        @Override
        void apply(int[] pa, int[] pb, int[] pc, int[] pd, int end) {
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
    },

    /** The same rounding up. */
    UP {
        @Override
        void apply(int[] pa, int[] pb, int[] pc, int[] pd, int end) {
            for (int i = 0; i < end; i++) {
                int a = pa[i] + pd[i];
                int b = pb[i] - pc[i];
                int t = a - (b - 1) >> 1;
                int c = t - pd[i];
                int d = t - pc[i];
                pa[i] = a - d;
                pb[i] = b + c;
                pc[i] = c;
                pd[i] = d;
            }
        }
    },

    /** The liftings {@code odd}, first part. */
    ODD_1 {
        @Override
        void apply(int[] pa, int[] pb, int[] pc, int[] pd, int end) {
            for (int i = 0; i < end; i++) {
                int d = pd[i];
                int c = pc[i];
                int b = pb[i] + d;
                int a = pa[i] - c;
                d -= b >> 1;
                c += a + 1 >> 1;
                a -= b + b + b + 4 >> 3;
                b += a + a + a + 4 >> 3;
                pa[i] = a;
                pb[i] = b;
                pc[i] = c;
                pd[i] = d;
            }
        }
    },

    /** The second part. */
    ODD_2 {
        @Override
        void apply(int[] pa, int[] pb, int[] pc, int[] pd, int end) {
            for (int i = 0; i < end; i++) {
                int a = pa[i];
                int b = pb[i];
                int d = pd[i];
                int c = pc[i] - (d + d + d + 4 >> 3);
                d += c + c + c + 4 >> 3;
                c -= b + 1 >> 1;
                d = (a + 1 >> 1) - d;
                pa[i] = a - d;
                pb[i] = b + c;
                pc[i] = c;
                pd[i] = d;
            }
        }
    },

    /** {@code oddodd}, first part. */
    ODD_ODD_1 {
        @Override
        void apply(int[] pa, int[] pb, int[] pc, int[] pd, int end) {
            for (int i = 0; i < end; i++) {
                int a = pa[i];
                int b = pb[i];
                int d = pd[i] + a;
                int c = pc[i] - b;
                a -= d >> 1;
                b += c >> 1;
                a -= b + b + b + 3 >> 3;
                pa[i] = a;
                pb[i] = b;
                pc[i] = c;
                pd[i] = d;
            }
        }
    },

    /** The second part. */
    ODD_ODD_2 {
        @Override
        void apply(int[] pa, int[] pb, int[] pc, int[] pd, int end) {
            for (int i = 0; i < end; i++) {
                int a = pa[i];
                int c = pc[i];
                int d = pd[i];
                int b = pb[i] + (a + a + a + 3 >> 2);
                a -= b + b + b + 4 >> 3;
                b -= c >> 1;
                a += d >> 1;
                c += b;
                pa[i] = a;
                pb[i] = -b;
                pc[i] = -c;
                pd[i] = d - a;
            }
        }
    },

    /** {@code ooPost} of the windows, first part. */
    ODD_ODD_POST_1 {
        @Override
        void apply(int[] pa, int[] pb, int[] pc, int[] pd, int end) {
            for (int i = 0; i < end; i++) {
                int a = pa[i];
                int b = pb[i];
                int d = pd[i] + a;
                int c = pc[i] - b;
                a -= d >> 1;
                b += c >> 1;
                a -= b + b + b + 6 >> 3;
                pa[i] = a;
                pb[i] = b;
                pc[i] = c;
                pd[i] = d;
            }
        }
    },

    /** The second part. */
    ODD_ODD_POST_2 {
        @Override
        void apply(int[] pa, int[] pb, int[] pc, int[] pd, int end) {
            for (int i = 0; i < end; i++) {
                int a = pa[i];
                int c = pc[i];
                int d = pd[i];
                int b = pb[i] + (a + a + a + 2 >> 2);
                a -= b + b + b + 4 >> 3;
                b -= c >> 1;
                a += d >> 1;
                pa[i] = a;
                pb[i] = b;
                pc[i] = c + b;
                pd[i] = d - a;
            }
        }
    },

    /** {@code rotate} of a and b, and of c and d. */
    ROTATE {
        @Override
        void apply(int[] pa, int[] pb, int[] pc, int[] pd, int end) {
            for (int i = 0; i < end; i++) {
                int a = pa[i] - (pb[i] + 1 >> 1);
                pb[i] += a + 1 >> 1;
                pa[i] = a;
                int c = pc[i] - (pd[i] + 1 >> 1);
                pd[i] += c + 1 >> 1;
                pc[i] = c;
            }
        }
    },

    /** {@code scale} of a and d up to the first step that takes b and c. */
    SCALE_1 {
        @Override
        void apply(int[] pa, int[] pb, int[] pc, int[] pd, int end) {
            for (int i = 0; i < end; i++) {
                int a = pa[i] + pd[i];
                int d = (a >> 1) - pd[i];
                a += d + d + d >> 3;
                d += (a + a + a >> 4) + (a >> 7) - (a >> 10);
                a += d + d + d + 4 >> 3;
                pa[i] = a;
                pd[i] = d;
            }
        }
    },

    /** The same for HD Photo. */
    SCALE_1_LEGACY {
        @Override
        void apply(int[] pa, int[] pb, int[] pc, int[] pd, int end) {
            for (int i = 0; i < end; i++) {
                int a = pa[i] + pd[i];
                int d = (a >> 1) - pd[i];
                a += d + d + d >> 3;
                d += a + a + a >> 4;
                a += d + d + d + 4 >> 3;
                pa[i] = a;
                pd[i] = d;
            }
        }
    },

    /** The second part, of b, c and d. */
    SCALE_2 {
        @Override
        void apply(int[] pa, int[] pb, int[] pc, int[] pd, int end) {
            for (int i = 0; i < end; i++) {
                int b = pb[i] - pc[i];
                pd[i] -= b >> 1;
                pb[i] = b;
            }
        }
    },

    /** The third part, of a, b and c. */
    SCALE_3 {
        @Override
        void apply(int[] pa, int[] pb, int[] pc, int[] pd, int end) {
            for (int i = 0; i < end; i++) {
                int c = (pa[i] - pb[i] >> 1) - pc[i];
                pa[i] -= c;
                pc[i] = c;
            }
        }
    },

    /** The last part, in which c and d change places. */
    SCALE_4 {
        @Override
        void apply(int[] pa, int[] pb, int[] pc, int[] pd, int end) {
            for (int i = 0; i < end; i++) {
                int d = pd[i];
                pb[i] += d;
                pd[i] = pc[i];
                pc[i] = d;
            }
        }
    };

    /** Changes the elements before an index. */
    abstract void apply(int[] pa, int[] pb, int[] pc, int[] pd, int end);

    /** A lifting and the places of its operands among the arrays of a sequence. */
    record Step(Lifting lifting, int a, int b, int c, int d) {}

    /** Applies a sequence to the elements of arrays before an index. */
    static void apply(Step[] steps, int[][] arrays, int end) {
        for (Step step : steps) {
            step.lifting.apply(arrays[step.a], arrays[step.b], arrays[step.c], arrays[step.d], end);
        }
    }
}
