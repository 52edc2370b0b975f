package io.github.czi4j;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.czi4j.model.Compression;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.sample.SampleRecipe;
import io.github.czi4j.sample.SampleWriter;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reading zstd in a JVM that knows no zstd library and, where it can say so, denies {@code sun.misc.Unsafe}: it works, and
 * nothing is printed but the result.
 */
class ReadingWithoutUnsafeTest {
    private static final int DENY_SINCE = 24;

    @Test
    void readsZstd(@TempDir Path folder) throws IOException, InterruptedException {
        for (Compression compression : List.of(Compression.ZSTD0, Compression.ZSTD1)) {
            Path file = folder.resolve(compression + ".czi");
            SampleRecipe recipe =
                    SampleRecipe.defaults().grid(2, 2).tile(300, 200, 30).pixels(PixelType.GRAY16, compression);
            SampleWriter.write(file, recipe);
            assertEquals(sum(file) + System.lineSeparator(), read(file));
        }
    }

    private static String read(Path file) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Runtime.version().feature() >= DENY_SINCE) {
            command.add("--sun-misc-unsafe-memory-access=deny");
        }
        command.add("-cp");
        command.add(String.join(
                System.getProperty("path.separator"), place(CziReader.class), place(ReadingWithoutUnsafeTest.class)));
        command.add(ReadingWithoutUnsafeTest.class.getName() + "$Child");
        command.add(file.toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(true, process.waitFor(60, TimeUnit.SECONDS));
        return output;
    }

    private static String place(Class<?> type) {
        return Path.of(URI.create(
                        type.getProtectionDomain().getCodeSource().getLocation().toString()))
                .toString();
    }

    private static long sum(Path file) throws IOException {
        try (CziReader reader = CziReader.open(file)) {
            long sum = 0;
            for (short pixel : reader.readMosaic(MosaicRequest.wholeImage()).shorts()) {
                sum = 31 * sum + pixel;
            }
            return sum;
        }
    }

    /** The other JVM: neither slf4j nor aircompressor are on its class path. */
    static final class Child {
        private Child() {}

        /** Prints a sum of the pixels of the file named first. */
        public static void main(String[] args) throws IOException {
            System.out.println(sum(Path.of(args[0])));
        }
    }
}
