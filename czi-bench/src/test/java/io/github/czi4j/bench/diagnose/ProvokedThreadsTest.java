package io.github.czi4j.bench.diagnose;

import static io.github.czi4j.bench.diagnose.Verdicts.assertNamed;
import static io.github.czi4j.bench.diagnose.Verdicts.assertNoted;
import static io.github.czi4j.bench.diagnose.Verdicts.assertSilent;
import static io.github.czi4j.bench.diagnose.Verdicts.attempt;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import io.github.czi4j.bench.environment.Environment;
import io.github.czi4j.bench.measure.Configuration;
import io.github.czi4j.bench.measure.Strategy;
import io.github.czi4j.bench.storage.IoMode;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.Rect;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Threads and processes that bring nothing. */
class ProvokedThreadsTest {
    private static final Configuration SEQUENTIAL = Configuration.SEQUENTIAL.io(IoMode.CHANNEL);

    @TempDir
    static Path folder;

    private static Path file;
    private static Path few;

    @BeforeAll
    static void makeSample() throws IOException {
        file = Samples.grid(folder.resolve("grid.czi"), 6, 64, Compression.ZSTD1);
        few = Samples.grid(folder.resolve("few.czi"), 4, 64, Compression.ZSTD1);
    }

    private static Configuration threads(int count, int batch) {
        return Configuration.threads(count, batch).io(IoMode.CHANNEL);
    }

    @Test
    @Provokes("lock")
    void aMonitorAroundTheSource() throws IOException {
        Sources.Fault fault = Sources.synchronised(5);
        assertNamed(Trial.of(file).through(fault).threads(4).profile(), "lock", Bottleneck.LOCK);
        assertNamed(Trial.of(file).through(fault).threads(4).tiles(16).profile(), "lock", Bottleneck.LOCK);
    }

    @Test
    @Provokes("lock")
    void aLockAroundTheSource() throws IOException {
        assertNamed(Trial.of(file).through(Sources.locked(12)).threads(4).profile(), "lock", Bottleneck.LOCK);
    }

    @Test
    @Provokes("lock")
    void aLockAroundWorkThatIsComputing() throws IOException, InterruptedException {
        Environment environment = Environment.capture();
        assumeTrue(environment.processors() >= 2, "one processor shows no lock");
        assumeTrue(
                environment.loadAverage().orElse(0)
                        < environment.machineProcessors().orElse(environment.processors()),
                "other programs have the processors, so that no lock can be told from them");
        JsonObject result = attempt(
                3,
                () -> Trial.of(few)
                        .through(Sources.computing(Duration.ofMillis(1)))
                        .benchmark(SEQUENTIAL, threads(4, 2)),
                found -> assertNamed(found, "lock", Bottleneck.LOCK));
        assertTrue(Diagnosis.of(result).verdict().startsWith("Threads work one after the other"));
    }

    @Test
    @Provokes("threads")
    void aConnectionThatEachThreadMakesAnew() throws IOException {
        JsonObject result = Trial.of(few).through(Sources.connected(1, 6)).benchmark(SEQUENTIAL, threads(4, 1));
        Finding finding = assertNamed(result, "threads", Bottleneck.LOCK);
        assertTrue(finding.title().equals("Threads are slower than one thread"), finding.toString());
    }

    @Test
    @Provokes("processes")
    void processesForALoadOfMilliseconds() throws IOException, InterruptedException {
        attempt(
                3,
                () -> Trial.of(file)
                        .benchmark(
                                Configuration.SEQUENTIAL,
                                Configuration.threads(2, 6),
                                Configuration.of(Strategy.PROCESSES, 2, 6)),
                found -> {
                    Finding finding = assertNoted(found, "processes");
                    assertTrue(finding.evidence().get(0).contains(" to start; "), finding.toString());
                });
    }

    @Test
    @Provokes("idle")
    void oneGiantTileForFourThreads() throws IOException, InterruptedException {
        Path giant = Samples.even(
                folder.resolve("giant.czi"),
                List.of(
                        new Rect(0, 0, 6000, 6000),
                        new Rect(6000, 0, 64, 64),
                        new Rect(6000, 64, 64, 64),
                        new Rect(6000, 128, 64, 64)));
        attempt(3, () -> Trial.of(giant).threads(4).profile(), found -> assertNoted(found, "idle"));
    }

    @Test
    @Provokes("idle")
    void oneBatchForFourThreads() throws IOException {
        JsonObject result = Trial.of(few).through(Sources.throttled(1)).benchmark(SEQUENTIAL, threads(4, 50));
        Finding finding = assertNoted(result, "idle");
        assertTrue(finding.evidence().get(0).startsWith("One thread takes all 16 tiles"), finding.toString());
        assertSilent(result, "lock");
        assertSilent(result, "threads");
    }
}
