package io.github.czi4j.bench.report.html;

import io.github.czi4j.bench.report.Members;
import io.github.czi4j.bench.report.Quantities;
import java.util.List;
import java.util.Set;

/** Configurations in the order of their medians, with bars and intervals. */
final class Ranking {
    private Ranking() {}

    static void write(Html html, Members all) {
        List<Members> ranked = Measured.configurations(all);
        if (ranked.isEmpty()) {
            return;
        }
        Set<String> equals = Measured.equals(all);
        double max = ranked.stream()
                .mapToDouble(one -> Math.max(one.number("seconds", "median"), high(one)))
                .max()
                .orElse(1);
        Page.section(
                html,
                "Strategies, the fastest first",
                "Bar: median time of one load. Line across its end: interval in which the true median lies with "
                        + confidence(ranked.get(0)) + " probability. "
                        + "Those marked “= fastest” cannot be told from the fastest.");
        html.tag("div", "class", "ranking", "role", "table", "aria-label", "Strategies by time of one load");
        html.tag("div", "class", "row head", "role", "row");
        for (String column : List.of("strategy", "time of one load", "median", "Mpx/s", "speed-up", "memory")) {
            if (column.startsWith("time")) {
                html.tag("div", "role", "columnheader", "aria-label", "time of one load", "class", "cell-bar");
                Page.secondsAxis(html, max);
                html.end();
            } else {
                html.element("div", column, "role", "columnheader", "class", "cell-" + column.replaceAll("\\W", ""));
            }
        }
        html.end();
        ranked.forEach(one -> row(html, one, max, one == ranked.get(0), equals.contains(Measured.name(one))));
        html.end();
        List<List<String>> skipped = all.at("skipped").list().stream()
                .map(one -> List.of(one.text("name"), one.text("reason")))
                .toList();
        if (!skipped.isEmpty()) {
            Page.table(html, "Did not run", List.of("strategy", "reason"), skipped);
        }
        Page.end(html);
    }

    private static String confidence(Members configuration) {
        double confidence = configuration.number("seconds", "confidence");
        return Quantities.percent(Double.isNaN(confidence) ? 0.95 : confidence);
    }

    private static double high(Members configuration) {
        double high = configuration.number("seconds", "high");
        return Double.isNaN(high) ? 0 : high;
    }

    private static void row(Html html, Members one, double max, boolean isFirst, boolean isEqual) {
        double median = one.number("seconds", "median");
        double low = one.number("seconds", "low");
        double high = one.number("seconds", "high");
        html.tag("div", "role", "row", "class", isFirst || isEqual ? "row best" : "row");
        html.tag("div", "role", "rowheader", "class", "cell-strategy").text(Measured.name(one));
        if (isFirst || isEqual) {
            html.element("span", isFirst ? "fastest" : "= fastest", "class", "badge");
        }
        if (one.number("startUpSeconds") > 0) {
            html.element(
                    "span", "+ " + Quantities.seconds(one.number("startUpSeconds")) + " start-up", "class", "note");
        }
        html.end().tag("div", "role", "cell", "class", "cell-bar");
        html.element("span", "", "class", "fill", "style", "width:" + Page.percent(median / max));
        if (!Double.isNaN(low) && !Double.isNaN(high)) {
            html.element(
                    "span",
                    "",
                    "class",
                    "whisker",
                    "style",
                    "left:" + Page.percent(low / max) + ";width:" + Page.percent((high - low) / max));
            html.element(
                    "span",
                    "interval " + Quantities.seconds(low) + " to " + Quantities.seconds(high),
                    "class",
                    "unseen");
        }
        html.end();
        cell(html, "median", Quantities.seconds(median));
        cell(html, "Mpxs", Quantities.number(one.number("megapixelsPerSecond")));
        double speedup = Measured.speedup(one);
        cell(html, "speedup", Double.isNaN(speedup) ? Quantities.NONE : Quantities.number(speedup) + " ×");
        cell(html, "memory", Quantities.bytes(one.number("peakMemoryBytes")));
        html.end();
    }

    private static void cell(Html html, String column, String value) {
        html.element("div", value, "role", "cell", "class", "cell-" + column);
    }
}
