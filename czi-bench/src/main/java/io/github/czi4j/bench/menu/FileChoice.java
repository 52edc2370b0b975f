package io.github.czi4j.bench.menu;

import io.github.czi4j.bench.console.Units;
import io.github.czi4j.bench.place.HostPaths;
import io.github.czi4j.model.CziException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The question for a file: one of those used lately, one that was found, or one that is typed. */
final class FileChoice {
    private static final int MAX_SHOWN = 12;
    private static final int NAME = 30;
    private static final int SIZE = 8;
    private static final int FOLDER = 30;

    private final Dialog dialog;
    private final RecentFiles recent;
    private final HostPaths paths;
    private final FileSearch search;
    private final Path working;

    /**
     * Makes the question ready.
     *
     * @param recent null where nothing is remembered
     */
    FileChoice(Dialog dialog, RecentFiles recent, HostPaths paths, FileSearch search, Path working) {
        this.dialog = dialog;
        this.recent = recent;
        this.paths = paths;
        this.search = search;
        this.working = working;
    }

    /**
     * Asks until there is a file that can be opened.
     *
     * @param canDoWithout whether a sample is possible
     * @return empty for the sample
     */
    Optional<FileLook> ask(boolean canDoWithout) throws IOException, Leave {
        List<Path> folders = new ArrayList<>(List.of(working));
        folders.addAll(paths.dataFolders());
        List<FileSearch.Found> found = search.search(recent == null ? List.of() : recent.files(), folders);
        while (true) {
            show(found, canDoWithout);
            String usual = found.isEmpty() ? canDoWithout ? "s" : "" : "1";
            List<FileSearch.Found> offered = found;
            Optional<Path> answer = dialog.ask("File", usual, text -> meant(text, offered, canDoWithout))
                    .orElseGet(() -> offered.isEmpty()
                            ? Optional.empty()
                            : Optional.of(offered.get(0).path()));
            if (answer.isEmpty()) {
                return Optional.empty();
            }
            if (Files.isDirectory(answer.get())) {
                found = search.search(List.of(), List.of(answer.get()));
                if (found.isEmpty()) {
                    dialog.complain("no CZI file in " + answer.get());
                }
                continue;
            }
            try {
                return Optional.of(FileLook.of(answer.get()));
            } catch (CziException e) {
                dialog.complain(e.getMessage());
            }
        }
    }

    private Optional<Path> meant(String text, List<FileSearch.Found> offered, boolean canDoWithout) {
        if (canDoWithout && text.equals("s")) {
            return Optional.empty();
        }
        // A file whose name is a number can be typed as ./7.
        if (text.matches("[0-9]{1,3}")) {
            int number = Dialog.number(text, 1);
            if (number > Math.min(MAX_SHOWN, offered.size())) {
                throw new IllegalArgumentException("there is no number " + number + " above");
            }
            return Optional.of(offered.get(number - 1).path());
        }
        Path typed = ShellWords.path(text, System.getProperty("user.home", ""), File.separatorChar == '/');
        Path path = paths.resolve(typed, note -> dialog.say("note: " + note));
        Path file = path.isAbsolute() ? path : working.resolve(path).normalize();
        if (!Files.exists(file)) {
            throw new IllegalArgumentException(file + ": no such file");
        }
        return Optional.of(file);
    }

    private void show(List<FileSearch.Found> found, boolean canDoWithout) {
        Style style = dialog.style();
        dialog.say("");
        for (int i = 0; i < Math.min(MAX_SHOWN, found.size()); i++) {
            FileSearch.Found file = found.get(i);
            if (file.isRecent() && i == 0) {
                dialog.say(style.heading("Used lately"));
            } else if (!file.isRecent() && (i == 0 || found.get(i - 1).isRecent())) {
                dialog.say(style.heading("Found"));
            }
            String size = Units.bytes(file.bytes());
            dialog.say(style.key(String.format("%4d", i + 1)) + "  "
                    + Dialog.padded(Dialog.shortened(file.path().getFileName().toString(), NAME), NAME)
                    + " ".repeat(Math.max(1, SIZE - size.length() + 1)) + size + "  "
                    + style.faint(Dialog.shortened(folder(file.path()), FOLDER)));
        }
        int more = found.size() - MAX_SHOWN;
        if (more > 0) {
            dialog.say(style.faint("      and " + more + " more; type the folder to see those in it"));
        }
        dialog.say((found.isEmpty() ? "No CZI file was found here. Type" : "A number, or type")
                + " the name of a file or " + "a folder" + (canDoWithout ? "; s for a sample" : "") + ".");
    }

    private String folder(Path file) {
        Path folder = file.toAbsolutePath().normalize().getParent();
        if (folder.equals(working)) {
            return ".";
        }
        return folder.startsWith(working) ? "./" + working.relativize(folder) : folder.toString();
    }
}
