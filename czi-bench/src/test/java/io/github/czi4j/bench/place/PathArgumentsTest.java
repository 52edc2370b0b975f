package io.github.czi4j.bench.place;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

class PathArgumentsTest {
    @TempDir
    Path root;

    private final Sub sub = new Sub();
    private final StringWriter err = new StringWriter();

    @Command(name = "top")
    static final class Top {}

    @Command(name = "sub")
    static final class Sub implements Runnable {
        @Parameters
        Path file;

        @Option(names = "--out")
        Path out;

        @Override
        public void run() {}
    }

    private int run(String... arguments) {
        CommandLine commandLine = new CommandLine(new Top()).addSubcommand(sub);
        commandLine.setErr(new PrintWriter(err));
        return PathArguments.install(commandLine, new HostPaths(root, Map.of())).execute(arguments);
    }

    @Test
    void argumentsAndOptionsOfSubcommandsAreResolvedAndToldOf() throws IOException {
        Files.createFile(root.resolve(".dockerenv"));
        Files.createDirectories(root.resolve("data"));
        Files.createFile(root.resolve("data/x.czi"));
        Files.createDirectories(root.resolve("proc/self"));
        Files.writeString(root.resolve("proc/self/mountinfo"), "9 8 0:44 /g/d /data rw - gpfs well rw\n");
        assertEquals(0, run("sub", "/well/g/d/x.czi", "--out=/well/g/d/y.png"), err.toString());
        assertEquals(Path.of("/data/x.czi"), sub.file);
        assertEquals(Path.of("/data/y.png"), sub.out);
        assertTrue(err.toString()
                .startsWith("note: /well/g/d/x.czi is not in this container (docker); using /data/x.czi"));
        assertEquals(2, err.toString().lines().count());
    }

    @Test
    void whatIsNoPathIsRefused() {
        assertEquals(2, run("sub", "a\0b"));
        assertTrue(err.toString().contains("is not a path"), err.toString());
    }
}
