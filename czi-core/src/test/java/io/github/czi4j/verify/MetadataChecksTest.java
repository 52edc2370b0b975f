package io.github.czi4j.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.czi4j.CziWriter;
import io.github.czi4j.NewSubblock;
import io.github.czi4j.model.Coordinate;
import io.github.czi4j.model.Dimension;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Rect;
import io.github.czi4j.testing.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetadataChecksTest {
    private static final String GOOD = "<ImageDocument><Metadata><Information><Image><SizeX>30</SizeX><SizeY>10</SizeY>"
            + "<SizeC>2</SizeC><SizeM>2</SizeM><PixelType>Gray16</PixelType><ComponentBitCount>14</ComponentBitCount>"
            + "<AcquisitionDateAndTime>2020-01-02T03:04:05Z</AcquisitionDateAndTime><Dimensions><Channels>"
            + "<Channel Id='Channel:0'><Color>#FF00FF00</Color></Channel><Channel Id='Channel:1'/>"
            + "</Channels></Dimensions></Image></Information><Appliances><Appliance Id='Topography:1'><Data>"
            + "<TopographyData><Items><Item><Textures><Texture StartC='0'/></Textures>"
            + "<HeightMaps><HeightMap StartC='1'/></HeightMaps></Item></Items></TopographyData></Data></Appliance>"
            + "</Appliances></Metadata></ImageDocument>";

    @TempDir
    private Path folder;

    /** The messages of one check. */
    private List<String> findings(String check, String xml) throws IOException {
        Path file = folder.resolve("file.czi");
        Files.deleteIfExists(file);
        try (CziWriter writer = CziWriter.create(file)) {
            for (int c = 0; c < 2; c++) {
                for (int m = 0; m < 2; m++) {
                    writer.add(
                            NewSubblock.of(new Rect(20 * m, 0, 10, 10), PixelType.GRAY16)
                                    .at(Coordinate.EMPTY.with(Dimension.C, c))
                                    .m(m),
                            new byte[200]);
                }
            }
            writer.setMetadataXml(xml);
            writer.finish();
        }
        Verification result = Verifier.of(file).run((done, total) -> {});
        assertTrue(result.isSound(), "odd metadata lose no pixel");
        assertTrue(result.checks().containsKey(check), check + " was made");
        return result.findings().stream()
                .filter(finding -> finding.check().equals(check))
                .map(Finding::message)
                .toList();
    }

    private String only(String check, String from, String to) throws IOException {
        assertTrue(GOOD.contains(from), from);
        List<String> findings = findings(check, GOOD.replace(from, to));
        assertEquals(1, findings.size(), findings::toString);
        return findings.get(0);
    }

    @Test
    void soundMetadataHaveNoFindings() throws IOException {
        for (String check : List.of(MetadataChecks.BASIC, MetadataChecks.SCHEMA, MetadataChecks.TOPOGRAPHY)) {
            assertEquals(List.of(), findings(check, GOOD));
        }
    }

    @Test
    void whatContradictsTheDirectoryIsFound() throws IOException {
        String check = MetadataChecks.BASIC;
        assertEquals(
                "the metadata says SizeX = 31, the directory 30",
                only(check, "<SizeX>30</SizeX>", "<SizeX>31</SizeX>"));
        assertEquals("the metadata has no SizeY", only(check, "<SizeY>10</SizeY>", ""));
        assertEquals(
                "the metadata says SizeM = 1, the directory 2", only(check, "<SizeM>2</SizeM>", "<SizeM>1</SizeM>"));
        assertEquals(
                "the metadata says SizeZ = 4, the directory 1",
                only(check, "<SizeM>2</SizeM>", "<SizeM>2</SizeM><SizeZ>4</SizeZ>"));
        assertTrue(only(check, "<Channel Id='Channel:1'/>", "").contains("1 channels, the directory has 2"));
        assertTrue(only(check, "<Channel Id='Channel:1'/>", "<Channel Id='c'><PixelType>Gray8</PixelType></Channel>")
                .contains("channel 1 is gray8, the directory gray16"));
        assertTrue(only(
                        check,
                        "<Channel Id='Channel:1'/>",
                        "<Channel Id='c'><ComponentBitCount>17</ComponentBitCount></Channel>")
                .contains("17 bits"));
    }

    @Test
    void whatNoSchemaAllowsIsFound() throws IOException {
        String check = MetadataChecks.SCHEMA;
        assertTrue(only(check, "</Image>", "</Imag>").contains("ends as another"));
        assertTrue(only(check, "<SizeX>30</SizeX>", "<SizeX>-1</SizeX>").contains("SizeX is -1"));
        assertTrue(only(check, "2020-01-02T03:04:05Z", "yesterday").contains("'yesterday'"));
        assertTrue(only(check, "#FF00FF00", "green").contains("'green'"));
        assertTrue(only(check, "<Channel Id='Channel:1'/>", "<Channel/>").contains("no Id"));
    }

    @Test
    void topographyNamesTexturesAndHeightMapsByChannelAndNothingElse() throws IOException {
        String check = MetadataChecks.TOPOGRAPHY;
        assertTrue(only(check, "<Texture StartC='0'/>", "<Texture/>").contains("without StartC"));
        assertTrue(only(check, "<Texture StartC='0'/>", "<Texture StartC='0' StartZ='1'/>")
                .contains("with StartZ"));
        assertTrue(only(check, "<HeightMap StartC='1'/>", "<HeightMap StartC='9'/>")
                .contains("channel 9"));
        assertTrue(only(check, "<HeightMap StartC='1'/>", "").contains("no height map"));
        assertTrue(only(check, "</Textures>", "</Textures><Noise/>").contains("an element Noise"));
    }

    @Test
    void realLiesAreFound() throws IOException {
        Verification tiles = Verifier.of(Corpus.require("real/tiles.czi")).run((done, total) -> {});
        assertTrue(
                tiles.findings().stream()
                        .anyMatch(finding ->
                                finding.message().matches("the metadata says SizeX = 256, the directory 51[0-9]")),
                () -> tiles.findings().toString());
        Verification sem =
                Verifier.of(Corpus.require("real/FOV7_HV110_P0500510000.czi")).run((done, total) -> {});
        assertTrue(
                sem.findings().stream()
                        .anyMatch(finding -> finding.message().contains("SizeX = -1, the directory 512")),
                () -> sem.findings().toString());
        assertFalse(sem.checks().isEmpty());
    }
}
