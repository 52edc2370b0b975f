package io.github.czi4j.codec.jpegxr;

/**
 * The liftings of the inverse transform and of the windows (sheet §8.1, §8.6) on arrays, each as one loop that the compiler
 * turns into vector code. {@link InverseTransform} and {@link OverlapFilter} say the same plainly.
 *
 * <p>C2 does so if a loop touches at most four arrays, all at the same index, assigns each element once, and if no operand
 * stands twice in an expression. A multiplication by the constant 3 becomes a shift and an addition of the same operand and
 * ends it; one by a parameter does not. A lifting in two parts was too long for one loop. All this holds while a loop is
 * compiled by itself: inlined among others some stay scalar. Here none is inlined, as each is called from one place that
 * has more receivers than the compiler inlines.
 */
enum Lifting {
    /** The Hadamard transform {@code dn}, rounding down. */
    DOWN {
        @Override
        void apply(int[] pa, int[] pb, int[] pc, int[] pd, int end, int three) {
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
        void apply(int[] pa, int[] pb, int[] pc, int[] pd, int end, int three) {
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
    },

    /** The liftings {@code odd}, first part. */
    ODD_1 {
        @Override
        void apply(int[] pa, int[] pb, int[] pc, int[] pd, int end, int three) {
            for (int i = 0; i < end; i++) {
                int d = pd[i];
                int c = pc[i];
                int b = pb[i] + d;
                int a = pa[i] - c;
                d -= b >> 1;
                c += a + 1 >> 1;
                a -= three * b + 4 >> 3;
                c -= three * d + 4 >> 3;
                b += three * a + 4 >> 3;
                d += three * c + 4 >> 3;
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
        void apply(int[] pa, int[] pb, int[] pc, int[] pd, int end, int three) {
            for (int i = 0; i < end; i++) {
                int a = pa[i];
                int b = pb[i];
                int c = pc[i] - (b + 1 >> 1);
                int d = (a + 1 >> 1) - pd[i];
                pb[i] = b + c;
                pa[i] = a - d;
                pc[i] = c;
                pd[i] = d;
            }
        }
    },

    /** {@code oddodd}. */
    ODD_ODD {
        @Override
        void apply(int[] pa, int[] pb, int[] pc, int[] pd, int end, int three) {
            for (int i = 0; i < end; i++) {
                int a = pa[i];
                int b = pb[i];
                int d = pd[i] + a;
                int c = pc[i] - b;
                a -= d >> 1;
                b += c >> 1;
                a -= three * b + 3 >> 3;
                b += three * a + 3 >> 2;
                a -= three * b + 4 >> 3;
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

    /** {@code ooPost} of the windows. */
    ODD_ODD_POST {
        @Override
        void apply(int[] pa, int[] pb, int[] pc, int[] pd, int end, int three) {
            for (int i = 0; i < end; i++) {
                int a = pa[i];
                int b = pb[i];
                int d = pd[i] + a;
                int c = pc[i] - b;
                a -= d >> 1;
                b += c >> 1;
                a -= three * b + 6 >> 3;
                b += three * a + 2 >> 2;
                a -= three * b + 4 >> 3;
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
        void apply(int[] pa, int[] pb, int[] pc, int[] pd, int end, int three) {
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
        void apply(int[] pa, int[] pb, int[] pc, int[] pd, int end, int three) {
            for (int i = 0; i < end; i++) {
                int a = pa[i] + pd[i];
                int d = (a >> 1) - pd[i];
                a += three * d >> 3;
                d += (three * a >> 4) + (a >> 7) - (a >> 10);
                a += three * d + 4 >> 3;
                pa[i] = a;
                pd[i] = d;
            }
        }
    },

    /** The same for HD Photo. */
    SCALE_1_LEGACY {
        @Override
        void apply(int[] pa, int[] pb, int[] pc, int[] pd, int end, int three) {
            for (int i = 0; i < end; i++) {
                int a = pa[i] + pd[i];
                int d = (a >> 1) - pd[i];
                a += three * d >> 3;
                d += three * a >> 4;
                a += three * d + 4 >> 3;
                pa[i] = a;
                pd[i] = d;
            }
        }
    },

    /** The rest of {@code scale}. */
    SCALE_2 {
        @Override
        void apply(int[] pa, int[] pb, int[] pc, int[] pd, int end, int three) {
            for (int i = 0; i < end; i++) {
                int c = pc[i];
                int b = pb[i] - c;
                int d = pd[i] - (b >> 1);
                int a = pa[i];
                int changed = (a - b >> 1) - c;
                pa[i] = a - changed;
                pb[i] = b + d;
                pc[i] = d;
                pd[i] = changed;
            }
        }
    };

    /**
     * Changes the elements before an index.
     *
     * @param three the number 3
     */
    abstract void apply(int[] pa, int[] pb, int[] pc, int[] pd, int end, int three);

    /** A lifting and the places of its operands among the arrays of a sequence. */
    record Step(Lifting lifting, int a, int b, int c, int d) {}

    /** Applies a sequence to the elements of arrays before an index. */
    static void apply(Step[] steps, int[][] arrays, int end) {
        for (Step step : steps) {
            step.lifting.apply(arrays[step.a], arrays[step.b], arrays[step.c], arrays[step.d], end, 3);
        }
    }
}
