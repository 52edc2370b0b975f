package io.github.czi4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.czi4j.CziReader;
import io.github.czi4j.CziWriter;
import io.github.czi4j.NewSubblock;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Rect;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.plugins.tiff.BaselineTIFFTagSet;
import javax.imageio.plugins.tiff.TIFFDirectory;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What goes wrong, and what is told of it. */
class CommandEdgesTest {
    private static final String SCALING = """
            <ImageDocument><Metadata><Scaling><Items>
            <Distance Id="X"><Value>5E-07</Value></Distance><Distance Id="Y"><Value>2.5E-07</Value></Distance>
            </Items></Scaling></Metadata></ImageDocument>""";

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void aSmallFile() throws IOException {
        file = Run.file(folder.resolve("small.czi"), PixelType.GRAY8, new byte[12], 4, 3, SCALING);
    }

    private static void assertOneLine(Run run, String part) {
        assertEquals(2, run.status(), run.err());
        assertEquals("", run.out());
        assertEquals(1, run.err().lines().count(), run.err());
        assertTrue(run.err().startsWith("czi: "), run.err());
        assertTrue(run.err().contains(part), run.err());
    }

    @Test
    void wrongArgumentsAreOneLineThatPointsToTheHelp() {
        assertOneLine(Run.czi("info", file, "--nonsense"), "'czi info --help'");
        assertOneLine(Run.czi("inof", file), "similar: info");
        assertOneLine(Run.czi("read", file), "--out");
        assertOneLine(Run.czi("read", file, "--out", "x.png", "--zoom", "wide"), "--zoom");
        assertOneLine(Run.czi("tiles", file, "--limit", "-1"), "negative");
        Run bare = Run.czi();
        assertEquals(2, bare.status());
        assertTrue(bare.err().contains("Commands:"), bare.err());
    }

    @Test
    void placesThatCannotBeWrittenAreToldBeforeAnythingIsRead() throws IOException {
        assertOneLine(Run.czi("read", file, "--out", folder.resolve("none/x.png")), "no such folder");
        Path directory = Files.createDirectory(folder.resolve("d.png"));
        assertOneLine(Run.czi("read", file, "--out", directory, "--force"), "is a folder");
        assertOneLine(Run.czi("attachments", file, "--extract", file), "exists already");
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(2, left.count(), "nothing half written stays");
        }
    }

    @Test
    void aFileWithoutPermissionIsOneLine() throws IOException {
        Assumptions.assumeFalse("root".equals(System.getProperty("user.name")), "root may read everything");
        Assumptions.assumeTrue(file.toFile().setReadable(false), "no permissions on this file system");
        assertOneLine(Run.czi("info", file), file.toString());
    }

    @Test
    void extractedFilesReplaceNothingUnlessTold() throws IOException {
        Path source = folder.resolve("parts.czi");
        try (CziWriter writer = CziWriter.create(source)) {
            writer.addAttachment("Label", "CZI", new byte[] {1, 2, 3});
            writer.finish();
        }
        Path parts = Files.createDirectory(folder.resolve("parts"));
        Path mine = Files.writeString(parts.resolve("Label.czi"), "mine");
        assertOneLine(Run.czi("attachments", source, "--extract", parts), "--force");
        assertEquals("mine", Files.readString(mine));
        Run run = Run.czi("attachments", source, "--extract", parts, "--force", "--json");
        assertEquals(0, run.status(), run.err());
        assertArrayEquals(new byte[] {1, 2, 3}, Files.readAllBytes(mine));
        JsonObject entry = JsonParser.parseString(run.out())
                .getAsJsonObject()
                .getAsJsonArray("attachments")
                .get(0)
                .getAsJsonObject();
        assertEquals("Label", entry.get("name").getAsString());
        assertEquals(3, entry.get("size").getAsInt());
        assertEquals(mine.toString(), entry.get("extractedTo").getAsString());
    }

    @Test
    void aLinkInTheFolderIsReplacedAndNotFollowed() throws IOException {
        Path source = folder.resolve("parts.czi");
        try (CziWriter writer = CziWriter.create(source)) {
            writer.addAttachment("Label", "CZI", new byte[] {1});
            writer.finish();
        }
        Path outside = Files.writeString(folder.resolve("outside"), "mine");
        Path parts = Files.createDirectory(folder.resolve("parts"));
        Files.createSymbolicLink(parts.resolve("Label.czi"), outside);
        assertEquals(
                0, Run.czi("attachments", source, "--extract", parts, "--force").status());
        assertEquals("mine", Files.readString(outside));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not json",
                "[]",
                "{}",
                "{\"roi\":[1,2,3]}",
                "{\"roi\":{}}",
                "{\"roi\":[0,0,1,1],\"zoom\":\"x\"}",
                "{\"roi\":[0,0,1,1],\"scene\":{}}",
                "{\"roi\":[0,0,1,1],\"layer\":1}",
                "{\"roi\":[0,0,1,1],\"layer\":\"x\",\"minificationFactor\":2}",
                "{\"roi\":[0,0,1,1],\"plane\":null}",
                "{\"roi\":[0,0,[],1]}"
            })
    void aRequestThatIsNoneIsToldBeforeAnyOutput(String line) throws IOException {
        Path requests = Files.writeString(folder.resolve("r.jsonl"), "{\"roi\":[0,0,1,1]}\n\n" + line + "\n");
        assertOneLine(Run.czi("digest", "--json", "--mosaics", requests, file), "line 3");
    }

    @Test
    void aRequestThatCannotBeAnsweredIsAnErrorInItsPlace() throws IOException {
        Path requests = Files.writeString(folder.resolve("r.jsonl"), """
                {"roi":[0,0,-5,1]}
                {"roi":[0,0,1,1],"zoom":7}
                {"roi":[0,0,1,1],"plane":"Q1"}
                {"roi":[0,0,1,1],"minificationFactor":1,"layer":2}
                {"roi":[0,0,4,3],"maskAware":true}
                """);
        Run run = Run.czi("digest", "--json", "--mosaics", requests, file);
        assertEquals(0, run.status(), run.err());
        var mosaics = JsonParser.parseString(run.out()).getAsJsonObject().getAsJsonArray("mosaics");
        assertEquals(5, mosaics.size());
        for (int i = 0; i < 4; i++) {
            assertTrue(
                    mosaics.get(i).getAsJsonObject().has("error"),
                    mosaics.get(i).toString());
        }
        assertEquals("gray8", mosaics.get(4).getAsJsonObject().get("pixelType").getAsString());
        Run table = Run.czi("digest", "--mosaics", requests, file);
        assertTrue(table.out().contains("metadata"), table.out());
        assertTrue(table.out().contains("4×3"), table.out());
    }

    /** Columns 0 and 255 in turn at full resolution; a pyramid tile of 100 for the left half. */
    private Path pyramid() throws IOException {
        Path czi = folder.resolve("pyramid.czi");
        byte[] stripes = new byte[16 * 4];
        for (int i = 0; i < stripes.length; i++) {
            stripes[i] = (byte) (i % 2 * 255);
        }
        byte[] half = new byte[4 * 2];
        Arrays.fill(half, (byte) 100);
        try (CziWriter writer = CziWriter.create(czi)) {
            writer.add(NewSubblock.of(new Rect(0, 0, 16, 4), PixelType.GRAY8), stripes);
            writer.add(NewSubblock.of(new Rect(0, 0, 8, 4), PixelType.GRAY8).stored(4, 2), half);
            writer.add(NewSubblock.of(new Rect(20, 0, 8, 4), PixelType.GRAY8).stored(4, 2), half);
            writer.finish();
        }
        return czi;
    }

    private static int[] firstRow(Path picture) throws IOException {
        var image = ImageIO.read(picture.toFile());
        return image.getRaster().getSamples(0, 0, image.getWidth(), 1, 0, (int[]) null);
    }

    @Test
    void aPictureIsComposedAsAskedFor() throws IOException {
        Path czi = pyramid();
        Path png = folder.resolve("x.png");
        Object[] all = {"read", czi, "--out", png, "--force", "--region", "0,0,16,4"};
        assertEquals(0, Run.czi(with(all, "--pyramid-layer", "2,1")).status());
        assertArrayEquals(new int[] {100, 100, 100, 100, 0, 0, 0, 0}, firstRow(png));
        assertEquals(0, Run.czi(with(all, "--zoom", "0.5")).status());
        assertArrayEquals(new int[] {100, 100, 100, 100, 0, 0, 0, 0}, firstRow(png));
        assertEquals(
                0, Run.czi(with(all, "--zoom", "0.5", "--average", "--masks")).status());
        assertArrayEquals(new int[] {100, 100, 100, 100, 128, 128, 128, 128}, firstRow(png));
        Run left = Run.czi(with(all, "--zoom", "0.5", "--gaps", "leave", "--feather"));
        assertEquals(0, left.status(), left.err());
        assertTrue(left.err().contains("50.0 % of the picture is background"), left.err());

        Object[] right = {"read", czi, "--out", png, "--force", "--region", "16,0,12,4"};
        Run blank = Run.czi(right);
        assertTrue(blank.err().contains("--gaps any"), blank.err());
        assertArrayEquals(new int[12], firstRow(png));
        Run filled = Run.czi(with(right, "--gaps", "any"));
        assertFalse(filled.err().contains("--gaps"), filled.err());
        assertArrayEquals(new int[] {0, 0, 0, 0, 100, 100, 100, 100, 100, 100, 100, 100}, firstRow(png));

        assertOneLine(Run.czi(with(all, "--zoom", "0.5", "--pyramid-layer", "2,1")), "leave one of them");
        assertOneLine(Run.czi(with(all, "--pyramid-layer", "2")), "not FACTOR,LAYER");
        assertOneLine(Run.czi(with(all, "--pyramid-layer", "1,2")), "at least 2");
        assertOneLine(Run.czi(with(all, "--gaps", "most")), "--gaps");
    }

    private static Object[] with(Object[] arguments, Object... more) {
        return Stream.concat(Arrays.stream(arguments), Arrays.stream(more)).toArray();
    }

    @Test
    void aDigestEndsWhenNobodyReads() {
        CommandLine commandLine = Czi.commandLine();
        commandLine.setOut(new PrintWriter(new Writer() {
            @Override
            public void write(char[] text, int from, int length) throws IOException {
                throw new IOException("Broken pipe");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        }));
        assertEquals(2, commandLine.execute("digest", "--json", file.toString()));
    }

    @Test
    void anErrorOfTheMachineIsOneLineToo() {
        CommandLine commandLine = new CommandLine(new Czi()) {
            @Override
            public int execute(String... arguments) {
                throw new OutOfMemoryError("Java heap space");
            }
        };
        assertEquals(2, Czi.execute(commandLine.setErr(new PrintWriter(OutputStream.nullOutputStream()))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a><b></a>",
                "no XML",
                "<a>&nothing;</a>",
                "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/hosts'>]><a>&e;</a>"
            })
    void damagedXmlIsShownAsStored(String xml) throws IOException {
        Path damaged = Run.file(folder.resolve("damaged.czi"), PixelType.GRAY8, new byte[1], 1, 1, xml);
        Run run = Run.czi("metadata", damaged);
        assertEquals(0, run.status(), run.err());
        assertTrue(run.out().contains(xml), run.out());
        assertEquals(1, run.err().lines().count(), run.err());
        assertTrue(run.err().startsWith("note: "), run.err());
    }

    @Test
    void deeplyNestedXmlIsShownAsStored() throws IOException {
        String xml = "<a>".repeat(100_000) + "</a>".repeat(100_000);
        Path deep = Run.file(folder.resolve("deep.czi"), PixelType.GRAY8, new byte[1], 1, 1, xml);
        Run run = Run.czi("metadata", deep);
        assertEquals(0, run.status(), run.err());
        assertEquals(xml, run.out().strip());
        assertEquals(0, Run.czi("info", deep).status());
    }

    @Test
    void rawMetadataIsByteForByte() throws IOException {
        PrintStream usual = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, false, StandardCharsets.US_ASCII));
        try {
            assertEquals(0, Run.czi("metadata", "--raw", file).status());
        } finally {
            System.setOut(usual);
        }
        try (CziReader reader = CziReader.open(file)) {
            assertArrayEquals(reader.metadataXmlBytes(), bytes.toByteArray());
        }
    }

    @Test
    void infoForProgramsSaysTheSame() {
        Run run = Run.czi("info", "--json", file);
        assertEquals(0, run.status(), run.err());
        JsonObject json = JsonParser.parseString(run.out()).getAsJsonObject();
        assertEquals(1, json.get("formatVersion").getAsInt());
        assertEquals("small.czi", json.get("file").getAsString());
        assertEquals("[0,0,4,3]", json.get("image").toString());
        assertEquals(0.5, json.getAsJsonObject("pixelSizeMicrometres").get("x").getAsDouble(), 1e-9);
        assertEquals("{\"gray8\":1}", json.get("pixelTypes").toString());
        JsonObject layer = json.getAsJsonArray("layers").get(0).getAsJsonObject();
        assertEquals(1.0, layer.get("ratio").getAsDouble());
        assertEquals("[4,3]", layer.get("typicalSize").toString());
        assertEquals(0, json.getAsJsonArray("odd").size());
    }

    /** Looked for in the bytes: the JDK's readers do not give back what a PNG says. */
    @Test
    void picturesKnowTheirResolution() throws IOException {
        Path png = folder.resolve("r.png");
        assertEquals(0, Run.czi("read", file, "--out", png, "--zoom", "0.5").status());
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(png));
        int at = new String(bytes.array(), StandardCharsets.ISO_8859_1).indexOf("pHYs") + 4;
        assertEquals(1_000_000, bytes.getInt(at), "pixels in a metre");
        assertEquals(2_000_000, bytes.getInt(at + 4));
        assertEquals(1, bytes.get(at + 8));

        Path tiff = folder.resolve("r.tif");
        assertEquals(0, Run.czi("read", file, "--out", tiff).status());
        try (ImageInputStream in = ImageIO.createImageInputStream(tiff.toFile())) {
            ImageReader reader = ImageIO.getImageReaders(in).next();
            reader.setInput(in);
            TIFFDirectory fields = TIFFDirectory.createFromMetadata(reader.getImageMetadata(0));
            assertEquals(
                    BaselineTIFFTagSet.RESOLUTION_UNIT_CENTIMETER,
                    fields.getTIFFField(BaselineTIFFTagSet.TAG_RESOLUTION_UNIT).getAsInt(0));
            assertEquals(
                    20_000,
                    fields.getTIFFField(BaselineTIFFTagSet.TAG_X_RESOLUTION).getAsDouble(0),
                    0.01);
            assertEquals(
                    40_000,
                    fields.getTIFFField(BaselineTIFFTagSet.TAG_Y_RESOLUTION).getAsDouble(0),
                    0.01);
            reader.dispose();
        }
    }

    /** 16 nm are usual in super-resolution; the other sizes have no place in a TIFF, which is written all the same. */
    @ParameterizedTest
    @ValueSource(strings = {"1.6E-08", "1E-12", "1E+300"})
    void pixelsOfAnySizeCanBeWritten(String metres) throws IOException {
        Path tiny = Run.file(
                folder.resolve("tiny.czi"), PixelType.GRAY8, new byte[1], 1, 1, SCALING.replace("5E-07", metres));
        for (String name : new String[] {"t.tif", "t.png"}) {
            Path picture = folder.resolve(name);
            Run run = Run.czi("read", tiny, "--out", picture);
            assertEquals(0, run.status(), run.err());
            assertEquals(1, ImageIO.read(picture.toFile()).getWidth());
        }
    }

    @Test
    void anEmptyRegionIsSaid() {
        Run run = Run.czi("read", file, "--out", folder.resolve("e.png"), "--region", "100,100,5,5");
        assertEquals(0, run.status(), run.err());
        assertTrue(run.err().contains("no tile in this region"), run.err());
        assertFalse(run.err().contains("looks black"), run.err());
    }
}
