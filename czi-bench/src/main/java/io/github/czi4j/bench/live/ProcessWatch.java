package io.github.czi4j.bench.live;

import io.github.czi4j.bench.profile.SystemCounters;
import java.time.Duration;
import java.time.Instant;

/** A process from one moment to another, as the system sees it. Not thread-safe. */
public final class ProcessWatch {
    private final long pid;
    private final Instant begun = Instant.now();
    private final long cpuBefore;
    private final SystemCounters countersBefore;
    private final ThreadQueues queuesBefore;
    private Instant seen = begun;
    private long cpu;
    private SystemCounters counters;
    private ThreadQueues queues;

    /**
     * Begins to watch.
     *
     * @param pid number of a process
     */
    public ProcessWatch(long pid) {
        this.pid = pid;
        this.cpuBefore = cpuNanos(pid);
        this.cpu = cpuBefore;
        this.countersBefore = SystemCounters.of(pid);
        this.counters = countersBefore;
        this.queuesBefore = ThreadQueues.of(pid);
        this.queues = queuesBefore;
    }

    /**
     * Looks again, which must be done from time to time, because a process that has ended cannot be asked any more.
     *
     * @return whether it is alive
     */
    public boolean look() {
        long cpuNow = cpuNanos(pid);
        SystemCounters countersNow = SystemCounters.of(pid);
        ThreadQueues queuesNow = ThreadQueues.of(pid);
        boolean isAlive = isAlive(pid);
        if (isAlive) {
            cpu = cpuNow;
            counters = countersNow;
            queues = queuesNow;
            seen = Instant.now();
        }
        return isAlive;
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    private static long cpuNanos(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .map(Duration::toNanos)
                .orElse(-1L);
    }

    long pid() {
        return pid;
    }

    Instant begun() {
        return begun;
    }

    /** When it was seen alive last. */
    Instant seen() {
        return seen;
    }

    /** Processor time of all its threads; −1 if it is not known. */
    long cpuNanos() {
        return cpu < 0 || cpuBefore < 0 ? -1 : cpu - cpuBefore;
    }

    /** What happened in all; the time in the queue is given. */
    SystemCounters counters(long queued) {
        return counters.since(countersBefore, queued);
    }

    /** For how long a thread had no processor in a part of its work, by {@link ThreadQueues#queuedSince}. */
    long queuedNanos(long thread, long cpuOfPart) {
        return queues.queuedSince(queuesBefore, thread, cpuOfPart);
    }
}
