package io.github.czi4j.mosaic;

import io.github.czi4j.codec.Scratch;
import io.github.czi4j.zisraw.DirectoryEntry;

/** What one worker uses again for every tile. Not thread-safe. */
final class WorkerContext {
    private static final byte[] NOTHING = new byte[0];

    final Scratch scratch = new Scratch();
    final DirectoryEntry entry = new DirectoryEntry();
    private byte[] row = NOTHING;
    private byte[] copy = NOTHING;
    private int[] columns = new int[0];

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
