package io.github.czi4j.bench.jmh;

import io.github.czi4j.CziReader;
import io.github.czi4j.MosaicRequest;
import io.github.czi4j.bench.sample.TemporarySample;
import io.github.czi4j.model.ChannelDisplay;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.DisplaySettings;
import io.github.czi4j.model.Parallelism;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.sample.SampleRecipe;
import java.io.IOException;
import java.util.TreeMap;
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
 * A picture of 4096² pixels from three channels of uncompressed Gray16 tiles, each with a colour, points and a gamma;
 * beside it the three mosaics alone.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms2g", "-Xmx2g", "-XX:+UseG1GC"})
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class CompositeBenchmark {
    private static final int CHANNELS = 3;
    private static final int[] COLOURS = {0x00A1FF, 0x00FF33, 0xFF7E00};

    /** Number of threads. */
    @Param({"1", "2"})
    public int threads;

    private TemporarySample sample;
    private CziReader reader;
    private MosaicRequest request;
    private DisplaySettings settings;

    /** For JMH. */
    public CompositeBenchmark() {}

    /** Makes the file once and opens it. */
    @Setup(Level.Trial)
    public void open() throws IOException {
        sample = TemporarySample.make(SampleRecipe.defaults()
                .grid(4, 4)
                .tile(1024, 1024, 0)
                .dimensions(CHANNELS, 1, 1, 1)
                .pixels(PixelType.GRAY16, Compression.UNCOMPRESSED));
        reader = CziReader.open(sample.file());
        request = MosaicRequest.wholeImage()
                .parallelism(threads == 1 ? Parallelism.sequential() : Parallelism.threads(threads));
        settings = new DisplaySettings(new TreeMap<>());
        for (int channel = 0; channel < CHANNELS; channel++) {
            settings = settings.with(
                    channel,
                    ChannelDisplay.PLAIN.tint(COLOURS[channel]).range(0.01, 0.4).gamma(0.8));
        }
    }

    /** Closes and deletes. */
    @TearDown(Level.Trial)
    public void close() throws IOException {
        reader.close();
        sample.close();
    }

    /** The picture. */
    @Benchmark
    public byte[] composite() throws IOException {
        return reader.readComposite(request, settings).bytes();
    }

    /** Its channels, each given up when the next one comes. */
    @Benchmark
    public int mosaicsAlone() throws IOException {
        int sum = 0;
        for (int channel = 0; channel < CHANNELS; channel++) {
            sum += reader.readMosaic(request.channel(channel)).shorts()[channel];
        }
        return sum;
    }
}
