package io.github.czi4j.bench.versus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.czi4j.bench.measure.Interval;
import io.github.czi4j.bench.report.JsonReport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class VersusReportTest {
    @TempDir
    private Path folder;

    private static JsonObject figure(
            String line, String id, Figure.Unit unit, String cores, double target, double value) {
        JsonObject details = new JsonObject();
        details.add("own", JsonReport.interval(Interval.of(0.02 * value)));
        details.add("libczi", JsonReport.interval(Interval.of(0.02)));
        details.addProperty("samePixels", true);
        details.addProperty("libcziVersion", "pylibCZIrw 9.9");
        Interval interval = new Interval(value, 0.9 * value, 1.1 * value, 0.95, 0.9 * value, 1.1 * value, 11);
        boolean isAtLeast = unit == Figure.Unit.SHARE;
        JsonObject json = new Figure(id, "work of " + id, unit, cores, target, isAtLeast, interval, details).toJson();
        json.addProperty("line", line);
        return json;
    }

    private static JsonObject results(JsonObject... figures) {
        JsonObject results = VersusReport.head();
        results.addProperty("created", "2026-01-02T03:04:05Z");
        results.addProperty("command", "versus.sh CORPUS");
        JsonArray array = new JsonArray();
        Stream.of(figures).forEach(array::add);
        results.add("figures", array);
        return results;
    }

    @Test
    void aLineOfTheTableHasBothCores() {
        String text = VersusReport.markdown(
                results(
                        figure("a", "a", Figure.Unit.RATIO, Figure.ONE, 0.5, 0.4),
                        figure("a", "a", Figure.Unit.RATIO, Figure.TWO, 0.26, 0.28),
                        figure("a", "scaling-a", Figure.Unit.SHARE, Figure.TWO, 0.95, 0.71)),
                "plot.svg");
        assertTrue(text.startsWith("Measured on 2026-01-02: "), text);
        assertTrue(text.contains("libCZI by pylibCZIrw 9.9"), text);
        assertTrue(
                text.contains("| work of a | ≤ 0.50 | 0.40 (0.36–0.44) met | ≤ 0.26 | 0.28 (0.25–0.31) **missed**, "
                        + "not surely | 8.00 ms | 5.60 ms | 20.0 ms |"),
                text);
        assertTrue(text.contains("| work of scaling-a | ≥ 0.95 | 0.71 (0.64–0.78) **missed** |"), text);
        assertTrue(text.contains("![ratio of times, beside the target](plot.svg)"), text);
    }

    @Test
    void aBusyMachineIsSaid() {
        JsonObject quiet = figure("a", "a", Figure.Unit.RATIO, Figure.ONE, 0.5, 0.4);
        quiet.addProperty("loadAverage", 2.9);
        JsonObject busy = figure("b", "b", Figure.Unit.RATIO, Figure.ONE, 0.5, 0.4);
        busy.addProperty("loadAverage", 3.1);
        JsonObject environment = new JsonObject();
        environment.addProperty("processors", 2);
        JsonObject one = results(quiet);
        one.add("environment", environment);
        assertTrue(VersusReport.markdown(one, "p").contains(", load of the machine 2.90 to 2.90.\n"));
        JsonObject two = results(quiet, busy);
        two.add("environment", environment);
        assertTrue(VersusReport.markdown(two, "p").contains("2.90 to 3.10. **It had other work to do"));
    }

    @Test
    void startUpsAreStated() {
        JsonObject one = figure("a", "a", Figure.Unit.RATIO, Figure.ONE, 0.5, 0.4);
        one.getAsJsonObject("details").addProperty("ownStartUpSeconds", 0.1);
        JsonObject two = figure("b", "b", Figure.Unit.RATIO, Figure.ONE, 0.5, 0.4);
        two.getAsJsonObject("details").addProperty("ownStartUpSeconds", 0.3);
        two.getAsJsonObject("details").add("pythonReady", JsonReport.interval(Interval.of(0.7)));
        String text = VersusReport.markdown(results(one, two), "plot.svg");
        assertTrue(
                text.contains("Medians: start-up that is not counted, czi4j 200 ms; "
                        + "Python that has loaded pylibCZIrw 700 ms.\n"),
                text);
    }

    @Test
    void whatFailedAndOtherPixelsAreSaid() {
        JsonObject failed = Figure.failed("b", "work of b", VersusReport.LIBCZI, "no file | at all");
        failed.addProperty("line", "b");
        JsonObject machine = Figure.failed("memory-plain", "heap", VersusReport.MACHINE, "no room");
        machine.addProperty("line", "memory-plain");
        JsonObject other = figure("c", "c", Figure.Unit.RATIO, Figure.ONE, 0.5, 0.4);
        other.getAsJsonObject("details").addProperty("samePixels", false);
        String text = VersusReport.markdown(results(failed, other, machine), "plot.svg");
        assertTrue(text.contains("| work of b | | not measured: no file at all |"), text);
        assertTrue(text.contains("| work of c **other pixels** |"), text);
        assertTrue(text.contains("| heap | | not measured: no room |\n"), text);
        assertEquals(text.indexOf("no room"), text.lastIndexOf("no room"));
    }

    @Test
    void onlyTheLinesThatWereMeasuredAgainAreReplaced() {
        JsonObject earlier = results(
                figure("a", "a", Figure.Unit.RATIO, Figure.ONE, 0.5, 0.4),
                figure("a", "scaling-a", Figure.Unit.SHARE, Figure.TWO, 0.95, 0.7),
                figure("b", "b", Figure.Unit.RATIO, Figure.ONE, 0.5, 0.3));
        JsonObject later = results(figure("a", "a", Figure.Unit.RATIO, Figure.ONE, 0.5, 0.2));
        earlier.addProperty("effort", "full");
        earlier.getAsJsonArray("figures")
                .forEach(one -> one.getAsJsonObject().addProperty("created", "2026-01-01T01:00:00Z"));
        later.addProperty("command", "versus.sh CORPUS --rows a");
        later.addProperty("effort", "quick");
        VersusReport.merge(earlier, later, List.of("b", "a"));
        String text = VersusReport.markdown(later, "plot.svg");
        assertTrue(text.startsWith("Measured on 2026-01-01 to 2026-01-02: "), text);
        assertTrue(text.contains("; effort: full and quick"), text);
        assertEquals(
                "versus.sh CORPUS\nversus.sh CORPUS --rows a",
                later.get("command").getAsString());
        List<String> ids = new ArrayList<>();
        later.getAsJsonArray("figures")
                .forEach(one -> ids.add(one.getAsJsonObject().get("id").getAsString()));
        assertEquals(List.of("b", "a"), ids);
        double value = later.getAsJsonArray("figures")
                .get(1)
                .getAsJsonObject()
                .getAsJsonObject("value")
                .get("median")
                .getAsDouble();
        assertEquals(0.2, value);
    }

    @Test
    void aFigureIsSureIfAllOfItsIntervalSaysTheSame() {
        Interval wide = new Interval(0.4, 0.3, 0.6, 0.95, 0.3, 0.6, 9);
        Figure figure = new Figure("a", "a", Figure.Unit.RATIO, Figure.ONE, 0.5, false, wide, new JsonObject());
        assertTrue(figure.isMet());
        assertFalse(figure.isSure());
        Figure share = new Figure("a", "a", Figure.Unit.SHARE, Figure.ONE, 0.2, true, wide, new JsonObject());
        assertTrue(share.isMet());
        assertTrue(share.isSure());
    }

    @Test
    void thePlotIsXmlWithABarForEachRatio() throws Exception {
        String svg = RatioPlot.of(results(
                figure("a", "a<b&c", Figure.Unit.RATIO, Figure.ONE, 0.5, 0.4),
                figure("b", "b", Figure.Unit.RATIO, Figure.TWO, 0.5, 0.8),
                figure("c", "c", Figure.Unit.RATIO, Figure.TWO, 0.5, 70),
                figure("d", "d", Figure.Unit.SHARE, Figure.TWO, 0.5, 0.8)));
        Element root = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();
        NodeList bars = root.getElementsByTagName("rect");
        assertEquals(3, bars.getLength());
        double[] widths = new double[3];
        for (int i = 0; i < 3; i++) {
            widths[i] = Double.parseDouble(((Element) bars.item(i)).getAttribute("width"));
        }
        assertEquals("met", ((Element) bars.item(0)).getAttribute("class"));
        assertEquals("missed", ((Element) bars.item(1)).getAttribute("class"));
        assertEquals(2, widths[1] / widths[0], 0.01);
        // Cut off at the end of the axis, which is 2.
        assertEquals(5, widths[2] / widths[0], 0.01);
    }

    @Test
    void anEmptyPlotIsStillOne() {
        assertTrue(RatioPlot.of(results()).endsWith("</svg>\n"));
    }

    @Test
    void onlyTheMarkedPartOfADocumentChanges() throws IOException {
        Path document = folder.resolve("p.md");
        Files.writeString(document, "before\n<!-- x:begin -->\nold\n<!-- x:end -->\nafter\n");
        MarkedText.replace(document, "x", "new\n\n");
        MarkedText.replace(document, "x", "newer");
        assertEquals("before\n<!-- x:begin -->\nnewer\n<!-- x:end -->\nafter\n", Files.readString(document));
        assertNull(MarkedText.replaced("<!-- x:end --><!-- x:begin -->", "x", "new"));
        IOException failure = assertThrows(IOException.class, () -> MarkedText.replace(document, "y", "new"));
        assertTrue(failure.getMessage().contains("<!-- y:begin -->"), failure.getMessage());
    }

    @Test
    void theTableIsThatOfTheTargets() {
        List<Row> rows = Row.all();
        assertEquals(30, rows.size());
        assertEquals(30, rows.stream().map(Row::id).distinct().count());
        assertEquals(3, rows.stream().filter(row -> row.isMeant("FRESH heap")).count());
        Row boxes = rows.stream()
                .filter(row -> row.isMeant("boxes-jxr"))
                .findFirst()
                .orElseThrow();
        assertEquals(0.07, boxes.one());
        assertEquals(0.04, boxes.both());
    }
}
