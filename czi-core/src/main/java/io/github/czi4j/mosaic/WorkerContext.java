package io.github.czi4j.mosaic;

import io.github.czi4j.codec.Scratch;
import io.github.czi4j.zisraw.DirectoryEntry;

/**
 * What one worker uses again for every tile, and the next worker after it: the arrays are as large as tiles, and making
 * them anew for each tile that is read by itself would cost about as much as copying its pixels. Not thread-safe.
 */
final class WorkerContext {
    private static final byte[] NOTHING = new byte[0];
    /** What decoders hold for themselves, about: tables, and rows in work. */
    private static final long DECODER_BYTES = 2 << 20;

    private static final IdleContexts IDLE = new IdleContexts();

    final Scratch scratch = new Scratch();
    final DirectoryEntry entry = new DirectoryEntry();
    private byte[] row = NOTHING;
    private byte[] copy = NOTHING;
    private int[] columns = new int[0];

    private WorkerContext() {}

    /** One that nobody else uses until it is {@linkplain #giveBack given back}; need not be. */
    static WorkerContext borrow() {
        WorkerContext idle = IDLE.poll();
        return idle == null ? new WorkerContext() : idle;
    }

    /** Lets others use it, and all that its memory holds. */
    void giveBack() {
        scratch.assistant(null);
        IDLE.add(this);
    }

    /** About what it takes. */
    long bytes() {
        return scratch.bytes() + row.length + copy.length + (long) Integer.BYTES * columns.length + DECODER_BYTES;
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
