package io.github.czi4j.bench;

import io.github.czi4j.bench.menu.MenuStart;
import io.github.czi4j.bench.place.ResultFile;
import io.github.czi4j.bench.report.JsonReport;
import io.github.czi4j.bench.storage.Location;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What both measuring commands are told: the file, the part of it, where to write. */
final class TargetOptions {
    static final String HEADER = "--header";

    private static final int MAX_WARM_UP_SECONDS = 3600;

    @Spec(Spec.Target.MIXEE)
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
            names = HEADER,
            paramLabel = "'NAME: VALUE'",
            description = "Sent with each request for an http(s) address, for instance an Authorization.")
    private List<String> headers = new ArrayList<>();

    @Option(
            names = "--channel",
            paramLabel = "N",
            description = "Index of the channel (C); the lowest unless given. Other dimensions are at their lowest.")
    Integer channel;

    @Option(names = "--scene", paramLabel = "N", description = "Index of the scene (S); all scenes unless given.")
    Integer scene;

    @Option(names = "--output", paramLabel = "FILE.json", description = "Write the results there as JSON.")
    Path output;

    @Option(
            names = "--save",
            description = "Without --output: write the results beside the file, or where it may be written, under a "
                    + "name with the date and time.")
    private boolean save;

    @Option(
            names = {"-i", MenuStart.INTERACTIVE},
            description = "Ask for file, channel, scene and tiles; needs a terminal.")
    private boolean interactive;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            description = "Least time of the runs that are not counted; a few seconds unless given.")
    Double warmUpSeconds;

    /** Where the file is; null for a sample. */
    Location file() {
        return file == null ? null : file.headers(headers);
    }

    /** The options that were given, without what may be secret of an address and its headers. */
    List<String> command() {
        List<String> told = new ArrayList<>();
        for (String argument : spec.commandLine().getParseResult().originalArgs()) {
            boolean isHeader = argument.startsWith(HEADER + "=")
                    || !told.isEmpty() && told.get(told.size() - 1).equals(HEADER);
            String address =
                    Location.isAddress(argument) ? Location.ofAddress(argument).name() : argument;
            told.add(isHeader ? argument.replaceFirst(":.*", ": …") : address);
        }
        return told;
    }

    Duration warmUp(Duration otherwise) {
        if (warmUpSeconds == null) {
            return otherwise;
        }
        if (!(warmUpSeconds >= 0 && warmUpSeconds <= MAX_WARM_UP_SECONDS)) {
            throw new IllegalArgumentException("--warm-up must be 0 to " + MAX_WARM_UP_SECONDS + " seconds");
        }
        return Duration.ofMillis((long) (1000 * warmUpSeconds));
    }

    /** Complains early of an output that cannot be written, and finds a name for one where it has none. */
    void checkOutput() throws IOException {
        if (save && output == null) {
            PrintWriter err = spec.commandLine().getErr();
            Path beside = file == null || file.isRemote() ? null : file.path();
            output = ResultFile.reserve(spec.name() + "_results", beside, note -> err.println("note: " + note));
        }
        if (output != null) {
            JsonReport.check(output);
        }
    }
}
