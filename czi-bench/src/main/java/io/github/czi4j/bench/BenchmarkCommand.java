package io.github.czi4j.bench;

import io.github.czi4j.CziOptions;
import io.github.czi4j.CziReader;
import io.github.czi4j.bench.console.CommandErrors;
import io.github.czi4j.bench.console.Progress;
import io.github.czi4j.bench.environment.Environment;
import io.github.czi4j.bench.environment.FileFacts;
import io.github.czi4j.bench.measure.Benchmark;
import io.github.czi4j.bench.measure.Effort;
import io.github.czi4j.bench.measure.PlaneChoice;
import io.github.czi4j.bench.measure.RegionChoice;
import io.github.czi4j.bench.measure.Strategy;
import io.github.czi4j.bench.peers.PeerReport;
import io.github.czi4j.bench.record.RunRecorder;
import io.github.czi4j.bench.report.BenchmarkReport;
import io.github.czi4j.bench.report.JsonReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
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
        description = "Loads tiles of a file in several ways and says which is the fastest on this machine.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  czi benchmark                              a sample, all configurations",
            "  czi benchmark slide.czi --quick            three configurations, in a minute",
            "  czi benchmark slide.czi --max-tiles 200 --channel 1 --output b.json",
            "  czi benchmark slide.czi --html b.html      a page with charts",
            "  czi benchmark slide.czi --threads 2,6,12 --batch 1,16 --repetitions 11",
            "",
            "Exit status: 0 measured, 1 strategies gave different pixels or tiles failed, 2 could not measure."
        })
public final class BenchmarkCommand implements Callable<Integer> {
    private static final List<Integer> THREADS = List.of(1, 2, 4, 8);
    private static final List<Integer> BATCHES = List.of(10, 25, 50, 100);
    private static final List<Strategy> QUICK =
            List.of(Strategy.SEQUENTIAL, Strategy.threads(4, 25), Strategy.threads(8, 25));
    /** The least number of runs whose range is a 95 % interval. */
    private static final int REPETITIONS = 6;

    private static final Duration WARM_UP = Duration.ofSeconds(4);
    private static final Duration LEAST = Duration.ofSeconds(4);
    private static final Duration QUICK_CAP = Duration.ofMinutes(1);
    private static final Duration CAP = Duration.ofMinutes(10);

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

    @Option(names = "--quick", description = "Sequential, 4 threads and 8 threads only, for a minute at most or so.")
    private boolean quick;

    @Option(
            names = "--max-tiles",
            paramLabel = "N",
            description = "Load a region around the middle that takes at most N tiles; "
                    + "as much of the plane as fits half of the heap unless given.")
    private Integer maxTiles;

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
            names = "--repetitions",
            paramLabel = "N",
            description = "Counted runs of each configuration, at least 3; 6 unless given, "
                    + "and up to 30 if they take less than four seconds in all.")
    private Integer repetitions;

    /** For picocli. */
    public BenchmarkCommand() {}

    @Override
    public Integer call() throws IOException {
        List<Strategy> strategies = strategies();
        Effort effort = new Effort(
                options.warmUp(WARM_UP),
                repetitions == null ? REPETITIONS : repetitions,
                repetitions == null ? LEAST : Duration.ZERO,
                quick ? QUICK_CAP : CAP);
        if (maxTiles != null && maxTiles < 1) {
            throw new IllegalArgumentException("--max-tiles must be at least 1, not " + maxTiles);
        }
        options.checkOutput();
        reports.check();
        records.check();
        peers.check();
        PrintWriter out = spec.commandLine().getOut();
        try (Target target = Target.of(options, spec.commandLine().getErr())) {
            FileFacts facts;
            PlaneChoice plane;
            RegionChoice region;
            try (CziReader reader = CziReader.open(target.file(), CziOptions.defaults())) {
                facts = FileFacts.of(reader);
                plane = PlaneChoice.of(reader, options.channel, options.scene);
                long memory = Runtime.getRuntime().maxMemory() / 2;
                region = RegionChoice.of(reader, plane, maxTiles == null ? Integer.MAX_VALUE - 1 : maxTiles, memory);
            }
            Benchmark benchmark = new Benchmark(target.file(), options.io, region, strategies, effort);
            BenchmarkReport report = new BenchmarkReport(Environment.capture(), facts, plane, benchmark);
            out.print(report.head());
            out.println();
            out.flush();
            RunRecorder recorder = records.start("benchmark of " + target.file().getFileName());
            try (recorder) {
                measure(benchmark, report);
            }
            out.print(report.result());
            if (peers.wanted) {
                report.peers(compare(target, plane, region));
                out.println();
                out.print(report.peers().text());
            }
            if (options.output == null) {
                out.println("To keep these results: --output results.json");
            } else {
                JsonReport.write(options.output, report.toJson(false));
                out.println("Written to " + options.output);
            }
            reports.write(report.toJson(false)).forEach(file -> out.println("Written to " + file));
            records.files(recorder).forEach(file -> out.println("Written to " + file));
            out.flush();
            return benchmark.isConsistent() && benchmark.failedTiles() == 0 ? CommandErrors.OK : CommandErrors.FINDINGS;
        }
    }

    private void measure(Benchmark benchmark, BenchmarkReport report) throws IOException {
        Thread rescue = new Thread(() -> rescue(report), "czi-benchmark-rescue");
        Runtime.getRuntime().addShutdownHook(rescue);
        try (Progress progress = new Progress("measuring", Benchmark.PROGRESS)) {
            benchmark.run(progress::update);
        } finally {
            try {
                Runtime.getRuntime().removeShutdownHook(rescue);
            } catch (IllegalStateException e) {
                // The JVM is going down and the hook runs already.
                Thread.onSpinWait();
            }
        }
    }

    private PeerReport compare(Target target, PlaneChoice plane, RegionChoice region) throws IOException {
        try (Progress progress = new Progress("other readers", Benchmark.PROGRESS)) {
            return peers.run(
                    target.file(),
                    plane,
                    region,
                    "warm",
                    () -> {},
                    share -> progress.update((long) (share * Benchmark.PROGRESS)));
        }
    }

    /** Ctrl-C keeps what was measured so far. */
    private void rescue(BenchmarkReport report) {
        if (options.output != null) {
            try {
                JsonReport.write(options.output, report.toJson(true));
            } catch (IOException e) {
                System.err.println("czi: " + options.output + ": could not be written: " + e.getMessage());
            }
        }
    }

    private List<Strategy> strategies() {
        if (quick && threads == null && batches == null) {
            return QUICK;
        }
        return Strategy.grid(threads == null ? THREADS : threads, batches == null ? BATCHES : batches);
    }
}
