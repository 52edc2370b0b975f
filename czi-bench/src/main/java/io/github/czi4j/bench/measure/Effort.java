package io.github.czi4j.bench.measure;

import java.time.Duration;

/**
 * How long to measure.
 *
 * @param warmUp least time of runs that are not counted; short loads need many before all of their code is compiled
 * @param repetitions counted runs of each configuration, at least 3: fewer say nothing about the spread
 * @param least time below which more of them are made, up to 30
 * @param cap when to begin no further round: half of it for the warm-up, half for the counted rounds; two and three
 *     rounds are made all the same
 */
public record Effort(Duration warmUp, int repetitions, Duration least, Duration cap) {
    static final int MIN_REPETITIONS = 3;
    static final int MAX_REPETITIONS = 30;

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if there are too few repetitions
     */
    public Effort {
        if (repetitions < MIN_REPETITIONS) {
            throw new IllegalArgumentException(
                    "at least " + MIN_REPETITIONS + " repetitions are needed, not " + repetitions);
        }
    }

    boolean isAnotherRoundDue(int rounds, long nanos) {
        if (rounds < MIN_REPETITIONS) {
            return true;
        }
        return rounds < repetitions ? nanos < cap.toNanos() / 2 : rounds < MAX_REPETITIONS && nanos < least.toNanos();
    }
}
