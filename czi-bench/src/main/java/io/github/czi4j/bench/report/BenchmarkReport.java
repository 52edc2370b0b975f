package io.github.czi4j.bench.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.github.czi4j.bench.console.TextTable;
import io.github.czi4j.bench.console.Units;
import io.github.czi4j.bench.environment.Environment;
import io.github.czi4j.bench.environment.FileFacts;
import io.github.czi4j.bench.measure.Benchmark;
import io.github.czi4j.bench.measure.Interval;
import io.github.czi4j.bench.measure.Measurement;
import io.github.czi4j.bench.measure.RegionChoice;
import io.github.czi4j.bench.measure.Sample;
import io.github.czi4j.bench.measure.Strategy;
import io.github.czi4j.bench.measure.Verdict;
import io.github.czi4j.bench.peers.PeerReport;
import io.github.czi4j.bench.storage.PageCache;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** A comparison for people and for machines. */
public final class BenchmarkReport {
    private static final int WIDTH = 80;
    private static final int MAX_BAR = 10;
    private static final int MIN_BAR = 3;
    private static final int SHORT_HASH = 23;
    private static final int NAMED_OUTLIERS = 3;

    private final Environment environment;
    private final FileFacts file;
    private final Benchmark benchmark;
    private final String preset;
    private final List<String> command;
    private final Instant created = Instant.now();
    private PeerReport peers;

    /**
     * Makes a report, also of a comparison that has not ended.
     *
     * @param environment the machine
     * @param file the file
     * @param benchmark the measurement
     * @param preset what was compared: {@code quick}, {@code usual}, {@code medium}, {@code full} or {@code custom}
     * @param command the options that were given
     */
    public BenchmarkReport(
            Environment environment, FileFacts file, Benchmark benchmark, String preset, List<String> command) {
        this.environment = environment;
        this.file = file;
        this.benchmark = benchmark;
        this.preset = preset;
        this.command = List.copyOf(command);
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
        text.append(Text.wrapFact("reads    " + benchmark.plane() + ": " + region));
        text.append(Text.wrapFact("image    " + region.plan().width() + "×"
                + region.plan().height() + " " + region.plan().pixelType().label() + "; "
                + Units.significant((double) region.decodedPixels() / region.outputPixels())
                + " pixels decoded for each pixel of it"));
        text.append(Text.wrapFact(
                benchmark.isRemote()
                        ? "cache    not applicable: the file is not on this machine"
                        : benchmark.settings().isCold()
                                ? "cache    to be cold: the file is dropped before each load"
                                : "cache    warm: the file is read before measuring begins"));
        return text.toString();
    }

    /**
     * What was measured.
     *
     * @return a table and a verdict
     */
    public String result() {
        List<Measurement> ranked = benchmark.ranked();
        StringBuilder text = new StringBuilder();
        if (ranked.isEmpty()) {
            return Text.wrap("Nothing was measured yet.");
        }
        Verdict verdict = Verdict.of(ranked);
        Measurement baseline = benchmark.baseline();
        text.append(table(ranked, verdict)).append('\n');
        text.append(Text.wrap(verdict.text(baseline)));
        text.append(Text.wrap(method(ranked)));
        text.append(notes(ranked));
        text.append(ceilings(verdict.best()));
        text.append(Text.wrap(
                benchmark.isConsistent()
                        ? "All runs gave the same pixels, "
                                + benchmark.outputHash().substring(0, SHORT_HASH) + "…."
                        : "THE PIXELS DIFFER between runs: a fault of the reader, the times mean nothing."));
        return text.toString();
    }

    private String table(List<Measurement> ranked, Verdict verdict) {
        double slowest = ranked.get(ranked.size() - 1).seconds().median();
        double fastest = ranked.get(0).seconds().median();
        boolean inSeconds = slowest >= 10;
        double unit = inSeconds ? 1 : 1e3;
        TextTable plain = empty(inSeconds);
        ranked.forEach(measurement -> plain.row(cells(measurement, verdict, unit, "")));
        int used = plain.toString().lines().mapToInt(String::length).max().orElse(0);
        int bar = Math.min(MAX_BAR, WIDTH - used - 2);
        if (bar < MIN_BAR) {
            return plain.toString();
        }
        TextTable table = empty(inSeconds);
        for (Measurement measurement : ranked) {
            double length = bar * fastest / measurement.seconds().median();
            table.row(cells(measurement, verdict, unit, "█".repeat((int) Math.max(1, Math.round(length)))));
        }
        return table.toString();
    }

    private static TextTable empty(boolean inSeconds) {
        return new TextTable("strategy", inSeconds ? "s>" : "ms>", "interval>", "Mpx/s>", "×>", "memory>", "");
    }

    private Object[] cells(Measurement measurement, Verdict verdict, double unit, String bar) {
        Interval seconds = measurement.seconds();
        return new Object[] {
            measurement.configuration() + (verdict.equals().contains(measurement) ? " =" : ""),
            Units.significant(seconds.median() * unit),
            Units.significant(seconds.low() * unit) + "–" + Units.significant(seconds.high() * unit),
            Units.significant(benchmark.region().decodedPixels() / 1e6 / seconds.median()),
            Units.significant(benchmark.baseline().seconds().median() / seconds.median()),
            measurement.peakBytes().map(Units::bytes).orElse("?"),
            bar
        };
    }

    private String method(List<Measurement> ranked) {
        Interval first = ranked.get(0).seconds();
        int fewest = ranked.stream()
                .mapToInt(measurement -> measurement.samples().size())
                .min()
                .orElse(0);
        long jvms = ranked.get(0).samples().stream()
                .mapToInt(Sample::fork)
                .distinct()
                .count();
        String where = benchmark.settings().isForked()
                ? fewest + " or more runs in " + jvms + " fresh JVMs each, in turns, "
                : fewest + " runs in turns ";
        return String.format(
                Locale.ROOT,
                "Medians of %safter %d rounds of warm-up (%s); an interval (bootstrap) holds the true median with %.0f %% "
                        + "probability. Mpx/s: decoded. ×: over sequential. Memory: highest use of heap and direct "
                        + "buffers in a run of its own, garbage included.",
                where,
                benchmark.warmUpRounds(),
                benchmark.isSteady() ? "steady" : "not steady yet when its time was over",
                100 * first.confidence());
    }

    private String notes(List<Measurement> ranked) {
        StringBuilder text = new StringBuilder();
        int tiles = benchmark.region().plan().tiles().size();
        long idle = ranked.stream()
                .map(Measurement::configuration)
                .filter(one -> (long) one.batchSize() * (one.threads() - 1) >= tiles)
                .count();
        if (idle > 0) {
            text.append(Text.wrap("In " + idle + " of the configurations some threads found no batch left: there "
                    + (tiles == 1 ? "is 1 tile." : "are " + tiles + " tiles.")));
        }
        DoubleSummaryStatistics startUp = ranked.stream()
                .mapToDouble(Measurement::startUpSeconds)
                .filter(seconds -> seconds > 0)
                .summaryStatistics();
        if (startUp.getCount() > 0) {
            String most = startUp.getCount() == 1 ? "" : " to " + Units.seconds(startUp.getMax());
            text.append(Text.wrap("Starting the worker processes took " + Units.seconds(startUp.getMin()) + most
                    + " besides, once for all runs; their memory is not in the table."));
        }
        text.append(outliers(ranked));
        text.append(cold(ranked));
        if (benchmark.failedTiles() > 0) {
            text.append(
                    Text.wrap(benchmark.failedTiles() + " tiles could not be loaded; the times hold for the others."));
        }
        benchmark
                .skipped()
                .forEach((name, reason) -> text.append(Text.wrap("Left out: " + name + ": " + reason + ".")));
        return text.toString();
    }

    private static String outliers(List<Measurement> ranked) {
        List<String> named = new ArrayList<>();
        int count = 0;
        for (Measurement measurement : ranked) {
            boolean[] isOutlier = measurement.outliers();
            for (int i = 0; i < isOutlier.length; i++) {
                if (isOutlier[i] && ++count <= NAMED_OUTLIERS) {
                    named.add(measurement.configuration() + " run " + (i + 1) + " with "
                            + Units.seconds(measurement.samples().get(i).seconds()));
                }
            }
        }
        return count == 0
                ? ""
                : Text.wrap((count == 1 ? "1 run lies" : count + " runs lie")
                        + " more than three deviations from the median and counted all the same: "
                        + String.join("; ", named) + (count > NAMED_OUTLIERS ? "; …" : "") + ".");
    }

    private String cold(List<Measurement> ranked) {
        if (!benchmark.settings().isCold()) {
            return "";
        }
        PageCache.Drop drop = benchmark.drop();
        OptionalDouble before = ranked.stream()
                .map(Measurement::residentShare)
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .max();
        String share = before.isEmpty()
                ? "How much of the file was in memory before the loads is not known."
                : String.format(
                        Locale.ROOT,
                        "Before the loads at most %.1f %% of the file was in memory%s.",
                        100 * before.getAsDouble(),
                        PageCache.State.of(before) == PageCache.State.COLD ? "" : ": THEY WERE NOT COLD");
        return Text.wrap("Page cache: " + drop + ". " + share);
    }

    private String ceilings(Measurement best) {
        double seconds = best.seconds().median();
        StringBuilder text = new StringBuilder();
        benchmark
                .ceilings()
                .lines(
                        benchmark.storedBytes() / seconds,
                        outputBytes() / seconds,
                        benchmark.region().decodedPixels() / 1e6 / seconds,
                        "the fastest")
                .forEach(line -> text.append(Text.wrapFact(line)));
        return text.isEmpty() ? "" : "\nWhat this machine can do with these tiles at most:\n" + text + '\n';
    }

    private double outputBytes() {
        return (double) benchmark.region().outputPixels()
                * benchmark.region().plan().pixelType().bytesPerPixel();
    }

    /**
     * For machines.
     *
     * @param isPartial whether the measurement was broken off
     * @return the report
     */
    public JsonObject toJson(boolean isPartial) {
        List<Measurement> ranked = benchmark.ranked();
        JsonObject json = new JsonObject();
        json.addProperty("formatVersion", JsonReport.FORMAT_VERSION);
        json.addProperty("kind", "benchmark");
        json.addProperty("created", created.truncatedTo(ChronoUnit.SECONDS).toString());
        json.addProperty("partial", isPartial);
        json.add("command", JsonReport.strings(command));
        json.add("environment", environment.toJson());
        json.add("file", file.toJson());
        json.add("request", request());
        json.add("amplification", amplification());
        json.add("method", method());
        json.addProperty("isConsistent", benchmark.isConsistent());
        JsonArray configurations = new JsonArray();
        ranked.forEach(measurement -> configurations.add(toJson(measurement)));
        json.add("configurations", configurations);
        JsonArray fastest = new JsonArray();
        if (!ranked.isEmpty()) {
            Verdict verdict = Verdict.of(ranked);
            fastest.add(verdict.best().configuration().name());
            verdict.equals().forEach(other -> fastest.add(other.configuration().name()));
        }
        json.addProperty("baseline", benchmark.baseline().configuration().name());
        json.add("notDistinguishableFromFastest", fastest);
        if (peers != null) {
            json.add("peers", peers.toJson());
        }
        JsonArray skipped = new JsonArray();
        benchmark.skipped().forEach((name, reason) -> {
            JsonObject one = new JsonObject();
            one.addProperty("name", name);
            one.addProperty("reason", reason);
            skipped.add(one);
        });
        json.add("skipped", skipped);
        json.add("ceilings", benchmark.ceilings().toJson());
        return json;
    }

    private JsonObject method() {
        JsonObject json = new JsonObject();
        json.addProperty("preset", preset);
        json.addProperty("isForked", benchmark.settings().isForked());
        json.addProperty("warmUpRounds", benchmark.warmUpRounds());
        json.addProperty("isSteady", benchmark.isSteady());
        json.addProperty("order", "interleaved");
        json.addProperty(
                "pageCache",
                benchmark.isRemote()
                        ? PageCache.State.NOT_APPLICABLE.label()
                        : benchmark.settings().isCold() ? "cold" : "warm");
        PageCache.Drop drop = benchmark.drop();
        json.addProperty("drop", drop == null ? null : drop.toString());
        return json;
    }

    private JsonObject request() {
        RegionChoice region = benchmark.region();
        JsonObject json = new JsonObject();
        json.addProperty("plane", benchmark.plane().plane().toString());
        json.addProperty("scene", benchmark.plane().scene());
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

    private JsonObject amplification() {
        RegionChoice region = benchmark.region();
        long showing = region.plan().tiles().stream()
                .filter(tile -> RegionChoice.visiblePixels(tile) > 0)
                .count();
        long visible = region.plan().tiles().stream()
                .mapToLong(RegionChoice::visiblePixels)
                .sum();
        JsonObject json = new JsonObject();
        json.add("subblocks", JsonReport.amplification(region.plan().tiles().size(), showing));
        json.add("bytes", JsonReport.amplification(benchmark.storedBytes(), benchmark.neededBytes()));
        json.add("pixels", JsonReport.amplification(region.decodedPixels(), visible));
        return json;
    }

    private JsonObject toJson(Measurement measurement) {
        Interval seconds = measurement.seconds();
        JsonObject json = new JsonObject();
        json.addProperty("name", measurement.configuration().name());
        json.addProperty("strategy", measurement.configuration().strategy().label());
        json.addProperty("threads", measurement.configuration().threads());
        json.addProperty(
                "batchSize",
                measurement.configuration().strategy() == Strategy.SEQUENTIAL
                        ? null
                        : measurement.configuration().batchSize());
        json.addProperty("io", measurement.configuration().io().label());
        json.addProperty("order", measurement.configuration().orderLabel());
        json.addProperty("pageCache", measurement.pageCache().label());
        OptionalDouble share = measurement.residentShare();
        if (share.isPresent()) {
            json.addProperty("residentShare", share.getAsDouble());
        } else {
            json.add("residentShare", JsonNull.INSTANCE);
        }
        json.add("seconds", JsonReport.interval(seconds));
        json.add("speedup", JsonReport.interval(measurement.speedup(benchmark.baseline())));
        json.addProperty("cpuSeconds", measurement.cpuSeconds());
        json.addProperty("megapixelsPerSecond", benchmark.region().decodedPixels() / 1e6 / seconds.median());
        json.addProperty("outputMegapixelsPerSecond", benchmark.region().outputPixels() / 1e6 / seconds.median());
        json.addProperty("megabytesPerSecond", benchmark.storedBytes() / 1e6 / seconds.median());
        json.addProperty("startUpSeconds", measurement.startUpSeconds() == 0 ? null : measurement.startUpSeconds());
        json.addProperty("peakMemoryBytes", measurement.peakBytes().orElse(null));
        json.add(
                "memory",
                measurement.memoryJson().<JsonElement>map(memory -> memory).orElse(JsonNull.INSTANCE));
        json.addProperty("outputHash", String.join(" ", measurement.hashes()));
        boolean[] isOutlier = measurement.outliers();
        JsonArray samples = new JsonArray();
        for (int i = 0; i < isOutlier.length; i++) {
            JsonObject sample = measurement.samples().get(i).toJson();
            sample.addProperty("isOutlier", isOutlier[i]);
            samples.add(sample);
        }
        json.add("samples", samples);
        return json;
    }
}
