package io.github.czi4j.bench.environment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Small files of Linux that say what the machine is. All are empty elsewhere. */
final class ProcFiles {
    private ProcFiles() {}

    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        } catch (IOException | SecurityException e) {
            return List.of();
        }
    }

    /** The value of the first line {@code key : value}. */
    static Optional<String> value(List<String> lines, String key) {
        return lines.stream()
                .filter(line -> line.startsWith(key) && line.indexOf(':') > 0)
                .map(line -> line.substring(line.indexOf(':') + 1).trim())
                .findFirst();
    }

    /** Processors of the machine that are on, those that this process may not use included. */
    static OptionalInt processors(Path root) {
        int count = (int) lines(root.resolve("proc/cpuinfo")).stream()
                .filter(line -> line.matches("processor\\s*:.*"))
                .count();
        return count > 0 ? OptionalInt.of(count) : OptionalInt.empty();
    }
}
