package io.github.czi4j.bench;

import com.google.gson.JsonObject;
import io.github.czi4j.CziOptions;
import io.github.czi4j.CziReader;
import io.github.czi4j.bench.console.CommandErrors;
import io.github.czi4j.bench.console.Progress;
import io.github.czi4j.bench.diagnose.Diagnosis;
import io.github.czi4j.bench.diagnose.Price;
import io.github.czi4j.bench.diagnose.Prices;
import io.github.czi4j.bench.environment.Environment;
import io.github.czi4j.bench.environment.FileFacts;
import io.github.czi4j.bench.environment.StorageFacts;
import io.github.czi4j.bench.profile.Profile;
import io.github.czi4j.bench.profile.Profiler;
import io.github.czi4j.bench.profile.TileTime;
import io.github.czi4j.bench.record.RunRecorder;
import io.github.czi4j.bench.report.JsonReport;
import io.github.czi4j.bench.report.ProfileReport;
import io.github.czi4j.bench.storage.Ceilings;
import io.github.czi4j.bench.storage.Location;
import io.github.czi4j.io.FileByteSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code czi profile}: where the time goes when tiles are loaded. */
@Command(
        name = "profile",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = "Loads tiles of a file, says where the time goes, and why.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  czi profile                           a sample",
            "  czi profile slide.czi                 100 tiles of the first plane",
            "  czi profile slide.czi --save          results beside the file",
            "  czi profile -i                        asks for file, channel and tiles",
            "  czi profile slide.czi --quick         50 tiles; --detailed: 200",
            "  czi profile slide.czi --threads 8     where the time of 8 threads goes",
            "  czi profile slide.czi --price         and what a local copy or another",
            "                                        compression would bring",
            "  czi profile slide.czi --max-tiles 500 --channel 1 --scene 0",
            "  czi profile slide.czi --io channel --output p.json --html p.html",
            "  czi profile slide.czi --trace t.json --flame f.html",
            "  czi profile https://example.org/slide.czi              by ranges, from afar",
            "  czi profile --pid 4711 --seconds 20 --flame f.html     a running program that uses czi4j",
            "",
            "Exit status: 0 measured, 1 some tiles could not be loaded, 2 could not measure,",
            "130 interrupted."
        })
public final class ProfileCommand implements Callable<Integer> {
    private static final Duration WARM_UP = Duration.ofSeconds(3);
    private static final Duration CAP = Duration.ofSeconds(30);

    @Spec
    private CommandSpec spec;

    @Mixin
    private TargetOptions options;

    @Mixin
    private ReportOptions reports;

    @Mixin
    private RecordOptions records;

    @ArgGroup
    private Presets presets = new Presets();

    /** At most one of them. */
    private static final class Presets {
        @Option(names = "--quick", description = "50 tiles.")
        private boolean quick;

        @Option(names = "--standard", description = "100 tiles; usual.")
        private boolean standard;

        @Option(names = "--detailed", description = "200 tiles.")
        private boolean detailed;

        @Option(
                names = "--max-tiles",
                paramLabel = "N",
                description = "Tiles to load: the whole plane as one mosaic if it has no more, else so many tiles of "
                        + "each compression and size, from all parts of the file.")
        private Integer maxTiles;

        private String label() {
            return maxTiles != null ? "custom" : quick ? "quick" : detailed ? "detailed" : "standard";
        }

        private int tiles() {
            return maxTiles != null ? maxTiles : quick ? 50 : detailed ? 200 : 100;
        }
    }

    @Option(names = "--threads", paramLabel = "N", defaultValue = "1", description = "Threads; one unless given.")
    private int threads;

    @Option(
            names = "--io",
            paramLabel = "MODE",
            defaultValue = "mapped",
            description = "How the file is read: ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} unless given.",
            completionCandidates = IoModes.class,
            converter = IoModes.Converter.class)
    private FileByteSource.Mode io;

    @Option(
            names = "--ceilings",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Measure too what storage, memory and decoder can do at most; usual.")
    private boolean ceilings;

    @Option(
            names = "--price",
            description = "Measure too what a local copy or another compression would bring and cost, on a sample.")
    private boolean price;

    @Option(
            names = "--pid",
            paramLabel = "N",
            description = "Instead of loading a file, look into the running JVM with this process number, which embeds "
                    + "the reader.")
    private Long pid;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "10",
            description = "How long to look with --pid; ${DEFAULT-VALUE} unless given.")
    private double seconds;

    /** For picocli. */
    public ProfileCommand() {}

    @Override
    public Integer call() throws IOException {
        Profile.Method method =
                new Profile.Method(presets.label(), threads, presets.tiles(), options.warmUp(WARM_UP), CAP);
        options.checkOutput();
        reports.check();
        records.check();
        PrintWriter out = spec.commandLine().getOut();
        if (pid != null) {
            if (options.file() != null) {
                throw new IllegalArgumentException("--pid looks into a running program: it takes no file");
            }
            return new LiveProfiling(pid, seconds, options.output, reports, records)
                    .run(out, spec.commandLine().getErr());
        }
        try (Target target = Target.of(options.file(), spec.commandLine().getErr())) {
            checkRemote(target.file());
            Profiler profiler = new Profiler(target.file()::open, io, options.channel, options.scene, method);
            try (Interruption interruption =
                    Interruption.stopping(profiler::stop, spec.commandLine().getErr())) {
                return profile(target, profiler, interruption, out);
            }
        }
    }

    private void checkRemote(Location file) {
        if (!file.isRemote()) {
            return;
        }
        if (spec.commandLine().getParseResult().hasMatchedOption("--io")) {
            throw new IllegalArgumentException("--io is for files on this machine: an address is read by ranges");
        }
        if (price) {
            spec.commandLine().getErr().println("note: --price is left out, it needs a file on this machine");
        }
    }

    private int profile(Target target, Profiler profiler, Interruption interruption, PrintWriter out)
            throws IOException {
        StorageFacts storage = StorageFacts.of(target.file());
        // Before the load of the profile itself is part of it.
        Environment environment = Environment.capture();
        Profile profile;
        RunRecorder recorder = records.start("profile of " + target.file().fileName());
        try (recorder;
                Progress progress = new Progress("profiling", Profiler.PROGRESS)) {
            profile = profiler.run(done -> progress.update(done, "loading tiles"));
            if (interruption.isThere() && recorder != null) {
                recorder.markPartial();
            }
        }
        Ceilings limits = ceilings && !interruption.isThere() ? ceilings(target, profile) : Ceilings.NONE;
        FileFacts facts;
        // Only now, so that the first pass meets the file as it was.
        try (CziReader reader = target.file().open(CziOptions.defaults())) {
            facts = FileFacts.of(reader, storage);
        }
        List<String> command = options.command();
        ProfileReport report = new ProfileReport(environment, facts, profile, limits, command);
        List<Price> prices = price && !interruption.isThere() && !target.file().isRemote()
                ? Prices.measure(target.file().path(), profile)
                : List.of();
        JsonObject json = report.toJson(interruption.isThere());
        Diagnosis diagnosis = Diagnosis.of(json).with(prices);
        json.add("diagnosis", diagnosis.toJson());
        out.print(report.text());
        out.println();
        out.print(diagnosis.text());
        if (interruption.isThere()) {
            out.println("Interrupted: this is what was measured until then.");
        }
        if (options.output == null) {
            out.println("To keep these results: --output profile.json");
        } else {
            JsonReport.write(options.output, json);
            out.println("Written to " + options.output);
        }
        reports.write(json).forEach(file -> out.println("Written to " + file));
        records.files(recorder).forEach(file -> out.println("Written to " + file));
        out.flush();
        return interruption.status(profile.failures() == 0 ? CommandErrors.OK : CommandErrors.FINDINGS);
    }

    private static Ceilings ceilings(Target target, Profile profile) throws IOException {
        int[] tiles =
                profile.typical().tiles().stream().mapToInt(TileTime::subblock).toArray();
        long output =
                profile.sample().outputPixels() * profile.sample().pixelType().bytesPerPixel();
        return Ceilings.measure(target.file(), tiles, output, Duration.ofSeconds(3), false);
    }
}
