package io.github.czi4j.bench.diagnose;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A control group of Linux that is made for a test, with a limit; needs root. Tests are skipped where none can be made. */
final class TestGroup implements AutoCloseable {
    private static final Path ROOT = Path.of("/sys/fs/cgroup");
    private static final long PERIOD_MICROS = 100_000;
    private static final long REMOVAL_SECONDS = 5;
    private static final long RETRY_NANOS = 10_000_000;

    private final Path folder;

    private TestGroup(Path folder) {
        this.folder = folder;
    }

    /** Allows so many CPUs. */
    static TestGroup cpus(double count) throws IOException {
        long quota = (long) (count * PERIOD_MICROS);
        return isVersion2()
                ? make("cpu", ROOT, "cpu.max", quota + " " + PERIOD_MICROS)
                : make("cpu", ROOT.resolve("cpu"), "cpu.cfs_quota_us", Long.toString(quota));
    }

    /** Allows so many bytes. */
    static TestGroup memory(long bytes) throws IOException {
        return isVersion2()
                ? make("memory", ROOT, "memory.max", Long.toString(bytes))
                : make("memory", ROOT.resolve("memory"), "memory.limit_in_bytes", Long.toString(bytes));
    }

    private static boolean isVersion2() {
        return Files.exists(ROOT.resolve("cgroup.controllers"));
    }

    private static TestGroup make(String controller, Path hierarchy, String file, String limit) throws IOException {
        Path folder = hierarchy.resolve("czi4j-test-" + ProcessHandle.current().pid() + "-" + System.nanoTime());
        try {
            if (isVersion2()) {
                write(hierarchy.resolve("cgroup.subtree_control"), "+" + controller);
            }
            Files.createDirectory(folder);
        } catch (IOException e) {
            return abort("no control group for " + controller + " can be made here: " + e);
        }
        TestGroup group = new TestGroup(folder);
        try {
            write(folder.resolve(file), limit);
            return group;
        } catch (IOException e) {
            group.close();
            return abort("the control group for " + controller + " takes no limit here: " + e);
        }
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.WRITE);
    }

    /** The file that a process joins by writing its number into it. */
    Path members() {
        return folder.resolve("cgroup.procs");
    }

    /** What comes before a command that is to run in the group. */
    List<String> launcher() {
        return List.of("sh", "-c", "echo $$ > \"$0\" && exec \"$@\"", members().toString());
    }

    /** The file that takes the pages of the group's processes away, to swap, when something is written into it. */
    Path reclaim() {
        return folder.resolve(isVersion2() ? "memory.reclaim" : "memory.force_empty");
    }

    /** Removes it; its processes must have ended. */
    @Override
    public void close() throws IOException {
        long begun = System.nanoTime();
        while (true) {
            try {
                Files.delete(folder);
                return;
            } catch (IOException e) {
                // The kernel takes a moment to forget a process.
                if (System.nanoTime() - begun > TimeUnit.SECONDS.toNanos(REMOVAL_SECONDS)) {
                    throw e;
                }
                LockSupport.parkNanos(RETRY_NANOS);
            }
        }
    }
}
