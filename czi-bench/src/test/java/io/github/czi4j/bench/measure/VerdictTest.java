package io.github.czi4j.bench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private final Configuration sequential = configuration(Strategy.SEQUENTIAL, 2.0, 2.1, 2.2, 2.3, 2.4, 2.5);

    @Test
    void aClearWinnerIsNamed() {
        Configuration four = configuration(Strategy.threads(4, 25), 1.0, 1.1, 1.2, 1.3, 1.4, 1.5);
        Verdict verdict = Verdict.of(List.of(four, sequential));
        assertEquals(List.of(), verdict.equals());
        assertEquals(
                "4 threads × 25 is the fastest: no interval of another overlaps with its own.",
                verdict.text(sequential));
    }

    @Test
    void noWinnerWhereIntervalsOverlap() {
        Configuration four = configuration(Strategy.threads(4, 25), 1.0, 1.1, 1.2, 1.3, 1.4, 1.5);
        Configuration eight = configuration(Strategy.threads(8, 25), 1.1, 1.2, 1.3, 1.4, 1.5, 1.6);
        Verdict verdict = Verdict.of(List.of(four, eight, sequential));
        assertEquals(List.of(eight), verdict.equals());
        assertTrue(verdict.text(sequential).startsWith("No winner: 4 threads × 25"));
        assertTrue(verdict.text(sequential).contains("not distinguishable from 8 threads × 25"));
        assertTrue(verdict.text(sequential).contains("faster than sequential"));
    }

    @Test
    void doubtAboutTheBaselineIsDoubtAboutThreads() {
        Configuration four = configuration(Strategy.threads(4, 25), 1.9, 2.0, 2.1, 2.2, 2.3, 2.4);
        assertTrue(Verdict.of(List.of(four, sequential)).text(sequential).contains("That threads help cannot be said"));
    }

    @Test
    void fewRunsAllowNoVerdict() {
        Configuration four = configuration(Strategy.threads(4, 25), 1.0, 1.1, 1.2);
        Verdict verdict = Verdict.of(List.of(four, sequential));
        assertEquals(List.of(sequential), verdict.equals());
        assertTrue(verdict.text(sequential).contains("no verdict"));
    }

    private static Configuration configuration(Strategy strategy, double... seconds) {
        Configuration configuration = new Configuration(strategy);
        for (double value : seconds) {
            configuration.add(new Configuration.Sample(value, value, 0));
        }
        return configuration;
    }
}
