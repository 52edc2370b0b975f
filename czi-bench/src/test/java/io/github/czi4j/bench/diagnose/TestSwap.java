package io.github.czi4j.bench.diagnose;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Swap for a test: that of the machine, or a file of its own while the test runs, which needs root. Tests are skipped where
 * there can be none.
 */
final class TestSwap implements AutoCloseable {
    private static final Path SWAPS = Path.of("/proc/swaps");
    private static final int MEGABYTES = 256;

    private final Path file;

    private TestSwap(Path file) {
        this.file = file;
    }

    static TestSwap on(Path folder) throws IOException {
        if (!Files.isReadable(SWAPS)) {
            return abort("the system does not tell of its swap");
        }
        if (isThere()) {
            return new TestSwap(null);
        }
        Path file = Files.createFile(
                folder.resolve("swap"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] megabyte = new byte[1 << 20];
            for (int i = 0; i < MEGABYTES; i++) {
                out.write(megabyte);
            }
        }
        for (String command : new String[] {"mkswap", "swapon"}) {
            String refusal = run(command, file);
            if (!refusal.isEmpty()) {
                Files.delete(file);
                return abort("there is no swap, and none can be made: " + refusal);
            }
        }
        return new TestSwap(file);
    }

    private static boolean isThere() throws IOException {
        return Files.readAllLines(SWAPS).size() > 1;
    }

    /** Whether the system has swap now. */
    boolean isOn() throws IOException {
        return isThere();
    }

    /** Empty if it went well. */
    private static String run(String command, Path file) {
        try {
            Process process = new ProcessBuilder(command, file.toString())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? "" : command + ": " + said.trim();
        } catch (IOException e) {
            return e.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return command + " was interrupted";
        }
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            String refusal = run("swapoff", file);
            if (!refusal.isEmpty()) {
                throw new IOException(refusal);
            }
            Files.delete(file);
        }
    }
}
