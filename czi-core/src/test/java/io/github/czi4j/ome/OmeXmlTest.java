package io.github.czi4j.ome;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.czi4j.CziReader;
import io.github.czi4j.CziWriter;
import io.github.czi4j.NewSubblock;
import io.github.czi4j.metadata.DocumentMetadata;
import io.github.czi4j.metadata.Scene;
import io.github.czi4j.model.Bounds;
import io.github.czi4j.model.Coordinate;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Dimension;
import io.github.czi4j.model.IndexRange;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Rect;
import io.github.czi4j.model.SubblockGroup;
import io.github.czi4j.testing.Corpus;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class OmeXmlTest {
    private static String ofCorpus(String file) throws IOException {
        try (CziReader reader = CziReader.open(Corpus.require(file))) {
            return reader.omeXml();
        }
    }

    /** An XPath without prefixes. */
    private static String at(String xml, String path) {
        try {
            Document document = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(xml)));
            return XPathFactory.newInstance().newXPath().evaluate(path, document);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void everyFileOfTheCorpusGivesAValidDocument() throws IOException {
        Path real = Corpus.require("real/tiles.czi").getParent();
        int images = 0;
        for (Path folder : List.of(real, real.resolveSibling("made"))) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.filter(f -> f.toString().endsWith(".czi"))
                        .sorted()
                        .toList()) {
                    String xml;
                    try (CziReader reader = CziReader.open(file)) {
                        xml = reader.omeXml();
                    } catch (CziException e) {
                        continue; // made to be damaged
                    }
                    OmeSchema.assertValid(xml, file.toString());
                    images += Integer.parseInt(at(xml, "count(//Image)"));
                }
            }
        }
        assertTrue(images > 150, images + " images");
    }

    @Test
    void theSchemaRefusesWhatIsWrong() throws IOException {
        String xml = ofCorpus("real/tiles.czi");
        assertThrows(
                AssertionError.class,
                () -> OmeSchema.assertValid(xml.replace("SizeZ=\"1\"", "SizeZ=\"0\""), "a size of 0"));
        assertThrows(
                AssertionError.class,
                () -> OmeSchema.assertValid(
                        xml.replace("DetectorSettings ID=\"Detector:0:1\"", "DetectorSettings ID=\"Detector:0:7\""),
                        "a reference to nothing"));
    }

    @Test
    void aConfocalTimeSeriesIsTold() throws IOException {
        String xml = ofCorpus("real/CD_s_1_t_3_c_2_z_5.czi");
        assertEquals("1", at(xml, "count(//Image)"));
        assertEquals("XYCZT", at(xml, "//Pixels/@DimensionOrder"));
        assertEquals("uint16", at(xml, "//Pixels/@Type"));
        assertEquals("14", at(xml, "//Pixels/@SignificantBits"));
        assertEquals("5", at(xml, "//Pixels/@SizeZ"));
        assertEquals("2", at(xml, "//Pixels/@SizeC"));
        assertEquals("3", at(xml, "//Pixels/@SizeT"));
        assertEquals(0.32, Double.parseDouble(at(xml, "//Pixels/@PhysicalSizeZ")), 1e-9);
        assertEquals("30", at(xml, "count(//Plane)"));
        assertEquals("Water", at(xml, "//ObjectiveSettings/@Medium"));
        assertEquals("50.0", at(xml, "//Objective/@NominalMagnification"));
        assertEquals("2016-02-12T09:41:02.491560400Z", at(xml, "//AcquisitionDate"));
        assertEquals("WideField", at(xml, "//Channel[1]/@AcquisitionMode"));
        assertEquals("Fluorescence", at(xml, "//Channel[1]/@ContrastMethod"));
        assertEquals("LED555", at(xml, "//Channel[1]/@Name"));
    }

    @Test
    void wellsMakeAPlate() throws IOException {
        String xml = ofCorpus("real/WellD6_S1.czi");
        assertEquals("Multichamber 96", at(xml, "//Plate/@Name"));
        assertEquals("8", at(xml, "//Plate/@Rows"));
        assertEquals("12", at(xml, "//Plate/@Columns"));
        assertEquals("3", at(xml, "//Well/@Row"));
        assertEquals("5", at(xml, "//Well/@Column"));
        assertEquals("Image:0", at(xml, "//WellSample/ImageRef/@ID"));
        assertEquals("D6", at(xml, "//StageLabel/@Name"));
        assertEquals("49500.0", at(xml, "//StageLabel/@X"));
        assertEquals("µm", at(xml, "//StageLabel/@XUnit"));
    }

    @Test
    void eachSceneIsAnImageOfItsOwnSize() throws IOException {
        try (CziReader reader = CziReader.open(Corpus.require("real/S3_1Pos_2Mosaic_T1_Z1_CH1.czi"))) {
            String xml = reader.omeXml();
            assertEquals("3", at(xml, "count(//Image)"));
            for (Scene scene : reader.scenes()) {
                String image = "//Image[" + (scene.index() + 1) + "]";
                assertEquals(Integer.toString(scene.image().width()), at(xml, image + "/Pixels/@SizeX"));
                assertEquals(scene.name().orElseThrow(), at(xml, image + "/StageLabel/@Name"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "UNKNOWN")
    void everyPixelTypeHasAnEquivalent(PixelType type) {
        String xml = OmeXml.of(input(DocumentMetadata.parse(""), Map.of(), type));
        OmeSchema.assertValid(xml, type.toString());
        int samples = type.name().startsWith("BGRA") ? 4 : type.name().startsWith("BGR") ? 3 : 1;
        assertEquals(Integer.toString(samples), at(xml, "//Channel/@SamplesPerPixel"));
        assertEquals(Integer.toString(samples), at(xml, "//Pixels/@SizeC"));
        String expected = type.name().contains("COMPLEX")
                ? "complex"
                : switch (type.sample()) {
                    case UINT8 -> "uint8";
                    case UINT16 -> "uint16";
                    case INT32 -> "int32";
                    case FLOAT32 -> "float";
                    case FLOAT64 -> "double";
                };
        assertEquals(expected, at(xml, "//Pixels/@Type"));
    }

    @Test
    void phasesAndViewsBecomeChannels() {
        DocumentMetadata metadata = DocumentMetadata.parse("<ImageDocument><Metadata><Information><Image><Dimensions>"
                + "<Channels><Channel Name='a'/><Channel Name='b'/></Channels></Dimensions></Image></Information>"
                + "</Metadata></ImageDocument>");
        Map<Dimension, IndexRange> dimensions = Map.of(
                Dimension.C, new IndexRange(3, 4),
                Dimension.H, new IndexRange(0, 2),
                Dimension.V, new IndexRange(5, 6),
                Dimension.B, new IndexRange(0, 0),
                Dimension.Z, new IndexRange(-2, 1));
        String xml = OmeXml.of(input(metadata, dimensions, PixelType.GRAY16));
        OmeSchema.assertValid(xml, "folded");
        assertEquals("12", at(xml, "//Pixels/@SizeC"));
        assertEquals("12", at(xml, "count(//Channel)"));
        assertEquals("4", at(xml, "//Pixels/@SizeZ"));
        assertEquals("a H0V5", at(xml, "//Channel[1]/@Name"));
        assertEquals("a H0V6", at(xml, "//Channel[2]/@Name"));
        assertEquals("b H2V6", at(xml, "//Channel[12]/@Name"));
        assertEquals("5..6", at(xml, "//MapAnnotation/Value/M[@K='V']"));
    }

    private static OmeInput input(DocumentMetadata metadata, Map<Dimension, IndexRange> dimensions, PixelType type) {
        Rect box = new Rect(-5, 7, 100, 50);
        TreeMap<Integer, PixelType> types = new TreeMap<>();
        IndexRange c = dimensions.getOrDefault(Dimension.C, new IndexRange(0, 0));
        for (int i = c.min(); i <= Math.min(c.max(), c.min() + 9L); i++) {
            types.put(i, type);
        }
        SubblockGroup group = new SubblockGroup(dimensions, types, new TreeMap<>(Map.of(1, 1)));
        Bounds bounds = new Bounds(box, box, dimensions, Optional.empty(), Map.of());
        return new OmeInput("file.czi", bounds, group, Scene.all(bounds, Map.of(), metadata), metadata);
    }

    /** The XML of a real file with every value replaced by things that the schema would refuse. */
    @Test
    void theDocumentIsValidWhateverTheMetadataSay() throws IOException {
        String xml;
        try (CziReader reader = CziReader.open(Corpus.require("real/WellD6_S1.czi"))) {
            xml = reader.metadataXml();
        }
        xml = xml.substring(xml.indexOf("<Information>"), xml.indexOf("</Information>"))
                .replace("WideField", "WideField<ExcitationWavelength>488</ExcitationWavelength>");
        List<String> hostile = List.of(
                "",
                "-1",
                "0",
                "NaN",
                "INF",
                "-Infinity",
                "1e-300",
                "1e300",
                "2147483648",
                "a b",
                "\u0001\uFFFF\uD800",
                "&#x1;]]>&lt;",
                "x".repeat(100_000),
                "#12345678",
                "999999999999999999999",
                "1,2",
                "Image:0 :");
        long seed = 7;
        Random random = new Random(seed);
        Pattern value = Pattern.compile("(>|=\")([^<>\"\\s][^<>\"]*)(<|\")");
        int detectors = 0;
        for (int round = 0; round < 300; round++) {
            Matcher matcher = value.matcher(xml);
            StringBuilder mutated = new StringBuilder("<ImageDocument><Metadata>");
            while (matcher.find()) {
                String replacement = random.nextInt(3) == 0
                        ? matcher.group(1) + hostile.get(random.nextInt(hostile.size())) + matcher.group(3)
                        : matcher.group();
                matcher.appendReplacement(mutated, Matcher.quoteReplacement(replacement));
            }
            matcher.appendTail(mutated);
            mutated.append("</Information></Metadata></ImageDocument>");
            DocumentMetadata metadata = DocumentMetadata.parse(mutated.toString());
            String ome = OmeXml.of(input(metadata, Map.of(), PixelType.GRAY16));
            OmeSchema.assertValid(ome, "seed " + seed + ", round " + round);
            detectors += ome.contains("<Detector ") ? 1 : 0;
        }
        assertTrue(detectors > 100, "most documents have something in them: " + detectors);
    }

    @Test
    void absurdDimensionsAreRefusedBeforeTheyTakeMemory(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("absurd.czi");
        try (CziWriter writer = CziWriter.create(file)) {
            for (int index : new int[] {Integer.MIN_VALUE, Integer.MAX_VALUE}) {
                writer.add(
                        NewSubblock.of(new Rect(0, 0, 1, 1), PixelType.GRAY8)
                                .at(Coordinate.EMPTY.with(Dimension.C, index).with(Dimension.H, index)),
                        new byte[1]);
            }
            writer.finish();
        }
        try (CziReader reader = CziReader.open(file)) {
            CziException e = assertThrows(CziException.class, reader::omeXml);
            assertEquals(CziException.Kind.LIMIT, e.kind());
        }
    }
}
