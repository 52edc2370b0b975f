package io.github.czi4j.bench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private final Measurement sequential = measurement(Configuration.SEQUENTIAL, 2.0, 2.1, 2.2, 2.3, 2.4, 2.5);

    @Test
    void aClearWinnerIsNamed() {
        Measurement four = measurement(Configuration.threads(4, 25), 1.0, 1.1, 1.2, 1.3, 1.4, 1.5);
        Verdict verdict = Verdict.of(List.of(four, sequential));
        assertEquals(List.of(), verdict.equals());
        assertEquals(
                "4 threads × 25 is the fastest: no interval of another overlaps with its own.",
                verdict.text(sequential));
    }

    @Test
    void noWinnerWhereIntervalsOverlap() {
        Measurement four = measurement(Configuration.threads(4, 25), 1.0, 1.1, 1.2, 1.3, 1.4, 1.5);
        Measurement eight = measurement(Configuration.threads(8, 25), 1.1, 1.2, 1.3, 1.4, 1.5, 1.6);
        Verdict verdict = Verdict.of(List.of(four, eight, sequential));
        assertEquals(List.of(eight), verdict.equals());
        assertTrue(verdict.text(sequential).startsWith("No winner: 4 threads × 25"));
        assertTrue(verdict.text(sequential).contains("not distinguishable from 8 threads × 25"));
        assertTrue(verdict.text(sequential).contains("faster than sequential"));
    }

    @Test
    void doubtAboutTheBaselineIsDoubtAboutThreads() {
        Measurement four = measurement(Configuration.threads(4, 25), 2.4, 1.9, 2.3, 2.0, 2.2, 2.1);
        assertTrue(Verdict.of(List.of(four, sequential))
                .text(sequential)
                .contains("That it beats sequential cannot be said"));
    }

    @Test
    void fewRunsAllowNoVerdict() {
        Measurement four = measurement(Configuration.threads(4, 25), 1.0, 1.1, 1.2);
        Verdict verdict = Verdict.of(List.of(four, sequential));
        assertEquals(List.of(sequential), verdict.equals());
        assertTrue(verdict.text(sequential).contains("no verdict"));
    }

    private static Measurement measurement(Configuration configuration, double... seconds) {
        Measurement measurement = new Measurement(configuration);
        for (int i = 0; i < seconds.length; i++) {
            measurement.add(new Sample(i, seconds[i], seconds[i], 0, false, OptionalDouble.empty()));
        }
        return measurement;
    }
}
