package io.github.czi4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.czi4j.model.Coordinate;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Pixels;
import io.github.czi4j.model.Rect;
import io.github.czi4j.testing.TestCzi;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PyramidBuilderTest {
    private static final int SIDE = 16;

    @TempDir
    private Path folder;

    private record Made(NewSubblock subblock, Pixels pixels) {}

    private static List<Made> build(CziReader reader) throws CziException {
        List<Made> made = new ArrayList<>();
        PyramidBuilder builder = new PyramidBuilder(reader, SIDE, false);
        builder.build((subblock, pixels) -> made.add(new Made(subblock, pixels)));
        assertTrue(made.size() <= builder.most(), made.size() + " of at most " + builder.most());
        return made;
    }

    private static TestCzi.Tile noise(int x, int y, int width, int height, PixelType type, long seed) {
        byte[] bytes = new byte[width * height * type.bytesPerPixel()];
        new SplittableRandom(seed).nextBytes(bytes);
        if (type.sample() == PixelType.Sample.FLOAT32 || type.sample() == PixelType.Sample.FLOAT64) {
            // Of moderate size, so that sums do not depend on their order by much.
            Pixels pixels = Pixels.allocate(width, height, type);
            SplittableRandom random = new SplittableRandom(seed);
            for (int i = 0; i < width * height * type.samplesPerPixel(); i++) {
                if (pixels.array() instanceof float[] floats) {
                    floats[i] = random.nextInt(1000);
                } else {
                    pixels.doubles()[i] = random.nextInt(1000);
                }
            }
            pixels.copyRows(0, height, ByteBuffer.wrap(bytes));
        }
        return new TestCzi.Tile(x, y, width, height, type, bytes);
    }

    private static double sample(Pixels pixels, int index) {
        return switch (pixels.type().sample()) {
            case UINT8 -> pixels.bytes()[index] & 0xFF;
            case UINT16 -> pixels.shorts()[index] & 0xFFFF;
            case INT32 -> pixels.ints()[index];
            case FLOAT32 -> pixels.floats()[index];
            case FLOAT64 -> pixels.doubles()[index];
        };
    }

    /** The plain way: each pixel is the mean of those of the four that there are. */
    private static double[] halved(double[] values, int width, int height, int samples, boolean isInteger) {
        int newWidth = (width + 1) / 2;
        double[] result = new double[newWidth * ((height + 1) / 2) * samples];
        for (int i = 0; i < result.length; i++) {
            int s = i % samples;
            int x = i / samples % newWidth;
            int y = i / samples / newWidth;
            double sum = 0;
            int count = 0;
            for (int dy = 0; dy < 2; dy++) {
                for (int dx = 0; dx < 2; dx++) {
                    if (2 * x + dx < width && 2 * y + dy < height) {
                        sum += values[((2 * y + dy) * width + 2 * x + dx) * samples + s];
                        count++;
                    }
                }
            }
            result[i] = isInteger ? Math.floor(sum / count + 0.5) : (float) (sum / count);
        }
        return result;
    }

    @ParameterizedTest
    @EnumSource(
            value = PixelType.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"UNKNOWN", "GRAY64_FLOAT"})
    void eachLayerIsTheMeanOfTheOneBelow(PixelType type) throws IOException {
        int width = 150;
        int height = 101;
        TestCzi file = new TestCzi()
                .add(noise(-7, 5, 80, height, type, 1).at("C3"))
                .add(noise(-7 + 80, 5, width - 80, height, type, 2).at("C3"));
        try (CziReader reader = file.open()) {
            List<Made> made = build(reader);
            Pixels full = reader.readMosaic(
                            MosaicRequest.region(-7, 5, width, height).plane("C3"))
                    .pixels();
            int samples = type.samplesPerPixel();
            boolean isInteger = type.sample().ordinal() <= PixelType.Sample.INT32.ordinal();
            double[] expected = new double[width * height * samples];
            for (int i = 0; i < expected.length; i++) {
                expected[i] = sample(full, i);
            }
            int w = width;
            int h = height;
            for (int layer = 1; layer <= 4; layer++) {
                expected = halved(expected, w, h, samples, isInteger);
                w = (w + 1) / 2;
                h = (h + 1) / 2;
                int covered = 0;
                for (Made tile : made) {
                    Rect place = tile.subblock.logical();
                    if (place.width() >> layer != tile.subblock.storedWidth()) {
                        continue;
                    }
                    assertEquals(Coordinate.parse("C3"), tile.subblock.coordinate());
                    int x0 = place.x() + 7 >> layer;
                    int y0 = place.y() - 5 >> layer;
                    assertEquals(0, x0 % SIDE);
                    for (int i = 0; i < tile.pixels.width() * tile.pixels.height() * samples; i++) {
                        int x = x0 + i / samples % tile.pixels.width();
                        int y = y0 + i / samples / tile.pixels.width();
                        assertEquals(
                                expected[(y * w + x) * samples + i % samples],
                                sample(tile.pixels, i),
                                "layer " + layer + " at " + x + "," + y);
                    }
                    covered += tile.pixels.width() * tile.pixels.height();
                }
                assertEquals(w * h, covered, "layer " + layer);
            }
            assertTrue(w <= SIDE && h <= SIDE, "the last layer is one tile");
        }
    }

    /** Scenes far apart have pyramids of their own, and nothing is made of what lies between. */
    @Test
    void eachSceneAndPlaneHasItsOwn() throws IOException {
        TestCzi file = new TestCzi()
                .add(TestCzi.gray8(0, 0, 40, 40, 100).at("S0C0").m(0))
                .add(TestCzi.gray8(1_000_000, 0, 20, 20, 200).at("S4C0").m(0))
                .add(TestCzi.gray8(0, 0, 16, 16, 50).at("S0C1").m(0));
        try (CziReader reader = file.open()) {
            Map<String, Integer> tiles = new TreeMap<>();
            for (Made made : build(reader)) {
                tiles.merge(made.subblock.coordinate().toString(), 1, Integer::sum);
                int value = made.subblock.coordinate().toString().contains("S4") ? 200 : 100;
                for (byte pixel : made.pixels.bytes()) {
                    assertEquals(value, pixel & 0xFF);
                }
            }
            // 40 → 20 → 10 pixels: 4 tiles and 1; 20 → 10: 1; 16 fit in a tile as they are.
            assertEquals(Map.of("C0S0", 5, "C0S4", 1), tiles);
        }
    }

    @Test
    void gapsWithoutTilesHaveNone() throws IOException {
        TestCzi file = new TestCzi()
                .add(TestCzi.gray8(0, 0, 64, 64, 10).at("C0"))
                .add(TestCzi.gray8(960, 960, 64, 64, 30).at("C0"));
        try (CziReader reader = file.open()) {
            Map<Integer, Integer> perLayer = new LinkedHashMap<>();
            for (Made made : build(reader)) {
                int scale = made.subblock.logical().width() / made.subblock.storedWidth();
                perLayer.merge(scale, 1, Integer::sum);
            }
            // Each corner: 2×2 tiles of 1/2, then one of each layer until both are in the last.
            assertEquals(Map.of(2, 8, 4, 2, 8, 2, 16, 2, 32, 2, 64, 1), perLayer);
        }
    }

    @Test
    void aCopyWithAPyramidReplacesTheOldOneAndReadsTheSameAtFullResolution() throws IOException {
        TestCzi file = new TestCzi()
                .add(noise(0, 0, 1500, 700, PixelType.GRAY8, 3).at("C0").m(0))
                .add(TestCzi.gray8(0, 0, 15, 7, 99).at("C0").logical(1500, 700));
        Path target = folder.resolve("layers.czi");
        try (CziReader reader = file.open()) {
            CziCopier.Report report = CziCopier.of(reader).pyramid().writeTo(target, (done, total) -> {
                assertTrue(done <= total);
            });
            assertEquals(2, report.subblocks());
            assertEquals(1, report.pyramidTiles());
            assertEquals(0, report.recompressed());
            try (CziReader copy = CziReader.open(target)) {
                MosaicRequest whole = MosaicRequest.wholeImage();
                assertArrayEquals(
                        reader.readMosaic(whole).bytes(), copy.readMosaic(whole).bytes());
                Mosaic half = copy.readMosaic(whole.zoom(0.5));
                assertEquals(1, half.decodedCount());
                assertEquals(750, half.width());
                assertFalse(
                        copy.subblocks().stream().anyMatch(tile -> tile.info().storedWidth() == 15));
            }
        }
    }

    @Test
    void damageEndsTheCopy() throws IOException {
        TestCzi file = new TestCzi()
                .add(TestCzi.gray8(0, 0, 2000, 10, 1).at("C0"))
                .add(new TestCzi.Tile(0, 10, 2000, 10, PixelType.GRAY8, new byte[] {1, 2, 3})
                        .at("C0")
                        .compression(5));
        Path target = folder.resolve("damaged.czi");
        try (CziReader reader = file.open()) {
            assertThrows(
                    CziException.class, () -> CziCopier.of(reader).pyramid().writeTo(target, (done, total) -> {}));
            assertFalse(Files.exists(target));
            CziCopier.Report report =
                    CziCopier.of(reader).skipDamaged(true).pyramid().writeTo(target, (done, total) -> {});
            assertEquals(1, report.losses().size());
            assertEquals(1, report.pyramidTiles());
        }
    }
}
