package io.github.czi4j.metadata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentMetadataTest {
    private static final String DOCUMENT = """
            <?xml version="1.0"?>
            <ImageDocument><Metadata>
              <Information>
                <Document><Name>slide</Name></Document>
                <Application><Name>ZEN</Name><Version>3.1</Version></Application>
                <Image>
                  <ComponentBitCount>14</ComponentBitCount>
                  <AcquisitionDateAndTime>2020-01-02T03:04:05Z</AcquisitionDateAndTime>
                  <Dimensions>
                    <Channels>
                      <Channel Id="Channel:0" Name="DAPI"><Fluor>4',6-d</Fluor><Color>#FF0000FF</Color>
                        <ExcitationWavelength>353</ExcitationWavelength><EmissionWavelength>465.5</EmissionWavelength>
                        <DetectorSettings><Detector Id="Detector:0"/></DetectorSettings></Channel>
                      <Channel Id="Channel:1"/>
                    </Channels>
                    <S><Scenes><Scene Index="3" Name="A1"/><Scene Name="no index"/></Scenes></S>
                  </Dimensions>
                </Image>
                <Instrument><Objectives><Objective Id="Objective:1" Name="20x"><LensNA>0.8</LensNA></Objective>
                </Objectives></Instrument>
              </Information>
              <Scaling><Items>
                <Distance Id="X"><Value>3.25E-07</Value><DefaultUnitFormat>µm</DefaultUnitFormat></Distance>
                <Distance Id="y"><Value>5e-7</Value></Distance>
                <Distance Id="Z"><Value>0</Value></Distance>
              </Items></Scaling>
            </Metadata></ImageDocument>
            """;

    @Test
    void whatAMicroscopistAsksForIsFound() {
        DocumentMetadata metadata = DocumentMetadata.parse(DOCUMENT);
        assertEquals(List.of(), metadata.problems());
        assertEquals(0.325, metadata.pixelSizeX().orElseThrow(), 1e-12);
        assertEquals(0.5, metadata.pixelSizeY().orElseThrow(), 1e-12);
        assertTrue(metadata.pixelSizeZ().isEmpty(), "a distance of 0 is no distance");
        assertEquals(2, metadata.channels().size());
        assertEquals(Optional.of("DAPI"), metadata.channels().get(0).name());
        assertEquals(Optional.of("4',6-d"), metadata.channels().get(0).fluorophore());
        assertEquals(465.5, metadata.channels().get(0).emissionNanometres().orElseThrow());
        assertEquals(Optional.empty(), metadata.channels().get(1).name());
        assertEquals(1, metadata.scenes().size());
        assertEquals(3, metadata.scenes().get(0).index());
        assertEquals(0.8, metadata.objective().orElseThrow().numericalAperture().orElseThrow());
        assertEquals(Optional.of("2020-01-02T03:04:05Z"), metadata.acquisitionTime());
        assertEquals(Optional.of("ZEN 3.1"), metadata.software());
        assertEquals(Optional.of("slide"), metadata.title());
        assertEquals(OptionalInt.of(14), metadata.image().componentBitCount());
    }

    @Test
    void damagedXmlGivesWhatStandsBeforeTheDamage() {
        DocumentMetadata metadata = DocumentMetadata.parse(DOCUMENT.substring(0, DOCUMENT.indexOf("<Instrument>")));
        assertEquals(2, metadata.channels().size());
        assertEquals(1, metadata.problems().size());
        for (int end = 0; end < DOCUMENT.length(); end += 7) {
            DocumentMetadata.parse(DOCUMENT.substring(0, end));
        }
        assertFalse(DocumentMetadata.parse("<ImageDocument>&x;</ImageDocument>")
                .problems()
                .isEmpty());
        assertEquals(List.of(), DocumentMetadata.parse("").problems());
    }

    @Test
    void charactersThatXmlForbidsDoNotHideTheRest() {
        DocumentMetadata metadata = DocumentMetadata.parse(DOCUMENT.replace("DAPI", "DA\u0001PI"));
        assertEquals(Optional.of("DA PI"), metadata.channels().get(0).name());
        assertTrue(metadata.pixelSizeX().isPresent());
    }

    @Test
    void externalEntitiesAndBombsDoNothing(@TempDir Path folder) throws Exception {
        Path secret = Files.writeString(folder.resolve("secret.txt"), "secret");
        String external = "<!DOCTYPE d [<!ENTITY e SYSTEM \"" + secret.toUri() + "\">]><ImageDocument><Metadata>"
                + "<Information><Document><Title>&e;</Title></Document></Information></Metadata></ImageDocument>";
        assertEquals(Optional.empty(), DocumentMetadata.parse(external).title());
        StringBuilder bomb = new StringBuilder("<!DOCTYPE d [<!ENTITY a0 \"xxxxxxxxxx\">");
        for (int i = 1; i < 12; i++) {
            bomb.append("<!ENTITY a")
                    .append(i)
                    .append(" \"")
                    .append(("&a" + (i - 1) + ";").repeat(10))
                    .append("\">");
        }
        bomb.append("]><ImageDocument>&a11;</ImageDocument>");
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> DocumentMetadata.parse(bomb.toString()));
        String deep = "<a>".repeat(100_000);
        assertFalse(DocumentMetadata.parse(deep).problems().isEmpty());
    }
}
