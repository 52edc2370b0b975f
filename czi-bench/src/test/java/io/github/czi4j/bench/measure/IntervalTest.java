package io.github.czi4j.bench.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IntervalTest {
    @Test
    void theBootstrapOfNineLeavesOneOutAtEachEnd() {
        // P(median of a draw ≤ k-th of 9) = P(Bin(9, k/9) ≥ 5): 0.0015 for k = 1, 0.030 for k = 2.
        Interval nine = Interval.of(numbers(9));
        assertEquals(5, nine.median());
        assertEquals(2, nine.low());
        assertEquals(8, nine.high());
        assertEquals(0.95, nine.confidence());
        assertEquals(1, nine.min());
        assertEquals(9, nine.max());
        assertEquals(9, nine.count());
    }

    @Test
    void sixSamplesAreTheFirstThatCanBeSure() {
        assertEquals(0.9375, Interval.of(5, 1, 4, 2, 3).confidence(), 1e-12);
        assertFalse(Interval.of(5, 1, 4, 2, 3).isSure());
        assertTrue(Interval.of(6, 5, 1, 4, 2, 3).isSure());
        assertEquals(3.5, Interval.of(6, 5, 1, 4, 2, 3).median());
    }

    @Test
    void oneSampleSaysNothing() {
        Interval one = Interval.of(7);
        assertEquals(7, one.median());
        assertEquals(0, one.confidence());
        assertThrows(IllegalArgumentException.class, Interval::medianOf);
    }

    @Test
    void theIntervalHoldsTheMedianAboutAsOftenAsItSays() {
        Random random = new Random(11);
        int held = 0;
        int runs = 300;
        for (int i = 0; i < runs; i++) {
            // The median of the exponential distribution is ln 2.
            double[] samples = IntStream.range(0, 12)
                    .mapToDouble(k -> -Math.log(1 - random.nextDouble()))
                    .toArray();
            Interval interval = Interval.of(samples);
            held += interval.low() <= Math.log(2) && Math.log(2) <= interval.high() ? 1 : 0;
        }
        assertEquals(0.95, (double) held / runs, 0.03);
    }

    @Test
    void whatDiffersFromJvmToJvmWidensTheInterval() {
        Random random = new Random(5);
        List<double[]> groups = new ArrayList<>();
        int heldByGroups = 0;
        int heldBySamples = 0;
        for (int run = 0; run < 60; run++) {
            groups.clear();
            for (int jvm = 0; jvm < 8; jvm++) {
                double luck = random.nextGaussian();
                groups.add(IntStream.range(0, 10)
                        .mapToDouble(k -> 100 + luck + 0.05 * random.nextGaussian())
                        .toArray());
            }
            heldByGroups += holds(Interval.ofGroups(groups));
            heldBySamples += holds(
                    Interval.of(groups.stream().flatMapToDouble(Arrays::stream).toArray()));
        }
        assertTrue(heldByGroups >= 53, heldByGroups + " of 60");
        assertTrue(heldBySamples <= 45, heldBySamples + " of 60");
    }

    private static int holds(Interval interval) {
        return interval.low() <= 100 && 100 <= interval.high() ? 1 : 0;
    }

    @Test
    void pairsThatSlowDownTogetherKeepTheirRatio() {
        List<double[]> slow = List.of(one(10), one(20), one(40), one(12), one(16), one(30));
        List<double[]> fast = List.of(one(5), one(10), one(20), one(6), one(8), one(15));
        Interval paired = Interval.ratio(slow, fast, true);
        assertEquals(2, paired.median());
        assertTrue(paired.high() - paired.low() < 0.5 && paired.low() > 1.5, paired.toString());
        Interval alone = Interval.ratio(slow, fast, false);
        assertEquals(2, alone.median());
        assertTrue(alone.high() - alone.low() > 1, alone.toString());
    }

    private static double[] one(double value) {
        return new double[] {value};
    }

    @Test
    void outliersAreThoseBeyondThreeScaledDeviations() {
        assertArrayEquals(
                new boolean[] {false, false, false, false, false, true},
                Interval.outliers(10, 10.1, 9.9, 10.05, 9.95, 20));
        // Median 10, median deviation 1: the limit is at 3 · 1.4826.
        assertArrayEquals(
                new boolean[] {false, false, false, false, false, false, true},
                Interval.outliers(8, 9, 10, 10, 11, 14.4, 14.5));
        assertArrayEquals(new boolean[4], Interval.outliers(1, 1, 1, 100));
        assertArrayEquals(new boolean[5], Interval.outliers(100, 100, 100, 100, 101.9));
    }

    @Test
    void intervalsThatShareAValueDecideNothing() {
        Interval fast = interval(1.0, 1.3);
        assertTrue(fast.overlaps(interval(1.3, 1.8)));
        assertFalse(fast.isBelow(interval(1.3, 1.8)));
        assertTrue(fast.isBelow(interval(1.31, 1.8)));
        assertFalse(interval(1.31, 1.8).isBelow(fast));
        assertFalse(interval(1.31, 1.8).overlaps(fast));
    }

    private static Interval interval(double low, double high) {
        return new Interval((low + high) / 2, low, high, 0.95, low, high, 6);
    }

    private static double[] numbers(int count) {
        return IntStream.rangeClosed(1, count).mapToDouble(i -> i).toArray();
    }
}
