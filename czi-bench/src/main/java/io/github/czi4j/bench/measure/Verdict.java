package io.github.czi4j.bench.measure;

import java.util.List;

/**
 * Which configuration is the fastest, if that can be said.
 *
 * @param best that of the lowest median
 * @param equals others whose interval overlaps with that of the best; all of them if the intervals are not sure enough
 */
public record Verdict(Configuration best, List<Configuration> equals) {
    /**
     * Judges.
     *
     * @param ranked at least one, by ascending median
     * @return the verdict
     */
    public static Verdict of(List<Configuration> ranked) {
        Configuration best = ranked.get(0);
        return new Verdict(
                best,
                ranked.stream()
                        .skip(1)
                        .filter(other -> !isSure(best) || other.seconds().overlaps(best.seconds()))
                        .toList());
    }

    private static boolean isSure(Configuration configuration) {
        return configuration.seconds().confidence() >= MedianInterval.LEVEL;
    }

    /**
     * In words.
     *
     * @param baseline the sequential one
     * @return a sentence or two
     */
    public String text(Configuration baseline) {
        if (!isSure(best)) {
            return best.strategy() + " has the lowest median, but so few runs allow no verdict: at least 6 are needed.";
        }
        if (equals.isEmpty()) {
            return best.strategy() + " is the fastest: no interval of another overlaps with its own.";
        }
        int others = equals.size();
        String names = others <= 3
                ? String.join(
                        ", ",
                        equals.stream()
                                .map(other -> other.strategy().toString())
                                .toList())
                : others + " others";
        String text = "No winner: " + best.strategy() + " has the lowest median, but is not distinguishable from "
                + names + " (=).";
        boolean beatsBaseline = best != baseline && !equals.contains(baseline);
        return beatsBaseline
                ? text + " It is faster than sequential."
                : text + (best == baseline ? "" : " That threads help cannot be said from this.");
    }
}
