package io.github.czi4j.bench.record;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import jdk.jfr.Recording;

/** What a JVM that was started to be measured records of itself, for the {@link RunRecorder} of the one that started it. */
public final class ChildRecording implements Closeable {
    private final Recording recording = new Recording();
    private final Path file;

    /**
     * Begins to record.
     *
     * @param file where the recording goes when it is closed
     */
    public ChildRecording(Path file) {
        this.file = file;
        for (String event : TraceEvents.NAMES) {
            recording.enable(event).withoutThreshold();
        }
        recording.enable(StackTree.SAMPLE).withPeriod(RunRecorder.SAMPLE_PERIOD);
        recording.start();
    }

    @Override
    public void close() throws IOException {
        try (recording) {
            recording.stop();
            recording.dump(file);
        }
    }
}
