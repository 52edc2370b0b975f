package io.github.czi4j.bench.environment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The control groups of Linux that a process is in, of both versions (cgroups(7)). What limits a group limits all groups
 * below it: the tightest limit on the way up to the root is the one that holds, and a stop of any of them is a stop.
 * Nothing is known elsewhere. Immutable; figures are read when they are asked for.
 */
public final class ControlGroups {
    private static final long NANOS_PER_MICRO = 1000;

    private final Path root;
    private final String process;

    private ControlGroups(Path root, String process) {
        this.root = root;
        this.process = process;
    }

    /**
     * Those of this process.
     *
     * @return on other systems, groups without limits
     */
    public static ControlGroups ofThisProcess() {
        return of("self");
    }

    /**
     * Those of a process.
     *
     * @param process its number, or {@code self}
     * @return on other systems, groups without limits
     */
    public static ControlGroups of(String process) {
        return new ControlGroups(Path.of("/"), process);
    }

    /** Those of this process below another root, for tests. */
    static ControlGroups of(Path root) {
        return new ControlGroups(root, "self");
    }

    /** Folders of a controller's groups of version 1, the process's own first. */
    private List<Path> groups(String controller) {
        return ProcFiles.lines(root.resolve("proc/" + process + "/cgroup")).stream()
                .map(line -> line.split(":", 3))
                .filter(parts ->
                        parts.length == 3 && List.of(parts[1].split(",")).contains(controller))
                .flatMap(parts -> upwards(root.resolve("sys/fs/cgroup").resolve(controller), parts[2]))
                .toList();
    }

    /** Folders of the groups of version 2, which has one hierarchy and no controller in its line. */
    private List<Path> groups() {
        return ProcFiles.lines(root.resolve("proc/" + process + "/cgroup")).stream()
                .filter(line -> line.startsWith("0::/"))
                .flatMap(line -> upwards(root.resolve("sys/fs/cgroup"), line.substring(3)))
                .toList();
    }

    private static Stream<Path> upwards(Path hierarchy, String name) {
        List<Path> folders = new ArrayList<>();
        // A group outside of the process's name space is written as /../other.
        for (Path group = Path.of("/").resolve(name).normalize(); group != null; group = group.getParent()) {
            folders.add(hierarchy.resolve(group.toString().substring(1)));
        }
        return folders.stream();
    }

    /**
     * CPUs that may be used.
     *
     * @return for instance 1.5, empty if nothing limits them
     */
    public Optional<Double> cpuLimit() {
        OptionalDouble least = Stream.concat(
                        groups().stream().map(ControlGroups::maximum),
                        groups("cpu").stream().map(ControlGroups::quota))
                .flatMapToDouble(OptionalDouble::stream)
                .min();
        return least.isPresent() ? Optional.of(least.getAsDouble()) : Optional.empty();
    }

    private static OptionalDouble maximum(Path group) {
        String[] parts = first(group.resolve("cpu.max")).split(" ");
        return parts.length == 2 ? ratio(number(parts[0]), number(parts[1])) : OptionalDouble.empty();
    }

    private static OptionalDouble quota(Path group) {
        return ratio(
                number(first(group.resolve("cpu.cfs_quota_us"))), number(first(group.resolve("cpu.cfs_period_us"))));
    }

    private static OptionalDouble ratio(OptionalLong quota, OptionalLong period) {
        return quota.orElse(0) > 0 && period.orElse(0) > 0
                ? OptionalDouble.of((double) quota.getAsLong() / period.getAsLong())
                : OptionalDouble.empty();
    }

    /**
     * Memory that may be used, the page cache of the group's own files included.
     *
     * @return bytes, empty if nothing limits it
     */
    public OptionalLong memoryLimit() {
        return Stream.concat(
                        groups().stream().map(group -> group.resolve("memory.max")),
                        groups("memory").stream().map(group -> group.resolve("memory.limit_in_bytes")))
                .map(file -> number(first(file)))
                .flatMapToLong(OptionalLong::stream)
                .filter(limit -> limit > 0)
                .min();
    }

    /**
     * Time for which threads that could have run were stopped because a group had used up its processor time, added up
     * over the processors, since the groups exist.
     *
     * @return microseconds, empty if the system does not tell
     */
    public OptionalLong throttledMicros() {
        List<Long> micros = Stream.concat(
                        groups().stream().map(group -> statistic(group, "throttled_usec", 1)),
                        groups("cpu").stream().map(group -> statistic(group, "throttled_time", NANOS_PER_MICRO)))
                .flatMap(Optional::stream)
                .toList();
        return micros.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(micros.stream().mapToLong(value -> value).sum());
    }

    private static Optional<Long> statistic(Path group, String key, long unit) {
        return ProcFiles.lines(group.resolve("cpu.stat")).stream()
                .map(line -> line.split(" "))
                .filter(parts -> parts.length == 2 && parts[0].equals(key))
                .flatMap(parts -> number(parts[1]).stream().boxed())
                .map(value -> value / unit)
                .findFirst();
    }

    private static String first(Path file) {
        List<String> lines = ProcFiles.lines(file);
        return lines.isEmpty() ? "" : lines.get(0).trim();
    }

    /** Version 2 writes "no limit" as max, version 1 as −1 or as a number near 2^63. */
    private static OptionalLong number(String text) {
        return text.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }
}
