package io.github.czi4j.bench.jmh;

import io.github.czi4j.CziReader;
import io.github.czi4j.MosaicPlan;
import io.github.czi4j.MosaicRequest;
import io.github.czi4j.bench.sample.TemporarySample;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.Parallelism;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Pixels;
import io.github.czi4j.sample.SampleRecipe;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.ShortBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
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
 * A mosaic of uncompressed tiles, into a new array at each call or into one of the caller's: 10×10 tiles of 1024² gray16
 * with 10 % overlap, beside what the machine copies at most. The output has {@value #OUTPUT_BYTES} bytes; {@code 174} over the milliseconds is GB/s.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms4g", "-Xmx4g", "-XX:+UseG1GC"})
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class UncompressedMosaicBenchmark {
    private static final int TILES = 10;
    private static final int TILE = 1024;
    private static final int OVERLAP = 102;
    private static final int STEP = TILE - OVERLAP;
    private static final int SIDE = TILES * STEP + OVERLAP;
    static final long OUTPUT_BYTES = 2L * SIDE * SIDE;

    static final SampleRecipe RECIPE = SampleRecipe.defaults()
            .grid(TILES, TILES)
            .tile(TILE, TILE, 10)
            .pixels(PixelType.GRAY16, Compression.UNCOMPRESSED);

    /** Number of threads of the mosaic. */
    @Param({"1", "2"})
    public int threads;

    private TemporarySample sample;
    private CziReader reader;
    private MosaicRequest request;
    private ShortBuffer[] payloads;
    private int[] places;
    private final short[] old = new short[SIDE * SIDE];
    private final Pixels destination = Pixels.of(SIDE, SIDE, PixelType.GRAY16, old);
    private final short[] other = new short[SIDE * SIDE];

    /** For JMH. */
    public UncompressedMosaicBenchmark() {}

    /** Makes the file once, opens it, and finds the payloads for the bare loop. */
    @Setup(Level.Trial)
    public void open() throws IOException {
        sample = TemporarySample.make(RECIPE);
        reader = CziReader.open(sample.file());
        request = MosaicRequest.wholeImage()
                .channel(0)
                .parallelism(threads == 1 ? Parallelism.sequential() : Parallelism.threads(threads));
        MosaicPlan plan = reader.plan(request);
        payloads = new ShortBuffer[plan.tiles().size()];
        places = new int[payloads.length];
        try (FileChannel channel = FileChannel.open(sample.file(), StandardOpenOption.READ)) {
            MappedByteBuffer map = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            for (int i = 0; i < payloads.length; i++) {
                MosaicPlan.Tile tile = plan.tiles().get(i);
                // Header, fixed part and metadata of the subblock stand before the payload.
                int segment = Math.toIntExact(tile.subblock().filePosition());
                int metadata = Integer.reverseBytes(map.getInt(segment + 32));
                int at = segment + 32 + 256 + metadata;
                payloads[i] = map.slice(at, 2 * TILE * TILE)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asShortBuffer();
                places[i] = tile.subblock().logical().y() * SIDE
                        + tile.subblock().logical().x();
            }
        }
    }

    /** Closes and deletes. */
    @TearDown(Level.Trial)
    public void close() throws IOException {
        reader.close();
        sample.close();
    }

    /** The reader. */
    @Benchmark
    public short[] mosaic() throws IOException {
        return reader.readMosaic(request).shorts();
    }

    /** The reader, into an array that is there already. */
    @Benchmark
    public short[] mosaicIntoOldArray() throws IOException {
        return reader.readMosaic(request, destination).shorts();
    }

    /** As many bytes from one array to another by as many threads: the bandwidth of the machine. */
    @Benchmark
    public short[] arrayCopy() throws InterruptedException {
        Thread[] others = new Thread[threads - 1];
        for (int i = 0; i < others.length; i++) {
            int share = i + 1;
            others[i] = new Thread(() -> copyShare(share));
            others[i].start();
        }
        copyShare(0);
        for (Thread thread : others) {
            thread.join();
        }
        return old;
    }

    private void copyShare(int share) {
        int from = (int) ((long) old.length * share / threads);
        int to = (int) ((long) old.length * (share + 1) / threads);
        System.arraycopy(other, from, old, from, to - from);
    }

    /** What a loop without a reader takes for the same bytes: the ceiling. Knows the grid, one thread. */
    @Benchmark
    public short[] bareCopy() {
        return copy(new short[SIDE * SIDE]);
    }

    /** The same into an array that is there already: the difference is what a new array costs. */
    @Benchmark
    public short[] bareCopyIntoOldArray() {
        return copy(old);
    }

    private short[] copy(short[] output) {
        for (int i = 0; i < payloads.length; i++) {
            int column = places[i] % SIDE / STEP;
            int row = places[i] / SIDE / STEP;
            int width = column == TILES - 1 ? TILE : STEP;
            int height = row == TILES - 1 ? TILE : STEP;
            for (int y = 0; y < height; y++) {
                payloads[i].get(y * TILE, output, places[i] + y * SIDE, width);
            }
        }
        return output;
    }
}
