package io.github.czi4j;

import io.github.czi4j.model.CziException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Computes one result for each index on several threads and hands them out in order, with a few of them waiting. Used by
 * one thread.
 */
final class OrderedWork<T> implements AutoCloseable {
    /** Computes a result. */
    @FunctionalInterface
    interface Work<T> {
        T apply(int index) throws CziException;
    }

    private final String name;
    private final int count;
    private final Work<T> work;
    private final int ahead;
    private final ExecutorService executor;
    private final Deque<Future<T>> pending = new ArrayDeque<>();
    private int submitted;

    /** Prepares work on a file of that name; at most {@code threads + 2} results are there at once. */
    OrderedWork(String name, int count, int threads, Work<T> work) {
        this.name = name;
        this.count = count;
        this.work = work;
        this.ahead = threads + 2;
        this.executor = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "czi-copy");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** The result of the next index; at most {@code count} times. */
    T next() throws CziException {
        while (submitted < count && pending.size() < ahead) {
            int index = submitted++;
            pending.add(executor.submit(() -> work.apply(index)));
        }
        try {
            return pending.remove().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CziException.io(name, CziException.NO_OFFSET, "the work was interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CziException damage) {
                throw damage;
            }
            if (e.getCause() instanceof OutOfMemoryError) {
                throw CziException.limit(name, "not enough heap for a subblock on each of the threads");
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
