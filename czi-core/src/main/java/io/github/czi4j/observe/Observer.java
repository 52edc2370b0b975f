package io.github.czi4j.observe;

/**
 * Times stages for a {@link ReadListener}, or does nothing where there is none. Thread-safe if the listener is.
 */
public final class Observer {
    /** Nobody listens. */
    public static final Observer NONE = new Observer(null);

    private final ReadListener listener;

    private Observer(ReadListener listener) {
        this.listener = listener;
    }

    /**
     * An observer that tells a listener.
     *
     * @param listener may be null
     * @return the observer
     */
    public static Observer of(ReadListener listener) {
        return listener == null ? NONE : new Observer(listener);
    }

    /**
     * Whether anybody listens, and so whether work that only makes the figures better is worth while.
     *
     * @return true if so
     */
    public boolean isActive() {
        return listener != null;
    }

    /**
     * Begins a stage.
     *
     * @return to be handed to {@link #end}
     */
    public long begin() {
        return listener == null ? 0 : System.nanoTime();
    }

    /**
     * Ends a stage.
     *
     * @param stage which
     * @param subblock its index in the directory, or {@link ReadListener#NO_SUBBLOCK}
     * @param begun what {@link #begin} returned
     * @param bytes bytes that it read, decoded to, or wrote
     */
    public void end(Stage stage, int subblock, long begun, long bytes) {
        if (listener != null) {
            listener.onStage(stage, subblock, begun, System.nanoTime() - begun, bytes);
        }
    }
}
