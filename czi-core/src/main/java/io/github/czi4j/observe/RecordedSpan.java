package io.github.czi4j.observe;

import io.github.czi4j.model.Compression;

/** A stage as Flight Recorder keeps it; hides its types, which a JVM without the module {@code jdk.jfr} lacks. */
interface RecordedSpan {
    /** Ends and commits it, unless it was shorter than the threshold of the recording. */
    void end(String file, Stage stage, int subblock, Compression compression, long bytes);
}
