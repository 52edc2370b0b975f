package io.github.czi4j.bench.live;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.czi4j.bench.record.TraceEvents;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How the time of the threads that read tiles splits into stages, as a recording tells it. */
final class LiveStages {
    private static final String WAIT = "wait";
    private static final String LOCK = "lock";
    private static final String DECODE = "decode";
    private static final String GC = "gc";
    private static final List<String> ORDER = List.of(
            "open",
            "directory",
            "metadata",
            "index",
            "plan",
            "allocate",
            WAIT,
            LOCK,
            "read",
            DECODE,
            "place",
            GC,
            "finalise");

    /** Time of a stage, of all threads. */
    private static final class Sum {
        private long nanos;
        private long cpu;
        private boolean hasCpu = true;

        void add(long time, long processor) {
            nanos += time;
            hasCpu &= processor >= 0;
            cpu += processor;
        }

        JsonElement cpuSeconds() {
            return hasCpu ? new JsonPrimitive(cpu / 1e9) : JsonNull.INSTANCE;
        }

        JsonObject toJson(String name, long wall) {
            JsonObject json = new JsonObject();
            json.addProperty("name", name);
            json.addProperty("seconds", nanos / 1e9);
            json.add("cpuSeconds", cpuSeconds());
            json.addProperty("share", wall == 0 ? 0 : (double) nanos / wall);
            return json;
        }
    }

    private final LiveRecording recording;
    private final ProcessWatch watch;
    private final Map<Long, List<LiveRecording.Span>> byThread;
    private final Map<String, Sum> sums = new LinkedHashMap<>();

    LiveStages(LiveRecording recording, ProcessWatch watch) {
        this.recording = recording;
        this.watch = watch;
        this.byThread = recording.spans().stream().collect(Collectors.groupingBy(LiveRecording.Span::thread));
        Intervals pauses = recording.pauses();
        ORDER.forEach(name -> sums.put(name, new Sum()));
        byThread.forEach((thread, spans) -> {
            Intervals blocked = recording.workers().get(thread).blocked();
            spans.stream().filter(span -> !span.isCacheHit()).forEach(span -> add(span, pauses, blocked));
        });
    }

    private void add(LiveRecording.Span span, Intervals pauses, Intervals blocked) {
        long gc = 0;
        long lock = 0;
        // Whoever is waited for may be held up, but that is its own time.
        if (!span.stage().equals(WAIT)) {
            Intervals stopped = pauses.within(span.start(), span.end());
            Intervals waited = blocked.within(span.start(), span.end());
            gc = stopped.length();
            lock = waited.length() - waited.overlap(stopped);
        }
        long own = span.nanos() - gc - lock;
        String name = span.kind().equals(TraceEvents.DECODE) && span.compression() != null
                ? DECODE + " " + span.compression()
                : span.stage();
        sums.computeIfAbsent(name, unseen -> new Sum()).add(own, Math.min(own, span.cpu()));
        sums.get(GC).add(gc, 0);
        sums.get(LOCK).add(lock, 0);
    }

    /** When the recording began, in nanoseconds since 1970. */
    long begun() {
        long first = recording.spans().stream()
                .mapToLong(LiveRecording.Span::start)
                .min()
                .orElse(Long.MAX_VALUE);
        return Math.min(LiveRecording.nanos(watch.begun()), first);
    }

    /** When it ended. */
    long end() {
        long last = recording.spans().stream()
                .mapToLong(LiveRecording.Span::end)
                .max()
                .orElse(0);
        return Math.max(LiveRecording.nanos(watch.seen()), last);
    }

    /** Adds the members that tell of stages. */
    void addTo(JsonObject json) {
        Sum all = new Sum();
        sums.values().forEach(sum -> all.add(sum.nanos, sum.hasCpu ? sum.cpu : -1));
        long wall = Math.max(all.nanos, lifetimes());
        json.addProperty("wallSeconds", wall / 1e9);
        json.add("cpuSeconds", all.cpuSeconds());
        JsonArray array = new JsonArray();
        for (String name : names()) {
            array.add(sums.get(name).toJson(name, wall));
        }
        Sum outside = new Sum();
        outside.add(wall - all.nanos, -1);
        array.add(outside.toJson("outside", wall));
        json.add("stages", array);
        json.add("system", watch.counters(queuedNanos()).toJson());
    }

    /** In order; decoding by each compression where there was any. */
    private List<String> names() {
        List<String> decoding = sums.keySet().stream()
                .filter(name -> name.startsWith(DECODE + " "))
                .sorted()
                .toList();
        List<String> names = new ArrayList<>(ORDER);
        names.addAll(names.indexOf(DECODE), decoding);
        sums.keySet().stream().filter(name -> !names.contains(name)).sorted().forEach(names::add);
        if (!decoding.isEmpty() && sums.get(DECODE).nanos == 0) {
            names.remove(DECODE);
        }
        return names;
    }

    /** Of the threads that read, as far as they lie in the recording. */
    private long lifetimes() {
        long begun = begun();
        long end = end();
        long sum = 0;
        for (Map.Entry<Long, List<LiveRecording.Span>> thread : byThread.entrySet()) {
            LiveRecording.Worker worker = recording.workers().get(thread.getKey());
            // Nobody records when virtual threads begin and end.
            boolean isVirtual = worker.systemId() < 0;
            List<LiveRecording.Span> own = thread.getValue();
            long first = own.stream().mapToLong(LiveRecording.Span::start).min().orElse(begun);
            long from = isVirtual ? first : worker.born() == null ? begun : worker.born();
            long to = isVirtual ? own.get(own.size() - 1).end() : worker.died() == null ? end : worker.died();
            sum += Math.max(0, to - from);
        }
        return sum;
    }

    /** For which the threads had no processor while they read tiles; −1 unless that is known of all. */
    private long queuedNanos() {
        long sum = 0;
        for (Map.Entry<Long, List<LiveRecording.Span>> thread : byThread.entrySet()) {
            long cpu = 0;
            for (LiveRecording.Span span : thread.getValue()) {
                if (!span.isCacheHit()) {
                    cpu = cpu < 0 || span.cpu() < 0 ? -1 : cpu + span.cpu();
                }
            }
            long queued =
                    watch.queuedNanos(recording.workers().get(thread.getKey()).systemId(), cpu);
            if (queued < 0) {
                return -1;
            }
            sum += queued;
        }
        return sum;
    }
}
