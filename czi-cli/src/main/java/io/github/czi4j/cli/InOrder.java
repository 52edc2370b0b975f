package io.github.czi4j.cli;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/**
 * Computes one result for each index on all processors and hands them out in order, with a bounded number of them
 * waiting. Used by one thread.
 */
final class InOrder<T> implements AutoCloseable {
    /** Enough that workers seldom wait for the one who takes the results, which are small. */
    private static final int AHEAD = 64;

    private final int count;
    private final IntFunction<T> function;
    private final int ahead;
    private final ExecutorService executor;
    private final Deque<Future<T>> pending = new ArrayDeque<>();
    private int submitted;

    InOrder(int count, IntFunction<T> function) {
        this.count = count;
        this.function = function;
        int threads = Runtime.getRuntime().availableProcessors();
        this.ahead = AHEAD * threads;
        this.executor = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "czi-digest");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** The result of the next index; at most {@code count} times. */
    T next() {
        while (submitted < count && pending.size() < ahead) {
            int index = submitted++;
            pending.add(executor.submit(() -> function.apply(index)));
        }
        try {
            return pending.remove().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
