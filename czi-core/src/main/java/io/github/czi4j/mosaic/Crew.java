package io.github.czi4j.mosaic;

import io.github.czi4j.model.Parallelism;
import io.github.czi4j.observe.Observer;
import io.github.czi4j.observe.Span;
import io.github.czi4j.observe.Stage;
import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The workers of one call. The calling thread is one of them and never waits for a worker that has not begun: a busy or
 * unwilling executor costs speed, not progress.
 */
final class Crew {
    private static final AtomicInteger THREAD_NUMBER = new AtomicInteger();

    /** Threads of all readers; none is kept when there is nothing to do. */
    private static final Executor THREADS = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, 5, TimeUnit.SECONDS, new SynchronousQueue<>(), Crew::newThread);

    /** What every worker runs until there is nothing left. */
    @FunctionalInterface
    interface Work {
        void run(WorkerContext context);
    }

    private final Work work;
    private final Runnable onInterrupt;
    private final Executor assistant;
    private int running;
    private boolean closed;
    private Throwable failure;

    private Crew(Work work, Runnable onInterrupt, Executor assistant) {
        this.work = work;
        this.onInterrupt = onInterrupt;
        this.assistant = assistant;
    }

    private static Thread newThread(Runnable task) {
        Thread thread = new Thread(task, "czi-worker-" + THREAD_NUMBER.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Runs the same work on several workers and returns when all that began have ended.
     *
     * @param executor runs all workers but the first
     * @param workers number of workers, the calling thread included
     * @param observer is told when the calling thread waits for the others
     * @param work takes its share by itself
     * @param onInterrupt makes the others end soon; called if the calling thread is interrupted while it waits for them
     * @param isAssisted whether there are threads enough for two on one tile
     */
    static void run(
            Executor executor, int workers, Observer observer, Work work, Runnable onInterrupt, boolean isAssisted) {
        Crew crew = new Crew(work, onInterrupt, isAssisted ? executor : null);
        for (int i = 1; i < workers; i++) {
            try {
                executor.execute(crew::runWorker);
            } catch (RejectedExecutionException e) {
                // The calling thread does what nobody else will.
                break;
            }
        }
        try {
            crew.work();
        } finally {
            crew.awaitWorkers(observer);
        }
        crew.rethrow();
    }

    private void work() {
        WorkerContext context = WorkerContext.borrow();
        context.scratch.assistant(assistant);
        work.run(context);
        context.giveBack();
    }

    private void runWorker() {
        synchronized (this) {
            if (closed) {
                return;
            }
            running++;
        }
        Throwable thrown = null;
        try {
            work();
        } catch (Throwable t) {
            thrown = t;
        } finally {
            synchronized (this) {
                running--;
                failure = failure == null ? thrown : failure;
                notifyAll();
            }
        }
    }

    private void awaitWorkers(Observer observer) {
        synchronized (this) {
            closed = true;
            if (running == 0) {
                return;
            }
        }
        Span span = observer.begin(Stage.WAIT);
        boolean interrupted = false;
        synchronized (this) {
            while (running > 0) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    // The workers still write into the caller's array: it cannot be given back before they end.
                    interrupted = true;
                    onInterrupt.run();
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        span.end(0);
    }

    private synchronized void rethrow() {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
    }

    /**
     * The executor that a setting stands for.
     *
     * @param parallelism the setting
     * @return runs tasks
     * @throws UnsupportedOperationException for virtual threads on a JDK that has none
     */
    static Executor executor(Parallelism parallelism) {
        return switch (parallelism.kind()) {
            case EXECUTOR -> parallelism.executor();
            case VIRTUAL -> virtualThreads();
            default -> THREADS;
        };
    }

    /** By reflection, since the bytecode is that of Java 17. */
    private static Executor virtualThreads() {
        try {
            var start = Thread.class.getMethod("startVirtualThread", Runnable.class);
            return task -> {
                try {
                    start.invoke(null, task);
                } catch (IllegalAccessException | InvocationTargetException e) {
                    throw new RejectedExecutionException("no virtual thread can be started", e);
                }
            };
        } catch (NoSuchMethodException e) {
            throw new UnsupportedOperationException(
                    "virtual threads need JDK 21 or newer, this is "
                            + Runtime.version().feature(),
                    e);
        }
    }
}
