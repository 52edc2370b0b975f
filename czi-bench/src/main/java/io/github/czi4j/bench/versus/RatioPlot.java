package io.github.czi4j.bench.versus;

import com.google.gson.JsonObject;
import io.github.czi4j.bench.report.Members;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The ratios as bars, each with its interval and a mark at its target, as SVG that reads on light and on dark ground. The
 * axis is linear from 0, so that lengths are times.
 */
final class RatioPlot {
    private static final int WIDTH = 1000;
    private static final int LABELS = 440;
    private static final int RIGHT = 60;
    private static final int TOP = 44;
    private static final int LINE = 20;
    private static final int BAR = 11;
    /** Half of the height of the mark at a target. */
    private static final int MARK = 8;

    private static final int BOTTOM = 12;
    /** Ratios beyond it are cut off. */
    private static final double MOST = 2;

    private static final double STEP = 0.25;

    private final StringBuilder svg = new StringBuilder();
    private final double most;

    private RatioPlot(double most) {
        this.most = most;
    }

    /**
     * Draws results.
     *
     * @param results with {@code figures}
     * @return the picture
     */
    static String of(JsonObject results) {
        List<Members> ratios = new ArrayList<>();
        double highest = 1;
        for (Members figure : Members.of(results).at("figures").list()) {
            if (figure.text("unit").equals("ratio")) {
                ratios.add(figure);
                double reach = Math.max(figure.number("target"), figure.number("value", "high"));
                highest = Math.max(highest, reach);
            }
        }
        double most = Math.min(MOST, Math.ceil(highest / STEP) * STEP);
        RatioPlot plot = new RatioPlot(most);
        plot.draw(ratios);
        return plot.svg.toString();
    }

    private void draw(List<Members> ratios) {
        int height = TOP + LINE * ratios.size() + BOTTOM;
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" "
                        + "font-family=\"sans-serif\" font-size=\"12\">%n",
                WIDTH,
                height,
                WIDTH,
                height));
        svg.append(
                "<style>text{fill:#24292f}.axis{stroke:#8c959f;stroke-width:.5}.met{fill:#2da44e}.missed{fill:#d1742f}"
                        + ".target,.range{stroke:#24292f}@media(prefers-color-scheme:dark){text{fill:#c9d1d9}"
                        + ".target,.range{stroke:#f0f6fc}}</style>\n");
        text(LABELS, 16, "start", "time of czi4j / time of libCZI; the mark is the target");
        for (double tick = 0; tick <= most; tick += STEP) {
            line("axis", x(tick), TOP - 6, x(tick), height - BOTTOM);
            text(x(tick), TOP - 10, "middle", String.format(Locale.ROOT, "%.2f", tick));
        }
        for (int i = 0; i < ratios.size(); i++) {
            bar(ratios.get(i), TOP + LINE * i);
        }
        svg.append("</svg>\n");
    }

    private void bar(Members figure, int top) {
        double ratio = figure.number("value", "median");
        double middle = top + LINE / 2.0;
        String cores = figure.text("cores").equals(Figure.ONE) ? "1 thread" : "2 cores";
        text(LABELS - 8, middle + 4, "end", shortened(figure.text("work")) + ", " + cores);
        svg.append(String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%d\" y=\"%.1f\" width=\"%.1f\" height=\"%d\"/>%n",
                figure.isTrue("isMet") ? "met" : "missed",
                LABELS,
                middle - BAR / 2.0,
                x(ratio) - LABELS,
                BAR));
        line("range", x(figure.number("value", "low")), middle, x(figure.number("value", "high")), middle);
        double target = x(figure.number("target"));
        svg.append(String.format(
                Locale.ROOT,
                "<line class=\"target\" stroke-width=\"2\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n",
                target,
                middle - MARK,
                target,
                middle + MARK));
        double end = Math.max(target, x(Math.max(ratio, figure.number("value", "high"))));
        text(end + 6, middle + 4, "start", String.format(Locale.ROOT, ratio < 0.1 ? "%.3f" : "%.2f", ratio));
    }

    private static String shortened(String work) {
        return work.replace("mosaic 10×10 of 1024², 10 % overlap, Gray16", "mosaic")
                .replace("the same at zoom 0.25 without a pyramid", "zoom 0.25")
                .replace("the mosaic in a fresh heap, first call with opening", "first mosaic")
                .replaceAll(", tile cache of.*", "")
                .replaceAll(", one by one|, whole processes", "");
    }

    /** Where a ratio lies; what is beyond the axis, or no number, at its ends. */
    private double x(double ratio) {
        double share = Math.max(0, Math.min(1, ratio / most));
        return LABELS + (Double.isNaN(share) ? 0 : share) * (WIDTH - LABELS - RIGHT);
    }

    private void line(String kind, double x1, double y1, double x2, double y2) {
        svg.append(String.format(
                Locale.ROOT,
                "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n",
                kind,
                x1,
                y1,
                x2,
                y2));
    }

    private void text(double x, double y, String anchor, String words) {
        String escaped = words.replace("&", "&amp;").replace("<", "&lt;");
        svg.append(String.format(
                Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", x, y, anchor, escaped));
    }
}
