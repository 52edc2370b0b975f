package io.github.czi4j.mosaic;

import java.lang.ref.Reference;
import java.lang.ref.SoftReference;
import java.lang.ref.WeakReference;

/**
 * Contexts that no worker uses, for the next ones. Up to {@link #SOFT_BYTES} in all they are held softly: they outlast the
 * large result after which a collector looks for weak references, and go before the heap is full. The others are held
 * weakly. Thread-safe.
 */
final class IdleContexts {
    /** What a mosaic may take beside its output and its tiles in work, so that what waits for the next one does not add to it. */
    static final long SOFT_BYTES = 32 << 20;
    /** More than that many are not kept. */
    private static final int MAX_COUNT = 64;
    /** Nor larger ones: what a mosaic needs is predicted from its own tiles, not from those of others before. */
    private static final long MAX_BYTES = 32 << 20;

    /** The latest. */
    private Idle last;

    /**
     * A context that waits. They are linked, and added and taken by one assignment: a late fault of a mapped file may end any
     * statement, and must not leave a deque in disorder that all readers share.
     */
    private record Idle(Reference<WorkerContext> context, long softBytes, Idle before) {
        boolean isThere() {
            return !context.refersTo(null);
        }
    }

    /** The one that was used last; null if there is none. */
    synchronized WorkerContext poll() {
        while (last != null) {
            WorkerContext context = last.context.get();
            last = last.before;
            if (context != null) {
                return context;
            }
        }
        return null;
    }

    /** Keeps a context for others. */
    synchronized void add(WorkerContext context) {
        long bytes = context.bytes();
        last = present(last);
        int count = 0;
        for (Idle idle = last; idle != null; idle = idle.before) {
            count++;
        }
        if (bytes > MAX_BYTES || count == MAX_COUNT) {
            return;
        }
        last = bytes + softBytes() <= SOFT_BYTES
                ? new Idle(new SoftReference<>(context), bytes, last)
                : new Idle(new WeakReference<>(context), 0, last);
    }

    /** Those that the collector has not taken. */
    private static Idle present(Idle idle) {
        if (idle == null) {
            return null;
        }
        Idle before = present(idle.before);
        if (!idle.isThere()) {
            return before;
        }
        return before == idle.before ? idle : new Idle(idle.context, idle.softBytes, before);
    }

    /** Bytes that are held softly, of contexts that are still there. */
    synchronized long softBytes() {
        long bytes = 0;
        for (Idle idle = last; idle != null; idle = idle.before) {
            bytes += idle.isThere() ? idle.softBytes : 0;
        }
        return bytes;
    }
}
