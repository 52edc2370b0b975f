package io.github.czi4j.bench.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.czi4j.CziReader;
import io.github.czi4j.MosaicRequest;
import io.github.czi4j.bench.measure.OutputHash;
import io.github.czi4j.bench.measure.PlaneChoice;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Pixels;
import io.github.czi4j.model.Rect;
import io.github.czi4j.sample.SampleRecipe;
import io.github.czi4j.sample.SampleWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(180)
class PeerComparisonTest {
    @TempDir
    private Path folder;

    private static Peer fake(String mode) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return Peer.of(
                mode, List.of(java, "-cp", System.getProperty("java.class.path"), FakeAdapter.class.getName(), mode));
    }

    private Path sample(PixelType type, int scenes) throws IOException {
        Path file = folder.resolve(type.label() + scenes + ".czi");
        SampleRecipe recipe = SampleRecipe.defaults()
                .grid(3, 2)
                .tile(64, 48, 10)
                .pixels(type, Compression.ZSTD0)
                .dimensions(2, 1, 1, scenes);
        SampleWriter.write(file, recipe);
        return file;
    }

    private static PeerWork work(CziReader reader, List<Rect> regions, int threads) {
        PlaneChoice choice = PlaneChoice.of(reader, 1, null);
        return PeerWork.of("tiles", choice, PeerWork.Place.of(reader, null), regions, threads);
    }

    private List<PeerResult> run(List<Peer> peers) throws IOException {
        Path file = sample(PixelType.GRAY8, 1);
        try (CziReader reader = CziReader.open(file)) {
            PeerWork work = work(reader, List.of(new Rect(0, 0, 9, 9)), 1);
            return new PeerComparison(file, peers, Map.of(), 3, null).run(work, share -> {});
        }
    }

    @Test
    void timesAreThoseThatTheReaderTells() throws IOException {
        List<PeerResult> results = run(List.of(fake("good")));
        PeerResult good = results.get(0);
        assertEquals(2.5, good.seconds().median());
        assertEquals(3, good.seconds().count());
        assertEquals(1.25, good.cpuSeconds().median());
        assertEquals(0.5, good.openSeconds());
        assertEquals("7", good.version());
        assertTrue(good.startUpSeconds() > 0);
        assertEquals(List.of("a"), good.hashes());
    }

    @ParameterizedTest
    @CsvSource({
        "dies, out of luck, false",
        "fails, no such plane, false",
        "cannot, no scenes, true",
        "babbles, no JSON object, false",
        "short, no hash for each, false",
        "timeless, no sound seconds, false",
        "rude, no JSON object, false",
        "fickle, change from one pass, false"
    })
    void aReaderThatFailsHarmsNoOther(String mode, String reason, boolean isUnsupported) throws IOException {
        List<PeerResult> results = run(List.of(fake("good"), fake(mode), Peer.missing("gone", "is not there")));
        assertTrue(results.get(0).problem().isEmpty());
        assertEquals(3, results.get(0).seconds().count());
        assertTrue(
                results.get(1).problem().orElse("").contains(reason),
                results.get(1).problem().toString());
        assertEquals(isUnsupported, results.get(1).isUnsupported());
        assertEquals("is not there", results.get(2).problem().orElseThrow());
        String text = new PeerReport("warm", results).text();
        assertTrue(text.contains((isUnsupported ? "Skipped: " : "Failed: ") + mode), text);
        assertTrue(text.contains("Skipped: gone"), text);
    }

    @Test
    void aReaderThatSaysNothingIsGivenUp() throws IOException {
        long begun = System.nanoTime();
        PeerException e = assertThrows(
                PeerException.class, () -> new PeerProcess(fake("silent"), Map.of(), Duration.ofMillis(300)));
        assertTrue(e.getMessage().contains("has not answered"), e.getMessage());
        assertTrue(System.nanoTime() - begun < 30_000_000_000L);
    }

    @Test
    void thisReaderAnswersWithItsPixels() throws IOException {
        Path file = sample(PixelType.GRAY16, 1);
        List<Rect> regions = List.of(new Rect(5, 7, 40, 30), new Rect(60, 10, 50, 60));
        List<PeerResult> results = new ArrayList<>();
        try (PeerFinder finder = new PeerFinder(null);
                CziReader reader = CziReader.open(file)) {
            List<Peer> own = finder.find(null).subList(0, 1);
            for (int threads = 1; threads <= 2; threads++) {
                results.addAll(new PeerComparison(file, own, Map.of(), 1, null)
                        .run(work(reader, regions, threads), share -> {}));
            }
            List<String> expected = new ArrayList<>();
            for (Rect region : regions) {
                expected.add(new OutputHash()
                        .of(reader.readMosaic(MosaicRequest.region(region).channel(1))
                                .pixels()));
            }
            for (PeerResult result : results) {
                assertTrue(result.problem().isEmpty(), result.problem().toString());
                assertEquals(expected, result.hashes());
            }
        }
        JsonArray json = new PeerReport("warm", results).toJson();
        JsonObject first = json.get(0).getAsJsonObject();
        assertEquals("czi4j", first.get("name").getAsString());
        assertTrue(first.get("agrees").getAsBoolean());
        assertTrue(first.get("seconds").getAsJsonObject().get("median").getAsDouble() > 0);
    }

    /** A process that has the file mapped would keep it in the page cache. */
    @Test
    void aColdPassHasAProcessOfItsOwn() throws IOException {
        Path file = sample(PixelType.GRAY8, 1);
        List<String> prepared = new ArrayList<>();
        try (CziReader reader = CziReader.open(file)) {
            PeerWork work = work(reader, List.of(new Rect(0, 0, 9, 9)), 1);
            // In one process its pixels would change from the third pass on.
            List<PeerResult> results = new PeerComparison(
                            file, List.of(fake("fickle"), fake("dies")), Map.of(), 4, () -> prepared.add("dropped"))
                    .run(work, share -> {});
            assertTrue(
                    results.get(0).problem().isEmpty(), results.get(0).problem().toString());
            assertEquals(4, results.get(0).seconds().count());
            assertTrue(results.get(1).problem().isPresent());
        }
        assertEquals(5, prepared.size());
    }

    @Test
    void otherPixelsAreCalledDifferent() throws IOException {
        List<PeerResult> results = run(List.of(fake("good"), fake("good")));
        assertTrue(new PeerReport("warm", results).isConsistent());
        Path file = sample(PixelType.GRAY8, 1);
        try (PeerFinder finder = new PeerFinder(null);
                CziReader reader = CziReader.open(file)) {
            List<Peer> peers = List.of(finder.find(null).get(0), fake("good"));
            PeerWork work = work(reader, List.of(new Rect(0, 0, 9, 9)), 1);
            PeerReport report =
                    new PeerReport("warm", new PeerComparison(file, peers, Map.of(), 1, null).run(work, share -> {}));
            assertFalse(report.isConsistent());
            assertTrue(report.text().contains("DIFFERENT"), report.text());
        }
    }

    @Test
    void otherReadersAgreeWithThisOne() throws IOException {
        Path python = Path.of("../target/peers").toAbsolutePath().normalize();
        Assumptions.assumeTrue(
                Files.isDirectory(python), "no other readers: czi-bench/peers/setup.sh installs them to target/peers");
        for (PixelType type : List.of(PixelType.GRAY8, PixelType.GRAY16, PixelType.BGR24, PixelType.BGR48)) {
            Path file = sample(type, 1);
            try (PeerFinder finder = new PeerFinder(python);
                    CziReader reader = CziReader.open(file)) {
                PeerWork work = work(reader, List.of(new Rect(5, 7, 40, 30), new Rect(60, 10, 50, 60)), 2);
                List<PeerResult> results =
                        new PeerComparison(file, finder.find(null), Map.of(), 1, null).run(work, share -> {});
                String text = new PeerReport("warm", results).text();
                for (PeerResult result : results) {
                    assertTrue(result.isMeasured() || result.isUnsupported(), text);
                    if (result.isMeasured()) {
                        assertEquals(results.get(0).hashes(), result.hashes(), type + "\n" + text);
                    }
                }
            }
        }
    }

    /** Stands for Bio-Formats: pixels by formula, in R, G, B and big-endian, counted from the corner of the image. */
    private static final String STUB = """
            package loci.formats;
            public class ImageReader {
                public void setFlattenedResolutions(boolean value) {}
                public void setId(String file) {
                    if (!new java.io.File(file).isFile()) { throw new IllegalStateException("no file " + file); }
                }
                public void setSeries(int number) {}
                public int getIndex(int z, int c, int t) { return 100 * z + 10 * c + t; }
                public int getPixelType() { return 0; }
                public int getRGBChannelCount() { return 3; }
                public boolean isInterleaved() { return false; }
                public boolean isLittleEndian() { return false; }
                public byte[] openBytes(int plane, int x, int y, int w, int h) {
                    byte[] bytes = new byte[w * h * 6];
                    for (int i = 0; i < w * h * 3; i++) {
                        bytes[2 * i] = (byte) (plane + i / (w * h));
                        bytes[2 * i + 1] = (byte) (x + i % (w * h) % w + 3 * (y + i % (w * h) / w));
                    }
                    return bytes;
                }
            }
            """;

    @Test
    void bioFormatsIsAskedAsItCounts() throws Exception {
        Path sources = Files.createDirectories(folder.resolve("src/loci/formats"));
        Files.writeString(sources.resolve("ImageReader.java"), STUB);
        Files.writeString(
                sources.resolve("FormatTools.java"),
                "package loci.formats; public class FormatTools { public static final String VERSION = \"stub\";"
                        + " public static int getBytesPerPixel(int type) { return 2; } }");
        Path classes = Files.createDirectories(folder.resolve("classes"));
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-d",
                        classes.toString(),
                        sources + "/ImageReader.java",
                        sources + "/FormatTools.java");
        assertEquals(0, compiled);
        Path jar = folder.resolve("bioformats_package.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (String name : List.of("loci/formats/ImageReader.class", "loci/formats/FormatTools.class")) {
                out.putNextEntry(new JarEntry(name));
                out.write(Files.readAllBytes(classes.resolve(name)));
                out.closeEntry();
            }
        }
        Path file = sample(PixelType.BGR48, 1);
        Rect region = new Rect(11, 6, 5, 4);
        try (PeerFinder finder = new PeerFinder(null);
                CziReader reader = CziReader.open(file)) {
            List<Peer> all = finder.find(jar);
            List<Peer> last = all.subList(all.size() - 1, all.size());
            PeerResult result = new PeerComparison(file, last, Map.of(), 1, null)
                    .run(work(reader, List.of(region), 1), share -> {})
                    .get(0);
            assertTrue(result.problem().isEmpty(), result.problem().toString());
            assertEquals("stub", result.version());
            Rect image = reader.bounds().image();
            Pixels expected = Pixels.allocate(5, 4, PixelType.BGR48);
            for (int i = 0; i < 60; i++) {
                int x = region.x() - image.x() + i / 3 % 5;
                int y = region.y() - image.y() + i / 15;
                int red = 2 - i % 3;
                expected.shorts()[i] = (short) ((10 + red) << 8 | (byte) (x + 3 * y) & 0xFF);
            }
            assertEquals(List.of(new OutputHash().of(expected)), result.hashes());
            PeerResult threads = new PeerComparison(file, last, Map.of(), 1, null)
                    .run(work(reader, List.of(region), 4), share -> {})
                    .get(0);
            assertTrue(threads.isUnsupported(), threads.problem().toString());
        }
    }
}
