package io.github.czi4j.bench;

import com.google.gson.JsonObject;
import io.github.czi4j.CziOptions;
import io.github.czi4j.CziReader;
import io.github.czi4j.bench.console.CommandErrors;
import io.github.czi4j.bench.console.Progress;
import io.github.czi4j.bench.diagnose.Diagnosis;
import io.github.czi4j.bench.environment.Environment;
import io.github.czi4j.bench.environment.FileFacts;
import io.github.czi4j.bench.environment.StorageFacts;
import io.github.czi4j.bench.measure.Benchmark;
import io.github.czi4j.bench.measure.Configuration;
import io.github.czi4j.bench.measure.ConfigurationGrid;
import io.github.czi4j.bench.measure.Effort;
import io.github.czi4j.bench.measure.PlaneChoice;
import io.github.czi4j.bench.measure.RegionChoice;
import io.github.czi4j.bench.measure.Settings;
import io.github.czi4j.bench.measure.Strategy;
import io.github.czi4j.bench.peers.PeerComparison;
import io.github.czi4j.bench.peers.PeerReport;
import io.github.czi4j.bench.record.RunRecorder;
import io.github.czi4j.bench.report.BenchmarkReport;
import io.github.czi4j.bench.report.JsonReport;
import io.github.czi4j.bench.storage.IoMode;
import io.github.czi4j.bench.storage.PageCache;
import io.github.czi4j.io.FileByteSource;
import io.github.czi4j.model.TileOrder;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code czi benchmark}: which way of loading tiles is the fastest here. */
@Command(
        name = "benchmark",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        subcommands = CompareCommand.class,
        description = "Loads tiles of a file in several ways and says which is the fastest on this machine.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  czi benchmark                              a sample, in a minute",
            "  czi benchmark slide.czi --quick            three configurations",
            "  czi benchmark slide.czi --medium --output b.json",
            "  czi benchmark slide.czi --full --save         results beside the file",
            "  czi benchmark -i                              asks for file, channel and tiles",
            "  czi benchmark slide.czi --max-tiles 200 --channel 1 --cold",
            "  czi benchmark slide.czi --threads 2,6 --batch 1,16 --io mapped,coalesced",
            "  czi benchmark slide.czi --strategies threads,pipeline,processes --fork",
            "  czi benchmark slide.czi --html b.html         a page with charts",
            "  czi benchmark slide.czi --peers               other readers on the same tiles",
            "  czi benchmark https://example.org/slide.czi --quick     from afar",
            "  czi benchmark compare before.json after.json --fail-above 5%%",
            "",
            "Exit status: 0 measured, 1 configurations failed or gave different pixels or",
            "tiles failed, 2 could not measure, 130 interrupted."
        })
public final class BenchmarkCommand implements Callable<Integer> {
    /** The least number of groups of runs whose interval is a 95 % one. */
    private static final int REPETITIONS = 6;

    private static final int PROGRESS = 1000;

    @Spec
    private CommandSpec spec;

    @Mixin
    private TargetOptions options;

    @Mixin
    private ReportOptions reports;

    @Mixin
    private RecordOptions records;

    @Mixin
    private PeerOptions peers;

    @ArgGroup
    private Presets presets = new Presets();

    /** At most one of them. */
    private static final class Presets {
        @Option(
                names = "--quick",
                description = "Sequential, 4 threads and 8 threads only, for a minute at most or so.")
        private boolean quick;

        @Option(
                names = "--medium",
                description = "Each strategy and each way to read the file, each in fresh JVMs: some minutes.")
        private boolean medium;

        @Option(names = "--full", description = "The whole grid, each configuration in fresh JVMs: half an hour or so.")
        private boolean full;
    }

    @Option(
            names = "--max-tiles",
            paramLabel = "N",
            description = "Load a region around the middle that takes at most N tiles; "
                    + "as much of the plane as fits half of the heap unless given.")
    private Integer maxTiles;

    @Option(
            names = "--strategies",
            paramLabel = "NAME",
            split = ",",
            description =
                    "Of ${COMPLETION-CANDIDATES}; sequential and threads unless given. Of processes and pipelines, "
                            + "threads and batches are those that decode.")
    private List<Strategy> strategies;

    @Option(
            names = "--threads",
            paramLabel = "N",
            split = ",",
            description = "Numbers of threads; 1,2,4,8 unless given.")
    private List<Integer> threads;

    @Option(
            names = "--batch",
            paramLabel = "N",
            split = ",",
            description = "Tiles that a thread takes at a time; 10,25,50,100 unless given.")
    private List<Integer> batches;

    @Option(
            names = "--io",
            paramLabel = "MODE",
            split = ",",
            description =
                    "How the file is read, of ${COMPLETION-CANDIDATES}: mapped into memory, by positional reads, or "
                            + "by such reads of several neighbouring tiles at once; http is that of addresses.")
    private List<IoMode> io;

    @Option(
            names = "--order",
            paramLabel = "ORDER",
            split = ",",
            description = "Order in which tiles are read: that of the file, rows, random; the first unless given.")
    private List<TileOrder> orders;

    @Option(
            names = "--repetitions",
            paramLabel = "N",
            description =
                    "Counted runs of each configuration, with --fork JVMs of it, at least 3; 6 unless given, and, "
                            + "without --fork, up to 30 if all take less than four seconds.")
    private Integer repetitions;

    @Option(
            names = "--fork",
            negatable = true,
            description = "Fresh JVMs for each configuration; usual in --medium and --full.")
    private Boolean fork;

    @Option(
            names = "--cold",
            description = "Drop this file from the page cache before each counted load, and say how far that worked.")
    private boolean cold;

    @Option(
            names = "--drop-caches",
            description = "With --cold: drop the page cache of the whole machine if nothing else works. Needs root.")
    private boolean dropCaches;

    @Option(
            names = "--ceilings",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Measure first what storage, memory and decoder can do at most; usual.")
    private boolean ceilings;

    /** For picocli. */
    public BenchmarkCommand() {}

    @Override
    public Integer call() throws IOException {
        ConfigurationGrid.Axes axes = new ConfigurationGrid.Axes(strategies, threads, batches, io, orders);
        ConfigurationGrid.Preset preset = preset();
        List<Configuration> configurations = configurations(axes, preset);
        Settings settings = settings(preset);
        if (maxTiles != null && maxTiles < 1) {
            throw new IllegalArgumentException("--max-tiles must be at least 1, not " + maxTiles);
        }
        options.checkOutput();
        reports.check();
        records.check();
        peers.check();
        PrintWriter out = spec.commandLine().getOut();
        try (Target target = Target.of(options.file(), spec.commandLine().getErr())) {
            StorageFacts storage = StorageFacts.of(target.file());
            FileFacts facts;
            PlaneChoice plane;
            RegionChoice region;
            // Not mapped: a mapping would stay until it is collected, and keep the file in the page cache.
            CziOptions looking = CziOptions.defaults().io(FileByteSource.Mode.CHANNEL);
            try (CziReader reader = target.file().open(looking)) {
                facts = FileFacts.of(reader, storage);
                plane = PlaneChoice.of(reader, options.channel, options.scene);
                long memory = Runtime.getRuntime().maxMemory() / 2;
                region = RegionChoice.of(reader, plane, maxTiles == null ? Integer.MAX_VALUE - 1 : maxTiles, memory);
            }
            Benchmark benchmark = new Benchmark(target.file(), plane, region, configurations, settings);
            BenchmarkReport report = new BenchmarkReport(
                    Environment.capture(),
                    facts,
                    benchmark,
                    axes.isEmpty() ? preset.name().toLowerCase(Locale.ROOT) : "custom",
                    options.command());
            out.print(report.head());
            out.println();
            out.flush();
            RunRecorder recorder = records.start("benchmark of " + target.file().fileName());
            if (recorder != null) {
                benchmark.record(recorder::add);
                if (configurations.stream().anyMatch(one -> one.strategy() == Strategy.PROCESSES)) {
                    spec.commandLine()
                            .getErr()
                            .println("note: traces and stacks have no worker processes, only the JVM that places"
                                    + " their tiles");
                }
            }
            Interruption interruption = Interruption.rescuing(() -> rescue(report));
            try (interruption) {
                try (recorder) {
                    measure(benchmark);
                }
                out.print(report.result());
                if (peers.wanted) {
                    report.peers(compare(target, plane, region));
                    out.println();
                    out.print(report.peers().text());
                }
            }
            JsonObject json = report.toJson(false);
            Diagnosis diagnosis = Diagnosis.of(json);
            json.add("diagnosis", diagnosis.toJson());
            out.println();
            out.print(diagnosis.text());
            if (options.output == null) {
                out.println("To keep these results: --output results.json");
            } else {
                JsonReport.write(options.output, json);
                out.println("Written to " + options.output);
            }
            reports.write(json).forEach(file -> out.println("Written to " + file));
            records.files(recorder).forEach(file -> out.println("Written to " + file));
            out.flush();
            boolean isFine = benchmark.isConsistent() && benchmark.failedTiles() == 0 && !benchmark.hasFailures();
            return isFine ? CommandErrors.OK : CommandErrors.FINDINGS;
        }
    }

    private List<Configuration> configurations(ConfigurationGrid.Axes axes, ConfigurationGrid.Preset preset) {
        List<Configuration> local = axes.isEmpty() ? ConfigurationGrid.of(preset) : ConfigurationGrid.of(axes);
        if (options.file() == null || !options.file().isRemote()) {
            return local;
        }
        if (io != null) {
            throw new IllegalArgumentException("--io is for files on this machine: an address is read by ranges");
        }
        if (cold || dropCaches) {
            throw new IllegalArgumentException("--cold and --drop-caches are for files on this machine: nothing of an"
                    + " address is in its page cache");
        }
        if (peers.wanted) {
            throw new IllegalArgumentException("--peers is for files on this machine");
        }
        return ConfigurationGrid.ofAddress(local);
    }

    private ConfigurationGrid.Preset preset() {
        if (presets.quick) {
            return ConfigurationGrid.Preset.QUICK;
        }
        if (presets.medium) {
            return ConfigurationGrid.Preset.MEDIUM;
        }
        return presets.full ? ConfigurationGrid.Preset.FULL : ConfigurationGrid.Preset.USUAL;
    }

    private Settings settings(ConfigurationGrid.Preset preset) {
        boolean isThorough = preset == ConfigurationGrid.Preset.MEDIUM || preset == ConfigurationGrid.Preset.FULL;
        boolean isForked = fork == null ? isThorough : fork;
        Duration cap = switch (preset) {
            case QUICK -> Duration.ofMinutes(1);
            case USUAL -> Duration.ofMinutes(10);
            case MEDIUM -> Duration.ofMinutes(40);
            case FULL -> Duration.ofHours(4);
        };
        // A fork warms up one configuration, all others together the code that they share.
        Duration warmUp = options.warmUp(isForked ? Duration.ofMillis(1500) : Duration.ofSeconds(4));
        // Of many JVMs each gives some runs, however short they are.
        Duration least = repetitions != null || isForked ? Duration.ZERO : Duration.ofSeconds(4);
        Effort effort = new Effort(warmUp, repetitions == null ? REPETITIONS : repetitions, least, cap);
        Duration forCeilings = Duration.ofSeconds(isThorough ? 6 : 3);
        return new Settings(effort, isForked, cold || dropCaches, dropCaches, ceilings ? forCeilings : Duration.ZERO);
    }

    private static void measure(Benchmark benchmark) throws IOException {
        try (Progress progress = new Progress("measuring", PROGRESS)) {
            benchmark.run((share, what) -> progress.update((long) (share * PROGRESS), what));
        }
    }

    private PeerReport compare(Target target, PlaneChoice plane, RegionChoice region) throws IOException {
        boolean dropsFile = cold || dropCaches;
        AtomicBoolean isCold = new AtomicBoolean(true);
        PeerComparison.BeforePass drop = () -> isCold.compareAndSet(
                true, PageCache.drop(target.file().path(), dropCaches).isCold());
        try (Progress progress = new Progress("other readers", PROGRESS)) {
            return peers.run(
                    target.file().path(),
                    plane,
                    region,
                    dropsFile ? drop : null,
                    () -> dropsFile ? isCold.get() ? "cold" : "partly" : "warm",
                    share -> progress.update((long) (share * PROGRESS)));
        }
    }

    /** Ctrl-C keeps what was measured so far. */
    private void rescue(BenchmarkReport report) {
        PrintWriter err = spec.commandLine().getErr();
        err.println();
        err.print(report.result());
        err.println("Interrupted: this is what was measured until then.");
        err.flush();
        try {
            JsonObject json = report.toJson(true);
            json.add("diagnosis", Diagnosis.of(json).toJson());
            if (options.output != null) {
                JsonReport.write(options.output, json);
                err.println("Written to " + options.output + ", marked as partial");
            }
            reports.write(json).forEach(file -> err.println("Written to " + file + ", marked as partial"));
        } catch (IOException e) {
            err.println("czi: what was measured could not be written: " + e.getMessage());
        }
        err.flush();
    }
}
