package io.github.czi4j.bench.diagnose;

import static io.github.czi4j.bench.diagnose.Verdicts.assertNamed;
import static io.github.czi4j.bench.diagnose.Verdicts.assertNoted;
import static io.github.czi4j.bench.diagnose.Verdicts.attempt;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Rect;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are slow by what they hold, or how they are asked for. */
class ProvokedWorkTest {
    @TempDir
    static Path folder;

    private static List<Rect> grid(int side, int tile) {
        List<Rect> tiles = new ArrayList<>();
        for (int i = 0; i < side * side; i++) {
            tiles.add(new Rect(i % side * tile, i / side * tile, tile, tile));
        }
        return tiles;
    }

    @Test
    @Provokes("decode")
    void aCompressionThatIsSlow() throws IOException, InterruptedException {
        Path file = Samples.jpegXr(folder.resolve("grey.czi"), 6, 0, PixelType.GRAY16);
        JsonObject result =
                attempt(3, () -> Trial.of(file).profile(), found -> assertNamed(found, "decode", Bottleneck.DECODE));
        assertTrue(
                Diagnosis.of(result).text().contains("Decoding of jpgxr"),
                Diagnosis.of(result).text());
    }

    @Test
    @Provokes("amplification")
    void tilesThatOverlapByHalf() throws IOException {
        Path mosaic = Samples.overlapping(folder.resolve("mosaic.czi"), 8, 128, 1);
        assertNamed(Trial.of(mosaic).profile(), "amplification", Bottleneck.AMPLIFICATION);
        assertNamed(Trial.of(mosaic).tiles(20).profile(), "amplification", Bottleneck.AMPLIFICATION);
        // Boxes of tiles, each of which needs its neighbours again.
        Path stack = Samples.overlapping(folder.resolve("stack.czi"), 3, 128, 12);
        JsonObject result = Trial.of(stack).profile();
        Finding finding = assertNamed(result, "amplification", Bottleneck.AMPLIFICATION);
        assertTrue(finding.evidence().get(1).startsWith("Each subblock is read"), finding.toString());
        JsonObject ratios = result.getAsJsonObject("amplification");
        double pixels = ratios.getAsJsonObject("pixels").get("ratio").getAsDouble();
        double bytes = ratios.getAsJsonObject("bytes").get("ratio").getAsDouble();
        assertEquals(1, bytes / pixels, 0.3, "bytes are read again as pixels are");
    }

    @Test
    @Provokes("amplification")
    void decodingForNothingIsNotTheCodecsFault() throws IOException {
        Path file = Samples.jpegXr(folder.resolve("overlap.czi"), 6, 50, PixelType.GRAY16);
        assertNamed(Trial.of(file).profile(), "amplification", Bottleneck.AMPLIFICATION);
    }

    @Test
    @Provokes("conversion")
    void tilesOfAnotherPixelTypeThanTheMosaic() throws IOException, InterruptedException {
        List<PixelType> types = new ArrayList<>(Collections.nCopies(16, PixelType.BGR48));
        types.add(0, PixelType.GRAY8);
        Path file = Samples.row(folder.resolve("mixed.czi"), 512, types);
        attempt(3, () -> Trial.of(file).profile(), found -> assertNamed(found, "conversion", Bottleneck.COMPOSE));
    }

    @Test
    @Provokes("memory")
    void aMosaicThatIsMostlyEmpty() throws IOException, InterruptedException {
        Path file = Samples.even(
                folder.resolve("corners.czi"), List.of(new Rect(0, 0, 256, 256), new Rect(11_000, 11_000, 256, 256)));
        JsonObject result =
                attempt(3, () -> Trial.of(file).profile(), found -> assertNamed(found, "memory", Bottleneck.MEMORY));
        String text = Diagnosis.of(result).text();
        assertTrue(text.contains("of the mosaic only"), text);
    }

    @Test
    @Provokes("memory")
    void aLargeMosaicThatNeedsNoDecoding() throws IOException, InterruptedException {
        Path file = Samples.grid(folder.resolve("large.czi"), 6, 1024, Compression.UNCOMPRESSED);
        attempt(3, () -> Trial.of(file).profile(), found -> assertNoted(found, "memory"));
    }

    @Test
    @Provokes("tile-size")
    void tinyTiles() throws IOException {
        Path file = Samples.grid(folder.resolve("tiny.czi"), 40, 16, Compression.UNCOMPRESSED);
        // One pass takes milliseconds, which a single collection would outlast.
        assertNamed(
                Trial.of(file).tiles(2000).least(Duration.ofMillis(100)).profile(), "tile-size", Bottleneck.TILE_SIZE);
    }

    @Test
    @Provokes("tile-size")
    void aGiantTile() throws IOException {
        Path file = Samples.even(folder.resolve("giant.czi"), grid(1, 8192));
        Finding finding = assertNamed(Trial.of(file).profile(), "tile-size", Bottleneck.TILE_SIZE);
        assertTrue(finding.title().contains("giant"), finding.toString());
    }

    @Test
    @Provokes("pyramid")
    void aHundredMegapixelsWithoutAPyramid() throws IOException, InterruptedException {
        Path file = Samples.even(folder.resolve("flat.czi"), grid(10, 1024));
        attempt(5, () -> Trial.of(file).tiles(10).least(Duration.ofMillis(100)).profile(), found -> {
            Finding finding = assertNoted(found, "pyramid");
            assertTrue(finding.evidence().get(0).contains("105 Mpx"), finding.toString());
        });
    }
}
