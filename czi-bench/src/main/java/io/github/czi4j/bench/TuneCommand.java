package io.github.czi4j.bench;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.czi4j.Tuning;
import io.github.czi4j.bench.console.CommandErrors;
import io.github.czi4j.bench.console.Progress;
import io.github.czi4j.bench.console.TextTable;
import io.github.czi4j.bench.console.Units;
import io.github.czi4j.bench.environment.Environment;
import io.github.czi4j.bench.measure.Interval;
import io.github.czi4j.bench.report.JsonReport;
import io.github.czi4j.bench.report.Text;
import io.github.czi4j.bench.tune.Contest;
import io.github.czi4j.bench.tune.Tuner;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code czi tune}: finds the fastest settings and keeps them. */
@Command(
        name = "tune",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = {
            "Finds the fastest settings for files like this one on this machine, and keeps them for 'czi read --tuned' and"
                    + " CziOptions.tuned().",
            "",
            "What is loaded is one mosaic of one plane, up to 100 tiles around its middle, since that is what the settings"
                    + " steer: --channel and --scene choose it. Pipelines, joined reads and processes are tried too, and"
                    + " told of; the reader itself does not have them, so that they are not kept."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  czi tune slide.czi                    a minute",
            "  czi tune slide.czi --budget 300       five minutes",
            "  czi tune slide.czi --channel 1 --scene 0",
            "  czi tune slide.czi --cold             for files that are read once",
            "  czi tune slide.czi --dry-run --output t.json",
            "",
            "Exit status: 0 measured, 2 could not measure or store."
        })
public final class TuneCommand implements Callable<Integer> {
    private static final int MAX_BUDGET = 24 * 3600;
    private static final int PROGRESS = 1000;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FILE", description = "The CZI file.")
    private Path file;

    @Option(
            names = "--budget",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "About how long to look, ${DEFAULT-VALUE} unless given; 90s and 5m are understood too.")
    private String budget;

    @Option(names = "--channel", paramLabel = "N", description = "Index of the channel (C); the lowest unless given.")
    private Integer channel;

    @Option(names = "--scene", paramLabel = "N", description = "Index of the scene (S); all scenes unless given.")
    private Integer scene;

    @Option(
            names = "--cold",
            description = "Drop this file from the page cache before each load, as far as that can be done.")
    private boolean cold;

    @Option(names = "--dry-run", description = "Keep nothing.")
    private boolean dryRun;

    @Option(names = "--output", paramLabel = "FILE.json", description = "Write the results there as JSON.")
    private Path output;

    /** For picocli. */
    public TuneCommand() {}

    @Override
    public Integer call() throws IOException {
        Duration time = budget(budget);
        if (output != null) {
            JsonReport.check(output);
        }
        PrintWriter out = spec.commandLine().getOut();
        Environment environment = Environment.capture();
        Tuner.Result result;
        try (Progress progress = new Progress("tuning", PROGRESS)) {
            result = new Tuner(file, channel, scene, cold, time)
                    .run(share -> progress.update((long) (PROGRESS * Math.min(1, share)), "trying settings"));
        }
        out.print(text(result));
        if (dryRun) {
            out.println("Nothing was kept (--dry-run).");
        } else {
            result.best().tuning().store(result.key());
            out.print(Text.wrap("Kept for " + result.key() + " in " + Tuning.file()
                    + "; used by czi read --tuned and CziOptions.tuned()."));
        }
        if (output != null) {
            JsonReport.write(output, json(result, environment));
            out.println("Written to " + output);
        }
        out.flush();
        return CommandErrors.OK;
    }

    static Duration budget(String text) {
        String number = text.replaceFirst("[sm]$", "");
        if (!number.matches("\\d{1,6}")) {
            throw new IllegalArgumentException("--budget: expected seconds such as 60, 90s or 5m, not " + text);
        }
        long seconds = Long.parseLong(number) * (text.endsWith("m") ? 60 : 1);
        if (seconds < 1 || seconds > MAX_BUDGET) {
            throw new IllegalArgumentException("--budget must be 1 to " + MAX_BUDGET + " seconds, not " + text);
        }
        return Duration.ofSeconds(seconds);
    }

    private static String text(Tuner.Result result) {
        TextTable table = new TextTable("settings", "median>", "95 % interval>", "speed-up>", "");
        for (Contest.Entry entry : result.finalists()) {
            Interval seconds = entry.seconds();
            table.row(
                    entry,
                    Units.seconds(seconds.median()),
                    Units.seconds(seconds.low()) + " – " + Units.seconds(seconds.high()),
                    Units.significant(entry.speedup(result.own()).median()),
                    entry == result.best() ? "kept" : entry == result.own() ? "usual" : "");
        }
        Interval gain = result.best().speedup(result.own());
        String verdict = result.isImproved()
                ? result.best() + " is " + Units.significant(gain.median())
                        + " times as fast as what the reader chooses" + " by itself (" + Units.significant(gain.low())
                        + " to " + Units.significant(gain.high()) + ")."
                : "Nothing is faster than what the reader chooses by itself, beyond doubt: that stays.";
        String alone = result.region().tilesOfPlane() == 1
                ? Text.wrap(
                        "This plane is one tile, which threads cannot share: of such files each plane is a mosaic of its"
                                + " own, and what is gained is gained by reading several at once (CziReader is thread-safe).")
                : "";
        return Text.wrap(result.tried() + " settings tried on " + result.region() + "; all gave the same pixels. The"
                        + " last ones:")
                + table
                + Text.wrap(verdict)
                + Text.wrap(beyond(result))
                + alone;
    }

    /** What the reader itself does not have is told, and not kept. */
    static String beyond(Tuner.Result result) {
        List<String> faster = result.beyond().stream()
                .filter(entry -> {
                    Interval gain = entry.speedup(result.rematch());
                    return gain.isSure() && gain.low() > 1;
                })
                .map(entry -> entry + ", "
                        + Units.significant(entry.speedup(result.rematch()).median()) + " times as fast ("
                        + Units.significant(entry.speedup(result.rematch()).low()) + " to "
                        + Units.significant(entry.speedup(result.rematch()).high()) + ")")
                .toList();
        String tried = result.beyond().stream().map(Contest.Entry::toString).collect(Collectors.joining("; "));
        return faster.isEmpty()
                ? "Nothing that the reader itself does not have is faster beyond doubt (" + tried + ")."
                : "Faster, but not to be had from the reader itself, so that it is not kept: "
                        + String.join("; ", faster) + ". czi benchmark compares these ways.";
    }

    private JsonObject json(Tuner.Result result, Environment environment) {
        JsonObject json = new JsonObject();
        json.addProperty("formatVersion", JsonReport.FORMAT_VERSION);
        json.addProperty("kind", "tune");
        json.add("environment", environment.toJson());
        JsonObject about = new JsonObject();
        about.addProperty("name", file.toString());
        json.add("file", about);
        JsonArray configurations = new JsonArray();
        for (Contest.Entry entry : result.finalists()) {
            JsonObject one = new JsonObject();
            one.addProperty("name", entry.toString());
            one.addProperty(
                    "strategy", entry.tuning().parallelism().kind().name().toLowerCase(Locale.ROOT));
            one.addProperty("threads", entry.tuning().parallelism().workers());
            one.addProperty("batchSize", entry.tuning().parallelism().batch());
            one.addProperty("io", entry.tuning().io().name().toLowerCase(Locale.ROOT));
            one.add("seconds", JsonReport.interval(entry.seconds()));
            one.add("speedup", JsonReport.interval(entry.speedup(result.own())));
            one.addProperty("outputHash", result.hash());
            configurations.add(one);
        }
        json.add("configurations", configurations);
        JsonArray beyond = new JsonArray();
        for (Contest.Entry entry : result.beyond()) {
            JsonObject one = new JsonObject();
            one.addProperty("name", entry.toString());
            one.addProperty("strategy", entry.beyond().strategy().label());
            one.addProperty("threads", entry.beyond().threads());
            one.addProperty("batchSize", entry.beyond().batchSize());
            one.addProperty("io", entry.beyond().io().label());
            one.add("seconds", JsonReport.interval(entry.seconds()));
            one.add("speedup", JsonReport.interval(entry.speedup(result.rematch())));
            beyond.add(one);
        }
        json.add("beyondReader", beyond);
        json.addProperty("tried", result.tried());
        json.addProperty("isImproved", result.isImproved());
        json.addProperty("key", result.key());
        json.addProperty("settings", result.best().tuning().toString());
        return json;
    }
}
