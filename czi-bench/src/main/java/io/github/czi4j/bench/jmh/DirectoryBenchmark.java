package io.github.czi4j.bench.jmh;

import io.github.czi4j.CziReader;
import io.github.czi4j.bench.sample.TemporarySample;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.sample.SampleRecipe;
import java.io.IOException;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** From a closed file to one whose directory is parsed and one plane indexed. The file lies in the page cache. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class DirectoryBenchmark {
    static final int TILE = 8;

    /** Number of subblocks, a square. */
    @Param({"100000", "1000000"})
    public int subblocks;

    private TemporarySample sample;

    /** For JMH. */
    public DirectoryBenchmark() {}

    static SampleRecipe recipe(int subblocks) {
        int columns = (int) Math.round(Math.sqrt(subblocks));
        while (subblocks % columns != 0) {
            columns--;
        }
        return SampleRecipe.defaults()
                .grid(columns, subblocks / columns)
                .tile(TILE, TILE, 0)
                .pixels(PixelType.GRAY8, Compression.UNCOMPRESSED);
    }

    /** Makes the file once. */
    @Setup
    public void makeSample() throws IOException {
        sample = TemporarySample.make(recipe(subblocks));
    }

    /** Deletes it. */
    @TearDown
    public void deleteSample() {
        sample.close();
    }

    /** Open, directory, index of one plane. */
    @Benchmark
    public long openAndIndex() throws IOException {
        try (CziReader reader = CziReader.open(sample.file())) {
            reader.prepareIndex(0);
            return reader.indexHeapBytes();
        }
    }

    /** Open and directory alone. */
    @Benchmark
    public int open() throws IOException {
        try (CziReader reader = CziReader.open(sample.file())) {
            return reader.subblockCount();
        }
    }
}
