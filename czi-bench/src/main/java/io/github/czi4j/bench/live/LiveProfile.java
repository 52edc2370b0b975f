package io.github.czi4j.bench.live;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.czi4j.bench.environment.Environment;
import io.github.czi4j.bench.record.StackTree;
import io.github.czi4j.bench.record.TraceEvents;
import io.github.czi4j.bench.report.JsonReport;
import io.github.czi4j.model.SubblockInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/**
 * The profile of a program that ran by itself, from a recording of it. Its stages are those of all threads that read
 * tiles, over all of the recording; what they did beside reading tiles is {@code outside}. As in a profile of one's own,
 * time in a stage in which a thread waited for another one's lock, or for the collector, is not the stage's but {@code lock}
 * or {@code gc}.
 */
public final class LiveProfile {
    private static final List<String> OF_THIS_JVM =
            List.of("czi4j", "jvm", "garbageCollectors", "maxHeapBytes", "jvmArguments");

    private static final double[] PERCENTILES = {50, 90, 99, 100};
    private static final int DIGITS = 3;
    private static final int SLOWEST = 5;
    /** Lists longer than this say no more, and fill the report. */
    private static final int MAX_LISTED = 200_000;
    /** Of so many files the directories are read. */
    private static final int MAX_FILES = 16;

    /** What happened to a tile, from one reading of it to the next. */
    private static final class Tile {
        private final LiveRecording.Span read;
        private final SubblockInfo info;
        private long decodeNanos;
        private long placeNanos;

        Tile(LiveRecording.Span read, SubblockInfo info) {
            this.read = read;
            this.info = info;
        }

        long nanos() {
            return read.nanos() + decodeNanos + placeNanos;
        }
    }

    private final LiveRecording recording;
    private final ProcessWatch watch;
    private final boolean isPartial;
    private final LiveStages stages;
    private final List<Tile> tiles = new ArrayList<>();
    private final Map<Long, Integer> threads = new LinkedHashMap<>();
    private final Map<String, LiveFile> files = new LinkedHashMap<>();
    private final Intervals busy;
    private long cacheHits;
    private long distinctTiles;

    private LiveProfile(LiveRecording recording, ProcessWatch watch, boolean isPartial) {
        this.recording = recording;
        this.watch = watch;
        this.isPartial = isPartial;
        this.busy = Intervals.union(stretches());
        this.stages = new LiveStages(recording, watch);
        findFiles();
        sumTiles();
    }

    /**
     * Reads a recording.
     *
     * @param file of Flight Recorder
     * @param watch the process that it is of, during the recording
     * @param isPartial whether the recording ended before its time
     * @return the profile
     * @throws IOException if it cannot be read
     */
    public static LiveProfile of(Path file, ProcessWatch watch, boolean isPartial) throws IOException {
        return new LiveProfile(LiveRecording.read(file), watch, isPartial);
    }

    private List<Intervals.Stretch> stretches() {
        return recording.spans().stream()
                .map(span -> new Intervals.Stretch(span.start(), span.end()))
                .toList();
    }

    private void findFiles() {
        Map<String, List<LiveRecording.Span>> byFile = recording.spans().stream()
                .collect(Collectors.groupingBy(LiveRecording.Span::file, LinkedHashMap::new, Collectors.toList()));
        byFile.forEach((name, spans) -> files.put(
                name,
                files.size() < MAX_FILES
                        ? LiveFile.find(
                                name,
                                watch.pid(),
                                spans.stream()
                                        .filter(span -> span.subblock() >= 0)
                                        .toList())
                        : null));
    }

    private void sumTiles() {
        Map<String, Tile> latest = new HashMap<>();
        for (LiveRecording.Span span : recording.spans()) {
            threads.putIfAbsent(span.thread(), threads.size());
            cacheHits += span.isCacheHit() ? 1 : 0;
            if (span.kind().equals(TraceEvents.READ)) {
                LiveFile file = files.get(span.file());
                Tile tile = new Tile(span, file == null ? null : file.tile(span.subblock()));
                latest.put(span.tile(), tile);
                tiles.add(tile);
                continue;
            }
            Tile tile = span.subblock() < 0 ? null : latest.get(span.tile());
            if (tile != null) {
                tile.decodeNanos += span.kind().equals(TraceEvents.DECODE) ? span.nanos() : 0;
                tile.placeNanos += span.kind().equals(TraceEvents.PLACE) ? span.nanos() : 0;
            }
        }
        distinctTiles = latest.size();
    }

    /**
     * Where processor time went.
     *
     * @return stacks of all threads of the process
     */
    public StackTree stacks() {
        return recording.stacks();
    }

    /**
     * Whether the reader did nothing.
     *
     * @return true if no event of it was seen
     */
    public boolean isEmpty() {
        return recording.spans().isEmpty();
    }

    /**
     * Whether the recording ended before its time.
     *
     * @return true if so
     */
    public boolean isPartial() {
        return isPartial;
    }

    /**
     * How long was recorded.
     *
     * @return seconds
     */
    public double recordedSeconds() {
        return (stages.end() - stages.begun()) / 1e9;
    }

    /**
     * For machines.
     *
     * @return a result of kind {@code profile}, without a diagnosis
     */
    public JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("formatVersion", JsonReport.FORMAT_VERSION);
        json.addProperty("kind", "profile");
        json.addProperty(
                "created", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        json.addProperty("partial", isPartial);
        JsonObject environment = Environment.capture().toJson();
        // The machine is the same, the JVM is not.
        OF_THIS_JVM.forEach(environment::remove);
        recording.jvm().entrySet().forEach(member -> environment.add(member.getKey(), member.getValue()));
        json.add("environment", environment);
        json.add("file", file());
        json.add("request", request());
        JsonObject method = new JsonObject();
        method.addProperty("preset", "pid");
        method.addProperty("threads", Intervals.mostAtOnce(stretches()));
        method.addProperty("threadsSeen", threads.size());
        method.addProperty("recordedSeconds", recordedSeconds());
        method.addProperty("stagesOf", "all threads that read tiles, from Flight Recorder");
        json.add("method", method);
        json.addProperty("elapsedSeconds", busy.length() / 1e9);
        stages.addTo(json);
        json.addProperty("processCpuSeconds", watch.cpuNanos() < 0 ? null : watch.cpuNanos() / 1e9);
        json.addProperty("gcSeconds", busy.overlap(recording.pauses()) / 1e9);
        json.add("tiles", tilesJson());
        return json;
    }

    /** The file that most tiles were read of. */
    private JsonObject file() {
        Map<String, Long> reads =
                tiles.stream().collect(Collectors.groupingBy(tile -> tile.read.file(), Collectors.counting()));
        String main = files.keySet().stream()
                .max(Comparator.comparingLong(name -> reads.getOrDefault(name, 0L)))
                .orElse("");
        JsonObject json = files.get(main) == null
                ? new JsonObject()
                : files.get(main).facts().deepCopy();
        json.addProperty("name", main);
        if (files.size() > 1) {
            json.addProperty("otherFiles", files.size() - 1);
        }
        return json;
    }

    private JsonObject request() {
        JsonObject json = new JsonObject();
        json.addProperty("pid", watch.pid());
        json.addProperty("tiles", tiles.size());
        json.addProperty("distinctTiles", distinctTiles);
        json.addProperty(
                "storedBytes",
                tiles.stream().mapToLong(tile -> tile.read.bytes()).sum());
        json.addProperty("cacheHits", cacheHits);
        if (!tiles.isEmpty() && tiles.stream().allMatch(tile -> tile.info != null)) {
            json.addProperty(
                    "decodedPixels",
                    tiles.stream()
                            .mapToLong(tile -> (long) tile.info.storedWidth() * tile.info.storedHeight())
                            .sum());
        }
        return json;
    }

    private JsonObject tilesJson() {
        JsonObject json = new JsonObject();
        json.addProperty("count", tiles.size());
        json.add("read", percentiles(tile -> tile.read.nanos()));
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
        tiles.stream()
                .sorted(Comparator.comparingLong(tile -> tile.read.start()))
                .limit(MAX_LISTED)
                .forEach(tile -> list.add(toJson(tile)));
        json.add("list", list);
        return json;
    }

    private JsonObject toJson(Tile tile) {
        JsonObject json = new JsonObject();
        json.addProperty("index", tile.read.subblock());
        if (files.size() > 1) {
            json.addProperty("file", tile.read.file());
        } else if (tile.info != null) {
            // Positions of several slides would be one heap on the map.
            json.addProperty("coordinate", tile.info.coordinate().toString());
            json.addProperty("x", tile.info.logical().x());
            json.addProperty("y", tile.info.logical().y());
            json.addProperty("width", tile.info.logical().width());
            json.addProperty("height", tile.info.logical().height());
        }
        json.addProperty("compression", tile.read.compression());
        json.addProperty("storedBytes", tile.read.bytes());
        json.addProperty("worker", threads.get(tile.read.thread()));
        json.addProperty("startSeconds", (tile.read.start() - stages.begun()) / 1e9);
        json.addProperty("readSeconds", tile.read.nanos() / 1e9);
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
