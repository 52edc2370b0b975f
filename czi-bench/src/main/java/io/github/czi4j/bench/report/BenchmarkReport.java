package io.github.czi4j.bench.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.github.czi4j.bench.console.TextTable;
import io.github.czi4j.bench.console.Units;
import io.github.czi4j.bench.environment.Environment;
import io.github.czi4j.bench.environment.FileFacts;
import io.github.czi4j.bench.measure.Benchmark;
import io.github.czi4j.bench.measure.Configuration;
import io.github.czi4j.bench.measure.MedianInterval;
import io.github.czi4j.bench.measure.PlaneChoice;
import io.github.czi4j.bench.measure.RegionChoice;
import io.github.czi4j.bench.measure.Verdict;
import io.github.czi4j.bench.peers.PeerReport;
import java.util.List;
import java.util.Locale;

/** A comparison for people and for machines. */
public final class BenchmarkReport {
    private static final int BAR = 10;
    private static final String PAGE_CACHE = "warm: the file is read before measuring begins";

    private final Environment environment;
    private final FileFacts file;
    private final PlaneChoice plane;
    private final Benchmark benchmark;
    private PeerReport peers;

    /**
     * Makes a report, also of a comparison that has not ended.
     *
     * @param environment the machine
     * @param file the file
     * @param plane the plane
     * @param benchmark the measurement
     */
    public BenchmarkReport(Environment environment, FileFacts file, PlaneChoice plane, Benchmark benchmark) {
        this.environment = environment;
        this.file = file;
        this.plane = plane;
        this.benchmark = benchmark;
    }

    /**
     * Adds what other readers made of the same tiles.
     *
     * @param report the comparison
     */
    public void peers(PeerReport report) {
        peers = report;
    }

    /**
     * What other readers made of the same tiles.
     *
     * @return the comparison, null if there was none
     */
    public PeerReport peers() {
        return peers;
    }

    /**
     * What is known before anything is measured.
     *
     * @return lines
     */
    public String head() {
        RegionChoice region = benchmark.region();
        StringBuilder text = new StringBuilder();
        environment.lines().forEach(line -> text.append(Text.wrapFact(line)));
        file.lines().forEach(line -> text.append(Text.wrapFact(line)));
        text.append(Text.wrapFact("reads    " + plane + ": " + region));
        text.append(Text.wrapFact("image    " + region.plan().width() + "×"
                + region.plan().height() + " " + region.plan().pixelType().label() + "; "
                + Units.significant((double) region.decodedPixels() / region.outputPixels())
                + " pixels decoded for each pixel of it"));
        text.append(Text.wrapFact("cache    " + PAGE_CACHE));
        return text.toString();
    }

    /**
     * What was measured.
     *
     * @return a table and a verdict
     */
    public String result() {
        List<Configuration> ranked = benchmark.ranked();
        Verdict verdict = Verdict.of(ranked);
        Configuration baseline = benchmark.baseline();
        double slowest = ranked.get(ranked.size() - 1).seconds().median();
        double fastest = ranked.get(0).seconds().median();
        boolean inSeconds = slowest >= 10;
        TextTable table =
                new TextTable("strategy", inSeconds ? "s>" : "ms>", "interval>", "Mpx/s>", "MB/s>", "×>", "heap>", "");
        for (Configuration configuration : ranked) {
            MedianInterval seconds = configuration.seconds();
            double unit = inSeconds ? 1 : 1e3;
            table.row(
                    configuration.strategy() + (verdict.equals().contains(configuration) ? " =" : ""),
                    Units.significant(seconds.median() * unit),
                    Units.significant(seconds.low() * unit) + "–" + Units.significant(seconds.high() * unit),
                    Units.significant(benchmark.region().decodedPixels() / 1e6 / seconds.median()),
                    Units.significant(benchmark.storedBytes() / 1e6 / seconds.median()),
                    Units.significant(baseline.seconds().median() / seconds.median()),
                    Units.bytes(configuration.heapPeakBytes()),
                    "█".repeat((int) Math.max(1, Math.round(BAR * fastest / seconds.median()))));
        }
        MedianInterval first = ranked.get(0).seconds();
        StringBuilder text = new StringBuilder();
        text.append(table).append('\n');
        text.append(Text.wrap(verdict.text(baseline)));
        text.append(Text.wrap(String.format(
                Locale.ROOT,
                "Medians of %d runs in turns after %d rounds of warm-up (%s); an interval holds the true median with "
                        + "%.0f %% probability. Mpx/s: decoded. MB/s: as stored. ×: over sequential. Heap: highest use "
                        + "in a run of its own, garbage included.",
                first.count(),
                benchmark.warmUpRounds(),
                benchmark.isSteady() ? "steady" : "not steady yet when its time was over",
                100 * first.confidence())));
        int tiles = benchmark.region().plan().tiles().size();
        long idle = ranked.stream()
                .filter(configuration -> (long) configuration.strategy().batchSize()
                                * (configuration.strategy().threads() - 1)
                        >= tiles)
                .count();
        if (idle > 0) {
            text.append(Text.wrap("In " + idle + " of the configurations some threads found no batch left: there "
                    + (tiles == 1 ? "is 1 tile." : "are " + tiles + " tiles.")));
        }
        if (benchmark.failedTiles() > 0) {
            text.append(
                    Text.wrap(benchmark.failedTiles() + " tiles could not be loaded; the times hold for the others."));
        }
        text.append(Text.wrap(
                benchmark.isConsistent()
                        ? "All runs gave the same pixels, "
                                + baseline.hashes().get(0).substring(0, 23) + "…."
                        : "THE PIXELS DIFFER between runs: a fault of the reader, the times mean nothing."));
        return text.toString();
    }

    /**
     * For machines.
     *
     * @param isPartial whether the measurement was broken off
     * @return the report
     */
    public JsonObject toJson(boolean isPartial) {
        JsonObject json = new JsonObject();
        json.addProperty("formatVersion", JsonReport.FORMAT_VERSION);
        json.addProperty("kind", "benchmark");
        json.addProperty("partial", isPartial);
        json.add("environment", environment.toJson());
        json.add("file", file.toJson());
        json.add("request", request());
        JsonObject method = new JsonObject();
        method.addProperty("warmUpRounds", benchmark.warmUpRounds());
        method.addProperty("steady", benchmark.isSteady());
        method.addProperty("order", "interleaved");
        method.addProperty("pageCache", PAGE_CACHE);
        method.addProperty("interval", "order statistics of the median");
        method.addProperty("peakMemory", "heap used, sampled each millisecond in an untimed run after a collection");
        json.add("method", method);
        json.addProperty("consistent", benchmark.isConsistent());
        JsonArray configurations = new JsonArray();
        benchmark.ranked().forEach(configuration -> configurations.add(toJson(configuration)));
        json.add("configurations", configurations);
        JsonArray fastest = new JsonArray();
        if (!benchmark.ranked().isEmpty()) {
            Verdict verdict = Verdict.of(benchmark.ranked());
            fastest.add(verdict.best().strategy().toString());
            verdict.equals().forEach(other -> fastest.add(other.strategy().toString()));
        }
        json.add("notDistinguishableFromFastest", fastest);
        if (peers != null) {
            json.add("peers", peers.toJson());
        }
        return json;
    }

    private JsonObject request() {
        RegionChoice region = benchmark.region();
        JsonObject json = new JsonObject();
        json.addProperty("plane", plane.plane().toString());
        json.addProperty("scene", plane.scene());
        JsonArray rect = new JsonArray();
        rect.add(region.plan().region().x());
        rect.add(region.plan().region().y());
        rect.add(region.plan().region().width());
        rect.add(region.plan().region().height());
        json.add("region", rect);
        json.addProperty("pixelType", region.plan().pixelType().label());
        json.addProperty("tiles", region.plan().tiles().size());
        json.addProperty("tilesOfPlane", region.tilesOfPlane());
        json.addProperty("hiddenTiles", region.plan().hidden().length);
        json.addProperty("failedTiles", benchmark.failedTiles());
        json.addProperty("outputPixels", region.outputPixels());
        json.addProperty("decodedPixels", region.decodedPixels());
        json.addProperty("storedBytes", benchmark.storedBytes());
        return json;
    }

    private JsonObject toJson(Configuration configuration) {
        MedianInterval seconds = configuration.seconds();
        JsonObject json = new JsonObject();
        json.addProperty("strategy", configuration.strategy().name());
        json.addProperty("threads", configuration.strategy().threads());
        if (configuration.strategy().batchSize() > 0) {
            json.addProperty("batchSize", configuration.strategy().batchSize());
        } else {
            json.add("batchSize", JsonNull.INSTANCE);
        }
        json.addProperty("io", benchmark.io().name().toLowerCase(Locale.ROOT));
        json.add("seconds", interval(seconds));
        JsonArray samples = new JsonArray();
        for (Configuration.Sample sample : configuration.samples()) {
            JsonObject one = new JsonObject();
            one.addProperty("seconds", sample.seconds());
            one.addProperty("cpuSeconds", sample.cpuSeconds());
            one.addProperty("gcSeconds", sample.gcSeconds());
            samples.add(one);
        }
        json.add("samples", samples);
        json.addProperty("cpuSeconds", configuration.cpuSeconds().median());
        json.addProperty("megapixelsPerSecond", benchmark.region().decodedPixels() / 1e6 / seconds.median());
        json.addProperty("outputMegapixelsPerSecond", benchmark.region().outputPixels() / 1e6 / seconds.median());
        json.addProperty("megabytesPerSecond", benchmark.storedBytes() / 1e6 / seconds.median());
        json.addProperty("speedup", benchmark.baseline().seconds().median() / seconds.median());
        json.addProperty("peakMemoryBytes", configuration.heapPeakBytes());
        JsonObject memory = new JsonObject();
        memory.addProperty("heapBeforeBytes", configuration.heapBeforeBytes());
        memory.addProperty("heapPeakBytes", configuration.heapPeakBytes());
        memory.addProperty("residentPeakBytes", configuration.residentPeakBytes());
        memory.addProperty(
                "residentPeakIs",
                configuration.residentPeakBytes() == 0
                        ? "not known here"
                        : configuration.isResidentPeakOfRun()
                                ? "VmHWM of the process, set back before the run; counts heap touched before and pages"
                                        + " of the mapped file"
                                : "VmHWM of the process since it began");
        json.add("memory", memory);
        json.addProperty("outputHash", String.join(" ", configuration.hashes()));
        return json;
    }

    private static JsonObject interval(MedianInterval interval) {
        JsonObject json = new JsonObject();
        json.addProperty("median", interval.median());
        json.addProperty("low", interval.low());
        json.addProperty("high", interval.high());
        json.addProperty("confidence", interval.confidence());
        json.addProperty("min", interval.min());
        json.addProperty("max", interval.max());
        return json;
    }
}
