package io.github.czi4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.czi4j.model.CacheStatistics;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Downscaling;
import io.github.czi4j.model.Overlap;
import io.github.czi4j.model.Parallelism;
import io.github.czi4j.model.Rect;
import io.github.czi4j.model.SubblockInfo;
import io.github.czi4j.observe.ReadListener;
import io.github.czi4j.observe.Stage;
import io.github.czi4j.testing.TestCzi;
import io.github.czi4j.testing.TileGrid;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mosaics block by block, and tiles that are kept: 6 × 5 tiles of 40² pixels that overlap by a tenth. */
class BlocksAndCacheTest {
    private static final int COLUMNS = 6;
    private static final int ROWS = 5;
    private static final int SIDE = 40;
    private static final int STEP = 36;
    private static final TileGrid GRID = new TileGrid(COLUMNS, ROWS, SIDE, STEP);
    private static final int TILE_BYTES = GRID.tileBytes();

    @TempDir
    private Path folder;

    private byte[] file;

    @BeforeEach
    void write() throws IOException {
        file = GRID.write(folder, Compression.ZSTD1);
    }

    private CziReader open(CziOptions options) throws CziException {
        return TestCzi.open(file, options);
    }

    private static short[] join(CziReader reader, MosaicRequest request, int rows) throws IOException {
        MosaicPlan plan = reader.plan(request);
        short[] all = new short[plan.width() * plan.height()];
        int[] next = {0};
        BlockReport report = reader.readBlocks(request, rows, block -> {
            assertEquals(next[0], block.firstRow());
            assertEquals(plan.width(), block.pixels().width());
            short[] pixels = block.pixels().shorts();
            System.arraycopy(pixels, 0, all, block.firstRow() * plan.width(), pixels.length);
            next[0] += block.pixels().height();
        });
        assertEquals(plan.height(), next[0]);
        assertEquals(plan.height(), report.height());
        assertEquals(rows == 0 ? 1 : (plan.height() + rows - 1) / rows, report.blocks());
        return all;
    }

    @Test
    void blocksHoldWhatTheWholeHolds() throws IOException {
        MosaicRequest whole = MosaicRequest.wholeImage().background(0.5, 0.5, 0.5);
        List<MosaicRequest> requests = List.of(
                whole,
                whole.parallelism(Parallelism.threads(3)),
                MosaicRequest.region(new Rect(-7, 13, 150, 101)),
                whole.zoom(0.4),
                whole.zoom(0.4).downscaling(Downscaling.AREA_AVERAGE),
                whole.overlap(Overlap.FEATHER));
        try (CziReader reader = open(CziOptions.defaults())) {
            for (MosaicRequest request : requests) {
                short[] expected = reader.readMosaic(request).shorts();
                for (int rows : new int[] {0, 1, 7, 36, 64, 10_000}) {
                    if (rows == 10_000) {
                        reader.readBlocks(
                                request,
                                rows,
                                block -> assertArrayEquals(
                                        expected, block.pixels().shorts()));
                    } else {
                        assertArrayEquals(expected, join(reader, request, rows), request + " by " + rows);
                    }
                }
            }
        }
    }

    @Test
    void damageInOneBlockIsToldAndNeverHidesTheOthers() throws IOException {
        // The payload of tile 8, in the second row of tiles.
        TileGrid.damage(file, 8);
        try (CziReader reader = open(CziOptions.defaults())) {
            MosaicRequest request = MosaicRequest.wholeImage();
            Mosaic whole = reader.readMosaic(request);
            assertEquals(1, whole.failures().size());
            assertArrayEquals(whole.shorts(), join(reader, request, 10));
            BlockReport report = reader.readBlocks(request, 10, block -> {});
            assertFalse(report.isComplete());
            assertEquals(1, report.failures().size());
            long holes = report.failures().get(0).holes().stream()
                    .mapToLong(Rect::area)
                    .sum();
            assertEquals(
                    whole.failures().get(0).holes().stream()
                            .mapToLong(Rect::area)
                            .sum(),
                    holes);
            assertThrows(CziException.class, () -> reader.readBlocks(request.strict(), 10, block -> {}));
        }
    }

    @Test
    void tilesInTwoBlocksAreDecodedOnceIfThereIsRoom() throws IOException {
        try (CziReader reader = open(CziOptions.defaults())) {
            BlockReport report = reader.readBlocks(MosaicRequest.wholeImage(), 25, block -> {});
            assertEquals(COLUMNS * ROWS, report.decoded());
            assertTrue(report.isComplete());
        }
        // Room for a block and the tile in work, and next to nothing besides.
        long block = 25L * (5 * STEP + SIDE) * 2;
        long limit = block + 3 * TILE_BYTES + 2000;
        try (CziReader reader = open(CziOptions.defaults().memoryLimit(limit).parallelism(Parallelism.sequential()))) {
            BlockReport report = reader.readBlocks(MosaicRequest.wholeImage(), 25, b -> {});
            assertTrue(report.decoded() > COLUMNS * ROWS, report.decoded() + " decoded");
            assertTrue(report.predictedPeakBytes() <= limit);
            assertThrows(CziException.class, () -> reader.readBlocks(MosaicRequest.wholeImage(), 100, b -> {}));
            assertThrows(
                    IllegalArgumentException.class, () -> reader.readBlocks(MosaicRequest.wholeImage(), -1, b -> {}));
        }
    }

    /** The old tools' way: the bounding box of each tile, one by one. */
    @Test
    void aPassTileByTileDecodesEachSubblockOnce() throws IOException {
        long twoRows = 2L * COLUMNS * TILE_BYTES;
        try (CziReader cached = open(CziOptions.defaults().tileCache(twoRows));
                CziReader plain = open(CziOptions.defaults().tileCache(0))) {
            for (int i = 0; i < cached.subblockCount(); i++) {
                MosaicRequest request =
                        MosaicRequest.region(cached.subblockInfo(i).logical());
                assertArrayEquals(
                        plain.readMosaic(request).shorts(),
                        cached.readMosaic(request).shorts());
            }
            CacheStatistics statistics = cached.cacheStatistics().orElseThrow();
            assertEquals(COLUMNS * ROWS, statistics.decoded(), "amplification 1.0: " + statistics);
            assertTrue(statistics.hits() > statistics.decoded(), statistics.toString());
            assertTrue(statistics.bytes() <= twoRows, statistics.toString());
            assertEquals(statistics.decoded() - twoRows / TILE_BYTES, statistics.evicted());
            assertTrue(plain.cacheStatistics().isEmpty());
        }
    }

    /** Without any option: what a region cuts through is there when the next one wants it. */
    @Test
    void tilesAtTheEdgesOfRegionsAreKeptAndNoOthers() throws IOException {
        List<Integer> decoded = new CopyOnWriteArrayList<>();
        ReadListener listener = (stage, subblock, start, nanos, bytes) -> {
            if (stage == Stage.DECODE) {
                decoded.add(subblock);
            }
        };
        try (CziReader reader = open(CziOptions.defaults().listener(listener));
                CziReader plain = open(CziOptions.defaults().tileCache(0))) {
            reader.readMosaic(MosaicRequest.wholeImage());
            assertEquals(0, reader.cacheStatistics().orElseThrow().bytes(), "a whole mosaic keeps nothing");
            decoded.clear();
            for (int i = 0; i < reader.subblockCount(); i++) {
                MosaicRequest request =
                        MosaicRequest.region(reader.subblockInfo(i).logical());
                assertArrayEquals(
                        plain.readMosaic(request).shorts(),
                        reader.readMosaic(request).shorts());
            }
            assertEquals(
                    IntStream.range(0, COLUMNS * ROWS).boxed().toList(),
                    decoded.stream().sorted().toList(),
                    "each once");
        }
    }

    @Test
    void threadsShareTheDecodingOfATile() throws IOException {
        try (CziReader reader = open(CziOptions.defaults().tileCache(1 << 20))) {
            short[] expected = open(CziOptions.defaults())
                    .readMosaic(MosaicRequest.wholeImage())
                    .shorts();
            IntStream.range(0, 16).parallel().forEach(i -> {
                try {
                    assertArrayEquals(
                            expected,
                            reader.readMosaic(MosaicRequest.wholeImage()).shorts());
                } catch (CziException e) {
                    throw new AssertionError(e);
                }
            });
            assertEquals(COLUMNS * ROWS, reader.cacheStatistics().orElseThrow().decoded());
        }
    }

    @Test
    void aTileThatIsLargerThanTheCacheIsReadAllTheSame() throws IOException {
        try (CziReader reader = open(CziOptions.defaults().tileCache(100))) {
            SubblockInfo info = reader.subblockInfo(3);
            assertEquals(SIDE, reader.subblock(3).read().pixels().width());
            assertEquals(
                    SIDE,
                    reader.readMosaic(MosaicRequest.region(info.logical())).width());
            CacheStatistics statistics = reader.cacheStatistics().orElseThrow();
            assertEquals(0, statistics.bytes());
            assertEquals(statistics.decoded(), statistics.evicted());
        }
        assertThrows(IllegalArgumentException.class, () -> CziOptions.defaults().tileCache(-1));
    }
}
