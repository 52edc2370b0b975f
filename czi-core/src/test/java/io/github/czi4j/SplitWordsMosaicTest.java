package io.github.czi4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.czi4j.model.Compression;
import io.github.czi4j.model.Downscaling;
import io.github.czi4j.model.Parallelism;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Rect;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Zstd1 tiles, whose samples are taken from their halves where a mosaic is scaled, against the same tiles uncompressed. */
class SplitWordsMosaicTest {
    @TempDir
    private Path folder;

    private Path write(PixelType type, Compression compression) throws IOException {
        Path file = folder.resolve(type + "-" + compression + ".czi");
        SplittableRandom random = new SplittableRandom(8);
        try (CziWriter writer = CziWriter.create(file)) {
            for (int m = 0; m < 6; m++) {
                byte[] pixels = new byte[53 * 37 * type.bytesPerPixel()];
                random.nextBytes(pixels);
                Rect place = new Rect(m % 3 * 48 - 5, m / 3 * 33 + 2, 53, 37);
                writer.add(NewSubblock.of(place, type).m(m).compressed(compression), pixels);
            }
            writer.finish();
        }
        return file;
    }

    @ParameterizedTest
    @EnumSource(names = {"GRAY16", "BGR48"})
    void scaledMosaicsAreThoseOfPlainTiles(PixelType type) throws IOException {
        MosaicRequest whole = MosaicRequest.wholeImage();
        List<MosaicRequest> requests = List.of(
                whole,
                whole.zoom(0.25),
                whole.zoom(0.71).parallelism(Parallelism.threads(3).batch(1)),
                whole.zoom(0.5).maskAware(true),
                whole.zoom(0.5).downscaling(Downscaling.AREA_AVERAGE),
                MosaicRequest.region(-40, 11, 77, 60).zoom(0.33));
        try (CziReader plain = CziReader.open(write(type, Compression.UNCOMPRESSED));
                CziReader split = CziReader.open(write(type, Compression.ZSTD1));
                CziReader kept = CziReader.open(
                        write(type, Compression.ZSTD1), CziOptions.defaults().tileCache(1 << 20))) {
            for (MosaicRequest request : requests) {
                short[] expected = plain.readMosaic(request).shorts();
                assertArrayEquals(expected, split.readMosaic(request).shorts());
                assertArrayEquals(expected, kept.readMosaic(request).shorts());
                assertArrayEquals(expected, kept.readMosaic(request).shorts());
            }
        }
    }

    @Test
    void anotherPixelTypeIsConvertedAsEver() throws IOException {
        MosaicRequest request = MosaicRequest.wholeImage().zoom(0.4).pixelType(PixelType.GRAY8);
        try (CziReader plain = CziReader.open(write(PixelType.GRAY16, Compression.UNCOMPRESSED));
                CziReader split = CziReader.open(write(PixelType.GRAY16, Compression.ZSTD1))) {
            assertTrue(split.subblockInfo(0).compression() == Compression.ZSTD1);
            assertArrayEquals(
                    plain.readMosaic(request).bytes(), split.readMosaic(request).bytes());
        }
    }
}
