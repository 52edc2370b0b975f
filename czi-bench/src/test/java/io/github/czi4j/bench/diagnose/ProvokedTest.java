package io.github.czi4j.bench.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.czi4j.CziReader;
import io.github.czi4j.bench.environment.Environment;
import io.github.czi4j.bench.environment.FileFacts;
import io.github.czi4j.bench.environment.StorageFacts;
import io.github.czi4j.bench.profile.Profile;
import io.github.czi4j.bench.profile.Profiler;
import io.github.czi4j.bench.report.ProfileReport;
import io.github.czi4j.bench.storage.Ceilings;
import io.github.czi4j.io.FileByteSource;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.sample.SampleRecipe;
import io.github.czi4j.sample.SampleWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Troubles that are really there, named right. Effects are so large that a machine which is busy with other things does
 * not hide them; that it is busy may be found as well.
 */
class ProvokedTest {
    private static final String BUSY = "busy-machine";

    @TempDir
    static Path folder;

    private static Path file;

    @BeforeAll
    static void makeSample() throws IOException {
        file = folder.resolve("grid.czi");
        write(file, 6, 64, Compression.ZSTD1);
    }

    private static void write(Path to, int side, int tile, Compression compression) throws IOException {
        SampleRecipe recipe = SampleRecipe.defaults()
                .grid(side, side)
                .tile(tile, tile, 0)
                .pixels(PixelType.GRAY16, compression)
                .dimensions(1, 1, 1, 1);
        SampleWriter.write(to, recipe, 1, (done, total) -> {});
    }

    private static JsonObject profile(io.github.czi4j.bench.measure.Opener opener, int threads, int maxTiles) throws IOException {
        Profile.Method method = new Profile.Method("custom", threads, maxTiles, Duration.ZERO, Duration.ofSeconds(3));
        Profile profile = new Profiler(opener, FileByteSource.Mode.CHANNEL, null, null, method).run(share -> {});
        try (CziReader reader = CziReader.open(file)) {
            return new ProfileReport(
                            Environment.capture(),
                            FileFacts.of(reader, StorageFacts.UNKNOWN),
                            profile,
                            Ceilings.NONE,
                            List.of())
                    .toJson(false);
        }
    }

    private static Finding worst(Diagnosis diagnosis) {
        return diagnosis.findings().stream()
                .filter(finding -> !finding.rule().equals(BUSY))
                .findFirst()
                .orElseThrow(() -> new AssertionError(diagnosis.text()));
    }

    private static void assertNamed(JsonObject result, String rule, Bottleneck bottleneck) {
        Diagnosis diagnosis = Diagnosis.of(result);
        assertEquals(rule, worst(diagnosis).rule(), diagnosis.text());
        boolean isBusy = diagnosis.findings().get(0).rule().equals(BUSY);
        assertEquals(isBusy ? Bottleneck.CPU_LIMIT : bottleneck, diagnosis.bottleneck(), diagnosis.text());
    }

    @Test
    void aThrottledSource() throws IOException {
        assertNamed(profile(Sources.of(file, Sources.throttled(10)), 1, 100), "storage", Bottleneck.STORAGE);
        assertNamed(profile(Sources.of(file, Sources.throttled(10)), 1, 12), "storage", Bottleneck.STORAGE);
    }

    @Test
    void aColdCache() throws IOException {
        // Compiles, so that the first pass does not spend its time on that.
        profile(options -> CziReader.open(file, options), 1, 100);
        assertNamed(profile(Sources.of(file, Sources.cold(25)), 1, 100), "cold-cache", Bottleneck.STORAGE);
    }

    @Test
    void aMonitorAroundTheSource() throws IOException {
        assertNamed(profile(Sources.of(file, Sources.synchronised(5)), 4, 100), "lock", Bottleneck.LOCK);
        assertNamed(profile(Sources.of(file, Sources.synchronised(5)), 4, 16), "lock", Bottleneck.LOCK);
    }

    @Test
    void aLockAroundTheSource() throws IOException {
        assertNamed(profile(Sources.of(file, Sources.locked(12)), 4, 100), "lock", Bottleneck.LOCK);
    }

    @Test
    void hopelessTiles() throws IOException {
        Path tiny = folder.resolve("tiny.czi");
        write(tiny, 40, 16, Compression.UNCOMPRESSED);
        Profile.Method method = new Profile.Method("custom", 1, 2000, Duration.ZERO, Duration.ofSeconds(2));
        Profile profile = new Profiler(tiny, FileByteSource.Mode.MAPPED, null, null, method).run(share -> {});
        try (CziReader reader = CziReader.open(tiny)) {
            JsonObject json = new ProfileReport(
                            Environment.capture(),
                            FileFacts.of(reader, StorageFacts.UNKNOWN),
                            profile,
                            Ceilings.NONE,
                            List.of())
                    .toJson(false);
            Diagnosis diagnosis = Diagnosis.of(json);
            assertEquals("tile-size", worst(diagnosis).rule(), diagnosis.text());
        }
    }

    /** When the collector runs is its own choice: one of a few processes must be found out. */
    @Test
    void aTinyHeap() throws IOException, InterruptedException {
        JsonObject result = tinyHeap();
        for (int i = 0; i < 4 && !worst(Diagnosis.of(result)).rule().equals("gc"); i++) {
            result = tinyHeap();
        }
        assertNamed(result, "gc", Bottleneck.GC);
    }

    private static JsonObject tinyHeap() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx48m",
                        "-Xmn4m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TinyHeapMain.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), text);
        return JsonParser.parseString(text).getAsJsonObject();
    }

    /** Loads 8 MB again and again, with 13 MB of heap beside a list that each full collection has to follow. */
    static final class TinyHeapMain {
        private record Node(Node next) {}

        public static void main(String[] arguments) throws IOException {
            file = Path.of(arguments[0]);
            Path large = file.resolveSibling("large.czi");
            write(large, 4, 512, Compression.UNCOMPRESSED);
            Node list = null;
            while (Runtime.getRuntime().maxMemory()
                            - Runtime.getRuntime().totalMemory()
                            + Runtime.getRuntime().freeMemory()
                    > 13 << 20) {
                for (int i = 0; i < 1000; i++) {
                    list = new Node(list);
                }
            }
            System.out.println(profile(options -> CziReader.open(large, options), 1, 100));
            Optional.ofNullable(list).orElseThrow();
        }
    }

    @Test
    void aFileThatIsFine() throws IOException {
        Path fine = folder.resolve("fine.czi");
        write(fine, 3, 256, Compression.ZSTD1);
        Diagnosis diagnosis = null;
        for (int attempt = 0; attempt < 40; attempt++) {
            Profile.Method method = new Profile.Method("custom", 1, 100, Duration.ofMillis(200), Duration.ofSeconds(2));
            Profile profile = new Profiler(fine, FileByteSource.Mode.MAPPED, null, null, method).run(share -> {});
            try (CziReader reader = CziReader.open(fine)) {
                diagnosis = Diagnosis.of(new ProfileReport(
                                Environment.capture(),
                                FileFacts.of(reader, StorageFacts.UNKNOWN),
                                profile,
                                Ceilings.NONE,
                                List.of())
                        .toJson(false));
            }
            if (diagnosis.bottleneck() == Bottleneck.NONE) {
                assertTrue(diagnosis.verdict().startsWith("Nothing is wrong here"), diagnosis.verdict());
                return;
            }
            // A pass of some milliseconds either has a processor or it has none.
            assertTrue(
                    List.of(Bottleneck.CPU_LIMIT, Bottleneck.UNKNOWN, Bottleneck.DECODE)
                            .contains(diagnosis.bottleneck()),
                    diagnosis.text());
        }
        abort("the machine is too busy for anything to be fine: " + diagnosis.verdict());
    }
}
