package io.github.czi4j.bench.versus;

import io.github.czi4j.bench.measure.Interval;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * The same work by several contestants in turns: A B C A B C. What slows down the machine for a while slows down all, and
 * the ratio of two of them is taken round by round.
 *
 * @param effort how long
 */
record Duel(Effort effort) {
    /** Below this number of rounds an interval says little; the time limit waits for them. */
    private static final int LEAST_ROUNDS = 3;

    /**
     * How long to go on.
     *
     * @param warmUpSeconds work of each contestant that is not counted: compilers learn from it
     * @param rounds counted rounds at least, where the time allows
     * @param seconds counted work of one contestant at least, where {@code mostRounds} allows
     * @param mostRounds counted rounds at most
     * @param limitSeconds all contestants together; exceeded only by the first three rounds
     */
    record Effort(double warmUpSeconds, int rounds, double seconds, int mostRounds, double limitSeconds) {
        /** A look: intervals are wide. */
        static Effort quick() {
            return new Effort(3, 5, 1, 20, 20);
        }

        /** For figures that are kept. */
        static Effort full() {
            return new Effort(10, 11, 8, 40, 180);
        }

        /** For what must not be warm. */
        Effort withoutWarmUp() {
            return new Effort(0, rounds, seconds, mostRounds, limitSeconds);
        }
    }

    /** The counted rounds of each contestant, in the order of their turns. */
    record Times(List<List<Contestant.Pass>> passes) {
        /** Median and interval of one contestant's seconds. */
        Interval of(int contestant) {
            return Interval.of(seconds(contestant).toArray());
        }

        /** Of the seconds of one over those of another; rounds are pairs. */
        Interval ratio(int over, int under) {
            return Interval.ratio(groups(seconds(over)), groups(seconds(under)), true);
        }

        /** The same of processor time, which other work on the machine disturbs less; NaN where it is not known. */
        Interval cpuRatio(int over, int under) {
            return Interval.ratio(groups(cpuSeconds(over)), groups(cpuSeconds(under)), true);
        }

        private DoubleStream seconds(int contestant) {
            return passes.get(contestant).stream().mapToDouble(Contestant.Pass::seconds);
        }

        private DoubleStream cpuSeconds(int contestant) {
            return passes.get(contestant).stream().mapToDouble(Contestant.Pass::cpuSeconds);
        }

        private static List<double[]> groups(DoubleStream samples) {
            return samples.mapToObj(one -> new double[] {one}).toList();
        }

        /** Number of counted rounds. */
        int rounds() {
            return passes.get(0).size();
        }
    }

    /**
     * Runs.
     *
     * @param contestants in the order of their turns
     * @return their times
     * @throws IOException if one of them fails
     */
    Times run(List<? extends Contestant> contestants) throws IOException {
        for (Contestant contestant : contestants) {
            warmUp(contestant);
        }
        List<List<Contestant.Pass>> passes = new ArrayList<>();
        contestants.forEach(contestant -> passes.add(new ArrayList<>()));
        double[] spent = new double[contestants.size()];
        int rounds = 0;
        while (wantsMore(rounds, spent)) {
            for (int i = 0; i < contestants.size(); i++) {
                Contestant.Pass pass = contestants.get(i).pass();
                passes.get(i).add(pass);
                spent[i] += pass.seconds();
            }
            rounds++;
        }
        return new Times(passes);
    }

    private void warmUp(Contestant contestant) throws IOException {
        double spent = 0;
        while (spent < effort.warmUpSeconds) {
            // A pass that takes no time at all must not be repeated for ever.
            spent += Math.max(contestant.pass().seconds(), effort.warmUpSeconds / 1000);
        }
    }

    private boolean wantsMore(int rounds, double... spent) {
        if (rounds < LEAST_ROUNDS) {
            return true;
        }
        double all = 0;
        double least = Double.POSITIVE_INFINITY;
        for (double one : spent) {
            all += one;
            least = Math.min(least, one);
        }
        return rounds < effort.mostRounds
                && all < effort.limitSeconds
                && (rounds < effort.rounds || least < effort.seconds);
    }
}
