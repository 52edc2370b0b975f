package io.github.czi4j.metadata;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.czi4j.CziReader;
import io.github.czi4j.model.Dimension;
import io.github.czi4j.model.IndexRange;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.testing.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
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

    /** A document with what no file of the corpus has. */
    @Test
    void rareValuesHaveTheirUnits() {
        DocumentMetadata metadata = DocumentMetadata.parse("""
                <ImageDocument><Metadata><Information>
                <Document><Description>d</Description><Keywords>a; b</Keywords><UserName>me</UserName></Document>
                <CustomAttributes><KeyValue><Dose Type="Double">1.5</Dose></KeyValue></CustomAttributes>
                <Image><AcquisitionDuration>1500.5</AcquisitionDuration><StartC>3</StartC>
                <AcquisitionDateAndTime>2020-01-02T03:04:05</AcquisitionDateAndTime>
                <Dimensions>
                <Channels><Channel><StartC>4</StartC><ExposureTime>100-1000</ExposureTime><PinholeSize>34</PinholeSize>
                <DetectionWavelength><Ranges>450-488,500,x,-3-4</Ranges></DetectionWavelength>
                <Color>#80FF0001</Color></Channel><Channel Name="next"/></Channels>
                <Z><Positions><Interval><Start>-2</Start><Increment>0.5</Increment></Interval></Positions></Z>
                <T><Positions><Interval><Increment>2.5</Increment></Interval></Positions></T>
                <S><Scenes><Scene Index="0"><Columns>4</Columns><Rows>3</Rows><Positions><Position X="1" Y="2" Z="3"/>
                <Position X="4"/></Positions></Scene></Scenes></S>
                </Dimensions></Image>
                <Instrument><Objectives><Objective Id="a"/><Objective Id="b"><LensNA>NaN</LensNA>
                <CalibratedMagnification>19.8</CalibratedMagnification></Objective></Objectives></Instrument>
                </Information>
                <CustomAttributes><LsmTag Name="CO2" Type="double">5</LsmTag><A><B>c</B></A></CustomAttributes>
                </Metadata></ImageDocument>""".replace(
                "<Dimensions>", "<ObjectiveSettings><ObjectiveRef Id='b'/>" + "</ObjectiveSettings><Dimensions>"));
        assertEquals(List.of(), metadata.problems());
        assertEquals(List.of("a", "b"), metadata.document().keywords());
        assertEquals(1500.5, metadata.image().time().durationMilliseconds().orElseThrow());
        assertEquals(
                Instant.parse("2020-01-02T03:04:05Z"),
                metadata.image().time().acquired().orElseThrow());
        assertEquals(Map.of(Dimension.C, 3), metadata.image().claimedStarts());
        ChannelMetadata channel = metadata.channels().get(0);
        assertEquals(4, channel.index());
        assertEquals(5, metadata.channels().get(1).index());
        assertEquals(1000, channel.acquisition().exposureNanoseconds().orElseThrow());
        assertEquals(34, channel.acquisition().pinholeMicrometres().orElseThrow());
        assertEquals(
                List.of(new ChannelMetadata.WavelengthRange(450, 488), new ChannelMetadata.WavelengthRange(500, 500)),
                channel.light().detection());
        assertEquals(0x80FF0001, channel.argb().orElseThrow());
        assertEquals(0.5, metadata.zAxis().incrementMicrometres().orElseThrow());
        assertEquals(-2, metadata.zAxis().startMicrometres().orElseThrow());
        assertEquals(2.5, metadata.tAxis().incrementSeconds().orElseThrow());
        SceneMetadata scene = metadata.scenes().get(0);
        assertEquals(OptionalInt.of(4), scene.grid().columns());
        assertEquals(List.of(new StagePosition(1, 2, OptionalDouble.of(3))), scene.positions());
        assertEquals(Optional.of("b"), metadata.objective().orElseThrow().id(), "the one that the image refers to");
        assertTrue(metadata.objective().orElseThrow().numericalAperture().isEmpty());
        assertEquals(
                19.8,
                metadata.objective().orElseThrow().calibratedMagnification().orElseThrow());
        assertEquals(
                List.of("Dose=1.5", "CO2=5", "A/B=c"),
                metadata.customAttributes().stream()
                        .map(attribute -> attribute.key() + "=" + attribute.value())
                        .toList());
        assertEquals(Optional.of("Double"), metadata.customAttributes().get(0).type());
    }

    @Test
    void channelsAreFoundByIndexOrOrder() {
        DocumentMetadata metadata = DocumentMetadata.parse(DOCUMENT);
        assertEquals(
                Optional.of("DAPI"),
                metadata.channels(new IndexRange(5, 6)).get(5).name());
        Map<Integer, ChannelMetadata> some = metadata.channels(new IndexRange(0, 3));
        assertEquals(Optional.of("DAPI"), some.get(0).name());
        assertEquals(Set.of(0, 1), some.keySet());
    }

    /** Small documents that would become large, or take long, if nobody minded. */
    @Test
    void nothingGrowsBeyondTheDocument() {
        String root = "<ImageDocument><Metadata>%s</Metadata></ImageDocument>";
        String name = "n".repeat(900);
        String nested = "<CustomAttributes>" + ("<" + name + ">").repeat(200) + "<a>x</a>".repeat(10_000)
                + ("</" + name + ">").repeat(200) + "</CustomAttributes>";
        String blanks =
                "<Information><Document><Keywords>" + " ".repeat(1 << 20) + "x</Keywords></Document></Information>";
        String ranges = "<Information><Image><Dimensions><Channels><Channel><DetectionWavelength><Ranges>"
                + "1,".repeat(1 << 19)
                + "</Ranges></DetectionWavelength></Channel></Channels></Dimensions></Image></Information>";
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            assertEquals(
                    List.of(), DocumentMetadata.parse(root.formatted(nested)).customAttributes());
            assertEquals(
                    List.of("x"),
                    DocumentMetadata.parse(root.formatted(blanks)).document().keywords());
            assertTrue(DocumentMetadata.parse(root.formatted(ranges))
                            .channels()
                            .get(0)
                            .light()
                            .detection()
                            .size()
                    <= 1000);
        });
    }

    private static DocumentMetadata ofCorpus(String file) throws IOException {
        try (CziReader reader = CziReader.open(Corpus.require("real/" + file))) {
            return reader.metadata();
        }
    }

    @Test
    void aWidefieldTimeSeries() throws IOException {
        DocumentMetadata metadata = ofCorpus("CellDivision_T3_Z6_CH1_X300_Y200_DCV_ZSTD.czi");
        assertEquals(0.09057667415221031, metadata.pixelSizeX().orElseThrow());
        assertEquals(0.32, metadata.pixelSizeZ().orElseThrow());
        assertEquals(
                4.54,
                metadata.scaling().calibration().cameraPixelWidthMicrometres().orElseThrow());
        assertEquals(OptionalInt.of(14), metadata.image().componentBitCount());
        assertEquals(
                Instant.parse("2016-02-12T09:41:02.491560400Z"),
                metadata.image().time().acquired().orElseThrow());
        assertEquals(Optional.of("Water"), metadata.image().optics().medium());
        assertEquals(1.33, metadata.image().optics().refractiveIndex().orElseThrow());
        assertEquals(
                16943.18563125757,
                metadata.image().stageTransform().orElseThrow().translationXMicrometres());
        ChannelMetadata channel = metadata.channels().get(0);
        assertEquals(Optional.of("LED555"), channel.name());
        assertEquals(Optional.of("Alexa Fluor 555"), channel.fluorophore());
        assertEquals(553, channel.excitationNanometres().orElseThrow());
        assertEquals(568, channel.emissionNanometres().orElseThrow());
        assertEquals(567, channel.light().illuminationPeakNanometres().orElseThrow());
        assertEquals(1e8, channel.acquisition().exposureNanoseconds().orElseThrow(), "0.1 s");
        assertEquals(Optional.of("1,1"), channel.detector().binning());
        assertArrayEquals(new double[] {0, 60.075, 120.151}, metadata.tAxis().offsetsSeconds());
        assertEquals(-2.24, metadata.zAxis().referenceMicrometres().orElseThrow());
        assertEquals(1.2, metadata.objective().orElseThrow().numericalAperture().orElseThrow(), 1e-12);
        assertEquals(
                800,
                metadata.objective().orElseThrow().workingDistanceMicrometres().orElseThrow());
        assertEquals(Optional.of("M1SRH"), metadata.document().user().userName());
        assertEquals(Optional.of("ZEN 3.12.107.00000"), metadata.software());
        assertEquals(OptionalInt.of(16), metadata.plate().orElseThrow().rows());
    }

    @Test
    void aConfocalMosaic() throws IOException {
        DocumentMetadata metadata = ofCorpus("tiles.czi");
        assertEquals(256, metadata.image().claimedSizes().get(Dimension.X), "that of a tile");
        assertEquals(2, metadata.channels().size());
        ChannelMetadata channel = metadata.channels().get(0);
        assertEquals(Optional.of("ATTO 488"), channel.fluorophore());
        assertEquals(
                List.of(new ChannelMetadata.WavelengthRange(499, 643)),
                channel.light().detection());
        assertEquals(2.066357555051534, channel.acquisition().pinholeAiryUnits().orElseThrow(), 1e-12);
        assertEquals(2.048e-6, channel.laserScan().pixelSeconds().orElseThrow());
        assertEquals(600, channel.detector().gain().orElseThrow());
        assertEquals(Optional.of("TimeStamps"), metadata.tAxis().attachmentName());
        assertEquals(
                -4.219,
                metadata.scenes().get(0).positions().get(0).zMicrometres().orElseThrow());
        assertEquals(1, metadata.image().tracks().size());
    }

    @Test
    void anAiryscanImage() throws IOException {
        DocumentMetadata metadata = ofCorpus("Airyscan.czi");
        assertEquals(Optional.of(PixelType.GRAY8), metadata.channels().get(0).pixelType(), "which is not true");
        assertEquals(Optional.of(PixelType.GRAY16), metadata.image().pixelType());
        assertEquals(Optional.empty(), metadata.tAxis().start(), "the year 1");
        assertEquals(3, metadata.instrument().lightSources().size());
        assertEquals(
                20,
                metadata.instrument().lightSources().get(1).powerMilliwatts().orElseThrow());
        assertEquals(
                0.996,
                metadata.channels().get(0).lightSources().get(0).attenuation().orElseThrow());
        assertEquals(2, metadata.instrument().filters().size());
        assertEquals(
                Optional.of("BP 495-550 + LP 570"),
                metadata.instrument().filters().get(0).name());
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
