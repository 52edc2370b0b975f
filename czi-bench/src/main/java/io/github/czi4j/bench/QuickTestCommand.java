package io.github.czi4j.bench;

import com.google.gson.JsonObject;
import io.github.czi4j.CziOptions;
import io.github.czi4j.CziReader;
import io.github.czi4j.Tuning;
import io.github.czi4j.bench.console.CommandErrors;
import io.github.czi4j.bench.console.TextTable;
import io.github.czi4j.bench.console.Units;
import io.github.czi4j.bench.measure.Interval;
import io.github.czi4j.bench.measure.PlaneChoice;
import io.github.czi4j.bench.measure.RegionChoice;
import io.github.czi4j.bench.report.JsonReport;
import io.github.czi4j.bench.report.Text;
import io.github.czi4j.bench.storage.Location;
import io.github.czi4j.bench.tune.Contest;
import io.github.czi4j.io.FileByteSource;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Parallelism;
import io.github.czi4j.model.SubblockInfo;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code czi quick-test}: a few tiles as a test suite loads them, and whether threads help. */
@Command(
        name = "quick-test",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = "Loads a few tiles as a test suite would, on one thread and on all processors, and says in less"
                + " than 20 seconds whether threads help and what the whole file would take. The tiles are of one plane, around its middle: that of --channel, or"
                + " the first.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  czi quick-test                        a sample",
            "  czi quick-test slide.czi              20 tiles around the middle",
            "  czi quick-test slide.czi --max-tiles 5 --channel 1",
            "",
            "Exit status: 0 measured, 2 could not measure."
        })
public final class QuickTestCommand implements Callable<Integer> {
    private static final int MIN_SAMPLES = 6;
    private static final int MAX_SAMPLES = 30;
    private static final long WARM_UP_NANOS = Duration.ofSeconds(3).toNanos();
    private static final long SOFT_END_NANOS = Duration.ofSeconds(8).toNanos();
    private static final long HARD_END_NANOS = Duration.ofSeconds(15).toNanos();

    @Spec
    private CommandSpec spec;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "FILE",
            description =
                    "The CZI file, or its http(s) address. Without it, a sample is made in a temporary folder and "
                            + "deleted afterwards.")
    private Location file;

    @Option(
            names = TargetOptions.HEADER,
            paramLabel = "'NAME: VALUE'",
            description = "Sent with each request for an http(s) address, for instance an Authorization.")
    private List<String> headers = new ArrayList<>();

    @Option(
            names = "--max-tiles",
            paramLabel = "N",
            defaultValue = "20",
            description = "Tiles to load, ${DEFAULT-VALUE} unless given.")
    private int maxTiles;

    @Option(names = "--channel", paramLabel = "N", description = "Index of the channel (C); the lowest unless given.")
    private Integer channel;

    @Option(names = "--scene", paramLabel = "N", description = "Index of the scene (S); all scenes unless given.")
    private Integer scene;

    @Option(names = "--output", paramLabel = "FILE.json", description = "Write the results there as JSON.")
    private Path output;

    /** For picocli. */
    public QuickTestCommand() {}

    @Override
    public Integer call() throws IOException {
        if (maxTiles < 1) {
            throw new IllegalArgumentException("--max-tiles must be at least 1, not " + maxTiles);
        }
        if (output != null) {
            JsonReport.check(output);
        }
        Location location = file == null ? null : file.headers(headers);
        try (Target target = Target.of(location, spec.commandLine().getErr())) {
            measure(target.file());
        }
        return CommandErrors.OK;
    }

    private void measure(Location location) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Contest.Entry sequential = new Contest.Entry(new Tuning(Parallelism.sequential(), FileByteSource.Mode.MAPPED));
        Contest.Entry parallel = new Contest.Entry(new Tuning(Parallelism.auto(), FileByteSource.Mode.MAPPED));
        long begun = System.nanoTime();
        RegionChoice region;
        double share;
        try (CziReader reader = location.open(CziOptions.defaults())) {
            PlaneChoice plane = PlaneChoice.of(reader, channel, scene);
            region = RegionChoice.of(
                    reader, plane, maxTiles, Runtime.getRuntime().maxMemory() / 4);
            share = region.decodedPixels() / allPixels(reader);
        }
        double opening = (System.nanoTime() - begun) / 1e9;
        double first;
        try (Contest contest = new Contest(location::open, region.request())) {
            first = contest.load(sequential, false);
            long warm = System.nanoTime();
            do {
                contest.load(sequential, false);
                contest.load(parallel, false);
            } while (System.nanoTime() - warm < WARM_UP_NANOS && System.nanoTime() - begun < SOFT_END_NANOS);
            while (sequential.count() < MIN_SAMPLES && System.nanoTime() - begun < HARD_END_NANOS
                    || sequential.count() < MAX_SAMPLES && System.nanoTime() - begun < SOFT_END_NANOS) {
                contest.round(List.of(sequential, parallel));
            }
            if (sequential.count() == 0) {
                contest.round(List.of(sequential, parallel));
            }
        }
        Interval speedup = parallel.speedup(sequential);
        int workers = Math.min(
                Runtime.getRuntime().availableProcessors(),
                region.plan().tiles().size());
        TextTable table = new TextTable("", "median>", "95 % interval>", "each tile>", "whole file>");
        row(table, "one thread", sequential.seconds(), region, share);
        row(table, workers == 1 ? "1 processor" : workers + " processors", parallel.seconds(), region, share);
        out.print(Text.wrap(
                region + " of " + location + "; " + sequential.count() + " loads each, in turn, same pixels."));
        out.print(table);
        out.print(Text.wrap("The first load took " + Units.seconds(first) + ", and finding the tiles before "
                + Units.seconds(opening) + ", with code that was not compiled yet: that is what a program meets that"
                + " loads a few tiles and ends. The whole file is in proportion to the pixels, with "
                + (location.isRemote() ? "the network as it was here." : "the page cache as it was here.")
                + (region.tilesOfPlane() == 1
                        ? " This plane is one tile, which threads cannot share: what they bring is seen on planes of more."
                        : "")));
        out.print(Text.wrap(verdict(speedup)));
        if (output != null) {
            JsonReport.write(output, json(location, first, sequential, parallel, share, speedup));
            out.println("Written to " + output);
        }
        out.flush();
    }

    private static double allPixels(CziReader reader) {
        double pixels = 0;
        for (int i = 0; i < reader.subblockCount(); i++) {
            SubblockInfo info = reader.subblockInfo(i);
            pixels += (double) info.storedWidth() * info.storedHeight();
        }
        return pixels;
    }

    private static void row(TextTable table, String name, Interval seconds, RegionChoice region, double share) {
        table.row(
                name,
                Units.seconds(seconds.median()),
                Units.seconds(seconds.low()) + " – " + Units.seconds(seconds.high()),
                Units.seconds(seconds.median() / region.plan().tiles().size()),
                Units.seconds(seconds.median() / share));
    }

    /** Does parallel help? */
    static String verdict(Interval speedup) {
        String interval = Units.significant(speedup.median()) + " times as fast (" + Units.significant(speedup.low())
                + " to " + Units.significant(speedup.high()) + ")";
        if (!speedup.isSure()) {
            return "Whether threads help cannot be said: so few loads fitted into the time. Measured: " + interval
                    + ".";
        }
        if (speedup.low() > 1) {
            return "Threads help: " + interval + ".";
        }
        return speedup.high() < 1
                ? "Threads harm: " + interval + "; czi profile tells why."
                : "That threads help cannot be said: " + interval + ", and that holds 1.";
    }

    private static JsonObject json(
            Location location,
            double first,
            Contest.Entry sequential,
            Contest.Entry parallel,
            double share,
            Interval speedup)
            throws CziException {
        JsonObject json = new JsonObject();
        json.addProperty("formatVersion", JsonReport.FORMAT_VERSION);
        json.addProperty("kind", "quick-test");
        JsonObject about = new JsonObject();
        about.addProperty("name", location.name());
        json.add("file", about);
        json.addProperty("firstSeconds", first);
        json.add("sequential", JsonReport.interval(sequential.seconds()));
        json.add("parallel", JsonReport.interval(parallel.seconds()));
        json.add("speedup", JsonReport.interval(speedup));
        json.addProperty("shareOfFile", share);
        json.addProperty("verdict", verdict(speedup));
        return json;
    }
}
