package io.github.czi4j.mosaic;

import java.lang.ref.Reference;
import java.lang.ref.SoftReference;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.Deque;

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

    /** The latest first. */
    private final Deque<Idle> contexts = new ArrayDeque<>();

    private record Idle(Reference<WorkerContext> context, long softBytes) {}

    /** The one that was used last; null if there is none. */
    synchronized WorkerContext poll() {
        for (Idle idle = contexts.poll(); idle != null; idle = contexts.poll()) {
            WorkerContext context = idle.context.get();
            if (context != null) {
                return context;
            }
        }
        return null;
    }

    /** Keeps a context for others. */
    synchronized void add(WorkerContext context) {
        long bytes = context.bytes();
        if (bytes > MAX_BYTES) {
            return;
        }
        long soft = bytes;
        int count = 0;
        for (var each = contexts.iterator(); each.hasNext(); ) {
            Idle idle = each.next();
            if (idle.context.refersTo(null)) {
                each.remove();
            } else {
                soft += idle.softBytes;
                count++;
            }
        }
        if (count < MAX_COUNT) {
            contexts.push(
                    soft <= SOFT_BYTES
                            ? new Idle(new SoftReference<>(context), bytes)
                            : new Idle(new WeakReference<>(context), 0));
        }
    }

    /** Bytes that are held softly, of contexts that are still there. */
    synchronized long softBytes() {
        return contexts.stream()
                .filter(idle -> !idle.context.refersTo(null))
                .mapToLong(Idle::softBytes)
                .sum();
    }
}
