package io.github.czi4j.bench.jmh;

import io.github.czi4j.model.Compression;
import io.github.czi4j.observe.Observer;
import io.github.czi4j.observe.Span;
import io.github.czi4j.observe.Stage;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** What the three stages of a tile cost: where nobody listens, and where somebody does who does nothing. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 8, time = 1)
@Fork(2)
public class ObserverBenchmark {
    private final Observer unobserved = Observer.of(null, "x.czi");
    private Observer listened;
    private int subblock;

    /** For JMH. */
    public ObserverBenchmark() {}

    /**
     * Nobody listens, nothing is recorded: what every tile pays.
     *
     * @param sink of JMH
     */
    @Benchmark
    public void unobservedTile(Blackhole sink) {
        tile(unobserved, sink);
    }

    /**
     * Somebody listens.
     *
     * @param sink of JMH
     */
    @Benchmark
    public void listenedTile(Blackhole sink) {
        if (listened == null) {
            listened = Observer.of((stage, index, start, nanos, bytes) -> sink.consume(nanos), "x.czi");
        }
        tile(listened, sink);
    }

    private void tile(Observer observer, Blackhole sink) {
        subblock++;
        for (Stage stage : new Stage[] {Stage.READ, Stage.DECODE, Stage.PLACE}) {
            Span span = observer.begin(stage);
            sink.consume(subblock);
            span.end(subblock, Compression.ZSTD1, 4096);
        }
    }
}
