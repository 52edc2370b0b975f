package io.github.czi4j.bench.jmh;

import io.github.czi4j.CziReader;
import io.github.czi4j.Mosaic;
import io.github.czi4j.MosaicRequest;
import io.github.czi4j.bench.sample.TemporarySample;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.Downscaling;
import io.github.czi4j.model.Overlap;
import io.github.czi4j.model.Parallelism;
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

/**
 * Composing alone: 4×4 tiles of 512² Gray16 with 10 % overlap that lie uncompressed in a mapped file, so that nothing is
 * decoded, placed in each of the ways that there are. One thread.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ComposeBenchmark {
    /** How pixels get to their place. */
    public enum Way {
        /** Rows are copied. */
        PLACED,
        /** Each pixel becomes one of another type. */
        CONVERTED,
        /** One pixel of 16 is taken. */
        NEAREST,
        /** 16 pixels become one. */
        AVERAGED,
        /** Where tiles overlap their pixels are mixed. */
        FEATHERED
    }

    /** How pixels get to their place. */
    @Param({"PLACED", "CONVERTED", "NEAREST", "AVERAGED", "FEATHERED"})
    public Way way;

    private TemporarySample sample;
    private CziReader reader;
    private MosaicRequest request;

    /** For JMH. */
    public ComposeBenchmark() {}

    /** Makes the file once and opens it. */
    @Setup
    public void open() throws IOException {
        sample = TemporarySample.make(SampleRecipe.defaults()
                .grid(4, 4)
                .tile(512, 512, 10)
                .pixels(PixelType.GRAY16, Compression.UNCOMPRESSED));
        reader = CziReader.open(sample.file());
        MosaicRequest whole = MosaicRequest.wholeImage().channel(0).parallelism(Parallelism.sequential());
        request = switch (way) {
            case PLACED -> whole;
            case CONVERTED -> whole.pixelType(PixelType.GRAY8);
            case NEAREST -> whole.zoom(0.25);
            case AVERAGED -> whole.zoom(0.25).downscaling(Downscaling.AREA_AVERAGE);
            case FEATHERED -> whole.overlap(Overlap.FEATHER);
        };
    }

    /** Closes and deletes. */
    @TearDown
    public void close() throws IOException {
        reader.close();
        sample.close();
    }

    /** The whole image. */
    @Benchmark
    public Mosaic mosaic() throws IOException {
        return reader.readMosaic(request);
    }
}
