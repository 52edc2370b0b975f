package io.github.czi4j.bench.jmh;

import io.github.czi4j.CziReader;
import io.github.czi4j.bench.sample.JpegXrTiles;
import io.github.czi4j.codec.jpegxr.JxrDecoder;
import io.github.czi4j.codec.jpegxr.JxrImage;
import io.github.czi4j.codec.jpegxr.JxrOptions;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.sample.SampleRecipe;
import io.github.czi4j.sample.SampleWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
 * Decoding JPEG XR tiles, one thread, from memory: the time of one tile, whose megapixels are printed. The tiles are those
 * of the sample, of 256² pixels; {@code -p file=} takes the tiles of a CZI file, or a folder of {@code .jxr} files, instead.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(5)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 3, time = 2)
public class JpegXrBenchmark {
    private static final double MEGA = 1e6;

    /**
     * {@code gray8}, {@code gray16} or {@code bgr24} of the sample, a CZI file whose tiles are JPEG XR, or a folder of
     * {@code .jxr} files.
     */
    @Param({"gray8", "gray16", "bgr24"})
    public String file;

    private final JxrDecoder decoder = new JxrDecoder();
    private Path temporary;
    private byte[][] tiles;
    private int next;

    /** For JMH. */
    public JpegXrBenchmark() {}

    /** Loads the payloads. */
    @Setup
    public void load() throws IOException {
        Path source = Path.of(file);
        if (!Files.exists(source)) {
            temporary = Files.createTempFile("czi-jpegxr-", ".czi");
            SampleRecipe recipe = SampleRecipe.defaults()
                    .grid(3, 1)
                    .tile(JpegXrTiles.SIDE, JpegXrTiles.SIDE, 0)
                    .pixels(PixelType.ofLabel(file), Compression.JPEG_XR);
            SampleWriter.write(temporary, recipe, new JpegXrTiles(recipe), (done, total) -> {});
            source = temporary;
        }
        tiles = Files.isDirectory(source) ? folder(source) : subblocks(source);
        long pixels = 0;
        for (byte[] tile : tiles) {
            JxrImage image = JxrDecoder.decode(tile, JxrOptions.defaults());
            pixels += (long) image.width() * image.height();
        }
        System.out.printf(Locale.ROOT, "# %s: %.4f megapixels a tile%n", file, pixels / MEGA / tiles.length);
    }

    private static byte[][] folder(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            List<Path> files = entries.filter(entry -> entry.toString().endsWith(".jxr"))
                    .sorted()
                    .toList();
            byte[][] tiles = new byte[files.size()][];
            for (int i = 0; i < tiles.length; i++) {
                tiles[i] = Files.readAllBytes(files.get(i));
            }
            return tiles;
        }
    }

    private static byte[][] subblocks(Path file) throws IOException {
        try (CziReader reader = CziReader.open(file)) {
            byte[][] tiles = new byte[reader.subblockCount()][];
            for (int i = 0; i < tiles.length; i++) {
                tiles[i] = reader.subblock(i).rawData();
            }
            return tiles;
        }
    }

    /** Removes the sample. */
    @TearDown
    public void delete() throws IOException {
        if (temporary != null) {
            Files.deleteIfExists(temporary);
        }
    }

    /** One tile, the next each time. */
    @Benchmark
    public byte[] tile() throws IOException {
        next = (next + 1) % tiles.length;
        return decoder.decodeNext(tiles[next], tiles[next].length, JxrOptions.defaults())
                .samples();
    }
}
