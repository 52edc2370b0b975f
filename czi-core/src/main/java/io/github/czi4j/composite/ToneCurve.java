package io.github.czi4j.composite;

import io.github.czi4j.model.ChannelDisplay;
import java.util.List;

/**
 * Curves from the values of a pixel type to 8 bits that are given by a gamma or a spline (sheet §7.7), in double
 * precision and the same on every machine.
 */
final class ToneCurve {
    private static final int FULL = 255;
    /** Where the iteration for the slope of a gamma below 1 starts: the solution for 0.5. */
    private static final double FIRST_SLOPE = 224;

    private static final int MAX_STEPS = 200;
    private static final double PRECISION = 1e-6;

    @FunctionalInterface
    private interface Curve {
        /** From 0…1 to 0…1, more or less. */
        double at(double x);
    }

    private ToneCurve() {}

    /**
     * The curve of a channel as a table.
     *
     * @param values number of values of a sample: 256 or 65,536
     * @return 8 bits for each value; null if the channel has neither gamma nor spline
     */
    static byte[] table(ChannelDisplay display, int values) {
        if (!display.points().isEmpty()) {
            Spline spline = new Spline(display.points());
            return table(display, values, spline::at);
        }
        if (display.gamma().isEmpty()) {
            return null;
        }
        double gamma = display.gamma().getAsDouble();
        if (gamma >= 1) {
            return table(display, values, x -> StrictMath.pow(x, gamma));
        }
        double a = toeSlope(gamma);
        // Where the slope vanishes, as it does towards gamma 1, the curve is a straight line.
        double full = StrictMath.pow(a + 1, gamma) - 1;
        return table(display, values, full > 0 ? x -> (StrictMath.pow(a * x + 1, gamma) - 1) / full : x -> x);
    }

    private static byte[] table(ChannelDisplay display, int values, Curve curve) {
        int low = bounded(display.black(), values);
        int high = bounded(display.white(), values);
        byte[] table = new byte[values];
        for (int value = low; value < values; value++) {
            if (value >= high) {
                table[value] = (byte) FULL;
            } else {
                double x = (double) (value - low) / Math.max(1, high - low - 1);
                table[value] = (byte) Math.max(0, Math.min(FULL, (int) (FULL * curve.at(x))));
            }
        }
        return table;
    }

    private static int bounded(double share, int values) {
        return (int) Math.max(0, Math.min(values, share * values));
    }

    /** The solution of {@code a = ((a + 1)^g − 1) / g⁴}. */
    static double toeSlope(double gamma) {
        double divisor = StrictMath.pow(gamma, 4);
        double slope = FIRST_SLOPE;
        for (int step = 0; step < MAX_STEPS; step++) {
            double next = (StrictMath.pow(slope + 1, gamma) - 1) / divisor;
            boolean isSame = Math.abs(next - slope) < PRECISION;
            slope = next;
            if (isSame) {
                break;
            }
        }
        return slope;
    }

    /** A natural cubic spline through (0,0), some points and (1,1). */
    static final class Spline {
        private final double[] x;
        private final double[] y;
        /** Coefficients of the interval that begins at each point. */
        private final double[] a;

        private final double[] b;
        private final double[] c;

        Spline(List<ChannelDisplay.Point> between) {
            int intervals = between.size() + 1;
            x = new double[intervals + 1];
            y = new double[intervals + 1];
            for (int i = 1; i < intervals; i++) {
                x[i] = between.get(i - 1).x();
                y[i] = between.get(i - 1).y();
            }
            x[intervals] = 1;
            y[intervals] = 1;
            double[] h = new double[intervals];
            double[] slope = new double[intervals];
            for (int i = 0; i < intervals; i++) {
                h[i] = x[i + 1] - x[i];
                slope[i] = (y[i + 1] - y[i]) / h[i];
            }
            b = solve(h, slope);
            a = new double[intervals];
            c = new double[intervals];
            for (int i = 0; i < intervals; i++) {
                a[i] = (b[i + 1] - b[i]) / (3 * h[i]);
                c[i] = slope[i] - h[i] * (b[i + 1] + 2 * b[i]) / 3;
            }
        }

        /** The tridiagonal system for b, whose first and last are 0: elimination, then substitution. */
        private static double[] solve(double[] h, double[] slope) {
            int intervals = h.length;
            double[] b = new double[intervals + 1];
            double[] diagonal = new double[intervals];
            double[] right = new double[intervals];
            for (int i = 1; i < intervals; i++) {
                diagonal[i] = 2 * (h[i - 1] + h[i]);
                right[i] = 3 * (slope[i] - slope[i - 1]);
                if (i > 1) {
                    double factor = h[i - 1] / diagonal[i - 1];
                    diagonal[i] -= factor * h[i - 1];
                    right[i] -= factor * right[i - 1];
                }
            }
            for (int i = intervals - 1; i >= 1; i--) {
                b[i] = (right[i] - h[i] * b[i + 1]) / diagonal[i];
            }
            return b;
        }

        double at(double position) {
            int i = a.length - 1;
            while (i > 0 && position < x[i]) {
                i--;
            }
            double t = position - x[i];
            return ((a[i] * t + b[i]) * t + c[i]) * t + y[i];
        }
    }
}
