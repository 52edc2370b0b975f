package io.github.czi4j.bench.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/**
 * How much of a file the system holds in memory, and how to make it let go. The file is opened for reading only and never
 * changed. All of it is for Linux; elsewhere nothing is known and nothing can be dropped.
 */
public final class PageCache {
    /** Up to this share in memory, a file counts as cold. */
    static final double COLD_SHARE = 0.05;
    /** From this share in memory on, a file counts as warm. */
    static final double WARM_SHARE = 0.95;

    private static final Path DROP_CACHES = Path.of("/proc/sys/vm/drop_caches");
    private static final Path MAPS = Path.of("/proc/self/maps");
    private static final long TOOL_SECONDS = 30;
    private static final int UNMAP_TRIES = 100;
    private static final long UNMAP_MILLIS = 20;

    /** How much of a file is in memory. */
    public enum State {
        /** Next to nothing. */
        COLD,
        /** Some of it. */
        PARTLY,
        /** Next to all. */
        WARM,
        /** The system does not tell. */
        UNKNOWN,
        /** The file is not on this machine. */
        NOT_APPLICABLE;

        /**
         * As reports call it.
         *
         * @return in lower case, for instance {@code not applicable}
         */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }

        /**
         * Judges a share.
         *
         * @param residentShare 0 to 1, or empty
         * @return the state
         */
        public static State of(OptionalDouble residentShare) {
            if (residentShare.isEmpty()) {
                return UNKNOWN;
            }
            double share = residentShare.getAsDouble();
            return share <= COLD_SHARE ? COLD : share >= WARM_SHARE ? WARM : PARTLY;
        }
    }

    /**
     * What an attempt to drop a file came to.
     *
     * @param way the last that was tried, empty if there is none here
     * @param residentShare of the file that is still in memory, 0 to 1; empty if the system does not tell
     */
    public record Drop(Optional<String> way, OptionalDouble residentShare) {
        /**
         * Whether the file has left the memory.
         *
         * @return false also where that is not known
         */
        public boolean isCold() {
            return State.of(residentShare) == State.COLD;
        }

        /** A sentence such as {@code cold: posix_fadvise left 0.0 % of the file in memory}. */
        @Override
        public String toString() {
            if (way.isEmpty()) {
                return "not cold: there is no way here to drop a file from the page cache";
            }
            if (residentShare.isEmpty()) {
                return "perhaps cold: dropped by " + way.get() + ", but the system does not tell what is left";
            }
            String left = String.format(
                    Locale.ROOT, "%s left %.1f %% of the file in memory", way.get(), 100 * residentShare.getAsDouble());
            return (isCold() ? "cold: " : "not cold: ") + left;
        }
    }

    private PageCache() {}

    private static boolean isLinux() {
        return System.getProperty("os.name", "").equals("Linux");
    }

    /**
     * The part of a file that is in the page cache, by {@code mincore}, or by the tool {@code fincore} on a JDK without
     * {@code java.lang.foreign}.
     *
     * @param file the file
     * @return 0 to 1; empty where that is not known, for instance for files of others that one may not write, of which
     *     the kernel says that all is there
     */
    public static OptionalDouble residentShare(Path file) {
        if (!isLinux() || !isTold(file)) {
            return OptionalDouble.empty();
        }
        try {
            long size = Files.size(file);
            Optional<NativeFile> opened = NativeFile.open(file);
            if (opened.isPresent()) {
                try (NativeFile natively = opened.get()) {
                    OptionalDouble share = natively.residentShare(size);
                    if (share.isPresent()) {
                        return share;
                    }
                }
            }
            Optional<String> bytes = run(
                    "fincore",
                    "--bytes",
                    "--noheadings",
                    "--output",
                    "RES",
                    file.toAbsolutePath().toString());
            return bytes.isPresent() && size > 0
                    ? OptionalDouble.of(
                            Math.min(1, Double.parseDouble(bytes.get().trim()) / size))
                    : OptionalDouble.empty();
        } catch (IOException | NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    /** The kernel tells owners and those who may write; others get "all of it" for an answer. */
    private static boolean isTold(Path file) {
        try {
            return Files.isWritable(file)
                    || Files.getOwner(file).getName().equals(System.getProperty("user.name"))
                    || System.getProperty("user.name").equals("root");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /**
     * Makes the system let go of a file, by the first of these ways that works: {@code posix_fadvise}, the tool
     * {@code dd} with {@code iflag=nocache}, and, only if allowed, dropping all caches of the machine, which needs root.
     * What a process has mapped stays: close readers first, and wait with {@link #awaitUnmapped}.
     *
     * @param file the file; what of it was written lately is flushed to the storage first
     * @param mayDropAll whether all files of the machine may be dropped
     * @return what came of it
     */
    public static Drop drop(Path file, boolean mayDropAll) {
        if (!isLinux()) {
            return new Drop(Optional.empty(), OptionalDouble.empty());
        }
        flush(file);
        Drop best = new Drop(Optional.empty(), residentShare(file));
        for (String way : List.of("posix_fadvise", "dd iflag=nocache", "drop_caches")) {
            boolean isDone = switch (way) {
                case "posix_fadvise" -> advise(file);
                case "dd iflag=nocache" ->
                    run("dd", "if=" + file.toAbsolutePath(), "iflag=nocache", "count=0")
                            .isPresent();
                default -> mayDropAll && dropAll();
            };
            if (isDone) {
                best = new Drop(Optional.of(way), residentShare(file));
                if (best.isCold()) {
                    return best;
                }
            }
        }
        return best;
    }

    /** Pages that were not written yet cannot be dropped. */
    private static void flush(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Then they stay, and the residency will tell.
            return;
        }
    }

    private static boolean advise(Path file) {
        Optional<NativeFile> opened = NativeFile.open(file);
        if (opened.isEmpty()) {
            return false;
        }
        try (NativeFile natively = opened.get()) {
            return natively.adviseNotNeeded();
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean dropAll() {
        try {
            Files.writeString(DROP_CACHES, "1\n", StandardCharsets.US_ASCII);
            return true;
        } catch (IOException | SecurityException e) {
            return false;
        }
    }

    /** Output of a tool that ended well; empty if it is not there, fails, or hangs. */
    private static Optional<String> run(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .start();
            try {
                if (!process.waitFor(TOOL_SECONDS, TimeUnit.SECONDS)) {
                    return Optional.empty();
                }
                String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
                return process.exitValue() == 0 ? Optional.of(output) : Optional.empty();
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /**
     * Waits until this process has a file no longer mapped: Java gives mappings back when their buffers are collected.
     *
     * @param file the file, whose readers are closed
     * @return whether it is so; true where the system does not tell
     */
    public static boolean awaitUnmapped(Path file) {
        String name;
        try {
            name = file.toRealPath().toString();
        } catch (IOException e) {
            return true;
        }
        for (int i = 0; i < UNMAP_TRIES; i++) {
            if (!isMapped(name)) {
                return true;
            }
            System.gc();
            try {
                Thread.sleep(UNMAP_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return !isMapped(name);
    }

    private static boolean isMapped(String name) {
        try {
            return Files.readAllLines(MAPS, StandardCharsets.UTF_8).stream().anyMatch(line -> line.endsWith(name));
        } catch (IOException e) {
            return false;
        }
    }
}
