package io.github.czi4j.bench.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.github.czi4j.bench.console.TextTable;
import io.github.czi4j.bench.console.Units;
import io.github.czi4j.bench.measure.Comparison;
import io.github.czi4j.bench.measure.Interval;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Two results of a benchmark side by side, for people and for machines. */
public final class ComparisonReport {
    private static final int PERCENT = 100;

    private final Comparison comparison;
    private final OptionalDouble allowed;

    /**
     * Makes a report.
     *
     * @param comparison what came of it
     * @param allowed share by which the second may be slower; empty if it may be as slow as it likes
     */
    public ComparisonReport(Comparison comparison, OptionalDouble allowed) {
        this.comparison = comparison;
        this.allowed = allowed;
    }

    /**
     * Whether there is nothing to complain of.
     *
     * @return false if a configuration is slower than allowed, or the pixels differ
     */
    public boolean isPassed() {
        return !comparison.pixelsDiffer() && tooSlow().isEmpty();
    }

    private List<String> tooSlow() {
        return allowed.isPresent() ? comparison.slowerThan(allowed.getAsDouble()) : List.of();
    }

    /**
     * For people.
     *
     * @return a table and sentences
     */
    public String text() {
        StringBuilder text = new StringBuilder();
        comparison.differences().forEach(difference -> text.append(Text.wrapFact("differs  " + difference)));
        if (!comparison.differences().isEmpty()) {
            text.append('\n');
        }
        TextTable table = new TextTable("configuration", "first>", "second>", "ratio>", "interval>", "second is");
        for (Comparison.Pair pair : comparison.pairs()) {
            Interval ratio = pair.ratio();
            table.row(
                    pair.name(),
                    Units.seconds(pair.first().median()),
                    Units.seconds(pair.second().median()),
                    Units.significant(ratio.median()),
                    Units.significant(ratio.low()) + "–" + Units.significant(ratio.high()),
                    words(pair));
        }
        text.append(table);
        text.append('\n').append(Text.wrap(verdict()));
        text.append(only("Only in the first: ", comparison.onlyInFirst()));
        text.append(only("Only in the second: ", comparison.onlyInSecond()));
        if (comparison.pixelsDiffer()) {
            text.append(Text.wrap("THE PIXELS DIFFER though file and region are the same: one of the two is wrong."));
        }
        return text.toString();
    }

    private static String only(String what, List<String> names) {
        return names.isEmpty() ? "" : Text.wrap(what + String.join("; ", names) + ".");
    }

    private static String words(Comparison.Pair pair) {
        double percent = PERCENT * Math.abs(pair.ratio().median() - 1);
        return switch (pair.outcome()) {
            case SLOWER -> String.format(Locale.ROOT, "%.1f %% slower", percent);
            case FASTER -> String.format(Locale.ROOT, "%.1f %% faster", percent);
            case NO_DIFFERENCE_SHOWN -> pair.ratio().isSure() ? "not distinguishable" : "too few runs";
        };
    }

    private String verdict() {
        if (comparison.pairs().isEmpty()) {
            return "The two have no configuration in common.";
        }
        long slower = count(Comparison.Outcome.SLOWER);
        long faster = count(Comparison.Outcome.FASTER);
        String all = "Of " + comparison.pairs().size() + " configurations " + slower + " became slower, " + faster
                + " faster, " + (comparison.pairs().size() - slower - faster)
                + " cannot be told apart (ratio: time of the second over that of the first, 95 % interval).";
        if (allowed.isEmpty()) {
            return all;
        }
        String limit = String.format(Locale.ROOT, "%.1f %%", PERCENT * allowed.getAsDouble());
        List<String> tooSlow = tooSlow();
        return all
                + (tooSlow.isEmpty()
                        ? " None is slower by more than " + limit + " beyond its interval."
                        : " SLOWER by more than " + limit + ", beyond the interval: " + String.join("; ", tooSlow)
                                + ".");
    }

    private long count(Comparison.Outcome outcome) {
        return comparison.pairs().stream()
                .filter(pair -> pair.outcome() == outcome)
                .count();
    }

    /**
     * For machines.
     *
     * @return the report
     */
    public JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("formatVersion", JsonReport.FORMAT_VERSION);
        json.addProperty("kind", "benchmark-comparison");
        if (allowed.isPresent()) {
            json.addProperty("failAbove", allowed.getAsDouble());
        } else {
            json.add("failAbove", JsonNull.INSTANCE);
        }
        json.addProperty("isPassed", isPassed());
        json.addProperty("pixelsDiffer", comparison.pixelsDiffer());
        json.add("differences", JsonReport.strings(comparison.differences()));
        JsonArray array = new JsonArray();
        for (Comparison.Pair pair : comparison.pairs()) {
            JsonObject one = new JsonObject();
            one.addProperty("name", pair.name());
            one.add("first", JsonReport.interval(pair.first()));
            one.add("second", JsonReport.interval(pair.second()));
            one.add("ratio", JsonReport.interval(pair.ratio()));
            one.addProperty(
                    "outcome", pair.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' '));
            one.addProperty("isTooSlow", tooSlow().contains(pair.name()));
            array.add(one);
        }
        json.add("configurations", array);
        json.add("onlyInFirst", JsonReport.strings(comparison.onlyInFirst()));
        json.add("onlyInSecond", JsonReport.strings(comparison.onlyInSecond()));
        return json;
    }
}
