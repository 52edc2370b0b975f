package io.github.czi4j.bench.measure;

import java.util.List;

/**
 * Which configuration is the fastest, if that can be said.
 *
 * @param best that of the lowest median
 * @param equals others whose interval overlaps with that of the best
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
                        .filter(other -> other.seconds().overlaps(best.seconds()))
                        .toList());
    }

    /**
     * In words.
     *
     * @param baseline the sequential one
     * @return a sentence or two
     */
    public String text(Configuration baseline) {
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
