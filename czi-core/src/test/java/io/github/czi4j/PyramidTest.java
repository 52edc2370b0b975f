package io.github.czi4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Downscaling;
import io.github.czi4j.model.Overlap;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.PyramidGaps;
import io.github.czi4j.model.PyramidLayer;
import io.github.czi4j.model.Rect;
import io.github.czi4j.testing.TestCzi;
import io.github.czi4j.testing.TestCzi.Tile;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Stored layers by their number, and pyramids that are not complete. */
class PyramidTest {
    private static final int UNKNOWN_COMPRESSION = 77;

    /** A tile of one value whose bitmap is smaller than its place. */
    private static Tile reduced(int x, int y, int width, int height, int storedWidth, int storedHeight, int value) {
        byte[] pixels = new byte[storedWidth * storedHeight];
        Arrays.fill(pixels, (byte) value);
        return new Tile(x, y, storedWidth, storedHeight, PixelType.GRAY8, pixels)
                .logical(width, height)
                .stored(storedWidth, storedHeight);
    }

    private static byte[] row(int... runs) {
        int length = 0;
        for (int i = 1; i < runs.length; i += 2) {
            length += runs[i];
        }
        byte[] result = new byte[length];
        int at = 0;
        for (int i = 0; i < runs.length; i += 2) {
            Arrays.fill(result, at, at += runs[i + 1], (byte) runs[i]);
        }
        return result;
    }

    private static byte[] read(TestCzi czi, MosaicRequest request) throws CziException {
        try (CziReader reader = czi.open()) {
            return reader.readMosaic(request).bytes();
        }
    }

    @Test
    void aTileBelongsToTheSmallestLayerThatReachesItsRoundedRatio() {
        PyramidLayer twos = new PyramidLayer(2, 0);
        assertEquals(0, twos.layerOf(100, 100));
        assertEquals(0, twos.layerOf(100, 250));
        assertEquals(0, twos.layerOf(149, 100));
        assertEquals(1, twos.layerOf(150, 100));
        assertEquals(1, twos.layerOf(249, 100));
        assertEquals(2, twos.layerOf(250, 100));
        assertEquals(2, twos.layerOf(440, 100));
        assertEquals(3, twos.layerOf(450, 100));
        assertEquals(31, twos.layerOf(Integer.MAX_VALUE, 1));
        assertEquals(2, new PyramidLayer(3, 0).layerOf(400, 100));
        assertEquals(81, new PyramidLayer(3, 4).factor());
        assertThrows(IllegalArgumentException.class, () -> new PyramidLayer(1, 1));
        assertThrows(IllegalArgumentException.class, () -> new PyramidLayer(2, -1));
        assertThrows(IllegalArgumentException.class, () -> new PyramidLayer(2, 31));
    }

    @Test
    void aStoredLayerIsShownUnscaledAndByItself() throws CziException {
        TestCzi czi = new TestCzi()
                .add(TestCzi.gray8(0, 0, 12, 4, 10).m(1))
                .add(reduced(0, 0, 8, 4, 4, 2, 20))
                .add(reduced(6, 0, 8, 4, 4, 2, 30).m(0))
                .add(reduced(0, 0, 12, 4, 4, 1, 40));
        MosaicRequest all = MosaicRequest.region(0, 0, 13, 5);
        assertArrayEquals(row(20, 3, 30, 3, 20, 3, 30, 3), read(czi, all.pyramidLayer(2, 1)));
        // A ratio of 3 lies in the layer of factor 4 when layers go by 2, and with that of 2 when they go by 3.
        assertArrayEquals(row(40, 3), read(czi, all.pyramidLayer(2, 2)));
        assertArrayEquals(row(40, 2, 30, 2), read(czi, all.pyramidLayer(3, 1)));
        assertArrayEquals(
                row(10, 12, 0, 1, 10, 12, 0, 1, 10, 12, 0, 1, 10, 12, 0, 1, 0, 13), read(czi, all.pyramidLayer(2, 0)));
    }

    @Test
    void placesAreDividedTowardZero() throws CziException {
        TestCzi czi = new TestCzi().add(reduced(-1, 0, 4, 2, 2, 1, 20)).add(reduced(5, 0, 4, 2, 2, 1, 30));
        assertArrayEquals(
                row(20, 2, 30, 2), read(czi, MosaicRequest.region(0, 0, 8, 2).pyramidLayer(2, 1)));
        assertArrayEquals(
                row(0, 1, 20, 2, 0, 1, 30, 2),
                read(czi, MosaicRequest.region(-3, 0, 12, 2).pyramidLayer(2, 1)));
    }

    @Test
    void aStoredLayerHeedsScenesAndRefusesWhatHasNoPixels() throws CziException {
        TestCzi czi = new TestCzi()
                .add(reduced(0, 0, 4, 2, 2, 1, 20).at("C0S0"))
                .add(reduced(4, 0, 4, 2, 2, 1, 30).at("C0S1"));
        MosaicRequest all = MosaicRequest.region(0, 0, 8, 2).pyramidLayer(2, 1);
        assertArrayEquals(row(20, 2, 30, 2), read(czi, all));
        assertArrayEquals(row(0, 2, 30, 2), read(czi, all.scene(1)));
        try (CziReader reader = czi.open()) {
            MosaicRequest tiny = MosaicRequest.region(0, 0, 8, 1).pyramidLayer(2, 1);
            assertThrows(IllegalArgumentException.class, () -> reader.plan(tiny));
            assertEquals(4, reader.plan(all).width());
            assertEquals(2, reader.plan(tiny.zoom(0.25).zoom(1)).height() * 2);
        }
    }

    /** Left: quarter and half; middle: half only; right: full resolution only. */
    private static TestCzi stairs() {
        return new TestCzi()
                .add(TestCzi.gray8(0, 0, 96, 32, 10))
                .add(reduced(0, 0, 64, 32, 32, 16, 20))
                .add(reduced(0, 0, 32, 32, 8, 8, 40));
    }

    @Test
    void aGapOfTheChosenLayerShowsTheNextFinerOne() throws CziException {
        MosaicRequest overview = MosaicRequest.region(0, 0, 96, 32).zoom(0.25);
        try (CziReader reader = stairs().open()) {
            Mosaic left = reader.readMosaic(overview.pyramidGaps(PyramidGaps.LEAVE));
            assertArrayEquals(row(40, 8, 0, 16), Arrays.copyOf(left.bytes(), 24));
            assertEquals(
                    16 * 8, left.pyramidGaps().stream().mapToLong(Rect::area).sum());
            assertTrue(left.pyramidGaps().stream().allMatch(new Rect(8, 0, 16, 8)::contains));
            assertEquals(1, left.decodedCount());

            Mosaic filled = reader.readMosaic(overview);
            // The inclusive right edge of nearest neighbours reaches one pixel further (sheet §7.5).
            for (int y = 0; y < 8; y++) {
                assertArrayEquals(row(40, 8, 20, 9, 10, 7), Arrays.copyOfRange(filled.bytes(), 24 * y, 24 * (y + 1)));
            }
            assertEquals(List.of(), filled.pyramidGaps());
            assertEquals(3, filled.drawnCount());

            // Where the layer is complete nothing else is read.
            Mosaic complete =
                    reader.readMosaic(MosaicRequest.region(0, 0, 32, 32).zoom(0.25));
            assertEquals(1, complete.decodedCount());
            assertEquals(0, complete.hiddenCount());
        }
    }

    /** What fills a gap is not blended with, nor seen through, what was chosen. */
    @Test
    void gapsAreFilledAlikeWhateverTheComposition() throws CziException {
        MosaicRequest overview = MosaicRequest.region(0, 0, 96, 32).zoom(0.25);
        byte[] exact = row(40, 8, 20, 8, 10, 8);
        byte[] nearest = row(40, 8, 20, 9, 10, 7);
        byte[] averaged = read(stairs(), overview.downscaling(Downscaling.AREA_AVERAGE));
        byte[] feathered = read(stairs(), overview.overlap(Overlap.FEATHER));
        byte[] both = read(stairs(), overview.overlap(Overlap.FEATHER).downscaling(Downscaling.AREA_AVERAGE));
        byte[] masked = read(stairs(), overview.maskAware(true));
        for (int y = 0; y < 8; y++) {
            assertArrayEquals(exact, Arrays.copyOfRange(averaged, 24 * y, 24 * (y + 1)));
            assertArrayEquals(exact, Arrays.copyOfRange(both, 24 * y, 24 * (y + 1)));
            assertArrayEquals(nearest, Arrays.copyOfRange(feathered, 24 * y, 24 * (y + 1)));
            assertArrayEquals(nearest, Arrays.copyOfRange(masked, 24 * y, 24 * (y + 1)));
        }
    }

    /** Many scenes, each with tiles of its own and every second one with a pyramid. */
    @Test
    void aThousandScenesArePlannedAtOnce() throws CziException {
        TestCzi czi = new TestCzi();
        for (int scene = 0; scene < 1000; scene++) {
            int x = scene % 40 * 20;
            int y = scene / 40 * 20;
            for (int tile = 0; tile < 4; tile++) {
                czi.add(TestCzi.gray8(x + tile % 2 * 8, y + tile / 2 * 8, 8, 8, 100)
                        .at("C0S" + scene));
            }
            if (scene % 2 == 0) {
                czi.add(reduced(x, y, 16, 8, 4, 2, 50).at("C0S" + scene));
            }
        }
        try (CziReader reader = czi.open()) {
            Mosaic mosaic =
                    reader.readMosaic(MosaicRequest.wholeImage().zoom(0.25).downscaling(Downscaling.AREA_AVERAGE));
            int[] counts = new int[101];
            for (byte value : mosaic.bytes()) {
                counts[value]++;
            }
            // Scenes of 4×4 pixels: half of them all of full resolution, half of them with a pyramid for the upper
            // half.
            assertEquals(500 * 8, counts[50]);
            assertEquals(500 * 16 + 500 * 8, counts[100]);
            assertEquals(List.of(), mosaic.pyramidGaps());
        }
    }

    @Test
    void coarserLayersFillOnlyIfAskedTo() throws CziException {
        TestCzi czi = new TestCzi()
                .add(TestCzi.gray8(0, 0, 4, 4, 10))
                .add(reduced(0, 0, 8, 4, 4, 2, 20))
                .add(reduced(0, 0, 16, 4, 4, 1, 40));
        try (CziReader reader = czi.open()) {
            Mosaic mosaic = reader.readMosaic(MosaicRequest.region(0, 0, 16, 4));
            assertArrayEquals(row(10, 4, 0, 12), Arrays.copyOf(mosaic.bytes(), 16));
            assertEquals(48, mosaic.pyramidGaps().stream().mapToLong(Rect::area).sum());
            Mosaic filled = reader.readMosaic(MosaicRequest.region(0, 0, 16, 4).pyramidGaps(PyramidGaps.FILL_ANY));
            assertArrayEquals(row(10, 4, 20, 4, 40, 8), Arrays.copyOf(filled.bytes(), 16));
            assertEquals(List.of(), filled.pyramidGaps());
        }
    }

    /** One edge tile, barely coarser than the zoom, would make libCZI leave out all the others. */
    @Test
    void anOddTileDoesNotBlankTheRest() throws CziException {
        TestCzi czi = new TestCzi();
        for (int x = 0; x < 400; x += 100) {
            czi.add(TestCzi.gray8(x, 0, 100, 40, 100));
            czi.add(reduced(x, 0, 100, 40, 50, 20, 50));
        }
        czi.add(TestCzi.gray8(400, 0, 27, 40, 100)).add(reduced(400, 0, 27, 40, 7, 10, 25));
        MosaicRequest request = MosaicRequest.region(0, 0, 427, 40).zoom(0.26);
        try (CziReader reader = czi.open()) {
            Mosaic left = reader.readMosaic(request.pyramidGaps(PyramidGaps.LEAVE));
            Mosaic filled = reader.readMosaic(request);
            int width = filled.width();
            assertEquals(111, width);
            assertEquals(0, left.bytes()[3]);
            assertFalse(left.pyramidGaps().isEmpty());
            for (int x = 0; x < width; x++) {
                int expected = left.bytes()[x] == 25 ? 25 : 50;
                assertEquals(expected, filled.bytes()[x], "column " + x);
            }
        }
    }

    @Test
    void aDamagedPyramidTileShowsTheFinerLayerAndIsReported() throws CziException {
        TestCzi czi = new TestCzi()
                .add(TestCzi.gray8(0, 0, 16, 16, 10))
                .add(reduced(0, 0, 16, 16, 8, 8, 20).compression(UNKNOWN_COMPRESSION));
        byte[] file = czi.bytes();
        try (CziReader reader = TestCzi.open(file, CziOptions.defaults())) {
            // Another size than that of the bitmap, which would be taken for raw pixels.
            file[(int) reader.subblockInfo(1).filePosition() + 32 + 8]--;
        }
        MosaicRequest request = MosaicRequest.region(0, 0, 16, 16).zoom(0.5);
        try (CziReader reader = TestCzi.open(file, CziOptions.defaults())) {
            Mosaic mosaic = reader.readMosaic(request);
            assertArrayEquals(row(10, 64), mosaic.bytes());
            assertEquals(1, mosaic.failures().size());
            assertEquals(List.of(), mosaic.failures().get(0).holes());
            Mosaic left = reader.readMosaic(request.pyramidGaps(PyramidGaps.LEAVE));
            assertArrayEquals(row(0, 64), left.bytes());
            assertEquals(List.of(new Rect(0, 0, 8, 8)), left.failures().get(0).holes());
        }
    }

    /** Each scene has its own pyramid; one has none at all. */
    @Test
    void aSceneWithoutAPyramidIsNotBlank() throws CziException {
        TestCzi czi = new TestCzi()
                .add(TestCzi.gray8(0, 0, 30, 30, 10).at("C0S0"))
                .add(reduced(0, 0, 30, 30, 10, 10, 30).at("C0S0"))
                .add(TestCzi.gray8(60, 0, 30, 30, 11).at("C0S1"));
        byte[] pixels = read(czi, MosaicRequest.wholeImage().zoom(1 / 3.0));
        assertEquals(30, pixels[0]);
        assertEquals(30, pixels[9]);
        assertEquals(0, pixels[15]);
        assertEquals(11, pixels[20]);
        assertEquals(11, pixels[29]);
    }
}
