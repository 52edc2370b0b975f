package io.github.czi4j.io;

/**
 * Ranges of a source that somebody is about to read, as {@link ByteSource#prefetch} took them. What is fetched for them is
 * his alone: others neither see it nor lose it. Thread-safe.
 */
public interface Prefetch extends AutoCloseable {
    /**
     * Nothing fetched ahead.
     *
     * @param source what is read
     * @return does nothing
     */
    static Prefetch none(ByteSource source) {
        return new Prefetch() {
            @Override
            public ByteSource source() {
                return source;
            }

            @Override
            public void done(int range) {
                // Nothing was kept for it.
            }

            @Override
            public void close() {
                // Nothing is on its way.
            }
        };
    }

    /**
     * Through which to read, to gain from what is fetched.
     *
     * @return the same bytes as those of the source, also beyond the ranges; not to be closed
     */
    ByteSource source();

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
