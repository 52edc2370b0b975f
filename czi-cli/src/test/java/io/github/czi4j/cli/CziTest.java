package io.github.czi4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.czi4j.CziReader;
import io.github.czi4j.CziWriter;
import io.github.czi4j.Mosaic;
import io.github.czi4j.MosaicRequest;
import io.github.czi4j.NewSubblock;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.Coordinate;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Rect;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CziTest {
    private static final String[] COMMANDS = {
        "info", "tiles", "metadata", "attachments", "read", "digest", "sample", "benchmark", "profile"
    };

    @TempDir
    private Path folder;

    private String out;
    private String err;

    private int run(Object... arguments) {
        StringWriter outText = new StringWriter();
        StringWriter errText = new StringWriter();
        CommandLine commandLine = Czi.commandLine();
        commandLine.setOut(new PrintWriter(outText)).setErr(new PrintWriter(errText));
        int status = commandLine.execute(
                Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
        out = outText.toString();
        err = errText.toString();
        return status;
    }

    private Path sample() {
        Path file = folder.resolve("sample.czi");
        int status = run(
                "sample",
                file,
                "--grid",
                "3x2",
                "--tile",
                "96x64",
                "--overlap",
                "12.5",
                "--channels",
                "2",
                "--scenes",
                "2");
        assertEquals(0, status, err);
        return file;
    }

    private Path write(PixelType type, byte[] pixels, int width, int height) throws IOException {
        Path file = folder.resolve(type.label() + ".czi");
        try (CziWriter writer = CziWriter.create(file)) {
            writer.add(NewSubblock.of(new Rect(0, 0, width, height), type).at(Coordinate.parse("C0")), pixels);
            writer.finish();
        }
        return file;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"info", "tiles", "metadata", "attachments", "read", "digest", "sample", "benchmark", "profile"})
    void everyCommandHasHelpWithExamples(String command) {
        assertEquals(0, run(command, "--help"));
        assertTrue(out.contains("Example"), out);
        assertTrue(out.contains("czi " + command), out);
        assertEquals(0, run("help", command));
        assertTrue(out.contains("czi " + command), out);
    }

    @Test
    void aCommandThatIsNamedFirstComesAloneAndIsTheSame() {
        Set<String> all = Czi.commandLine().getSubcommands().keySet();
        assertEquals(19, all.size());
        for (String name : all) {
            CommandLine alone = Czi.commandLineFor(name, "x.czi");
            assertEquals(
                    name.equals("help") ? all : Set.of(name),
                    alone.getSubcommands().keySet());
            // The name that a command gives itself is that by which it is found.
            assertEquals(name, alone.getSubcommands().get(name).getCommandSpec().name());
            assertEquals(
                    Czi.commandLine().getSubcommands().get(name).getUsageMessage(),
                    alone.getSubcommands().get(name).getUsageMessage());
        }
        for (String[] arguments :
                new String[][] {{}, {"--help"}, {"nonsense"}, {"benchmark", "-i"}, {"help", "info"}}) {
            assertEquals(all, Czi.commandLineFor(arguments).getSubcommands().keySet());
        }
    }

    @Test
    void theTrainingOfTheArchiveWorks() {
        assertTrue(ArchiveTraining.run(folder));
        assertTrue(Files.exists(folder.resolve("picture.png")));
    }

    @Test
    void theOverviewNamesAllCommands() {
        assertEquals(0, run("--help"));
        for (String command : COMMANDS) {
            assertTrue(out.contains("\n  " + command + " "), command);
        }
        assertEquals(2, run());
        assertEquals(2, run("nonsense"));
        assertEquals(2, run("info"));
        assertEquals(2, run("info", "a", "--nonsense"));
        assertEquals(0, run("--version"));
        assertTrue(out.startsWith("czi4j "), out);
    }

    @ParameterizedTest
    @ValueSource(strings = {"info", "tiles", "metadata", "attachments", "digest", "benchmark", "profile"})
    void whatCannotBeOpenedIsOneLineAndStatus2(String command) throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.czi"));
        Path text = Files.writeString(folder.resolve("text.czi"), "not a CZI".repeat(200));
        byte[] whole = Files.readAllBytes(sample());
        Path cut = Files.write(folder.resolve("cut.czi"), Arrays.copyOf(whole, whole.length / 2));
        for (Path file : new Path[] {empty, text, cut, folder, folder.resolve("missing.czi")}) {
            assertEquals(2, run(command, file), file.toString());
            assertEquals("", out);
            assertEquals(1, err.lines().count(), err);
            assertTrue(err.startsWith("czi: " + file), err);
        }
    }

    @Test
    void infoIsAPageForAMicroscopist() {
        Path file = sample();
        assertEquals(0, run("info", file));
        for (String text : new String[] {
            "576 × 120 px",
            "0.325 µm",
            "C0  DAPI  353 → 465 nm",
            "C1  EGFP",
            "S1  Scene 2",
            "24 of full resolution, 96 × 64 px",
            "M 0..5",
            "gray16",
            "zstd1",
            "Plan-Apochromat 20x/0.8",
            "Thumbnail (JPG"
        }) {
            assertTrue(out.contains(text), text + " in\n" + out);
        }
        assertFalse(out.contains("Odd"), out);
    }

    @Test
    void tilesAreListedAsTableCsvAndJson() {
        Path file = sample();
        assertEquals(0, run("tiles", file, "--plane", "C1", "--scene", "1"));
        assertEquals(8, out.lines().count());
        assertEquals(0, run("tiles", file, "--csv", "--limit", "3"));
        assertEquals(4, out.lines().count());
        assertEquals(
                "2,Z0C0T0S0,1,84,0,96,64,96,64,gray16,zstd1",
                out.lines().toList().get(3).replaceAll(",[0-9]+$", ""));
        assertEquals(0, run("tiles", file, "--json", "--region", "0,0,10,10", "--layer0"));
        JsonObject json = JsonParser.parseString(out).getAsJsonObject();
        assertEquals(1, json.get("formatVersion").getAsInt());
        assertEquals(2, json.getAsJsonArray("tiles").size());
        assertEquals(2, run("tiles", file, "--region", "1,2,3"));
        assertEquals(2, run("tiles", file, "--json", "--csv"));
    }

    @Test
    void metadataIsIndented() {
        Path file = sample();
        assertEquals(0, run("metadata", file));
        assertTrue(out.contains("\n  <Metadata>\n"), out);
        assertTrue(out.contains("<Distance Id=\"X\">"), out);
    }

    @Test
    void attachmentsAreExtractedUnderSafeNames() throws IOException {
        Path file = folder.resolve("evil.czi");
        byte[] payload = {1, 2, 3};
        try (CziWriter writer = CziWriter.create(file)) {
            writer.addAttachment("../../evil", "JPG", payload);
            writer.addAttachment("..\\evil", "JPG", payload);
            writer.addAttachment("", "", payload);
            writer.addAttachment("A", "JPG", payload);
            writer.addAttachment("a", "jpg", payload);
            writer.finish();
        }
        Path parts = folder.resolve("parts");
        assertEquals(0, run("attachments", file, "--extract", parts), err);
        try (Stream<Path> files = Files.walk(folder)) {
            Set<String> names = new HashSet<>();
            files.filter(Files::isRegularFile)
                    .forEach(path -> names.add(folder.relativize(path).toString()));
            assertEquals(6, names.size(), names.toString());
            assertTrue(names.contains("parts/A.jpg"), names.toString());
            assertTrue(names.contains("parts/a (2).jpg"), names.toString());
            assertTrue(names.contains("parts/attachment.bin"), names.toString());
            for (String name : names) {
                assertFalse(name.contains(".."), name);
            }
        }
        assertArrayEquals(payload, Files.readAllBytes(parts.resolve("A.jpg")));
    }

    @Test
    void aPictureHoldsTheMosaicsPixels() throws IOException {
        Path file = sample();
        for (String name : new String[] {"x.png", "x.tif"}) {
            Path picture = folder.resolve(name);
            assertEquals(0, run("read", file, "--out", picture, "--plane", "C=1", "--region", "10,20,100,50"), err);
            BufferedImage image = ImageIO.read(picture.toFile());
            try (CziReader reader = CziReader.open(file)) {
                Mosaic mosaic =
                        reader.readMosaic(MosaicRequest.region(10, 20, 100, 50).channel(1));
                Raster raster = image.getRaster();
                for (int y = 0; y < 50; y++) {
                    for (int x = 0; x < 100; x++) {
                        assertEquals(mosaic.shorts()[y * 100 + x] & 0xFFFF, raster.getSample(x, y, 0));
                    }
                }
            }
            assertEquals(2, run("read", file, "--out", picture, "--plane", "C1"));
            assertTrue(err.contains("--force"), err);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = PixelType.class,
            names = {"UNKNOWN"},
            mode = EnumSource.Mode.EXCLUDE)
    void picturesOfAllPixelTypesAreWrittenOrRefusedWithAHint(PixelType type) throws IOException {
        byte[] pixels = new byte[6 * 4 * type.bytesPerPixel()];
        ByteBuffer samples = ByteBuffer.wrap(pixels).order(ByteOrder.LITTLE_ENDIAN);
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; samples.hasRemaining(); i++) {
            switch (type.sample()) {
                case UINT8 -> samples.put((byte) random.nextInt());
                case UINT16 -> samples.putShort((short) random.nextInt());
                case INT32 -> samples.putInt(i * 1000);
                case FLOAT32 -> samples.putFloat(i / 7f);
                case FLOAT64 -> samples.putDouble(i / 7.0);
            }
        }
        Path file = write(type, pixels, 6, 4);
        boolean isComplex = type == PixelType.GRAY64_COMPLEX_FLOAT || type == PixelType.BGR192_COMPLEX_FLOAT;
        boolean isInteger = type.sample() == PixelType.Sample.UINT8 || type.sample() == PixelType.Sample.UINT16;
        Path png = folder.resolve("p.png");
        Path tiff = folder.resolve("p.tif");
        assertEquals(isInteger ? 0 : 2, run("read", file, "--out", png), err);
        assertEquals(isComplex ? 2 : 0, run("read", file, "--out", tiff), err);
        if (isComplex) {
            return;
        }
        BufferedImage image = ImageIO.read(tiff.toFile());
        int count = type.samplesPerPixel();
        for (int pixel = 0; pixel < 24; pixel++) {
            for (int sample = 0; sample < count; sample++) {
                // Stored B, G, R(, A); a picture's bands are R, G, B(, A).
                int band = count >= 3 && sample < 3 ? 2 - sample : sample;
                int at = pixel * count + sample;
                double expected = switch (type.sample()) {
                    case UINT8 -> samples.get(at) & 0xFF;
                    case UINT16 -> samples.getShort(2 * at) & 0xFFFF;
                    case INT32 -> samples.getInt(4 * at);
                    case FLOAT32 -> samples.getFloat(4 * at);
                    case FLOAT64 -> samples.getDouble(8 * at);
                };
                assertEquals(expected, image.getRaster().getSampleDouble(pixel % 6, pixel / 6, band), type.label());
            }
        }
    }

    @Test
    void aPictureWithHolesIsWrittenAndSaysSo() throws IOException {
        Path file = folder.resolve("holes.czi");
        try (CziWriter writer = CziWriter.create(file)) {
            NewSubblock tile = NewSubblock.of(new Rect(0, 0, 4, 4), PixelType.GRAY8);
            byte[] white = new byte[16];
            Arrays.fill(white, (byte) 200);
            writer.add(tile.m(0), white);
            NewSubblock broken = NewSubblock.of(new Rect(4, 0, 4, 4), PixelType.GRAY8);
            writer.addEncoded(broken.m(1).compressed(Compression.ZSTD0), new byte[] {1, 2, 3});
            writer.finish();
        }
        Path picture = folder.resolve("holes.png");
        assertEquals(1, run("read", file, "--out", picture));
        assertTrue(err.contains("subblock 1"), err);
        assertTrue(err.contains("with holes"), err);
        Raster raster = ImageIO.read(picture.toFile()).getRaster();
        assertEquals(200, raster.getSample(3, 0, 0));
        assertEquals(0, raster.getSample(4, 0, 0));
        assertEquals(2, run("read", file, "--out", folder.resolve("strict.png"), "--strict"));
        assertFalse(Files.exists(folder.resolve("strict.png")));
    }

    @Test
    void stretchingShowsWhatIsThere() throws IOException {
        Path file = write(PixelType.GRAY16, new byte[] {100, 0, (byte) 200, 0, 44, 1, 44, 1}, 2, 2);
        Path picture = folder.resolve("s.png");
        assertEquals(0, run("read", file, "--out", picture, "--stretch"));
        Raster raster = ImageIO.read(picture.toFile()).getRaster();
        assertEquals(0, raster.getSample(0, 0, 0));
        assertEquals(32768, raster.getSample(1, 0, 0));
        assertEquals(65535, raster.getSample(1, 1, 0));
        assertEquals(0, run("read", file, "--out", picture, "--force"));
        assertTrue(err.contains("looks black"), err);
    }

    @Test
    void aDigestIsOneObjectInTheOrderOfTheDirectory() throws IOException {
        Path file = sample();
        Path requests = Files.writeString(folder.resolve("requests.jsonl"), """
                {"scene":null,"plane":"Z0C0T0","roi":[0,0,100,50],"zoom":1}
                {"scene":1,"plane":"Z0C1T0","roi":[0,0,100,50],"zoom":0.5,"maskAware":false}
                {"scene":null,"plane":"Z0C9T0","roi":[0,0,100,50],"zoom":1}
                {"scene":null,"plane":"Z0C0T0","roi":[0,0,100,50],"minificationFactor":2,"layer":1}
                """, StandardCharsets.UTF_8);
        assertEquals(0, run("digest", "--json", "--mosaics", requests, file), err);
        JsonObject json = JsonParser.parseString(out).getAsJsonObject();
        assertEquals(1, json.get("formatVersion").getAsInt());
        assertEquals("sample.czi", json.get("file").getAsString());
        JsonArray subblocks = json.getAsJsonArray("subBlocks");
        assertEquals(24, subblocks.size());
        JsonObject third = subblocks.get(3).getAsJsonObject();
        assertEquals("Z0C1T0S0", third.get("coord").getAsString());
        assertEquals(1, third.get("m").getAsInt());
        assertEquals("[84,0,96,64]", third.get("logical").toString());
        assertEquals("[96,64]", third.get("physical").toString());
        assertEquals("zstd1", third.get("compression").getAsString());
        assertEquals(0, third.getAsJsonArray("warnings").size());
        try (CziReader reader = CziReader.open(file)) {
            ByteBuffer bytes = ByteBuffer.allocate(96 * 64 * 2);
            reader.subblock(3).read().pixels().copyRows(0, 64, bytes);
            assertEquals(
                    HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes.array())),
                    third.getAsJsonObject("pixels").get("md5").getAsString());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        JsonArray mosaics = json.getAsJsonArray("mosaics");
        assertEquals(4, mosaics.size());
        assertEquals(100, mosaics.get(0).getAsJsonObject().get("w").getAsInt());
        assertEquals(50, mosaics.get(1).getAsJsonObject().get("w").getAsInt());
        assertTrue(mosaics.get(2).getAsJsonObject().get("error").getAsString().contains("C from 0 to 1"));
        // A layer that has no tile is all background.
        assertEquals(50, mosaics.get(3).getAsJsonObject().get("w").getAsInt());
        assertEquals(25, mosaics.get(3).getAsJsonObject().get("h").getAsInt());
        assertEquals(
                "Thumbnail",
                json.getAsJsonArray("attachments")
                        .get(0)
                        .getAsJsonObject()
                        .get("name")
                        .getAsString());
        assertEquals(0, run("digest", file));
        assertEquals(24, out.lines().filter(line -> line.contains("gray16")).count(), out);
        assertTrue(out.contains("attachment Thumbnail"), out);
        Files.writeString(requests, "not json\n");
        assertEquals(2, run("digest", "--json", "--mosaics", requests, file));
    }

    @Test
    void aSampleInJpegXrDecodes() throws IOException {
        for (String type : new String[] {"gray8", "gray16", "bgr24"}) {
            Path file = folder.resolve(type + ".czi");
            assertEquals(0, run("sample", file, "--compression", "jpegxr", "--grid", "2x2", "--pixel-type", type), err);
            try (CziReader reader = CziReader.open(file)) {
                Mosaic mosaic = reader.readMosaic(MosaicRequest.wholeImage().strict());
                assertEquals(256 + 230, mosaic.width());
                assertEquals(4, mosaic.decodedCount());
            }
        }
        assertEquals(2, run("sample", folder.resolve("x.czi"), "--compression", "jpegxr", "--tile", "64x64"));
        assertTrue(err.contains("256x256"), err);
    }

    @Test
    void aSampleIsNotOverwrittenAndWrongRecipesAreRefused() {
        Path file = sample();
        assertEquals(2, run("sample", file, "--grid", "1x1"));
        assertTrue(err.contains("--force"), err);
        assertEquals(0, run("sample", file, "--grid", "1x1", "--tile", "8x8", "--force"));
        for (String[] wrong : new String[][] {
            {"--grid", "3"},
            {"--tile", "0x5"},
            {"--overlap", "80"},
            {"--pixel-type", "gray9"},
            {"--compression", "lzw"}
        }) {
            assertEquals(2, run("sample", folder.resolve("y.czi"), wrong[0], wrong[1]), wrong[0]);
            assertEquals(1, err.lines().count(), err);
        }
    }
}
