package io.github.czi4j.bench.jmh;

import io.github.czi4j.CziReader;
import io.github.czi4j.CziWriter;
import io.github.czi4j.NewSubblock;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.Coordinate;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Pixels;
import io.github.czi4j.model.Rect;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Reading one tile of 1024² Gray8 pixels, one thread: LZW and JPEG, which few microscopes write any more, and no
 * compression at all for comparison. JPEG XR and zstd have benchmarks of their own.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 3, time = 1)
public class OlderCodecsBenchmark {
    private static final int SIDE = 1024;
    private static final int SPOTS = 60;
    private static final long SEED = 1;

    /** Compression of the tile. */
    @Param({"LZW", "JPEG", "UNCOMPRESSED"})
    public Compression compression;

    private Path file;
    private CziReader reader;

    /** For JMH. */
    public OlderCodecsBenchmark() {}

    /** Makes a file of one tile and opens it. */
    @Setup
    public void open() throws IOException {
        byte[] pixels = pixels();
        byte[] payload = switch (compression) {
            case LZW -> LzwEncoder.encode(pixels);
            case JPEG -> jpeg(pixels);
            default -> pixels;
        };
        System.out.printf(Locale.ROOT, "# %s: %d bytes to %d%n", compression.label(), pixels.length, payload.length);
        file = Files.createTempFile("czi-codec-", ".czi");
        Files.delete(file);
        try (CziWriter writer = CziWriter.create(file)) {
            NewSubblock tile = NewSubblock.of(new Rect(0, 0, SIDE, SIDE), PixelType.GRAY8)
                    .at(Coordinate.parse("C0"))
                    .compressed(compression);
            writer.addEncoded(tile, payload);
            writer.finish();
        }
        reader = CziReader.open(file);
    }

    /** Spots on a dark ground, with a little noise. */
    private static byte[] pixels() {
        Random random = new Random(SEED);
        double[] signal = new double[SIDE * SIDE];
        for (int spot = 0; spot < SPOTS; spot++) {
            int centreX = random.nextInt(SIDE);
            int centreY = random.nextInt(SIDE);
            double radius = 8 + random.nextInt(60);
            for (int y = 0; y < SIDE; y++) {
                for (int x = 0; x < SIDE; x++) {
                    double square = Math.pow(x - centreX, 2) + Math.pow(y - centreY, 2);
                    signal[y * SIDE + x] += 120 * Math.exp(-square / (2 * radius * radius));
                }
            }
        }
        byte[] pixels = new byte[signal.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) Math.max(0, Math.min(255, 10 + signal[i] + random.nextGaussian()));
        }
        return pixels;
    }

    private static byte[] jpeg(byte[] pixels) throws IOException {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setDataElements(0, 0, SIDE, SIDE, pixels);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "jpeg", out);
        return out.toByteArray();
    }

    /** Closes and deletes. */
    @TearDown
    public void close() throws IOException {
        reader.close();
        Files.deleteIfExists(file);
    }

    /** From the stored bytes to pixels of one's own. */
    @Benchmark
    public Pixels tile() throws IOException {
        return reader.subblock(0).read().pixels();
    }
}
