package io.github.czi4j.bench.report.html;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.czi4j.bench.report.Members;
import io.github.czi4j.bench.report.Resources;
import java.util.List;

/**
 * The page of a benchmark or a profile: one file without references to others, for light and dark screens, for paper, and
 * for readers of text. It takes nothing but the result as {@code docs/benchmark-json.md} describes it, of which any member
 * may be missing.
 */
public final class HtmlReport {
    /** Tiles beyond this number are thinned in the copy of the result that the page carries. */
    static final int MAX_LISTED = 5000;

    /** Escapes what could end a script element. */
    private static final Gson IN_SCRIPT = new GsonBuilder().serializeNulls().create();

    /** Nothing is ever fetched, whatever a name in the result says. */
    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
            + "img-src data: blob:; base-uri 'none'; form-action 'none'";

    private HtmlReport() {}

    /**
     * Makes the page.
     *
     * @param result a benchmark or a profile
     * @return HTML in Unicode, to be stored as UTF-8
     */
    public static String page(JsonObject result) {
        Members all = Members.of(result);
        Html html = new Html();
        JsonObject charts = new JsonObject();
        html.trusted("<!DOCTYPE html>\n").tag("html", "lang", "en").trusted("\n");
        head(html, all);
        html.tag("body").tag("div", "class", "page");
        Overview.write(html, all);
        html.tag("main");
        Ranking.write(html, all);
        Scaling.write(html, charts, all);
        StageSplit.write(html, all);
        TileFigures.write(html, charts, all);
        TileMap.write(html, all);
        Ceilings.write(html, all);
        Facts.write(html, all);
        html.end();
        foot(html, result);
        html.end();
        script(html, "charts", charts);
        script(html, "result", thinned(result));
        html.trusted("\n<script>")
                .trusted(Resources.uplot("dist/uPlot.iife.min.js"))
                .trusted("</script>\n<script>")
                .trusted(Resources.text("html/report.js"))
                .trusted("</script>\n");
        return html.end().end().trusted("\n").toString();
    }

    private static void head(Html html, Members all) {
        html.tag("head")
                .tag("meta", "charset", "utf-8")
                .tag("meta", "http-equiv", "Content-Security-Policy", "content", POLICY)
                .tag("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
                .tag("meta", "name", "color-scheme", "content", "light dark")
                .element("title", Overview.title(all) + " – czi4j " + Overview.kind(all))
                .trusted("\n<style>")
                .trusted(Resources.uplot("dist/uPlot.min.css"))
                .trusted(Resources.text("html/report.css"))
                .trusted("</style>\n")
                .end();
    }

    private static void foot(Html html, JsonObject result) {
        html.tag("footer").tag("p");
        html.element("button", "Download the result as JSON", "type", "button", "id", "download")
                .text(" The page carries it"
                        + (isThinned(result) ? "; of its tiles only some, the file of --output has all." : "."))
                .end();
        html.tag("details").element("summary", "Licence of uPlot, which draws the line charts");
        html.element("pre", Resources.uplot("LICENSE")).end();
        html.end();
    }

    private static void script(Html html, String id, JsonElement content) {
        html.trusted("\n<script type=\"application/json\" id=\"" + id + "\">")
                .trusted(IN_SCRIPT.toJson(content))
                .trusted("</script>");
    }

    private static boolean isThinned(JsonObject result) {
        return Members.of(result).at("tiles", "list").list().size() > MAX_LISTED;
    }

    /** The result with at most so many tiles, evenly chosen. */
    private static JsonObject thinned(JsonObject result) {
        if (!isThinned(result)) {
            return result;
        }
        List<Members> list = Members.of(result).at("tiles", "list").list();
        JsonArray some = new JsonArray();
        for (int i = 0; i < MAX_LISTED; i++) {
            some.add(list.get((int) ((long) i * list.size() / MAX_LISTED)).json());
        }
        JsonObject tiles = new JsonObject();
        result.getAsJsonObject("tiles").entrySet().forEach(entry -> tiles.add(entry.getKey(), entry.getValue()));
        tiles.add("list", some);
        tiles.addProperty("listedOf", list.size());
        JsonObject copy = new JsonObject();
        result.entrySet().forEach(entry -> copy.add(entry.getKey(), entry.getValue()));
        copy.add("tiles", tiles);
        return copy;
    }
}
