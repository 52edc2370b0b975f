package io.github.czi4j.bench.storage;

import io.github.czi4j.model.CziException;
import java.time.Duration;

/**
 * How fast the memory takes an output: rows copied from a bitmap of one tile into an array made for each pass, as a load
 * makes one, by {@code System.arraycopy}.
 */
final class CopyCeiling {
    private static final int MAX_OUTPUT = 128 << 20;
    private static final int MIN_OUTPUT = 1 << 20;
    private static final int TILE = 2 << 20;
    private static final int ROW = 2048;

    private CopyCeiling() {}

    /** Bytes per second of output written, the best of the passes that the time allows: at least two. */
    static double bytesPerSecond(long outputBytes, int threads, Duration time) throws CziException {
        int rows = (int) (Math.max(MIN_OUTPUT, Math.min(MAX_OUTPUT, outputBytes)) / ROW);
        byte[] tile = new byte[TILE];
        long begun = System.nanoTime();
        double best = 0;
        for (int pass = 0; pass < 2 || System.nanoTime() - begun < time.toNanos(); pass++) {
            long start = System.nanoTime();
            byte[] output = new byte[rows * ROW];
            Workers.run(threads, worker -> {
                int end = (int) ((long) rows * (worker + 1) / threads);
                for (int row = (int) ((long) rows * worker / threads); row < end; row++) {
                    System.arraycopy(tile, row * ROW % TILE, output, row * ROW, ROW);
                }
            });
            best = Math.max(best, output.length * 1e9 / (System.nanoTime() - start));
        }
        return best;
    }
}
