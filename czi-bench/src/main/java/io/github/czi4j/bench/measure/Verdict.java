package io.github.czi4j.bench.measure;

import java.util.List;

/**
 * Which configuration is the fastest, if that can be said.
 *
 * @param best that of the lowest median
 * @param equals others whose interval overlaps with that of the best; all of them if the intervals are not sure enough
 */
public record Verdict(Measurement best, List<Measurement> equals) {
    private static final int NAMED = 3;

    /**
     * Judges.
     *
     * @param ranked at least one, by ascending median
     * @return the verdict
     */
    public static Verdict of(List<Measurement> ranked) {
        Measurement best = ranked.get(0);
        return new Verdict(
                best,
                ranked.stream()
                        .skip(1)
                        .filter(other ->
                                !best.seconds().isSure() || other.seconds().overlaps(best.seconds()))
                        .toList());
    }

    /**
     * In words.
     *
     * @param baseline the sequential one
     * @return a sentence or two
     */
    public String text(Measurement baseline) {
        if (!best.seconds().isSure()) {
            return best.configuration()
                    + " has the lowest median, but so few runs allow no verdict: at least 6 are needed.";
        }
        if (equals.isEmpty()) {
            return best.configuration() + " is the fastest: no interval of another overlaps with its own.";
        }
        String names = equals.size() <= NAMED
                ? String.join(
                        ", ",
                        equals.stream()
                                .map(other -> other.configuration().name())
                                .toList())
                : equals.size() + " others";
        String text = "No winner: " + best.configuration() + " has the lowest median, but is not distinguishable from "
                + names + " (=).";
        if (best == baseline) {
            return text;
        }
        boolean isFaster = !equals.contains(baseline) && best.speedup(baseline).low() > 1;
        return text + (isFaster ? " It is faster than sequential." : " That it beats sequential cannot be said.");
    }
}
