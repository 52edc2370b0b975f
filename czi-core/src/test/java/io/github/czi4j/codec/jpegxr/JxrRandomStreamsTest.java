package io.github.czi4j.codec.jpegxr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.czi4j.model.Rect;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random pictures under random options of jxrlib's encoder, beside what its decoder makes of them, where it is installed. */
class JxrRandomStreamsTest {
    private static final int STREAMS = 60;
    private static final int SECONDS = 60;
    /** With fewer columns jxrlib does not subsample where overlap has two levels. */
    private static final int NARROW = 33;

    private static final ExecutorService THREADS = Executors.newCachedThreadPool();

    @TempDir
    private Path folder;

    /** A format that both tools take as PNM, by its number for them. */
    private enum Format {
        GRAY8(2, 1, 1),
        GRAY16(3, 1, 2),
        RGB24(9, 3, 1),
        RGB48(10, 3, 2);

        private final int number;
        private final int samples;
        private final int bytes;

        Format(int number, int samples, int bytes) {
            this.number = number;
            this.samples = samples;
            this.bytes = bytes;
        }
    }

    @BeforeAll
    static void needsTools() {
        List<String> missing = new ArrayList<>(List.of("JxrEncApp", "JxrDecApp"));
        missing.removeIf(tool -> Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(place -> Files.isExecutable(Path.of(place, tool))));
        assumeTrue(missing.isEmpty(), "not installed (package libjxr-tools): " + missing);
    }

    @AfterAll
    static void end() {
        THREADS.shutdownNow();
    }

    private static int side(SplittableRandom random) {
        int kind = random.nextInt(20);
        return kind < 7 ? random.nextInt(1, 41) : kind < 17 ? random.nextInt(16, 201) : random.nextInt(200, 500);
    }

    /** Noise, waves, few points, one value, edges: what fills tables of codes, and what leaves them as they are. */
    private static byte[] picture(SplittableRandom random, Format format, int width, int height) {
        int top = format.bytes == 1 ? 255 : List.of(65535, 4095, 255).get(random.nextInt(3));
        int kind = random.nextInt(6);
        double period = random.nextDouble(2, 40);
        double noise = random.nextDouble() * random.nextDouble() * 0.1;
        byte[] picture = new byte[width * height * format.samples * format.bytes];
        for (int i = 0; i < picture.length / format.bytes; i++) {
            int x = i / format.samples % width;
            int y = i / format.samples / width;
            double value = switch (kind) {
                case 0 -> random.nextDouble();
                case 1 -> random.nextInt(100) == 0 ? random.nextDouble() : 0;
                case 2 -> period / 40;
                case 3 -> ((int) (x / period) + (int) (y / period)) % 2;
                case 4 -> (double) (x + y) / (width + height);
                default ->
                    0.5
                            + 0.25 * Math.sin(x / period + i % format.samples)
                            + 0.2 * Math.cos(y / period)
                            + noise * random.nextDouble();
            };
            int sample = (int) Math.round(value * top);
            // jxrlib reads and writes the samples of PNM in the order of the processor.
            for (int b = 0; b < format.bytes; b++) {
                picture[i * format.bytes + b] = (byte) (sample >> 8 * b);
            }
        }
        return picture;
    }

    private static List<String> options(SplittableRandom random, Format format, int width, int height) {
        List<String> options = new ArrayList<>(List.of("-c", "" + format.number));
        switch (random.nextInt(4)) {
            case 0 -> options.addAll(List.of("-q", "0." + random.nextInt(10, 100)));
            case 1 -> options.addAll(List.of("-q", "" + random.nextInt(2, 256)));
            default -> {
                // Without loss.
            }
        }
        if (format == Format.RGB24 && width < NARROW) {
            options.addAll(List.of("-d", "3"));
        } else if (format == Format.RGB24 && random.nextBoolean()) {
            options.addAll(List.of("-d", "" + random.nextInt(4)));
        }
        if (random.nextBoolean()) {
            options.addAll(List.of("-l", "" + random.nextInt(3)));
        }
        if (random.nextInt(3) == 0) {
            options.add("-f");
        }
        if (random.nextInt(3) == 0) {
            options.add("-p");
        }
        if (random.nextInt(6) == 0) {
            options.addAll(List.of("-F", "" + random.nextInt(1, 16)));
        }
        if (random.nextInt(10) == 0) {
            options.addAll(List.of("-s", "" + random.nextInt(1, 4)));
        }
        if (random.nextInt(4) == 0 && Math.min(width, height) > 64) {
            options.addAll(List.of("-U", "" + random.nextInt(1, 4), "" + random.nextInt(1, 4)));
        }
        return options;
    }

    private static void run(List<String> command, Path result) throws IOException, InterruptedException {
        Files.deleteIfExists(result);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertTrue(process.waitFor(SECONDS, TimeUnit.SECONDS), () -> "does not end: " + command);
        assertTrue(Files.exists(result), () -> "nothing came of " + command);
    }

    /** Behind three lines of head. */
    private static byte[] samplesOfPnm(byte[] file) {
        int start = 0;
        for (int lines = 0; lines < 3; start++) {
            lines += file[start] == '\n' ? 1 : 0;
        }
        return Arrays.copyOfRange(file, start, file.length);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void jxrlibDecodesTheSame(long seed) throws IOException, InterruptedException {
        SplittableRandom random = new SplittableRandom(seed);
        JxrDecoder decoder = new JxrDecoder();
        Path source = folder.resolve("source.pnm");
        Path encoded = folder.resolve("encoded.jxr");
        Path decoded = folder.resolve("decoded.pnm");
        for (int i = 0; i < STREAMS; i++) {
            Format format = Format.values()[random.nextInt(Format.values().length)];
            int width = side(random);
            int height = side(random);
            String head = (format.samples == 1 ? "P5\n" : "P6\n") + width + " " + height + "\n"
                    + (format.bytes == 1 ? 255 : 65535) + "\n";
            Files.writeString(source, head, StandardCharsets.US_ASCII);
            Files.write(source, picture(random, format, width, height), StandardOpenOption.APPEND);
            List<String> options = options(random, format, width, height);
            List<String> encode = new ArrayList<>(List.of("JxrEncApp", "-i", "" + source, "-o", "" + encoded));
            encode.addAll(options);
            run(encode, encoded);
            run(List.of("JxrDecApp", "-i", "" + encoded, "-o", "" + decoded, "-c", "" + format.number), decoded);
            byte[] expected = samplesOfPnm(Files.readAllBytes(decoded));
            byte[] file = Files.readAllBytes(encoded);
            String what = "seed " + seed + ", stream " + i + ", " + width + "×" + height + " " + options;

            JxrImage whole = JxrDecoder.decode(file, JxrOptions.defaults());
            assertArrayEquals(expected, whole.samples(), what);
            assertArrayEquals(
                    expected,
                    decoder.decodeNext(file, file.length, JxrOptions.defaults()).samples(),
                    what);
            assertRows(random, decoder, file, expected, height, what);
            Rect region = JxrRegionTest.random(random, width, height);
            assertArrayEquals(
                    JxrRegionTest.crop(whole, region),
                    JxrDecoder.decode(file, JxrOptions.defaults().region(region))
                            .samples(),
                    () -> what + ": " + region);
        }
    }

    /** Row by row with a second thread, as tiles are read, and not all of them. */
    private static void assertRows(
            SplittableRandom random, JxrDecoder decoder, byte[] file, byte[] expected, int height, String what)
            throws JxrException {
        int wanted = random.nextInt(1, height + 1);
        int stride = expected.length / height;
        byte[] rows = new byte[wanted * stride];
        AtomicInteger taken = new AtomicInteger();
        JxrImage image = decoder.decodeNext(file, file.length, JxrOptions.defaults(), THREADS, new JxrTarget() {
            @Override
            public int rows(int width, int all, JxrPixelFormat format) {
                return wanted;
            }

            @Override
            public boolean takesRows() {
                return true;
            }

            @Override
            public void row(int y, byte[] samples, int offset) {
                System.arraycopy(samples, offset, rows, y * stride, stride);
                taken.incrementAndGet();
            }
        });
        assertEquals(wanted, image.height(), what);
        // Subsampled pictures do not come out row by row.
        byte[] found = taken.get() == 0 ? Arrays.copyOf(image.samples(), rows.length) : rows;
        assertArrayEquals(Arrays.copyOf(expected, rows.length), found, () -> what + ": rows up to " + wanted);
    }
}
