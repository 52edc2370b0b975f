package io.github.czi4j.bench.jmh;

import io.github.czi4j.CziReader;
import io.github.czi4j.MosaicRequest;
import io.github.czi4j.bench.sample.TemporarySample;
import io.github.czi4j.model.Parallelism;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The first mosaic of a process: code that is not compiled, heap that was never touched, a map without pages. Each fork
 * measures one call; compare {@link UncompressedMosaicBenchmark}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 5,
        jvmArgsAppend = {"-Xmx4g", "-XX:+UseG1GC"})
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class FirstMosaicBenchmark {
    private TemporarySample sample;

    /** For JMH. */
    public FirstMosaicBenchmark() {}

    /** Makes the file, which leaves it in the page cache. */
    @Setup
    public void makeSample() throws IOException {
        sample = TemporarySample.make(UncompressedMosaicBenchmark.RECIPE);
    }

    /** Deletes it. */
    @TearDown
    public void deleteSample() {
        sample.close();
    }

    /** Opening included. */
    @Benchmark
    public short[] openAndReadMosaic() throws IOException {
        try (CziReader reader = CziReader.open(sample.file())) {
            return reader.readMosaic(MosaicRequest.wholeImage().parallelism(Parallelism.sequential()))
                    .shorts();
        }
    }
}
