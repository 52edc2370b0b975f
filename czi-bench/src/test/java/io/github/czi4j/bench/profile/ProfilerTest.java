package io.github.czi4j.bench.profile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.czi4j.CziWriter;
import io.github.czi4j.NewSubblock;
import io.github.czi4j.bench.diagnose.Sources;
import io.github.czi4j.io.FileByteSource;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.Coordinate;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Rect;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfilerTest {
    private static final int SIDE = 64;
    private static final int TILES = 60;

    @TempDir
    static Path folder;

    private static Path file;

    /** A row of tiles: every sixth uncompressed, the others Zstd, of which the last third does not compress. */
    @BeforeAll
    static void write() throws IOException {
        file = folder.resolve("mixed.czi");
        Random random = new Random(1);
        try (CziWriter writer = CziWriter.create(file)) {
            for (int i = 0; i < TILES; i++) {
                byte[] pixels = new byte[2 * SIDE * SIDE];
                if (i % 6 == 0 || i >= 2 * TILES / 3) {
                    random.nextBytes(pixels);
                }
                writer.add(
                        NewSubblock.of(new Rect(i * SIDE, 0, SIDE, SIDE), PixelType.GRAY16)
                                .at(Coordinate.parse("C0"))
                                .m(i)
                                .compressed(i % 6 == 0 ? Compression.UNCOMPRESSED : Compression.ZSTD1),
                        pixels);
            }
            writer.finish();
        }
    }

    private static Profile profile(int threads, int maxTiles) throws IOException {
        Profile.Method method = new Profile.Method("custom", threads, maxTiles, Duration.ZERO, Duration.ofSeconds(5));
        return new Profiler(file, FileByteSource.Mode.MAPPED, null, null, method).run(share -> {});
    }

    private static void assertSums(Pass pass) {
        assertEquals(pass.elapsedNanos() * pass.threads(), pass.wallNanos());
        assertEquals(
                pass.wallNanos(),
                pass.stages().stream().mapToLong(StageTime::nanos).sum());
        assertEquals(
                pass.cpuNanos(),
                pass.stages().stream().mapToLong(StageTime::cpuNanos).sum());
        // A piece of work that the clock sees to end after the pass did may be a few microseconds long.
        pass.stages().forEach(stage -> assertTrue(stage.nanos() > -1_000_000, stage.toString()));
    }

    @Test
    void stagesOfAnyNumberOfThreadsSumToTheirTime() throws IOException {
        for (int threads : List.of(1, 2, 5)) {
            for (int tiles : List.of(TILES, 20)) {
                Profile profile = profile(threads, tiles);
                profile.passes().forEach(ProfilerTest::assertSums);
                assertEquals(tiles, profile.typical().tiles().size());
                assertEquals(tiles == TILES, profile.sample().isWholePlane());
                Set<String> names = profile.typical().stages().stream()
                        .map(StageTime::label)
                        .collect(Collectors.toSet());
                assertTrue(names.containsAll(
                        List.of("decode zstd1", "decode uncompressed", "read", "wait", "lock", "gc")));
                assertTrue(profile.typical().nanos(ProfileStage.DECODE) > 0);
                assertTrue(threads == 1 || profile.typical().nanos(ProfileStage.WAIT) > 0);
                for (TileTime tile : profile.typical().tiles()) {
                    assertTrue(tile.worker() >= 0 && tile.worker() < threads, tile.toString());
                    assertTrue(tile.startNanos() >= 0
                            && tile.startNanos() <= profile.typical().elapsedNanos());
                    assertTrue(tile.storedBytes() > 0);
                }
            }
        }
    }

    @Test
    void aFirstPassThatIsStoppedKeepsTheTilesThatItLoaded() throws Exception {
        for (int threads : List.of(1, 3)) {
            CountDownLatch begun = new CountDownLatch(5);
            Profiler profiler = new Profiler(
                    Sources.of(file, (position, read) -> {
                        begun.countDown();
                        Sources.throttled(20).read(position, read);
                    }),
                    FileByteSource.Mode.CHANNEL,
                    null,
                    null,
                    new Profile.Method("custom", threads, 20, Duration.ofMinutes(5), Duration.ofMinutes(5)));
            Thread stopper = new Thread(() -> {
                try {
                    begun.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                profiler.stop();
            });
            stopper.start();
            Profile profile = profiler.run(share -> {});
            stopper.join();
            int tiles = profile.first().tiles().size();
            assertEquals(1, profile.passes().size());
            assertTrue(tiles >= 1 && tiles < 20, "tiles: " + tiles);
            assertEquals(tiles, profile.sample().tiles());
            assertEquals(tiles, profile.sample().requests().size());
            assertSums(profile.first());
        }
    }

    @Test
    void theSampleHasTilesOfEachCompressionAndSizeFromAllParts() throws IOException {
        Profile profile = profile(1, 12);
        List<Integer> chosen = profile.typical().tiles().stream()
                .map(TileTime::subblock)
                .sorted()
                .toList();
        assertEquals(12, chosen.size());
        long uncompressed = chosen.stream().filter(i -> i % 6 == 0).count();
        long small =
                chosen.stream().filter(i -> i % 6 != 0 && i < 2 * TILES / 3).count();
        assertEquals(2, uncompressed, chosen.toString());
        assertTrue(small >= 6 && small <= 7, chosen.toString());
        assertTrue(chosen.get(0) < TILES / 6 && chosen.get(11) >= 5 * TILES / 6, chosen.toString());
        Estimate estimate = profile.estimate();
        assertEquals(TILES, estimate.subblocks());
        assertTrue(estimate.low() <= estimate.seconds() && estimate.seconds() <= estimate.high());
        assertEquals(List.of(), estimate.unsampled());
    }

    @Test
    void ofPlanesWithFewTilesAllAreLookedAt() throws IOException {
        Path stack = folder.resolve("stack.czi");
        try (CziWriter writer = CziWriter.create(stack)) {
            for (int z = 0; z < 40; z++) {
                writer.add(
                        NewSubblock.of(new Rect(0, 0, SIDE, SIDE), PixelType.GRAY8)
                                .at(Coordinate.parse("Z" + z / 2 + "C" + z % 2))
                                .compressed(Compression.ZSTD0),
                        new byte[SIDE * SIDE]);
            }
            writer.finish();
        }
        Profile.Method method = new Profile.Method("custom", 2, 10, Duration.ZERO, Duration.ZERO);
        for (Integer channel : new Integer[] {null, 1}) {
            Profile profile = new Profiler(stack, FileByteSource.Mode.MAPPED, channel, null, method).run(share -> {});
            assertEquals(10, profile.typical().tiles().size());
            assertTrue(profile.sample().isAcrossPlanes());
            assertEquals(channel == null ? 40 : 20, profile.sample().tilesOfPlane());
            assertTrue(
                    profile.typical().tiles().stream().allMatch(tile -> channel == null || tile.subblock() % 2 == 1));
            profile.passes().forEach(ProfilerTest::assertSums);
        }
    }

    @Test
    void whatIsStoppedEndsWithThePassThatIsUnderWay() throws IOException {
        Profile.Method method = new Profile.Method("custom", 1, 10, Duration.ofHours(1), Duration.ofHours(1));
        Profiler profiler = new Profiler(file, FileByteSource.Mode.MAPPED, null, null, method);
        profiler.stop();
        assertEquals(1, profiler.run(share -> {}).passes().size());
    }

    @Test
    void sharesAreInProportionButNeverNothing() {
        assertArrayEquals(new int[] {8, 1, 1}, TileSample.shares(new int[] {98, 1, 1}, 10));
        assertArrayEquals(new int[] {5, 5}, TileSample.shares(new int[] {50, 50}, 10));
        assertArrayEquals(new int[] {6, 3, 1}, TileSample.shares(new int[] {60, 30, 10}, 10));
        assertArrayEquals(new int[] {1, 1, 0}, TileSample.shares(new int[] {9, 5, 3}, 2), "the largest first");
        assertArrayEquals(new int[] {3, 2}, TileSample.shares(new int[] {3, 2}, 5));
    }

    @Test
    void gapsBetweenCrewsAreIdleTime() {
        Lane lane = new Lane(Thread.currentThread());
        for (long start : new long[] {100, 130, 500, 540}) {
            lane.work.add(new Lane.Work(ProfileStage.READ, 0, start, 20, 0, 0, 0, 0));
        }
        assertEquals(10 + 20, lane.gaps(new long[] {50, 300, 900}));
        assertEquals(10 + 350 + 20, lane.gaps(new long[0]));
    }

    @Test
    void impossibleMethodsAreRefused() {
        for (int[] numbers : new int[][] {{0, 10}, {-1, 10}, {5000, 10}, {1, 0}}) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new Profile.Method("custom", numbers[0], numbers[1], Duration.ZERO, Duration.ZERO));
        }
    }
}
