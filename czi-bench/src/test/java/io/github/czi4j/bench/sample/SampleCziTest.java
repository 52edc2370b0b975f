package io.github.czi4j.bench.sample;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.czi4j.CziReader;
import io.github.czi4j.Mosaic;
import io.github.czi4j.MosaicRequest;
import io.github.czi4j.model.PixelType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleCziTest {
    @TempDir
    Path folder;

    @Test
    void storedAndCompressedTilesHaveTheSamePixels() throws IOException {
        assertArrayEquals(mosaic(false).shorts(), mosaic(true).shorts());
    }

    private Mosaic mosaic(boolean zstd) throws IOException {
        Path file = folder.resolve(zstd + ".czi");
        new SampleCzi(3, 2, 2, 64, 6, PixelType.GRAY16, zstd).write(file);
        try (CziReader reader = CziReader.open(file)) {
            assertEquals(12, reader.subblockCount());
            assertEquals(List.of(), reader.problems());
            Mosaic mosaic =
                    reader.readMosaic(MosaicRequest.wholeImage().channel(1).strict());
            assertEquals(180, mosaic.width());
            assertEquals(122, mosaic.height());
            assertTrue(reader.metadataXml().contains("<SizeX>180</SizeX>"));
            return mosaic;
        }
    }

    @Test
    void aTemporarySampleGoesAway() throws IOException {
        Path file;
        try (TemporarySample sample = TemporarySample.make(new SampleCzi(1, 1, 1, 8, 0, PixelType.GRAY8, false))) {
            file = sample.file();
            assertTrue(Files.exists(file));
        }
        assertFalse(Files.exists(file.getParent()));
    }
}
