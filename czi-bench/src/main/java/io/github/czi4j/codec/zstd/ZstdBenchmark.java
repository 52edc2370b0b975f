package io.github.czi4j.codec.zstd;

import com.github.luben.zstd.Zstd;
import io.airlift.compress.zstd.ZstdDecompressor;
import io.github.czi4j.CziReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * Decoding zstd frames of 1024² pixels, one thread, from memory, without unpacking of split bytes: this project's decoder,
 * aircompressor and zstd-jni. The content is synthetic fluorescence of 12 bits with noise; {@code -p data=FILE} takes the
 * tiles of a CZI file of Zstd1 with split bytes instead.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ZstdBenchmark {
    private static final int SIDE = 1024;
    private static final int FRAMES = 3;
    /** Header of a Zstd1 payload with split bytes. */
    private static final int ZSTD1_HEADER = 3;

    /** {@code gray16split}, {@code gray16}, {@code gray8}, or a CZI file. */
    @Param({"gray16split", "gray16", "gray8"})
    public String data;

    /** Level of compression of what is not from a file. */
    @Param({"1", "3", "9", "19"})
    public int level;

    private final ZstdDecoder own = new ZstdDecoder();
    private final ZstdDecompressor aircompressor = new ZstdDecompressor();
    private byte[][] frames;
    private byte[] out;
    private int next;

    /** For JMH. */
    public ZstdBenchmark() {}

    /** Makes or loads the frames. */
    @Setup
    public void load() throws IOException {
        frames = Files.exists(Path.of(data)) ? tiles(Path.of(data)) : synthetic();
        out = new byte[(int) Zstd.getFrameContentSize(frames[0])];
        long stored = 0;
        for (byte[] frame : frames) {
            stored += frame.length;
        }
        double ratio = stored / (double) frames.length / out.length;
        System.out.printf(Locale.ROOT, "# %s: %d bytes a frame, compressed to %.3f%n", data, out.length, ratio);
    }

    private static byte[][] tiles(Path file) throws IOException {
        try (CziReader reader = CziReader.open(file)) {
            byte[][] tiles = new byte[reader.subblockCount()][];
            for (int i = 0; i < tiles.length; i++) {
                byte[] payload = reader.subblock(i).rawData();
                tiles[i] = Arrays.copyOfRange(payload, ZSTD1_HEADER, payload.length);
            }
            return tiles;
        }
    }

    private byte[][] synthetic() {
        byte[][] made = new byte[FRAMES][];
        for (int i = 0; i < FRAMES; i++) {
            made[i] = Zstd.compress(pixels(new Random(i)), level);
        }
        return made;
    }

    /** Spots on a dark ground, with noise that grows with the root of the signal. */
    private byte[] pixels(Random random) {
        double[] signal = new double[SIDE * SIDE];
        for (int spot = 0; spot < 60; spot++) {
            int centreX = random.nextInt(SIDE);
            int centreY = random.nextInt(SIDE);
            double radius = 8 + random.nextInt(60);
            double height = 200 + random.nextInt(2500);
            int reach = (int) (3 * radius);
            for (int y = Math.max(0, centreY - reach); y < Math.min(SIDE, centreY + reach); y++) {
                for (int x = Math.max(0, centreX - reach); x < Math.min(SIDE, centreX + reach); x++) {
                    double square = Math.pow(x - centreX, 2) + Math.pow(y - centreY, 2);
                    signal[y * SIDE + x] += height * Math.exp(-square / (2 * radius * radius));
                }
            }
        }
        boolean wide = data.startsWith("gray16");
        boolean split = data.endsWith("split");
        byte[] pixels = new byte[wide ? 2 * signal.length : signal.length];
        for (int i = 0; i < signal.length; i++) {
            double mean = wide ? 100 + signal[i] : 10 + signal[i] / 16;
            double noise = random.nextGaussian() * ((wide ? 4 : 1) + Math.sqrt(mean) * 0.3);
            int value = (int) Math.max(0, Math.min(wide ? 4095 : 255, mean + noise));
            pixels[wide && !split ? 2 * i : i] = (byte) value;
            if (wide) {
                pixels[split ? signal.length + i : 2 * i + 1] = (byte) (value >>> 8);
            }
        }
        return pixels;
    }

    /** Bytes that a frame decodes to. */
    int frameBytes() {
        return out.length;
    }

    private byte[] frame() {
        next = (next + 1) % frames.length;
        return frames[next];
    }

    /** This project's decoder. */
    @Benchmark
    public int own() throws ZstdException {
        byte[] frame = frame();
        // Frames of known size without a dictionary: the size has 4 bytes, or 2.
        int blocks = 5 + (1 << ((frame[4] & 0xFF) >>> 6)) + ((frame[4] & 0x20) == 0 ? 1 : 0);
        return own.decode(frame, blocks, frame.length, false, out, 0, out.length);
    }

    /** aircompressor. */
    @Benchmark
    public int aircompressor() {
        byte[] frame = frame();
        return aircompressor.decompress(frame, 0, frame.length, out, 0, out.length);
    }

    /** The reference, through JNI. */
    @Benchmark
    public long zstdJni() {
        byte[] frame = frame();
        return Zstd.decompressByteArray(out, 0, out.length, frame, 0, frame.length);
    }
}
