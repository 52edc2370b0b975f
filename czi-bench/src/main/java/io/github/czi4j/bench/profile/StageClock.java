package io.github.czi4j.bench.profile;

import io.github.czi4j.model.CziException;
import io.github.czi4j.observe.ReadListener;
import io.github.czi4j.observe.Stage;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Splits the time of one thread into stages. Runs between {@link #resume} and {@link #pause}; what no stage claims of
 * that is {@link ProfileStage#OTHER}, so that the stages sum to the wall clock exactly.
 *
 * <p>Processor time is read once at the end of each stage, under a microsecond a time, which falls into {@code other}.
 * What passed since the end of the stage before is given to the stage, up to its duration on the wall, and the rest to
 * {@code other}: as the gaps between stages are short, so is the error. Not thread-safe.
 */
final class StageClock implements ReadListener {
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final boolean hasCpu = threads.isCurrentThreadCpuTimeSupported();
    private final long[] nanos = new long[ProfileStage.values().length];
    private final long[] cpuNanos = new long[ProfileStage.values().length];
    private final Map<Integer, long[]> tiles = new LinkedHashMap<>();
    private boolean running;
    private long wall;
    private long cpu;
    private long wallBegun;
    private long cpuBegun;
    private long cpuSeen;

    /** Work that may fail. */
    @FunctionalInterface
    interface Work {
        void run() throws CziException;
    }

    void resume() {
        running = true;
        cpuBegun = cpuNow();
        cpuSeen = cpuBegun;
        wallBegun = System.nanoTime();
    }

    void pause() {
        wall += System.nanoTime() - wallBegun;
        cpu += cpuNow() - cpuBegun;
        running = false;
    }

    private long cpuNow() {
        return hasCpu ? threads.getCurrentThreadCpuTime() : 0;
    }

    /** Counts work of the profiler's own as a stage. */
    void span(ProfileStage stage, Work work) throws CziException {
        long begun = System.nanoTime();
        work.run();
        add(stage, System.nanoTime() - begun);
    }

    private void add(ProfileStage stage, long duration) {
        long now = cpuNow();
        nanos[stage.ordinal()] += duration;
        cpuNanos[stage.ordinal()] += Math.min(now - cpuSeen, duration);
        cpuSeen = now;
    }

    @Override
    public void onStage(Stage stage, int subblock, long startNanos, long duration, long bytes) {
        if (!running) {
            return;
        }
        add(ProfileStage.of(stage), duration);
        if (subblock != NO_SUBBLOCK) {
            long[] tile = tiles.computeIfAbsent(subblock, index -> new long[4]);
            switch (stage) {
                case READ -> {
                    tile[0] += duration;
                    tile[3] += bytes;
                }
                case DECODE -> tile[1] += duration;
                default -> tile[2] += duration;
            }
        }
    }

    Pass result() {
        long stages = 0;
        long stagesCpu = 0;
        for (int i = 0; i < ProfileStage.OTHER.ordinal(); i++) {
            stages += nanos[i];
            stagesCpu += cpuNanos[i];
        }
        long[] allNanos = nanos.clone();
        long[] allCpu = cpuNanos.clone();
        allNanos[ProfileStage.OTHER.ordinal()] = wall - stages;
        allCpu[ProfileStage.OTHER.ordinal()] = cpu - stagesCpu;
        return new Pass(
                wall,
                cpu,
                allNanos,
                allCpu,
                tiles.entrySet().stream()
                        .map(entry -> new TileTime(
                                entry.getKey(),
                                entry.getValue()[0],
                                entry.getValue()[1],
                                entry.getValue()[2],
                                entry.getValue()[3]))
                        .toList());
    }
}
