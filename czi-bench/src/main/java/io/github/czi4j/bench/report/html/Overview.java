package io.github.czi4j.bench.report.html;

import io.github.czi4j.bench.report.Members;
import io.github.czi4j.bench.report.Quantities;
import java.util.List;
import java.util.Map;

/** The head of the page: what was measured, the verdict, the figures that matter, the findings. */
final class Overview {
    private static final Map<String, String> SEVERITIES = Map.of("problem", "Problem", "warning", "Warning");
    private static final Map<String, String> RATED = Map.of(
            "tileRead", "reading a tile",
            "throughput", "throughput",
            "speedup", "speed-up by threads");

    private Overview() {}

    static String title(Members all) {
        String name = all.text("file", "name");
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        return last.isEmpty() ? "A CZI file" : last;
    }

    static String kind(Members all) {
        return "profile".equals(all.text("kind")) ? "profile" : "benchmark";
    }

    static void write(Html html, Members all) {
        html.tag("header").tag("div", "class", "bar-top");
        html.element("p", "czi4j " + kind(all) + created(all), "class", "eyebrow");
        html.element("button", "Dark", "type", "button", "id", "theme", "class", "quiet")
                .end();
        html.element("h1", title(all));
        String file = fileLine(all);
        if (!file.isEmpty()) {
            html.element("p", file, "class", "muted");
        }
        if (all.isTrue("partial")) {
            html.element("p", "Partial: it was interrupted, this is what was measured until then.", "class", "notice");
        }
        String verdict = all.text("diagnosis", "verdict");
        if (!verdict.isEmpty()) {
            html.element("p", verdict.replace(" %", "\u00a0%"), "class", "verdict");
        }
        figures(html, all);
        ratings(html, all.at("diagnosis", "ratings"));
        html.end();
        findings(html, all.at("diagnosis", "findings").list());
        prices(html, all.at("diagnosis", "prices").list());
    }

    private static String created(Members all) {
        String created = all.text("created").replaceFirst("T(\\d\\d:\\d\\d).*", " $1 UTC");
        return created.isEmpty() ? "" : " · " + created;
    }

    private static String fileLine(Members all) {
        Members file = all.at("file");
        StringBuilder line = new StringBuilder();
        append(line, file.at("bytes").isPresent(), Quantities.bytes(file.number("bytes")));
        append(line, file.at("subblocks").isPresent(), Quantities.count(file.number("subblocks")) + " subblocks");
        append(
                line,
                !file.at("compressions").map().isEmpty(),
                String.join(", ", file.at("compressions").map().keySet()));
        append(line, !file.text("storage", "fileSystem").isEmpty(), "on " + file.text("storage", "fileSystem"));
        return line.toString();
    }

    private static void append(StringBuilder line, boolean isKnown, String text) {
        if (isKnown) {
            line.append(line.length() == 0 ? "" : " · ").append(text);
        }
    }

    private static void figures(Html html, Members all) {
        html.tag("dl", "class", "figures");
        if ("profile".equals(kind(all))) {
            figure(html, "on the clock", Quantities.seconds(Measured.clockSeconds(all)), threads(all));
            figure(html, "a tile, median", Quantities.seconds(all.number("tiles", "all", "p50")), spread(all));
            figure(html, "throughput", rate(Measured.megapixelsPerSecond(all)), "pixels decoded");
            figure(html, "whole file", Quantities.seconds(all.number("estimate", "seconds")), estimate(all));
        } else {
            Members best = Measured.fastest(all);
            Members seconds = best.at("seconds");
            figure(html, "fastest", Quantities.seconds(seconds.number("median")), best.text("name"));
            figure(html, "throughput", rate(best.number("megapixelsPerSecond")), "pixels decoded");
            figure(html, "speed-up", times(Measured.speedup(best)), "over " + Measured.baseline(all));
            figure(html, "peak memory", Quantities.bytes(best.number("peakMemoryBytes")), "of the fastest");
        }
        html.end();
    }

    private static String threads(Members all) {
        double threads = all.number("method", "threads");
        return Double.isNaN(threads) ? "" : threads == 1 ? "1 thread" : Quantities.count(threads) + " threads";
    }

    private static String spread(Members all) {
        double p99 = all.number("tiles", "all", "p99");
        return Double.isNaN(p99) ? "" : "99 % below " + Quantities.seconds(p99);
    }

    private static String estimate(Members all) {
        Members estimate = all.at("estimate");
        return estimate.at("low").isPresent()
                ? Quantities.seconds(estimate.number("low")) + " to " + Quantities.seconds(estimate.number("high"))
                : "estimated";
    }

    private static String rate(double megapixels) {
        return Double.isNaN(megapixels) ? Quantities.NONE : Quantities.number(megapixels) + " Mpx/s";
    }

    private static String times(double ratio) {
        return Double.isNaN(ratio) ? Quantities.NONE : Quantities.number(ratio) + " ×";
    }

    private static void figure(Html html, String name, String value, String note) {
        if (!value.equals(Quantities.NONE)) {
            html.tag("div")
                    .element("dt", name)
                    .element("dd", value)
                    .element("dd", note, "class", "note")
                    .end();
        }
    }

    private static void ratings(Html html, Members ratings) {
        if (ratings.map().isEmpty()) {
            return;
        }
        html.tag("ul", "class", "ratings");
        ratings.map().forEach((name, rating) -> {
            String mark = switch (rating.text()) {
                case "fast" -> "●";
                case "moderate" -> "◐";
                case "slow" -> "○";
                default -> "·";
            };
            html.tag("li", "class", "is-" + rating.text().replaceAll("\\W", ""))
                    .element("span", mark, "aria-hidden", "true", "class", "mark")
                    .text(" " + RATED.getOrDefault(name, Quantities.words(name)) + ": ")
                    .element("strong", rating.text())
                    .end();
        });
        html.end();
    }

    private static void findings(Html html, List<Members> findings) {
        if (findings.isEmpty()) {
            return;
        }
        Page.section(html, "Diagnosis", "What the measurements say, with their evidence, and what to try.");
        html.tag("ol", "class", "findings");
        for (Members finding : findings) {
            String severity = finding.text("severity");
            html.tag("li", "class", "sev-" + severity.replaceAll("\\W", ""));
            html.tag("h3").element("span", SEVERITIES.getOrDefault(severity, "Note"), "class", "badge");
            html.text(" " + finding.text("title")).end();
            if (!finding.at("evidence").list().isEmpty()) {
                html.tag("ul");
                finding.at("evidence").list().forEach(line -> html.element("li", line.text()));
                html.end();
            }
            if (!finding.text("advice").isEmpty()) {
                html.tag("p").text(finding.text("advice"));
                double gain = finding.number("gainSeconds");
                if (!Double.isNaN(gain)) {
                    html.element("strong", " Would save about " + Quantities.seconds(gain) + ".");
                }
                html.end();
            }
            if (!finding.text("command").isEmpty()) {
                html.tag("pre").element("code", finding.text("command")).end();
            }
            html.end();
        }
        html.end();
        Page.end(html);
    }

    private static void prices(Html html, List<Members> prices) {
        if (prices.isEmpty()) {
            return;
        }
        Page.section(
                html,
                "What remedies would bring",
                "Tried on a sample, for the whole file. Saved is time of each load; a minus means that it takes longer.");
        html.tag("div", "class", "scroll").tag("table");
        html.tag("thead").tag("tr");
        List.of("remedy", "saved each time", "more bytes", "costs once", "paid after")
                .forEach(name -> html.element("th", name, "scope", "col"));
        html.end().end().tag("tbody");
        for (Members price : prices) {
            double loads = Quantities.loadsToPay(price.number("gainSeconds"), price.number("costSeconds"));
            html.tag("tr");
            html.element("td", price.text("title"));
            html.element("td", Quantities.seconds(price.number("gainSeconds")));
            html.element("td", Quantities.bytes(price.number("addedBytes")));
            html.element("td", Quantities.seconds(price.number("costSeconds")));
            html.element("td", loads > 0 ? Quantities.count(loads) + (loads == 1 ? " load" : " loads") : "never");
            html.end();
        }
        html.end().end().end();
        for (Members price : prices) {
            price.at("evidence").list().forEach(line -> html.element("p", line.text(), "class", "muted"));
            if (!price.text("command").isEmpty()) {
                html.tag("pre").element("code", price.text("command")).end();
            }
        }
        Page.end(html);
    }
}
