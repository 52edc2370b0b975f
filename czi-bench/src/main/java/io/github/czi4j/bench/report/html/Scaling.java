package io.github.czi4j.bench.report.html;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.github.czi4j.bench.report.Members;
import io.github.czi4j.bench.report.Quantities;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** How the speed-up grows with the number of threads, beside the ideal. */
final class Scaling {
    /** More lines could not be told apart. */
    private static final int MAX_LINES = 5;

    private Scaling() {}

    static void write(Html html, JsonObject charts, Members all) {
        Map<String, TreeMap<Integer, Members>> lines = lines(all);
        TreeSet<Integer> threads = new TreeSet<>();
        lines.values().forEach(line -> threads.addAll(line.keySet()));
        if (threads.size() < 2) {
            return;
        }
        String best = lines.entrySet().stream()
                .map(entry -> entry.getKey() + " reach "
                        + Quantities.number(entry.getValue().values().stream()
                                .mapToDouble(Measured::speedup)
                                .max()
                                .orElse(Double.NaN))
                        + " ×")
                .reduce((a, b) -> a + ", " + b)
                .orElse("");
        Page.section(
                html,
                "Scaling",
                "Speed-up over " + Measured.baseline(all) + ", for each number of workers the best batch size. The "
                        + "dashed line is the ideal: twice the workers, half the time.");
        html.tag("figure");
        html.element(
                "div", "", "class", "chart", "id", "chart-scaling", "role", "img", "aria-label", "Scaling: " + best);
        html.element("p", " ", "class", "readout", "id", "read-scaling", "aria-hidden", "true");
        html.end();
        charts.add("scaling", chart(lines, threads, all.number("environment", "processors")));
        Page.folded(
                html, "Scaling in figures", List.of("workers", "strategy", "speed-up>", "low>", "high>"), rows(lines));
        Page.end(html);
    }

    /** The fastest configuration of each strategy, way of reading and number of workers. */
    private static Map<String, TreeMap<Integer, Members>> lines(Members all) {
        Map<String, TreeMap<Integer, Members>> lines = new LinkedHashMap<>();
        Members single = null;
        for (Members one : Measured.configurations(all)) {
            double threads = one.number("threads");
            if (!(threads >= 1) || Double.isNaN(Measured.speedup(one))) {
                continue;
            }
            if (threads == 1) {
                single = single == null ? one : single;
            } else {
                String io = one.text("io");
                String name = one.text("strategy") + (io.isEmpty() ? "" : ", " + io);
                lines.computeIfAbsent(name, key -> new TreeMap<>()).putIfAbsent((int) threads, one);
            }
        }
        // A point alone shows no growth; where there are lines, the ranking has it.
        if (lines.values().stream().anyMatch(line -> line.size() > 1)) {
            lines.values().removeIf(line -> line.size() == 1);
        }
        while (lines.size() > MAX_LINES) {
            // Those with the fewest points say the least.
            lines.remove(lines.entrySet().stream()
                    .min((a, b) -> a.getValue().size() - b.getValue().size())
                    .orElseThrow()
                    .getKey());
        }
        if (single != null) {
            for (TreeMap<Integer, Members> line : lines.values()) {
                line.put(1, single);
            }
        }
        return lines;
    }

    private static JsonObject chart(
            Map<String, TreeMap<Integer, Members>> lines, TreeSet<Integer> threads, double processors) {
        JsonObject chart = new JsonObject();
        JsonArray x = new JsonArray();
        threads.forEach(x::add);
        chart.add("threads", x);
        if (processors >= 1) {
            chart.addProperty("processors", processors);
        }
        JsonArray series = new JsonArray();
        lines.forEach((name, line) -> {
            JsonObject one = new JsonObject();
            one.addProperty("name", name);
            one.add("median", column(threads, line, "median"));
            one.add("low", column(threads, line, "low"));
            one.add("high", column(threads, line, "high"));
            series.add(one);
        });
        chart.add("series", series);
        return chart;
    }

    private static JsonArray column(TreeSet<Integer> threads, TreeMap<Integer, Members> line, String part) {
        JsonArray column = new JsonArray();
        for (int count : threads) {
            Members one = line.get(count);
            double value = one == null
                    ? Double.NaN
                    : "median".equals(part) ? Measured.speedup(one) : one.number("speedup", part);
            if (Double.isNaN(value)) {
                column.add(JsonNull.INSTANCE);
            } else {
                column.add(value);
            }
        }
        return column;
    }

    private static List<List<String>> rows(Map<String, TreeMap<Integer, Members>> lines) {
        List<List<String>> rows = new ArrayList<>();
        lines.forEach((name, line) -> line.forEach((threads, one) -> rows.add(List.of(
                Integer.toString(threads),
                name,
                Quantities.number(Measured.speedup(one)),
                Quantities.number(one.number("speedup", "low")),
                Quantities.number(one.number("speedup", "high"))))));
        return rows;
    }
}
