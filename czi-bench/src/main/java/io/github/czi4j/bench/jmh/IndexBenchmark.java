package io.github.czi4j.bench.jmh;

import io.github.czi4j.bench.sample.TemporarySample;
import io.github.czi4j.index.PlaneIndex;
import io.github.czi4j.index.SubblockDirectory;
import io.github.czi4j.io.ByteSource;
import io.github.czi4j.io.FileByteSource;
import io.github.czi4j.model.Rect;
import io.github.czi4j.zisraw.FileHeader;
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

/** Finding the subblocks that touch random regions of a plane, by its spatial index. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class IndexBenchmark {
    /** Number of subblocks, a square. */
    @Param({"10000", "100000", "1000000"})
    public int subblocks;

    /** Side of a region, in tiles. */
    @Param({"1", "10"})
    public int tiles;

    private TemporarySample sample;
    private PlaneIndex index;
    private Rect[] regions;
    private int next;
    private long found;

    /** For JMH. */
    public IndexBenchmark() {}

    /** Makes the file once and indexes its plane. */
    @Setup
    public void build() throws IOException {
        sample = TemporarySample.make(DirectoryBenchmark.recipe(subblocks));
        try (ByteSource source = FileByteSource.open(sample.file(), FileByteSource.Mode.CHANNEL)) {
            long position = FileHeader.read(source).directoryPosition();
            SubblockDirectory directory = SubblockDirectory.read(
                    source, position, Runtime.getRuntime().maxMemory());
            index = directory.planes().index(0);
            regions = PlanBenchmark.regions(directory.bounds().image(), tiles * DirectoryBenchmark.TILE);
        }
    }

    /** Deletes it. */
    @TearDown
    public void delete() {
        sample.close();
    }

    /** A region, another each time. */
    @Benchmark
    public long query() {
        next = (next + 1) % regions.length;
        index.query(regions[next], 0, Float.POSITIVE_INFINITY, row -> found += row);
        return found;
    }
}
