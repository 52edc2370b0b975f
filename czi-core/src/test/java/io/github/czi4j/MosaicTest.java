package io.github.czi4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.czi4j.model.ByteRange;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Parallelism;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Rect;
import io.github.czi4j.model.TileFailure;
import io.github.czi4j.model.TileOrder;
import io.github.czi4j.observe.Stage;
import io.github.czi4j.testing.Digests;
import io.github.czi4j.testing.TestCzi;
import io.github.czi4j.testing.TestCzi.Tile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MosaicTest {
    private static final int UNKNOWN_COMPRESSION = 77;

    private static byte[] mosaic(TestCzi czi, MosaicRequest request) throws CziException {
        try (CziReader reader = czi.open()) {
            return reader.readMosaic(request).bytes();
        }
    }

    private static byte[] bytes(int... values) {
        byte[] result = new byte[values.length];
        IntStream.range(0, values.length).forEach(i -> result[i] = (byte) values[i]);
        return result;
    }

    @Test
    void theHighestTileNumberLiesOnTopAndTilesWithoutOneAtTheBottom() throws CziException {
        TestCzi czi = new TestCzi()
                .add(TestCzi.gray8(2, 0, 2, 1, 30).m(7))
                .add(TestCzi.gray8(0, 0, 6, 1, 10))
                .add(TestCzi.gray8(1, 0, 2, 1, 20).m(2));
        assertArrayEquals(bytes(10, 20, 30, 30, 10, 10), mosaic(czi, MosaicRequest.wholeImage()));
    }

    @Test
    void equalTileNumbersFollowTheDirectory() throws CziException {
        TestCzi czi = new TestCzi()
                .add(TestCzi.gray8(0, 0, 2, 1, 10).m(1))
                .add(TestCzi.gray8(1, 0, 2, 1, 20).m(1));
        assertArrayEquals(bytes(10, 20, 20), mosaic(czi, MosaicRequest.wholeImage()));
    }

    @Test
    void negativeCoordinatesAndGapsShowTheBackground() throws CziException {
        TestCzi czi = new TestCzi().add(TestCzi.gray8(-5, -3, 2, 1, 10)).add(TestCzi.gray8(-1, -3, 1, 2, 20));
        assertArrayEquals(bytes(10, 10, 0, 0, 20, 0, 0, 0, 0, 20), mosaic(czi, MosaicRequest.wholeImage()));
        assertArrayEquals(
                bytes(10, 128, 128),
                mosaic(czi, MosaicRequest.region(-4, -3, 3, 1).background(0.5, 0.5, 0.5)));
    }

    @Test
    void scenesAreDrawnOneAfterTheOtherWhereSeveralAreTouched() throws CziException {
        TestCzi czi = new TestCzi()
                .add(TestCzi.gray8(1, 0, 2, 1, 20).at("C0S1").m(0))
                .add(TestCzi.gray8(0, 0, 2, 1, 10).at("C0S0").m(5));
        assertArrayEquals(bytes(10, 20, 20), mosaic(czi, MosaicRequest.wholeImage()));
        assertArrayEquals(bytes(10, 10), mosaic(czi, MosaicRequest.wholeImage().scene(0)));
        assertArrayEquals(
                bytes(0, 20, 20), mosaic(czi, MosaicRequest.region(0, 0, 3, 1).scene(1)));
    }

    @Test
    void aRequestThatTheFileCannotMeetSaysWhatWould() throws CziException {
        TestCzi czi = new TestCzi()
                .add(TestCzi.gray8(0, 0, 2, 1, 1).at("C0Z3S1"))
                .add(TestCzi.gray8(0, 0, 2, 1, 2).at("C1Z3S1"));
        try (CziReader reader = czi.open()) {
            assertRefused(reader, MosaicRequest.wholeImage(), "C from 0 to 1");
            assertRefused(reader, MosaicRequest.wholeImage().channel(2), "C from 0 to 1");
            assertRefused(reader, MosaicRequest.wholeImage().plane("C0T0"), "no dimension T");
            assertRefused(reader, MosaicRequest.wholeImage().channel(0).scene(4), "its scenes are [1]");
            assertRefused(reader, MosaicRequest.wholeImage().channel(0).zoom(0.1), "no pixel left");
            assertArrayEquals(
                    bytes(2, 2),
                    reader.readMosaic(MosaicRequest.wholeImage().channel(1)).bytes());
            assertArrayEquals(
                    bytes(2, 2),
                    reader.readMosaic(MosaicRequest.wholeImage().plane("C=1, Z=3, S=1"))
                            .bytes());
        }
    }

    private static void assertRefused(CziReader reader, MosaicRequest request, String hint) {
        var refusal = assertThrows(IllegalArgumentException.class, () -> reader.readMosaic(request));
        assertTrue(refusal.getMessage().contains(hint), refusal.getMessage());
    }

    /** A tile that hides others entirely, and cannot be decoded: the others must come to light. */
    @Test
    void whatLiesBelowADamagedTileIsShownAndTheRestIsReportedAsAHole() throws CziException {
        TestCzi czi = new TestCzi()
                .add(TestCzi.gray8(0, 0, 2, 2, 10).m(0))
                .add(TestCzi.gray8(1, 0, 2, 2, 20).m(1))
                .add(TestCzi.gray8(0, 0, 4, 2, 90).m(2).compression(UNKNOWN_COMPRESSION))
                .add(TestCzi.gray8(0, 0, 4, 1, 91).m(3).compression(UNKNOWN_COMPRESSION));
        // A payload of the very size of the bitmap would be taken for raw pixels.
        byte[] file = shorten(czi);
        for (Parallelism strategy :
                List.of(Parallelism.sequential(), Parallelism.threads(4).batch(1))) {
            try (CziReader reader = TestCzi.open(file, CziOptions.defaults())) {
                Mosaic mosaic = reader.readMosaic(MosaicRequest.wholeImage().parallelism(strategy));
                assertArrayEquals(bytes(10, 20, 20, 0, 10, 20, 20, 0), mosaic.bytes());
                assertFalse(mosaic.isComplete());
                assertEquals(2, mosaic.failures().size());
                TileFailure lower = mosaic.failures().get(0);
                TileFailure upper = mosaic.failures().get(1);
                assertEquals(2, lower.index());
                assertEquals(List.of(new Rect(3, 1, 1, 1)), lower.holes());
                assertEquals(3, upper.index());
                assertEquals(List.of(new Rect(3, 0, 1, 1)), upper.holes());
                assertEquals(reader.subblockInfo(3).filePosition(), upper.filePosition());
                assertTrue(
                        upper.reason().getMessage().contains("test.czi"),
                        upper.reason().getMessage());
                CziException first = assertThrows(
                        CziException.class,
                        () -> reader.readMosaic(
                                MosaicRequest.wholeImage().strict().parallelism(strategy)));
                assertEquals(CziException.Kind.UNSUPPORTED, first.kind());
            }
        }
    }

    private static byte[] shorten(TestCzi czi) throws CziException {
        byte[] file = czi.bytes();
        try (CziReader reader = TestCzi.open(file, CziOptions.defaults())) {
            for (int i = 2; i < 4; i++) {
                // DataSize of the subblock.
                file[(int) reader.subblockInfo(i).filePosition() + 32 + 8]--;
            }
        }
        return file;
    }

    @Test
    void anOverlappingMosaicIsTheSameWhoeverWorks() throws CziException {
        SplittableRandom random = new SplittableRandom(4711);
        TestCzi czi = new TestCzi();
        List<Integer> numbers = new ArrayList<>(IntStream.range(0, 120).boxed().toList());
        for (int i = 0; i < 120; i++) {
            byte[] pixels = new byte[37 * 23 * 2];
            random.nextBytes(pixels);
            int m = numbers.remove(random.nextInt(numbers.size()));
            czi.add(new Tile(random.nextInt(200), random.nextInt(200), 37, 23, PixelType.GRAY16, pixels).m(m));
        }
        try (CziReader reader = czi.open()) {
            String expected =
                    Digests.md5(reader.readMosaic(MosaicRequest.wholeImage().parallelism(Parallelism.sequential()))
                            .pixels());
            for (int repetition = 0; repetition < 100; repetition++) {
                Parallelism strategy = Parallelism.threads(2 + repetition % 7)
                        .batch(1 + repetition % 11)
                        .order(TileOrder.values()[repetition % 3]);
                Mosaic mosaic = reader.readMosaic(MosaicRequest.wholeImage().parallelism(strategy));
                assertEquals(expected, Digests.md5(mosaic.pixels()), strategy.toString());
            }
        }
    }

    @Test
    void tilesAreReadInTheOrderThatWasAskedFor() throws CziException {
        TestCzi czi = new TestCzi();
        for (int i = 0; i < 12; i++) {
            // In the file by columns.
            czi.add(TestCzi.gray8(i / 4, i % 4, 1, 1, i));
        }
        Map<TileOrder, List<Integer>> seen = new EnumMap<>(TileOrder.class);
        for (TileOrder order : TileOrder.values()) {
            List<Integer> read = seen.computeIfAbsent(order, key -> new ArrayList<>());
            CziOptions options = CziOptions.defaults()
                    .parallelism(Parallelism.sequential().order(order))
                    .listener((stage, subblock, start, nanos, count) -> {
                        if (stage == Stage.READ) {
                            read.add(subblock);
                        }
                    });
            try (CziReader reader = TestCzi.open(czi.bytes(), options)) {
                assertTrue(reader.plan(MosaicRequest.wholeImage()).isDisjoint());
                assertArrayEquals(
                        bytes(0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11),
                        reader.readMosaic(MosaicRequest.wholeImage()).bytes());
            }
        }
        assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), seen.get(TileOrder.FILE));
        assertEquals(List.of(0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11), seen.get(TileOrder.ROWS));
        assertNotEquals(seen.get(TileOrder.FILE), seen.get(TileOrder.RANDOM));
        assertEquals(
                seen.get(TileOrder.FILE),
                seen.get(TileOrder.RANDOM).stream().sorted().toList());
    }

    @Test
    void theStoredRangeEndsWithThePayload() throws CziException {
        TestCzi czi = new TestCzi().add(TestCzi.gray8(0, 0, 2, 2, 10)).add(TestCzi.gray8(2, 0, 2, 2, 20));
        byte[] file = czi.bytes();
        try (CziReader reader = TestCzi.open(file, CziOptions.defaults())) {
            for (Subblock subblock : reader.subblocks()) {
                ByteRange range = subblock.storedRange();
                assertEquals(subblock.info().filePosition(), range.position());
                byte[] payload =
                        Arrays.copyOfRange(file, (int) (range.end() - subblock.storedBytes()), (int) range.end());
                assertArrayEquals(subblock.rawData(), payload);
            }
        }
    }

    @Test
    void anExecutorThatRejectsOrSleepsCostsNoResult() throws CziException {
        TestCzi czi = new TestCzi();
        for (int i = 0; i < 20; i++) {
            czi.add(TestCzi.gray8(i, 0, 1, 1, i));
        }
        Executor rejecting = task -> {
            throw new RejectedExecutionException("busy");
        };
        AtomicReference<Runnable> late = new AtomicReference<>();
        try (CziReader reader = czi.open()) {
            byte[] expected = bytes(IntStream.range(0, 20).toArray());
            assertArrayEquals(
                    expected,
                    reader.readMosaic(MosaicRequest.wholeImage().parallelism(Parallelism.on(rejecting)))
                            .bytes());
            Mosaic mosaic = reader.readMosaic(MosaicRequest.wholeImage()
                    .parallelism(Parallelism.on(late::set).workers(2)));
            assertArrayEquals(expected, mosaic.bytes());
            late.get().run();
            assertArrayEquals(expected, mosaic.bytes());
        }
    }

    @Test
    void virtualThreadsWorkWhereThereAreAny() throws CziException {
        TestCzi czi = new TestCzi();
        for (int i = 0; i < 20; i++) {
            czi.add(TestCzi.gray8(i, 0, 1, 1, i));
        }
        MosaicRequest request = MosaicRequest.wholeImage()
                .parallelism(Parallelism.virtual().workers(3).batch(2));
        try (CziReader reader = czi.open()) {
            if (Runtime.version().feature() >= 21) {
                assertArrayEquals(
                        bytes(IntStream.range(0, 20).toArray()),
                        reader.readMosaic(request).bytes());
            } else {
                assertThrows(UnsupportedOperationException.class, () -> reader.readMosaic(request));
            }
        }
    }

    @Test
    void fewerWorkersSaveMemoryWhereAllWouldExceedTheLimit() throws CziException {
        TestCzi czi = new TestCzi();
        for (int i = 0; i < 8; i++) {
            czi.add(TestCzi.gray8(100 * i, 0, 100, 100, i + 1));
        }
        // 80,000 bytes of output, and 30,000 for a worker.
        try (CziReader reader = TestCzi.open(czi.bytes(), CziOptions.defaults().memoryLimit(150_000))) {
            MosaicRequest request = MosaicRequest.wholeImage().parallelism(Parallelism.threads(8));
            assertEquals(2, reader.plan(request).workers());
            assertEquals(140_000, reader.plan(request).predictedPeakBytes());
            assertEquals(8, reader.readMosaic(request).bytes()[799]);
        }
    }

    @Test
    void scenesTooFarApartForOneImageAreRefused() throws CziException {
        TestCzi czi = new TestCzi()
                .add(TestCzi.gray8(-2_000_000_000, 0, 4, 4, 1).at("C0S0"))
                .add(TestCzi.gray8(2_000_000_000, 0, 4, 4, 2).at("C0S1"));
        try (CziReader reader = czi.open()) {
            assertRefused(reader, MosaicRequest.wholeImage().scene(0, 1), "too long");
            assertEquals(
                    16, reader.readMosaic(MosaicRequest.wholeImage().scene(1)).bytes().length);
            CziException e = assertThrows(CziException.class, () -> reader.readMosaic(MosaicRequest.wholeImage()));
            assertEquals(CziException.Kind.LIMIT, e.kind());
        }
    }

    @Test
    void anInterruptedCallerGetsAnExceptionAndKeepsItsInterrupt() throws CziException {
        TestCzi czi = new TestCzi().add(TestCzi.gray8(0, 0, 4, 4, 1));
        try (CziReader reader = czi.open()) {
            Thread.currentThread().interrupt();
            CziException e = assertThrows(CziException.class, () -> reader.readMosaic(MosaicRequest.wholeImage()));
            assertEquals(CziException.Kind.IO, e.kind());
            assertTrue(Thread.interrupted());
        }
    }

    @Test
    void hiddenTilesAreNotRead() throws CziException {
        TestCzi czi = new TestCzi()
                .add(TestCzi.gray8(0, 0, 2, 2, 10).m(0))
                .add(TestCzi.gray8(0, 0, 3, 3, 20).m(1))
                .add(TestCzi.gray8(50, 50, 3, 3, 30).m(2));
        try (CziReader reader = czi.open()) {
            MosaicPlan plan = reader.plan(MosaicRequest.region(0, 0, 10, 10));
            assertArrayEquals(new int[] {0}, plan.hidden());
            assertEquals(1, plan.tiles().size());
            assertEquals(1, plan.tiles().get(0).subblock().index());
            assertEquals(List.of(new Rect(0, 0, 3, 3)), plan.tiles().get(0).visibleParts());
            assertEquals(1.0, plan.pixelAmplification());
            Mosaic mosaic = reader.readMosaic(MosaicRequest.region(0, 0, 10, 10));
            assertEquals(1, mosaic.decodedCount());
            assertEquals(1, mosaic.hiddenCount());
        }
    }

    @Test
    void aMosaicBeyondTheMemoryLimitIsRefusedBeforeItIsRead() throws CziException {
        TestCzi czi = new TestCzi()
                .add(TestCzi.gray8(0, 0, 4, 4, 1))
                .add(TestCzi.gray8(Integer.MAX_VALUE - 10, 0, 4, 4, 2))
                .add(TestCzi.gray8(0, 1_000_000_000, 4, 4, 3));
        try (CziReader reader = czi.open()) {
            CziException e = assertThrows(CziException.class, () -> reader.readMosaic(MosaicRequest.wholeImage()));
            assertEquals(CziException.Kind.LIMIT, e.kind());
        }
        try (CziReader reader = TestCzi.open(czi.bytes(), CziOptions.defaults().memoryLimit(1000))) {
            CziException e =
                    assertThrows(CziException.class, () -> reader.readMosaic(MosaicRequest.region(0, 0, 40, 40)));
            assertEquals(CziException.Kind.LIMIT, e.kind());
            assertEquals(
                    400, reader.readMosaic(MosaicRequest.region(0, 0, 20, 20)).bytes().length);
        }
    }

    @Test
    void tilesOfAnotherTypeAreConverted() throws CziException {
        TestCzi czi = new TestCzi()
                .add(TestCzi.gray8(0, 0, 1, 1, 9))
                .add(new Tile(1, 0, 1, 1, PixelType.GRAY16, bytes(0x34, 0x12)))
                .add(new Tile(2, 0, 1, 1, PixelType.BGR24, bytes(10, 20, 31)))
                .add(new Tile(3, 0, 1, 1, PixelType.BGR48, bytes(0, 1, 0, 2, 0, 4)));
        assertArrayEquals(bytes(9, 0x12, 20, 2), mosaic(czi, MosaicRequest.wholeImage()));
        assertArrayEquals(
                bytes(9, 9, 9, 0x12, 0x12, 0x12, 10, 20, 31, 1, 2, 4),
                mosaic(czi, MosaicRequest.wholeImage().pixelType(PixelType.BGR24)));
        try (CziReader reader = czi.open()) {
            MosaicRequest request = MosaicRequest.wholeImage();
            assertArrayEquals(
                    new short[] {9, 0x1234, 20, (0x100 + 0x200 + 0x400) / 3},
                    reader.readMosaic(request.pixelType(PixelType.GRAY16)).shorts());
            Mosaic impossible = reader.readMosaic(request.pixelType(PixelType.GRAY64_FLOAT));
            assertEquals(4, impossible.failures().size());
        }
    }
}
