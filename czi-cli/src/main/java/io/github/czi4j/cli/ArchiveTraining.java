package io.github.czi4j.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * Runs the usual commands on a small file, so that a JVM that was started with {@code -XX:ArchiveClassesAtExit} has met
 * their classes when it ends. The script {@code czi} makes its archive so; commands that use it start in a third of the
 * time.
 */
public final class ArchiveTraining {
    private ArchiveTraining() {}

    /**
     * Leaves nothing behind.
     *
     * @param args none
     * @throws IOException if there is no room for a few kB of temporary files
     */
    public static void main(String[] args) throws IOException {
        System.setProperty("java.awt.headless", "true");
        Path folder = Files.createTempDirectory("czi-training");
        try {
            if (!run(folder)) {
                System.exit(1);
            }
        } finally {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    /** Runs the commands; false if one of them fails. */
    static boolean run(Path folder) {
        String file = folder.resolve("sample.czi").toString();
        String picture = folder.resolve("picture.png").toString();
        List<List<String>> commands = List.of(
                List.of("--version"),
                List.of("sample", file, "--grid", "2x2", "--tile", "64x64"),
                List.of("info", file),
                List.of("info", "--json", file),
                List.of("tiles", file),
                List.of("metadata", file),
                List.of("attachments", file),
                List.of("verify", file),
                List.of("explain", file),
                List.of("read", file, "--out", picture, "--stretch"));
        for (List<String> command : commands) {
            String[] arguments = command.toArray(String[]::new);
            CommandLine commandLine = Czi.commandLineFor(arguments);
            PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
            if (Czi.execute(commandLine.setOut(nowhere).setErr(nowhere), arguments) != 0) {
                return false;
            }
        }
        return true;
    }
}
