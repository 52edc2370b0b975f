package io.github.czi4j.bench.jmh;

import io.github.czi4j.CziReader;
import io.github.czi4j.bench.measure.Interval;
import io.github.czi4j.bench.measure.Opener;
import io.github.czi4j.bench.profile.Pass;
import io.github.czi4j.bench.profile.Profile;
import io.github.czi4j.bench.profile.Profiler;
import io.github.czi4j.bench.sample.TemporarySample;
import io.github.czi4j.io.FileByteSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * What profiling costs: the same passes with the profiler's listener and without it, in turn, by the clock and in processor
 * time, which other programs on the machine change less.
 */
public final class ProfilerOverhead {
    private static final int PAIRS = 40;

    private ProfilerOverhead() {}

    /**
     * Measures on the usual sample, or on a file.
     *
     * @param arguments a file, or none
     * @throws IOException if it cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length > 0) {
            measure(Path.of(arguments[0]));
            return;
        }
        try (TemporarySample sample = TemporarySample.make()) {
            measure(sample.file());
        }
    }

    private static void measure(Path file) throws IOException {
        List<Pass> with = new ArrayList<>();
        List<Pass> without = new ArrayList<>();
        // Warms up both.
        pass(file, true, Duration.ofSeconds(4));
        pass(file, false, Duration.ofSeconds(2));
        for (int i = 0; i < PAIRS; i++) {
            with.add(pass(file, true, Duration.ZERO));
            without.add(pass(file, false, Duration.ZERO));
        }
        print("clock", with, without, Pass::elapsedNanos);
        print("processor", with, without, Pass::cpuNanos);
    }

    private static Pass pass(Path file, boolean isObserved, Duration least) throws IOException {
        Profile.Method method = new Profile.Method("custom", 1, 100, least, Duration.ofSeconds(30));
        Opener opener = options -> CziReader.open(file, isObserved ? options : options.listener(null));
        return new Profiler(opener, FileByteSource.Mode.MAPPED, null, null, method)
                .run(share -> {}).passes().stream()
                        .min((a, b) -> Long.compare(a.cpuNanos(), b.cpuNanos()))
                        .orElseThrow();
    }

    private static void print(String what, List<Pass> with, List<Pass> without, ToLongFunction<Pass> time) {
        Interval ratio = Interval.ratio(groups(with, time), groups(without, time), true);
        System.out.printf(
                Locale.ROOT,
                "%s: profiled %.2f ms, not profiled %.2f ms, ratio %.4f (%.4f to %.4f)%n",
                what,
                Interval.ofGroups(groups(with, time)).median() / 1e6,
                Interval.ofGroups(groups(without, time)).median() / 1e6,
                ratio.median(),
                ratio.low(),
                ratio.high());
    }

    private static List<double[]> groups(List<Pass> passes, ToLongFunction<Pass> time) {
        return passes.stream()
                .map(pass -> new double[] {time.applyAsLong(pass)})
                .toList();
    }
}
