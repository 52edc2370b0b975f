package io.github.czi4j.bench.report;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A result as Markdown with tables (GitHub flavour), to be put into a ticket. Whatever a name holds stays text. */
public final class MarkdownReport {
    private MarkdownReport() {}

    /**
     * Makes the text.
     *
     * @param result a benchmark or a profile
     * @return lines
     */
    public static String text(JsonObject result) {
        Members all = Members.of(result);
        StringBuilder text = new StringBuilder();
        boolean isProfile = "profile".equals(all.text("kind"));
        String name = all.text("file", "name");
        text.append("## czi4j ")
                .append(isProfile ? "profile" : "benchmark")
                .append(name.isEmpty() ? "" : " of " + plain(name))
                .append("\n\n");
        if (all.isTrue("partial")) {
            text.append("**Partial:** it was interrupted, this is what was measured until then.\n\n");
        }
        diagnosis(text, all.at("diagnosis"));
        if (isProfile) {
            stages(text, all);
            tiles(text, all.at("tiles"));
            estimate(text, all.at("estimate"));
        } else {
            configurations(text, all);
            peers(text, all.at("peers").list());
        }
        facts(text, "Machine", all.at("environment"));
        facts(text, "File", all.at("file"));
        facts(text, "Request", all.at("request"));
        facts(text, "Method", all.at("method"));
        return text.toString();
    }

    private static void diagnosis(StringBuilder text, Members diagnosis) {
        String verdict = diagnosis.text("verdict");
        if (!verdict.isEmpty()) {
            text.append("**").append(plain(verdict)).append("**\n\n");
        }
        for (Members finding : diagnosis.at("findings").list()) {
            text.append("- ")
                    .append(plain(finding.text("severity")))
                    .append(": ")
                    .append(plain(finding.text("title")));
            finding.at("evidence").list().forEach(line -> text.append("\n  - ").append(plain(line.text())));
            if (!finding.text("advice").isEmpty()) {
                text.append("\n  - advice: ").append(plain(finding.text("advice")));
            }
            if (!finding.text("command").isEmpty()) {
                text.append("\n  - to try: ").append(code(finding.text("command")));
            }
            text.append('\n');
        }
        if (!diagnosis.at("findings").list().isEmpty()) {
            text.append('\n');
        }
        prices(text, diagnosis.at("prices").list());
    }

    private static void prices(StringBuilder text, List<Members> prices) {
        List<List<String>> rows = new ArrayList<>();
        for (Members price : prices) {
            double loads = Quantities.loadsToPay(price.number("gainSeconds"), price.number("costSeconds"));
            rows.add(List.of(
                    price.text("title"),
                    Quantities.seconds(price.number("gainSeconds")),
                    Quantities.bytes(price.number("addedBytes")),
                    Quantities.seconds(price.number("costSeconds")),
                    loads > 0 ? Quantities.count(loads) : "never",
                    price.text("command")));
        }
        table(
                text,
                List.of("remedy", "saved each load>", "more bytes>", "costs once>", "paid after loads>", "command"),
                rows);
    }

    private static void configurations(StringBuilder text, Members all) {
        Set<String> equals = new HashSet<>();
        all.at("notDistinguishableFromFastest").list().forEach(one -> equals.add(one.text()));
        List<List<String>> rows = new ArrayList<>();
        for (Members one : all.at("configurations").list()) {
            Members seconds = one.at("seconds");
            String name = one.text("name").isEmpty() ? one.text("strategy") : one.text("name");
            double speedup = one.number("speedup", "median");
            rows.add(List.of(
                    name + (equals.contains(one.text("name")) ? " =" : ""),
                    one.text("threads"),
                    one.text("batchSize"),
                    one.text("io"),
                    Quantities.seconds(seconds.number("median")),
                    Quantities.seconds(seconds.number("low")) + " – " + Quantities.seconds(seconds.number("high")),
                    Quantities.number(one.number("megapixelsPerSecond")),
                    Quantities.number(Double.isNaN(speedup) ? one.number("speedup") : speedup),
                    Quantities.bytes(one.number("peakMemoryBytes"))));
        }
        table(
                text,
                List.of("strategy", "threads>", "batch>", "I/O", "median>", "interval>", "Mpx/s>", "×>", "memory>"),
                rows);
        if (!equals.isEmpty()) {
            text.append("`=`: cannot be told from the fastest.\n\n");
        }
    }

    private static void peers(StringBuilder text, List<Members> peers) {
        List<List<String>> rows = new ArrayList<>();
        for (Members peer : peers) {
            boolean isSkipped = !peer.text("skipped").isEmpty();
            rows.add(List.of(
                    peer.text("name") + " " + peer.text("version"),
                    isSkipped ? "did not run: " + peer.text("skipped") : work(peer),
                    Quantities.seconds(peer.number("seconds", "median")),
                    Quantities.number(peer.number("cpuSeconds") / peer.number("seconds", "median")),
                    Quantities.seconds(peer.number("startUpSeconds")),
                    peer.isTrue("agrees") ? "yes" : peer.isFalse("agrees") ? "NO" : ""));
        }
        table(text, List.of("reader", "work", "all of it>", "busy cores>", "start-up>", "same pixels"), rows);
    }

    private static String work(Members peer) {
        double threads = peer.number("threads");
        return (peer.text("work") + " " + peer.text("pageCache")).strip()
                + (threads > 1 ? ", " + (long) threads + " threads" : "");
    }

    private static void stages(StringBuilder text, Members all) {
        double wall = all.number("wallSeconds");
        List<List<String>> rows = new ArrayList<>();
        for (Members stage : all.at("stages").list()) {
            double share = stage.number("share");
            rows.add(List.of(
                    stage.text("name"),
                    Quantities.seconds(stage.number("seconds")),
                    Quantities.percent(Double.isNaN(share) ? stage.number("seconds") / wall : share),
                    Quantities.seconds(stage.number("cpuSeconds"))));
        }
        table(text, List.of("stage", "clock>", "share>", "processor>"), rows);
    }

    private static void tiles(StringBuilder text, Members tiles) {
        List<List<String>> rows = new ArrayList<>();
        for (String part : List.of("read", "decode", "place", "all")) {
            if (tiles.at(part).isPresent()) {
                List<String> row = new ArrayList<>(List.of(part));
                for (String percentile : List.of("mean", "p50", "p90", "p99", "p100")) {
                    row.add(Quantities.seconds(tiles.number(part, percentile)));
                }
                rows.add(row);
            }
        }
        table(text, List.of("each tile", "mean>", "median>", "90 %>", "99 %>", "slowest>"), rows);
    }

    private static void estimate(StringBuilder text, Members estimate) {
        if (estimate.at("seconds").isPresent()) {
            text.append("Whole file: about ")
                    .append(Quantities.seconds(estimate.number("seconds")))
                    .append(
                            estimate.at("low").isPresent()
                                    ? " (" + Quantities.seconds(estimate.number("low")) + " to "
                                            + Quantities.seconds(estimate.number("high")) + ")"
                                    : "")
                    .append(".\n\n");
        }
    }

    private static void facts(StringBuilder text, String title, Members members) {
        List<List<String>> rows = new ArrayList<>();
        members.map().forEach((name, value) -> rows.add(List.of(Quantities.words(name), Quantities.of(name, value))));
        table(text, List.of(title, ""), rows);
    }

    /** Nothing where there are no rows. */
    private static void table(StringBuilder text, List<String> columns, List<List<String>> rows) {
        if (rows.isEmpty()) {
            return;
        }
        text.append('|');
        columns.forEach(
                column -> text.append(' ').append(column.replace(">", "")).append(" |"));
        text.append("\n|");
        columns.forEach(column -> text.append(column.endsWith(">") ? " ---: |" : " --- |"));
        for (List<String> row : rows) {
            text.append("\n|");
            row.forEach(cell -> text.append(' ').append(plain(cell)).append(" |"));
        }
        text.append("\n\n");
    }

    /** Text that means itself: what Markdown or HTML would read as a sign is escaped, line breaks are spaces. */
    static String plain(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ")
                .replaceAll("([\\\\`*_\\[\\]|~#])", "\\\\$1")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("@", "&#64;");
    }

    private static String code(String text) {
        return "`" + text.replaceAll("\\p{Cntrl}+", " ").replace('`', '\'') + "`";
    }
}
