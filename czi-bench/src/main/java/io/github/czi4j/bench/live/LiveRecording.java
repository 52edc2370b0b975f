package io.github.czi4j.bench.live;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.czi4j.bench.record.StackTree;
import io.github.czi4j.bench.record.TraceEvents;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/** What a recording of another JVM says of the reader in it, of its threads, and of the JVM. */
final class LiveRecording {
    /** Of locks that have an owner; conditions and queues are waited for with other blockers. */
    private static final List<String> LOCKS = List.of(
            "java.util.concurrent.locks.ReentrantLock$",
            "java.util.concurrent.locks.ReentrantReadWriteLock$",
            "java.util.concurrent.locks.StampedLock");

    private static final long MISSING = Long.MIN_VALUE;

    /**
     * An event of the reader. Times in nanoseconds since 1970.
     *
     * @param kind name of the event
     * @param stage of the reader
     * @param thread which
     * @param start when it began
     * @param end when it ended
     * @param cpu processor time; −1 if the JVM does not tell
     * @param file as the program opened it
     * @param subblock its index; −1 if the stage concerns none
     * @param compression of the subblock, null without one
     * @param bytes as the reader says
     */
    record Span(
            String kind,
            String stage,
            long thread,
            long start,
            long end,
            long cpu,
            String file,
            int subblock,
            String compression,
            long bytes) {
        long nanos() {
            return end - start;
        }

        /** Whether it is no stage, but says that a tile was there already. */
        boolean isCacheHit() {
            return kind.equals(TraceEvents.CACHE_HIT);
        }

        /** Its tile, among those of all files. */
        String tile() {
            return subblock + " " + file;
        }
    }

    /** A thread; the times of its life are null where they are not in the recording. */
    static final class Worker {
        private final long systemId;
        private final List<Intervals.Stretch> blocked = new ArrayList<>();
        private Long born;
        private Long died;

        Worker(long systemId) {
            this.systemId = systemId;
        }

        /** Its number in the system, as the JVM sees it; −1 of virtual threads. */
        long systemId() {
            return systemId;
        }

        Long born() {
            return born;
        }

        Long died() {
            return died;
        }

        /** When it waited for locks that another thread held. */
        Intervals blocked() {
            return Intervals.union(blocked);
        }
    }

    private final List<Span> spans = new ArrayList<>();
    private final Map<Long, Worker> workers = new HashMap<>();
    private final List<Intervals.Stretch> pauses = new ArrayList<>();
    private final StackTree stacks = new StackTree();
    private final JsonObject jvm = new JsonObject();
    private final Map<String, BiConsumer<RecordedEvent, Worker>> others = Map.of(
            "jdk.GCPhasePause",
            (event, thread) -> pauses.add(stretch(event)),
            "jdk.JavaMonitorEnter",
            (event, thread) -> thread.blocked.add(stretch(event)),
            "jdk.ThreadPark",
            this::park,
            "jdk.ThreadStart",
            (event, thread) -> worker(event.getThread("thread")).born = nanos(event.getStartTime()),
            "jdk.ThreadEnd",
            (event, thread) -> worker(event.getThread("thread")).died = nanos(event.getStartTime()),
            "jdk.JVMInformation",
            this::jvm,
            "jdk.GCConfiguration",
            this::collectors,
            "jdk.GCHeapConfiguration",
            (event, thread) -> jvm.addProperty("maxHeapBytes", event.getLong("maxSize")),
            StackTree.SAMPLE,
            (event, thread) -> stacks.add(event));

    private LiveRecording() {}

    /** Reads a recording. */
    static LiveRecording read(Path file) throws IOException {
        LiveRecording result = new LiveRecording();
        try (RecordingFile recording = new RecordingFile(file)) {
            while (recording.hasMoreEvents()) {
                result.take(recording.readEvent());
            }
        }
        result.spans.sort(Comparator.comparingLong(Span::end));
        Set<Long> reading = result.spans.stream().map(Span::thread).collect(Collectors.toSet());
        result.workers.keySet().retainAll(reading);
        return result;
    }

    private void take(RecordedEvent event) {
        String name = event.getEventType().getName();
        BiConsumer<RecordedEvent, Worker> other = others.get(name);
        if (other != null) {
            other.accept(event, worker(event.getThread()));
            return;
        }
        String stage = TraceEvents.stage(event);
        if (stage == null) {
            return;
        }
        boolean isOfTile = event.hasField("subblock");
        // A reader of a version that did not tell it.
        long cpu = event.hasField("cpuTime") ? event.getLong("cpuTime") : MISSING;
        worker(event.getThread());
        spans.add(new Span(
                name,
                stage,
                id(event.getThread()),
                nanos(event.getStartTime()),
                nanos(event.getEndTime()),
                cpu == MISSING ? -1 : cpu,
                event.getString("file"),
                isOfTile ? event.getInt("subblock") : -1,
                isOfTile ? event.getString("compression") : null,
                event.getLong("bytes")));
    }

    private static long id(RecordedThread thread) {
        return thread == null ? 0 : thread.getJavaThreadId();
    }

    private Worker worker(RecordedThread thread) {
        return workers.computeIfAbsent(
                id(thread),
                id -> new Worker(thread == null || thread.getOSThreadId() <= 0 ? -1 : thread.getOSThreadId()));
    }

    private void park(RecordedEvent event, Worker thread) {
        String blocker = event.getClass("parkedClass") == null
                ? ""
                : event.getClass("parkedClass").getName();
        if (LOCKS.stream().anyMatch(blocker::startsWith)) {
            thread.blocked.add(stretch(event));
        }
    }

    private void jvm(RecordedEvent event, Worker thread) {
        String version = event.getString("jvmVersion");
        // "OpenJDK 64-Bit Server VM (17.0.9+9) for linux-amd64 …": the rest is how it was built.
        String build = version == null ? "?" : version.replaceFirst("^.*?\\(([^)]*)\\).*$", "$1");
        jvm.addProperty("jvm", event.getString("jvmName") + " " + build);
        JsonArray arguments = new JsonArray();
        String given = event.getString("jvmArguments");
        if (given != null && !given.isBlank()) {
            List.of(given.trim().split("\\s+")).forEach(arguments::add);
        }
        jvm.add("jvmArguments", arguments);
    }

    private void collectors(RecordedEvent event, Worker thread) {
        JsonArray names = new JsonArray();
        for (String generation : List.of("youngCollector", "oldCollector")) {
            String name = event.getString(generation);
            if (name != null) {
                names.add(name);
            }
        }
        jvm.add("garbageCollectors", names);
    }

    private static Intervals.Stretch stretch(RecordedEvent event) {
        return new Intervals.Stretch(nanos(event.getStartTime()), nanos(event.getEndTime()));
    }

    static long nanos(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
    }

    /** By ascending end. */
    List<Span> spans() {
        return spans;
    }

    /** The threads that have spans, by the numbers that those name. */
    Map<Long, Worker> workers() {
        return workers;
    }

    /** When all threads stood still for the collector. */
    Intervals pauses() {
        return Intervals.union(pauses);
    }

    /** Where processor time went. */
    StackTree stacks() {
        return stacks;
    }

    /** What the JVM is: members of {@code environment}. */
    JsonObject jvm() {
        return jvm;
    }
}
