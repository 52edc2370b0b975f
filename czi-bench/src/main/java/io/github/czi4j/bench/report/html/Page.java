package io.github.czi4j.bench.report.html;

import io.github.czi4j.bench.report.Quantities;
import java.util.List;
import java.util.Locale;

/** Parts that all sections of the page are made of. */
final class Page {
    /** A mark of an axis beyond this share has no room on its right. */
    private static final double LAST = 0.94;

    private Page() {}

    /** Begins a section; {@link #end} closes it. */
    static void section(Html html, String title, String lead) {
        html.trusted("\n").tag("section").element("h2", title);
        if (!lead.isEmpty()) {
            html.element("p", lead, "class", "lead");
        }
    }

    static void end(Html html) {
        html.end();
    }

    /** A table; columns whose name ends in {@code >} are numbers. */
    static void table(Html html, String caption, List<String> columns, List<List<String>> rows) {
        html.tag("div", "class", "scroll").tag("table");
        html.element("caption", caption);
        html.tag("thead").tag("tr");
        for (String column : columns) {
            html.element("th", name(column), "scope", "col", "class", isNumber(column) ? "num" : null);
        }
        html.end().end().tag("tbody");
        for (List<String> row : rows) {
            html.tag("tr");
            for (int i = 0; i < row.size(); i++) {
                html.element(i == 0 ? "th" : "td", row.get(i), "class", isNumber(columns.get(i)) ? "num" : null);
            }
            html.end();
        }
        html.end().end().end();
    }

    /** The same table behind a line that opens it: the text of a picture. */
    static void folded(Html html, String summary, List<String> columns, List<List<String>> rows) {
        html.tag("details").element("summary", summary);
        table(html, summary, columns, rows);
        html.end();
    }

    private static boolean isNumber(String column) {
        return column.endsWith(">");
    }

    private static String name(String column) {
        return isNumber(column) ? column.substring(0, column.length() - 1) : column;
    }

    /** A percentage for a style. */
    static String percent(double share) {
        double bounded = Double.isNaN(share) ? 0 : Math.max(0, Math.min(1, share));
        return String.format(Locale.ROOT, "%.3f%%", 100 * bounded);
    }

    /** A step of 1, 2 or 5 times a power of ten that divides a range into about so many parts. */
    static double step(double range, int parts) {
        double raw = range / parts;
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        double scaled = raw / power;
        return power * (scaled <= 1 ? 1 : scaled <= 2 ? 2 : scaled <= 5 ? 5 : 10);
    }

    /** Marks along an axis of seconds, as elements that are placed by their share of the whole. */
    static void secondsAxis(Html html, double max) {
        html.tag("div", "class", "axis", "aria-hidden", "true");
        double step = step(max, 4);
        for (int i = 0; i * step <= max * 1.0001; i++) {
            double share = i * step / max;
            html.element(
                    "span",
                    i == 0 ? "0" : Quantities.seconds(i * step),
                    "class",
                    share > LAST ? "last" : null,
                    "style",
                    "left:" + percent(share));
        }
        html.end();
    }
}
