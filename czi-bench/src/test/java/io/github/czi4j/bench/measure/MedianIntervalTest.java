package io.github.czi4j.bench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MedianIntervalTest {
    @Test
    void sixSamplesAreTheFirstWhoseRangeIsSureEnough() {
        MedianInterval five = MedianInterval.of(5, 1, 4, 2, 3);
        assertEquals(3, five.median());
        assertEquals(1, five.low());
        assertEquals(5, five.high());
        assertEquals(0.9375, five.confidence(), 1e-12);

        MedianInterval six = MedianInterval.of(6, 5, 1, 4, 2, 3);
        assertEquals(3.5, six.median());
        assertEquals(1, six.low());
        assertEquals(6, six.high());
        assertEquals(0.96875, six.confidence(), 1e-12);
    }

    @Test
    void moreSamplesLeaveTheExtremesOut() {
        // Ranks 2 and 8 of 9, 4 and 12 of 15: the tables of the sign test.
        MedianInterval nine = MedianInterval.of(numbers(9));
        assertEquals(2, nine.low());
        assertEquals(8, nine.high());
        assertEquals(1 - 2 * 10 / 512.0, nine.confidence(), 1e-12);
        MedianInterval fifteen = MedianInterval.of(numbers(15));
        assertEquals(4, fifteen.low());
        assertEquals(12, fifteen.high());
        assertEquals(1, fifteen.min());
        assertEquals(15, fifteen.max());
        assertTrue(fifteen.confidence() >= MedianInterval.LEVEL);
    }

    @Test
    void oneSampleSaysNothing() {
        MedianInterval one = MedianInterval.of(7);
        assertEquals(7, one.median());
        assertEquals(0, one.confidence());
        assertThrows(IllegalArgumentException.class, MedianInterval::of);
    }

    @Test
    void theIntervalHoldsTheMedianAsOftenAsItSays() {
        Random random = new Random(11);
        int held = 0;
        for (int i = 0; i < 20_000; i++) {
            // The median of the exponential distribution is ln 2.
            double[] samples = IntStream.range(0, 9)
                    .mapToDouble(k -> -Math.log(1 - random.nextDouble()))
                    .toArray();
            MedianInterval interval = MedianInterval.of(samples);
            held += interval.low() <= Math.log(2) && Math.log(2) <= interval.high() ? 1 : 0;
        }
        assertEquals(1 - 2 * 10 / 512.0, held / 20_000.0, 0.005);
    }

    @Test
    void intervalsThatShareAValueDecideNothing() {
        MedianInterval fast = MedianInterval.of(1.0, 1.1, 1.2, 1.05, 1.15, 1.3);
        MedianInterval touching = MedianInterval.of(1.3, 1.4, 1.5, 1.6, 1.7, 1.8);
        MedianInterval slow = MedianInterval.of(1.31, 1.4, 1.5, 1.6, 1.7, 1.8);
        assertTrue(fast.overlaps(touching));
        assertFalse(fast.isBelow(touching));
        assertTrue(fast.isBelow(slow));
        assertFalse(slow.isBelow(fast));
        assertFalse(slow.overlaps(fast));
    }

    private static double[] numbers(int count) {
        return IntStream.rangeClosed(1, count).mapToDouble(i -> i).toArray();
    }
}
