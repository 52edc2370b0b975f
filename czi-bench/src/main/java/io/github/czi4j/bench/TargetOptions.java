package io.github.czi4j.bench;

import io.github.czi4j.bench.report.JsonReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What both measuring commands are told: the file, the part of it, where to write. */
final class TargetOptions {
    private static final int MAX_WARM_UP_SECONDS = 3600;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "FILE",
            description = "The CZI file. Without it, a sample is made in a temporary folder and deleted afterwards.")
    Path file;

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
            names = "--warm-up",
            paramLabel = "SECONDS",
            description = "Least time of the runs that are not counted; a few seconds unless given.")
    Double warmUpSeconds;

    Duration warmUp(Duration otherwise) {
        if (warmUpSeconds == null) {
            return otherwise;
        }
        if (!(warmUpSeconds >= 0 && warmUpSeconds <= MAX_WARM_UP_SECONDS)) {
            throw new IllegalArgumentException("--warm-up must be 0 to " + MAX_WARM_UP_SECONDS + " seconds");
        }
        return Duration.ofMillis((long) (1000 * warmUpSeconds));
    }

    void checkOutput() throws IOException {
        if (output != null) {
            JsonReport.check(output);
        }
    }
}
