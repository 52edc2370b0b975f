package io.github.czi4j.bench.versus;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/** What the machine can do at most: copying in memory, and arithmetic that needs no memory. Used by one thread. */
final class MachineLoops {
    /** Steps of a generator of random numbers: some tenths of a second. */
    private static final int SPINS = 100_000_000;

    private static final long MULTIPLIER = 6364136223846793005L;

    private final ExecutorService executor;
    private short[] from = {};
    private short[] to = {};
    private volatile long sink;

    /**
     * Loops.
     *
     * @param executor has as many threads as are asked for
     */
    MachineLoops(ExecutorService executor) {
        this.executor = executor;
    }

    /**
     * Time that {@code System.arraycopy} takes from one array to another that are both there already.
     *
     * @param bytes how much, at most 4 GiB
     * @param threads who share it, each a part in one piece
     */
    double copySeconds(long bytes, int threads) throws IOException, InterruptedException {
        int length = Math.toIntExact(bytes / Short.BYTES);
        if (from.length != length) {
            from = new short[length];
            to = new short[length];
        }
        return seconds(threads, part -> {
            int begin = (int) ((long) length * part / threads);
            int end = (int) ((long) length * (part + 1) / threads);
            System.arraycopy(from, begin, to, begin, end - begin);
        });
    }

    /**
     * Time of the same arithmetic shared by some threads.
     *
     * @param threads how many
     */
    double spinSeconds(int threads) throws IOException, InterruptedException {
        return seconds(threads, part -> {
            long value = part;
            for (int i = 0; i < SPINS / threads; i++) {
                value = value * MULTIPLIER + 1;
            }
            sink = value;
        });
    }

    private double seconds(int threads, IntConsumer work) throws IOException, InterruptedException {
        List<Callable<Void>> parts = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int part = i;
            parts.add(() -> {
                work.accept(part);
                return null;
            });
        }
        long begun = System.nanoTime();
        for (Future<Void> done : executor.invokeAll(parts)) {
            try {
                done.get();
            } catch (ExecutionException e) {
                throw new IOException(e.getCause());
            }
        }
        return (System.nanoTime() - begun) / 1e9;
    }
}
