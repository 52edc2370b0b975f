package io.github.czi4j.bench.environment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Small files of Linux that say what the machine is. All are empty elsewhere. */
final class ProcFiles {
    /** Version 1 of cgroups writes "no limit" as a number near 2^63. */
    private static final long NO_LIMIT = 1L << 60;

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

    /** The first line of the first file that exists, from the process's own group up to the root. */
    private static Optional<String> cgroup(Path root, String controller, String file) {
        for (String line : lines(root.resolve("proc/self/cgroup"))) {
            String[] parts = line.split(":", 3);
            if (parts.length < 3 || !List.of(parts[1].split(",")).contains(controller)) {
                continue;
            }
            Path groups = root.resolve("sys/fs/cgroup").resolve(controller);
            for (Path group = Path.of(parts[2]); group != null; group = group.getParent()) {
                String relative = group.toString().substring(1);
                List<String> found = lines(groups.resolve(relative).resolve(file));
                if (!found.isEmpty()) {
                    return Optional.of(found.get(0).trim());
                }
            }
        }
        return Optional.empty();
    }

    /** Version 2 has one hierarchy and no controller in its line. */
    private static Optional<String> cgroup2(Path root, String file) {
        for (String line : lines(root.resolve("proc/self/cgroup"))) {
            if (line.startsWith("0::/")) {
                for (Path group = Path.of(line.substring(3)); group != null; group = group.getParent()) {
                    String relative = group.toString().substring(1);
                    List<String> found = lines(
                            root.resolve("sys/fs/cgroup").resolve(relative).resolve(file));
                    if (!found.isEmpty() && !found.get(0).startsWith("max")) {
                        return Optional.of(found.get(0).trim());
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** CPUs that the cgroup allows, or empty if it does not limit them. */
    static Optional<Double> cpuLimit(Path root) {
        try {
            Optional<String> two = cgroup2(root, "cpu.max");
            if (two.isPresent()) {
                String[] parts = two.get().split(" ");
                return Optional.of(Double.parseDouble(parts[0]) / Double.parseDouble(parts[1]));
            }
            long quota = Long.parseLong(cgroup(root, "cpu", "cpu.cfs_quota_us").orElse("-1"));
            long period =
                    Long.parseLong(cgroup(root, "cpu", "cpu.cfs_period_us").orElse("0"));
            return quota > 0 && period > 0 ? Optional.of((double) quota / period) : Optional.empty();
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    /** Bytes that the cgroup allows, or empty if it does not limit them. */
    static OptionalLong memoryLimit(Path root) {
        try {
            long limit = Long.parseLong(cgroup2(root, "memory.max")
                    .or(() -> cgroup(root, "memory", "memory.limit_in_bytes"))
                    .orElse("-1"));
            return limit > 0 && limit < NO_LIMIT ? OptionalLong.of(limit) : OptionalLong.empty();
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
