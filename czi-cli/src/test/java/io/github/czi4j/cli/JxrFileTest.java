package io.github.czi4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JPEG XR files in place of CZI files. */
class JxrFileTest {
    @TempDir
    private Path folder;

    private Path file;
    private Path picture;

    @BeforeEach
    void copyStream() throws IOException {
        file = folder.resolve("picture.jxr");
        picture = folder.resolve("picture.png");
        try (InputStream in = JxrFileTest.class.getResourceAsStream("/bgr24-overlap1.jxr")) {
            Files.write(file, in.readAllBytes());
        }
    }

    /** The picture's formula: see JxrDecoderTest of the core. */
    private static int red(int x, int y) {
        return (x * x * 3 + y * 251 + x * y * 13 & 0xFFFF) >> 8;
    }

    @Test
    void itsDigestIsThatOfItsSamples() {
        Run run = Run.czi("digest", "--json", file);
        assertEquals(0, run.status(), run.err());
        JsonObject json = JsonParser.parseString(run.out()).getAsJsonObject();
        assertEquals(67, json.get("w").getAsInt());
        assertEquals(45, json.get("h").getAsInt());
        assertEquals("24bppBGR", json.get("pixelFormat").getAsString());
        assertEquals(3, json.get("channels").getAsInt());
        assertEquals(8, json.get("bitsPerChannel").getAsInt());
        assertEquals(32, json.getAsJsonObject("pixels").get("md5").getAsString().length());
    }

    @Test
    void itIsWrittenWholeAndInPart() throws IOException {
        Run whole = Run.czi("read", file, "--out", picture);
        assertEquals(0, whole.status(), whole.err());
        assertEquals(red(20, 10), ImageIO.read(picture.toFile()).getRGB(20, 10) >> 16 & 0xFF);
        Run part = Run.czi("read", file, "--out", picture, "--region", "15,8,30,20", "--force");
        assertEquals(0, part.status(), part.err());
        BufferedImage image = ImageIO.read(picture.toFile());
        assertEquals(30, image.getWidth());
        assertEquals(20, image.getHeight());
        assertEquals(red(20, 10), image.getRGB(5, 2) >> 16 & 0xFF);
    }

    @Test
    void aThumbnailIsSmaller() throws IOException {
        Run run = Run.czi("read", file, "--out", picture, "--thumbnail", "16");
        assertEquals(0, run.status(), run.err());
        assertTrue(run.err().contains("5×3"), run.err());
        assertEquals(5, ImageIO.read(picture.toFile()).getWidth());
    }

    @Test
    void whatCannotBeChosenIsSaid() {
        assertEquals(2, Run.czi("read", file, "--out", picture, "--zoom", "0.5").status());
        assertEquals(
                2, Run.czi("read", file, "--out", picture, "--thumbnail", "8").status());
        Run outside = Run.czi("read", file, "--out", picture, "--region", "60,0,20,20");
        assertEquals(2, outside.status());
        assertTrue(outside.err().contains("67×45"), outside.err());
    }

    @Test
    void damageIsOneLine() throws IOException {
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 300));
        for (Run run : new Run[] {Run.czi("digest", file), Run.czi("read", file, "--out", picture)}) {
            assertEquals(2, run.status());
            assertEquals(1, run.err().lines().count(), run.err());
        }
    }
}
