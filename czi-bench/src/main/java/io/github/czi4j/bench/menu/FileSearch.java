package io.github.czi4j.bench.menu;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;

/**
 * Looks for CZI files, for no longer than somebody would wait: the nearest folders first, so many levels down, so many
 * names, so much time. A file system that does not answer costs the time and no more.
 *
 * @param depth levels of folders, 1 for the folders themselves
 * @param names so many are looked at
 * @param time for all
 */
record FileSearch(int depth, int names, Duration time) {
    static final FileSearch USUAL = new FileSearch(3, 20_000, Duration.ofMillis(1500));

    /**
     * A file.
     *
     * @param path as it was come upon
     * @param bytes its size
     * @param modifiedMillis since 1970
     * @param isRecent whether it was used lately
     */
    record Found(Path path, long bytes, long modifiedMillis, boolean isRecent) {}

    private record Place(Path folder, int level) {}

    /**
     * Searches.
     *
     * @param recent files that come first, where they still exist, in their order
     * @param folders where to look; links to folders are followed only here
     * @return the recent files, then the others, the latest first
     */
    List<Found> search(List<Path> recent, List<Path> folders) {
        List<Found> found = new ArrayList<>();
        Thread searcher = new Thread(() -> searchAll(recent, folders, found), "czi-file-search");
        searcher.setDaemon(true);
        searcher.start();
        try {
            searcher.join(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        searcher.interrupt();
        synchronized (found) {
            List<Found> sorted = new ArrayList<>(found);
            // Stable: those used lately keep their order.
            sorted.sort(Comparator.comparing((Found file) -> !file.isRecent())
                    .thenComparing(file -> file.isRecent() ? 0 : -file.modifiedMillis()));
            return sorted;
        }
    }

    private void searchAll(List<Path> recent, List<Path> folders, List<Found> found) {
        Set<Path> seen = new HashSet<>();
        recent.forEach(file -> look(file, true, seen, found));
        Queue<Place> places = new ArrayDeque<>();
        folders.forEach(folder -> places.add(new Place(folder.toAbsolutePath().normalize(), 1)));
        int left = names;
        while (!places.isEmpty() && left > 0) {
            Place place = places.remove();
            if (!seen.add(place.folder())) {
                continue;
            }
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(place.folder())) {
                for (Path entry : entries) {
                    if (left-- == 0 || Thread.currentThread().isInterrupted()) {
                        return;
                    }
                    String name = entry.getFileName().toString();
                    if (name.startsWith(".")) {
                        continue;
                    }
                    if (name.toLowerCase(Locale.ROOT).endsWith(".czi")) {
                        look(entry, false, seen, found);
                    } else if (place.level() < depth && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                        places.add(new Place(entry, place.level() + 1));
                    }
                }
            } catch (IOException | DirectoryIteratorException e) {
                // Closed to this user, or gone meanwhile.
                continue;
            }
        }
    }

    private static void look(Path file, boolean isRecent, Set<Path> seen, List<Found> found) {
        if (!seen.add(file)) {
            return;
        }
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (attributes.isRegularFile()) {
                synchronized (found) {
                    found.add(new Found(
                            file,
                            attributes.size(),
                            attributes.lastModifiedTime().toMillis(),
                            isRecent));
                }
            }
        } catch (IOException e) {
            // Gone, or a link to nowhere.
            return;
        }
    }
}
