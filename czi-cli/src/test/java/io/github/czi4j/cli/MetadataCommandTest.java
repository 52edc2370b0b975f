package io.github.czi4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.czi4j.CziWriter;
import io.github.czi4j.NewSubblock;
import io.github.czi4j.model.Coordinate;
import io.github.czi4j.model.Dimension;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Rect;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code czi metadata --json} and {@code --ome}, and the scenes of {@code czi info}. */
class MetadataCommandTest {
    private static final String XML = """
            <ImageDocument><Metadata><Information><Image><SizeX>1</SizeX><Dimensions>
            <Channels><Channel Id="Channel:0" Name="µ &lt;1>"><PixelType>Gray16</PixelType>
            <ExcitationWavelength>488</ExcitationWavelength><Color>#FF00FF00</Color></Channel></Channels>
            <S><Scenes><Scene Index="2" Name="TR1"><CenterPosition>1.5,2</CenterPosition><Shape Name="B3" Id="2-3">
            <RowIndex>2</RowIndex><ColumnIndex>3</ColumnIndex></Shape></Scene><Scene Index="9" Name="gone"/></Scenes></S>
            </Dimensions></Image></Information></Metadata></ImageDocument>""";

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("file.czi");
        try (CziWriter writer = CziWriter.create(file)) {
            writer.add(
                    NewSubblock.of(new Rect(-4, 8, 3, 2), PixelType.GRAY16)
                            .at(Coordinate.EMPTY.with(Dimension.C, 0).with(Dimension.S, 2)),
                    new byte[12]);
            writer.setMetadataXml(XML);
            writer.finish();
        }
    }

    @Test
    void theTypedModelIsJson() {
        Run run = Run.czi("metadata", "--json", file);
        assertEquals(0, run.status(), run.err());
        JsonObject json = JsonParser.parseString(run.out()).getAsJsonObject();
        assertEquals(1, json.get("formatVersion").getAsInt());
        JsonObject metadata = json.getAsJsonObject("metadata");
        assertFalse(metadata.has("problems"), "what is empty is left out");
        assertEquals(
                1,
                metadata.getAsJsonObject("image")
                        .getAsJsonObject("claimedSizes")
                        .get("X")
                        .getAsInt());
        JsonObject channel = metadata.getAsJsonArray("channels").get(0).getAsJsonObject();
        assertEquals("µ <1>", channel.get("name").getAsString());
        assertEquals("gray16", channel.get("pixelType").getAsString());
        assertEquals(
                488.0,
                channel.getAsJsonObject("light").get("excitationNanometres").getAsDouble());
        JsonObject scene = json.getAsJsonArray("scenes").get(0).getAsJsonObject();
        assertEquals(2, scene.get("index").getAsInt());
        assertEquals(-4, scene.getAsJsonObject("layer0").get("x").getAsInt());
        assertEquals("B3", scene.getAsJsonObject("well").get("label").getAsString());
        assertEquals(
                0,
                json.getAsJsonArray("scenes")
                        .get(1)
                        .getAsJsonObject()
                        .get("subblocks")
                        .getAsInt());
    }

    @Test
    void omeXmlIsWritten() {
        Run run = Run.czi("metadata", "--ome", file);
        assertEquals(0, run.status(), run.err());
        assertTrue(run.out().startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<OME xmlns="), run.out());
        assertTrue(run.out().contains("Name=\"file.czi #TR1\""), run.out());
        assertTrue(run.out().contains("<Well ID=\"Well:0:0\" Row=\"1\" Column=\"2\">"), run.out());
        assertTrue(run.out().contains("Color=\"16711935\""), "green, opaque: 0x00FF00FF");
        assertTrue(run.out().endsWith("</OME>\n"), run.out());
    }

    @Test
    void oneFormAtATime() {
        assertEquals(2, Run.czi("metadata", "--ome", "--json", file).status());
        assertEquals(2, Run.czi("metadata", "--raw", "--json", file).status());
    }

    @Test
    void infoTellsScenesWithWells() {
        Run page = Run.czi("info", file);
        assertTrue(page.out().contains("S2  TR1  in well B3  3 × 2 px from -4,8, 1 subblocks"), page.out());
        assertTrue(page.out().contains("S9  gone  named by the metadata, but without subblocks"), page.out());
        JsonObject json =
                JsonParser.parseString(Run.czi("info", "--json", file).out()).getAsJsonObject();
        JsonObject scene = json.getAsJsonArray("scenes").get(0).getAsJsonObject();
        assertEquals("B3", scene.get("well").getAsString());
        assertEquals(1.5, scene.getAsJsonArray("centreMicrometres").get(0).getAsDouble());
        assertEquals(-4, scene.getAsJsonArray("bounds").get(0).getAsInt());
        JsonObject gone = json.getAsJsonArray("scenes").get(1).getAsJsonObject();
        assertFalse(gone.has("bounds"));
        assertEquals(0, gone.get("subBlocks").getAsInt());
    }
}
