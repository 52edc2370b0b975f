package io.github.czi4j.cli;

import io.github.czi4j.CziOptions;
import io.github.czi4j.CziReader;
import io.github.czi4j.model.CziException;
import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** The file that a command is about. */
final class FileArgument {
    @Parameters(index = "0", paramLabel = "FILE", description = "A CZI file.")
    private Path file;

    Path path() {
        return file;
    }

    /** What reports call it: the last part of its path. */
    String name() {
        Path last = file.getFileName();
        return last == null ? file.toString() : last.toString();
    }

    CziReader open() throws CziException {
        return CziReader.open(file, CziOptions.defaults());
    }
}
