package io.github.czi4j.observe;

import io.github.czi4j.model.Compression;

/** A stage that has begun. Not thread-safe. */
public final class Span {
    /** Nobody wants to know. */
    static final Span UNOBSERVED = new Span();

    private final Observer observer;
    private final Stage stage;
    private final RecordedSpan recorded;
    private final long begun;

    private Span() {
        this.observer = null;
        this.stage = null;
        this.recorded = null;
        this.begun = 0;
    }

    Span(Observer observer, Stage stage, RecordedSpan recorded) {
        this.observer = observer;
        this.stage = stage;
        this.recorded = recorded;
        this.begun = System.nanoTime();
    }

    /**
     * Whether anybody wants to know, and so whether work that only makes the figures better is worth while.
     *
     * @return true if so
     */
    public boolean isObserved() {
        return observer != null;
    }

    /**
     * Ends a stage that concerns no subblock.
     *
     * @param bytes bytes that it read or made; 0 where that means nothing
     */
    public void end(long bytes) {
        end(ReadListener.NO_SUBBLOCK, null, bytes);
    }

    /**
     * Ends the stage: the one place that the listener and Flight Recorder learn of it.
     *
     * @param subblock its index in the directory, or {@link ReadListener#NO_SUBBLOCK}
     * @param compression of the subblock; null where there is none
     * @param bytes bytes that it read, decoded to, or wrote
     */
    public void end(int subblock, Compression compression, long bytes) {
        if (observer == null) {
            return;
        }
        long nanos = System.nanoTime() - begun;
        if (recorded != null) {
            recorded.end(observer.file(), stage, subblock, compression, bytes);
        }
        if (observer.listener() != null) {
            observer.listener().onStage(stage, subblock, begun, nanos, bytes);
        }
    }
}
