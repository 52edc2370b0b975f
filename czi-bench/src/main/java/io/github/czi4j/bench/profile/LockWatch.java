package io.github.czi4j.bench.profile;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks every few milliseconds which threads wait for a lock of {@code java.util.concurrent} that another thread holds.
 * The JVM counts such waiting together with all other, so that it has to be sampled; waiting for monitors it counts by
 * itself.
 */
final class LockWatch implements AutoCloseable {
    private static final long PERIOD = Duration.ofMillis(4).toNanos();
    private static final long NO_OWNER = -1;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Collection<Lane> lanes;
    private final Thread watcher;
    private volatile boolean closed;

    /** Begins to watch threads, which may be added to the collection at any time. */
    LockWatch(Collection<Lane> lanes) {
        this.lanes = lanes;
        this.watcher = new Thread(this::watch, "czi-profile-locks");
        watcher.setDaemon(true);
        watcher.start();
    }

    private void watch() {
        long last = System.nanoTime();
        while (!closed) {
            LockSupport.parkNanos(PERIOD);
            long now = System.nanoTime();
            look(now - last);
            last = now;
        }
    }

    private void look(long nanos) {
        List<Lane> watched = List.copyOf(lanes);
        long[] ids = watched.stream().mapToLong(lane -> lane.thread.getId()).toArray();
        ThreadInfo[] infos = threads.getThreadInfo(ids);
        for (int i = 0; i < infos.length; i++) {
            if (infos[i] != null && isWaiting(infos[i].getThreadState()) && infos[i].getLockOwnerId() != NO_OWNER) {
                watched.get(i).ownedLockNanos.addAndGet(nanos);
            }
        }
    }

    private static boolean isWaiting(Thread.State state) {
        return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(watcher);
    }
}
