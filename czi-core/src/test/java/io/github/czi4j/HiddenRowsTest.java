package io.github.czi4j;

import static io.github.czi4j.testing.JxrStreams.stream;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.czi4j.model.CacheStatistics;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.Coordinate;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Downscaling;
import io.github.czi4j.model.Overlap;
import io.github.czi4j.model.Parallelism;
import io.github.czi4j.model.PixelAllocator;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Pixels;
import io.github.czi4j.model.Rect;
import io.github.czi4j.observe.ReadListener;
import io.github.czi4j.testing.TestCzi;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * JPEG XR tiles are decoded as far down as they are seen, and painted meanwhile: each mosaic must be that of the same tiles
 * stored uncompressed, of which nothing is left out.
 */
class HiddenRowsTest {
    private static final int WIDTH = 67;
    private static final int HEIGHT = 45;

    @TempDir
    private Path folder;

    /** A tile's place in the picture and in the drawing order. */
    private record Place(int x, int y, int m) {}

    /** The same tiles twice. */
    private record Twins(byte[] compressed, byte[] plain) {
        CziReader openCompressed(CziOptions options) throws CziException {
            return TestCzi.open(compressed, options);
        }

        CziReader openPlain() throws CziException {
            return TestCzi.open(plain, CziOptions.defaults().tileCache(0));
        }
    }

    private byte[] write(List<Place> places, PixelType type, Compression compression, byte[] payload)
            throws IOException {
        return write(places, type, compression, place -> payload);
    }

    private byte[] write(List<Place> places, PixelType type, Compression compression, Function<Place, byte[]> payloads)
            throws IOException {
        Path path = folder.resolve("tiles.czi");
        Files.deleteIfExists(path);
        try (CziWriter writer = CziWriter.create(path)) {
            for (Place place : places) {
                NewSubblock tile = NewSubblock.of(new Rect(place.x, place.y, WIDTH, HEIGHT), type)
                        .at(Coordinate.parse("C0"))
                        .m(place.m)
                        .compressed(compression);
                writer.addEncoded(tile, payloads.apply(place));
            }
            writer.finish();
        }
        return Files.readAllBytes(path);
    }

    private static byte[] pixels(byte[] file) throws CziException {
        try (CziReader reader = TestCzi.open(file, CziOptions.defaults())) {
            return bytes(reader.subblock(0).read().pixels());
        }
    }

    private Twins twins(List<Place> places, PixelType type, String name) throws IOException {
        byte[] compressed = write(places, type, Compression.JPEG_XR, stream(name));
        return new Twins(compressed, write(places, type, Compression.UNCOMPRESSED, pixels(compressed)));
    }

    /** Rows of tiles with an overlap, drawn in any order. */
    private static List<Place> grid(SplittableRandom random, int columns, int rows, boolean isShuffled) {
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < columns * rows; i++) {
            int m = isShuffled ? random.nextInt(1000) : i;
            places.add(new Place(i % columns * 58 + random.nextInt(5), i / columns * 33 + random.nextInt(7), m));
        }
        return places;
    }

    private static List<MosaicRequest> requests(SplittableRandom random, Rect image) {
        MosaicRequest whole = MosaicRequest.wholeImage().background(0.25, 0.5, 0.75);
        List<MosaicRequest> requests = new ArrayList<>(List.of(
                whole,
                whole.parallelism(Parallelism.sequential()),
                whole.parallelism(Parallelism.threads(3)),
                whole.strict(),
                whole.zoom(0.4),
                whole.zoom(0.4).downscaling(Downscaling.AREA_AVERAGE),
                whole.maskAware(true),
                whole.overlap(Overlap.FEATHER)));
        for (int i = 0; i < 12; i++) {
            int x = random.nextInt(image.width());
            int y = random.nextInt(image.height());
            Rect region = new Rect(
                    image.x() + x,
                    image.y() + y,
                    1 + random.nextInt(image.width() - x),
                    1 + random.nextInt(image.height() - y));
            requests.add(MosaicRequest.region(region).background(1, 0, 0));
        }
        return requests;
    }

    @Test
    void mosaicsAreThoseOfUncompressedTiles() throws IOException {
        SplittableRandom random = new SplittableRandom(606);
        List<CziOptions> options = List.of(
                CziOptions.defaults(),
                CziOptions.defaults().tileCache(0),
                CziOptions.defaults().tileCache(1 << 20),
                CziOptions.defaults().tileCache(5 * WIDTH * HEIGHT));
        Object[][] kinds = {
            {PixelType.GRAY8, "gray8-overlap0"},
            {PixelType.GRAY8, "gray8-overlap2-spatial"},
            {PixelType.GRAY16, "gray16-overlap1"},
            {PixelType.BGR24, "bgr24-overlap1"},
            {PixelType.BGR24, "rgb24-overlap2"},
            {PixelType.BGR48, "rgb48-overlap0"}
        };
        for (Object[] kind : kinds) {
            for (boolean isShuffled : new boolean[] {false, true}) {
                List<Place> places = grid(random, 3, 5, isShuffled);
                Twins twins = twins(places, (PixelType) kind[0], (String) kind[1]);
                for (CziOptions one : options) {
                    try (CziReader compressed = twins.openCompressed(one);
                            CziReader plain = twins.openPlain()) {
                        for (MosaicRequest request :
                                requests(random, plain.bounds().image())) {
                            compare(plain, compressed, request, kind[1] + " " + one + " " + request);
                        }
                    }
                }
            }
        }
    }

    private static void compare(CziReader plain, CziReader compressed, MosaicRequest request, String what)
            throws IOException {
        Mosaic expected = plain.readMosaic(request);
        Mosaic found = compressed.readMosaic(request);
        assertEquals(List.of(), found.failures(), what);
        assertEquals(Arrays.toString(bytes(expected.pixels())), Arrays.toString(bytes(found.pixels())), what);
        int[] next = {0};
        compressed.readBlocks(request, 19, block -> {
            Pixels pixels = block.pixels();
            byte[] part = bytes(pixels);
            int from = next[0] * pixels.width() * pixels.type().bytesPerPixel();
            assertArrayEquals(
                    Arrays.copyOfRange(bytes(expected.pixels()), from, from + part.length), part, what + " by blocks");
            next[0] += pixels.height();
        });
    }

    private static byte[] bytes(Pixels pixels) {
        ByteBuffer bytes = ByteBuffer.allocate((int) pixels.byteCount());
        pixels.copyRows(0, pixels.height(), bytes);
        return bytes.array();
    }

    /** One below the other, so that the lower rows of all but the last are hidden. */
    private static List<Place> column(int tiles) {
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < tiles; i++) {
            places.add(new Place(0, 20 * i, i));
        }
        return places;
    }

    /** The same tiles, of which one has lost the end of its stream. */
    private byte[] withCutTile(List<Place> places, int cut) throws IOException {
        byte[] whole = stream("gray8-overlap2-spatial");
        byte[] part = Arrays.copyOf(whole, whole.length * 4 / 5);
        return write(places, PixelType.GRAY8, Compression.JPEG_XR, place -> place.m == cut ? part : whole);
    }

    @Test
    void damageThatNobodySeesIsToldToThoseAloneWhoWantToKnow() throws IOException {
        // Of the first tile four rows can be seen, of the second one 41.
        List<Place> places = List.of(new Place(0, 0, 0), new Place(0, 4, 1), new Place(0, 45, 2));
        Twins twins = twins(places, PixelType.GRAY8, "gray8-overlap2-spatial");
        MosaicRequest whole = MosaicRequest.wholeImage();
        try (CziReader plain = twins.openPlain();
                CziReader hidden = TestCzi.open(withCutTile(places, 0), CziOptions.defaults());
                CziReader seen = TestCzi.open(withCutTile(places, 1), CziOptions.defaults())) {
            Mosaic mosaic = hidden.readMosaic(whole);
            assertArrayEquals(plain.readMosaic(whole).bytes(), mosaic.bytes());
            assertEquals(List.of(), mosaic.warnings());
            CziException e = assertThrows(CziException.class, () -> hidden.readMosaic(whole.strict()));
            assertTrue(e.getMessage().contains("end early"), e.getMessage());
            assertFalse(hidden.subblock(0).read().warnings().isEmpty());
            assertEquals(1, seen.readMosaic(whole).warnings().size());
        }
    }

    /** What a failing tile leaves must be filled by rows of others that were not decoded at first. */
    @Test
    void rowsThatWereHiddenShowWhereATileFails() throws IOException {
        List<Place> places = column(6);
        Twins twins = twins(places, PixelType.GRAY8, "gray8-overlap1");
        byte[] broken = twins.compressed.clone();
        try (CziReader reader = twins.openCompressed(CziOptions.defaults())) {
            // Its magic number.
            broken[(int) reader.subblock(3).storedRange().end() - stream("gray8-overlap1").length] = 'x';
        }
        List<Place> rest = new ArrayList<>(places);
        rest.remove(3);
        byte[] expected;
        try (CziReader plain = twins(rest, PixelType.GRAY8, "gray8-overlap1").openPlain()) {
            expected = plain.readMosaic(MosaicRequest.wholeImage()).bytes();
        }
        for (long cache : new long[] {0, 1 << 20}) {
            CziOptions options = CziOptions.defaults().tileCache(cache);
            try (CziReader reader = TestCzi.open(broken, options)) {
                for (int i = 0; i < 2; i++) {
                    Mosaic mosaic = reader.readMosaic(MosaicRequest.wholeImage());
                    assertEquals(1, mosaic.failures().size());
                    assertEquals(3, mosaic.failures().get(0).index());
                    assertArrayEquals(expected, mosaic.bytes());
                }
            }
        }
    }

    @Test
    void tilesAreKeptAsFarAsTheyAreSeen() throws IOException {
        List<Place> places = column(5);
        Twins twins = twins(places, PixelType.GRAY8, "gray8-overlap1");
        try (CziReader reader = twins.openCompressed(CziOptions.defaults().tileCache(1 << 20));
                CziReader plain = twins.openPlain()) {
            MosaicRequest line = MosaicRequest.region(new Rect(0, 7, WIDTH, 1));
            assertArrayEquals(
                    plain.readMosaic(line).bytes(), reader.readMosaic(line).bytes());
            assertEquals(20L * WIDTH, reader.cacheStatistics().orElseThrow().bytes(), "what the next tile leaves");
            MosaicRequest whole = MosaicRequest.wholeImage();
            assertArrayEquals(
                    plain.readMosaic(whole).bytes(), reader.readMosaic(whole).bytes());
            CacheStatistics all = reader.cacheStatistics().orElseThrow();
            assertEquals((4L * 20 + HEIGHT) * WIDTH, all.bytes());
            assertEquals(5, all.decoded());
            // A mosaic that leaves tiles out sees more of the others.
            byte[] bitmap = reader.subblock(0).read().pixels().bytes();
            assertArrayEquals(plain.subblock(0).read().pixels().bytes(), bitmap);
            CacheStatistics more = reader.cacheStatistics().orElseThrow();
            assertEquals(6, more.decoded());
            assertEquals((3L * 20 + 2 * HEIGHT) * WIDTH, more.bytes());
            reader.subblock(0).read();
            assertEquals(6, reader.cacheStatistics().orElseThrow().decoded());
        }
    }

    /** Who watches sees decoding and placing one after the other. */
    @Test
    void watchedMosaicsAreTheSame() throws IOException {
        Twins twins = twins(column(5), PixelType.GRAY16, "gray16-overlap1");
        List<String> stages = new ArrayList<>();
        ReadListener listener = (stage, subblock, start, nanos, bytes) -> stages.add(stage + " " + subblock);
        MosaicRequest whole = MosaicRequest.wholeImage().parallelism(Parallelism.sequential());
        try (CziReader reader = twins.openCompressed(CziOptions.defaults().listener(listener));
                CziReader plain = twins.openPlain()) {
            assertArrayEquals(
                    plain.readMosaic(whole).shorts(), reader.readMosaic(whole).shorts());
        }
        int decoded = stages.indexOf("DECODE 2");
        assertTrue(decoded >= 0 && stages.indexOf("PLACE 2") > decoded, stages.toString());
    }

    @Test
    void aTileGoesIntoAnArrayOfTheCallers() throws IOException {
        for (Compression compression : List.of(Compression.UNCOMPRESSED, Compression.JPEG_XR)) {
            byte[] file = write(column(2), PixelType.GRAY16, Compression.JPEG_XR, stream("gray16-overlap1"));
            file = compression == Compression.JPEG_XR
                    ? file
                    : write(column(2), PixelType.GRAY16, compression, pixels(file));
            try (CziReader reader = TestCzi.open(file, CziOptions.defaults())) {
                short[] expected = reader.subblock(1).read().pixels().shorts();
                short[] array = new short[WIDTH * HEIGHT + 3];
                Arrays.fill(array, (short) 0x5A5A);
                PixelAllocator allocator = (width, height, type) -> Pixels.of(width, height, type, array);
                Pixels pixels = reader.subblock(1).read(allocator).pixels();
                assertSame(array, pixels.array());
                assertArrayEquals(expected, Arrays.copyOf(array, WIDTH * HEIGHT));
                assertEquals(0x5A5A, array[WIDTH * HEIGHT]);
                assertThrows(
                        IllegalArgumentException.class,
                        () -> reader.subblock(1).read((width, height, type) -> Pixels.allocate(height, width, type)));
            }
        }
    }
}
