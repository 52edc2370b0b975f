package io.github.czi4j.observe;

/**
 * Is told what the reader does, on the thread that does it. Implementations are called from many threads at once and
 * must be quick: their time is part of what they measure.
 */
@FunctionalInterface
public interface ReadListener {
    /** {@code subblock} where a stage concerns no subblock. */
    int NO_SUBBLOCK = -1;

    /**
     * A stage ended.
     *
     * @param stage which
     * @param subblock index of the subblock in the directory, or {@link #NO_SUBBLOCK}
     * @param startNanos {@link System#nanoTime()} at its beginning
     * @param nanos its duration
     * @param bytes bytes that it read, decoded to, or wrote; 0 where that means nothing
     */
    void onStage(Stage stage, int subblock, long startNanos, long nanos, long bytes);
}
