package io.github.czi4j.bench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.czi4j.CziReader;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.sample.SampleRecipe;
import io.github.czi4j.sample.SampleWriter;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegionChoiceTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void makeSample() throws IOException {
        file = folder.resolve("grid.czi");
        SampleRecipe recipe = SampleRecipe.defaults()
                .grid(10, 8)
                .tile(32, 32, 10)
                .dimensions(2, 1, 1, 1)
                .pixels(PixelType.GRAY16, Compression.UNCOMPRESSED);
        SampleWriter.write(file, recipe, 1, (done, total) -> {});
    }

    @Test
    void aSmallPlaneIsTakenWhole() throws IOException {
        RegionChoice choice = choose(80, Long.MAX_VALUE);
        assertEquals(80, choice.plan().tiles().size());
        assertEquals("", choice.reason());
        assertEquals(80L * 32 * 32, choice.decodedPixels());
    }

    @Test
    void fewerTilesAreARectangleOfAsManyOrAFewLess() throws IOException {
        for (int wanted : new int[] {1, 4, 9, 12, 20, 25, 50, 79}) {
            RegionChoice choice = choose(wanted, Long.MAX_VALUE);
            int tiles = choice.plan().tiles().size();
            assertTrue(tiles <= wanted && tiles >= wanted * 0.7, tiles + " tiles for " + wanted);
            // The overlap with neighbours outside is cut off, so that not more is decoded than in the whole plane.
            double amplification = (double) choice.decodedPixels() / choice.outputPixels();
            assertTrue(amplification < 1.6, amplification + " for " + wanted);
        }
    }

    @Test
    void memoryIsALimitToo() throws IOException {
        RegionChoice whole = choose(80, Long.MAX_VALUE);
        RegionChoice choice = choose(80, whole.plan().predictedPeakBytes() / 2);
        assertTrue(choice.plan().predictedPeakBytes() <= whole.plan().predictedPeakBytes() / 2);
        assertEquals("more would not fit the memory", choice.reason());
    }

    @Test
    void thePlaneIsTheLowestUnlessToldOtherwise() throws IOException {
        try (CziReader reader = CziReader.open(file)) {
            assertEquals("plane Z0C0T0", PlaneChoice.of(reader, null, null).toString());
            assertEquals("plane Z0C1T0", PlaneChoice.of(reader, 1, null).toString());
            assertThrows(IllegalArgumentException.class, () -> PlaneChoice.of(reader, 2, null));
            assertThrows(IllegalArgumentException.class, () -> PlaneChoice.of(reader, null, 7));
        }
    }

    private RegionChoice choose(int maxTiles, long maxBytes) throws IOException {
        try (CziReader reader = CziReader.open(file)) {
            return RegionChoice.of(reader, PlaneChoice.of(reader, null, null), maxTiles, maxBytes);
        }
    }
}
