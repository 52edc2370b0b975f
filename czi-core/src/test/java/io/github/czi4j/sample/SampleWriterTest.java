package io.github.czi4j.sample;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.czi4j.CziReader;
import io.github.czi4j.MosaicRequest;
import io.github.czi4j.metadata.DocumentMetadata;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Rect;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleWriterTest {
    private static final SampleRecipe SMALL = SampleRecipe.defaults().grid(3, 2).tile(160, 128, 10);

    @TempDir
    private Path folder;

    private Path write(SampleRecipe recipe, int threads) throws IOException {
        Path file = Files.createTempDirectory(folder, "s").resolve("sample.czi");
        SampleWriter.write(file, recipe, threads, (done, total) -> {});
        return file;
    }

    @Test
    void theSameRecipeGivesTheSameBytesWhateverTheThreads() throws IOException {
        byte[] one = Files.readAllBytes(write(SMALL, 1));
        assertArrayEquals(one, Files.readAllBytes(write(SMALL, 4)));
        assertFalse(Arrays.equals(one, Files.readAllBytes(write(SMALL.seed(2), 1))));
    }

    @Test
    void tilesLieOnAGridWithOverlapAndNumbersInRows() throws IOException {
        try (CziReader reader = CziReader.open(write(SMALL, 2))) {
            assertEquals(6, reader.subblockCount());
            assertEquals(new Rect(144, 0, 160, 128), reader.subblockInfo(1).logical());
            assertEquals(new Rect(144, 115, 160, 128), reader.subblockInfo(4).logical());
            assertEquals(4, reader.subblockInfo(4).mIndex().orElseThrow());
            assertEquals("Z0C0T0S0", reader.subblockInfo(4).coordinate().toString());
            assertEquals(Compression.ZSTD1, reader.subblockInfo(0).compression());
            assertEquals(List.of(), reader.problems());
        }
    }

    @Test
    void neighboursShowTheSameCellsWithOtherNoise() throws IOException {
        try (CziReader reader = CziReader.open(write(SMALL, 2))) {
            short[] left = reader.subblock(0).read().pixels().shorts();
            short[] right = reader.subblock(1).read().pixels().shorts();
            long difference = 0;
            int different = 0;
            for (int y = 0; y < 128; y++) {
                for (int x = 144; x < 160; x++) {
                    int delta = (left[y * 160 + x] & 0xFFFF) - (right[y * 160 + x - 144] & 0xFFFF);
                    difference += Math.abs(delta);
                    different += delta == 0 ? 0 : 1;
                }
            }
            assertTrue(different > 128 * 16 / 2, different + " pixels differ");
            assertTrue(difference / (128 * 16) < 150, "mean difference " + difference / (128 * 16));
        }
    }

    @Test
    void sixteenBitPixelsAreThoseOfA12BitCamera() throws IOException {
        try (CziReader reader = CziReader.open(write(SMALL, 2))) {
            int highest = 0;
            for (short value : reader.readMosaic(MosaicRequest.wholeImage()).shorts()) {
                highest = Math.max(highest, value & 0xFFFF);
            }
            assertTrue(highest > 1000 && highest <= 4095, "highest value " + highest);
        }
    }

    @Test
    void dimensionsScenesAndMetadataAreThere() throws IOException {
        SampleRecipe recipe = SMALL.grid(2, 1)
                .pixels(PixelType.BGR24, Compression.ZSTD0)
                .dimensions(2, 3, 2, 2)
                .pixelSize(0.5)
                .jitter(4);
        List<Long> progress = new ArrayList<>();
        Path file = folder.resolve("dims.czi");
        SampleWriter.write(file, recipe, 2, (done, total) -> progress.add(done));
        assertEquals(48L, progress.get(progress.size() - 1));
        try (CziReader reader = CziReader.open(file)) {
            assertEquals(48, reader.subblockCount());
            assertEquals(12, reader.planeCount());
            assertEquals(2, reader.bounds().scenes().size());
            assertFalse(reader.bounds()
                    .scenes()
                    .get(0)
                    .image()
                    .intersects(reader.bounds().scenes().get(1).image()));
            DocumentMetadata metadata = reader.metadata();
            assertEquals(List.of(), metadata.problems());
            assertEquals(0.5, metadata.pixelSizeX().orElseThrow(), 1e-12);
            assertEquals(2, metadata.channels().size());
            assertEquals("Scene 2", metadata.scenes().get(1).name().orElseThrow());
            assertTrue(reader.subblock(5).metadataXml().contains("<StageXPosition>+"));
            byte[] thumbnail = reader.attachments().get(0).read();
            assertEquals(256, ImageIO.read(new ByteArrayInputStream(thumbnail)).getWidth());
            byte[] mosaic = reader.readMosaic(
                            MosaicRequest.wholeImage().plane("C1Z2T1").scene(1))
                    .bytes();
            assertNotEquals(0, mosaic[mosaic.length / 2]);
        }
    }

    @Test
    void eightBitPixelsUseTheirRange() throws IOException {
        Path file = write(SMALL.pixels(PixelType.GRAY8, Compression.UNCOMPRESSED), 2);
        try (CziReader reader = CziReader.open(file)) {
            int lowest = 255;
            int highest = 0;
            for (byte value : reader.readMosaic(MosaicRequest.wholeImage()).bytes()) {
                lowest = Math.min(lowest, value & 0xFF);
                highest = Math.max(highest, value & 0xFF);
            }
            assertTrue(lowest < 20 && highest > 100, lowest + " to " + highest);
        }
    }

    @Test
    void tilesLieOffTheGridAsFarAsTheJitterGoesAndChannelsShareIt() throws IOException {
        int jitter = 5;
        SampleRecipe recipe = SMALL.jitter(jitter).dimensions(2, 1, 1, 1);
        try (CziReader reader = CziReader.open(write(recipe, 2))) {
            int moved = 0;
            for (int i = 0; i < reader.subblockCount(); i++) {
                Rect place = reader.subblockInfo(i).logical();
                int tile = reader.subblockInfo(i).mIndex().orElseThrow();
                int dx = place.x() - 144 * (tile % 3);
                int dy = place.y() - 115 * (tile / 3);
                assertTrue(Math.abs(dx) <= jitter && Math.abs(dy) <= jitter, place.toString());
                moved += dx != 0 || dy != 0 ? 1 : 0;
                // The channel is the innermost dimension.
                assertEquals(reader.subblockInfo(i & ~1).logical(), place);
            }
            assertTrue(moved > 0);
        }
    }

    @Test
    void thumbnailsAreGreyOrStained() throws IOException {
        BufferedImage grey = thumbnail(SMALL);
        assertEquals(1, grey.getRaster().getNumBands());
        BufferedImage stained = thumbnail(SMALL.pixels(PixelType.BGR24, Compression.ZSTD1));
        assertEquals(256, stained.getWidth());
        long red = 0;
        long green = 0;
        for (int y = 0; y < stained.getHeight(); y++) {
            for (int x = 0; x < stained.getWidth(); x++) {
                red += stained.getRGB(x, y) >> 16 & 0xFF;
                green += stained.getRGB(x, y) >> 8 & 0xFF;
            }
        }
        assertTrue(red > 1.1 * green, "red " + red + ", green " + green);
    }

    private BufferedImage thumbnail(SampleRecipe recipe) throws IOException {
        try (CziReader reader = CziReader.open(write(recipe, 2))) {
            return ImageIO.read(
                    new ByteArrayInputStream(reader.attachments().get(0).read()));
        }
    }

    @Test
    void threadsAndProgressMayBeLeftOut() throws IOException {
        Path file = folder.resolve("short.czi");
        SampleWriter.write(file, SMALL);
        assertArrayEquals(Files.readAllBytes(write(SMALL, 1)), Files.readAllBytes(file));
        assertThrows(IllegalArgumentException.class, () -> write(SMALL, 0));
    }

    @Test
    void whoeverStopsTheWritingKeepsTheOldFile() throws IOException {
        Path file = Files.writeString(folder.resolve("kept.czi"), "old");
        SampleWriter.Progress stop = (done, total) -> {
            throw new IllegalStateException("enough");
        };
        assertThrows(IllegalStateException.class, () -> SampleWriter.write(file, SMALL, 2, stop));
        assertEquals("old", Files.readString(file));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void aRecipeThatMakesNoSenseIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> SMALL.grid(0, 1));
        assertThrows(IllegalArgumentException.class, () -> SMALL.tile(8, 8, 51));
        assertThrows(IllegalArgumentException.class, () -> SMALL.pixels(PixelType.BGRA32, Compression.ZSTD0));
        assertThrows(IllegalArgumentException.class, () -> SMALL.pixels(PixelType.GRAY8, Compression.LZW));
        assertThrows(IllegalArgumentException.class, () -> SMALL.grid(100_000, 100_000));
        assertThrows(IllegalArgumentException.class, () -> SMALL.pixelSize(Double.NaN));
        // Products that would overflow an int or a long.
        assertThrows(IllegalArgumentException.class, () -> SMALL.grid(1, 1).tile(65_536, 65_536, 0));
        SampleRecipe narrow = SMALL.grid(1, 1).tile(8, 8, 0).jitter(1000);
        assertThrows(IllegalArgumentException.class, () -> narrow.dimensions(1, 1, 1, 2_000_000));
        int most = Integer.MAX_VALUE;
        assertThrows(IllegalArgumentException.class, () -> narrow.dimensions(most, most, most, 4));
    }

    @Test
    void nothingIsLeftWhereNothingCanBeWritten() throws IOException {
        Path missing = folder.resolve("missing").resolve("sample.czi");
        assertThrows(IOException.class, () -> SampleWriter.write(missing, SMALL, 1, (done, total) -> {}));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(0, files.count());
        }
    }
}
