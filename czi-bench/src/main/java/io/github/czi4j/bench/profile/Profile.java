package io.github.czi4j.bench.profile;

import io.github.czi4j.bench.measure.PlaneChoice;
import io.github.czi4j.io.FileByteSource;
import io.github.czi4j.model.SubblockInfo;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * A finished profile.
 *
 * @param plane what was profiled
 * @param sample the tiles
 * @param io how the file was read
 * @param method how it was measured
 * @param passes all passes, the first with a cold JIT
 * @param isSteady whether the last pass was about as fast as the one before
 * @param processCpuSeconds processor time of the whole process during the typical pass, the JVM's own threads included
 * @param gcSeconds collections during the typical pass
 * @param infos what the directory says of the tiles
 * @param failures tiles that could not be loaded
 * @param estimate for the whole file; null if no tile could be loaded
 */
public record Profile(
        PlaneChoice plane,
        TileSample sample,
        FileByteSource.Mode io,
        Method method,
        List<Pass> passes,
        boolean isSteady,
        double processCpuSeconds,
        double gcSeconds,
        Map<Integer, SubblockInfo> infos,
        int failures,
        Estimate estimate) {
    private static final int DIGITS = 3;

    /**
     * How a profile is made.
     *
     * @param preset its name, or {@code custom}
     * @param threads number of threads
     * @param maxTiles most tiles to load, at least 1
     * @param least time below which passes are repeated, even if they are steady
     * @param cap when to begin no further pass; two are made all the same
     */
    public record Method(String preset, int threads, int maxTiles, Duration least, Duration cap) {
        private static final int MAX_THREADS = 1024;

        /**
         * Checks the numbers.
         *
         * @throws IllegalArgumentException if there can be no such profile
         */
        public Method {
            if (maxTiles < 1) {
                throw new IllegalArgumentException("at least one tile is needed, not " + maxTiles);
            }
            if (threads < 1 || threads > MAX_THREADS) {
                throw new IllegalArgumentException("1 to " + MAX_THREADS + " threads can be profiled, not " + threads);
            }
        }
    }

    /**
     * The first pass.
     *
     * @return with a cold JIT
     */
    public Pass first() {
        return passes.get(0);
    }

    /**
     * The pass that figures are of unless they say otherwise: of the later half, which runs compiled code, the one with the
     * median time, so that a single collection or a moment without a processor does not stand for all.
     *
     * @return one of the passes
     */
    public Pass typical() {
        return passes.get(typicalIndex(passes));
    }

    /**
     * Number of {@link #typical()}, from 1.
     *
     * @return at most the number of passes
     */
    public int typicalNumber() {
        return typicalIndex(passes) + 1;
    }

    static int typicalIndex(List<Pass> passes) {
        List<Integer> later = IntStream.range(passes.size() / 2, passes.size())
                .boxed()
                .sorted(Comparator.comparingLong(i -> passes.get(i).elapsedNanos()))
                .toList();
        return later.get((later.size() - 1) / 2);
    }

    /**
     * Distribution over the tiles of the typical pass.
     *
     * @param part which time of a tile
     * @return nanoseconds, three digits
     */
    public Histogram histogram(Function<TileTime, Long> part) {
        Histogram histogram = new Histogram(DIGITS);
        typical().tiles().forEach(tile -> histogram.recordValue(part.apply(tile)));
        return histogram;
    }

    /**
     * The tiles that took longest in the typical pass.
     *
     * @param count how many
     * @return the slowest first
     */
    public List<TileTime> slowest(int count) {
        return typical().tiles().stream()
                .sorted(Comparator.comparingLong(TileTime::nanos).reversed())
                .limit(count)
                .toList();
    }

    /**
     * Payload bytes that the typical pass read.
     *
     * @return as stored
     */
    public long bytesRead() {
        return typical().tiles().stream().mapToLong(TileTime::storedBytes).sum();
    }

    /**
     * Of {@link #bytesRead()} the part that is in proportion to the pixels delivered.
     *
     * @return bytes
     */
    public double bytesNeeded() {
        return typical().tiles().stream()
                .mapToDouble(tile -> tile.storedBytes() * sample.visibleShare().getOrDefault(tile.subblock(), 0.0))
                .sum();
    }

    static Map<Integer, SubblockInfo> byIndex(List<SubblockInfo> infos) {
        return infos.stream().collect(Collectors.toMap(SubblockInfo::index, Function.identity(), (a, b) -> a));
    }
}
