package io.github.czi4j.bench.report.html;

import io.github.czi4j.bench.report.Members;
import io.github.czi4j.bench.report.Quantities;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tables of what the figures rest on: other readers, amplification, machine, file, request, method. */
final class Facts {
    private static final List<String> GROUPS = List.of("environment", "file", "request", "method", "estimate");

    private Facts() {}

    static void write(Html html, Members all) {
        peers(html, all.at("peers").list());
        amplification(html, all.at("amplification"));
        if (GROUPS.stream().allMatch(group -> all.at(group).map().isEmpty())
                && all.at("command").list().isEmpty()) {
            return;
        }
        Page.section(html, "What the figures rest on", "");
        html.tag("div", "class", "facts");
        for (String group : GROUPS) {
            Map<String, Members> members = all.at(group).map();
            if (!members.isEmpty()) {
                html.tag("div", "class", "fact").element("h3", heading(group)).tag("dl");
                members.forEach((name, value) -> fact(html, name, value));
                html.end().end();
            }
        }
        command(html, all.at("command").list());
        html.end();
        Page.end(html);
    }

    private static String heading(String group) {
        return switch (group) {
            case "environment" -> "Machine and JVM";
            case "estimate" -> "Estimate for the whole file";
            default -> group.substring(0, 1).toUpperCase(Locale.ROOT) + group.substring(1);
        };
    }

    private static void fact(Html html, String name, Members value) {
        // The storage of a file is a list of its own.
        if ("storage".equals(name) && !value.map().isEmpty()) {
            value.map().forEach((inner, one) -> fact(html, inner, one));
            return;
        }
        html.tag("div")
                .element("dt", Quantities.words(name))
                .element("dd", Quantities.of(name, value))
                .end();
    }

    private static void command(Html html, List<Members> words) {
        if (words.isEmpty()) {
            return;
        }
        StringBuilder line = new StringBuilder("czi");
        words.forEach(word -> line.append(' ')
                .append(
                        word.text().matches("[\\w./:=,@%+-]+")
                                ? word.text()
                                : "'" + word.text().replace("'", "'\\''") + "'"));
        html.tag("div", "class", "fact").element("h3", "Command").tag("pre").element("code", line.toString());
        html.end().end();
    }

    private static void amplification(Html html, Members amplification) {
        List<List<String>> rows = new ArrayList<>();
        amplification
                .map()
                .forEach((name, one) -> rows.add(List.of(
                        name,
                        amount(name, one.number("touched")),
                        amount(name, one.number("delivered")),
                        Quantities.number(one.number("ratio")) + " ×")));
        if (!rows.isEmpty()) {
            Page.section(html, "Amplification", "What was touched for what was delivered; 1 × would be no waste.");
            Page.table(html, "Amplification", List.of("what", "touched>", "delivered>", "ratio>"), rows);
            Page.end(html);
        }
    }

    private static String amount(String name, double value) {
        return "bytes".equals(name) ? Quantities.bytes(value) : Quantities.count(value);
    }

    private static void peers(Html html, List<Members> peers) {
        if (peers.isEmpty()) {
            return;
        }
        double max = peers.stream()
                .mapToDouble(peer -> eachSeconds(peer, "median"))
                .filter(seconds -> seconds > 0)
                .max()
                .orElse(1);
        Page.section(
                html,
                "Other readers on the same tiles",
                "Each in a process of its own; start-up is not part of the time. The time is that of one region of the work; "
                        + "busy cores are processor time over time on the wall: several threads that stay at 1 hold each "
                        + "other up. Pixels are compared by hash.");
        html.tag("div", "class", "scroll").tag("table", "class", "peers").element("caption", "Other readers");
        html.tag("thead").tag("tr");
        for (String column : List.of("reader", "work", "a region", "", "busy cores", "start-up", "same pixels")) {
            boolean isNumber = List.of("a region", "busy cores", "start-up").contains(column);
            html.element("th", column, "scope", "col", "class", isNumber ? "num" : null);
        }
        html.end().end().tag("tbody");
        peers.forEach(peer -> peer(html, peer, max));
        html.end().end().end();
        Page.end(html);
    }

    private static void peer(Html html, Members peer, double max) {
        html.tag("tr").tag("th", "scope", "row").text(peer.text("name"));
        html.element("span", " " + peer.text("version"), "class", "note").end();
        if (!peer.text("skipped").isEmpty()) {
            html.element("td", "did not run: " + peer.text("skipped"), "colspan", "6", "class", "muted")
                    .end();
            return;
        }
        double seconds = eachSeconds(peer, "median");
        html.tag("td").text(work(peer));
        html.element("span", peer.text("pageCache"), "class", "note block").end();
        html.tag("td", "class", "num").text(Quantities.seconds(seconds));
        if (peer.at("seconds", "low").isPresent()) {
            html.element(
                    "span",
                    Quantities.seconds(eachSeconds(peer, "low")) + " – "
                            + Quantities.seconds(eachSeconds(peer, "high")),
                    "class",
                    "note block");
        }
        html.end().tag("td", "class", "peer-bar");
        html.element("span", "", "class", "fill", "style", "width:" + Page.percent(seconds / max))
                .end();
        double cores = peer.number("cpuSeconds") / peer.number("seconds", "median");
        html.element("td", Quantities.number(cores), "class", "num");
        html.element("td", Quantities.seconds(peer.number("startUpSeconds")), "class", "num");
        html.element("td", peer.isTrue("agrees") ? "✓ yes" : peer.isFalse("agrees") ? "✗ no" : Quantities.NONE);
        html.end();
    }

    /** Time of one of its regions. */
    private static double eachSeconds(Members peer, String end) {
        double regions = peer.number("regions");
        return peer.number("seconds", end) / (regions > 0 ? regions : 1);
    }

    private static String work(Members peer) {
        double threads = peer.number("threads");
        String name = peer.text("work").isEmpty() ? Quantities.NONE : peer.text("work");
        return threads > 1 ? name + ", " + (long) threads + " threads" : name;
    }
}
