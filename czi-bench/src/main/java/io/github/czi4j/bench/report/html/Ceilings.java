package io.github.czi4j.bench.report.html;

import io.github.czi4j.bench.report.Members;
import io.github.czi4j.bench.report.Quantities;
import io.github.czi4j.model.PixelType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was reached beside what this machine could do at most: each ceiling as the rate of decoded pixels at which it alone
 * would limit the same load, on a logarithmic axis.
 */
final class Ceilings {
    private record Ceiling(String kind, String name, String asMeasured, double megapixels) {}

    private Ceilings() {}

    static void write(Html html, Members all) {
        double measured = Measured.megapixelsPerSecond(all);
        List<Ceiling> ceilings = ceilings(all);
        if (ceilings.isEmpty() || !(measured > 0)) {
            return;
        }
        double low = measured;
        double high = measured;
        for (Ceiling ceiling : ceilings) {
            low = Math.min(low, ceiling.megapixels());
            high = Math.max(high, ceiling.megapixels());
        }
        double from = Math.floor(Math.log10(low) * 2) / 2;
        double to = Math.max(from + 0.5, Math.ceil(Math.log10(high) * 2) / 2);
        Page.section(
                html,
                "Measured against the ceilings of this machine",
                "How fast the same load could be if only one thing limited it, in decoded megapixels per second; "
                        + "logarithmic. The line is what was measured: " + Quantities.number(measured) + " Mpx/s.");
        html.tag("div", "class", "roof");
        axis(html, from, to);
        row(html, new Ceiling("measured", subject(all), "", measured), measured, from, to);
        ceilings.forEach(ceiling -> row(html, ceiling, measured, from, to));
        html.end();
        table(html, all.at("ceilings", "storage").list());
        Page.end(html);
    }

    private static String subject(Members all) {
        String name = Measured.fastest(all).text("name");
        return "Measured" + (name.isEmpty() ? "" : ": " + name);
    }

    private static List<Ceiling> ceilings(Members all) {
        double pixels = all.number("request", "decodedPixels") / 1e6;
        double stored = all.number("request", "storedBytes");
        double output = all.number("request", "outputPixels") * bytesPerPixel(all.text("request", "pixelType"));
        List<Ceiling> ceilings = new ArrayList<>();
        for (Members one : telling(all.at("ceilings", "storage").list())) {
            double rate = one.number("bytesPerSecond");
            add(
                    ceilings,
                    "storage",
                    "Storage, " + one.text("pageCache") + ", depth " + one.text("queueDepth"),
                    Quantities.bytes(rate) + "/s",
                    pixels / stored * rate);
        }
        for (Members one : all.at("ceilings", "decode").list()) {
            double rate = one.number("megapixelsPerSecond");
            add(ceilings, "decode", "Decoding, " + threads(one), Quantities.number(rate) + " Mpx/s", rate);
        }
        for (Members one : all.at("ceilings", "memoryCopy").list()) {
            double rate = one.number("bytesPerSecond");
            add(
                    ceilings,
                    "memory",
                    "Memory copy, " + threads(one),
                    Quantities.bytes(rate) + "/s",
                    pixels / output * rate);
        }
        return ceilings;
    }

    /** Of each state of the page cache one request at a time, and the best depth; the table has all. */
    private static List<Members> telling(List<Members> storage) {
        Map<String, Members> best = new LinkedHashMap<>();
        for (Members one : storage) {
            best.merge(
                    one.text("pageCache"),
                    one,
                    (a, b) -> b.number("bytesPerSecond") > a.number("bytesPerSecond") ? b : a);
        }
        return storage.stream()
                .filter(one -> one.number("queueDepth") == 1 || best.containsValue(one))
                .toList();
    }

    private static void table(Html html, List<Members> storage) {
        List<List<String>> rows = new ArrayList<>();
        for (Members one : storage) {
            rows.add(List.of(
                    one.text("pageCache"),
                    one.text("queueDepth"),
                    Quantities.bytes(one.number("bytesPerSecond")) + "/s",
                    Quantities.number(one.number("requestsPerSecond")),
                    Quantities.seconds(one.number("latencySeconds", "p50")),
                    Quantities.seconds(one.number("latencySeconds", "p99"))));
        }
        if (!rows.isEmpty()) {
            Page.folded(
                    html,
                    "Storage in figures",
                    List.of("page cache", "queue depth>", "rate>", "requests/s>", "median latency>", "99 %>"),
                    rows);
        }
    }

    private static void add(List<Ceiling> ceilings, String kind, String name, String asMeasured, double megapixels) {
        if (megapixels > 0 && !Double.isInfinite(megapixels)) {
            ceilings.add(new Ceiling(kind, name, asMeasured, megapixels));
        }
    }

    private static String threads(Members one) {
        double threads = one.number("threads");
        return Double.isNaN(threads) ? "?" : threads == 1 ? "1 thread" : (int) threads + " threads";
    }

    private static double bytesPerPixel(String label) {
        for (PixelType type : PixelType.values()) {
            if (type != PixelType.UNKNOWN && type.label().equals(label)) {
                return type.bytesPerPixel();
            }
        }
        return Double.NaN;
    }

    private static void axis(Html html, double from, double to) {
        html.tag("div", "class", "roof-row roof-head", "aria-hidden", "true");
        html.element("div", "", "class", "roof-name").tag("div", "class", "roof-plot axis");
        for (int power = (int) Math.ceil(from); power <= to; power++) {
            html.element("span", Quantities.number(Math.pow(10, power)), "style", "left:" + place(power, from, to));
        }
        html.end().element("div", "Mpx/s", "class", "roof-value");
        html.element("div", "reached", "class", "roof-share").end();
    }

    private static void row(Html html, Ceiling ceiling, double measured, double from, double to) {
        boolean isMeasured = "measured".equals(ceiling.kind());
        String at = place(Math.log10(ceiling.megapixels()), from, to);
        html.tag("div", "class", "roof-row roof-" + ceiling.kind());
        html.tag("div", "class", "roof-name").text(ceiling.name());
        if (!ceiling.asMeasured().isEmpty()) {
            html.element("span", ceiling.asMeasured(), "class", "note");
        }
        html.end().tag("div", "class", "roof-plot", "aria-hidden", "true");
        html.element("span", "", "class", "roof-line", "style", "left:" + place(Math.log10(measured), from, to));
        html.element("span", "", "class", "roof-stem", "style", "width:" + at);
        html.element("span", "", "class", "roof-dot", "style", "left:" + at).end();
        html.element("div", Quantities.number(ceiling.megapixels()), "class", "roof-value");
        html.element("div", isMeasured ? "" : reached(measured / ceiling.megapixels()), "class", "roof-share");
        html.end();
    }

    /** One thread's ceiling says nothing of what eight reach, nor the cold storage's of a warm load. */
    private static String reached(double share) {
        return share > 1.05 ? "above" : Quantities.percent(share);
    }

    private static String place(double log, double from, double to) {
        return Page.percent((log - from) / (to - from));
    }
}
