package io.github.czi4j.bench.measure;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class EffortTest {
    private static final Effort EFFORT = new Effort(Duration.ZERO, 6, Duration.ofNanos(100), Duration.ofNanos(1000));

    @Test
    void threeRoundsAreMadeHoweverLongTheyTake() {
        assertTrue(EFFORT.isAnotherRoundDue(2, 5000));
        assertFalse(EFFORT.isAnotherRoundDue(3, 5000));
        assertThrows(IllegalArgumentException.class, () -> new Effort(Duration.ZERO, 2, Duration.ZERO, Duration.ZERO));
    }

    @Test
    void shortRoundsAreRepeatedMoreOften() {
        assertTrue(EFFORT.isAnotherRoundDue(5, 400));
        assertFalse(EFFORT.isAnotherRoundDue(6, 400));
        assertTrue(EFFORT.isAnotherRoundDue(6, 99));
        assertFalse(EFFORT.isAnotherRoundDue(30, 99));
    }
}
