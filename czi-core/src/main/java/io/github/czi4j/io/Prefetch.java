package io.github.czi4j.io;

/**
 * Ranges of a source that somebody is about to read, as {@link ByteSource#prefetch} took them. Thread-safe.
 */
public interface Prefetch extends AutoCloseable {
    /** Of a source that fetches nothing ahead. */
    Prefetch NONE = new Prefetch() {
        @Override
        public void done(int range) {
            // Nothing was kept for it.
        }

        @Override
        public void close() {
            // Nothing is on its way.
        }
    };

    /**
     * Says that a range is not needed any more, so that its memory serves others.
     *
     * @param range its index among those that were announced
     */
    void done(int range);

    /** Gives up what is on its way, and all that is kept. Reads that wait for it fail. May be called more than once. */
    @Override
    void close();
}
