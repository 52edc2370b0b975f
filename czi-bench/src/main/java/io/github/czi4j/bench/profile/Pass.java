package io.github.czi4j.bench.profile;

import java.util.List;

/**
 * One run through the file: open, metadata, index, tiles, close.
 *
 * @param threads number of threads
 * @param elapsedNanos all of it, by the clock on the wall
 * @param wallNanos the same, times the number of threads
 * @param cpuNanos processor time of these threads
 * @param stages in order; their times sum to {@code wallNanos} and {@code cpuNanos}
 * @param tiles what each tile took, in the order in which they were begun
 * @param system what the system did meanwhile
 */
public record Pass(
        int threads,
        long elapsedNanos,
        long wallNanos,
        long cpuNanos,
        List<StageTime> stages,
        List<TileTime> tiles,
        SystemCounters system) {
    /**
     * Time of a stage, of all compressions.
     *
     * @param stage which
     * @return nanoseconds
     */
    public long nanos(ProfileStage stage) {
        return stages.stream()
                .filter(time -> time.stage() == stage)
                .mapToLong(StageTime::nanos)
                .sum();
    }

    /**
     * Part of the whole.
     *
     * @param stage which
     * @return 0 to 1
     */
    public double share(StageTime stage) {
        return wallNanos == 0 ? 0 : (double) stage.nanos() / wallNanos;
    }

    /** What it took before the first tile: it does not grow with the number of tiles that are loaded. */
    long fixedNanos() {
        return nanos(ProfileStage.OPEN)
                + nanos(ProfileStage.DIRECTORY)
                + nanos(ProfileStage.METADATA)
                + nanos(ProfileStage.BOUNDS)
                + nanos(ProfileStage.INDEX);
    }
}
