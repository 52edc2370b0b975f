package io.github.czi4j.bench.measure;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;

/**
 * A median and how sure it is: a percentile bootstrap interval (Efron 1979). Samples come in groups, such as the runs of
 * one JVM: groups are drawn with replacement, then samples within each, so that what differs from JVM to JVM widens the
 * interval as it should. With fewer than six groups even the range from the lowest to the highest is less sure than 95 %,
 * and {@link #confidence()} says how sure at most: 1 − 2 · 0.5ⁿ for n groups, the probability that the true median lies
 * between their extremes. The draws are the same each time.
 *
 * @param median middle of the samples
 * @param low lower end
 * @param high upper end
 * @param confidence probability that the interval holds the true median, 0 to 1
 * @param min lowest sample
 * @param max highest sample
 * @param count number of samples
 */
public record Interval(double median, double low, double high, double confidence, double min, double max, int count) {
    /** What an interval aims at. */
    public static final double LEVEL = 0.95;

    private static final int DRAWS = 4000;
    private static final long SEED = 20_240_229;
    /** Least number of samples among which an outlier can be told. */
    private static final int OUTLIER_SAMPLES = 5;
    /** Makes the median absolute deviation of a normal distribution its standard deviation. */
    private static final double MAD_SCALE = 1.4826;

    private static final double OUTLIER_DEVIATIONS = 3;
    /** What differs less from the median is no outlier, however close the others are. */
    private static final double OUTLIER_SHARE = 0.02;

    /**
     * Sums up samples that have nothing to do with each other.
     *
     * @param samples at least 1, in any order; not changed
     * @return median and interval
     */
    public static Interval of(double... samples) {
        return ofGroups(
                Arrays.stream(samples).mapToObj(sample -> new double[] {sample}).toList());
    }

    /**
     * Sums up groups of samples.
     *
     * @param groups at least 1, with at least 1 sample each
     * @return median and interval of all samples
     */
    public static Interval ofGroups(List<double[]> groups) {
        SplittableRandom random = new SplittableRandom(SEED);
        double[] all = join(groups);
        return interval(
                medianOf(all), all, groups.size(), () -> resampled(groups, chosen(groups.size(), random), random));
    }

    /**
     * The ratio of two medians. If there are as many groups of one as of the other they are taken for pairs, measured one
     * after the other, and drawn together: what slowed down both does not count.
     *
     * @param over groups of the samples above the line
     * @param under groups of the samples below the line
     * @param isPaired whether the groups are pairs if there are as many
     * @return median and interval of the ratio; {@code min} and {@code max} are those of the draws
     */
    public static Interval ratio(List<double[]> over, List<double[]> under, boolean isPaired) {
        SplittableRandom random = new SplittableRandom(SEED);
        boolean isTogether = isPaired && over.size() == under.size();
        double ratio = medianOf(join(over)) / medianOf(join(under));
        return interval(ratio, null, Math.min(over.size(), under.size()), () -> {
            int[] first = chosen(over.size(), random);
            int[] second = isTogether ? first : chosen(under.size(), random);
            return resampled(over, first, random) / resampled(under, second, random);
        });
    }

    private static Interval interval(double median, double[] samples, int groups, DoubleSupplier draw) {
        double[] drawn = new double[DRAWS];
        for (int i = 0; i < DRAWS; i++) {
            drawn[i] = draw.getAsDouble();
        }
        Arrays.sort(drawn);
        int skip = (int) ((1 - LEVEL) / 2 * DRAWS);
        double[] range = samples == null ? drawn : samples.clone();
        Arrays.sort(range);
        return new Interval(
                median,
                Math.min(median, drawn[skip]),
                Math.max(median, drawn[DRAWS - 1 - skip]),
                groups == 1 ? 0 : Math.min(LEVEL, 1 - 2 * Math.pow(0.5, groups)),
                range[0],
                range[range.length - 1],
                samples == null ? groups : samples.length);
    }

    private static int[] chosen(int count, SplittableRandom random) {
        int[] chosen = new int[count];
        for (int i = 0; i < count; i++) {
            chosen[i] = random.nextInt(count);
        }
        return chosen;
    }

    /** The median of samples drawn from the chosen groups, as many from each as it has. */
    private static double resampled(List<double[]> groups, int[] chosen, SplittableRandom random) {
        int count = 0;
        for (int index : chosen) {
            count += groups.get(index).length;
        }
        double[] samples = new double[count];
        int at = 0;
        for (int index : chosen) {
            double[] group = groups.get(index);
            for (int i = 0; i < group.length; i++) {
                samples[at++] = group[random.nextInt(group.length)];
            }
        }
        Arrays.sort(samples);
        return middle(samples);
    }

    private static double[] join(List<double[]> groups) {
        return groups.stream().flatMapToDouble(Arrays::stream).toArray();
    }

    /**
     * The middle of some samples; of an even number, the mean of the two in the middle.
     *
     * @param samples at least 1, in any order; not changed
     * @return their median
     */
    public static double medianOf(double... samples) {
        if (samples.length == 0) {
            throw new IllegalArgumentException("a median needs at least one sample");
        }
        double[] sorted = samples.clone();
        Arrays.sort(sorted);
        return middle(sorted);
    }

    private static double middle(double[] sorted) {
        int n = sorted.length;
        return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
    }

    /**
     * Samples that lie far from the others: by more than three times the median absolute deviation, scaled to be the
     * standard deviation where there is a normal distribution (Hampel), and by more than 2 % of the median.
     *
     * @param samples in any order
     * @return for each of them whether it is one; none of fewer than five is
     */
    public static boolean[] outliers(double... samples) {
        boolean[] result = new boolean[samples.length];
        if (samples.length < OUTLIER_SAMPLES) {
            return result;
        }
        double median = medianOf(samples);
        double deviation = medianOf(
                Arrays.stream(samples).map(sample -> Math.abs(sample - median)).toArray());
        double limit = Math.max(OUTLIER_DEVIATIONS * MAD_SCALE * deviation, OUTLIER_SHARE * median);
        for (int i = 0; i < samples.length; i++) {
            result[i] = Math.abs(samples[i] - median) > limit;
        }
        return result;
    }

    /**
     * Whether the interval is as sure as it should be.
     *
     * @return false if there were too few groups of samples
     */
    public boolean isSure() {
        return confidence >= LEVEL;
    }

    /**
     * Whether these samples are lower than others beyond doubt.
     *
     * @param other others
     * @return false if the intervals share a value
     */
    public boolean isBelow(Interval other) {
        return high < other.low;
    }

    /**
     * Whether nothing can be said about which is lower.
     *
     * @param other others
     * @return true if the intervals share a value
     */
    public boolean overlaps(Interval other) {
        return !isBelow(other) && !other.isBelow(this);
    }
}
