package io.github.czi4j.bench.versus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.czi4j.CziReader;
import io.github.czi4j.MosaicRequest;
import io.github.czi4j.bench.sample.JpegXrTiles;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Rect;
import io.github.czi4j.sample.SampleRecipe;
import io.github.czi4j.sample.SampleWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFilesTest {
    @TempDir
    private Path folder;

    /** Three JPEG XR tiles of 256² pixels. */
    static Path tiles(Path file) throws IOException {
        SampleRecipe recipe = SampleRecipe.defaults()
                .grid(3, 1)
                .tile(JpegXrTiles.SIDE, JpegXrTiles.SIDE, 0)
                .pixels(PixelType.GRAY16, Compression.JPEG_XR);
        SampleWriter.write(file, recipe, new JpegXrTiles(recipe), (done, total) -> {});
        return file;
    }

    @Test
    void payloadsAreLaidOutAsTheyAreAndComeAgain() throws IOException {
        Path tiles = tiles(folder.resolve("tiles.czi"));
        Path stored = folder.resolve("stored.czi");
        Path plain = folder.resolve("plain.czi");
        DataFiles.layOut(tiles, stored, 4, 2, 230, false);
        DataFiles.layOut(tiles, plain, 4, 2, 230, true);
        try (CziReader source = CziReader.open(tiles);
                CziReader mosaic = CziReader.open(stored);
                CziReader decoded = CziReader.open(plain)) {
            assertEquals(8, mosaic.subblockCount());
            assertEquals(
                    new Rect(0, 0, 3 * 230 + 256, 230 + 256), mosaic.bounds().image());
            assertEquals(new Rect(230, 230, 256, 256), mosaic.subblockInfo(5).logical());
            assertEquals(5, mosaic.subblockInfo(5).mIndex().orElseThrow());
            assertEquals(Compression.JPEG_XR, mosaic.subblockInfo(5).compression());
            assertArrayEquals(source.subblock(2).rawData(), mosaic.subblock(5).rawData());
            assertEquals(Compression.UNCOMPRESSED, decoded.subblockInfo(5).compression());
            MosaicRequest whole = MosaicRequest.wholeImage().channel(0);
            assertArrayEquals(
                    mosaic.readMosaic(whole).shorts(), decoded.readMosaic(whole).shorts());
        }
    }

    @Test
    void filesAreMadeOnceAndWhatOthersMakeMustBeThere() throws IOException {
        DataFiles files = new DataFiles(folder, folder);
        assertThrows(NoSuchFileException.class, () -> files.file(DataFiles.Data.LARGE_TILE));
        Path many = files.file(DataFiles.Data.MANY);
        try (CziReader reader = CziReader.open(many)) {
            assertEquals(100_000, reader.subblockCount());
        }
        Object made = Files.readAttributes(many, "unix:ino").get("ino");
        assertEquals(many, files.file(DataFiles.Data.MANY));
        assertEquals(made, Files.readAttributes(many, "unix:ino").get("ino"));
    }

    @Test
    void randomRegionsLieInTheImage() throws IOException {
        Path tiles = tiles(folder.resolve("tiles.czi"));
        Work work = Work.of(Row.Kind.REGIONS, tiles);
        Rect image = new Rect(0, 0, 768, 256);
        assertEquals(1000, work.reads().size());
        assertTrue(work.cacheBytes() > 0);
        for (Work.Read read : work.reads()) {
            assertEquals(read.region(), read.region().intersection(image));
            assertEquals(256, read.region().width());
        }
        assertEquals(work.reads(), Work.of(Row.Kind.REGIONS, tiles).reads());
    }

    @Test
    void requestsSayWhatTheWorkIs() throws IOException {
        Path tiles = tiles(folder.resolve("tiles.czi"));
        Work many = Work.of(Row.Kind.TILES, tiles);
        assertEquals(66, many.reads().size(), "whole rounds through the tiles, 64 reads at least");
        assertEquals(many.reads().get(1), many.reads().get(64));
        Work work = Work.of(Row.Kind.BOXES, tiles);
        List<Work.Read> reads = Work.reads(work.request(false));
        assertEquals(3, reads.size());
        assertEquals(new Rect(512, 0, 256, 256), reads.get(2).region());
        assertEquals(2, reads.get(2).subblock());
        // Scenes are no part of a plane.
        assertEquals("Z0C0T0", reads.get(2).plane().toString());
    }
}
