package io.github.czi4j.bench.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** One thread of a pass and what it did. Written by that thread alone, read when it is known to be done. */
final class Lane {
    /**
     * A piece of work.
     *
     * @param stage which
     * @param subblock its tile, or −1
     * @param start when it began, of {@link System#nanoTime()}
     * @param nanos its duration
     * @param cpu processor time
     * @param gc part of the duration in which the collector had stopped the thread
     * @param lock part of the duration for which the thread waited for a lock
     * @param bytes as the reader says
     */
    record Work(ProfileStage stage, int subblock, long start, long nanos, long cpu, long gc, long lock, long bytes) {
        long end() {
            return start + nanos;
        }
    }

    final Thread thread;
    final List<Work> work = new ArrayList<>();
    /** Estimated by {@link LockWatch}: for locks that have an owner but are no monitors. */
    final AtomicLong ownedLockNanos = new AtomicLong();

    long cpuSeen;
    long gcSeen;
    long blockedSeen;
    long ownedLockSeen;
    /** For which it waited for a processor: as known when the pass began, and now; −1 if the system does not tell. */
    long queuedBegun;

    long queuedSeen;

    /** Of threads that say when they begin and end; 0 of those that do not. */
    long began;

    long ended;
    long cpu;

    Lane(Thread thread) {
        this.thread = thread;
    }

    long queuedNanos() {
        return queuedSeen < 0 || queuedBegun < 0 ? -1 : queuedSeen - queuedBegun;
    }

    long workNanos() {
        return work.stream().mapToLong(Work::nanos).sum();
    }

    /**
     * Time between pieces of work of a thread that does not say when it begins and ends: gaps in which no crew ended,
     * since a thread that has seen the end of its crew is idle.
     *
     * @param crewEnds when crews ended, ascending
     */
    long gaps(long[] crewEnds) {
        long sum = 0;
        int next = 0;
        for (int i = 1; i < work.size(); i++) {
            long from = work.get(i - 1).end();
            long to = work.get(i).start();
            while (next < crewEnds.length && crewEnds[next] < from) {
                next++;
            }
            if (next == crewEnds.length || crewEnds[next] > to) {
                sum += Math.max(0, to - from);
            }
        }
        return sum;
    }
}
