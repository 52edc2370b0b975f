package io.github.czi4j.bench.versus;

import io.github.czi4j.bench.measure.Interval;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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
            return new Effort(2, 3, 1, 20, 20);
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

    /** Seconds of each counted round, for each contestant. */
    record Times(List<double[]> seconds) {
        /** Median and interval of one contestant's seconds. */
        Interval of(int contestant) {
            return Interval.of(seconds.get(contestant));
        }

        /** Of the seconds of one over those of another; rounds are pairs. */
        Interval ratio(int over, int under) {
            return Interval.ratio(groups(over), groups(under), true);
        }

        private List<double[]> groups(int contestant) {
            return Arrays.stream(seconds.get(contestant))
                    .mapToObj(one -> new double[] {one})
                    .toList();
        }

        /** Number of counted rounds. */
        int rounds() {
            return seconds.get(0).length;
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
        List<List<Double>> seconds = new ArrayList<>();
        contestants.forEach(contestant -> seconds.add(new ArrayList<>()));
        double[] spent = new double[contestants.size()];
        int rounds = 0;
        while (wantsMore(rounds, spent)) {
            for (int i = 0; i < contestants.size(); i++) {
                double pass = contestants.get(i).pass();
                seconds.get(i).add(pass);
                spent[i] += pass;
            }
            rounds++;
        }
        return new Times(seconds.stream()
                .map(times -> times.stream().mapToDouble(Double::doubleValue).toArray())
                .toList());
    }

    private void warmUp(Contestant contestant) throws IOException {
        double spent = 0;
        while (spent < effort.warmUpSeconds) {
            // A pass that takes no time at all must not be repeated for ever.
            spent += Math.max(contestant.pass(), effort.warmUpSeconds / 1000);
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
