package io.github.czi4j.bench.place;

import io.github.czi4j.bench.environment.Container;
import io.github.czi4j.bench.environment.MountInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Finds what a path of the host is called inside this container.
 *
 * <p>Paths are given as people know them, {@code /well/group/data/x.czi}, and the container sees the same file as
 * {@code /data/x.czi}. The kernel tells the way: each line of {@code /proc/self/mountinfo} names the folder of a file
 * system that is mounted (its root) and where. The root counts from the top of its file system, not of the host, so that
 * it is looked for anywhere in the path. Clues in falling order of trust; the first that leads to something that exists
 * decides, and if it leads to several different files, none is taken:
 *
 * <ol>
 *   <li>a mount whose whole root, or the exported folder of whose server, lies in the path;
 *   <li>the variable {@code DATA_DIR}, which names the folder of the host that is {@code /data} here;
 *   <li>for pictures alone: a mount whose root ends as a part of the path does;
 *   <li>for pictures alone: the end of the path below {@code /data}, or below {@code DATA_DIR} where that is a folder
 *       here.
 * </ol>
 *
 * <p>Outside of containers, and where the path or its folder exists, nothing is changed. Thread-safe.
 */
public final class HostPaths {
    /** The folder where images of this kind have their data by convention. */
    static final Path DATA = Path.of("/data");

    /** Names the folder with the data: that of the host, or that inside. */
    static final String DATA_DIR = "DATA_DIR";

    private static final Set<String> PSEUDO = Set.of(
            "proc",
            "sysfs",
            "devpts",
            "devtmpfs",
            "mqueue",
            "cgroup",
            "cgroup2",
            "securityfs",
            "debugfs",
            "tracefs",
            "pstore",
            "bpf",
            "hugetlbfs",
            "nsfs",
            "binfmt_misc");
    private static final int MAX_NAMED = 6;

    private final Path root;
    private final Map<String, String> variables;

    /** What a path may be, and why. */
    private record Candidate(Path path, String reason, int strength) {}

    /**
     * Those of a machine.
     *
     * @param root of its file system, {@code /} but for tests
     * @param variables of the environment
     */
    public HostPaths(Path root, Map<String, String> variables) {
        this.root = root;
        this.variables = Map.copyOf(variables);
    }

    /**
     * Those of this process.
     *
     * @return for {@code /} and its environment
     */
    public static HostPaths ofThisProcess() {
        return new HostPaths(Path.of("/"), System.getenv());
    }

    /**
     * The container that this is.
     *
     * @return empty outside of any
     */
    public Optional<Container> container() {
        return Container.detect(root, variables);
    }

    /**
     * The folders where data is looked for: {@code DATA_DIR}, and {@code /data} in a container.
     *
     * @return those that exist
     */
    public List<Path> dataFolders() {
        List<Path> folders = new ArrayList<>();
        dataDir().filter(folder -> Files.isDirectory(here(folder))).ifPresent(folders::add);
        if (!folders.contains(DATA)
                && Files.isDirectory(here(DATA))
                && container().isPresent()) {
            folders.add(DATA);
        }
        return folders;
    }

    /**
     * The path under which a file that was named is found.
     *
     * @param given as it was typed
     * @param notes is told what was changed and why; of a picture that was not found, what is mounted here
     * @return the given one unless it is a path of the host that is elsewhere here
     * @throws IllegalArgumentException if it may be several different files
     */
    public Path resolve(Path given, Consumer<String> notes) {
        Path path = given.normalize();
        if (!given.isAbsolute() || path.getNameCount() < 2 || Files.exists(here(path.getParent()))) {
            return given;
        }
        Optional<Container> container = container();
        if (container.isEmpty()) {
            return given;
        }
        List<MountInfo> mounts = MountInfo.ofThisProcess(root).stream()
                .filter(mount -> !mount.point().equals("/") && !PSEUDO.contains(mount.type()))
                .toList();
        String where = given + " is not in this container (" + container.get().kind() + ")";
        Optional<Candidate> found = find(path, isPicture(path), mounts, where);
        if (found.isEmpty()) {
            // A file that is yet to be written: its folder must be there.
            found = find(path.getParent(), false, mounts, where)
                    .filter(folder -> Files.isDirectory(here(folder.path())))
                    .map(folder -> new Candidate(folder.path().resolve(path.getFileName()), folder.reason(), 0));
        }
        if (found.isEmpty()) {
            List<String> mounted = ofHost(mounts);
            if (isPicture(path) && !mounted.isEmpty()) {
                notes.accept(where + ", nor is its folder; mounted here: " + String.join(", ", mounted));
            }
            return given;
        }
        notes.accept(
                where + "; using " + found.get().path() + ": " + found.get().reason());
        return found.get().path();
    }

    private Optional<Candidate> find(Path path, boolean isGuessing, List<MountInfo> mounts, String where) {
        return only(byMount(path, mounts, true), where)
                .or(() -> only(byDataDir(path), where))
                .or(() -> isGuessing ? only(strongest(byMount(path, mounts, false)), where) : Optional.empty())
                .or(() -> isGuessing ? only(byEnd(path), where) : Optional.empty());
    }

    /** The mounts of whose origin the path has all, or the end. */
    private List<Candidate> byMount(Path path, List<MountInfo> mounts, boolean isWhole) {
        List<Candidate> candidates = new ArrayList<>();
        for (MountInfo mount : mounts) {
            for (Path origin : origins(mount)) {
                for (int length = 1; length <= path.getNameCount(); length++) {
                    Path head = path.getRoot().resolve(path.subpath(0, length));
                    int common = commonEnd(head, origin);
                    boolean isMatch = isWhole
                            ? common == origin.getNameCount()
                            : common > 0 && common < origin.getNameCount() && length < path.getNameCount();
                    if (isMatch) {
                        String reason = (isWhole ? head.toString() : "a folder " + origin + " of the host")
                                + " is mounted at " + mount.point();
                        addIfThere(candidates, Path.of(mount.point()), path, length, reason, common);
                    }
                }
            }
        }
        return candidates;
    }

    /** The folder that is mounted, as its host or its server may call it. */
    private static List<Path> origins(MountInfo mount) {
        List<Path> origins = new ArrayList<>();
        try {
            Path ofFileSystem = Path.of(mount.root()).normalize();
            // Of "server:/export" the part behind the colon: the host has it mounted under some other name, or the
            // same.
            int colon = mount.source().indexOf(":/");
            if (colon >= 0) {
                Path export = Path.of(mount.source().substring(colon + 1)).normalize();
                origins.add(export.resolve(export.getRoot().relativize(ofFileSystem.toAbsolutePath())));
            }
            origins.add(ofFileSystem);
        } catch (InvalidPathException e) {
            return List.of();
        }
        origins.removeIf(origin -> origin.getNameCount() == 0);
        return origins.stream().distinct().toList();
    }

    private static int commonEnd(Path one, Path other) {
        int common = 0;
        while (common < Math.min(one.getNameCount(), other.getNameCount())
                && one.getName(one.getNameCount() - 1 - common)
                        .equals(other.getName(other.getNameCount() - 1 - common))) {
            common++;
        }
        return common;
    }

    private List<Candidate> byDataDir(Path path) {
        List<Candidate> candidates = new ArrayList<>();
        dataDir()
                .filter(path::startsWith)
                .ifPresent(folder -> addIfThere(
                        candidates,
                        DATA,
                        path,
                        folder.getNameCount(),
                        DATA_DIR + " is " + folder + ", which is " + DATA + " here",
                        0));
        return candidates;
    }

    /** The longest end of the path that each of the folders with data has. */
    private List<Candidate> byEnd(Path path) {
        List<Candidate> candidates = new ArrayList<>();
        for (Path folder : dataFolders()) {
            List<Candidate> ends = new ArrayList<>();
            for (int length = 1; length < path.getNameCount() && ends.isEmpty(); length++) {
                addIfThere(ends, folder, path, length, "it is the only such file at that place of " + folder, 0);
            }
            candidates.addAll(ends);
        }
        return candidates;
    }

    private Optional<Path> dataDir() {
        String folder = variables.get(DATA_DIR);
        try {
            return Optional.ofNullable(folder)
                    .map(text -> Path.of(text).normalize())
                    .filter(Path::isAbsolute);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private void addIfThere(List<Candidate> candidates, Path folder, Path path, int from, String reason, int strength) {
        Path inside = from == path.getNameCount() ? folder : folder.resolve(path.subpath(from, path.getNameCount()));
        if (Files.exists(here(inside))) {
            candidates.add(new Candidate(inside, reason, strength));
        }
    }

    private static List<Candidate> strongest(List<Candidate> candidates) {
        int most = candidates.stream().mapToInt(Candidate::strength).max().orElse(0);
        return candidates.stream()
                .filter(candidate -> candidate.strength() == most)
                .toList();
    }

    /** The one that is left when names of the same file count once. */
    private Optional<Candidate> only(List<Candidate> candidates, String where) {
        List<Candidate> different = new ArrayList<>();
        for (Candidate candidate : candidates) {
            if (different.stream().noneMatch(other -> isSame(other.path(), candidate.path()))) {
                different.add(candidate);
            }
        }
        if (different.size() > 1) {
            throw new IllegalArgumentException(where + " and may be any of "
                    + different.stream()
                            .limit(MAX_NAMED)
                            .map(candidate -> candidate.path() + " (" + candidate.reason() + ")")
                            .collect(Collectors.joining(", "))
                    + ": name the one that is meant");
        }
        return different.stream().findFirst();
    }

    private boolean isSame(Path one, Path other) {
        try {
            return Files.isSameFile(here(one), here(other));
        } catch (IOException e) {
            return one.equals(other);
        }
    }

    /** Where folders of the host or of a server are mounted: what a path could have meant. */
    private static List<String> ofHost(List<MountInfo> mounts) {
        return mounts.stream()
                .filter(mount -> !mount.root().equals("/") || mount.source().contains(":/"))
                .map(MountInfo::point)
                .filter(point -> !point.startsWith("/etc/") && !point.startsWith("/dev"))
                .distinct()
                .limit(MAX_NAMED)
                .toList();
    }

    /** Guesses are for files that are read: what is written must not land on a file that happens to have its name. */
    private static boolean isPicture(Path path) {
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        return name.endsWith(".czi") || name.endsWith(".jxr") || name.endsWith(".wdp") || name.endsWith(".hdp");
    }

    private Path here(Path path) {
        return root.resolve(path.getRoot().relativize(path));
    }
}
