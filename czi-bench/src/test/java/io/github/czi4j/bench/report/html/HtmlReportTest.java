package io.github.czi4j.bench.report.html;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.czi4j.bench.report.MarkdownReport;
import io.github.czi4j.bench.report.Members;
import io.github.czi4j.bench.report.Results;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class HtmlReportTest {
    private static final String HOSTILE = "\"'></script><script>alert(1)</script><img src=x onerror=alert(1)>&\u0000";

    /** What the page shows, without scripts and styles, as XML: the parser complains of any tag that is not closed. */
    private static Document shown(String page) {
        String markup = page.replaceFirst("<!DOCTYPE html>", "")
                .replaceAll("(?s)<script[^>]*>.*?</script>", "")
                .replaceAll("(?s)<style>.*?</style>", "");
        return assertDoesNotThrow(() -> DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(markup))));
    }

    private static int count(String page, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(page);
        int count = 0;
        while (matcher.find()) {
            count++;
        }
        return count;
    }

    private static JsonElement embedded(String page, String id) {
        Matcher matcher = Pattern.compile("(?s)<script type=\"application/json\" id=\"" + id + "\">(.*?)</script>")
                .matcher(page);
        assertTrue(matcher.find(), id);
        return JsonParser.parseString(matcher.group(1));
    }

    private static List<String> headings(Document document) {
        NodeList headings = document.getElementsByTagName("h2");
        return IntStream.range(0, headings.getLength())
                .mapToObj(i -> headings.item(i).getTextContent())
                .toList();
    }

    @Test
    void aBenchmarkShowsAllItsSections() throws IOException {
        JsonObject result = Results.named("benchmark-full");
        String page = HtmlReport.page(result);
        Document document = shown(page);
        assertEquals(
                List.of(
                        "Diagnosis",
                        "Strategies, the fastest first",
                        "Scaling",
                        "Measured against the ceilings of this machine",
                        "Other readers on the same tiles",
                        "Amplification",
                        "What the figures rest on"),
                headings(document));
        String text = document.getDocumentElement().getTextContent();
        for (String expected : List.of(
                "kidney_40x_<HE>.czi",
                "Decoding limits this load",
                "875 Mpx/s",
                "4.88 ×",
                "interval 166 ms to 182 ms",
                "did not run: no jar was given",
                "virtual threads need JDK 21",
                "560",
                "AMD EPYC 7763",
                "8.30 GB",
                "Permission is hereby granted")) {
            assertTrue(text.contains(expected), expected);
        }
        assertEquals(4, count(page, ">= fastest<"), "all that cannot be told from the fastest, but itself");
        assertEquals(result, embedded(page, "result"), "the page carries the result");
        JsonObject scaling = embedded(page, "charts").getAsJsonObject().getAsJsonObject("scaling");
        assertEquals("[1,2,4,8]", scaling.get("threads").toString());
        assertEquals(
                4.88,
                Members.of(scaling)
                        .at("series")
                        .list()
                        .get(0)
                        .at("median")
                        .list()
                        .get(3)
                        .number(),
                1e-9);
    }

    @Test
    void aProfileShowsAllItsSections() throws IOException {
        String page = HtmlReport.page(Results.named("profile-full"));
        Document document = shown(page);
        assertEquals(
                List.of(
                        "Diagnosis",
                        "Where the time goes",
                        "Tiles",
                        "Over the slide",
                        "Measured against the ceilings of this machine",
                        "Amplification",
                        "What the figures rest on"),
                headings(document));
        assertEquals(144, document.getElementsByTagName("rect").getLength(), "a rectangle each tile");
        String text = document.getDocumentElement().getTextContent();
        assertTrue(text.contains("decode jpegxr"), text);
        assertTrue(text.contains("610 ms"), "two threads: half of the time of both");
        JsonObject tiles = embedded(page, "charts").getAsJsonObject().getAsJsonObject("tiles");
        assertEquals(144, tiles.getAsJsonArray("x").size());
    }

    @Test
    void pricesOfRemediesStandInATable() throws IOException {
        JsonObject profile = Results.named("profile-full");
        profile.getAsJsonObject("diagnosis").add("prices", JsonParser.parseString("""
                [{"name": "local-copy", "title": "A copy", "gainSeconds": 0.5, "addedBytes": 2000000, "costSeconds": 1.2,
                  "evidence": ["Reading is slow."], "command": "cp a.czi /tmp/"},
                 {"name": "zstd1", "title": "As Zstd", "gainSeconds": -0.25, "addedBytes": -1000000, "costSeconds": 3,
                  "evidence": [], "command": null}]"""));
        Document document = shown(HtmlReport.page(profile));
        assertTrue(
                headings(document).contains("What remedies would bring"),
                headings(document).toString());
        String text = document.getDocumentElement().getTextContent();
        assertTrue(text.contains("A copy500 ms2.00 MB1.20 s3 loads"), text);
        assertTrue(text.contains("As Zstd−250 ms−1.00 MB3.00 snever"), text);
        String markdown = MarkdownReport.text(profile);
        assertTrue(markdown.contains("| A copy | 500 ms | 2.00 MB | 1.20 s | 3 | cp a.czi /tmp/ |"), markdown);
        assertTrue(markdown.contains("| As Zstd | −250 ms | −1.00 MB | 3.00 s | never |  |"), markdown);
    }

    @Test
    void nothingIsFetched() throws IOException {
        for (String name : Results.NAMES) {
            String page = HtmlReport.page(Results.named(name));
            String markup = page.replaceAll("(?s)<script[^>]*>.*?</script>", "");
            assertEquals(0, count(markup, "(?i)<[^>]*\\s(src|href|action|poster|data)\\s*="), name);
            assertEquals(0, count(markup, "(?i)@import|url\\(|<link|<iframe|<object|<base"), name);
            assertEquals(0, count(page, "\\b(fetch|XMLHttpRequest|WebSocket|importScripts|sendBeacon)\\s*\\("), name);
            assertTrue(page.contains("default-src &#39;none&#39;"), name);
        }
    }

    @Test
    void whatAFileSaysStaysText() throws IOException {
        for (String name : Results.NAMES) {
            JsonObject benign = Results.named(name);
            JsonObject hostile =
                    Results.withTexts(benign, text -> text + HOSTILE).getAsJsonObject();
            hostile.addProperty("kind", benign.get("kind").getAsString());
            JsonObject values = benign.deepCopy();
            JsonObject file = new JsonObject();
            file.addProperty("name", HOSTILE);
            values.add("file", file);
            for (JsonObject result : List.of(hostile, values, hostileValues(benign))) {
                String page = HtmlReport.page(result);
                assertEquals(4, count(page, "<script"), "charts, result, library, our own");
                assertEquals(0, count(page, "<img"));
                assertFalse(page.contains("\u0000"));
                Document document = shown(page);
                assertEquals(0, document.getElementsByTagName("script").getLength());
            }
        }
    }

    /** Names of members stay, so that all sections show. */
    private static JsonObject hostileValues(JsonObject benign) {
        JsonObject copy = new JsonObject();
        benign.entrySet().forEach(entry -> copy.add(entry.getKey(), hostile(entry.getKey(), entry.getValue())));
        return copy;
    }

    private static JsonElement hostile(String name, JsonElement value) {
        if (value instanceof JsonObject object) {
            return hostileValues(object);
        }
        if (value instanceof JsonArray array) {
            JsonArray copy = new JsonArray();
            array.forEach(element -> copy.add(hostile(name, element)));
            return copy;
        }
        return "kind".equals(name) ? value : Results.withTexts(value, text -> text + HOSTILE);
    }

    @Test
    void anyMemberMayBeMissingOrOdd() throws IOException {
        for (String name : List.of("benchmark-full", "profile-full")) {
            JsonObject whole = Results.named(name);
            if (whole.has("tiles")) {
                JsonArray list = whole.getAsJsonObject("tiles").getAsJsonArray("list");
                while (list.size() > 3) {
                    list.remove(list.size() - 1);
                }
            }
            if (whole.has("configurations")) {
                JsonArray list = whole.getAsJsonArray("configurations");
                while (list.size() > 3) {
                    list.remove(list.size() - 1);
                }
            }
            // Shown member by member, whatever they are.
            whole.remove("environment");
            whole.remove("method");
            List<JsonObject> variants = Results.withOneMemberOff(whole);
            assertTrue(variants.size() > 150, name);
            variants.parallelStream()
                    .forEach(variant -> assertDoesNotThrow(() -> HtmlReport.page(variant), variant::toString));
        }
        JsonObject nothing = new JsonObject();
        assertTrue(HtmlReport.page(nothing).contains("A CZI file"));
    }

    @Test
    void aHundredThousandTilesMakeNoGiant() {
        JsonObject result = new JsonObject();
        result.addProperty("kind", "profile");
        JsonObject tiles = new JsonObject();
        JsonArray list = new JsonArray();
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            JsonObject tile = new JsonObject();
            tile.addProperty("index", i);
            tile.addProperty("x", i % 400 * 1000);
            tile.addProperty("y", i / 400 * 1000);
            tile.addProperty("width", 1024);
            tile.addProperty("height", 1024);
            tile.addProperty("compression", "jpegxr");
            tile.addProperty("storedBytes", 400_000 + i);
            tile.addProperty("startSeconds", i * 0.004);
            tile.addProperty("readSeconds", 0.001 + (i == 77_777 ? 3 : 0));
            tile.addProperty("decodeSeconds", 0.002 + 0.001 * random.nextDouble());
            tile.addProperty("placeSeconds", 0.0003);
            list.add(tile);
        }
        tiles.add("list", list);
        result.add("tiles", tiles);
        String page = HtmlReport.page(result);
        assertTrue(page.length() < 3_000_000, page.length() + " characters");
        assertEquals(
                5000,
                Members.of(embedded(page, "result")).at("tiles", "list").list().size());
        assertEquals(100_000, Members.of(embedded(page, "result")).number("tiles", "listedOf"));
        Members chart = Members.of(embedded(page, "charts")).at("tiles");
        assertTrue(chart.at("x").list().size() <= 300);
        assertEquals(
                3.003,
                chart.at("first").list().stream()
                        .mapToDouble(Members::number)
                        .max()
                        .orElse(0),
                0.002,
                "the one slow tile is still to be seen");
        assertTrue(shown(page).getElementsByTagName("rect").getLength() > 2000);
    }

    @Test
    void theMapGoesFromDarkToLight() {
        assertEquals("#00224e", TileMap.colour(-1));
        assertEquals("#00224e", TileMap.colour(0));
        assertEquals("#fee838", TileMap.colour(1));
        assertEquals("#7d7c78", TileMap.colour(0.5));
    }

    @Test
    void axesHaveRoundSteps() {
        assertEquals(0.05, Page.step(0.2, 4), 1e-12);
        assertEquals(0.2, Page.step(0.7, 4), 1e-12);
        assertEquals(5, Page.step(13, 4), 1e-12);
        assertEquals("100.000%", Page.percent(3));
        assertEquals("0.000%", Page.percent(Double.NaN));
    }
}
