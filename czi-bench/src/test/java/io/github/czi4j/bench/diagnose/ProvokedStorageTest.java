package io.github.czi4j.bench.diagnose;

import static io.github.czi4j.bench.diagnose.Verdicts.assertNamed;
import static io.github.czi4j.bench.diagnose.Verdicts.assertSilent;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.github.czi4j.CziReader;
import io.github.czi4j.bench.environment.StorageFacts;
import io.github.czi4j.bench.measure.Configuration;
import io.github.czi4j.bench.storage.IoMode;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.TileOrder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Storage that is slow in ways of its own. */
class ProvokedStorageTest {
    @TempDir
    static Path folder;

    private static Path file;
    /** Where subblocks begin, in the order of the file. */
    private static List<Long> positions;

    @BeforeAll
    static void makeSample() throws IOException {
        file = Samples.grid(folder.resolve("grid.czi"), 6, 64, Compression.ZSTD1);
        try (CziReader reader = CziReader.open(file)) {
            positions = IntStream.range(0, reader.subblockCount())
                    .mapToObj(i -> reader.subblockInfo(i).filePosition())
                    .sorted()
                    .toList();
        }
    }

    private static int tileAt(long position) {
        int found = Collections.binarySearch(positions, position);
        return found >= 0 ? found : -found - 2;
    }

    private static StorageFacts facts(String fileSystem, boolean isRemote, boolean isRotational) {
        return new StorageFacts(
                Optional.of(fileSystem),
                Optional.of(isRemote),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(isRotational),
                OptionalLong.empty(),
                OptionalDouble.empty());
    }

    @Test
    @Provokes("storage")
    void eachReadTakesItsTime() throws IOException {
        Sources.Fault fault = Sources.throttled(5);
        assertNamed(Trial.of(file).through(fault).profile(), "storage", Bottleneck.STORAGE);
        assertNamed(Trial.of(file).through(fault).tiles(12).profile(), "storage", Bottleneck.STORAGE);
    }

    @Test
    @Provokes("cold-cache")
    void theFirstReadTakesItsTime() throws IOException {
        // Compiles, so that the first pass does not spend its time on that.
        Path few = Samples.grid(folder.resolve("few.czi"), 4, 64, Compression.ZSTD1);
        Trial.of(few).least(Duration.ofMillis(500)).profile();
        assertNamed(Trial.of(few).through(Sources.cold(25)).profile(), "cold-cache", Bottleneck.STORAGE);
    }

    @Test
    @Provokes("small-reads")
    void smallTilesComeOneByOneOverTheNetwork() throws IOException {
        JsonObject result = Trial.of(file)
                .through(Sources.throttled(3))
                .on(facts("nfs4", true, false))
                .profile();
        Finding finding = assertNamed(result, "small-reads", Bottleneck.STORAGE);
        assertTrue(finding.evidence().get(0).contains("nfs4"), finding.toString());
        assertSilent(result, "storage");
    }

    @Test
    @Provokes("rotational-order")
    void aHeadThatMovesIsReadInRandomOrder() throws IOException {
        Configuration sequential = Configuration.SEQUENTIAL.io(IoMode.CHANNEL);
        JsonObject result = Trial.of(file)
                .through(Sources.turning(4, positions.get(1) - positions.get(0)))
                .on(facts("ext4", false, true))
                .benchmark(sequential, sequential.order(TileOrder.RANDOM));
        Finding finding = assertNamed(result, "rotational-order", Bottleneck.STORAGE);
        assertTrue(finding.evidence().get(0).contains("sequential, channel, random takes"), finding.toString());
    }

    @Test
    @Provokes("slow-tiles")
    void theStorageStallsAtSomeTiles() throws IOException {
        JsonObject result = Trial.of(file)
                .through(Sources.stalling(80, position -> List.of(5, 17, 30).contains(tileAt(position))))
                .profile();
        Finding finding = assertNamed(result, "slow-tiles", Bottleneck.STORAGE);
        for (String tile : List.of("#5 (", "#17 (", "#30 (")) {
            assertTrue(finding.evidence().get(1).contains(tile), finding.toString());
        }
        assertSilent(result, "storage");
    }

    @Test
    @Provokes("set-up")
    void theFirstBytesComeSlowly() throws IOException {
        JsonObject result = Trial.of(file)
                .through(Sources.stalling(100, position -> position < positions.get(0)))
                .tiles(1)
                .profile();
        Finding finding = assertNamed(result, "set-up", Bottleneck.STORAGE);
        assertTrue(finding.evidence().get(1).endsWith("waiting for the storage."), finding.toString());
    }
}
