package io.github.czi4j.zisraw;

import io.github.czi4j.io.ByteSource;
import io.github.czi4j.io.FileByteSource;
import io.github.czi4j.model.CziException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;

/**
 * The files of a document by their numbers: one, or a set of them (sheet §1.1). Those of a set are {@code name.czi},
 * {@code name(1).czi} or {@code name (1).czi}, and so on, in one folder; they belong together if their PrimaryFileGuid is
 * the same and FilePart is the number in the name.
 *
 * <p>A folder is only listed where something speaks for a set: the header, an entry of the directory, or a file of the name
 * that part 1 would have. Immutable but for {@link #close()}.
 */
public final class FileSet implements Closeable {
    /** More files than any set has; each one that is open takes a handle. */
    private static final int MAX_PARTS = 1000;

    private static final String EXTENSION = ".czi";

    /**
     * A file of a set.
     *
     * @param number 0 for the first one
     * @param source its bytes
     * @param header its header
     */
    public record Part(int number, ByteSource source, FileHeader header) {}

    private final ByteSource main;
    private final int mainNumber;
    private final NavigableMap<Integer, Part> others;
    /** The main file; null where parts are not looked for. */
    private final Path path;

    private final FileByteSource.Mode mode;
    private final boolean isSearched;
    private final List<String> problems;

    /** Names with a number; on its own, since most files have none and the pattern takes milliseconds to make. */
    private static final class PartName {
        static final Pattern PATTERN = Pattern.compile("(?i)(.*?) ?\\((\\d{1,6})\\)(\\.czi)");

        private PartName() {}
    }

    private FileSet(
            ByteSource main,
            int mainNumber,
            NavigableMap<Integer, Part> others,
            Path path,
            FileByteSource.Mode mode,
            boolean isSearched,
            List<String> problems) {
        this.main = main;
        this.mainNumber = mainNumber;
        this.others = others;
        this.path = path;
        this.mode = mode;
        this.isSearched = isSearched;
        this.problems = problems;
    }

    /**
     * A file whose parts are not looked for.
     *
     * @param source the file
     * @return a set of one
     */
    public static FileSet single(ByteSource source) {
        return new FileSet(source, numberOf(source), Collections.emptyNavigableMap(), null, null, true, List.of());
    }

    /**
     * Opens a file, and looks for the others of its set whether or not it looks as if there were any.
     *
     * @param path the file
     * @param mode how to read
     * @return the set; the caller closes it
     * @throws CziException if the file or its folder cannot be read
     */
    public static FileSet openAll(Path path, FileByteSource.Mode mode) throws CziException {
        FileSet files = open(path, mode);
        try {
            return files.search();
        } catch (CziException e) {
            files.close();
            throw e;
        }
    }

    /** The header; null for a file without one, of which its reader will say so. */
    private static FileHeader headerOf(ByteSource source) {
        try {
            return FileHeader.read(source);
        } catch (CziException | InternalError e) {
            // The error is that of a mapped file that shrank.
            return null;
        }
    }

    /** The number in the header; 0 for a file without one. */
    private static int numberOf(ByteSource source) {
        FileHeader header = headerOf(source);
        return header == null ? 0 : header.filePart();
    }

    /**
     * Opens a file, and the others of its set if it looks as if there were any. Where it is not the first one, the first
     * one takes its place if that can be found.
     *
     * @param path the file
     * @param mode how to read
     * @return the set; the caller closes it
     * @throws CziException if the file cannot be opened
     */
    public static FileSet open(Path path, FileByteSource.Mode mode) throws CziException {
        ByteSource own = FileByteSource.open(path, mode);
        List<ByteSource> opened = new ArrayList<>(List.of(own));
        try {
            FileHeader header = headerOf(own);
            if (header == null) {
                return new FileSet(own, 0, Collections.emptyNavigableMap(), path, mode, true, List.of());
            }
            Path mainPath = path;
            List<String> problems = new ArrayList<>();
            boolean isOfSet =
                    header.filePart() != 0 || !header.primaryFileGuid().equals(header.fileGuid());
            if (header.filePart() > 0) {
                Part first = firstOf(path, mode, header, opened);
                if (first == null) {
                    problems.add("this is part " + header.filePart() + " of a set of files, of which the first one ("
                            + nameOfFirst(path) + ") is not there: only what this file lists is read");
                } else {
                    own.close();
                    own = first.source;
                    header = first.header;
                    mainPath = path.resolveSibling(nameOfFirst(path));
                }
            }
            FileSet alone = new FileSet(
                    own, header.filePart(), Collections.emptyNavigableMap(), mainPath, mode, false, problems);
            return isOfSet || alone.isSecondThere() ? alone.search() : alone;
        } catch (CziException | RuntimeException | Error e) {
            closeAll(opened, e);
            throw e;
        }
    }

    /**
     * The same set, its first file read in another way.
     *
     * @param source the same bytes
     * @return the set; not to be closed
     */
    public FileSet with(ByteSource source) {
        return new FileSet(source, mainNumber, others, path, mode, isSearched, problems);
    }

    /** Whether there is a file of the name of part 1. */
    private boolean isSecondThere() {
        String tight = nameOfPart(1);
        String wide = tight.substring(0, tight.lastIndexOf('(')) + " " + tight.substring(tight.lastIndexOf('('));
        return Files.exists(path.resolveSibling(tight)) || Files.exists(path.resolveSibling(wide));
    }

    private static String nameOfFirst(Path path) {
        String name = path.getFileName().toString();
        Matcher matcher = PartName.PATTERN.matcher(name);
        return matcher.matches() ? matcher.group(1) + matcher.group(3) : name;
    }

    private static Part firstOf(Path path, FileByteSource.Mode mode, FileHeader header, List<ByteSource> opened)
            throws CziException {
        Path first = path.resolveSibling(nameOfFirst(path));
        if (first.getFileName().equals(path.getFileName()) || !Files.isRegularFile(first)) {
            return null;
        }
        return openPart(first, 0, mode, header, opened);
    }

    /** Opens a file if it is that part of the set; null if it is not. */
    private static Part openPart(
            Path path, int number, FileByteSource.Mode mode, FileHeader ofSet, List<ByteSource> opened)
            throws CziException {
        ByteSource source = FileByteSource.open(path, mode);
        opened.add(source);
        FileHeader header = headerOf(source);
        if (header != null
                && header.filePart() == number
                && header.primaryFileGuid().equals(ofSet.primaryFileGuid())) {
            return new Part(number, source, header);
        }
        opened.remove(source);
        source.close();
        return null;
    }

    /**
     * Looks for the other files in the folder, unless that was done.
     *
     * @return the set with them; to be closed in place of this one
     * @throws CziException if the folder, or a file of the set, cannot be read
     */
    public FileSet search() throws CziException {
        if (isSearched || mainNumber != 0) {
            return this;
        }
        List<ByteSource> opened = new ArrayList<>();
        try {
            FileHeader header = FileHeader.read(main);
            NavigableMap<Integer, Part> found = new TreeMap<>();
            List<String> odd = new ArrayList<>();
            for (Map.Entry<Integer, List<Path>> candidate : candidates().entrySet()) {
                for (Path file : candidate.getValue()) {
                    String reason = take(file, candidate.getKey(), header, found, opened);
                    if (reason != null) {
                        odd.add(reason);
                    }
                }
            }
            // Where there is no other part, such a name is that of a copy.
            return new FileSet(
                    main, mainNumber, found, path, mode, true, found.isEmpty() ? problems : List.copyOf(odd));
        } catch (CziException | RuntimeException | Error e) {
            closeAll(opened, e);
            throw e;
        }
    }

    /** Opens what may be a part; why it is none, or null if it is one. */
    private String take(Path file, int number, FileHeader header, Map<Integer, Part> found, List<ByteSource> opened)
            throws CziException {
        if (found.containsKey(number)) {
            return file.getFileName() + " is left out: there is another part " + number;
        }
        try {
            Part part = openPart(file, number, mode, header, opened);
            if (part == null) {
                return file.getFileName() + " is not part " + number + " of this set of files, in spite of its name";
            }
            found.put(number, part);
            return null;
        } catch (CziException e) {
            return e.getMessage();
        }
    }

    /** Files whose names are those of parts, in a fixed order; none if the folder cannot be listed. */
    private NavigableMap<Integer, List<Path>> candidates() {
        String base = path.getFileName().toString().replaceFirst("(?i)\\.czi$", "");
        NavigableMap<Integer, List<Path>> candidates = new TreeMap<>();
        Path folder = path.toAbsolutePath().getParent();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Matcher matcher = PartName.PATTERN.matcher(file.getFileName().toString());
                if (matcher.matches() && matcher.group(1).equals(base) && Files.isRegularFile(file)) {
                    int number = Integer.parseInt(matcher.group(2));
                    if (number > 0 && number <= MAX_PARTS) {
                        candidates
                                .computeIfAbsent(number, n -> new ArrayList<>())
                                .add(path.resolveSibling(file.getFileName()));
                    }
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            LoggerFactory.getLogger(FileSet.class)
                    .warn("{}: the folder cannot be searched for other parts", main.name(), e);
        }
        candidates.values().forEach(Collections::sort);
        return candidates;
    }

    private static void closeAll(List<ByteSource> sources, Throwable reason) {
        for (ByteSource source : sources) {
            try {
                source.close();
            } catch (CziException e) {
                reason.addSuppressed(e);
            }
        }
    }

    /**
     * The file that was opened, or the first one of its set.
     *
     * @return its bytes
     */
    public ByteSource main() {
        return main;
    }

    /**
     * Number of the {@link #main()} file.
     *
     * @return 0 unless it is a part whose first file is missing
     */
    public int mainNumber() {
        return mainNumber;
    }

    /**
     * The other files that are there.
     *
     * @return by their numbers
     */
    public Collection<Part> others() {
        return others.values();
    }

    /**
     * The file of a number.
     *
     * @param part any integer
     * @return null if it is not there
     */
    public ByteSource source(int part) {
        if (part == mainNumber) {
            return main;
        }
        Part other = others.get(part);
        return other == null ? null : other.source;
    }

    /**
     * Name of the file of a number.
     *
     * @param part any integer
     * @return the name; for one that is not there that of the main file, which may hold its subblocks
     */
    public String nameOf(int part) {
        ByteSource source = source(part);
        return (source == null ? main : source).name();
    }

    /**
     * A file that is not there.
     *
     * @param part its number
     * @param position of what is wanted in it
     * @param what that is
     * @return the exception, in the name of the missing file as far as that is known
     */
    public CziException missing(int part, long position, String what) {
        if (path == null) {
            return CziException.io(
                    main.name(),
                    position,
                    what + " is in part " + part + " of a set of files, which was not opened with it",
                    null);
        }
        return CziException.io(
                path.resolveSibling(nameOfPart(part)).toString(),
                position,
                what + " is in this file, part " + part + " of the set, which is missing",
                null);
    }

    /**
     * The name that a file of the set should have.
     *
     * @param part its number
     * @return the name without its folder
     */
    public String nameOfPart(int part) {
        if (path == null) {
            return "part " + part;
        }
        // The first file may itself be a copy that a browser called x(1).czi.
        String first = mainNumber == 0 ? path.getFileName().toString() : nameOfFirst(path);
        int end = first.length() - (first.toLowerCase(Locale.ROOT).endsWith(EXTENSION) ? EXTENSION.length() : 0);
        return part == 0 ? first : first.substring(0, end) + "(" + part + ")" + first.substring(end);
    }

    /**
     * Numbers between those of the files that are there.
     *
     * @return ascending
     */
    public List<Integer> gaps() {
        List<Integer> gaps = new ArrayList<>();
        for (int part = 1; !others.isEmpty() && part < others.lastKey(); part++) {
            if (source(part) == null) {
                gaps.add(part);
            }
        }
        return gaps;
    }

    /**
     * What was odd about the files of the set.
     *
     * @return in words
     */
    public List<String> problems() {
        return problems;
    }

    @Override
    public void close() throws CziException {
        CziException failure = null;
        List<ByteSource> all = new ArrayList<>(List.of(main));
        for (Part part : others.values()) {
            all.add(part.source);
        }
        for (ByteSource source : all) {
            try {
                source.close();
            } catch (CziException e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
