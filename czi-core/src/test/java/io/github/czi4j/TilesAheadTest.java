package io.github.czi4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.czi4j.model.Compression;
import io.github.czi4j.model.Coordinate;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Parallelism;
import io.github.czi4j.model.Pixels;
import io.github.czi4j.model.Rect;
import io.github.czi4j.testing.TestCzi;
import io.github.czi4j.testing.TileGrid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tiles that are decoded before they are asked for: 5 × 4 tiles of 192² pixels side by side, and the same that overlap. */
class TilesAheadTest {
    private static final int COLUMNS = 5;
    private static final int ROWS = 4;
    private static final int SIDE = 192;
    private static final TileGrid APART = new TileGrid(COLUMNS, ROWS, SIDE, SIDE);
    private static final TileGrid OVERLAPPING = new TileGrid(COLUMNS, ROWS, SIDE, SIDE - 20);
    private static final int TILE_BYTES = APART.tileBytes();

    @TempDir
    private Path folder;

    private byte[] file;

    /** Does nothing before it is told to, then all on the calling thread. */
    private static final class Patient implements Executor {
        private final Deque<Runnable> tasks = new ArrayDeque<>();

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        void runAll() {
            while (!tasks.isEmpty()) {
                tasks.remove().run();
            }
        }
    }

    private final Patient patient = new Patient();

    @BeforeEach
    void write() throws IOException {
        file = APART.write(folder, Compression.ZSTD1);
    }

    private CziReader open(CziOptions options) throws CziException {
        return TestCzi.open(file, options);
    }

    private CziOptions twoThreads() {
        return CziOptions.defaults().parallelism(Parallelism.on(patient).workers(2));
    }

    private static Mosaic box(CziReader reader, int m) throws CziException {
        return reader.readMosaic(
                MosaicRequest.region(reader.subblockInfo(m).logical()).plane(Coordinate.parse("C0")));
    }

    private static long decoded(CziReader reader) {
        return reader.cacheStatistics().orElseThrow().decoded();
    }

    private static long hits(CziReader reader) {
        return reader.cacheStatistics().orElseThrow().hits();
    }

    @Test
    void whatFollowsTwoStepsIsDecodedAndFound() throws CziException {
        try (CziReader reader = open(twoThreads())) {
            box(reader, 0);
            box(reader, 1);
            assertEquals(0, patient.tasks.size());
            box(reader, 2);
            assertEquals(2, patient.tasks.size(), "two threads");
            assertEquals(0, decoded(reader), "tiles that are read whole are not kept");
            patient.runAll();
            assertEquals(2, decoded(reader), "two are left of the row");
            assertEquals(0, hits(reader));
            try (CziReader plain = open(CziOptions.defaults().readAhead(false))) {
                assertArrayEquals(box(plain, 3).shorts(), box(reader, 3).shorts());
                assertArrayEquals(box(plain, 4).shorts(), box(reader, 4).shorts());
            }
            assertEquals(2, hits(reader));
            assertEquals(2, decoded(reader));
        }
    }

    @Test
    void theNextRowIsFoundToo() throws CziException {
        try (CziReader reader = open(twoThreads())) {
            List<Integer> missed = new ArrayList<>();
            for (int m = 0; m < COLUMNS * ROWS; m++) {
                long before = hits(reader);
                box(reader, m);
                if (hits(reader) == before) {
                    missed.add(m);
                }
                patient.runAll();
            }
            assertEquals(List.of(0, 1, 2, 5), missed);
        }
    }

    @Test
    void nothingIsDoneAheadWhereItIsNotWantedOrCannotHelp() throws IOException {
        List<CziOptions> without = List.of(
                twoThreads().readAhead(false),
                twoThreads().tileCache(0),
                twoThreads().tileCache(4 * TILE_BYTES - 1),
                twoThreads().memoryLimit(4 * TILE_BYTES),
                twoThreads().parallelism(Parallelism.on(patient).workers(1)));
        for (CziOptions options : without) {
            try (CziReader reader = open(options)) {
                for (int m = 0; m < COLUMNS; m++) {
                    box(reader, m);
                }
            }
            assertEquals(0, patient.tasks.size());
        }
        try (CziReader reader = open(twoThreads())) {
            for (int m : new int[] {0, 7, 3, 13, 1, 19, 4, 11}) {
                box(reader, m);
            }
            assertEquals(0, patient.tasks.size(), "boxes here and there");
        }
    }

    @Test
    void mosaicsThatKeepAllThreadsBusyAreNotDecodedAhead() throws CziException {
        try (CziReader reader = open(twoThreads())) {
            for (int row = 0; row < ROWS - 1; row++) {
                reader.readMosaic(MosaicRequest.region(new Rect(0, row * SIDE, COLUMNS * SIDE, SIDE)));
            }
            patient.runAll();
            assertEquals(0, decoded(reader));
        }
    }

    @Test
    void aClosedReaderDecodesNothingMore() throws CziException {
        CziReader reader = open(twoThreads());
        for (int m = 0; m < 3; m++) {
            box(reader, m);
        }
        reader.close();
        patient.runAll();
        assertEquals(0, decoded(reader));
    }

    @Test
    void damageIsToldToWhoeverAsks() throws CziException {
        TileGrid.damage(file, 3);
        try (CziReader reader = open(twoThreads())) {
            for (int m = 0; m < COLUMNS; m++) {
                Mosaic mosaic = box(reader, m);
                assertEquals(m == 3 ? 1 : 0, mosaic.failures().size());
                patient.runAll();
            }
            assertEquals(1, hits(reader), "only tile 4");
        }
    }

    @Test
    void zoomsInTurnsAreSweepsOfTheirOwn() throws CziException {
        try (CziReader reader = open(twoThreads())) {
            for (int m = 0; m < 3; m++) {
                Rect place = reader.subblockInfo(m).logical();
                reader.readMosaic(MosaicRequest.region(place));
                reader.readMosaic(MosaicRequest.region(place).zoom(0.5));
            }
            patient.runAll();
            assertEquals(2, decoded(reader));
        }
    }

    @Test
    void tilesThatOverlapAreDecodedOnceByWhomever() throws IOException {
        file = OVERLAPPING.write(folder, Compression.ZSTD1);
        List<short[]> expected = new ArrayList<>();
        try (CziReader plain = open(CziOptions.defaults().readAhead(false).parallelism(Parallelism.sequential()))) {
            for (int m = 0; m < COLUMNS * ROWS; m++) {
                expected.add(box(plain, m).shorts());
            }
        }
        for (int round = 0; round < 20; round++) {
            try (CziReader reader = open(CziOptions.defaults().parallelism(Parallelism.threads(1 + round % 4)))) {
                for (int m = 0; m < COLUMNS * ROWS; m++) {
                    assertArrayEquals(expected.get(m), box(reader, m).shorts());
                }
                assertTrue(decoded(reader) <= COLUMNS * ROWS, "at most each tile once");
            }
        }
    }

    private CziOptions keepingAll() {
        return twoThreads().tileCache(1 << 24);
    }

    private static void boxes(CziReader reader, int... some) throws CziException {
        for (int m : some) {
            box(reader, m);
        }
    }

    @Test
    void neighboursOfRegionsHereAndThereAreDecodedWhereAllTilesAreKept() throws CziException {
        try (CziReader reader = open(keepingAll());
                CziReader plain = open(CziOptions.defaults().readAhead(false))) {
            boxes(reader, 0, 10, 4);
            assertEquals(0, patient.tasks.size());
            box(reader, 12);
            assertEquals(1, patient.tasks.size(), "the other thread");
            patient.runAll();
            assertEquals(8, decoded(reader), "as many again as were asked for");
            for (int m : new int[] {17, 7, 13, 11}) {
                assertArrayEquals(box(plain, m).shorts(), box(reader, m).shorts());
            }
            assertEquals(4, hits(reader), "the nearest");
            assertEquals(8, decoded(reader));
        }
    }

    @Test
    void inTheEndAllNeighboursAreThere() throws CziException {
        try (CziReader reader = open(keepingAll())) {
            for (int m : new int[] {0, 10, 4, 12, 19, 3, 15, 9, 1, 16, 8}) {
                box(reader, m);
                patient.runAll();
            }
            assertEquals(COLUMNS * ROWS, decoded(reader));
            boxes(reader, 5, 2, 14);
            assertEquals(0, patient.tasks.size(), "nobody is woken for nothing");
        }
    }

    @Test
    void neighboursAreLeftWhereNotAllHaveRoomOrOthersNeedTheThreads() throws IOException {
        int[] some = {0, 10, 4, 12, 19, 3};
        try (CziReader reader = open(twoThreads().tileCache((COLUMNS * ROWS - 1) * TILE_BYTES))) {
            boxes(reader, some);
            patient.runAll();
            assertEquals(some.length, decoded(reader), "no room");
            box(reader, 15);
            assertEquals(0, patient.tasks.size(), "nobody is woken for nothing");
        }
        try (CziReader reader = open(keepingAll().readAhead(false))) {
            boxes(reader, some);
            assertEquals(0, patient.tasks.size());
        }
        try (CziReader reader = open(keepingAll())) {
            reader.readMosaic(MosaicRequest.region(new Rect(0, 0, 8, 8)), (width, height, type) -> {
                assertDoesNotThrow(() -> boxes(reader, some));
                assertEquals(0, patient.tasks.size(), "two calls, two threads");
                return Pixels.allocate(width, height, type);
            });
            boxes(reader, 15);
            assertEquals(1, patient.tasks.size());
        }
        // The reader is closed.
        patient.runAll();
    }

    @Test
    void damagedNeighboursAreToldToWhoeverAsks() throws CziException {
        TileGrid.damage(file, 13);
        try (CziReader reader = open(keepingAll())) {
            boxes(reader, 0, 10, 4, 12);
            patient.runAll();
            for (int m : new int[] {17, 7, 13, 11}) {
                assertEquals(m == 13 ? 1 : 0, box(reader, m).failures().size());
            }
        }
    }

    @Test
    void regionsHereAndThereAreTheSameWhoeverDecodes() throws IOException {
        file = OVERLAPPING.write(folder, Compression.ZSTD1);
        try (CziReader plain = open(CziOptions.defaults().readAhead(false).parallelism(Parallelism.sequential()))) {
            Rect image = plain.bounds().image();
            for (int round = 0; round < 10; round++) {
                SplittableRandom random = new SplittableRandom(round);
                Parallelism threads = Parallelism.threads(2 + round % 3);
                try (CziReader reader =
                        open(CziOptions.defaults().tileCache(1 << 24).parallelism(threads))) {
                    for (int i = 0; i < 40; i++) {
                        int side = random.nextInt(8, 150);
                        int x = image.x() + random.nextInt(image.width() - side);
                        int y = image.y() + random.nextInt(image.height() - side);
                        MosaicRequest region = MosaicRequest.region(new Rect(x, y, side, side));
                        assertArrayEquals(
                                plain.readMosaic(region).shorts(),
                                reader.readMosaic(region).shorts());
                    }
                }
            }
        }
    }

    @Test
    void whatNeedNotBeDecodedIsLeftWhereItIs() throws IOException {
        Path path = folder.resolve("mapped.czi");
        Files.write(path, APART.write(folder, Compression.UNCOMPRESSED));
        try (CziReader reader = CziReader.open(path, twoThreads())) {
            for (int m = 0; m < 4; m++) {
                box(reader, m);
                patient.runAll();
            }
            assertEquals(0, decoded(reader));
        }
        try (CziReader reader = CziReader.open(path, keepingAll())) {
            boxes(reader, 0, 10, 4, 12, 19, 3);
            assertEquals(0, patient.tasks.size());
        }
    }
}
