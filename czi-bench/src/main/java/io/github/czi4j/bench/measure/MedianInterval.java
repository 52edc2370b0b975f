package io.github.czi4j.bench.measure;

import java.util.Arrays;

/**
 * The median of some samples and how sure it is. The interval goes from one sample to another, chosen by rank so that
 * it holds the true median with at least 95 % probability, whatever the distribution; with fewer than six samples even
 * the range from lowest to highest is less sure than that, and {@link #confidence()} says how sure.
 *
 * @param median middle of the samples
 * @param low lower end
 * @param high upper end
 * @param confidence probability that the interval holds the true median, 0 to 1
 * @param min lowest sample
 * @param max highest sample
 * @param count number of samples
 */
public record MedianInterval(
        double median, double low, double high, double confidence, double min, double max, int count) {
    /** What an interval aims at. */
    public static final double LEVEL = 0.95;

    /**
     * Sums up samples.
     *
     * @param samples at least 1, in any order; not changed
     * @return median and interval
     */
    public static MedianInterval of(double... samples) {
        int n = samples.length;
        if (n == 0) {
            throw new IllegalArgumentException("a median needs at least one sample");
        }
        double[] sorted = samples.clone();
        Arrays.sort(sorted);
        double median = n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
        int skip = 0;
        while (2 * (skip + 1) < n && confidence(n, skip + 1) >= LEVEL) {
            skip++;
        }
        return new MedianInterval(
                median,
                sorted[skip],
                sorted[n - 1 - skip],
                n == 1 ? 0 : confidence(n, skip),
                sorted[0],
                sorted[n - 1],
                n);
    }

    /** How likely the median lies between the sample that has {@code skip} below it and the one with as many above. */
    private static double confidence(int n, int skip) {
        double tail = 0;
        double term = Math.pow(0.5, n);
        for (int k = 0; k <= skip; k++) {
            tail += term;
            term = term * (n - k) / (k + 1);
        }
        return 1 - 2 * tail;
    }

    /**
     * Whether these samples are lower than others beyond doubt.
     *
     * @param other others
     * @return false if the intervals share a value
     */
    public boolean isBelow(MedianInterval other) {
        return high < other.low;
    }

    /**
     * Whether nothing can be said about which is lower.
     *
     * @param other others
     * @return true if the intervals share a value
     */
    public boolean overlaps(MedianInterval other) {
        return !isBelow(other) && !other.isBelow(this);
    }
}
