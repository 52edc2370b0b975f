package io.github.czi4j.observe;

import io.github.czi4j.model.Compression;

/**
 * Times stages of the work on one file for a {@link ReadListener} and for Flight Recorder, or does nothing where neither
 * wants to know. Thread-safe if the listener is.
 */
public final class Observer {
    private final ReadListener listener;
    private final String file;

    private Observer(ReadListener listener, String file) {
        this.listener = listener;
        this.file = file;
    }

    /**
     * An observer of one file.
     *
     * @param listener is told of each stage; may be null
     * @param file name of the file, as events show it
     * @return the observer
     */
    public static Observer of(ReadListener listener, String file) {
        return new Observer(listener, file);
    }

    /**
     * Begins a stage on the calling thread.
     *
     * @param stage which
     * @return to be ended on the same thread; if the stage fails, it is just dropped
     */
    public Span begin(Stage stage) {
        RecordedSpan recorded = FlightEvents.begin(stage);
        return listener == null && recorded == null ? Span.UNOBSERVED : new Span(this, stage, recorded);
    }

    /**
     * Tells Flight Recorder that a tile came from the cache. It is no stage: listeners are not told.
     *
     * @param subblock its index in the directory
     * @param compression as it is stored
     * @param bytes of its bitmap
     */
    public void cacheHit(int subblock, Compression compression, long bytes) {
        FlightEvents.cacheHit(file, subblock, compression, bytes);
    }

    String file() {
        return file;
    }

    ReadListener listener() {
        return listener;
    }
}
