package io.github.czi4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.czi4j.model.Coordinate;
import io.github.czi4j.model.Parallelism;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Pixels;
import io.github.czi4j.model.Rect;
import io.github.czi4j.model.TileOrder;
import io.github.czi4j.testing.TestCzi;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Uncompressed tiles of a mapped file, which are copied in strips across several of them, against pixels painted here. */
class StripsTest {
    private static final int TILES = 30;

    @TempDir
    private Path folder;

    private record Placed(Rect place, byte[] pixels) {}

    /** Tiles of all sizes at random places: some overlap, some are hidden, and the background shows between them. */
    private static List<Placed> tiles(PixelType type, SplittableRandom random) {
        List<Placed> tiles = new ArrayList<>();
        for (int i = 0; i < TILES; i++) {
            int width = 1 + random.nextInt(50);
            int height = 1 + random.nextInt(50);
            Rect place = new Rect(random.nextInt(-60, 90), random.nextInt(-60, 90), width, height);
            byte[] pixels = new byte[width * height * type.bytesPerPixel()];
            random.nextBytes(pixels);
            tiles.add(new Placed(place, pixels));
        }
        return tiles;
    }

    private Path write(List<Placed> tiles, PixelType type) throws IOException {
        Path path = folder.resolve("tiles.czi");
        Files.deleteIfExists(path);
        try (CziWriter writer = CziWriter.create(path)) {
            for (int m = 0; m < tiles.size(); m++) {
                Placed tile = tiles.get(m);
                writer.add(
                        NewSubblock.of(tile.place, type)
                                .at(Coordinate.parse("C0"))
                                .m(m),
                        tile.pixels);
            }
            writer.finish();
        }
        return path;
    }

    /** Later tiles over earlier ones, on black. */
    private static byte[] painted(List<Placed> tiles, Rect region, int pixelBytes) {
        byte[] all = new byte[region.width() * region.height() * pixelBytes];
        for (Placed tile : tiles) {
            Rect seen = tile.place.intersection(region);
            for (int y = seen.y(); y < seen.bottom(); y++) {
                int from = ((y - tile.place.y()) * tile.place.width() + seen.x() - tile.place.x()) * pixelBytes;
                int to = ((y - region.y()) * region.width() + seen.x() - region.x()) * pixelBytes;
                System.arraycopy(tile.pixels, from, all, to, seen.width() * pixelBytes);
            }
        }
        return all;
    }

    private static byte[] bytes(Pixels pixels) {
        byte[] bytes = new byte[(int) pixels.byteCount()];
        pixels.copyRows(0, pixels.height(), ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
        return bytes;
    }

    @ParameterizedTest
    @EnumSource(
            value = PixelType.class,
            names = {"GRAY8", "GRAY16", "GRAY32_FLOAT", "BGR24", "BGR48"})
    void stripsGiveWhatPaintingGives(PixelType type) throws IOException {
        SplittableRandom random = new SplittableRandom(type.ordinal());
        for (int round = 0; round < 20; round++) {
            List<Placed> tiles = tiles(type, random);
            Path path = write(tiles, type);
            try (CziReader reader = CziReader.open(path)) {
                Rect image = reader.bounds().image();
                int x = image.x() + random.nextInt(20);
                int y = image.y() + random.nextInt(20);
                Rect part = new Rect(x, y, 1 + random.nextInt(90), 1 + random.nextInt(90));
                for (Rect region : List.of(image, part)) {
                    byte[] expected = painted(tiles, region, type.bytesPerPixel());
                    MosaicRequest request = MosaicRequest.region(region)
                            .plane(Coordinate.parse("C0"))
                            .parallelism(Parallelism.threads(1 + round % 3)
                                    .batch(1 + random.nextInt(16))
                                    .order(TileOrder.values()[round % TileOrder.values().length]));
                    Mosaic mosaic = reader.readMosaic(request);
                    String what = "round " + round + ", " + region;
                    assertArrayEquals(expected, bytes(mosaic.pixels()), what);
                    assertEquals(reader.plan(request).tiles().size(), mosaic.decodedCount(), what);
                    assertArrayEquals(expected, inBlocks(reader, request, 1 + round), what);
                }
            }
        }
    }

    private static byte[] inBlocks(CziReader reader, MosaicRequest request, int rows) throws IOException {
        List<byte[]> blocks = new ArrayList<>();
        reader.readBlocks(request, rows, block -> blocks.add(bytes(block.pixels())));
        ByteBuffer all = ByteBuffer.allocate(
                blocks.stream().mapToInt(block -> block.length).sum());
        blocks.forEach(all::put);
        return all.array();
    }

    @Test
    void aDamagedTileAmongOthersShowsWhatIsBelow() throws IOException {
        TestCzi czi = new TestCzi();
        for (int i = 0; i < 6; i++) {
            czi.add(TestCzi.gray8(8 * i, 0, 8, 20, 10 + i));
        }
        czi.add(new TestCzi.Tile(4, 5, 16, 10, PixelType.GRAY8, new byte[3]));
        TestCzi.Tile lost = TestCzi.gray8(30, 5, 8, 10, 90);
        byte[] file = czi.add(lost).bytes();
        file[(int) lost.position()] = '?';
        Path path = folder.resolve("damaged.czi");
        Files.write(path, file);
        try (CziReader reader = CziReader.open(path)) {
            Mosaic mosaic = reader.readMosaic(MosaicRequest.wholeImage());
            byte[] expected = new byte[48 * 20];
            for (int i = 0; i < expected.length; i++) {
                int x = i % 48;
                int y = i / 48;
                expected[i] = (byte) (x >= 4 && x < 20 && y >= 5 && y < 15 ? 0 : 10 + x / 8);
            }
            assertArrayEquals(expected, bytes(mosaic.pixels()));
            assertEquals(1, mosaic.failures().size());
            assertEquals(7, mosaic.failures().get(0).index());
            assertTrue(
                    mosaic.warnings().stream().anyMatch(warning -> warning.index() == 6),
                    mosaic.warnings().toString());
        }
    }
}
