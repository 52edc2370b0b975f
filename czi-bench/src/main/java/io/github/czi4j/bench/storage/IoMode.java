package io.github.czi4j.bench.storage;

import io.github.czi4j.io.FileByteSource;
import java.util.Locale;

/** How a file is read. */
public enum IoMode {
    /** Mapped into memory. */
    MAPPED(FileByteSource.Mode.MAPPED),
    /** A positional read for each tile, on a channel that no other read uses meanwhile. */
    CHANNEL(FileByteSource.Mode.CHANNEL),
    /** Positional reads that fetch neighbouring tiles in one request, see {@link PlannedByteSource}. */
    COALESCED(FileByteSource.Mode.CHANNEL),
    /** Ranges of a file behind an address, joined and fetched ahead by the reader itself; the only way for those. */
    HTTP(FileByteSource.Mode.CHANNEL);

    private final FileByteSource.Mode mode;

    IoMode(FileByteSource.Mode mode) {
        this.mode = mode;
    }

    /**
     * How the file below is opened.
     *
     * @return a mode of the library
     */
    public FileByteSource.Mode mode() {
        return mode;
    }

    /**
     * As reports and options call it.
     *
     * @return for instance {@code channel}
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
