package io.github.czi4j.bench.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.czi4j.bench.diagnose.Finding.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each rule on evidence that is made up for it. */
class DiagnosisTest {
    private static Finding finding(Diagnosis diagnosis, String rule) {
        return diagnosis.findings().stream()
                .filter(finding -> finding.rule().equals(rule))
                .findFirst()
                .orElseThrow(() -> new AssertionError(rule + " is not among " + diagnosis.findings()));
    }

    private static void assertCause(Facts facts, String rule, Bottleneck bottleneck) {
        Diagnosis diagnosis = facts.diagnosis();
        assertEquals(rule, diagnosis.findings().get(0).rule(), diagnosis.text());
        assertEquals(bottleneck, diagnosis.bottleneck(), diagnosis.text());
        Finding finding = diagnosis.findings().get(0);
        assertFalse(finding.evidence().isEmpty());
        assertTrue(finding.evidence().get(0).matches("(?s).*\\d.*"), "evidence has figures: " + finding.evidence());
        assertFalse(finding.advice().isEmpty());
    }

    private static void assertSilent(Facts facts, String rule) {
        Diagnosis diagnosis = facts.diagnosis();
        assertTrue(
                diagnosis.findings().stream()
                        .noneMatch(finding -> finding.rule().equals(rule)),
                diagnosis.text());
    }

    @Test
    void whereNothingIsWrongItSaysSo() {
        Diagnosis diagnosis = Facts.profile().diagnosis();
        assertEquals(Bottleneck.NONE, diagnosis.bottleneck());
        assertTrue(
                diagnosis.verdict().startsWith("Nothing is wrong here: 200 Mpx/s, 5.00 ms a tile"),
                diagnosis.verdict());
        assertTrue(diagnosis.findings().stream().allMatch(finding -> finding.severity() == Severity.INFO));
        assertEquals(Bottleneck.NONE, Facts.benchmark().diagnosis().bottleneck());
        assertEquals(List.of(), Facts.benchmark().diagnosis().findings());
    }

    @Test
    void waitingForStorage() {
        Facts facts = Facts.profile()
                .stages("read", 5.0, 0.1, "decode zstd1", 0.4, 0.4, "other", 0.1, 0.1)
                .with("file.storage.residentShare", 0.02)
                .with("system.queuedSeconds", 0);
        assertCause(facts, "storage", Bottleneck.STORAGE);
        assertTrue(finding(facts.diagnosis(), "storage").command().contains("--price"));
        facts.with(
                "ceilings.storage",
                JsonParser.parseString("[{\"queueDepth\": 1, \"pageCache\": \"cold\", \"bytesPerSecond\": 2e7},"
                        + "{\"queueDepth\": 16, \"pageCache\": \"cold\", \"bytesPerSecond\": 2e8}]"));
        Finding finding = finding(facts.diagnosis(), "storage");
        assertTrue(finding.command().contains("--threads 4,8,16"), finding.command());
        assertEquals(10 * 4.9 / 5.5 * 0.9, finding.gainSeconds().orElseThrow(), 1e-6);
    }

    @Test
    void aFirstPassThatWaits() {
        assertCause(
                Facts.profile().firstStages("read", 3.0, 0.1, "decode zstd1", 0.8, 0.8),
                "cold-cache",
                Bottleneck.STORAGE);
        assertSilent(Facts.profile().firstStages("read", 0.1, 0.1, "decode zstd1", 0.8, 0.8), "cold-cache");
    }

    @Test
    void smallReadsOverTheNetwork() {
        Facts facts = Facts.profile()
                .stages("read", 0.2, 0.01, "decode zstd1", 0.4, 0.4)
                .with("file.storage.isRemote", true)
                .with("file.storage.fileSystem", "nfs4")
                .with("request.storedBytes", 1e6);
        assertCause(facts, "small-reads", Bottleneck.STORAGE);
        assertTrue(finding(facts.diagnosis(), "small-reads").evidence().get(0).contains("nfs4"));
        assertSilent(facts.with("file.storage.isRemote", false), "small-reads");
        Facts waiting = Facts.profile()
                .stages("read", 5.0, 0.1, "decode zstd1", 0.4, 0.4)
                .with("file.storage.isRemote", true)
                .with("file.storage.residentShare", 0)
                .with("request.storedBytes", 1e6);
        assertCause(waiting, "small-reads", Bottleneck.STORAGE);
        assertSilent(waiting, "storage");
        waiting.with(
                "ceilings.storage",
                JsonParser.parseString("[{\"queueDepth\": 1, \"pageCache\": \"cold\", \"bytesPerSecond\": 2e5},"
                        + "{\"queueDepth\": 16, \"pageCache\": \"cold\", \"bytesPerSecond\": 2.1e5}]"));
        assertCause(waiting, "storage", Bottleneck.STORAGE);
        assertSilent(waiting, "small-reads");
    }

    @Test
    void aDiskThatTurnsReadInRandomOrder() {
        Facts facts = Facts.benchmark()
                .run("sequential, random", "sequential", 1, 5, 0.1, 0.09, 0.11, 0.5)
                .ofRun("order", "random")
                .with("file.storage.isRotational", true);
        assertCause(facts, "rotational-order", Bottleneck.STORAGE);
        assertSilent(facts.with("file.storage.isRotational", false), "rotational-order");
    }

    @Test
    void decodingThatIsNotFast() {
        Facts slow = Facts.profile().stages("read", 0.1, 0.1, "decode jpgxr", 6.0, 5.9, "place", 0.1, 0.1);
        assertCause(slow, "decode", Bottleneck.DECODE);
        Finding finding = finding(slow.diagnosis(), "decode");
        assertEquals(Severity.PROBLEM, finding.severity());
        assertTrue(finding.title().contains("jpgxr"), finding.title());
        assertEquals("czi tune slide.czi", finding.command(), "eight processors, one thread");
        assertEquals(10 * 6.0 / 6.2 * 7 / 8, finding.gainSeconds().orElseThrow(), 1e-6);
        Finding all = finding(slow.with("method.threads", 8).diagnosis(), "decode");
        assertTrue(all.command().contains("--price"), all.command());
        Facts queued = Facts.profile()
                .stages("decode jpgxr", 6.0, 1.0, "place", 0.1, 0.1)
                .with("system.queuedSeconds", 4.9);
        assertCause(queued, "busy-machine", Bottleneck.CPU_LIMIT);
        assertEquals(Severity.WARNING, finding(queued.diagnosis(), "decode").severity());
        assertEquals(
                Severity.INFO, finding(Facts.profile().diagnosis(), "decode").severity(), "fast as it is");
    }

    @Test
    void locks() {
        assertCause(
                Facts.profile()
                        .stages("lock", 3.0, 0, "read", 1.0, 0.5, "decode zstd1", 0.4, 0.4, "wait", 0.2, 0)
                        .with("method.threads", 4),
                "lock",
                Bottleneck.LOCK);
        Facts serial = Facts.benchmark();
        serial.json().add("configurations", new JsonArray());
        serial.run("8 threads × 10", "threads", 8, 0.48, 1.05, 1.01, 1.09, 0.5)
                .run("sequential", "sequential", 1, 0.5, 1, 1, 1, 0.5);
        assertCause(serial, "lock", Bottleneck.LOCK);
        assertTrue(serial.diagnosis().verdict().startsWith("Threads work one after the other"));
        assertSilent(serial.with("environment.loadAverage", 9), "lock");
        finding(serial.with("environment.machineProcessors", 64).diagnosis(), "lock");
        Facts oneBatch = Facts.benchmark().with("request.tiles", 20);
        oneBatch.json().add("configurations", new JsonArray());
        oneBatch.run("8 threads × 25", "threads", 8, 0.48, 1.05, 1.01, 1.09, 0.5)
                .ofRun("batchSize", 25)
                .run("sequential", "sequential", 1, 0.5, 1, 1, 1, 0.5);
        assertSilent(oneBatch, "lock");
        assertNull(oneBatch.diagnosis().ratings().speedup());
        assertTrue(finding(oneBatch.diagnosis(), "idle").command().endsWith("--batch 2"));
    }

    @Test
    void copyingAndConverting() {
        assertCause(
                Facts.profile().stages("decode zstd1", 0.4, 0.4, "place", 2.0, 1.9, "allocate", 1.0, 0.9),
                "memory",
                Bottleneck.MEMORY);
        Facts near = Facts.profile().stages("read", 0.01, 0.01, "place", 0.05, 0.05);
        assertEquals(Bottleneck.NONE, near.diagnosis().bottleneck(), "nothing is faster than the memory");
        Facts sparse = Facts.profile()
                .stages("decode zstd1", 0.1, 0.1, "place", 0.5, 0.5, "allocate", 1.0, 0.9)
                .with("request.decodedPixels", 1e6)
                .with("amplification.pixels.delivered", 1e6);
        assertCause(sparse, "memory", Bottleneck.MEMORY);
        assertTrue(finding(sparse.diagnosis(), "memory").advice().contains("--scene"));
        assertSilent(
                Facts.profile().stages("decode zstd1", 0.4, 0.4, "place", 2.0, 0.3, "allocate", 1.0, 0.2), "memory");
        assertCause(
                Facts.profile().stages("decode zstd1", 0.4, 0.4, "convert", 0.4, 0.4),
                "conversion",
                Bottleneck.COMPOSE);
    }

    @Test
    void collections() {
        Facts facts = Facts.profile()
                .stages("gc", 2.0, 0, "read", 0.1, 0.1, "decode zstd1", 0.8, 0.8)
                .with("environment.maxHeapBytes", 64 << 20);
        assertCause(facts, "gc", Bottleneck.GC);
        assertTrue(finding(facts.diagnosis(), "gc").command().startsWith("CZI_JAVA_OPTS=-Xmx687m "));
    }

    @Test
    void limitsOfAContainer() {
        assertCause(
                Facts.profile().with("environment.cgroupCpus", 2).with("method.threads", 8),
                "cpu-limit",
                Bottleneck.CPU_LIMIT);
        assertCause(Facts.profile().with("system.throttledSeconds", 0.2), "cpu-limit", Bottleneck.CPU_LIMIT);
        assertSilent(Facts.profile().with("environment.cgroupCpus", 2).with("method.threads", 2), "cpu-limit");
        // A JVM counts the processors that its group allows.
        assertCause(
                Facts.profile()
                        .with("environment.processors", 2)
                        .with("environment.cgroupCpus", 1.5)
                        .with("method.threads", 8),
                "cpu-limit",
                Bottleneck.CPU_LIMIT);
        assertCause(Facts.profile().with("environment.cgroupMemoryBytes", 9e9), "memory-limit", Bottleneck.MEMORY);
        Facts cache =
                Facts.profile().with("environment.cgroupMemoryBytes", 11e9).with("file.bytes", 4e9);
        assertEquals(Severity.INFO, finding(cache.diagnosis(), "memory-limit").severity());
        assertCause(Facts.profile().with("system.swappedPages", 100_000), "swap", Bottleneck.MEMORY);
    }

    @Test
    void aBusyMachine() {
        assertCause(Facts.profile().with("system.queuedSeconds", 0.3), "busy-machine", Bottleneck.CPU_LIMIT);
        // Eight threads of one program on two processors wait for each other.
        Facts own = Facts.profile()
                .stages("decode zstd1", 4.0, 1.0)
                .with("elapsedSeconds", 0.5)
                .with("processCpuSeconds", 1.0)
                .with("environment.processors", 2)
                .with("method.threads", 8)
                .with("system.queuedSeconds", 3.0);
        assertSilent(own, "busy-machine");
        finding(own.with("processCpuSeconds", 0.5).diagnosis(), "busy-machine");
        // A group that stops its threads is no other program.
        Facts stopped = Facts.profile().with("system.queuedSeconds", 0.3).with("system.throttledSeconds", 0.29);
        assertSilent(stopped, "busy-machine");
        assertCause(stopped, "cpu-limit", Bottleneck.CPU_LIMIT);
        Facts load = Facts.profile()
                .stages("read", 0.01, 0.01, "decode zstd1", 1.0, 0.3)
                .with("environment.loadAverage", 20);
        load.json().remove("system");
        assertCause(load, "busy-machine", Bottleneck.CPU_LIMIT);
    }

    @Test
    void moreDecodedThanDelivered() {
        assertCause(Facts.profile().with("amplification.pixels.ratio", 4.0), "amplification", Bottleneck.AMPLIFICATION);
        Facts again = Facts.profile().with("amplification.subblocks.ratio", 9.0);
        assertTrue(finding(again.diagnosis(), "amplification").evidence().get(1).contains("read 9.00 times"));
    }

    @Test
    void decodingForNothingIsAmplification() {
        Facts facts = Facts.profile()
                .stages("read", 0.1, 0.1, "decode jpgxr", 9.0, 9.0)
                .with("amplification.pixels.ratio", 4.0);
        assertCause(facts, "amplification", Bottleneck.AMPLIFICATION);
        assertEquals(
                Severity.PROBLEM, finding(facts.diagnosis(), "decode").severity(), "the codec is slow all the same");
    }

    @Test
    void hopelessTiles() {
        assertCause(
                Facts.profile()
                        .stages("read", 0.1, 0.1, "plan", 0.1, 0.1, "other", 0.3, 0.3, "place", 0.1, 0.1)
                        .with("file.layer0Subblocks", 20_000)
                        .with("request.decodedPixels", 100 * 64 * 64),
                "tile-size",
                Bottleneck.TILE_SIZE);
        assertCause(Facts.profile().with("request.decodedPixels", 100e8), "tile-size", Bottleneck.TILE_SIZE);
    }

    @Test
    void whatIsGoodToKnow() {
        Facts noPyramid = Facts.profile()
                .with("file.subblocks", 4000)
                .with("file.layer0Subblocks", 4000)
                .with("request.tilesOfPlane", 4000);
        assertTrue(finding(noPyramid.diagnosis(), "pyramid").evidence().get(0).contains("4000 Mpx"));
        Facts cold = Facts.profile().firstStages("decode zstd1", 3.0, 3.0);
        assertEquals(Severity.INFO, finding(cold.diagnosis(), "warm-up").severity());
        Facts idle =
                Facts.profile().stages("wait", 1.0, 0, "decode zstd1", 0.9, 0.9).with("method.threads", 4);
        finding(idle.diagnosis(), "idle");
        Facts opening = Facts.profile().stages("directory", 3.0, 3.0, "decode zstd1", 0.4, 0.4);
        assertTrue(
                opening.diagnosis().verdict().startsWith("Opening takes longer"),
                opening.diagnosis().verdict());
    }

    @Test
    void threadsAndProcesses() {
        Facts slower = Facts.benchmark();
        slower.json().add("configurations", new JsonArray());
        slower.run("sequential", "sequential", 1, 0.5, 1, 1, 1, 0.3)
                .run("4 threads × 10", "threads", 4, 0.8, 0.62, 0.6, 0.7, 0.4);
        assertCause(slower, "threads", Bottleneck.LOCK);
        Facts unsure = Facts.benchmark();
        unsure.json().add("configurations", new JsonArray());
        unsure.run("sequential", "sequential", 1, 0.5, 1, 1, 1, 0.3)
                .run("4 threads × 10", "threads", 4, 0.5, 1, 0.8, 1.3, 0.4);
        assertEquals(Severity.INFO, finding(unsure.diagnosis(), "threads").severity());
        Facts processes = Facts.benchmark()
                .run("4 processes × 10", "processes", 4, 0.24, 2.1, 2, 2.2, 1.2)
                .ofRun("startUpSeconds", 1.5);
        assertTrue(finding(processes.diagnosis(), "processes").evidence().get(0).contains("1.50 s to start"));
        assertSilent(processes.ofRun("startUpSeconds", 0.0), "processes");
    }

    @Test
    void slowTilesAreNamed() {
        JsonArray list = new JsonArray();
        for (int i = 0; i < 40; i++) {
            JsonObject tile = new JsonObject();
            tile.addProperty("index", i);
            tile.addProperty("readSeconds", i == 17 ? 0.5 : 0.001);
            tile.addProperty("decodeSeconds", 0.004);
            tile.addProperty("placeSeconds", 0);
            list.add(tile);
        }
        Facts facts = Facts.profile().with("tiles.list", list);
        assertCause(facts, "slow-tiles", Bottleneck.STORAGE);
        assertTrue(finding(facts.diagnosis(), "slow-tiles").evidence().get(1).contains("#17 (504 ms)"));
    }

    @Test
    void contradictionsAreUnknown() {
        for (Facts facts : List.of(
                // Neither computing nor waiting for anything that is known.
                Facts.profile().stages("read", 0.1, 0.1, "decode zstd1", 3.0, 0.3, "place", 0.1, 0.1),
                // Stages that do not sum to the clock.
                Facts.profile().with("wallSeconds", 2),
                // More processor time than there was.
                Facts.profile().stages("decode zstd1", 0.4, 0.9),
                // Waiting for storage, though the file is in memory and memory is quick.
                Facts.profile().stages("read", 5.0, 0.1, "decode zstd1", 0.4, 0.4),
                // Two causes for the same time.
                Facts.profile()
                        .stages("read", 5.0, 0.1, "decode zstd1", 0.4, 0.4)
                        .with("file.storage.residentShare", 0.1)
                        .with("gcSeconds", 5))) {
            Diagnosis diagnosis = facts.with(
                            "ceilings.storage",
                            JsonParser.parseString(
                                    "[{\"queueDepth\": 8, \"pageCache\": \"warm\", \"bytesPerSecond\": 4e9}]"))
                    .diagnosis();
            assertEquals(Bottleneck.UNKNOWN, diagnosis.bottleneck(), diagnosis.text());
            assertTrue(diagnosis.verdict().startsWith("Unknown: the signs contradict"), diagnosis.verdict());
        }
        Facts slow = Facts.profile()
                .stages("read", 2.0, 1.9, "decode zstd1", 3.0, 3.0, "place", 3.0, 3.0)
                .with("tiles.all.p50", 0.2);
        assertTrue(
                slow.diagnosis().verdict().startsWith("Unknown: it is slow"),
                slow.diagnosis().verdict());
    }

    @Test
    void ratingsFollowTheirLimits() {
        double[] seconds = {0.009, 0.011, 0.099, 0.101};
        String[] expected = {"fast", "moderate", "moderate", "slow"};
        for (int i = 0; i < seconds.length; i++) {
            JsonObject json = Facts.profile()
                    .with("tiles.all.p50", seconds[i])
                    .diagnosis()
                    .toJson();
            assertEquals(
                    expected[i], json.getAsJsonObject("ratings").get("tileRead").getAsString());
        }
        Ratings benchmark = Facts.benchmark().diagnosis().ratings();
        assertEquals(Ratings.Rating.FAST, benchmark.speedup());
        assertEquals(Ratings.Rating.FAST, benchmark.throughput());
        assertNull(Facts.profile().diagnosis().ratings().speedup());
        assertTrue(Facts.profile().diagnosis().ratings().shares().contains("10 % of the decoders' rate"));
    }

    @Test
    void resultsWithoutFiguresAreNoReasonToFail() {
        Diagnosis nothing = Diagnosis.of(new JsonObject());
        assertEquals(Bottleneck.NONE, nothing.bottleneck());
        assertEquals(List.of(), nothing.findings());
        nothing.text().lines().forEach(line -> assertTrue(line.length() <= 80, line));
    }

    @Test
    void theCommandQuotesNamesOfFiles() {
        Facts facts = Facts.profile().with("file.name", "my slide's.czi").with("amplification.pixels.ratio", 4.0);
        assertEquals(
                "czi explain 'my slide'\\''s.czi'",
                finding(facts.diagnosis(), "amplification").command());
    }
}
