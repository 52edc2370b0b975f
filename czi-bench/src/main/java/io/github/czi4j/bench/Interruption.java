package io.github.czi4j.bench;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ctrl-C: work is told to end early, and the JVM waits until what was measured is written. */
final class Interruption implements AutoCloseable {
    private static final int SECONDS = 60;

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook;
    private volatile boolean isThere;

    Interruption(Runnable stop) {
        hook = new Thread(() -> interrupt(stop), "czi-profile-interruption");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void interrupt(Runnable stop) {
        isThere = true;
        stop.run();
        try {
            done.await(SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether somebody asked for an early end. */
    boolean isThere() {
        return isThere;
    }

    /** Says that all is written. */
    @Override
    public void close() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is going down and the hook runs already.
            Thread.onSpinWait();
        }
    }
}
