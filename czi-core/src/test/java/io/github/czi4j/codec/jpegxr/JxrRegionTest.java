package io.github.czi4j.codec.jpegxr;

import static io.github.czi4j.testing.JxrStreams.stream;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.czi4j.codec.jpegxr.JxrOptions.Resolution;
import io.github.czi4j.model.Rect;
import io.github.czi4j.testing.Corpus;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Parts of pictures, and pictures from the first bands. */
class JxrRegionTest {
    private static final JxrOptions ALL = JxrOptions.defaults();

    /** Whole bytes a pixel, 1-bit pictures by bit. */
    static byte[] crop(JxrImage image, Rect region) {
        if (image.format().bitsPerSample() == 1) {
            return cropBits(image, region);
        }
        int size = image.samples().length / (image.width() * image.height());
        byte[] result = new byte[region.width() * region.height() * size];
        for (int y = 0; y < region.height(); y++) {
            int from = ((region.y() + y) * image.width() + region.x()) * size;
            System.arraycopy(image.samples(), from, result, y * region.width() * size, region.width() * size);
        }
        return result;
    }

    private static byte[] cropBits(JxrImage image, Rect region) {
        int rowBytes = (region.width() + 7) / 8;
        byte[] result = new byte[rowBytes * region.height()];
        for (int y = 0; y < region.height(); y++) {
            for (int x = 0; x < region.width(); x++) {
                int from = region.x() + x;
                int bit = image.samples()[(region.y() + y) * ((image.width() + 7) / 8) + from / 8] >> 7 - from % 8 & 1;
                result[y * rowBytes + x / 8] |= (byte) (bit << 7 - x % 8);
            }
        }
        return result;
    }

    static Rect random(SplittableRandom random, int width, int height) {
        int x = random.nextInt(width);
        int y = random.nextInt(height);
        return new Rect(x, y, 1 + random.nextInt(width - x), 1 + random.nextInt(height - y));
    }

    @ParameterizedTest
    @MethodSource("io.github.czi4j.testing.JxrStreams#lossless")
    void aRegionHoldsWhatTheWholeHoldsThere(String name) throws IOException {
        byte[] file = stream(name);
        JxrImage whole = JxrDecoder.decode(file, ALL);
        SplittableRandom random = new SplittableRandom(1);
        JxrDecoder decoder = new JxrDecoder();
        for (int i = 0; i < 200; i++) {
            Rect region = random(random, whole.width(), whole.height());
            JxrOptions options = ALL.region(region);
            byte[] expected = crop(whole, region);
            JxrImage part = decoder.decodeNext(file, file.length, options);
            assertEquals(region.width(), part.width());
            assertEquals(region.height(), part.height());
            assertArrayEquals(expected, part.samples(), region.toString());
            JxrImage plain = JxrDecoder.decode(file, file.length, options, true, null);
            assertArrayEquals(expected, plain.samples(), region.toString());
        }
    }

    /** Overlap of each level, legacy and not, hard tiles, subsampling, alpha, margins, turned pictures. */
    @Test
    void regionsOfTheCorpusHoldWhatTheWholeHoldsThere() throws IOException {
        Corpus.require("jxr/index.jsonl");
        SplittableRandom random = new SplittableRandom(2);
        int compared = 0;
        for (Path path : corpus()) {
            byte[] file = Files.readAllBytes(path);
            JxrImage whole = JxrDecoder.decode(file, ALL);
            if (isSubsampled(whole.format())) {
                continue;
            }
            for (int i = 0; i < 6; i++) {
                Rect region = random(random, whole.width(), whole.height());
                byte[] expected = crop(whole, region);
                String where = path.getFileName() + " " + region;
                for (boolean isPlain : new boolean[] {false, true}) {
                    JxrImage part = JxrDecoder.decode(file, file.length, ALL.region(region), isPlain, null);
                    assertArrayEquals(expected, part.samples(), where);
                }
                compared++;
            }
        }
        assertTrue(compared > 2800, compared + " regions");
    }

    /** All eight ways to turn a picture, by where its upper left corner and the pixel right of it come to lie. */
    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 1, 0",
        "1, 0, 44, 1, 44",
        "2, 66, 0, 65, 0",
        "3, 66, 44, 65, 44",
        "4, 44, 0, 44, 1",
        "5, 44, 66, 44, 65",
        "6, 0, 0, 0, 1",
        "7, 0, 66, 0, 65"
    })
    void regionsOfTurnedPicturesAreThoseOfTheTurnedWhole(int orientation, int x0, int y0, int x1, int y1)
            throws IOException {
        byte[] file = stream("bgr24-overlap1");
        JxrImage upright = JxrDecoder.decode(file, ALL);
        // SPATIAL_XFRM_PRIMARY is the second entry of the directory at 8; its value stands at 8 of 12 bytes.
        int entry = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(4) + 2 + 12;
        assertEquals(
                0xBC02, ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getShort(entry) & 0xFFFF);
        file[entry + 8] = (byte) orientation;
        JxrImage whole = JxrDecoder.decode(file, ALL);
        assertEquals(orientation < 4 ? 67 : 45, whole.width());
        assertEquals(whole.width(), JxrDecoder.readHeader(file).width());
        assertArrayEquals(crop(upright, new Rect(0, 0, 1, 1)), crop(whole, new Rect(x0, y0, 1, 1)));
        assertArrayEquals(crop(upright, new Rect(1, 0, 1, 1)), crop(whole, new Rect(x1, y1, 1, 1)));
        SplittableRandom random = new SplittableRandom(orientation);
        for (int i = 0; i < 50; i++) {
            Rect region = random(random, whole.width(), whole.height());
            assertArrayEquals(
                    crop(whole, region),
                    JxrDecoder.decode(file, ALL.region(region)).samples(),
                    region.toString());
        }
    }

    private static boolean isSubsampled(JxrPixelFormat format) {
        return format == JxrPixelFormat.YCC420 || format == JxrPixelFormat.YCC422;
    }

    private static List<Path> corpus() throws IOException {
        Path dir = Corpus.dir().orElseThrow();
        try (Stream<Path> made = Files.list(dir.resolve("jxr"));
                Stream<Path> zen = Files.list(dir.resolve("jxr-zen"))) {
            return Stream.concat(made, zen)
                    .filter(path -> path.toString().endsWith(".jxr"))
                    .sorted()
                    .toList();
        }
    }

    /** Damage is met only where it lies in the way. */
    @Test
    void tilesThatARegionDoesNotTouchAreNotRead() throws IOException {
        byte[] file = stream("gray8-tiles");
        JxrImage whole = JxrDecoder.decode(file, ALL);
        byte[] cut = Arrays.copyOf(file, file.length - 200);
        assertThrows(JxrException.class, () -> JxrDecoder.decode(cut, ALL));
        Rect corner = new Rect(0, 0, 5, 5);
        assertArrayEquals(
                crop(whole, corner), JxrDecoder.decode(cut, ALL.region(corner)).samples());
        Rect opposite = new Rect(whole.width() - 5, whole.height() - 5, 5, 5);
        assertThrows(JxrException.class, () -> JxrDecoder.decode(cut, ALL.region(opposite)));
    }

    @Test
    void regionsOutsideThePictureAreMistakesOfTheCaller() throws IOException {
        byte[] file = stream("gray8-overlap1");
        assertThrows(IllegalArgumentException.class, () -> JxrDecoder.decode(file, ALL.region(new Rect(60, 0, 8, 8))));
        assertThrows(IllegalArgumentException.class, () -> JxrDecoder.decode(file, ALL.region(new Rect(-1, 0, 8, 8))));
        assertThrows(IllegalArgumentException.class, () -> ALL.region(new Rect(0, 0, 0, 8)));
        assertThrows(IllegalArgumentException.class, () -> ALL.maxBytes(-1));
    }

    /** The means of squares of the exact picture, to which the first bands come close. */
    @ParameterizedTest
    @CsvSource({"gray8-smooth, 3", "rgb24-smooth-420, 20"}) // windows of chroma reach over a whole square
    void thumbnailsShowTheMeansOfSquares(String name, double tolerance) throws IOException {
        byte[] file = stream(name);
        JxrImage whole = JxrDecoder.decode(file, ALL);
        int count = whole.format().samplesPerPixel();
        for (Resolution resolution : List.of(Resolution.QUARTER, Resolution.SIXTEENTH)) {
            int side = resolution.divisor();
            JxrImage small = JxrDecoder.decode(file, ALL.resolution(resolution));
            assertEquals((whole.width() + side - 1) / side, small.width());
            assertEquals((whole.height() + side - 1) / side, small.height());
            for (int y = 0; y < whole.height() / side; y++) {
                for (int x = 0; x < whole.width() / side * count; x++) {
                    int sum = 0;
                    for (int i = 0; i < side * side; i++) {
                        int column = x / count * side + i % side;
                        int at = (y * side + i / side) * whole.width() + column;
                        sum += whole.samples()[at * count + x % count] & 0xFF;
                    }
                    int found = small.samples()[y * small.width() * count + x] & 0xFF;
                    assertEquals((double) sum / (side * side), found, tolerance, resolution + " " + x + "," + y);
                }
            }
        }
    }

    @Test
    void aPictureOfOneValueKeepsItInEveryResolution() throws IOException {
        for (Resolution resolution : Resolution.values()) {
            byte[] grey = stream("gray16-flat");
            JxrImage image = JxrDecoder.decode(grey, ALL.resolution(resolution));
            ShortBuffer values = ByteBuffer.wrap(image.samples())
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asShortBuffer();
            while (values.hasRemaining()) {
                assertEquals(12345, values.get(), 2, "rounding of the liftings");
            }
            JxrImage colour = JxrDecoder.decode(stream("bgr24-flat"), ALL.resolution(resolution));
            for (int i = 0; i < colour.samples().length; i++) {
                int expected = 12345 + 9876 * (2 - i % 3) >> 8;
                assertEquals(expected, colour.samples()[i] & 0xFF, 2);
            }
        }
    }

    /** All formats have thumbnails, and a part of one is the same as the thumbnail's part. */
    @Test
    void thumbnailsOfTheCorpusAgreeWithTheirParts() throws IOException {
        Corpus.require("jxr/index.jsonl");
        int compared = 0;
        for (Path path : corpus()) {
            byte[] file = Files.readAllBytes(path);
            JxrHeader header = JxrDecoder.readHeader(file);
            boolean isTurned =
                    !JxrContainer.read(file, file.length).orientation().isIdentity();
            if (header.width() < 64 || header.height() < 64 || isTurned || isSubsampled(header.format())) {
                continue;
            }
            for (Resolution resolution : List.of(Resolution.QUARTER, Resolution.SIXTEENTH)) {
                int side = resolution.divisor();
                JxrImage small = JxrDecoder.decode(file, ALL.resolution(resolution));
                assertEquals((header.width() + side - 1) / side, small.width(), path.toString());
                JxrImage part =
                        JxrDecoder.decode(file, ALL.resolution(resolution).region(new Rect(16, 32, 48, 32)));
                Rect same = new Rect(16 / side, 32 / side, 48 / side, 32 / side);
                assertArrayEquals(crop(small, same), part.samples(), path.getFileName() + " " + resolution);
                compared++;
            }
        }
        assertTrue(compared > 200, compared + " parts");
    }
}
