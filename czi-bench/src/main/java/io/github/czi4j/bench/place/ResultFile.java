package io.github.czi4j.bench.place;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A name for results that has not been used: {@code benchmark_results_20261126_143005.json} beside the data, or where it
 * may be written.
 */
public final class ResultFile {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuuMMdd_HHmmss", Locale.ROOT);
    /** As many results as one folder may get within a second. */
    private static final int MAX_OF_A_SECOND = 10_000;

    private ResultFile() {}

    /**
     * Reserves a name. Others that look for one at the same time, as the tasks of a job array do, get another; the
     * reservation is a hidden file beside it, which goes away when the JVM ends.
     *
     * @param stem beginning of the name, for instance {@code benchmark_results}
     * @param data the file that is measured, beside which the results belong; null if there is none
     * @param notes is told when it is not that folder
     * @return a path that does not exist, in a folder that can be written: that of the data, or else the working folder,
     *     the home folder, the one for temporary files
     * @throws IOException if none of them can be written
     */
    public static Path reserve(String stem, Path data, Consumer<String> notes) throws IOException {
        return reserve(stem, folders(data), LocalDateTime.now(), notes);
    }

    static Path reserve(String stem, List<Path> folders, LocalDateTime now, Consumer<String> notes) throws IOException {
        IOException first = null;
        for (Path folder : folders) {
            try {
                Path file = reserve(folder, stem + "_" + STAMP.format(now));
                if (first != null) {
                    notes.accept("cannot write to " + folders.get(0) + " (" + reason(first) + "): the results go to "
                            + folder);
                }
                return file;
            } catch (IOException e) {
                first = first == null ? e : first;
            }
        }
        throw new IOException("cannot write results to any of " + folders + ": --output names another place");
    }

    private static Path reserve(Path folder, String name) throws IOException {
        for (int count = 1; count <= MAX_OF_A_SECOND; count++) {
            Path file = folder.resolve(name + (count == 1 ? "" : "_" + count) + ".json");
            Path reservation = folder.resolve("." + file.getFileName() + ".reserved");
            try {
                Files.createFile(reservation);
            } catch (FileAlreadyExistsException e) {
                continue;
            }
            // Looked at only now: whoever had this name before wrote the results before the reservation went away.
            if (Files.notExists(file)) {
                reservation.toFile().deleteOnExit();
                return file;
            }
            Files.delete(reservation);
        }
        throw new IOException("no name is free");
    }

    /**
     * Folders for what belongs to some data, the best first.
     *
     * @param data a file, or null
     * @return absolute paths, without doubles; some may be closed or missing
     */
    static List<Path> folders(Path data) {
        List<Path> folders = new ArrayList<>();
        if (data != null) {
            folders.add(data.toAbsolutePath().normalize().getParent());
        }
        folders.add(Path.of("").toAbsolutePath());
        for (String property : List.of("user.home", "java.io.tmpdir")) {
            try {
                // Without a home the JVM says "?".
                Path folder = Path.of(System.getProperty(property, "?"));
                if (folder.isAbsolute()) {
                    folders.add(folder);
                }
            } catch (InvalidPathException e) {
                continue;
            }
        }
        folders.removeIf(folder -> folder == null);
        return folders.stream().distinct().toList();
    }

    /**
     * The first folder for what belongs to some data that can be written.
     *
     * @param data a file, or null
     * @return empty only if not even temporary files can be made
     */
    public static Optional<Path> folder(Path data) {
        return folders(data).stream()
                .filter(folder -> Files.isDirectory(folder) && Files.isWritable(folder))
                .findFirst();
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "no permission";
        }
        String reason = e instanceof FileSystemException system ? system.getReason() : e.getMessage();
        return reason == null ? "no such folder" : reason;
    }
}
