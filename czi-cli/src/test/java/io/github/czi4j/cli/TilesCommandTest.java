package io.github.czi4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.czi4j.CziWriter;
import io.github.czi4j.NewSubblock;
import io.github.czi4j.model.Coordinate;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Rect;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code czi tiles --with-metadata}: three tiles, whose order in the directory can be turned round. */
class TilesCommandTest {
    private static final int TILES = 3;

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void threeTiles() throws IOException {
        file = folder.resolve("tiles.czi");
        try (CziWriter writer = CziWriter.create(file)) {
            for (int i = 0; i < TILES; i++) {
                String xml = "<METADATA><Tags><AcquisitionTime>2024-01-0" + (i + 1)
                        + "T00:00:00Z</AcquisitionTime><StageXPosition>+0" + i + ".5</StageXPosition>"
                        + "<ExposureTime>1, \"2\"</ExposureTime></Tags></METADATA>";
                writer.add(
                        NewSubblock.of(new Rect(4 * i, 0, 4, 1), PixelType.GRAY8)
                                .at(Coordinate.parse("C0"))
                                .m(i)
                                .metadata(xml),
                        new byte[4]);
            }
            writer.finish();
        }
    }

    /** The entries of the directory the other way round; they are of one length. */
    private void turnDirectoryRound() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer view = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int first = (int) view.getLong(32 + 52) + 32 + 128;
        int length = 32 + 20 * view.getInt(first + 28);
        byte[] entries = new byte[TILES * length];
        view.get(first, entries);
        for (int i = 0; i < TILES; i++) {
            System.arraycopy(entries, (TILES - 1 - i) * length, bytes, first + i * length, length);
        }
        Files.write(file, bytes);
    }

    @Test
    void commaSeparatedValuesAreQuoted() {
        Run run = Run.czi("tiles", file, "--with-metadata", "--csv");
        assertEquals(0, run.status(), run.err());
        List<String> lines = run.out().lines().toList();
        assertEquals(
                "index,coordinate,m,x,y,width,height,storedWidth,storedHeight,pixelType,compression,filePosition,"
                        + "announcedPlanes,payloadBytes,attachmentBytes,mask,metadataBytes,acquisitionTime,stageX,stageY,"
                        + "focus,roiCenterOffsetX,roiCenterOffsetY,exposureTime,validBits,attachmentFormat,problem",
                lines.get(0));
        assertEquals(TILES + 1, lines.size());
        assertTrue(lines.get(2).startsWith("1,C0,1,4,0,4,1,4,1,gray8,uncompressed,"), lines.get(2));
        assertTrue(
                lines.get(2).contains(",1,4,0,false,") && lines.get(2).contains(",2024-01-02T00:00:00Z,1.5,,,,,"),
                lines.get(2));
        assertTrue(lines.get(2).endsWith(",\"1, \"\"2\"\"\",,,"), lines.get(2));
        assertEquals("a,\"b\nc\",\"d\re\",f", Csv.line(List.of("a", "b\nc", "d\re", "f")));
    }

    @Test
    void theHeaderIsDocumented() {
        Run help = Run.czi("help", "tiles");
        String words = help.out().replaceAll("\\s+", "");
        for (String column : TileRow.COLUMNS) {
            assertTrue(words.contains(column), column);
        }
        for (String column : TileRow.DETAIL_COLUMNS) {
            assertTrue(words.contains(column), column);
        }
    }

    @Test
    void theOrderIsThatOfTheDirectoryEvenIfTheFileHasAnother() throws IOException {
        turnDirectoryRound();
        for (String format : new String[] {"--csv", "--json", null}) {
            Run run = format == null
                    ? Run.czi("tiles", file, "--with-metadata")
                    : Run.czi("tiles", file, "--with-metadata", format);
            int last = run.out().indexOf("2024-01-03");
            int middle = run.out().indexOf("2024-01-02");
            int first = run.out().indexOf("2024-01-01");
            assertTrue(last > 0 && last < middle && middle < first, run.out());
        }
        Run limited = Run.czi("tiles", file, "--with-metadata", "--csv", "--limit", "2");
        assertTrue(limited.out().contains("2024-01-03") && limited.out().contains("2024-01-02"), limited.out());
        assertFalse(limited.out().contains("2024-01-01"), limited.out());
    }

    @Test
    void jsonHasAllTags() {
        Run run = Run.czi("tiles", file, "--with-metadata", "--json", "--m", "1");
        JsonArray tiles = JsonParser.parseString(run.out()).getAsJsonObject().getAsJsonArray("tiles");
        assertEquals(1, tiles.size());
        JsonObject tile = tiles.get(0).getAsJsonObject();
        assertEquals(1.5, tile.get("stageX").getAsDouble());
        assertFalse(tile.has("stageY"));
        assertEquals("2024-01-02T00:00:00Z", tile.get("acquisitionTime").getAsString());
        assertEquals("+01.5", tile.getAsJsonObject("tags").get("StageXPosition").getAsString());
        assertEquals(
                "1, \"2\"", tile.getAsJsonObject("tags").get("ExposureTime").getAsString());
        assertFalse(tile.get("mask").getAsBoolean());
        assertEquals(4, tile.get("payloadBytes").getAsLong());
    }

    @Test
    void aTileThatIsNotThereHasARowAndIsTold() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer view = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int first = (int) view.getLong(32 + 52) + 32 + 128;
        view.putLong(first + 6, 32);
        Files.write(file, bytes);
        Run run = Run.czi("tiles", file, "--with-metadata", "--csv");
        assertEquals(1, run.status());
        assertEquals(TILES + 1, run.out().lines().count());
        assertTrue(run.out().lines().skip(1).findFirst().orElseThrow().contains("tiles.czi"), run.out());
        assertTrue(run.err().contains("1 of the subblocks"), run.err());
        assertEquals(0, Run.czi("tiles", file, "--csv").status(), "the directory alone is sound");
    }

    @Test
    void layersAreChosen() {
        assertEquals(
                TILES + 1,
                Run.czi("tiles", file, "--csv", "--pyramid-layer", "2,0")
                        .out()
                        .lines()
                        .count());
        assertEquals(
                1,
                Run.czi("tiles", file, "--csv", "--pyramid-layer", "2,1")
                        .out()
                        .lines()
                        .count());
        assertEquals(2, Run.czi("tiles", file, "--pyramid-layer", "2").status());
    }

    @Test
    void textsBeyondTheMemoryAreSpilled() throws IOException {
        try (SpilledTexts texts = new SpilledTexts(200, 1000)) {
            for (int slot = 199; slot >= 0; slot--) {
                texts.put(slot, slot == 100 ? "" : "µ".repeat(slot * 5) + slot);
            }
            assertTrue(texts.hasSpilled());
            for (int round = 0; round < 2; round++) {
                for (int slot = 0; slot < 200; slot++) {
                    assertEquals(slot == 100 ? "" : "µ".repeat(slot * 5) + slot, texts.get(slot));
                }
            }
        }
        try (SpilledTexts texts = new SpilledTexts(2, 1 << 20)) {
            texts.put(1, "x".repeat(200_000));
            texts.put(0, "y");
            assertFalse(texts.hasSpilled());
            assertEquals(200_000, texts.get(1).length());
            assertEquals("y", texts.get(0));
        }
    }
}
