package io.github.czi4j.bench;

import io.github.czi4j.CziOptions;
import io.github.czi4j.CziReader;
import io.github.czi4j.bench.console.CommandErrors;
import io.github.czi4j.bench.console.Progress;
import io.github.czi4j.bench.environment.Environment;
import io.github.czi4j.bench.environment.FileFacts;
import io.github.czi4j.bench.environment.StorageFacts;
import io.github.czi4j.bench.profile.Profile;
import io.github.czi4j.bench.profile.Profiler;
import io.github.czi4j.bench.record.RunRecorder;
import io.github.czi4j.bench.report.JsonReport;
import io.github.czi4j.bench.report.ProfileReport;
import io.github.czi4j.io.FileByteSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
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
        description = "Loads tiles of a file on one thread and says where the time goes.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  czi profile                           a sample",
            "  czi profile slide.czi                 100 tiles of the first plane",
            "  czi profile slide.czi --max-tiles 200 --channel 1 --scene 0",
            "  czi profile slide.czi --io channel --output p.json --html p.html",
            "  czi profile slide.czi --trace t.json --flame f.html",
            "",
            "Exit status: 0 measured, 1 some tiles could not be loaded, 2 could not measure."
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

    @Option(
            names = "--max-tiles",
            paramLabel = "N",
            defaultValue = "100",
            description = "Tiles to load: the whole plane as one mosaic if it has no more, else so many tiles spread "
                    + "over it; ${DEFAULT-VALUE} unless given.")
    private int maxTiles;

    @Option(
            names = "--io",
            paramLabel = "MODE",
            defaultValue = "mapped",
            description = "How the file is read: ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} unless given.",
            completionCandidates = IoModes.class,
            converter = IoModes.Converter.class)
    private FileByteSource.Mode io;

    /** For picocli. */
    public ProfileCommand() {}

    @Override
    public Integer call() throws IOException {
        if (maxTiles < 1) {
            throw new IllegalArgumentException("--max-tiles must be at least 1, not " + maxTiles);
        }
        options.checkOutput();
        reports.check();
        records.check();
        PrintWriter out = spec.commandLine().getOut();
        try (Target target = Target.of(options, spec.commandLine().getErr())) {
            StorageFacts storage = StorageFacts.of(target.file());
            Profile profile;
            RunRecorder recorder = records.start("profile of " + target.file().getFileName());
            try (recorder) {
                profile = measure(target);
            }
            FileFacts facts;
            // Only now, so that the first pass meets the file as it was.
            try (CziReader reader = CziReader.open(target.file(), CziOptions.defaults())) {
                facts = FileFacts.of(reader, storage);
            }
            ProfileReport report = new ProfileReport(Environment.capture(), facts, profile);
            out.print(report.text());
            if (options.output == null) {
                out.println("To keep these results: --output profile.json");
            } else {
                JsonReport.write(options.output, report.toJson());
                out.println("Written to " + options.output);
            }
            reports.write(report.toJson()).forEach(file -> out.println("Written to " + file));
            records.files(recorder).forEach(file -> out.println("Written to " + file));
            out.flush();
            return profile.failures() == 0 ? CommandErrors.OK : CommandErrors.FINDINGS;
        }
    }

    private Profile measure(Target target) throws IOException {
        try (Progress progress = new Progress("profiling", Profiler.PROGRESS)) {
            return new Profiler(
                            target.file(), io, options.channel, options.scene, maxTiles, options.warmUp(WARM_UP), CAP)
                    .run(progress::update);
        }
    }
}
