package io.github.czi4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Downscaling;
import io.github.czi4j.model.Overlap;
import io.github.czi4j.model.Parallelism;
import io.github.czi4j.model.PixelAllocator;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Pixels;
import io.github.czi4j.testing.Digests;
import io.github.czi4j.testing.TestCzi;
import io.github.czi4j.testing.TestCzi.Tile;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Mosaics into arrays of the caller's, in which there is rubbish: the pixels must be those of a new array. */
class DestinationTest {
    private static final int UNKNOWN_COMPRESSION = 77;
    private static final int BEHIND = 100;

    /** A bitmap in a longer array, all of it full of numbers that no tile and no background has. */
    private static Pixels dirty(int width, int height, PixelType type) {
        int count = (int) Pixels.elements(width, height, type);
        Object array = Pixels.allocate(count + BEHIND, 1, plain(type)).array();
        Pixels all = Pixels.of(count + BEHIND, 1, plain(type), array);
        byte[] rubbish = new byte[(int) all.byteCount()];
        Arrays.fill(rubbish, (byte) 0xA5);
        all.fillRows(0, 1, ByteBuffer.wrap(rubbish).order(ByteOrder.LITTLE_ENDIAN));
        return Pixels.of(width, height, type, array);
    }

    /** One sample of the kind that a type has. */
    private static PixelType plain(PixelType type) {
        return switch (type.sample()) {
            case UINT8 -> PixelType.GRAY8;
            case UINT16 -> PixelType.GRAY16;
            case INT32 -> PixelType.GRAY32;
            case FLOAT32 -> PixelType.GRAY32_FLOAT;
            case FLOAT64 -> PixelType.GRAY64_FLOAT;
        };
    }

    private static void assertRubbishBehind(Pixels pixels) {
        int end = (int) Pixels.elements(pixels.width(), pixels.height(), pixels.type());
        Object expected = Array.get(dirty(1, 1, pixels.type()).array(), 0);
        for (int i = end; i < end + BEHIND; i++) {
            assertEquals(expected, Array.get(pixels.array(), i));
        }
    }

    private static Mosaic assertSamePixels(CziReader reader, MosaicRequest request) throws CziException {
        Mosaic fresh = reader.readMosaic(request);
        Pixels destination = dirty(fresh.width(), fresh.height(), fresh.pixelType());
        Mosaic mosaic = reader.readMosaic(request, destination);
        assertSame(destination, mosaic.pixels());
        assertEquals(Digests.md5(fresh.pixels()), Digests.md5(destination));
        assertRubbishBehind(destination);
        assertEquals(fresh.failures().size(), mosaic.failures().size());
        for (int i = 0; i < fresh.failures().size(); i++) {
            assertEquals(
                    fresh.failures().get(i).holes(), mosaic.failures().get(i).holes());
        }
        return mosaic;
    }

    private static List<MosaicRequest> requests() {
        MosaicRequest whole = MosaicRequest.wholeImage();
        MosaicRequest some = MosaicRequest.region(-20, 7, 90, 61);
        List<MosaicRequest> requests = new ArrayList<>();
        for (MosaicRequest request : List.of(whole, some, whole.background(0.25, 0.5, 1))) {
            requests.add(request);
            requests.add(request.parallelism(Parallelism.threads(3).batch(1)));
            requests.add(request.zoom(0.37));
            requests.add(request.zoom(0.37).downscaling(Downscaling.AREA_AVERAGE));
            requests.add(request.overlap(Overlap.FEATHER));
            requests.add(request.maskAware(true));
            requests.add(request.pyramidLayer(2, 0));
        }
        return requests;
    }

    /** Tiles at random places with gaps between them. */
    private static TestCzi scattered(PixelType type) {
        SplittableRandom random = new SplittableRandom(6);
        TestCzi czi = new TestCzi();
        for (int i = 0; i < 14; i++) {
            ByteBuffer pixels =
                    ByteBuffer.allocate(23 * 17 * type.bytesPerPixel()).order(ByteOrder.LITTLE_ENDIAN);
            while (pixels.hasRemaining()) {
                switch (type.sample()) {
                    case FLOAT32 -> pixels.putFloat((float) random.nextDouble());
                    case FLOAT64 -> pixels.putDouble(random.nextDouble());
                    default -> pixels.put((byte) random.nextInt());
                }
            }
            czi.add(new Tile(random.nextInt(110), random.nextInt(90), 23, 17, type, pixels.array()).m(i));
        }
        return czi;
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "UNKNOWN")
    void whatWasThereBeforeNeverShows(PixelType type) throws CziException {
        try (CziReader reader = scattered(type).open()) {
            for (MosaicRequest request : requests()) {
                assertTrue(assertSamePixels(reader, request).isComplete());
            }
        }
    }

    @Test
    void convertedPixelsToo() throws CziException {
        try (CziReader reader = scattered(PixelType.GRAY8).open()) {
            for (MosaicRequest request : requests()) {
                assertSamePixels(reader, request.pixelType(PixelType.BGR24));
                assertSamePixels(reader, request.pixelType(PixelType.GRAY16));
            }
        }
    }

    @Test
    void aFileWithoutTilesThereIsAllBackground() throws CziException {
        try (CziReader reader = new TestCzi().add(TestCzi.gray8(0, 0, 2, 2, 9)).open()) {
            MosaicRequest request = MosaicRequest.region(100, 100, 3, 2).background(1, 1, 1);
            Pixels destination = dirty(3, 2, PixelType.GRAY8);
            reader.readMosaic(request, destination);
            assertEquals("[-1, -1, -1, -1, -1, -1]", Arrays.toString(Arrays.copyOf(destination.bytes(), 6)));
        }
    }

    /** Damaged tiles at several heights of the pile: what lies below shows, and else background, never what was there. */
    @ParameterizedTest
    @EnumSource(names = {"GRAY8", "BGR48", "GRAY32_FLOAT"})
    void damageLeavesHolesOfBackground(PixelType type) throws CziException {
        TestCzi czi = scattered(type);
        for (int i = 0; i < 4; i++) {
            byte[] cut = new byte[31 * 19 * type.bytesPerPixel() - 1];
            czi.add(new Tile(20 * i, 15 * i, 31, 19, type, cut).m(5 * i).compression(UNKNOWN_COMPRESSION));
        }
        try (CziReader reader = czi.open()) {
            boolean hasHole = false;
            for (MosaicRequest request : requests()) {
                Mosaic mosaic = assertSamePixels(reader, request);
                assertFalse(mosaic.isComplete());
                hasHole |= mosaic.failures().stream()
                        .anyMatch(failure -> !failure.holes().isEmpty());
            }
            assertTrue(hasHole);
            MosaicRequest strict = MosaicRequest.wholeImage().strict();
            MosaicPlan plan = reader.plan(strict);
            Pixels destination = dirty(plan.width(), plan.height(), type);
            assertThrows(CziException.class, () -> reader.readMosaic(strict, destination));
        }
    }

    /** So many tiles over each other that they are painted one after the other. */
    @Test
    void pilesThatCannotBeCutApartToo() throws CziException {
        SplittableRandom random = new SplittableRandom(3);
        TestCzi czi = new TestCzi();
        for (int i = 0; i < 3000; i++) {
            czi.add(TestCzi.gray8(random.nextInt(60), random.nextInt(60), 20, 20, i)
                    .m(i));
        }
        czi.add(TestCzi.gray8(200, 50, 3, 3, 7));
        try (CziReader reader = czi.open()) {
            assertFalse(reader.plan(MosaicRequest.wholeImage()).isDisjoint());
            assertSamePixels(reader, MosaicRequest.wholeImage());
            assertSamePixels(reader, MosaicRequest.wholeImage().background(0.5, 0.5, 0.5));
        }
    }

    @Test
    void aDestinationOfAnotherSizeOrTypeIsRefused() throws CziException {
        try (CziReader reader = scattered(PixelType.GRAY16).open()) {
            MosaicRequest request = MosaicRequest.region(0, 0, 20, 10);
            for (Pixels wrong : List.of(
                    Pixels.allocate(20, 11, PixelType.GRAY16),
                    Pixels.allocate(10, 20, PixelType.GRAY16),
                    Pixels.allocate(20, 10, PixelType.GRAY8))) {
                String what = wrong.width() + "×" + wrong.height() + " "
                        + wrong.type().label();
                IllegalArgumentException refusal =
                        assertThrows(IllegalArgumentException.class, () -> reader.readMosaic(request, wrong));
                assertTrue(refusal.getMessage().contains(what), refusal.getMessage());
                assertTrue(refusal.getMessage().contains("20×10 " + PixelType.GRAY16.label()), refusal.getMessage());
                assertThrows(
                        IllegalArgumentException.class,
                        () -> reader.readMosaic(request, (width, height, type) -> wrong));
                assertThrows(
                        IllegalArgumentException.class,
                        () -> reader.readBlocks(request, 10, (width, height, type) -> wrong, block -> {}));
            }
        }
    }

    @Test
    void anArrayMustHoldTheBitmap() {
        short[] array = new short[12];
        assertSame(array, Pixels.of(2, 2, PixelType.BGR48, array).shorts());
        assertRefused("need an array of 18 elements, and this one has 12", 3, 2, PixelType.BGR48, array);
        assertRefused("need a byte[], not a short[]", 2, 2, PixelType.GRAY8, array);
        assertRefused("not a null", 2, 2, PixelType.GRAY8, null);
        assertRefused("-1×2", -1, 2, PixelType.GRAY16, array);
        assertRefused("no bitmap", 1, 1, PixelType.UNKNOWN, array);
        assertRefused("elements", Integer.MAX_VALUE, Integer.MAX_VALUE, PixelType.BGR48, array);
    }

    private static void assertRefused(String reason, int width, int height, PixelType type, Object array) {
        var refusal = assertThrows(IllegalArgumentException.class, () -> Pixels.of(width, height, type, array));
        assertTrue(refusal.getMessage().contains(reason), refusal.getMessage());
    }

    @Test
    void oneArrayServesAsLongAsItFits() {
        PixelAllocator allocator = PixelAllocator.reusing();
        Object first = allocator.allocate(10, 10, PixelType.GRAY16).array();
        assertSame(first, allocator.allocate(5, 5, PixelType.BGR48).array());
        assertEquals(5, allocator.allocate(5, 7, PixelType.GRAY16).width());
        assertSame(first, allocator.allocate(100, 1, PixelType.GRAY16).array());
        Object longer = allocator.allocate(101, 1, PixelType.GRAY16).array();
        assertNotSame(first, longer);
        assertTrue(allocator.allocate(1, 1, PixelType.GRAY8).array() instanceof byte[]);
    }

    @Test
    void whatTheCallerBringsIsNotCounted() throws CziException {
        TestCzi czi = new TestCzi().add(TestCzi.gray8(0, 0, 10, 10, 5)).add(TestCzi.gray8(2000, 1990, 10, 10, 5));
        MosaicRequest request = MosaicRequest.wholeImage().parallelism(Parallelism.threads(2));
        long image = 2010L * 2000;
        try (CziReader reader = TestCzi.open(czi.bytes(), CziOptions.defaults().memoryLimit(1 << 20))) {
            MosaicPlan plan = reader.plan(request);
            MosaicPlan into = plan.intoDestination();
            assertEquals(1, plan.workers());
            assertEquals(2, into.workers());
            assertEquals(plan.predictedPeakBytes() - image, into.predictedPeakBytes() / 2);
            assertSame(into, into.intoDestination());
            CziException refusal = assertThrows(CziException.class, () -> reader.readMosaic(request));
            assertEquals(CziException.Kind.LIMIT, refusal.kind());
            assertThrows(CziException.class, () -> reader.readMosaic(request, PixelAllocator.reusing()));
            Mosaic mosaic = reader.readMosaic(request, dirty(2010, 2000, PixelType.GRAY8));
            assertEquals(5, mosaic.bytes()[0]);
            assertEquals(0, mosaic.bytes()[10]);
        }
    }

    @Test
    void blocksInOneArrayHoldWhatTheWholeHolds() throws IOException {
        try (CziReader reader = scattered(PixelType.BGR24).open()) {
            for (MosaicRequest request : requests()) {
                Pixels whole = reader.readMosaic(request).pixels();
                Pixels joined = Pixels.allocate(whole.width(), whole.height(), whole.type());
                int row = 3 * whole.width();
                Set<Object> arrays = new HashSet<>();
                reader.readBlocks(request, 7, PixelAllocator.reusing(), block -> {
                    arrays.add(block.pixels().array());
                    int rows = block.pixels().height();
                    System.arraycopy(block.pixels().bytes(), 0, joined.bytes(), block.firstRow() * row, rows * row);
                    Arrays.fill(block.pixels().bytes(), (byte) 0xA5);
                });
                assertEquals(1, arrays.size());
                assertEquals(Digests.md5(whole), Digests.md5(joined));
            }
        }
    }

    @Test
    void blocksHaveArraysOfTheirOwnUnlessSaidOtherwise() throws IOException {
        try (CziReader reader = scattered(PixelType.GRAY8).open()) {
            Set<Object> arrays = new HashSet<>();
            BlockReport report = reader.readBlocks(
                    MosaicRequest.wholeImage(),
                    10,
                    block -> arrays.add(block.pixels().array()));
            assertEquals(report.blocks(), arrays.size());
        }
    }
}
