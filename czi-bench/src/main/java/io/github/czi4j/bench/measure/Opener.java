package io.github.czi4j.bench.measure;

import io.github.czi4j.CziOptions;
import io.github.czi4j.CziReader;
import io.github.czi4j.bench.storage.Location;
import io.github.czi4j.model.CziException;
import java.nio.file.Path;

/** Opens what is measured: a file, or storage of the caller's that stands for it. */
@FunctionalInterface
public interface Opener {
    /**
     * Opens it anew.
     *
     * @param options how
     * @return the reader, which the caller closes
     * @throws CziException if it cannot be read
     */
    CziReader open(CziOptions options) throws CziException;

    /**
     * Opens a file as everybody does.
     *
     * @param file the file
     * @return its opener
     */
    static Opener of(Path file) {
        return Location.of(file)::open;
    }
}
