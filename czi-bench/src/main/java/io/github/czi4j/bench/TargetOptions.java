package io.github.czi4j.bench;

import io.github.czi4j.bench.report.JsonReport;
import io.github.czi4j.io.FileByteSource;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What both measuring commands are told: the file, the part of it, where to write. */
final class TargetOptions {
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

    @Option(
            names = "--io",
            paramLabel = "MODE",
            defaultValue = "mapped",
            description = "How the file is read: ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} unless given.",
            completionCandidates = IoModes.class,
            converter = IoModes.Converter.class)
    FileByteSource.Mode io;

    @Option(names = "--output", paramLabel = "FILE.json", description = "Write the results there as JSON.")
    Path output;

    void checkOutput() throws IOException {
        if (output != null) {
            JsonReport.check(output);
        }
    }
}
