package io.github.czi4j.bench.measure;

import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Pixels;
import java.io.Closeable;

/** Loads the same tiles again and again in one way. Not thread-safe. */
interface Loader extends Closeable {
    /**
     * Opens the file if it is not open, and starts what has to be started.
     *
     * @throws CziException if that fails
     */
    void open() throws CziException;

    /** Loads; what is timed. The loader is open. */
    Pixels load() throws CziException;

    /** Closes the file in all processes, so that it can be dropped from the page cache. */
    void release() throws CziException;

    /** What starting other processes took when they were started last, 0 if there are none. */
    default double startUpSeconds() {
        return 0;
    }

    /** Processor time of other processes so far. */
    default long workerCpuNanos() {
        return 0;
    }

    /** Highest resident sets of other processes, added up; 0 if there are none or the system does not tell. */
    default long workerResidentPeakBytes() {
        return 0;
    }

    @Override
    void close() throws CziException;

    /** The loader of a configuration; nothing is opened yet. */
    static Loader of(Job job, Configuration configuration) {
        return of(job, configuration, job.file()::open);
    }

    /** The same on storage that stands for the file, for configurations that do not need the file itself. */
    static Loader of(Job job, Configuration configuration, Opener opener) {
        return configuration.strategy() == Strategy.PROCESSES
                ? new ProcessLoader(job, configuration)
                : new MosaicLoader(job, configuration, opener);
    }
}
