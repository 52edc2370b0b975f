package io.github.czi4j.bench.diagnose;

import static io.github.czi4j.bench.diagnose.Verdicts.assertNamed;
import static io.github.czi4j.bench.diagnose.Verdicts.assertNoted;
import static io.github.czi4j.bench.diagnose.Verdicts.assertSilent;
import static io.github.czi4j.bench.diagnose.Verdicts.attempt;
import static io.github.czi4j.bench.diagnose.Verdicts.kept;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import io.github.czi4j.bench.environment.Environment;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.PixelType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines, containers and JVMs that leave too little. */
class ProvokedMachineTest {
    @TempDir
    static Path folder;

    private static Path computing;
    private static Path small;

    @BeforeAll
    static void makeSamples() throws IOException {
        computing = Samples.jpegXr(folder.resolve("grey.czi"), 5, 0, PixelType.GRAY16);
        small = Samples.grid(folder.resolve("small.czi"), 5, 64, Compression.ZSTD1);
    }

    /** Threads that wait for their own group, and for each other, do not wait for other programs where there are none. */
    private static void assertNotBlamedOnOthers(JsonObject result) {
        if (Environment.capture().loadAverage().orElse(0) < Runtime.getRuntime().availableProcessors()) {
            assertSilent(result, "busy-machine");
        }
    }

    /**
     * Tiles too large for the young generation: every other one needs a full collection. When the collector runs is its
     * own choice all the same: one of a few processes must be found out.
     */
    @Test
    @Provokes("gc")
    void aTinyHeap() throws IOException, InterruptedException {
        Path large = Samples.grid(folder.resolve("tiles.czi"), 3, 1500, Compression.UNCOMPRESSED);
        attempt(
                5,
                () -> ChildTrial.of(large)
                        .tiles(6)
                        .with("-Xmx48m", "-Xmn4m", "-XX:+UseSerialGC")
                        .carrying(ChildTrial.Burden.LONG_LIST)
                        .profile(),
                found -> assertNamed(found, "gc", Bottleneck.GC));
    }

    @Test
    @Provokes("warm-up")
    void aProgramThatHasJustBegun() throws IOException, InterruptedException {
        attempt(5, () -> ChildTrial.of(small).profile(), found -> assertNoted(found, "warm-up"));
    }

    @Test
    @Provokes("cpu-limit")
    void aGroupWithATenthOfAProcessor() throws IOException, InterruptedException {
        // So little that it is less than others leave, however busy the machine is.
        try (TestGroup group = TestGroup.cpus(0.1)) {
            attempt(3, () -> ChildTrial.of(small).later(group).profile(), found -> {
                Finding finding = assertNamed(found, "cpu-limit", Bottleneck.CPU_LIMIT);
                assertTrue(finding.evidence().get(0).contains("it allows 0.100 CPUs"), finding.toString());
                assertNotBlamedOnOthers(found);
            });
        }
    }

    @Test
    @Provokes("cpu-limit")
    void moreThreadsThanAGroupHasProcessors() throws IOException, InterruptedException {
        try (TestGroup group = TestGroup.cpus(1)) {
            attempt(3, () -> ChildTrial.of(computing).in(group).threads(6).profile(), found -> {
                assertNamed(found, "cpu-limit", Bottleneck.CPU_LIMIT);
                assertNotBlamedOnOthers(found);
            });
        }
    }

    @Test
    @Provokes("cpu-limit")
    void moreThreadsThanProcessors() throws IOException, InterruptedException {
        int threads = Runtime.getRuntime().availableProcessors() + 2;
        Finding finding = Diagnosis.of(Trial.of(computing).threads(threads).profile()).findings().stream()
                .filter(found -> found.rule().equals("cpu-limit"))
                .findFirst()
                .orElseThrow();
        assertEquals("More threads than processors", finding.title());
        kept(finding);
    }

    @Test
    @Provokes("busy-machine")
    void otherProgramsOnAllProcessors() throws IOException, InterruptedException {
        assumeTrue(Files.isReadable(Path.of("/proc/thread-self/schedstat")), "the system does not count waiting");
        List<Process> others = new ArrayList<>();
        try {
            for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
                others.add(new ProcessBuilder("sh", "-c", "while :; do :; done").start());
            }
            attempt(3, () -> Trial.of(computing).profile(), found -> {
                Diagnosis diagnosis = Diagnosis.of(found);
                Finding first = diagnosis.findings().get(0);
                assertEquals("busy-machine", first.rule(), diagnosis.text());
                assertEquals(Bottleneck.CPU_LIMIT, diagnosis.bottleneck(), diagnosis.text());
                kept(first);
            });
        } finally {
            others.forEach(Process::destroyForcibly);
        }
    }

    @Test
    @Provokes("memory-limit")
    void aHeapAsLargeAsTheGroup() throws IOException, InterruptedException {
        try (TestGroup group = TestGroup.memory(300 << 20)) {
            attempt(
                    3,
                    () -> ChildTrial.of(small).in(group).with("-Xmx280m").profile(),
                    found -> assertNamed(found, "memory-limit", Bottleneck.MEMORY));
        }
    }

    @Test
    @Provokes("memory-limit")
    void aGroupWithoutRoomForTheFile() throws IOException, InterruptedException {
        Path large = Samples.grid(folder.resolve("large.czi"), 6, 1024, Compression.UNCOMPRESSED);
        try (TestGroup group = TestGroup.memory(220 << 20)) {
            attempt(
                    3,
                    () -> ChildTrial.of(large).in(group).with("-Xmx160m").profile(),
                    found -> assertNoted(found, "memory-limit"));
        }
    }

    /** With a limit in place of pages that are taken away the system would rather kill than swap. */
    @Test
    @Provokes("swap")
    void aGroupWhosePagesGoToSwap() throws IOException, InterruptedException {
        try (TestGroup group = TestGroup.memory(1 << 30);
                TestSwap swap = TestSwap.on(folder)) {
            assertTrue(swap.isOn());
            assumeTrue(Files.exists(group.reclaim()), "the system takes no pages away on demand");
            attempt(
                    3,
                    () -> ChildTrial.of(small)
                            .in(group)
                            .with("-Xmx160m", "-XX:+UseSerialGC")
                            .swapped(group)
                            .profile(),
                    found -> assertNamed(found, "swap", Bottleneck.MEMORY));
        }
    }
}
