package io.github.czi4j.bench.live;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.github.czi4j.bench.environment.Environment;
import io.github.czi4j.bench.record.StackTree;
import io.github.czi4j.bench.record.TraceEvents;
import io.github.czi4j.bench.report.JsonReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.HdrHistogram.Histogram;

/**
 * The profile of a program that ran by itself, from a recording of it. Its stages are those of all threads that read
 * tiles, over all of the recording; what they did beside reading tiles is {@code outside}.
 */
public final class LiveProfile {
    private static final List<String> ORDER = List.of(
            "open", "directory", "metadata", "index", "plan", "allocate", "read", "decode", "place", "finalise");

    private static final List<String> OF_THIS_JVM =
            List.of("czi4j", "jvm", "garbageCollectors", "maxHeapBytes", "jvmArguments");

    private static final double[] PERCENTILES = {50, 90, 99, 100};
    private static final int DIGITS = 3;
    private static final int SLOWEST = 5;
    /** Lists longer than this say no more, and fill the report. */
    private static final int MAX_LISTED = 200_000;

    /** What happened to a tile, from one reading of it to the next. */
    private static final class Tile {
        private final int index;
        private final String compression;
        private final long storedBytes;
        private final long thread;
        private final Instant start;
        private final long readNanos;
        private long decodeNanos;
        private long placeNanos;

        Tile(RecordedEvent read) {
            index = read.getInt("subblock");
            compression = read.getString("compression");
            storedBytes = read.getLong("bytes");
            thread = threadId(read);
            start = read.getStartTime();
            readNanos = read.getDuration().toNanos();
        }

        long nanos() {
            return readNanos + decodeNanos + placeNanos;
        }
    }

    private final long pid;
    private final Duration duration;
    private final Map<String, Long> stageNanos = new TreeMap<>();
    private final Map<String, Tile> latest = new HashMap<>();
    private final List<Tile> tiles = new ArrayList<>();
    private final Map<Long, Integer> threads = new LinkedHashMap<>();
    private final Map<String, Integer> files = new LinkedHashMap<>();
    private final Set<String> subblocks = new HashSet<>();
    private final StackTree stacks = new StackTree();
    private long cacheHits;
    private long gcNanos;
    private Instant begun = Instant.MAX;

    private LiveProfile(long pid, Duration duration) {
        this.pid = pid;
        this.duration = duration;
    }

    /**
     * Reads a recording.
     *
     * @param file of Flight Recorder
     * @param pid of the process that it is of
     * @param duration that was recorded
     * @return the profile
     * @throws IOException if it cannot be read
     */
    public static LiveProfile of(Path file, long pid, Duration duration) throws IOException {
        LiveProfile profile = new LiveProfile(pid, duration);
        List<RecordedEvent> events = new ArrayList<>();
        try (RecordingFile recording = new RecordingFile(file)) {
            while (recording.hasMoreEvents()) {
                RecordedEvent event = recording.readEvent();
                if (event.getEventType().getName().equals(StackTree.SAMPLE)) {
                    profile.stacks.add(event);
                } else if (TraceEvents.NAMES.contains(event.getEventType().getName())) {
                    events.add(event);
                }
            }
        }
        events.sort(Comparator.comparing(RecordedEvent::getEndTime));
        events.forEach(profile::take);
        return profile;
    }

    private static long threadId(RecordedEvent event) {
        return event.getThread() == null ? 0 : event.getThread().getJavaThreadId();
    }

    private void take(RecordedEvent event) {
        String stage = TraceEvents.stage(event);
        long nanos = event.getDuration().toNanos();
        if (stage == null) {
            gcNanos += nanos;
            return;
        }
        begun = event.getStartTime().isBefore(begun) ? event.getStartTime() : begun;
        threads.putIfAbsent(threadId(event), threads.size());
        files.merge(event.getString("file"), 1, Integer::sum);
        String name = event.getEventType().getName();
        if (name.equals(TraceEvents.CACHE_HIT)) {
            cacheHits++;
            return;
        }
        stageNanos.merge(stage, nanos, Long::sum);
        if (!event.hasField("subblock")) {
            return;
        }
        String key = event.getInt("subblock") + " " + event.getString("file");
        if (name.equals(TraceEvents.READ)) {
            Tile tile = new Tile(event);
            latest.put(key, tile);
            tiles.add(tile);
            subblocks.add(key);
        } else {
            Tile tile = latest.get(key);
            if (tile != null) {
                tile.decodeNanos += name.equals(TraceEvents.DECODE) ? nanos : 0;
                tile.placeNanos += name.equals(TraceEvents.PLACE) ? nanos : 0;
            }
        }
    }

    /**
     * Where processor time went.
     *
     * @return stacks of all threads of the process
     */
    public StackTree stacks() {
        return stacks;
    }

    /**
     * Whether the reader did nothing.
     *
     * @return true if no event of it was seen
     */
    public boolean isEmpty() {
        return threads.isEmpty();
    }

    /**
     * Number of tiles that were read; one that was read twice counts twice.
     *
     * @return at least 0
     */
    public int tiles() {
        return tiles.size();
    }

    /**
     * For machines.
     *
     * @return a result of kind {@code profile}
     */
    public JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("formatVersion", JsonReport.FORMAT_VERSION);
        json.addProperty("kind", "profile");
        json.addProperty(
                "created", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        json.addProperty("partial", false);
        JsonObject environment = Environment.capture().toJson();
        // The machine is the same, the JVM is not.
        OF_THIS_JVM.forEach(environment::remove);
        json.add("environment", environment);
        JsonObject file = new JsonObject();
        file.addProperty(
                "name",
                files.size() == 1 ? files.keySet().iterator().next() : files.size() + " files of process " + pid);
        json.add("file", file);
        JsonObject request = new JsonObject();
        request.addProperty("pid", pid);
        request.addProperty("tiles", subblocks.size());
        request.addProperty(
                "storedBytes",
                tiles.stream().mapToLong(tile -> tile.storedBytes).sum());
        request.addProperty("cacheHits", cacheHits);
        json.add("request", request);
        JsonObject method = new JsonObject();
        method.addProperty("preset", "pid");
        method.addProperty("threads", threads.size());
        method.addProperty("recordedSeconds", duration.toNanos() / 1e9);
        method.addProperty("stagesOf", "all threads that read tiles, from Flight Recorder");
        json.add("method", method);
        addStages(json);
        json.addProperty("gcSeconds", gcNanos / 1e9);
        json.add("tiles", tilesJson());
        return json;
    }

    private void addStages(JsonObject json) {
        // Short recordings end a little late: the stages must fit all the same.
        double stages = stageNanos.values().stream().mapToLong(Long::longValue).sum() / 1e9;
        double wall = Math.max(stages, threads.size() * duration.toNanos() / 1e9);
        json.addProperty("wallSeconds", wall);
        json.add("cpuSeconds", JsonNull.INSTANCE);
        JsonArray array = new JsonArray();
        List<String> names = new ArrayList<>(ORDER);
        stageNanos.keySet().stream().filter(name -> !ORDER.contains(name)).forEach(names::add);
        for (String name : names) {
            array.add(stage(name, stageNanos.getOrDefault(name, 0L) / 1e9, wall));
        }
        array.add(stage("outside", wall - stages, wall));
        json.add("stages", array);
    }

    private static JsonObject stage(String name, double seconds, double wall) {
        JsonObject json = new JsonObject();
        json.addProperty("name", name);
        json.addProperty("seconds", seconds);
        json.add("cpuSeconds", JsonNull.INSTANCE);
        json.addProperty("share", wall == 0 ? 0 : seconds / wall);
        return json;
    }

    private JsonObject tilesJson() {
        JsonObject json = new JsonObject();
        json.addProperty("count", tiles.size());
        json.add("read", percentiles(tile -> tile.readNanos));
        json.add("decode", percentiles(tile -> tile.decodeNanos));
        json.add("place", percentiles(tile -> tile.placeNanos));
        json.add("all", percentiles(Tile::nanos));
        JsonArray slowest = new JsonArray();
        tiles.stream()
                .sorted(Comparator.comparingLong(Tile::nanos).reversed())
                .limit(SLOWEST)
                .forEach(tile -> slowest.add(toJson(tile)));
        json.add("slowest", slowest);
        JsonArray list = new JsonArray();
        tiles.stream().limit(MAX_LISTED).forEach(tile -> list.add(toJson(tile)));
        json.add("list", list);
        return json;
    }

    private JsonObject toJson(Tile tile) {
        JsonObject json = new JsonObject();
        json.addProperty("index", tile.index);
        json.addProperty("compression", tile.compression);
        json.addProperty("storedBytes", tile.storedBytes);
        json.addProperty("worker", threads.get(tile.thread));
        json.addProperty("startSeconds", Duration.between(begun, tile.start).toNanos() / 1e9);
        json.addProperty("readSeconds", tile.readNanos / 1e9);
        json.addProperty("decodeSeconds", tile.decodeNanos / 1e9);
        json.addProperty("placeSeconds", tile.placeNanos / 1e9);
        return json;
    }

    private JsonObject percentiles(ToLongFunction<Tile> part) {
        Histogram histogram = new Histogram(DIGITS);
        tiles.forEach(tile -> histogram.recordValue(Math.max(0, part.applyAsLong(tile))));
        JsonObject json = new JsonObject();
        if (histogram.getTotalCount() > 0) {
            json.addProperty("mean", histogram.getMean() / 1e9);
            for (double percentile : PERCENTILES) {
                json.addProperty("p" + (int) percentile, histogram.getValueAtPercentile(percentile) / 1e9);
            }
        }
        return json;
    }
}
