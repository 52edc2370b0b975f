package io.github.czi4j.bench.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.czi4j.bench.ProfilerMain;
import io.github.czi4j.bench.ProfilerRun;
import io.github.czi4j.sample.SampleRecipe;
import io.github.czi4j.sample.SampleWriter;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs of other users; only root can start them. */
class OtherUserTest {
    private static final String NOBODY = "65534";

    @TempDir
    Path folder;

    private Path file;
    private String classPath;
    private Process child;

    @BeforeEach
    void prepare() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "needs setpriv");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        file = folder.resolve("grid.czi");
        SampleWriter.write(
                file,
                SampleRecipe.defaults().grid(4, 4).tile(128, 128, 0).dimensions(1, 1, 1, 1),
                1,
                (done, total) -> {});
        // The homes of others are closed.
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path copy = folder.resolve("entry" + entries.size() + (entry.endsWith(".jar") ? ".jar" : ""));
            copy(Path.of(entry), copy);
            entries.add(copy.toString());
        }
        classPath = String.join(File.pathSeparator, entries);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path one : all.toList()) {
                Files.copy(one, to.resolve(from.relativize(one).toString()));
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @AfterEach
    void endChild() throws InterruptedException {
        if (child != null) {
            child.destroyForcibly();
            child.waitFor();
        }
    }

    private ProcessBuilder java(boolean isNobody, Class<?> main, String... arguments) {
        List<String> line = new ArrayList<>();
        if (isNobody) {
            line.addAll(List.of("/usr/bin/setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
        }
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(List.of("-Xmx256m", "-cp", classPath, main.getName()));
        line.addAll(List.of(arguments));
        return new ProcessBuilder(line).directory(folder.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD);
    }

    private void start(boolean isNobody) throws IOException {
        child = java(isNobody, Endless.class, "none", file.toString()).start();
        assertEquals("ready", child.inputReader(StandardCharsets.UTF_8).readLine());
    }

    @Test
    void rootLooksIntoAnybodysProgram() throws IOException {
        start(true);
        ProfilerRun run = ProfilerRun.of("profile", "--pid=" + child.pid(), "--seconds=1");
        assertEquals("", run.err());
        assertEquals(0, run.status());
        assertTrue(run.out().contains("these are 16 different tiles"), run.out());
        assertTrue(child.isAlive());
    }

    @Test
    void nobodyLooksIntoNoProgramOfRoot() throws IOException, InterruptedException {
        start(false);
        Path err = folder.resolve("err.txt");
        Process looking = java(true, ProfilerMain.class, "profile", "--pid=" + child.pid())
                .redirectError(err.toFile())
                .start();
        assertTrue(looking.waitFor(60, TimeUnit.SECONDS));
        assertEquals(2, looking.exitValue());
        assertEquals(
                "czi: process " + child.pid() + " belongs to root, this command to nobody: run it as the same user to"
                        + " attach\n",
                Files.readString(err));
        assertTrue(child.isAlive());
    }
}
