package io.github.czi4j.bench.peers;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.github.czi4j.bench.console.TextTable;
import io.github.czi4j.bench.console.Units;
import io.github.czi4j.bench.measure.Interval;
import io.github.czi4j.bench.report.JsonReport;
import java.util.List;

/** The comparison for people and for machines. */
public final class PeerReport {
    private final String pageCache;
    private final List<PeerResult> results;

    /**
     * A report.
     *
     * @param pageCache {@code warm}, {@code cold} or {@code partly}
     * @param results of all works, each beginning with that of the baseline
     */
    public PeerReport(String pageCache, List<PeerResult> results) {
        this.pageCache = pageCache;
        this.results = List.copyOf(results);
    }

    /**
     * The result that others of the same work are compared with.
     *
     * @return that of the first reader
     */
    private PeerResult baseline(PeerResult result) {
        return results.stream()
                .filter(other -> other.work().equals(result.work()))
                .findFirst()
                .orElse(result);
    }

    /** Whether its pixels are those of the baseline; of no meaning if either has none. */
    private boolean agrees(PeerResult result) {
        return result.hashes().equals(baseline(result).hashes());
    }

    /**
     * A table.
     *
     * @return lines
     */
    public String text() {
        TextTable table =
                new TextTable("reader", "work", "ms a region>", "interval>", "CPU>", "ratio>", "start-up>", "pixels");
        StringBuilder notes = new StringBuilder();
        for (PeerResult result : results) {
            String name = (result.peer() + " " + result.version()).strip();
            if (result.problem().isPresent()) {
                notes.append(result.isUnsupported() ? "Skipped: " : "Failed: ")
                        .append(result.peer())
                        .append(", ")
                        .append(result.work().label())
                        .append(": ")
                        .append(result.problem().get())
                        .append('\n');
            }
            if (!result.isMeasured()) {
                continue;
            }
            Interval seconds = result.seconds();
            double each = 1e3 / result.work().regions().size();
            PeerResult baseline = baseline(result);
            table.row(
                    name,
                    result.work().label(),
                    Units.significant(seconds.median() * each),
                    Units.significant(seconds.low() * each) + "–" + Units.significant(seconds.high() * each),
                    Units.significant(result.cpuSeconds().median() / seconds.median()),
                    baseline.isMeasured()
                            ? Units.significant(
                                    seconds.median() / baseline.seconds().median())
                            : "",
                    Units.significant(result.startUpSeconds()) + " s",
                    result == baseline ? "" : agrees(result) ? "same" : "DIFFERENT");
        }
        return "Other readers, page cache " + pageCache
                + "; CPU: processor time over time on the wall; ratio: to czi4j.\n\n" + table + notes;
    }

    /**
     * The member {@code peers} of a benchmark's JSON.
     *
     * @return one object for each reader and work
     */
    public JsonArray toJson() {
        JsonArray array = new JsonArray();
        for (PeerResult result : results) {
            JsonObject json = new JsonObject();
            json.addProperty("name", result.peer());
            json.addProperty("version", result.version());
            json.addProperty("work", result.work().name());
            json.addProperty("threads", result.work().threads());
            json.addProperty("regions", result.work().regions().size());
            json.addProperty("outputPixels", result.work().pixels());
            json.addProperty("pageCache", pageCache);
            if (result.isMeasured()) {
                Interval seconds = result.seconds();
                json.addProperty("startUpSeconds", result.startUpSeconds());
                json.addProperty("openSeconds", result.openSeconds());
                json.add("seconds", JsonReport.interval(seconds));
                json.addProperty("cpuSeconds", result.cpuSeconds().median());
                json.addProperty("tilesPerSecond", result.work().regions().size() / seconds.median());
                json.addProperty("outputMegapixelsPerSecond", result.work().pixels() / 1e6 / seconds.median());
                PeerResult baseline = baseline(result);
                if (baseline.isMeasured()) {
                    json.addProperty(
                            "ratio", seconds.median() / baseline.seconds().median());
                    json.addProperty("agrees", agrees(result));
                }
                json.addProperty("outputHash", String.join(" ", result.hashes()));
            }
            String member = result.isUnsupported() ? "skipped" : "failed";
            if (result.problem().isPresent()) {
                json.addProperty(member, result.problem().get());
            } else {
                json.add("skipped", JsonNull.INSTANCE);
            }
            array.add(json);
        }
        return array;
    }

    /**
     * Whether every reader that was measured gave the pixels of the baseline.
     *
     * @return false if one differs
     */
    public boolean isConsistent() {
        return results.stream().filter(PeerResult::isMeasured).allMatch(this::agrees);
    }
}
