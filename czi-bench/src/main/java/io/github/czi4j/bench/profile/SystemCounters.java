package io.github.czi4j.bench.profile;

import com.google.gson.JsonObject;
import io.github.czi4j.bench.environment.ControlGroups;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Counters of Linux that tell of troubles outside the program; each is −1 where the system does not tell.
 *
 * @param majorFaults pages that the process had to wait for, since they came from storage
 * @param swappedPages pages that the whole machine fetched from swap
 * @param queuedNanos time for which the profiled threads could have run, but had no processor
 * @param throttledMicros time for which a cgroup stopped threads because it had used up its processor time, added up over
 *     the processors
 */
public record SystemCounters(long majorFaults, long swappedPages, long queuedNanos, long throttledMicros) {
    private static final long UNKNOWN = -1;
    /** Of {@code /proc/self/stat}, counted behind the name in parentheses, which may hold blanks. */
    private static final int MAJOR_FAULTS = 9;

    /** Reads them as they are now. */
    static SystemCounters now() {
        return now(Path.of("/"));
    }

    /** The same below another root, for tests. */
    static SystemCounters now(Path root) {
        return of(root, "self");
    }

    /**
     * Reads those of another process as they are now.
     *
     * @param pid its number
     * @return the counters, the time in the queue excepted
     */
    public static SystemCounters of(long pid) {
        return of(Path.of("/"), Long.toString(pid));
    }

    private static SystemCounters of(Path root, String process) {
        return new SystemCounters(
                majorFaultsOf(text(root.resolve("proc/" + process + "/stat"))),
                number(text(root.resolve("proc/vmstat")).lines().toList(), "pswpin"),
                UNKNOWN,
                ControlGroups.of(process).throttledMicros().orElse(UNKNOWN));
    }

    private static long majorFaultsOf(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).trim().split(" ");
        return fields.length > MAJOR_FAULTS && fields[MAJOR_FAULTS].matches("\\d{1,18}")
                ? Long.parseLong(fields[MAJOR_FAULTS])
                : UNKNOWN;
    }

    /** Nanoseconds for which the calling thread could have run, but had no processor, since it exists; −1 if not known. */
    static long queuedNanosOfThread() {
        String[] fields = text(Path.of("/proc/thread-self/schedstat")).split(" ");
        return fields.length == 3 && fields[1].matches("\\d{1,18}") ? Long.parseLong(fields[1]) : UNKNOWN;
    }

    private static long number(List<String> lines, String key) {
        return lines.stream()
                .map(line -> line.split(" "))
                .filter(parts -> parts.length == 2 && parts[0].equals(key) && parts[1].matches("\\d{1,18}"))
                .mapToLong(parts -> Long.parseLong(parts[1]))
                .findFirst()
                .orElse(UNKNOWN);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException | SecurityException e) {
            return "";
        }
    }

    /**
     * What happened since.
     *
     * @param before the same counters, earlier
     * @param queued the time in the queue, of the threads that matter; −1 if it is not known
     * @return differences
     */
    public SystemCounters since(SystemCounters before, long queued) {
        return new SystemCounters(
                difference(majorFaults, before.majorFaults),
                difference(swappedPages, before.swappedPages),
                queued,
                difference(throttledMicros, before.throttledMicros));
    }

    private static long difference(long after, long before) {
        return after == UNKNOWN || before == UNKNOWN ? UNKNOWN : after - before;
    }

    /**
     * For machines.
     *
     * @return the member {@code system} of a profile
     */
    public JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("majorFaults", majorFaults == UNKNOWN ? null : majorFaults);
        json.addProperty("swappedPages", swappedPages == UNKNOWN ? null : swappedPages);
        json.addProperty("queuedSeconds", queuedNanos == UNKNOWN ? null : queuedNanos / 1e9);
        json.addProperty("throttledSeconds", throttledMicros == UNKNOWN ? null : throttledMicros / 1e6);
        return json;
    }
}
