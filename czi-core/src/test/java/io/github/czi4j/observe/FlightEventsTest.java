package io.github.czi4j.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.czi4j.CziOptions;
import io.github.czi4j.CziReader;
import io.github.czi4j.MosaicRequest;
import io.github.czi4j.io.FileByteSource;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.Parallelism;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.sample.SampleRecipe;
import io.github.czi4j.sample.SampleWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlightEventsTest {
    private static final int TILES = 12;

    @TempDir
    Path folder;

    private Path file;
    private final Map<Stage, Integer> told = new EnumMap<>(Stage.class);
    private long readBytes;

    @BeforeEach
    void makeSample() throws IOException {
        file = folder.resolve("grid.czi");
        SampleRecipe recipe = SampleRecipe.defaults()
                .grid(4, 3)
                .tile(64, 64, 0)
                .dimensions(1, 1, 1, 1)
                .pixels(PixelType.GRAY16, Compression.ZSTD1);
        SampleWriter.write(file, recipe, 1, (done, total) -> {});
    }

    private synchronized void listen(Stage stage, int subblock, long start, long nanos, long bytes) {
        told.merge(stage, 1, Integer::sum);
        readBytes += stage == Stage.READ ? bytes : 0;
    }

    /** The events of one look at the whole image, and of a second one that finds all tiles in the cache. */
    private List<RecordedEvent> record(Parallelism parallelism, Duration threshold) throws IOException {
        Path recorded = folder.resolve("test.jfr");
        CziOptions options = CziOptions.defaults()
                .io(FileByteSource.Mode.MAPPED)
                .parallelism(parallelism)
                .tileCache(1 << 20)
                .listener(this::listen);
        try (Recording recording = new Recording()) {
            if (threshold != null) {
                recording.enable("czi.TileDecode").withThreshold(threshold);
            }
            recording.start();
            try (CziReader reader = CziReader.open(file, options)) {
                reader.readMosaic(MosaicRequest.wholeImage());
                reader.readMosaic(MosaicRequest.wholeImage());
            }
            recording.stop();
            recording.dump(recorded);
        }
        List<RecordedEvent> events = new ArrayList<>(RecordingFile.readAllEvents(recorded));
        events.removeIf(event -> !event.getEventType().getName().startsWith("czi.")
                || !event.getString("file").equals(file.toString()));
        events.sort(Comparator.comparing(RecordedEvent::getStartTime));
        return events;
    }

    private static List<RecordedEvent> named(List<RecordedEvent> events, String name) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals(name))
                .toList();
    }

    private static Set<Integer> subblocks(List<RecordedEvent> events) {
        return events.stream().map(event -> event.getInt("subblock")).collect(Collectors.toSet());
    }

    private static long bytes(List<RecordedEvent> events) {
        return events.stream().mapToLong(event -> event.getLong("bytes")).sum();
    }

    @Test
    void everyTileLeavesEventsThatAgreeWithTheListener() throws IOException {
        List<RecordedEvent> events = record(Parallelism.threads(2), null);

        List<RecordedEvent> open = named(events, "czi.Open");
        assertEquals(1, open.size());
        assertEquals(file.toFile().length(), open.get(0).getLong("bytes"));

        List<RecordedEvent> read = named(events, "czi.TileRead");
        assertEquals(TILES, read.size());
        assertEquals(TILES, subblocks(read).size());
        assertEquals(readBytes, bytes(read));
        assertTrue(readBytes > 0);

        long pixels = 2L * TILES * 64 * 64;
        assertEquals(pixels, bytes(named(events, "czi.TileDecode")));
        assertEquals(2 * pixels, bytes(named(events, "czi.TilePlace")), "both mosaics are written");
        List<RecordedEvent> hits = named(events, "czi.CacheHit");
        assertEquals(TILES, subblocks(hits).size());
        assertEquals(pixels, bytes(hits));
        for (RecordedEvent event : named(events, "czi.TileDecode")) {
            assertEquals("zstd1", event.getString("compression"));
            assertTrue(event.getDuration().toNanos() > 0);
            assertEquals(List.of("CZI"), event.getEventType().getCategoryNames());
        }

        Set<String> stages = named(events, "czi.Stage").stream()
                .map(event -> event.getString("stage"))
                // Whether anybody has to wait depends on who is quicker.
                .filter(stage -> !stage.equals("wait"))
                .collect(Collectors.toSet());
        assertEquals(Set.of("directory", "index", "plan", "allocate", "finalise"), stages);
        assertEquals(
                told.values().stream().mapToInt(Integer::intValue).sum(),
                events.size() - hits.size(),
                "one event for each stage the listener was told of");
    }

    @Test
    void eventsOfAThreadDoNotOverlap() throws IOException {
        Map<Long, List<RecordedEvent>> threads = record(Parallelism.threads(3), null).stream()
                .collect(Collectors.groupingBy(event -> event.getThread().getJavaThreadId()));
        for (List<RecordedEvent> events : threads.values()) {
            for (int i = 1; i < events.size(); i++) {
                assertFalse(
                        events.get(i).getStartTime().isBefore(events.get(i - 1).getEndTime()));
            }
        }
    }

    @Test
    void processorTimeIsToldOfStagesAndOfNothingElse() throws IOException {
        List<RecordedEvent> events = record(Parallelism.threads(2), null);
        long decoding = 0;
        for (RecordedEvent event : events) {
            long cpu = event.getLong("cpuTime");
            if (event.getEventType().getName().equals("czi.CacheHit")) {
                assertEquals(ProcessorTime.UNKNOWN, cpu);
            } else {
                // Flight Recorder's ticks and the machine's clock differ a little.
                long passed = event.getDuration().toNanos();
                assertTrue(cpu >= 0 && cpu <= passed + passed / 100 + 1_000, event::toString);
                decoding += event.getEventType().getName().equals("czi.TileDecode") ? cpu : 0;
            }
        }
        assertTrue(decoding > 0);
    }

    @Test
    void thresholdsAreKept() throws IOException {
        List<RecordedEvent> events = record(Parallelism.sequential(), Duration.ofHours(1));
        assertEquals(List.of(), named(events, "czi.TileDecode"));
        assertEquals(TILES, named(events, "czi.TileRead").size());
    }

    @Test
    void nothingIsObservedWithoutListenerAndRecording() {
        for (Stage stage : Stage.values()) {
            assertFalse(Observer.of(null, "nobody.czi").begin(stage).isObserved(), stage::name);
            assertTrue(Observer.of(this::listen, "nobody.czi").begin(stage).isObserved(), stage::name);
        }
    }
}
