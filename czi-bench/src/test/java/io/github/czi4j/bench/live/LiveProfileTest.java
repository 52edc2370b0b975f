package io.github.czi4j.bench.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import io.github.czi4j.CziReader;
import io.github.czi4j.bench.ProfilerRun;
import io.github.czi4j.bench.report.Members;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Rect;
import io.github.czi4j.sample.SampleRecipe;
import io.github.czi4j.sample.SampleWriter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LiveProfileTest {
    @TempDir
    Path folder;

    private Process child;

    @AfterEach
    void endChild() throws InterruptedException {
        if (child != null) {
            child.destroyForcibly();
            child.waitFor();
        }
    }

    private void start(List<String> options, String... arguments) throws IOException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(options);
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), Endless.class.getName()));
        line.addAll(List.of(arguments));
        child = new ProcessBuilder(line)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader out = new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8));
        assertEquals("ready", out.readLine());
    }

    private Path sample() throws IOException {
        return write(6, 5, 128, Compression.ZSTD1);
    }

    /** Eight megabytes: a heap that is nearly full has to be emptied for each. */
    private Path large() throws IOException {
        return write(4, 4, 512, Compression.UNCOMPRESSED);
    }

    private Path write(int columns, int rows, int side, Compression compression) throws IOException {
        Path file = folder.resolve("grid.czi");
        SampleRecipe recipe = SampleRecipe.defaults()
                .grid(columns, rows)
                .tile(side, side, 10)
                .dimensions(1, 1, 1, 1)
                .pixels(PixelType.GRAY16, compression);
        SampleWriter.write(file, recipe, 1, (done, total) -> {});
        return file;
    }

    private Members profile(Path output, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("profile", "--pid=" + child.pid(), "--output=" + output));
        arguments.addAll(List.of(more));
        ProfilerRun run = ProfilerRun.of(arguments.toArray(String[]::new));
        assertEquals("", run.err());
        assertEquals(0, run.status());
        return Members.of(JsonParser.parseString(Files.readString(output)).getAsJsonObject());
    }

    private static double seconds(Members all, String... names) {
        return all.at("stages").list().stream()
                .filter(stage -> List.of(names).contains(stage.text("name")))
                .mapToDouble(stage -> stage.number("seconds"))
                .sum();
    }

    @Test
    void aRunningProgramIsProfiled() throws IOException {
        Path file = sample();
        start(List.of("-Xmx256m"), "none", file.toString());
        Path flame = folder.resolve("f.html");
        Path html = folder.resolve("p.html");
        Path output = folder.resolve("p.json");
        Members all = profile(output, "--seconds=1.5", "--flame=" + flame, "--html=" + html);
        assertTrue(child.isAlive(), "the program goes on");

        assertEquals(file.toString(), all.text("file", "name"));
        assertEquals(30, all.number("file", "subblocks"));
        assertEquals(
                "-Xmx256m", all.at("environment", "jvmArguments").list().get(0).text());
        assertEquals(256 << 20, all.number("environment", "maxHeapBytes"));
        assertTrue(all.number("tiles", "count") >= 30);
        assertEquals(all.number("tiles", "count"), all.number("request", "tiles"));
        assertEquals(30, all.number("request", "distinctTiles"));
        assertEquals(all.number("tiles", "count") * 128 * 128, all.number("request", "decodedPixels"));
        double sum = all.at("stages").list().stream()
                .mapToDouble(stage -> stage.number("seconds"))
                .sum();
        assertEquals(all.number("wallSeconds"), sum, 1e-6, "the stages are all of the time");
        double recorded = all.number("method", "recordedSeconds");
        assertTrue(recorded >= 1.5, "recorded " + recorded);
        assertTrue(all.number("elapsedSeconds") <= recorded + 1e-6);
        assertTrue(all.number("elapsedSeconds") > 0.5, "the reader is always at work");
        assertTrue(all.number("wallSeconds") <= all.number("method", "threadsSeen") * recorded + 1e-6);

        Members decoding = all.at("stages").list().stream()
                .filter(stage -> stage.text("name").equals("decode zstd1"))
                .findFirst()
                .orElseThrow();
        assertTrue(decoding.number("cpuSeconds") > 0);
        assertTrue(decoding.number("cpuSeconds") <= decoding.number("seconds") + 1e-6);
        assertTrue(
                all.at("stages").list().stream()
                        .noneMatch(stage -> stage.text("name").equals("decode")),
                "there is one for each compression");
        assertTrue(all.number("cpuSeconds") > 0 && all.number("cpuSeconds") <= all.number("processCpuSeconds") + 0.1);
        assertTrue(all.number("tiles", "decode", "p50") > 0);
        assertTrue(all.number("tiles", "all", "p99") >= all.number("tiles", "all", "p50"));
        Set<String> places = all.at("tiles", "list").list().stream()
                .map(tile -> tile.text("x") + " " + tile.text("y") + " " + tile.text("width"))
                .collect(Collectors.toSet());
        Set<String> expected = new HashSet<>();
        try (CziReader reader = CziReader.open(file)) {
            for (int i = 0; i < reader.subblockCount(); i++) {
                Rect rect = reader.subblockInfo(i).logical();
                expected.add(rect.x() + " " + rect.y() + " " + rect.width());
            }
        }
        assertEquals(expected, places);
        assertFalse(all.text("diagnosis", "verdict").isEmpty());
        assertTrue(Files.readString(flame).contains("io.github.czi4j.CziReader.readMosaic"));
        String page = Files.readString(html);
        assertTrue(page.contains("grid.czi") && page.contains("Over the slide"), "the map needs positions");
        assertEquals(
                "",
                ProfilerRun.jcmd(child.pid(), "JFR.check")
                        .lines()
                        .filter(line -> line.contains("czi4j"))
                        .findFirst()
                        .orElse(""),
                "nothing is left recording");
    }

    /** That the machine is busy may be found as well. */
    private static void assertNamed(Members all, String rule) {
        String worst = all.at("diagnosis", "findings").list().stream()
                .map(finding -> finding.text("rule"))
                .filter(name -> !name.equals("busy-machine"))
                .findFirst()
                .orElse("none");
        assertEquals(rule, worst, all.text("diagnosis", "verdict"));
    }

    @Test
    void slowStorageIsNamed() throws IOException {
        start(List.of("-Xmx256m"), "throttled", sample().toString());
        Members all = profile(folder.resolve("p.json"), "--seconds=1");
        assertTrue(seconds(all, "read") > 0.5 * all.number("wallSeconds"));
        assertNamed(all, "storage");
    }

    @Test
    void monitorsAndLocksAreNamed() throws IOException, InterruptedException {
        for (String trouble : List.of("synchronised", "locked")) {
            start(List.of("-Xmx256m"), trouble, sample().toString());
            Members all = profile(folder.resolve("p.json"), "--seconds=1");
            assertTrue(seconds(all, "lock") > seconds(all, "read"), trouble);
            assertEquals(4, all.number("method", "threads"));
            assertNamed(all, "lock");
            endChild();
        }
    }

    /** When the collector runs is its own choice: one of a few looks must find it out. */
    @Test
    void theCollectorIsNamed() throws IOException {
        start(List.of("-Xmx64m", "-Xmn4m", "-XX:+UseSerialGC"), "tiny-heap", large().toString());
        Members all = profile(folder.resolve("p.json"), "--seconds=1");
        for (int i = 0; i < 4 && !all.text("diagnosis", "bottleneck").equals("gc"); i++) {
            all = profile(folder.resolve("p.json"), "--seconds=1");
        }
        assertTrue(seconds(all, "gc") > 0.1);
        assertTrue(all.number("gcSeconds") <= all.number("elapsedSeconds") + 1e-6);
        assertNamed(all, "gc");
    }

    @Test
    void decodingIsNamedAndWhatGoesOnBesideIsLeftOut() throws IOException {
        start(List.of("-Xmx256m"), "seldom", sample().toString());
        Members all = profile(folder.resolve("p.json"), "--seconds=1");
        assertTrue(seconds(all, "outside") > 0.5 * all.number("wallSeconds"));
        assertTrue(
                all.at("diagnosis", "findings").list().stream()
                        .map(finding -> finding.text("rule"))
                        .allMatch(rule -> List.of("decode", "busy-machine", "slow-tiles", "memory", "gc", "cpu-limit")
                                .contains(rule)),
                all.text("diagnosis", "verdict"));
    }

    /** Does something with the child when it is being recorded. */
    private Thread whenRecorded(Callable<?> action) {
        Thread thread = new Thread(() -> {
            try {
                while (!ProfilerRun.jcmd(child.pid(), "JFR.check").contains("czi4j")) {
                    Thread.sleep(100);
                }
                Thread.sleep(500);
                action.call();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        thread.start();
        return thread;
    }

    @Test
    void aProgramThatEndsMeanwhileGivesWhatThereWas() throws IOException, InterruptedException {
        start(List.of("-Xmx256m"), "none", sample().toString());
        Thread ender = whenRecorded(() -> {
            child.outputWriter().append('\n').flush();
            return null;
        });
        Path html = folder.resolve("p.html");
        Members all = profile(folder.resolve("p.json"), "--seconds=60", "--html=" + html);
        ender.join();
        assertTrue(all.isTrue("partial"));
        assertTrue(all.number("tiles", "count") >= 30);
        assertTrue(all.number("method", "recordedSeconds") < 30);
        assertTrue(Files.readString(html).contains("interrupted"));
    }

    @Test
    void aProgramThatIsKilledMeanwhileIsToldSo() throws IOException, InterruptedException {
        start(List.of("-Xmx256m"), "none", sample().toString());
        Thread killer = whenRecorded(() -> child.destroyForcibly());
        ProfilerRun run = ProfilerRun.of("profile", "--pid=" + child.pid(), "--seconds=60");
        killer.join();
        assertEquals(2, run.status());
        assertTrue(run.err().contains("ended while it was recorded"), run.err());
        assertEquals(1, run.err().lines().count(), run.err());
    }

    @Test
    void aProgramWithoutTheReaderIsToldSo() throws IOException {
        start(List.of("-Xmx64m"));
        ProfilerRun run = ProfilerRun.of("profile", "--pid=" + child.pid(), "--seconds=0.2");
        assertEquals(2, run.status());
        assertTrue(run.err().startsWith("czi: process " + child.pid() + " gave no czi events:"), run.err());
        assertTrue(child.isAlive());
    }

    @Test
    void anIdleReaderIsToldSo() throws IOException {
        start(List.of("-Xmx64m"), "idle", sample().toString());
        ProfilerRun run = ProfilerRun.of("profile", "--pid=" + child.pid(), "--seconds=0.2");
        assertEquals(2, run.status());
        assertTrue(run.err().startsWith("czi: process " + child.pid() + " uses czi4j, but read nothing"), run.err());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void closedDoorsAreNamed() throws IOException {
        start(List.of("-Xmx64m", "-XX:+DisableAttachMechanism"));
        IOException e = assertThrows(IOException.class, () -> RunningJvm.attach(child.pid()));
        assertTrue(e.getMessage().contains("DisableAttachMechanism"), e.getMessage());
        assertTrue(child.isAlive());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whatIsNoJvmIsLeftAlone() throws IOException {
        child = new ProcessBuilder("sleep", "60").start();
        IOException e = assertThrows(IOException.class, () -> RunningJvm.attach(child.pid()));
        assertTrue(e.getMessage().contains("is no JVM"), e.getMessage());
        assertTrue(child.isAlive(), "the signal of the attach protocol would have ended it");
    }

    @Test
    void thereMustBeSuchAProcess() {
        IOException none = assertThrows(IOException.class, () -> RunningJvm.attach(Integer.MAX_VALUE));
        assertTrue(none.getMessage().startsWith("there is no process 2147483647"), none.getMessage());
        IOException self = assertThrows(
                IOException.class,
                () -> RunningJvm.attach(ProcessHandle.current().pid()));
        assertTrue(self.getMessage().contains("itself"), self.getMessage());
        assertEquals(2, ProfilerRun.of("profile", "--pid=1", "--seconds=0").status());
        assertEquals(2, ProfilerRun.of("profile", "--pid=1", "file.czi").status());
        assertEquals(
                2,
                ProfilerRun.of("profile", "--pid=1", "--trace=" + folder.resolve("t"))
                        .status());
    }
}
