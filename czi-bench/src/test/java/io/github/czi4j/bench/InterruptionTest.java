package io.github.czi4j.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.sample.SampleRecipe;
import io.github.czi4j.sample.SampleWriter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C in the middle: every file that was asked for is there, whole, and says that it is partial. */
@EnabledOnOs(OS.LINUX)
class InterruptionTest {
    private static final int OF_SIGINT = 130;

    @TempDir
    Path folder;

    private Path file;
    private Process child;

    @BeforeEach
    void makeSample() throws IOException {
        file = folder.resolve("grid.czi");
        SampleRecipe recipe = SampleRecipe.defaults()
                .grid(6, 6)
                .tile(256, 256, 10)
                .dimensions(1, 1, 1, 1)
                .pixels(PixelType.GRAY16, Compression.ZSTD1);
        SampleWriter.write(file, recipe, 1, (done, total) -> {});
    }

    @AfterEach
    void endChild() throws InterruptedException {
        if (child != null) {
            child.destroyForcibly();
            child.waitFor();
        }
    }

    private Path result(String name) {
        return folder.resolve(name);
    }

    private void start(String... arguments) throws IOException {
        // Programs that a shell starts in the background inherit that they ignore it.
        List<String> line = new ArrayList<>(List.of("env", "--default-signal=INT"));
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(List.of("-Xmx512m", "-cp", System.getProperty("java.class.path"), ProfilerMain.class.getName()));
        line.addAll(List.of(arguments));
        line.addAll(List.of(
                file.toString(),
                "--output=" + result("r.json"),
                "--html=" + result("r.html"),
                "--csv=" + result("r.csv"),
                "--markdown=" + result("r.md"),
                "--trace=" + result("t.json"),
                "--flame=" + result("f.html"),
                "--collapsed=" + result("f.txt"),
                "--no-ceilings"));
        child = new ProcessBuilder(line)
                .redirectOutput(result("out.txt").toFile())
                .redirectError(result("err.txt").toFile())
                .start();
    }

    /** Waits until so many bytes of trace are there, which is when something was loaded. */
    private void awaitTrace(long bytes) throws IOException, InterruptedException {
        while (child.isAlive() && !(Files.exists(result("t.json")) && Files.size(result("t.json")) >= bytes)) {
            Thread.sleep(100);
        }
    }

    private void interrupt() throws IOException, InterruptedException {
        assertEquals(
                0,
                new ProcessBuilder("kill", "-INT", Long.toString(child.pid()))
                        .start()
                        .waitFor());
    }

    private String said() throws IOException {
        return Files.readString(result("err.txt")) + Files.readString(result("out.txt"));
    }

    private JsonObject assertAllWritten() throws IOException, InterruptedException {
        assertTrue(child.waitFor(60, TimeUnit.SECONDS), said());
        assertEquals(OF_SIGINT, child.exitValue(), said());
        assertTrue(said().contains("Interrupted"), said());
        JsonObject json =
                JsonParser.parseString(Files.readString(result("r.json"))).getAsJsonObject();
        assertTrue(json.get("partial").getAsBoolean());
        assertFalse(
                json.getAsJsonObject("diagnosis").get("verdict").getAsString().isEmpty());
        String html = Files.readString(result("r.html"));
        assertTrue(html.endsWith("</html>\n") && html.contains("interrupted"), "the page says so");
        assertTrue(Files.readString(result("r.md")).contains("nterrupted"));
        assertTrue(Files.readString(result("r.csv")).startsWith(json.has("tiles") ? "index," : "name,"));
        JsonObject trace =
                JsonParser.parseString(Files.readString(result("t.json"))).getAsJsonObject();
        assertTrue(trace.getAsJsonObject("otherData").get("partial").getAsBoolean());
        assertTrue(trace.getAsJsonArray("traceEvents").size() > 0);
        String flame = Files.readString(result("f.html"));
        assertTrue(flame.endsWith("</html>\n") && flame.contains("Partial, the run was interrupted."));
        for (String line : Files.readAllLines(result("f.txt"))) {
            assertTrue(line.matches(".+ \\d+"), line);
        }
        return json;
    }

    @Test
    void aBenchmark() throws IOException, InterruptedException {
        start("benchmark", "--warm-up=0", "--repetitions=100000", "--threads=2", "--batch=4");
        awaitTrace(400_000);
        interrupt();
        JsonObject json = assertAllWritten();
        assertFalse(json.getAsJsonArray("configurations").isEmpty());
        assertEquals(
                1 + json.getAsJsonArray("configurations").size(),
                Files.readAllLines(result("r.csv")).size());
    }

    @Test
    void aBenchmarkThatHasMeasuredNothingYet() throws IOException, InterruptedException {
        start("benchmark", "--warm-up=3000", "--threads=2", "--batch=4");
        awaitTrace(100_000);
        interrupt();
        assertTrue(assertAllWritten().getAsJsonArray("configurations").isEmpty());
    }

    @Test
    void aBenchmarkInFreshJvms() throws IOException, InterruptedException {
        start("benchmark", "--fork", "--warm-up=0", "--repetitions=1000", "--threads=2", "--batch=4");
        awaitTrace(1000);
        Thread.sleep(3000);
        List<ProcessHandle> forks = child.descendants().toList();
        // A terminal tells all of them.
        for (ProcessHandle fork : forks) {
            new ProcessBuilder("kill", "-INT", Long.toString(fork.pid()))
                    .start()
                    .waitFor();
        }
        interrupt();
        JsonObject json = assertAllWritten();
        assertTrue(json.getAsJsonArray("skipped").isEmpty(), json.toString());
        assertTrue(forks.stream().noneMatch(ProcessHandle::isAlive), "none is left");
    }

    @Test
    void aProfile() throws IOException, InterruptedException {
        start("profile", "--warm-up=3000", "--max-tiles=20");
        awaitTrace(100_000);
        interrupt();
        JsonObject json = assertAllWritten();
        assertEquals(20, json.getAsJsonObject("tiles").get("count").getAsInt());
    }

    @Test
    void theSecondOneEndsAtOnce() throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("env", "--default-signal=INT"));
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), Stubborn.class.getName()));
        child = new ProcessBuilder(line).redirectErrorStream(true).start();
        BufferedReader out = child.inputReader(StandardCharsets.UTF_8);
        assertEquals("ready", out.readLine());
        interrupt();
        assertEquals("stop", out.readLine());
        assertTrue(out.readLine().startsWith("Interrupted"));
        assertFalse(child.waitFor(500, TimeUnit.MILLISECONDS), "it goes on");
        interrupt();
        assertTrue(child.waitFor(10, TimeUnit.SECONDS));
        assertEquals(OF_SIGINT, child.exitValue());
        assertEquals(null, out.readLine(), "nothing more is said");
    }

    /** Work that does not listen. */
    static final class Stubborn {
        public static void main(String[] arguments) throws InterruptedException {
            try (Interruption interruption =
                    Interruption.stopping(() -> System.out.println("stop"), new PrintWriter(System.out, true))) {
                System.out.println("ready");
                Thread.sleep(60_000);
                System.out.println("done: " + interruption.isThere());
            }
        }
    }
}
