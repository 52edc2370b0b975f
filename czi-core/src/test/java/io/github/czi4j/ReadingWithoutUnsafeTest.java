package io.github.czi4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.airlift.compress.zstd.ZstdCompressor;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Pixels;
import io.github.czi4j.model.Rect;
import io.github.czi4j.sample.SampleRecipe;
import io.github.czi4j.sample.SampleWriter;
import io.github.czi4j.testing.Corpus;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Reading in a JVM that knows no zstd library and, where it can say so, denies {@code sun.misc.Unsafe}: it works, and
 * nothing is printed but the result. Compressing does not, and says why.
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
            assertEquals(sum(file) + System.lineSeparator(), read("mosaic", file));
        }
    }

    /** A file of each compression that the corpus has, with its pixels as this JVM reads them. */
    @ParameterizedTest
    @CsvSource({
        "UNCOMPRESSED, made/m_gray8_unc.czi",
        "ZSTD0, made/m_bgr24_zstd0.czi",
        "ZSTD0, made/odd_gray32f_zstd0.czi",
        "ZSTD1, made/m_gray16_zstd1.czi",
        "ZSTD1, made/odd_bgr48_zstd1hilo.czi",
        "ZSTD1, bench/tiles_gray16_zstd1hilo.czi",
        "JPEG_XR, made/odd_bgr48_jxrll.czi",
        "JPEG_XR, bench/tiles_bgr24_jxr850.czi",
    })
    void readsWhereUnsafeIsDenied(Compression compression, String name) throws IOException, InterruptedException {
        assumeTrue(Runtime.version().feature() >= DENY_SINCE, "this JDK cannot deny sun.misc.Unsafe");
        Path file = Corpus.require(name);
        try (CziReader reader = CziReader.open(file)) {
            assertEquals(compression, reader.subblock(0).info().compression());
        }
        assertEquals(tiles(file) + System.lineSeparator(), read("tiles", file));
    }

    @Test
    void saysWhyItCannotCompressWhereUnsafeIsDenied(@TempDir Path folder) throws IOException, InterruptedException {
        assumeTrue(Runtime.version().feature() >= DENY_SINCE, "this JDK cannot deny sun.misc.Unsafe");
        String output = read(
                "write",
                folder.resolve("z.czi"),
                place(CziReader.class),
                place(ReadingWithoutUnsafeTest.class),
                place(ZstdCompressor.class));
        assertEquals(
                "Zstd cannot be written in this JVM, as its library is not there or may not use sun.misc.Unsafe: "
                        + "start Java with --sun-misc-unsafe-memory-access=allow, or write uncompressed"
                        + System.lineSeparator(),
                output);
    }

    private static String read(String what, Path file) throws IOException, InterruptedException {
        return read(what, file, place(CziReader.class), place(ReadingWithoutUnsafeTest.class));
    }

    private static String read(String what, Path file, String... places) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Runtime.version().feature() >= DENY_SINCE) {
            command.add("--sun-misc-unsafe-memory-access=deny");
        }
        command.add("-cp");
        command.add(String.join(System.getProperty("path.separator"), places));
        command.add(ReadingWithoutUnsafeTest.class.getName() + "$Child");
        command.add(what);
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

    private static long tiles(Path file) throws IOException {
        try (CziReader reader = CziReader.open(file)) {
            long sum = 0;
            for (int i = 0; i < reader.subblockCount(); i++) {
                Pixels pixels = reader.subblock(i).read().pixels();
                byte[] row = new byte[pixels.width() * pixels.type().bytesPerPixel()];
                for (int y = 0; y < pixels.height(); y++) {
                    pixels.copyRows(y, 1, ByteBuffer.wrap(row).order(ByteOrder.LITTLE_ENDIAN));
                    sum = 31 * sum + Arrays.hashCode(row);
                }
            }
            return sum;
        }
    }

    /** The other JVM: unless it writes, neither slf4j nor aircompressor are on its class path. */
    static final class Child {
        private Child() {}

        /** Prints a sum of the pixels of a mosaic or of all tiles of a file, or why it cannot be written. */
        public static void main(String[] args) throws IOException {
            Path file = Path.of(args[1]);
            switch (args[0]) {
                case "mosaic" -> System.out.println(sum(file));
                case "tiles" -> System.out.println(tiles(file));
                default -> {
                    NewSubblock tile = NewSubblock.of(new Rect(0, 0, 64, 64), PixelType.GRAY16)
                            .compressed(Compression.ZSTD1);
                    try {
                        System.out.println(CziWriter.encode(tile, new byte[64 * 64 * 2]).length + " bytes");
                    } catch (IllegalArgumentException e) {
                        System.out.println(e.getMessage());
                    }
                }
            }
        }
    }
}
