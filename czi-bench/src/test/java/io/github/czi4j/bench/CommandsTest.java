package io.github.czi4j.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.czi4j.CziReader;
import io.github.czi4j.Tuning;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.sample.SampleRecipe;
import io.github.czi4j.sample.SampleWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CommandsTest {
    @TempDir
    Path folder;

    private Path file;
    private String out;
    private String err;

    @BeforeEach
    void makeSample() throws IOException {
        file = folder.resolve("grid.czi");
        SampleRecipe recipe = SampleRecipe.defaults()
                .grid(5, 4)
                .tile(64, 64, 10)
                .dimensions(2, 1, 1, 1)
                .pixels(PixelType.GRAY16, Compression.ZSTD1);
        SampleWriter.write(file, recipe, 1, (done, total) -> {});
    }

    private int run(String... arguments) {
        StringWriter outText = new StringWriter();
        StringWriter errText = new StringWriter();
        CommandLine commandLine = ProfilerMain.commandLine();
        commandLine.setOut(new PrintWriter(outText));
        commandLine.setErr(new PrintWriter(errText));
        int status = commandLine.execute(ProfilerMain.withCommand(arguments));
        out = outText.toString();
        err = errText.toString();
        return status;
    }

    private JsonObject json(Path report) throws IOException {
        return JsonParser.parseString(Files.readString(report)).getAsJsonObject();
    }

    @Test
    void benchmarkRanksAndWritesJson() throws IOException {
        Path report = folder.resolve("b.json");
        assertEquals(
                0,
                run(
                        "benchmark",
                        file.toString(),
                        "--warm-up=0",
                        "--repetitions=3",
                        "--threads=1,4",
                        "--batch=2,100",
                        "--no-ceilings",
                        "--channel=1",
                        "--output=" + report));
        assertEquals("", err);
        out.lines()
                .filter(line -> !line.contains(folder.toString()))
                .forEach(line -> assertTrue(line.length() <= 80, line));
        for (String expected : List.of("plane Z0C1T0", "20 of 20 tiles", "4 threads × 2", "All runs gave the same")) {
            assertTrue(out.contains(expected), out);
        }
        assertTrue(out.contains("no verdict"), out);

        JsonObject json = json(report);
        assertEquals(1, json.get("formatVersion").getAsInt());
        assertTrue(json.getAsJsonObject("environment").get("processors").getAsInt() > 0);
        assertEquals(40, json.getAsJsonObject("file").get("subblocks").getAsInt());
        JsonObject request = json.getAsJsonObject("request");
        assertEquals("Z0C1T0", request.get("plane").getAsString());
        assertEquals(20 * 64 * 64, request.get("decodedPixels").getAsLong());
        assertTrue(request.get("storedBytes").getAsLong() > 0);
        JsonArray configurations = json.getAsJsonArray("configurations");
        assertEquals(5, configurations.size());
        double before = 0;
        for (JsonElement element : configurations) {
            JsonObject one = element.getAsJsonObject();
            for (String member : List.of("strategy", "batchSize", "samples", "peakMemoryBytes", "outputHash")) {
                assertTrue(one.has(member), member);
            }
            JsonObject seconds = one.getAsJsonObject("seconds");
            double median = seconds.get("median").getAsDouble();
            assertTrue(seconds.get("low").getAsDouble() <= median);
            assertTrue(median <= seconds.get("high").getAsDouble());
            assertTrue(before <= median, "ranked");
            before = median;
            assertEquals(3, one.getAsJsonArray("samples").size());
            assertTrue(one.get("peakMemoryBytes").getAsLong() > 0);
            assertEquals(
                    configurations.get(0).getAsJsonObject().get("outputHash"), one.get("outputHash"), "same pixels");
            assertTrue(one.get("outputHash").getAsString().matches("sha256:[0-9a-f]{64}"));
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(Set.of(file, report), Set.copyOf(left.toList()), "nothing but the report is left");
        }
    }

    @Test
    void profileStagesSumToTheWallClock() throws IOException {
        for (String maxTiles : List.of("100", "7")) {
            Path report = folder.resolve("p.json");
            assertEquals(
                    0, run(file.toString(), "--warm-up=0", "--max-tiles=" + maxTiles, "--output=" + report), () -> err);
            out.lines()
                    .filter(line -> !line.contains(folder.toString()))
                    .forEach(line -> assertTrue(line.length() <= 80, line));
            JsonObject json = json(report);
            assertEquals(1, json.get("formatVersion").getAsInt());
            assertSums(json);
            assertSums(json.getAsJsonObject("firstPass"));
            JsonObject tiles = json.getAsJsonObject("tiles");
            assertEquals(
                    Math.min(20, Integer.parseInt(maxTiles)), tiles.get("count").getAsInt());
            assertTrue(tiles.getAsJsonObject("all").get("p50").getAsDouble() > 0);
            assertEquals(5, tiles.getAsJsonArray("slowest").size());
            for (String kind : List.of("subblocks", "bytes", "pixels")) {
                double ratio = json.getAsJsonObject("amplification")
                        .getAsJsonObject(kind)
                        .get("ratio")
                        .getAsDouble();
                assertTrue(ratio >= 1 && ratio < 1.7, kind + " " + ratio);
            }
            JsonObject estimate = json.getAsJsonObject("estimate");
            assertEquals(40, estimate.get("subblocks").getAsInt());
            assertTrue(estimate.get("seconds").getAsDouble() > 0);
            assertEquals(maxTiles.equals("7"), estimate.get("low").isJsonNull());
        }
    }

    private static void assertSums(JsonObject pass) {
        double sum = 0;
        double cpu = 0;
        double shares = 0;
        for (JsonElement element : pass.getAsJsonArray("stages")) {
            JsonObject stage = element.getAsJsonObject();
            assertTrue(stage.get("seconds").getAsDouble() >= 0, stage.toString());
            sum += stage.get("seconds").getAsDouble();
            cpu += stage.get("cpuSeconds").getAsDouble();
            shares += stage.get("share").getAsDouble();
        }
        assertEquals(pass.get("wallSeconds").getAsDouble(), sum, 1e-9);
        assertEquals(pass.get("cpuSeconds").getAsDouble(), cpu, 1e-9);
        assertEquals(1, shares, 1e-9);
    }

    @Test
    void aProfileHasWhatItsDocumentSays() throws IOException {
        Path report = folder.resolve("p.json");
        assertEquals(
                0,
                run(
                        "profile",
                        file.toString(),
                        "--warm-up=0",
                        "--threads=2",
                        "--quick",
                        "--price",
                        "--no-ceilings",
                        "--output=" + report),
                () -> err);
        JsonObject json = json(report);
        for (String member : List.of(
                "created",
                "partial",
                "command",
                "environment",
                "file",
                "request",
                "amplification",
                "ceilings",
                "diagnosis",
                "method",
                "wallSeconds",
                "elapsedSeconds",
                "cpuSeconds",
                "stages",
                "system",
                "processCpuSeconds",
                "gcSeconds",
                "firstPass",
                "tiles",
                "estimate")) {
            assertTrue(json.has(member), member);
        }
        assertEquals("quick", json.getAsJsonObject("method").get("preset").getAsString());
        assertEquals(2, json.getAsJsonObject("method").get("threads").getAsInt());
        assertEquals(
                2 * json.get("elapsedSeconds").getAsDouble(),
                json.get("wallSeconds").getAsDouble(),
                1e-9);
        JsonArray list = json.getAsJsonObject("tiles").getAsJsonArray("list");
        assertEquals(20, list.size());
        for (String member : List.of(
                "index",
                "x",
                "y",
                "width",
                "height",
                "compression",
                "storedBytes",
                "worker",
                "startSeconds",
                "readSeconds",
                "decodeSeconds",
                "placeSeconds")) {
            assertTrue(list.get(0).getAsJsonObject().has(member), member);
        }
        JsonObject diagnosis = json.getAsJsonObject("diagnosis");
        assertFalse(diagnosis.get("verdict").getAsString().isEmpty());
        assertTrue(out.contains("Diagnosis"), out);
        assertEquals(
                Set.of("local-copy", "uncompressed"),
                Set.copyOf(diagnosis.getAsJsonArray("prices").asList().stream()
                        .map(price -> price.getAsJsonObject().get("name").getAsString())
                        .toList()),
                "it is zstd1 already");
        double added = diagnosis
                .getAsJsonArray("prices")
                .get(1)
                .getAsJsonObject()
                .get("addedBytes")
                .getAsDouble();
        assertTrue(added > 0, "uncompressed is larger: " + added);
        assertEquals(2, run("profile", file.toString(), "--quick", "--detailed"), "one preset at most");
        assertEquals(2, run("profile", file.toString(), "--threads=0"));
    }

    @Test
    void aQuickTestSaysWhetherThreadsHelp() throws IOException {
        Path report = folder.resolve("q.json");
        long begun = System.nanoTime();
        assertEquals(0, run("quick-test", file.toString(), "--max-tiles=4", "--output=" + report), () -> err);
        assertTrue(System.nanoTime() - begun < 20e9);
        assertTrue(out.contains("Threads h") || out.contains("cannot be said"), out);
        out.lines()
                .filter(line -> !line.contains(folder.toString()))
                .forEach(line -> assertTrue(line.length() <= 80, line));
        JsonObject json = json(report);
        double share = json.get("shareOfFile").getAsDouble();
        assertEquals(4.0 / 40, share, 0.03);
        assertTrue(json.getAsJsonObject("speedup").get("median").getAsDouble() > 0);
        assertEquals(2, run("quick-test", file.toString(), "--max-tiles=0"));
        assertEquals(2, run("quick-test", folder.resolve("missing.czi").toString()));
    }

    @Test
    void tuningIsKeptInTheFolderForConfigurations() throws IOException {
        System.setProperty("czi4j.config", folder.resolve("config").toString());
        try {
            Path report = folder.resolve("t.json");
            assertEquals(0, run("tune", file.toString(), "--budget=1", "--dry-run", "--output=" + report), () -> err);
            assertFalse(Files.exists(Tuning.file()), "a dry run keeps nothing");
            assertEquals("tune", json(report).get("kind").getAsString());
            assertEquals(0, run("tune", file.toString(), "--budget=1s"), () -> err);
            try (CziReader reader = CziReader.open(file)) {
                assertTrue(Tuning.find(Tuning.key(file, reader)).isPresent());
            }
            assertEquals(2, run("tune", file.toString(), "--budget=soon"));
            assertEquals(2, run("tune", file.toString(), "--budget=0"));
            assertEquals(2, run("tune"));
        } finally {
            System.clearProperty("czi4j.config");
        }
    }

    @Test
    void bothWaysToReadGiveAProfile() {
        assertEquals(0, run("profile", file.toString(), "--warm-up=0", "--io=channel"));
        assertTrue(out.contains(", channel"), out);
        assertEquals(2, run("profile", file.toString(), "--io=telepathy"));
    }

    @Test
    void badFilesAreOneLineAndStatusTwo() throws IOException {
        Path text = Files.writeString(folder.resolve("text.czi"), "this is no CZI at all, but a text of some length");
        Path empty = Files.createFile(folder.resolve("empty.czi"));
        for (Path bad : List.of(text, empty, folder, folder.resolve("missing.czi"))) {
            for (String command : List.of("benchmark", "profile")) {
                assertEquals(2, run(command, bad.toString()));
                assertEquals("", out);
                assertEquals(1, err.lines().count(), err);
                assertTrue(err.startsWith("czi: ") && err.contains(bad.toString()), err);
            }
        }
    }

    @Test
    void wrongWishesAreOneLineAndStatusTwo() {
        for (String wish : List.of("--channel=5", "--scene=3", "--max-tiles=0", "--warm-up=-1")) {
            for (String command : List.of("benchmark", "profile")) {
                assertEquals(2, run(command, file.toString(), wish), wish);
                assertEquals(1, err.lines().count(), err);
            }
        }
        assertEquals(2, run("benchmark", file.toString(), "--repetitions=2"));
        assertEquals(2, run("benchmark", file.toString(), "--quick", "--full"));
        assertEquals(2, run("benchmark", file.toString(), "--io=telepathy"));
        assertEquals(2, run("benchmark", file.toString(), "--order=alphabet"));
        assertEquals(2, run("benchmark", file.toString(), "--strategies=prayer"));
        assertEquals(2, run("benchmark", file.toString(), "--threads=0"));
        assertEquals(2, run("benchmark", file.toString(), "--output=" + folder.resolve("none/b.json")));
        assertFalse(err.isEmpty());
    }

    @Test
    void aFileAloneIsProfiled() {
        assertArrayEquals(new String[] {"profile", "a.czi"}, ProfilerMain.withCommand("a.czi"));
        assertArrayEquals(new String[] {"benchmark", "a.czi"}, ProfilerMain.withCommand("benchmark", "a.czi"));
        assertArrayEquals(new String[] {"--help"}, ProfilerMain.withCommand());
        assertEquals(0, run("--help"));
        assertTrue(out.contains("benchmark"));
        assertEquals(0, run("benchmark", "--help"));
        assertTrue(out.contains("Examples:"));
    }
}
