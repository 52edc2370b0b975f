package io.github.czi4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.czi4j.CziReader;
import io.github.czi4j.CziWriter;
import io.github.czi4j.NewSubblock;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.Coordinate;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Rect;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code czi verify}, {@code rescue}, {@code convert} and {@code strip-label}. */
class CopyCommandsTest {
    @TempDir
    private Path folder;

    private Path file;
    private Path copy;

    @BeforeEach
    void writeFile() throws IOException {
        file = folder.resolve("slide.czi");
        copy = folder.resolve("copy.czi");
        try (CziWriter writer = CziWriter.create(file)) {
            for (int m = 0; m < 4; m++) {
                byte[] pixels = new byte[64 * 64];
                Arrays.fill(pixels, (byte) (10 + m));
                NewSubblock tile = NewSubblock.of(new Rect(64 * m, 0, 64, 64), PixelType.GRAY8);
                writer.add(tile.at(Coordinate.parse("C0")).m(m), pixels);
            }
            writer.addAttachment("Label", "CZI", new byte[] {1});
            writer.addAttachment("TimeStamps", "CZTIMS", new byte[] {2});
            writer.setMetadataXml("<ImageDocument><Metadata><Information><Image><SizeX>256</SizeX><SizeY>64</SizeY>"
                    + "<Dimensions><Channels><Channel Id='Channel:0'/></Channels></Dimensions></Image></Information>"
                    + "</Metadata></ImageDocument>");
            writer.finish();
        }
    }

    private static int value(CziReader reader, int index) throws IOException {
        return reader.subblock(index).read().pixels().bytes()[0];
    }

    @Test
    void aSoundFileVerifies() {
        Run run = Run.czi("verify", file, "--deep");
        assertEquals(0, run.status(), run.out());
        assertTrue(run.out().contains("4 subblocks, 4 decoded: 0 fatal, 0 warnings"), run.out());
    }

    @Test
    void aFileThatIsCutIsToldAndRescued() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int third = 544 + 2 * (32 + 256 + 4096) + 300;
        Files.write(file, Arrays.copyOf(bytes, third + 1000));
        Run verify = Run.czi("verify", file, "--json");
        assertEquals(1, verify.status());
        JsonObject found = JsonParser.parseString(verify.out()).getAsJsonObject();
        assertEquals(1, found.get("formatVersion").getAsInt());
        assertFalse(found.get("sound").getAsBoolean());
        assertTrue(found.getAsJsonObject("checks").get("open").getAsInt() > 0, verify.out());
        Run rescue = Run.czi("rescue", file, copy, "--json");
        assertEquals(1, rescue.status(), rescue.err());
        JsonObject report = JsonParser.parseString(rescue.out()).getAsJsonObject();
        assertEquals(3, report.get("subblocks").getAsInt());
        // The metadata, the list of attachments, and a part of the third tile; of the fourth nothing is known any more.
        assertEquals(3, report.getAsJsonArray("losses").size(), rescue.out());
        try (CziReader reader = CziReader.open(copy)) {
            assertEquals(11, value(reader, 1));
            byte[] last = reader.subblock(2).read().pixels().bytes();
            assertEquals(12, last[500]);
            assertEquals(0, last[4000]);
        }
        assertEquals(0, Run.czi("verify", copy, "--deep").status());
    }

    @Test
    void aConvertedFileHasTheSamePixels() throws IOException {
        Run run = Run.czi("convert", file, copy, "--compression", "zstd1", "--threads", "2");
        assertEquals(0, run.status(), run.err());
        assertTrue(run.out().contains("4 subblocks recompressed"), run.out());
        try (CziReader reader = CziReader.open(copy)) {
            assertEquals(Compression.ZSTD1, reader.subblockInfo(3).compression());
            assertEquals(13, value(reader, 3));
            assertEquals(2, reader.attachments().size());
        }
        assertTrue(Files.size(copy) < Files.size(file) / 2);
        assertEquals(2, Run.czi("convert", file, copy, "--compression", "zstd1").status(), "it is there");
        assertEquals(
                2,
                Run.czi("convert", file, file, "--force", "--compression", "zstd1")
                        .status());
        assertEquals(
                2,
                Run.czi("convert", file, copy, "--force", "--compression", "jpegxr")
                        .status());
    }

    @Test
    void attachmentsAreToldByWhatTheyHold() throws IOException {
        Path outer = folder.resolve("outer.czi");
        try (CziWriter writer = CziWriter.create(outer)) {
            writer.addAttachment("Label", "CZI", Files.readAllBytes(file));
            ByteBuffer times = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
            times.putInt(24).putInt(2).putDouble(0.5).putDouble(1.5);
            writer.addAttachment("TimeStamps", "CZTIMS", times.array());
            writer.addAttachment("Broken", "CZI", new byte[10]);
            writer.finish();
        }
        Run run = Run.czi("attachments", outer, "--json", "--pictures", folder.resolve("pictures"));
        assertEquals(0, run.status(), run.err());
        JsonArray parts = JsonParser.parseString(run.out()).getAsJsonObject().getAsJsonArray("attachments");
        JsonObject label = parts.get(0).getAsJsonObject().getAsJsonObject("content");
        assertEquals("embeddedCzi", label.get("kind").getAsString());
        assertEquals(256, label.get("width").getAsInt());
        JsonObject stamps = parts.get(1).getAsJsonObject().getAsJsonObject("content");
        assertEquals(1.5, stamps.getAsJsonArray("seconds").get(1).getAsDouble());
        assertFalse(parts.get(2).getAsJsonObject().has("content"));
        assertTrue(run.err().contains("Broken"), run.err());
        assertEquals(
                12,
                ImageIO.read(folder.resolve("pictures").resolve("Label.png").toFile())
                        .getRaster()
                        .getSample(130, 5, 0));
    }

    @Test
    void theLabelIsStripped() throws IOException {
        Run run = Run.czi("strip-label", file, copy);
        assertEquals(0, run.status(), run.err());
        assertTrue(run.out().contains("without Label"), run.out());
        try (CziReader reader = CziReader.open(copy)) {
            assertEquals(1, reader.attachments().size());
            assertEquals("TimeStamps", reader.attachments().get(0).name());
            assertEquals(12, value(reader, 2));
        }
    }

    @Test
    void aSampleWithLayersIsTheSameEachTime() throws IOException {
        Path first = folder.resolve("first.czi");
        Path second = folder.resolve("second.czi");
        for (Path file : new Path[] {first, second}) {
            Run run = Run.czi(
                    "sample",
                    file,
                    "--grid",
                    "5x4",
                    "--tile",
                    "512x256",
                    "--overlap",
                    "0",
                    "--pixel-type",
                    "gray8",
                    "--compression",
                    "uncompressed",
                    "--pyramid");
            assertEquals(0, run.status(), run.err());
        }
        assertEquals(-1, Files.mismatch(first, second));
        try (CziReader reader = CziReader.open(first)) {
            // 2560×1024 pixels: two tiles of 1/2, one of 1/4.
            assertEquals(23, reader.subblockCount());
            assertEquals(20, reader.subblocks().layer0().count());
            assertTrue(reader.subblocks().stream()
                    .allMatch(tile -> tile.info().compression() == Compression.UNCOMPRESSED));
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertTrue(files.noneMatch(file -> file.getFileName().toString().startsWith(".sample")));
        }
    }
}
