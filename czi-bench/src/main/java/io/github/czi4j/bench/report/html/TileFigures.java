package io.github.czi4j.bench.report.html;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.czi4j.bench.report.Members;
import io.github.czi4j.bench.report.Quantities;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** What single tiles took: percentiles, over time, and the slowest. */
final class TileFigures {
    /** More points than this are told by bins: a screen has no more columns. */
    static final int MAX_POINTS = 3000;

    private static final int BINS = 300;

    private TileFigures() {}

    static void write(Html html, JsonObject charts, Members all) {
        Members tiles = all.at("tiles");
        List<TileTimes> list = TileTimes.of(all);
        boolean hasPercentiles = tiles.at("all").isPresent();
        if (list.isEmpty() && !hasPercentiles) {
            return;
        }
        Page.section(html, "Tiles", lead(tiles));
        if (hasPercentiles) {
            percentiles(html, tiles);
        }
        overTime(html, charts, list);
        slowest(html, tiles.at("slowest").list());
        Page.end(html);
    }

    private static String lead(Members tiles) {
        double count = tiles.number("count");
        double failed = tiles.number("failed");
        return (Double.isNaN(count) ? "" : Quantities.count(count) + " tiles were loaded")
                + (failed > 0 ? "; " + Quantities.count(failed) + " failed and have no time" : "")
                + (Double.isNaN(count) ? "" : ".");
    }

    private static void percentiles(Html html, Members tiles) {
        List<List<String>> rows = new ArrayList<>();
        for (String part : List.of("read", "decode", "place", "all")) {
            Members one = tiles.at(part);
            if (one.isPresent()) {
                List<String> row = new ArrayList<>(List.of(part));
                for (String percentile : List.of("mean", "p50", "p90", "p99", "p100")) {
                    row.add(Quantities.seconds(one.number(percentile)));
                }
                rows.add(row);
            }
        }
        Page.table(html, "Time of a tile", List.of("part", "mean>", "median>", "90 %>", "99 %>", "slowest>"), rows);
    }

    private static void overTime(Html html, JsonObject charts, List<TileTimes> list) {
        List<TileTimes> timed = list.stream()
                .filter(tile -> !Double.isNaN(tile.start()))
                .sorted(Comparator.comparingDouble(TileTimes::start))
                .toList();
        if (timed.size() < 2) {
            return;
        }
        boolean isBinned = timed.size() > MAX_POINTS;
        charts.add("tiles", isBinned ? bins(timed) : points(timed));
        TileTimes worst = timed.stream()
                .max(Comparator.comparingDouble(TileTimes::seconds))
                .orElseThrow();
        html.element("h3", "Over time");
        html.tag("figure");
        html.tag("figcaption")
                .tag("span", "class", "key k1")
                .text(isBinned ? "▲ slowest tile of a moment" : "● all of a tile");
        html.end()
                .tag("span", "class", "key k2")
                .text(isBinned ? "● median of that moment" : "▲ reading alone")
                .end();
        html.end();
        html.element(
                "div",
                "",
                "class",
                "chart",
                "id",
                "chart-tiles",
                "role",
                "img",
                "aria-label",
                "Time of each tile over the time of the pass; the slowest is " + worst.name() + " with "
                        + Quantities.seconds(worst.seconds()));
        html.element("p", " ", "class", "readout", "id", "read-tiles", "aria-hidden", "true")
                .end();
    }

    private static JsonObject points(List<TileTimes> timed) {
        JsonObject chart = new JsonObject();
        JsonArray x = new JsonArray();
        JsonArray all = new JsonArray();
        JsonArray read = new JsonArray();
        JsonArray index = new JsonArray();
        for (TileTimes tile : timed) {
            x.add(rounded(tile.start()));
            all.add(rounded(tile.seconds()));
            read.add(rounded(tile.read()));
            index.add(tile.name());
        }
        chart.add("x", x);
        chart.add("first", all);
        chart.add("second", read);
        chart.add("names", index);
        return chart;
    }

    private static JsonObject bins(List<TileTimes> timed) {
        double from = timed.get(0).start();
        double width = (timed.get(timed.size() - 1).start() - from) / BINS;
        JsonObject chart = new JsonObject();
        JsonArray x = new JsonArray();
        JsonArray slowest = new JsonArray();
        JsonArray median = new JsonArray();
        JsonArray names = new JsonArray();
        int at = 0;
        for (int bin = 0; bin < BINS; bin++) {
            double end = bin == BINS - 1 ? Double.POSITIVE_INFINITY : from + (bin + 1) * width;
            int begun = at;
            while (at < timed.size() && timed.get(at).start() < end) {
                at++;
            }
            if (at > begun) {
                double[] seconds = timed.subList(begun, at).stream()
                        .mapToDouble(TileTimes::seconds)
                        .sorted()
                        .toArray();
                x.add(rounded(from + (bin + 0.5) * width));
                slowest.add(rounded(seconds[seconds.length - 1]));
                median.add(rounded(seconds[seconds.length / 2]));
                names.add(seconds.length + " tiles");
            }
        }
        chart.add("x", x);
        chart.add("first", slowest);
        chart.add("second", median);
        chart.add("names", names);
        chart.addProperty("binned", true);
        return chart;
    }

    /** To a microsecond: digits below it are noise and fill the page. */
    private static double rounded(double seconds) {
        return Math.rint(seconds * 1e6) / 1e6;
    }

    private static void slowest(Html html, List<Members> slowest) {
        if (slowest.isEmpty()) {
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        for (Members tile : slowest) {
            double[] parts = {tile.number("readSeconds"), tile.number("decodeSeconds"), tile.number("placeSeconds")};
            rows.add(List.of(
                    tile.text("index"),
                    tile.text("coordinate") + (tile.at("m").isPresent() ? " M" + tile.text("m") : ""),
                    tile.text("compression"),
                    Quantities.bytes(tile.number("storedBytes")),
                    Quantities.seconds(parts[0]),
                    Quantities.seconds(parts[1]),
                    Quantities.seconds(parts[2]),
                    Quantities.seconds(Arrays.stream(parts).sum())));
        }
        Page.table(
                html,
                "The slowest tiles",
                List.of("subblock", "coordinate", "compression", "stored>", "read>", "decode>", "place>", "all>"),
                rows);
    }
}
