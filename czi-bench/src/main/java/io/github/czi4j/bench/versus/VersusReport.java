package io.github.czi4j.bench.versus;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.czi4j.bench.console.Units;
import io.github.czi4j.bench.measure.Interval;
import io.github.czi4j.bench.report.JsonReport;
import io.github.czi4j.bench.report.Members;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The results as Markdown. Knows their JSON alone, so that stored ones can be shown again and put together. */
final class VersusReport {
    /** What results call themselves. */
    static final String KIND = "versus";

    /** The table of what libCZI takes part in. */
    static final String LIBCZI = "libczi";
    /** The table of what it does not. */
    static final String MACHINE = "machine";

    private static final String NONE = "–";
    /** Load for each processor, above which others were at work; the harness itself makes 1 of it. */
    private static final double BUSY = 1.5;

    private VersusReport() {}

    /**
     * Puts results together.
     *
     * @param earlier results of which those lines are kept that the later ones have not
     * @param later results whose figures and environment count, and whose command comes last; changed
     * @param order ids in the order of the table
     */
    static void merge(JsonObject earlier, JsonObject later, List<String> order) {
        Map<String, List<JsonElement>> byLine = new LinkedHashMap<>();
        order.forEach(id -> byLine.put(id, new ArrayList<>()));
        Set<String> measured = new LinkedHashSet<>();
        later.getAsJsonArray("figures").forEach(one -> measured.add(line(one)));
        for (JsonElement one : earlier.getAsJsonArray("figures")) {
            if (!measured.contains(line(one))) {
                byLine.computeIfAbsent(line(one), id -> new ArrayList<>()).add(one);
            }
        }
        later.getAsJsonArray("figures")
                .forEach(one -> byLine.computeIfAbsent(line(one), id -> new ArrayList<>())
                        .add(one));
        JsonArray all = new JsonArray();
        byLine.values().forEach(ones -> ones.forEach(all::add));
        later.add("figures", all);
        later.addProperty("command", union(earlier, later, "command", "\n"));
        later.addProperty("effort", union(earlier, later, "effort", " and "));
    }

    /** What either says, each part once. */
    private static String union(JsonObject earlier, JsonObject later, String name, String between) {
        Set<String> parts = new LinkedHashSet<>();
        for (JsonObject one : List.of(earlier, later)) {
            parts.addAll(List.of(Members.of(one).text(name).split(between)));
        }
        parts.remove("");
        return String.join(between, parts);
    }

    /** The line that a figure was measured with: those of the machine come with one of the table. */
    private static String line(JsonElement figure) {
        return Members.of(figure.getAsJsonObject()).text("line");
    }

    /** For a document: machine, tables, and the plot beside them. */
    static String markdown(JsonObject results, String plot) {
        Members all = Members.of(results);
        StringBuilder text = new StringBuilder();
        Members machine = all.at("environment");
        text.append("Measured on ").append(days(all)).append(": ");
        text.append(machine.text("cpuModel")).append(", ").append(machine.text("processors"));
        text.append(" cores, ")
                .append(Units.bytes(machine.number("memoryBytes")))
                .append(", ");
        text.append(machine.text("operatingSystem")).append(", ").append(machine.text("jvm"));
        text.append("; libCZI by ").append(libczi(all)).append("; effort: ").append(all.text("effort"));
        text.append(load(all)).append(".\n\n");
        all.text("command")
                .lines()
                .forEach(line -> text.append("    ").append(line).append('\n'));
        text.append('\n');
        ratios(text, all);
        startUps(text, all);
        text.append("![ratio of times, beside the target](").append(plot).append(")\n\n");
        machine(text, all);
        return text.toString();
    }

    /** When lines were measured: a day, or the first and the last one. */
    private static String days(Members all) {
        TreeSet<String> days = new TreeSet<>();
        days.add(day(all));
        all.at("figures").list().forEach(figure -> days.add(day(figure)));
        days.remove("");
        return days.first().equals(days.last()) ? days.first() : days.first() + " to " + days.last();
    }

    private static String day(Members measured) {
        return measured.text("created").replaceAll("T.*", "");
    }

    private static String libczi(Members all) {
        for (Members figure : all.at("figures").list()) {
            String version = figure.text("details", "libcziVersion");
            if (!version.isEmpty()) {
                return version;
            }
        }
        return "pylibCZIrw";
    }

    private static String load(Members all) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (Members figure : all.at("figures").list()) {
            double load = figure.number("loadAverage");
            low = Double.isNaN(load) ? low : Math.min(low, load);
            high = Double.isNaN(load) ? high : Math.max(high, load);
        }
        if (high < low) {
            return "";
        }
        String range = ", load of the machine " + Units.significant(low) + " to " + Units.significant(high);
        boolean isBusy = high > BUSY * all.number("environment", "processors");
        return range
                + (isBusy ? ". **It had other work to do, so that all of this is an indication and no more**" : "");
    }

    private static void ratios(StringBuilder text, Members all) {
        Map<String, List<Members>> lines = new LinkedHashMap<>();
        for (Members figure : all.at("figures").list()) {
            if (figure.text("table").equals(LIBCZI)) {
                lines.computeIfAbsent(figure.text("id"), id -> new ArrayList<>())
                        .add(figure);
            }
        }
        text.append("| work | 1 thread: target | ratio | 2 cores: target | ratio | czi4j | 2 cores | libCZI |\n");
        text.append("|---|---:|---:|---:|---:|---:|---:|---:|\n");
        for (List<Members> figures : lines.values()) {
            Members any = figures.get(0);
            if (!any.at("value").isPresent()) {
                text.append("| ").append(any.text("work")).append(" | | ");
                text.append(notMeasured(any)).append(" | | | | | |\n");
                continue;
            }
            Members one = of(figures, Figure.ONE);
            Members two = of(figures, Figure.TWO);
            text.append("| ").append(any.text("work"));
            text.append(isDifferent(any) ? " **other pixels**" : "").append(" | ");
            text.append(target(one)).append(" | ").append(value(one)).append(" | ");
            text.append(target(two)).append(" | ").append(value(two)).append(" | ");
            text.append(seconds(one, "own"))
                    .append(" | ")
                    .append(seconds(two, "own"))
                    .append(" | ");
            text.append(seconds(any, "libczi")).append(" |\n");
        }
        text.append('\n');
    }

    /** What is left out of the ratios, and what whole processes do before they read. */
    private static void startUps(StringBuilder text, Members all) {
        List<String> facts = new ArrayList<>();
        fact(facts, "start-up that is not counted, czi4j", numbers(all, "ownStartUpSeconds"));
        fact(facts, "libCZI with Python", numbers(all, "libcziStartUpSeconds"));
        fact(facts, "of whole processes, a JVM that does nothing", numbers(all, "emptyJvm", "median"));
        fact(facts, "Python that has loaded pylibCZIrw", numbers(all, "pythonReady", "median"));
        if (!facts.isEmpty()) {
            text.append("Medians: ").append(String.join("; ", facts)).append(".\n\n");
        }
    }

    private static double[] numbers(Members all, String... path) {
        return all.at("figures").list().stream()
                .mapToDouble(figure -> figure.at("details").number(path))
                .filter(number -> !Double.isNaN(number))
                .toArray();
    }

    private static void fact(List<String> facts, String what, double... seconds) {
        if (seconds.length > 0) {
            facts.add(what + " " + Units.seconds(Interval.medianOf(seconds)));
        }
    }

    private static Members of(List<Members> figures, String cores) {
        return figures.stream()
                .filter(one -> one.text("cores").equals(cores))
                .findFirst()
                .orElse(null);
    }

    private static boolean isDifferent(Members figure) {
        return figure.text("details", "samePixels").equals("false");
    }

    private static void machine(StringBuilder text, Members all) {
        text.append("| against the machine | target | measured |\n|---|---:|---:|\n");
        for (Members figure : all.at("figures").list()) {
            if (figure.text("table").equals(MACHINE)) {
                boolean hasValue = figure.at("value").isPresent();
                text.append("| ").append(figure.text("work")).append(" | ");
                text.append(hasValue ? target(figure) + " | " : "| ");
                text.append(hasValue ? value(figure) : notMeasured(figure)).append(" |\n");
            }
        }
    }

    private static String notMeasured(Members figure) {
        // What an error says, as one cell.
        return "not measured: "
                + figure.text("failed").replaceAll("[|<>*_`\\s]+", " ").strip();
    }

    private static String target(Members figure) {
        if (figure == null) {
            return NONE;
        }
        double target = figure.number("target");
        return target == 0 ? NONE : (figure.isTrue("isAtLeast") ? "≥ " : "≤ ") + quantity(figure, target);
    }

    private static String value(Members figure) {
        if (figure == null) {
            return NONE;
        }
        Members value = figure.at("value");
        double low = value.number("low");
        double high = value.number("high");
        String range = low == high ? "" : " (" + quantity(figure, low) + "–" + quantity(figure, high) + ")";
        String verdict = figure.isTrue("isMet") ? "met" : "**missed**";
        String doubt = figure.isTrue("isSure") ? "" : ", not surely";
        return quantity(figure, value.number("median"))
                + range
                + (figure.number("target") == 0 ? "" : " " + verdict + doubt);
    }

    private static String quantity(Members figure, double value) {
        return switch (figure.text("unit")) {
            case "bytes" -> value < 0 ? "−" + Units.bytes(-value) : Units.bytes(value);
            case "seconds" -> Units.seconds(value);
            default -> String.format(Locale.ROOT, value < 0.1 ? "%.3f" : "%.2f", value);
        };
    }

    private static String seconds(Members figure, String side) {
        double seconds = figure == null ? Double.NaN : figure.at("details").number(side, "median");
        return Double.isNaN(seconds) ? NONE : Units.seconds(seconds);
    }

    /** What results have in common with others of this project. */
    static JsonObject head() {
        JsonObject json = new JsonObject();
        json.addProperty("formatVersion", JsonReport.FORMAT_VERSION);
        json.addProperty("kind", KIND);
        return json;
    }
}
