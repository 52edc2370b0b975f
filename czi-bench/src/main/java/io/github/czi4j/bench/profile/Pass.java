package io.github.czi4j.bench.profile;

import java.util.List;

/**
 * One run through the file: open, metadata, index, tiles, close.
 *
 * @param wallNanos all of it, by the clock on the wall
 * @param cpuNanos processor time of the thread
 * @param stageNanos for each {@link ProfileStage}; their sum is {@code wallNanos}
 * @param stageCpuNanos for each {@link ProfileStage}; their sum is {@code cpuNanos}
 * @param tiles what each tile took
 */
public record Pass(long wallNanos, long cpuNanos, long[] stageNanos, long[] stageCpuNanos, List<TileTime> tiles) {
    /**
     * Time of a stage.
     *
     * @param stage which
     * @return nanoseconds
     */
    public long nanos(ProfileStage stage) {
        return stageNanos[stage.ordinal()];
    }

    /**
     * Processor time of a stage.
     *
     * @param stage which
     * @return nanoseconds
     */
    public long cpuNanos(ProfileStage stage) {
        return stageCpuNanos[stage.ordinal()];
    }

    /**
     * Part of the whole.
     *
     * @param stage which
     * @return 0 to 1
     */
    public double share(ProfileStage stage) {
        return wallNanos == 0 ? 0 : (double) nanos(stage) / wallNanos;
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
