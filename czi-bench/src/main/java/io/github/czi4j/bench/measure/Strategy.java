package io.github.czi4j.bench.measure;

import io.github.czi4j.model.Parallelism;
import java.util.ArrayList;
import java.util.List;

/**
 * A way to load tiles.
 *
 * @param name {@code sequential} or {@code threads}
 * @param threads number of threads, the calling one included
 * @param batchSize tiles that a thread takes at a time; 0 for sequential
 */
public record Strategy(String name, int threads, int batchSize) {
    /** The baseline. */
    public static final Strategy SEQUENTIAL = new Strategy("sequential", 1, 0);

    /**
     * Threads.
     *
     * @param threads at least 1
     * @param batchSize at least 1
     * @return the strategy
     */
    public static Strategy threads(int threads, int batchSize) {
        if (threads < 1 || batchSize < 1) {
            throw new IllegalArgumentException("numbers of threads and sizes of batches must be at least 1");
        }
        return new Strategy("threads", threads, batchSize);
    }

    /**
     * The baseline and all pairs.
     *
     * @param threads numbers of threads
     * @param batches sizes of batches
     * @return without duplicates, the baseline first
     */
    public static List<Strategy> grid(List<Integer> threads, List<Integer> batches) {
        List<Strategy> result = new ArrayList<>(List.of(SEQUENTIAL));
        for (int count : threads) {
            for (int batch : batches) {
                result.add(threads(count, batch));
            }
        }
        return result.stream().distinct().toList();
    }

    /**
     * As the reader takes it.
     *
     * @return the setting
     */
    public Parallelism parallelism() {
        return this.equals(SEQUENTIAL)
                ? Parallelism.sequential()
                : Parallelism.threads(threads).batch(batchSize);
    }

    /** For instance {@code 4 threads × 25}. */
    @Override
    public String toString() {
        return this.equals(SEQUENTIAL)
                ? "sequential"
                : threads + (threads == 1 ? " thread × " : " threads × ") + batchSize;
    }
}
