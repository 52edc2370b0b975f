package io.github.czi4j.bench.jmh;

import io.github.czi4j.CziOptions;
import io.github.czi4j.CziReader;
import io.github.czi4j.MosaicRequest;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.Parallelism;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.observe.Observer;
import io.github.czi4j.observe.Stage;
import io.github.czi4j.sample.SampleRecipe;
import io.github.czi4j.sample.SampleWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
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

/** What it costs that a stage may be observed: by nobody, by a listener, by Flight Recorder. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ObservationBenchmark {
    /** Tiles of the mosaic. */
    private static final int SIDE = 6;

    /** Who wants to know. */
    @Param({"nobody", "listener", "recorder"})
    public String who;

    private Path file;
    private CziReader reader;
    private Observer observer;
    private Recording recording;
    private long told;

    /** For JMH. */
    public ObservationBenchmark() {}

    /**
     * Makes a file, and whoever wants to know.
     *
     * @throws IOException if the file cannot be written
     */
    @Setup
    public void setUp() throws IOException {
        file = Files.createTempFile("czi-observation", ".czi");
        SampleRecipe recipe = SampleRecipe.defaults()
                .grid(SIDE, SIDE)
                .tile(1024, 1024, 0)
                .dimensions(1, 1, 1, 1)
                .pixels(PixelType.GRAY16, Compression.ZSTD1);
        SampleWriter.write(file, recipe, 1, (done, total) -> {});
        boolean listens = "listener".equals(who);
        observer = Observer.of(listens ? (stage, subblock, start, nanos, bytes) -> told += nanos : null, "none.czi");
        CziOptions options = CziOptions.defaults().parallelism(Parallelism.sequential());
        reader = CziReader.open(
                file, listens ? options.listener((stage, subblock, start, nanos, bytes) -> told += nanos) : options);
        if ("recorder".equals(who)) {
            recording = new Recording();
            recording.start();
        }
    }

    /**
     * Cleans up.
     *
     * @throws IOException if the file cannot be deleted
     */
    @TearDown
    public void tearDown() throws IOException {
        if (recording != null) {
            recording.close();
        }
        reader.close();
        Files.delete(file);
    }

    /** A stage in which nothing happens; each tile has three. */
    @Benchmark
    public void stage() {
        observer.begin(Stage.DECODE).end(7, Compression.ZSTD1, 42);
    }

    /**
     * A mosaic of 36 tiles.
     *
     * @return the pixels
     * @throws IOException if it cannot be read
     */
    @Benchmark
    @OutputTimeUnit(TimeUnit.MICROSECONDS)
    public Object mosaic() throws IOException {
        return reader.readMosaic(MosaicRequest.wholeImage());
    }
}
