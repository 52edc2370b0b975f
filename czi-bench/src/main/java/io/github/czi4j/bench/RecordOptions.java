package io.github.czi4j.bench;

import io.github.czi4j.bench.record.RunRecorder;
import io.github.czi4j.bench.report.JsonReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** What is recorded of a run beside its figures. */
final class RecordOptions {
    @Option(
            names = "--trace",
            paramLabel = "FILE.json",
            description = "Write a trace there for ui.perfetto.dev or chrome://tracing: what each thread did and when.")
    private Path trace;

    @Option(
            names = "--flame",
            paramLabel = "FILE.html",
            description = "Write a flame graph there: in which methods processor time went.")
    private Path flame;

    @Option(
            names = "--collapsed",
            paramLabel = "FILE.txt",
            description = "Write the stacks of the flame graph there, for other tools.")
    private Path collapsed;

    Path flame() {
        return flame;
    }

    Path collapsed() {
        return collapsed;
    }

    boolean hasTrace() {
        return trace != null;
    }

    boolean isEmpty() {
        return trace == null && flame == null && collapsed == null;
    }

    /** Complains early of files that could not be written. */
    void check() throws IOException {
        for (Path file :
                Stream.of(trace, flame, collapsed).filter(one -> one != null).toList()) {
            JsonReport.check(file);
        }
    }

    /** What a recorder that may be null has written. */
    List<Path> files(RunRecorder recorder) {
        return recorder == null ? List.of() : recorder.files();
    }

    /** Begins to record; null if nothing is asked for. */
    RunRecorder start(String title) throws IOException {
        if (isEmpty()) {
            return null;
        }
        if (ModuleLayer.boot().findModule("jdk.jfr").isEmpty()) {
            throw new IOException("--trace, --flame and --collapsed need Flight Recorder, which this JVM lacks:"
                    + " run czi with a JDK");
        }
        return new RunRecorder(title, trace, flame, collapsed);
    }
}
