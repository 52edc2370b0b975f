package io.github.czi4j.mosaic;

import io.github.czi4j.codec.Scratch;
import io.github.czi4j.zisraw.DirectoryEntry;
import java.lang.ref.WeakReference;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * What one worker uses again for every tile, and the next worker after it: the arrays are as large as tiles, and making
 * them anew for each tile that is read by itself would cost about as much as copying its pixels. Not thread-safe.
 */
final class WorkerContext {
    private static final byte[] NOTHING = new byte[0];
    /** More than that many are not kept. */
    private static final int MAX_IDLE = 64;
    /** Nor larger ones: what a mosaic needs is predicted from its own tiles, not from those of others before. */
    private static final long MAX_IDLE_BYTES = 32 << 20;
    /** Those that nobody uses, the latest first. They do not keep the collector from taking them. */
    private static final Deque<WeakReference<WorkerContext>> IDLE = new ConcurrentLinkedDeque<>();

    final Scratch scratch = new Scratch();
    final DirectoryEntry entry = new DirectoryEntry();
    private byte[] row = NOTHING;
    private byte[] copy = NOTHING;
    private int[] columns = new int[0];

    private WorkerContext() {}

    /** One that nobody else uses until it is {@linkplain #giveBack given back}; need not be. */
    static WorkerContext borrow() {
        for (WeakReference<WorkerContext> idle = IDLE.poll(); idle != null; idle = IDLE.poll()) {
            WorkerContext context = idle.get();
            if (context != null) {
                return context;
            }
        }
        return new WorkerContext();
    }

    /** Lets others use it, and all that its memory holds. */
    void giveBack() {
        scratch.assistant(null);
        if (scratch.bytes() + copy.length <= MAX_IDLE_BYTES && IDLE.size() < MAX_IDLE) {
            IDLE.push(new WeakReference<>(this));
        }
    }

    /** Room for a row of pixels. */
    byte[] row(int bytes) {
        if (row.length < bytes) {
            row = new byte[bytes];
        }
        return row;
    }

    /** Room for a bitmap. */
    byte[] copy(int bytes) {
        if (copy.length < bytes) {
            copy = new byte[bytes];
        }
        return copy;
    }

    /** Room for the source column of each output column. */
    int[] columns(int count) {
        if (columns.length < count) {
            columns = new int[count];
        }
        return columns;
    }
}
