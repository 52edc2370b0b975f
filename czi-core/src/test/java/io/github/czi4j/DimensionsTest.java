package io.github.czi4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.czi4j.codec.ZstdEncoder;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.Coordinate;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Dimension;
import io.github.czi4j.model.Extent;
import io.github.czi4j.model.IndexRange;
import io.github.czi4j.model.OtherDimension;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.PlaneInfo;
import io.github.czi4j.model.Rect;
import io.github.czi4j.testing.Corpus;
import io.github.czi4j.testing.TestCzi;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every dimension of the format, absent, sparse, with any start, and with sizes above 1. */
class DimensionsTest {
    /** A line scan: 5 pixels a line, 4 lines from T 2 on; line t has the values 10·t to 10·t + 4. */
    private static TestCzi.Tile lineScan() {
        byte[] pixels = new byte[5 * 4];
        for (int t = 0; t < 4; t++) {
            for (int x = 0; x < 5; x++) {
                pixels[5 * t + x] = (byte) (10 * (t + 2) + x);
            }
        }
        return new TestCzi.Tile(0, 0, 5, 1, PixelType.GRAY8, pixels).at("C0T2").size(Dimension.T, 4);
    }

    private static TestCzi.Tile zstdLineScan() {
        byte[] plain = lineScanPixels();
        return new TestCzi.Tile(0, 0, 5, 1, PixelType.GRAY8, ZstdEncoder.zstd0(plain))
                .at("C0T2")
                .size(Dimension.T, 4)
                .compression(5);
    }

    private static byte[] lineScanPixels() {
        byte[] all = new byte[20];
        for (int i = 0; i < 20; i++) {
            all[i] = (byte) (10 * (i / 5 + 2) + i % 5);
        }
        return all;
    }

    @Test
    void aLineScanGivesAllItsLines() throws CziException {
        for (TestCzi.Tile tile : List.of(lineScan(), zstdLineScan())) {
            try (CziReader reader = new TestCzi().add(tile).open()) {
                Subblock subblock = reader.subblock(0);
                assertEquals(
                        List.of(new Extent(Dimension.T, 4)), subblock.info().extents());
                assertEquals(4, subblock.info().announcedPlanes());
                assertEquals(4, subblock.planeCount());
                Subblock.Bitmap all = subblock.readAll();
                assertEquals(4, all.pixels().height());
                assertArrayEquals(lineScanPixels(), all.pixels().bytes());
                assertEquals(List.of(), all.warnings());
                assertArrayEquals(
                        new byte[] {50, 51, 52, 53, 54},
                        subblock.readPlane(3).pixels().bytes());
                assertThrows(CziException.class, () -> subblock.readPlane(4));
                assertThrows(CziException.class, () -> subblock.readPlane(-1));
                Subblock.Bitmap first = subblock.read();
                assertArrayEquals(
                        new byte[] {20, 21, 22, 23, 24}, first.pixels().bytes());
                assertEquals(1, first.warnings().size(), "that there are more lines is told");
            }
        }
    }

    @Test
    void mosaicsOfLaterIndicesShowTheirPartOfTheSubblock() throws CziException {
        TestCzi file =
                new TestCzi().add(lineScan()).add(TestCzi.gray8(0, 0, 5, 1, 99).at("C0T9"));
        try (CziReader reader = file.open()) {
            for (int t = 2; t < 6; t++) {
                byte[] line = Arrays.copyOfRange(lineScanPixels(), 5 * (t - 2), 5 * (t - 1));
                MosaicRequest request = MosaicRequest.wholeImage().plane("C0T" + t);
                assertArrayEquals(line, reader.readMosaic(request).bytes(), "T" + t);
                assertTrue(reader.readMosaic(request).isComplete());
            }
            assertEquals(
                    99,
                    reader.readMosaic(MosaicRequest.wholeImage().plane("C0T9")).bytes()[0]);
            assertThrows(
                    IllegalArgumentException.class,
                    () -> reader.readMosaic(MosaicRequest.wholeImage().plane("C0T10")));
            // Between the scan and T9 there is nothing.
            assertEquals(
                    0,
                    reader.readMosaic(MosaicRequest.wholeImage().plane("C0T7")).drawnCount());
        }
    }

    @Test
    void mosaicsOfLaterIndicesDoNotMeetTheCacheOfTheFirst() throws CziException {
        byte[] bytes = new TestCzi().add(zstdLineScan()).bytes();
        try (CziReader reader = TestCzi.open(bytes, CziOptions.defaults().tileCache(1 << 20))) {
            assertEquals(
                    20,
                    reader.readMosaic(MosaicRequest.wholeImage().plane("C0T2")).bytes()[0]);
            assertEquals(
                    40,
                    reader.readMosaic(MosaicRequest.wholeImage().plane("C0T4")).bytes()[0]);
            assertEquals(
                    20,
                    reader.readMosaic(MosaicRequest.wholeImage().plane("C0T2")).bytes()[0]);
        }
    }

    @Test
    void ofTwoExtentsTheFirstOfTheEntryChangesFastest() throws CziException {
        byte[] pixels = {1, 2, 3, 4, 5, 6};
        // TestCzi writes Z before T.
        TestCzi.Tile tile = new TestCzi.Tile(0, 0, 1, 1, PixelType.GRAY8, pixels)
                .at("Z0T0")
                .size(Dimension.Z, 2)
                .size(Dimension.T, 3);
        try (CziReader reader = new TestCzi().add(tile).open()) {
            assertEquals(6, reader.subblock(0).planeCount());
            assertEquals(
                    4,
                    reader.readMosaic(MosaicRequest.wholeImage().plane("Z1T1")).bytes()[0]);
            assertEquals(
                    5,
                    reader.readMosaic(MosaicRequest.wholeImage().plane("Z0T2")).bytes()[0]);
        }
    }

    @Test
    void aSizeThatThePayloadContradictsMeansNothing() throws CziException {
        for (int size : new int[] {2, 1_000_000, Integer.MAX_VALUE}) {
            TestCzi.Tile tile = TestCzi.gray8(0, 0, 4, 4, 7).at("C0T0").size(Dimension.T, size);
            try (CziReader reader = new TestCzi().add(tile).open()) {
                assertEquals(1, reader.subblock(0).planeCount());
                assertArrayEquals(
                        reader.subblock(0).read().pixels().bytes(),
                        reader.subblock(0).readAll().pixels().bytes());
                assertThrows(CziException.class, () -> reader.subblock(0).readPlane(1));
                Mosaic mosaic = reader.readMosaic(MosaicRequest.wholeImage().plane("C0T1"));
                assertEquals(1, mosaic.failures().size(), "what is announced and not there is told");
                assertEquals(7, reader.readMosaic(MosaicRequest.wholeImage()).bytes()[0]);
            }
        }
    }

    @Test
    void allBitmapsTogetherAreHeldToTheLimitForOne() throws CziException {
        byte[] bytes = new TestCzi().add(lineScan()).bytes();
        try (CziReader reader = TestCzi.open(bytes, CziOptions.defaults().maxTileBytes(19))) {
            assertEquals(4, reader.subblock(0).planeCount());
            assertEquals(
                    CziException.Kind.LIMIT,
                    assertThrows(CziException.class, () -> reader.subblock(0).readAll())
                            .kind());
            assertEquals(30, reader.subblock(0).readPlane(1).pixels().bytes()[0]);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Compression.class,
            names = {"UNCOMPRESSED", "ZSTD0", "ZSTD1"})
    void copiesKeepAllBitmaps(Compression compression, @TempDir Path folder) throws IOException {
        Path target = folder.resolve("copy.czi");
        try (CziReader reader =
                new TestCzi().add(lineScan()).add(zstdLineScan()).open()) {
            CziCopier.of(reader).compress(compression).writeTo(target, (done, total) -> {});
        }
        try (CziReader copy = CziReader.open(target)) {
            for (int i = 0; i < 2; i++) {
                assertEquals(compression, copy.subblockInfo(i).compression());
                assertArrayEquals(
                        lineScanPixels(), copy.subblock(i).readAll().pixels().bytes());
            }
        }
    }

    @Test
    void theTileNumberHasNoExtent() throws CziException {
        TestCzi.Tile tile = TestCzi.gray8(0, 0, 4, 4, 7).other("M", 3, 25);
        try (CziReader reader = new TestCzi().add(tile).open()) {
            assertEquals(List.of(), reader.subblockInfo(0).extents());
            assertEquals(3, reader.subblockInfo(0).mIndex().getAsInt());
        }
    }

    @Test
    void unknownDimensionsAreKeptAsideWithAWarning() throws CziException {
        TestCzi file = new TestCzi()
                .add(TestCzi.gray8(0, 0, 2, 2, 1).other("Q", 5, 1))
                .add(TestCzi.gray8(0, 0, 2, 2, 2).other("Q", 6, 1).other("w", -1, 3));
        try (CziReader reader = file.open()) {
            assertEquals(
                    List.of(new OtherDimension('Q', 5, 1)),
                    reader.subblockInfo(0).otherDimensions());
            assertEquals(
                    List.of(new OtherDimension('Q', 6, 1), new OtherDimension('w', -1, 3)),
                    reader.subblockInfo(1).otherDimensions());
            assertEquals(2, reader.problems().size());
            assertTrue(
                    reader.problems().get(0).contains("'Q'"), reader.problems().get(0));
            assertEquals(1, reader.planeCount());
            assertEquals(1, reader.subblock(0).read().pixels().bytes()[0]);
            assertEquals(2, reader.readMosaic(MosaicRequest.wholeImage()).bytes()[0]);
        }
    }

    @Test
    void everyDimensionOfAPlaneChoosesIt() throws CziException {
        for (Dimension dimension : Dimension.ofCoordinate()) {
            if (!dimension.isPlane()) {
                continue;
            }
            TestCzi file = new TestCzi();
            for (int index : new int[] {-3, 0, 7}) {
                file.add(TestCzi.gray8(-10, -20, 3, 2, index + 10).at(dimension.name() + index));
            }
            try (CziReader reader = file.open()) {
                assertEquals(
                        new IndexRange(-3, 7), reader.bounds().range(dimension).orElseThrow());
                assertEquals(new Rect(-10, -20, 3, 2), reader.bounds().image());
                assertEquals(3, reader.planeCount());
                for (int index : new int[] {-3, 0, 7}) {
                    Mosaic mosaic = reader.readMosaic(MosaicRequest.wholeImage().index(dimension, index));
                    assertEquals(index + 10, mosaic.bytes()[5], dimension + " " + index);
                }
                // Within the range, but a gap of it.
                assertEquals(
                        0,
                        reader.readMosaic(MosaicRequest.wholeImage().index(dimension, 3))
                                .drawnCount());
                assertThrows(
                        IllegalArgumentException.class,
                        () -> reader.readMosaic(MosaicRequest.wholeImage().index(dimension, 8)));
                assertThrows(IllegalArgumentException.class, () -> reader.readMosaic(MosaicRequest.wholeImage()));
            }
        }
    }

    @Test
    void planesSayWhatTheySpan() throws CziException {
        TestCzi file = new TestCzi()
                .add(TestCzi.gray8(0, 0, 4, 4, 1).at("C0S1"))
                .add(TestCzi.gray8(100, 0, 4, 4, 1).at("C0S3"))
                .add(TestCzi.gray8(100, -8, 4, 4, 1).at("C2S3"))
                .add(TestCzi.gray8(96, -8, 2, 2, 1).logical(16, 16).at("C2S3"))
                .add(TestCzi.gray8(5, 5, 1, 1, 1).at("T4"));
        try (CziReader reader = file.open()) {
            List<PlaneInfo> planes = reader.planes().toList();
            assertEquals(
                    List.of(
                            new PlaneInfo(
                                    Coordinate.parse("C0"),
                                    2,
                                    new Rect(0, 0, 104, 4),
                                    new Rect(0, 0, 104, 4),
                                    new TreeSet<>(Set.of(1, 3))),
                            new PlaneInfo(
                                    Coordinate.parse("C2"),
                                    2,
                                    new Rect(96, -8, 16, 16),
                                    new Rect(100, -8, 4, 4),
                                    new TreeSet<>(Set.of(3))),
                            new PlaneInfo(
                                    Coordinate.parse("T4"),
                                    1,
                                    new Rect(5, 5, 1, 1),
                                    new Rect(5, 5, 1, 1),
                                    new TreeSet<>())),
                    planes);
        }
    }

    @Test
    void planesOfTilesFarApartSpanWhatAnIntHolds() throws CziException {
        TestCzi file = new TestCzi()
                .add(TestCzi.gray8(-2_000_000_000, 0, 4, 4, 1))
                .add(TestCzi.gray8(2_000_000_000, 0, 4, 4, 1));
        try (CziReader reader = file.open()) {
            assertEquals(
                    Integer.MAX_VALUE,
                    reader.planes().findFirst().orElseThrow().all().width());
        }
    }

    @Test
    void theDimensionsOfTheCorpusAreFoundAsTheyWereMade() throws IOException {
        try (CziReader reader = CziReader.open(Corpus.require("made/dims_sparse_planes.czi"))) {
            Set<Coordinate> ofTiles = reader.subblocks().stream()
                    .map(tile -> tile.info().coordinate().without(Dimension.S))
                    .collect(Collectors.toSet());
            List<PlaneInfo> planes = reader.planes().toList();
            assertEquals(ofTiles, planes.stream().map(PlaneInfo::coordinate).collect(Collectors.toSet()));
            assertEquals(
                    reader.subblockCount(),
                    planes.stream().mapToInt(PlaneInfo::subblocks).sum());
            long possible = reader.bounds().dimensions().entrySet().stream()
                    .filter(entry -> entry.getKey().isPlane())
                    .mapToLong(entry -> entry.getValue().size())
                    .reduce(1, (a, b) -> a * b);
            assertTrue(planes.size() < possible, "sparse");
        }
        try (CziReader reader = CziReader.open(Corpus.require("made/dims_all.czi"))) {
            assertEquals(
                    Set.copyOf(Dimension.ofCoordinate()),
                    reader.bounds().dimensions().keySet());
        }
        try (CziReader reader = CziReader.open(Corpus.require("made/dims_no_c_with_z.czi"))) {
            assertFalse(reader.bounds().dimensions().containsKey(Dimension.C));
            assertTrue(reader.bounds().range(Dimension.Z).orElseThrow().size() > 1);
            assertThrows(
                    IllegalArgumentException.class,
                    () -> reader.readMosaic(MosaicRequest.wholeImage().plane("C0Z0")));
        }
        try (CziReader reader = CziReader.open(Corpus.require("made/dims_xy_only_m.czi"))) {
            assertEquals(
                    List.of(Coordinate.EMPTY),
                    reader.planes().map(PlaneInfo::coordinate).toList());
            assertTrue(reader.readMosaic(MosaicRequest.wholeImage()).isComplete());
        }
        try (CziReader reader = CziReader.open(Corpus.require("made/dims_offset_start.czi"))) {
            Coordinate first = reader.plane(0);
            assertTrue(
                    reader.bounds().dimensions().values().stream().anyMatch(range -> range.min() != 0),
                    () -> reader.bounds().dimensions().toString());
            assertTrue(
                    reader.readMosaic(MosaicRequest.wholeImage().plane(first)).drawnCount() > 0);
        }
    }
}
