package io.github.czi4j.bench.menu;

import io.github.czi4j.bench.console.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files used last, a line each, the latest first. What is wrong with the list is passed over: a list that cannot be
 * read is empty, and one that cannot be written stays as it is.
 */
final class RecentFiles {
    static final int MAX_FILES = 10;
    private static final int MAX_BYTES = 64 << 10;

    private final Path list;

    RecentFiles(Path list) {
        this.list = list;
    }

    /**
     * The list of the user: {@code czi4j/recent-files} in {@code XDG_STATE_HOME}, or in {@code ~/.local/state} (XDG Base
     * Directory Specification).
     *
     * @return empty where there is no home
     */
    static Optional<RecentFiles> ofUser(Map<String, String> variables, String home) {
        try {
            // The specification wants relative paths passed over.
            Path state = Path.of(variables.getOrDefault("XDG_STATE_HOME", ""));
            if (!state.isAbsolute()) {
                state = Path.of(home).resolve(".local/state");
            }
            return state.isAbsolute()
                    ? Optional.of(new RecentFiles(state.resolve("czi4j/recent-files")))
                    : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** Absolute paths, the latest first; some may no longer exist. */
    List<Path> files() {
        List<Path> files = new ArrayList<>();
        String text;
        try (InputStream in = Files.newInputStream(list)) {
            text = new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return files;
        }
        for (String line : text.split("\n")) {
            try {
                Path file = Path.of(line);
                if (file.isAbsolute() && !files.contains(file) && files.size() < MAX_FILES) {
                    files.add(file);
                }
            } catch (InvalidPathException e) {
                continue;
            }
        }
        return files;
    }

    /** Puts a file first. */
    void add(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        if (absolute.toString().indexOf('\n') >= 0) {
            return;
        }
        List<Path> files = files();
        files.remove(absolute);
        files.add(0, absolute);
        StringBuilder text = new StringBuilder();
        files.stream().limit(MAX_FILES).forEach(each -> text.append(each).append('\n'));
        try {
            Files.createDirectories(list.getParent());
            WholeFile.write(list, part -> {
                Files.writeString(part, text, StandardCharsets.UTF_8);
                // Names of files may be those of patients.
                if (part.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                    Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rw-------"));
                }
            });
        } catch (IOException e) {
            // A convenience: nobody's work stops for it.
            return;
        }
    }
}
