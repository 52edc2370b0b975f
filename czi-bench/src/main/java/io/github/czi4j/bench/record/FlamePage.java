package io.github.czi4j.bench.record;

import com.google.gson.GsonBuilder;
import io.github.czi4j.bench.console.WholeFile;
import io.github.czi4j.bench.report.Resources;
import io.github.czi4j.bench.report.html.Html;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A flame graph as one page that needs nothing but itself. */
public final class FlamePage {
    private FlamePage() {}

    /**
     * Writes the page.
     *
     * @param file where
     * @param title what was recorded
     * @param stacks the samples
     * @param isPartial whether the run was interrupted
     * @throws IOException if it cannot be written
     */
    public static void write(Path file, String title, StackTree stacks, boolean isPartial) throws IOException {
        String page = page(title, stacks, isPartial);
        WholeFile.write(file, part -> Files.writeString(part, page, StandardCharsets.UTF_8));
    }

    static String page(String title, StackTree stacks, boolean isPartial) {
        Html html = new Html();
        html.trusted("<!DOCTYPE html>\n").tag("html", "lang", "en").tag("head").tag("meta", "charset", "utf-8");
        html.tag(
                "meta",
                "http-equiv",
                "Content-Security-Policy",
                "content",
                "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'");
        html.tag("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        html.element("title", "Flame graph – " + title);
        html.trusted("<style>")
                .trusted(Resources.text("html/flame.css"))
                .trusted("</style>")
                .end();
        html.tag("body").tag("header").element("h1", "Flame graph");
        html.element(
                "p",
                (isPartial ? "Partial, the run was interrupted. " : "") + title + ": " + stacks.samples()
                        + " samples of threads that ran Java code, one each 10 ms. Width is "
                        + "time; below each method are those that it called. Waiting is not seen.");
        html.tag("div", "class", "tools");
        html.trusted("<label>Search <input id=\"search\" type=\"search\" placeholder=\"part of a name\"></label>");
        html.element("output", "", "id", "found").element("button", "Whole", "type", "button", "id", "reset");
        html.element("button", "Dark", "type", "button", "id", "theme").end().end();
        html.tag("main", "id", "flame", "tabindex", "0", "aria-label", "Flame graph; Enter zooms, Escape shows all");
        html.end().element("p", " ", "id", "told", "role", "status");
        html.trusted("<script type=\"application/json\" id=\"stacks\">")
                .trusted(new GsonBuilder().create().toJson(stacks.toJson()))
                .trusted("</script><script>")
                .trusted(Resources.text("html/flame.js"))
                .trusted("</script>");
        return html.end().end().trusted("\n").toString();
    }
}
