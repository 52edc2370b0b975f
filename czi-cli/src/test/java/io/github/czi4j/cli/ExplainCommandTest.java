package io.github.czi4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.czi4j.CziReader;
import io.github.czi4j.CziWriter;
import io.github.czi4j.MosaicRequest;
import io.github.czi4j.NewSubblock;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Rect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code czi explain}, and {@code czi read} into a raw file: three tiles of which the last hides the first. */
class ExplainCommandTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void writeFile() throws IOException {
        file = folder.resolve("three.czi");
        try (CziWriter writer = CziWriter.create(file)) {
            int[] places = {0, 50, 0};
            for (int m = 0; m < places.length; m++) {
                byte[] pixels = new byte[100 * 60];
                Arrays.fill(pixels, (byte) (20 + m));
                writer.add(
                        NewSubblock.of(new Rect(places[m], 0, 100, 60), PixelType.GRAY8)
                                .m(m),
                        pixels);
            }
            writer.finish();
        }
    }

    @Test
    void thePlanIsToldInNumbers() {
        Run run = Run.czi("explain", file, "--json", "--analyze");
        assertEquals(0, run.status(), run.err());
        JsonObject json = JsonParser.parseString(run.out()).getAsJsonObject();
        assertEquals(150, json.get("width").getAsInt());
        JsonObject layer = json.getAsJsonArray("layers").get(0).getAsJsonObject();
        assertEquals(2, layer.get("tiles").getAsInt());
        assertEquals(12_000, layer.get("storedBytes").getAsLong());
        assertEquals(1, json.get("hidden").getAsInt());
        assertEquals(12_000.0 / 9000, json.get("amplification").getAsDouble(), 1e-9);
        assertEquals(2, json.getAsJsonObject("actual").get("decoded").getAsInt());
        assertTrue(json.get("predictedPeakBytes").getAsLong() >= 9000 + 6000);
        Run page = Run.czi("explain", file, "--region", "0,0,10,10");
        assertTrue(page.out().contains("10×10 gray8"), page.out());
        assertTrue(page.out().contains("memory"), page.out());
        assertFalse(page.out().contains("took"), page.out());
    }

    @Test
    void aRawFileHoldsTheSamplesAlone() throws IOException {
        Path raw = folder.resolve("x.raw");
        Run run = Run.czi("read", file, "--out", raw);
        assertEquals(0, run.status(), run.err());
        assertTrue(run.err().contains("150×60 gray8"), run.err());
        try (CziReader reader = CziReader.open(file)) {
            assertArrayEquals(reader.readMosaic(MosaicRequest.wholeImage()).bytes(), Files.readAllBytes(raw));
        }
        assertEquals(
                2, Run.czi("read", file, "--out", raw, "--force", "--stretch").status());
    }
}
