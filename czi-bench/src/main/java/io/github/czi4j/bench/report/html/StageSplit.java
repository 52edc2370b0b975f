package io.github.czi4j.bench.report.html;

import io.github.czi4j.bench.report.Members;
import io.github.czi4j.bench.report.Quantities;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where the time went: stages stacked, by the clock and by the processor. */
final class StageSplit {
    /** A segment below this share has no room for its name; the table has it. */
    private static final double ROOM = 0.09;

    /** And below this one it has none on a telephone. */
    private static final double NARROW = 0.25;

    private static final Set<String> COLOURED =
            Set.of("read", "decode", "place", "wait", "lock", "gc", "convert", "allocate", "other");

    private record Part(String name, String style, double seconds, double cpuSeconds) {}

    private StageSplit() {}

    static void write(Html html, Members all) {
        List<Part> parts = parts(all.at("stages"));
        double wall = parts.stream().mapToDouble(Part::seconds).sum();
        if (!(wall > 0)) {
            return;
        }
        Page.section(
                html,
                "Where the time goes",
                "Time of the profiled threads by stage; the stages sum to all of it, idle time included.");
        html.tag("div", "class", "stacks");
        double cpu = parts.stream()
                .mapToDouble(Part::cpuSeconds)
                .filter(seconds -> seconds > 0)
                .sum();
        List<Part> first = parts(all.at("firstPass", "stages"));
        double firstWall = first.stream().mapToDouble(Part::seconds).sum();
        double max = Math.max(wall, cpu);
        stack(html, "clock", parts, wall, max, false);
        if (cpu > 0) {
            stack(html, "processor", parts, cpu, max, true);
        }
        if (firstWall > 0) {
            // Many times longer as a rule: on one scale nothing could be seen of the others.
            stack(html, "first pass, clock, on its own scale", first, firstWall, firstWall, false);
        }
        html.end();
        table(html, parts, wall);
        Page.end(html);
    }

    private static List<Part> parts(Members stages) {
        List<Part> parts = new ArrayList<>();
        Map<String, Integer> met = new HashMap<>();
        for (Members stage : stages.list()) {
            double seconds = stage.number("seconds");
            String name = stage.text("name");
            if (!Double.isNaN(seconds) && !name.isEmpty()) {
                String kind = name.split("[ (]", 2)[0];
                String colour = COLOURED.contains(kind) ? kind : "outside".equals(kind) ? "other" : "setup";
                int variant = met.merge(colour, 1, Integer::sum) - 1;
                double cpu = stage.number("cpuSeconds");
                parts.add(new Part(name, "st-" + colour + (variant % 2 == 1 ? " alt" : ""), Math.max(0, seconds), cpu));
            }
        }
        return parts;
    }

    private static void stack(Html html, String name, List<Part> parts, double sum, double max, boolean isCpu) {
        html.tag("div", "class", "stack-row").tag("div", "class", "stack-name");
        html.element("strong", name).text(" " + Quantities.seconds(sum)).end();
        StringBuilder spoken = new StringBuilder(name).append(": ");
        parts.stream()
                .filter(part -> seconds(part, isCpu) > 0)
                .forEach(part -> spoken.append(part.name())
                        .append(' ')
                        .append(Quantities.percent(seconds(part, isCpu) / sum))
                        .append(", "));
        html.tag("div", "class", "stack", "role", "img", "aria-label", spoken.toString());
        for (Part part : parts) {
            double share = seconds(part, isCpu) / sum;
            if (share > 0) {
                html.tag(
                        "span",
                        "class",
                        "seg " + part.style() + (share * sum / max < NARROW ? " narrow" : ""),
                        "style",
                        "width:" + Page.percent(seconds(part, isCpu) / max),
                        "title",
                        part.name() + " " + Quantities.percent(share));
                if (share * sum / max >= ROOM) {
                    html.element("b", part.name()).element("i", Quantities.percent(share));
                }
                html.end();
            }
        }
        html.end().end();
    }

    private static double seconds(Part part, boolean isCpu) {
        return isCpu ? part.cpuSeconds() : part.seconds();
    }

    private static void table(Html html, List<Part> parts, double wall) {
        html.tag("div", "class", "scroll").tag("table", "class", "stages").element("caption", "Stages");
        html.tag("thead").tag("tr");
        for (String column : List.of("stage", "clock", "share", "processor", "waiting")) {
            html.element("th", column, "scope", "col", "class", "stage".equals(column) ? null : "num");
        }
        html.end().end().tag("tbody");
        for (Part part : parts) {
            html.tag("tr").tag("th", "scope", "row");
            html.element("span", "", "class", "swatch " + part.style())
                    .text(part.name())
                    .end();
            double cpu = part.cpuSeconds();
            for (String cell : List.of(
                    Quantities.seconds(part.seconds()),
                    Quantities.percent(part.seconds() / wall),
                    Quantities.seconds(cpu),
                    Double.isNaN(cpu) ? Quantities.NONE : Quantities.seconds(Math.max(0, part.seconds() - cpu)))) {
                html.element("td", cell, "class", "num");
            }
            html.end();
        }
        html.end().end().end();
    }
}
