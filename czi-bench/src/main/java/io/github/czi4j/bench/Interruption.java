package io.github.czi4j.bench;

import io.github.czi4j.bench.console.Signals;
import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ctrl-C, or the signal by which batch systems end jobs: the first one lets what was measured be written, the second one
 * ends the JVM at once. Where signals cannot be caught a shutdown hook does it, and the second one does nothing.
 */
final class Interruption implements AutoCloseable {
    /** For which the end of a JVM is held up by a hook. */
    private static final int SECONDS = 60;

    private final Runnable first;
    private final boolean isLast;
    private final AtomicInteger count = new AtomicInteger();
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile int status;
    private final Signals signals;
    private final Thread hook;

    private Interruption(Runnable first, boolean isLast) {
        this.first = first;
        this.isLast = isLast;
        this.signals = Signals.caught(this::signalled);
        this.hook = signals == null ? new Thread(this::hook, "czi-interruption") : null;
        if (hook != null) {
            Runtime.getRuntime().addShutdownHook(hook);
        }
    }

    /**
     * Until it is closed, an interruption is told to the work, which then ends early by itself and writes what it has.
     *
     * @param stop called once, by any thread
     * @param err is told that it may take a while
     */
    static Interruption stopping(Runnable stop, PrintWriter err) {
        return new Interruption(
                () -> {
                    stop.run();
                    err.println("Interrupted: what was measured is being written; once more ends at once.");
                    err.flush();
                },
                false);
    }

    /**
     * Until it is closed, an interruption writes what there is while the work goes on, and then ends the JVM.
     *
     * @param rescue called once, by a thread of its own
     */
    static Interruption rescuing(Runnable rescue) {
        return new Interruption(rescue, true);
    }

    private void signalled(int statusOfSignal) {
        status = statusOfSignal;
        if (count.incrementAndGet() > 1) {
            Runtime.getRuntime().halt(status);
        }
        try {
            first.run();
        } finally {
            if (isLast) {
                System.exit(status);
            }
        }
    }

    private void hook() {
        count.incrementAndGet();
        first.run();
        try {
            if (!isLast) {
                done.await(SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether somebody asked for an early end. */
    boolean isThere() {
        return count.get() > 0;
    }

    /** The status with which a command ends: its own, or that of the signal. */
    int status(int own) {
        return isThere() ? status : own;
    }

    /** Says that all is written. If the JVM is about to end for an interruption, that is waited for. */
    @Override
    public void close() {
        done.countDown();
        if (isLast && isThere()) {
            awaitEnd();
        }
        if (signals != null) {
            signals.close();
            return;
        }
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is going down and the hook runs already.
            Thread.onSpinWait();
        }
    }

    private static void awaitEnd() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
