package io.github.czi4j.bench.jmh;

import io.github.czi4j.CziReader;
import io.github.czi4j.MosaicPlan;
import io.github.czi4j.MosaicRequest;
import io.github.czi4j.bench.sample.TemporarySample;
import io.github.czi4j.model.Rect;
import java.io.IOException;
import java.util.SplittableRandom;
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

/**
 * What a mosaic costs before anything is read: the plan of random regions and of the whole image, in a plane of many small
 * tiles that is indexed already. Finding the tiles by themselves is {@link IndexBenchmark}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class PlanBenchmark {
    private static final int REGIONS = 1024;
    private static final long SEED = 6;

    /** Number of subblocks, a square. */
    @Param({"10000", "100000"})
    public int subblocks;

    /** Side of a region, in tiles. */
    @Param("10")
    public int tiles;

    private final MosaicRequest[] requests = new MosaicRequest[REGIONS];
    private TemporarySample sample;
    private CziReader reader;
    private MosaicRequest whole;
    private int next;

    /** For JMH. */
    public PlanBenchmark() {}

    /** Random squares of an image, the same each time. */
    static Rect[] regions(Rect image, int side) {
        SplittableRandom random = new SplittableRandom(SEED);
        Rect[] regions = new Rect[REGIONS];
        for (int i = 0; i < REGIONS; i++) {
            int x = image.x() + random.nextInt(image.width() - side + 1);
            int y = image.y() + random.nextInt(image.height() - side + 1);
            regions[i] = new Rect(x, y, side, side);
        }
        return regions;
    }

    /** Makes the file once, opens it and indexes its plane. */
    @Setup
    public void open() throws IOException {
        sample = TemporarySample.make(DirectoryBenchmark.recipe(subblocks));
        reader = CziReader.open(sample.file());
        reader.prepareIndex(0);
        Rect[] regions = regions(reader.bounds().image(), tiles * DirectoryBenchmark.TILE);
        for (int i = 0; i < REGIONS; i++) {
            requests[i] = MosaicRequest.region(regions[i]).channel(0);
        }
        whole = MosaicRequest.wholeImage().channel(0);
    }

    /** Closes and deletes. */
    @TearDown
    public void close() throws IOException {
        reader.close();
        sample.close();
    }

    /** A region, another each time. */
    @Benchmark
    public MosaicPlan region() throws IOException {
        next = (next + 1) % REGIONS;
        return reader.plan(requests[next]);
    }

    /** All tiles. */
    @Benchmark
    public MosaicPlan wholeImage() throws IOException {
        return reader.plan(whole);
    }
}
