package io.github.czi4j.bench.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.czi4j.CziOptions;
import io.github.czi4j.CziReader;
import io.github.czi4j.MosaicRequest;
import io.github.czi4j.bench.ProfilerRun;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.Parallelism;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.observe.Stage;
import io.github.czi4j.sample.SampleRecipe;
import io.github.czi4j.sample.SampleWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunRecorderTest {
    private static final int ROUNDS = 3;
    private static final int TILES = 30;

    @TempDir
    Path folder;

    private Path file;
    private final Map<Stage, Long> nanos = new EnumMap<>(Stage.class);
    private final Map<Stage, Integer> counts = new EnumMap<>(Stage.class);

    private record SpanOfTrack(long start, long end, String name) {}

    @BeforeEach
    void makeSample() throws IOException {
        file = folder.resolve("grid.czi");
        SampleRecipe recipe = SampleRecipe.defaults()
                .grid(6, 5)
                .tile(128, 128, 10)
                .dimensions(1, 1, 1, 1)
                .pixels(PixelType.GRAY16, Compression.ZSTD1);
        SampleWriter.write(file, recipe, 1, (done, total) -> {});
    }

    private synchronized void listen(Stage stage, int subblock, long start, long duration, long bytes) {
        nanos.merge(stage, duration, Long::sum);
        counts.merge(stage, 1, Integer::sum);
    }

    private void read(CziReader reader) throws IOException {
        for (int i = 0; i < ROUNDS; i++) {
            reader.readMosaic(MosaicRequest.wholeImage());
        }
    }

    @Test
    void jvmsThatAreMeasuredInTurnArePartOfTheRecording() throws IOException {
        Path trace = folder.resolve("t.json");
        Path stacks = folder.resolve("f.txt");
        ProfilerRun run = ProfilerRun.of(
                "benchmark",
                file.toString(),
                "--fork",
                "--warm-up=0",
                "--repetitions=3",
                "--threads=2",
                "--batch=4",
                "--no-ceilings",
                "--trace=" + trace,
                "--collapsed=" + stacks);
        assertEquals("", run.err());
        assertEquals(0, run.status());
        Map<Integer, Integer> reads = new TreeMap<>();
        Map<Integer, String> names = new TreeMap<>();
        for (JsonObject event : events(trace)) {
            int process = event.get("pid").getAsInt();
            if (event.get("name").getAsString().equals("process_name")) {
                names.put(process, event.getAsJsonObject("args").get("name").getAsString());
            } else if (event.get("name").getAsString().equals("read")) {
                reads.merge(process, 1, Integer::sum);
            }
        }
        assertEquals(Set.of(1, 2, 3, 4, 5, 6, 7), names.keySet(), "two configurations, three JVMs each");
        assertEquals("sequential, JVM 1", names.get(2));
        assertEquals("2 threads × 4, JVM 3", names.get(7));
        for (int process = 2; process <= 7; process++) {
            // At least two loads are warm-up, two are counted.
            assertTrue(reads.getOrDefault(process, 0) >= 4 * TILES, names.get(process) + ": " + reads);
        }
        assertTrue(Files.readString(stacks).contains("io.github.czi4j.bench.measure.Fork.measureHere"));
    }

    private static long nanoseconds(JsonObject event, String member) {
        return event.get(member).getAsBigDecimal().movePointRight(3).longValueExact();
    }

    private static List<JsonObject> events(Path trace) throws IOException {
        JsonArray array = JsonParser.parseString(Files.readString(trace))
                .getAsJsonObject()
                .getAsJsonArray("traceEvents");
        List<JsonObject> events = new ArrayList<>();
        for (JsonElement element : array) {
            events.add(element.getAsJsonObject());
        }
        return events;
    }

    @Test
    void tracesNestAndSumToWhatTheListenerSaw() throws IOException {
        Path trace = folder.resolve("t.json");
        CziOptions options =
                CziOptions.defaults().parallelism(Parallelism.threads(2)).listener(this::listen);
        try (RunRecorder recorder = new RunRecorder("test", trace, null, null)) {
            try (CziReader reader = CziReader.open(file, options)) {
                read(reader);
            }
            assertEquals(List.of(trace), recorder.files());
        }
        Map<Long, List<SpanOfTrack>> tracks = new HashMap<>();
        Map<String, Long> sums = new HashMap<>();
        Map<String, Integer> numbers = new HashMap<>();
        long heaps = 0;
        long lastInFlight = -1;
        long mostInFlight = 0;
        for (JsonObject event : events(trace)) {
            String name = event.get("name").getAsString();
            switch (event.get("ph").getAsString()) {
                case "X" -> {
                    long start = nanoseconds(event, "ts");
                    long end = start + nanoseconds(event, "dur");
                    assertTrue(start >= 0 && end >= start);
                    tracks.computeIfAbsent(event.get("tid").getAsLong(), key -> new ArrayList<>())
                            .add(new SpanOfTrack(start, end, name));
                    sums.merge(name, end - start, Long::sum);
                    numbers.merge(name, 1, Integer::sum);
                    if (name.equals("decode")) {
                        JsonObject args = event.getAsJsonObject("args");
                        assertEquals(2 * 128 * 128, args.get("bytes").getAsLong());
                        assertTrue(args.get("subblock").getAsInt() < TILES);
                        assertEquals(file.toString(), args.get("file").getAsString());
                    }
                }
                case "C" -> {
                    long bytes = event.getAsJsonObject("args").get("bytes").getAsLong();
                    assertTrue(bytes >= 0);
                    if (name.equals("bytes in flight")) {
                        lastInFlight = bytes;
                        mostInFlight = Math.max(mostInFlight, bytes);
                    } else {
                        heaps++;
                    }
                }
                default -> assertEquals("M", event.get("ph").getAsString());
            }
        }
        for (Stage stage : counts.keySet()) {
            String name = stage.name().toLowerCase(Locale.ROOT);
            assertEquals(counts.get(stage), numbers.get(name), name);
            // Between one clock and the other a thread may lose its processor, for some milliseconds at a time.
            long slack = counts.get(stage) * 200_000L + 20_000_000L;
            assertEquals(nanos.get(stage), sums.get(name), slack, name);
        }
        assertEquals(ROUNDS * TILES, numbers.get("read"));
        assertEquals(0, lastInFlight);
        assertTrue(mostInFlight >= 2 * 128 * 128);
        assertTrue(heaps > 0);
        tracks.values().forEach(RunRecorderTest::assertNested);
    }

    private static void assertNested(List<SpanOfTrack> spans) {
        spans.sort(Comparator.comparingLong(SpanOfTrack::start)
                .thenComparing(Comparator.comparingLong(SpanOfTrack::end).reversed()));
        Deque<SpanOfTrack> open = new ArrayDeque<>();
        for (SpanOfTrack span : spans) {
            while (!open.isEmpty() && open.peek().end() <= span.start()) {
                open.pop();
            }
            assertTrue(open.isEmpty() || span.end() <= open.peek().end(), () -> span + " in " + open.peek());
            open.push(span);
        }
    }

    @Test
    void aTraceIsWholeWhileItIsWritten() throws IOException, InterruptedException {
        Path trace = folder.resolve("t.json");
        try (RunRecorder recorder = new RunRecorder("test", trace, null, null);
                CziReader reader = CziReader.open(file)) {
            assertEquals(1, events(trace).size(), "the name of the process");
            assertEquals(1, recorder.files().size());
            read(reader);
            int seen = 0;
            for (int i = 0; i < 100 && seen <= TILES; i++) {
                Thread.sleep(100);
                seen = events(trace).size();
            }
            assertTrue(seen > TILES, "what has happened is there before the end");
        }
        assertTrue(events(trace).size() > ROUNDS * TILES * 3);
    }

    @Test
    void stacksOfTheFlameGraphAgree() throws IOException {
        Path flame = folder.resolve("f.html");
        Path collapsed = folder.resolve("f.txt");
        try (RunRecorder recorder = new RunRecorder("<i>test", null, flame, collapsed);
                CziReader reader = CziReader.open(file, CziOptions.defaults().parallelism(Parallelism.sequential()))) {
            assertEquals(List.of(flame, collapsed), recorder.files());
            long end = System.nanoTime() + 800_000_000L;
            while (System.nanoTime() < end) {
                read(reader);
            }
        }
        long total = 0;
        long ours = 0;
        for (String line : Files.readAllLines(collapsed)) {
            long samples = Long.parseLong(line.substring(line.lastIndexOf(' ') + 1));
            total += samples;
            ours += line.contains("io.github.czi4j.CziReader.readMosaic") ? samples : 0;
        }
        assertTrue(ours >= 10, ours + " of " + total);
        String page = Files.readString(flame);
        String json = page.replaceAll("(?s).*id=\"stacks\">(.*?)</script>.*", "$1");
        assertEquals(total, sumOfSelf(JsonParser.parseString(json).getAsJsonArray()));
        assertTrue(page.contains("&lt;i&gt;test: " + total + " samples"), "the title is text");
        assertFalse(page.contains("<i>test"));
        assertFalse(page.contains("src="));
    }

    /** Each node has at least what its children have; the rest is its own. */
    private static long sumOfSelf(JsonArray node) {
        long inner = 0;
        long below = 0;
        for (JsonElement child : node.get(2).getAsJsonArray()) {
            below += child.getAsJsonArray().get(1).getAsLong();
            inner += sumOfSelf(child.getAsJsonArray());
        }
        long total = node.get(1).getAsLong();
        assertTrue(total >= below, node.get(0)::getAsString);
        return total - below + inner;
    }

    @Test
    void collapsedStacksAreMerged() throws IOException {
        StackTree tree = new StackTree();
        tree.add(List.of("main", "a b", "c;d"), 3);
        tree.add(List.of("main", "a b"), 2);
        tree.add(List.of("main", "e"), 1);
        tree.add(List.of("main", "a b", "c;d"), 1);
        assertEquals(7, tree.samples());
        Path collapsed = folder.resolve("c.txt");
        tree.writeCollapsed(collapsed);
        assertEquals(List.of("main;a_b 2", "main;a_b;c:d 4", "main;e 1"), Files.readAllLines(collapsed));
    }
}
