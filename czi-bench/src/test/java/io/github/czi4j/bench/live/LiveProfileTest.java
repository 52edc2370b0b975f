package io.github.czi4j.bench.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.czi4j.bench.ProfilerRun;
import io.github.czi4j.bench.report.Members;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.sample.SampleRecipe;
import io.github.czi4j.sample.SampleWriter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
        Path file = folder.resolve("grid.czi");
        SampleRecipe recipe = SampleRecipe.defaults()
                .grid(6, 5)
                .tile(128, 128, 10)
                .dimensions(1, 1, 1, 1)
                .pixels(PixelType.GRAY16, Compression.ZSTD1);
        SampleWriter.write(file, recipe, 1, (done, total) -> {});
        return file;
    }

    @Test
    void aRunningProgramIsProfiled() throws IOException {
        Path file = sample();
        start(List.of("-Xmx256m"), file.toString());
        Path output = folder.resolve("p.json");
        Path flame = folder.resolve("f.html");
        Path html = folder.resolve("p.html");
        ProfilerRun run = ProfilerRun.of(
                "profile",
                "--pid=" + child.pid(),
                "--seconds=1.5",
                "--output=" + output,
                "--flame=" + flame,
                "--html=" + html);
        assertEquals("", run.err());
        assertEquals(0, run.status());
        assertTrue(run.out().contains(file.toString()), run.out());
        assertTrue(child.isAlive(), "the program goes on");

        JsonObject json = JsonParser.parseString(Files.readString(output)).getAsJsonObject();
        Members all = Members.of(json);
        assertTrue(all.number("tiles", "count") >= 30);
        assertEquals(30, all.number("request", "tiles"));
        double sum = all.at("stages").list().stream()
                .mapToDouble(stage -> stage.number("seconds"))
                .sum();
        assertEquals(all.number("wallSeconds"), sum, 1e-6, "the stages are all of the time");
        assertTrue(all.number("wallSeconds")
                >= all.number("method", "threads") * all.number("method", "recordedSeconds") - 1e-6);
        assertTrue(all.number("tiles", "decode", "p50") > 0);
        assertTrue(all.number("tiles", "all", "p99") >= all.number("tiles", "all", "p50"));
        assertTrue(Files.readString(flame).contains("io.github.czi4j.CziReader.readMosaic"));
        assertTrue(Files.readString(html).contains("grid.czi"));
        assertEquals(
                "",
                ProfilerRun.jcmd(child.pid(), "JFR.check")
                        .lines()
                        .filter(line -> line.contains("czi4j"))
                        .findFirst()
                        .orElse(""),
                "nothing is left recording");
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
        start(List.of("-Xmx64m"), sample().toString(), "idle");
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
