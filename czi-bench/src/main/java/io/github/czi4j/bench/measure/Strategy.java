package io.github.czi4j.bench.measure;

import java.util.Locale;

/** Who loads the tiles. */
public enum Strategy {
    /** The calling thread alone: the baseline. */
    SEQUENTIAL,
    /** Platform threads, each of which reads and decodes. */
    THREADS,
    /** Virtual threads, each of which reads and decodes; needs JDK 21. */
    VIRTUAL,
    /** A few threads read ahead into a bounded queue of payloads, others decode. */
    PIPELINE,
    /** JVMs of their own decode and hand bitmaps over through a mapped file; this one places them. */
    PROCESSES;

    private static final int FIRST_JDK_WITH_VIRTUAL_THREADS = 21;

    /**
     * As reports and options call it.
     *
     * @return for instance {@code pipeline}
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Why it cannot run on this JDK.
     *
     * @return empty if it can
     */
    public String obstacle() {
        return this == VIRTUAL && Runtime.version().feature() < FIRST_JDK_WITH_VIRTUAL_THREADS
                ? "virtual threads need JDK 21 or newer, this is "
                        + Runtime.version().feature()
                : "";
    }
}
