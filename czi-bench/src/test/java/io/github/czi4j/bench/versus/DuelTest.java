package io.github.czi4j.bench.versus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.czi4j.bench.measure.Interval;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DuelTest {
    private final List<String> turns = new ArrayList<>();

    /** Takes as long as it is told, and writes down its turns. */
    private final class Scripted implements Contestant {
        private final String name;
        private final double[] seconds;
        private int passes;

        Scripted(String name, double... seconds) {
            this.name = name;
            this.seconds = seconds;
        }

        @Override
        public Pass pass() {
            turns.add(name);
            double one = seconds[Math.min(passes++, seconds.length - 1)];
            return new Pass(one, 2 * one);
        }
    }

    private static Duel duel(double warmUp, int rounds, double seconds, int most, double limit) {
        return new Duel(new Duel.Effort(warmUp, rounds, seconds, most, limit));
    }

    @Test
    void contestantsTakeTurnsAndWarmUpDoesNotCount() throws IOException {
        // The first pass of a is slow, as code is that is not compiled yet.
        Duel.Times times = duel(2, 3, 0, 9, 100).run(List.of(new Scripted("a", 2, 1), new Scripted("b", 4)));
        assertEquals(List.of("a", "b", "a", "b", "a", "b", "a", "b"), turns);
        assertEquals(3, times.rounds());
        assertEquals(1, times.of(0).max());
        assertEquals(0.25, times.ratio(0, 1).median());
        assertEquals(0.25, times.cpuRatio(0, 1).median());
    }

    @Test
    void theRatioOfPairsIsSurerThanTheTimes() throws IOException {
        double[] slowly = {1, 5, 2, 8, 3, 1, 6, 2};
        double[] twice = new double[slowly.length];
        for (int i = 0; i < slowly.length; i++) {
            twice[i] = 2 * slowly[i];
        }
        Duel.Times times = duel(0, slowly.length, 0, slowly.length, 1000)
                .run(List.of(new Scripted("a", slowly), new Scripted("b", twice)));
        Interval ratio = times.ratio(0, 1);
        assertEquals(0.5, ratio.low(), 1e-12);
        assertEquals(0.5, ratio.high(), 1e-12);
        assertTrue(times.of(0).high() > 2 * times.of(0).low());
    }

    @Test
    void shortWorkIsRepeatedAndLongWorkEndsAtTheLimit() throws IOException {
        assertEquals(
                10, duel(0, 3, 1, 40, 100).run(List.of(new Scripted("a", 0.1))).rounds(), 1);
        assertEquals(
                40,
                duel(0, 3, 1, 40, 100).run(List.of(new Scripted("a", 0.001))).rounds());
        assertEquals(
                3, duel(0, 11, 1, 40, 100).run(List.of(new Scripted("a", 1000))).rounds());
        assertEquals(
                4,
                duel(0, 11, 1, 40, 100)
                        .run(List.of(new Scripted("a", 20), new Scripted("b", 8)))
                        .rounds());
    }

    @Test
    void aPassThatTakesNoTimeDoesNotWarmUpForEver() throws IOException {
        duel(5, 3, 0, 3, 1).run(List.of(new Scripted("a", 1e-12)));
        assertEquals(1003, turns.size(), 1);
    }

    @Test
    void aCommandThatFailsSaysWhy() {
        Contestant command = new Contestant.Command(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-cp",
                System.getProperty("java.class.path"),
                OneMosaic.class.getName(),
                "missing.czi"));
        IOException failure = assertThrows(IOException.class, command::pass);
        assertTrue(failure.getMessage().contains("missing.czi"), failure.getMessage());
        assertTrue(failure.getMessage().contains("ended with 1"), failure.getMessage());
    }
}
