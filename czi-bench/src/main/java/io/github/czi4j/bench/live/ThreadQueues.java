package io.github.czi4j.bench.live;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** For how long threads of a process ran, and for how long they could have run but had no processor, so far; by Linux. */
final class ThreadQueues {
    /** Nanoseconds of a thread. */
    private record Times(long running, long queued) {}

    private final Map<Long, Times> threads;

    private ThreadQueues(Map<Long, Times> threads) {
        this.threads = threads;
    }

    /** As it is now. Empty where the system does not tell, and of a process in a container, which numbers its own threads. */
    static ThreadQueues of(long pid) {
        Map<Long, Times> threads = new HashMap<>();
        Path process = Path.of("/proc", Long.toString(pid));
        try {
            if (Files.readAllLines(process.resolve("status"), StandardCharsets.ISO_8859_1).stream()
                    .anyMatch(line -> line.startsWith("NSpid:") && line.trim().split("\\s+").length > 2)) {
                return new ThreadQueues(Map.of());
            }
            try (DirectoryStream<Path> tasks = Files.newDirectoryStream(process.resolve("task"))) {
                for (Path task : tasks) {
                    String[] fields = text(task.resolve("schedstat")).trim().split(" ");
                    if (fields.length == 3 && fields[0].matches("\\d{1,18}") && fields[1].matches("\\d{1,18}")) {
                        threads.put(
                                Long.parseLong(task.getFileName().toString()),
                                new Times(Long.parseLong(fields[0]), Long.parseLong(fields[1])));
                    }
                }
            }
        } catch (IOException | RuntimeException e) {
            return new ThreadQueues(Map.of());
        }
        return new ThreadQueues(threads);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            // The thread has ended since.
            return "";
        }
    }

    /**
     * For how long a thread had no processor during a part of its work.
     *
     * @param before the same, earlier
     * @param thread number of the system
     * @param cpu processor time of that part, of which the queue has a share like that of all processor time
     * @return nanoseconds; −1 if it is not known
     */
    long queuedSince(ThreadQueues before, long thread, long cpu) {
        Times now = threads.get(thread);
        if (now == null || cpu < 0) {
            return -1;
        }
        Times then = before.threads.getOrDefault(thread, new Times(0, 0));
        long running = now.running() - then.running();
        long queued = now.queued() - then.queued();
        return running <= 0 ? 0 : (long) (queued * Math.min(1, (double) cpu / running));
    }
}
