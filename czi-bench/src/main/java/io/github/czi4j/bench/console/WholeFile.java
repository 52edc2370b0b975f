package io.github.czi4j.bench.console;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** Writes files that are either whole or not there. */
public final class WholeFile {

    /** Fills a file. */
    @FunctionalInterface
    public interface Content {
        /**
         * Writes all of the contents.
         *
         * @param file where; need not exist
         * @throws IOException if it cannot be written
         */
        void writeTo(Path file) throws IOException;
    }

    private WholeFile() {}

    /**
     * Writes under a temporary name in the same folder, then gives the file its own, over an older one if there is one.
     *
     * @param file its name
     * @param content what to write
     * @throws IOException if it cannot be written; nothing is left then
     */
    public static void write(Path file, Content content) throws IOException {
        Path target = file.toAbsolutePath();
        String unique = UUID.randomUUID().toString().substring(0, 8);
        Path part = target.resolveSibling("." + target.getFileName() + "." + unique + ".part");
        try {
            content.writeTo(part);
            try {
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
