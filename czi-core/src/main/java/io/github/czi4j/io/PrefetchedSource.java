package io.github.czi4j.io;

import io.github.czi4j.model.CziException;
import java.nio.ByteBuffer;

/** A remote file as one sees it who has announced what he reads. */
final class PrefetchedSource implements ByteSource {
    /** What was announced. */
    @FunctionalInterface
    interface Announced {
        /** Copies what there is from a position on, and returns how many bytes that was. */
        int copy(long position, byte[] target, int offset, int length) throws CziException;
    }

    private final HttpByteSource whole;
    private final Announced announced;

    PrefetchedSource(HttpByteSource whole, Announced announced) {
        this.whole = whole;
        this.announced = announced;
    }

    @Override
    public String name() {
        return whole.name();
    }

    @Override
    public long size() {
        return whole.size();
    }

    @Override
    public void read(long position, byte[] target, int offset, int length) throws CziException {
        Ranges.check(this, position, length);
        int done = 0;
        while (done < length) {
            int count = announced.copy(position + done, target, offset + done, length - done);
            if (count == 0) {
                whole.read(position + done, target, offset + done, length - done);
                return;
            }
            whole.countHit();
            done += count;
        }
    }

    @Override
    public ByteBuffer slice(long position, int length) throws CziException {
        return Ranges.copySlice(this, position, length);
    }

    @Override
    public boolean isMapped() {
        return false;
    }

    @Override
    public void close() {
        // The whole belongs to somebody else.
    }
}
