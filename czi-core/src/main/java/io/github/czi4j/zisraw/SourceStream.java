package io.github.czi4j.zisraw;

import io.github.czi4j.io.ByteSource;
import io.github.czi4j.model.CziException;
import java.io.InputStream;
import java.util.Objects;

/** A range of a file as a stream, without a buffer of its own. For one thread; closing it does nothing. */
final class SourceStream extends InputStream {
    private final ByteSource source;
    private final long end;
    private long position;

    SourceStream(ByteSource source, long position, long length) {
        this.source = source;
        this.position = position;
        this.end = position + length;
    }

    @Override
    public int read() throws CziException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws CziException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (position == end) {
            return -1;
        }
        int count = (int) Math.min(length, end - position);
        source.read(position, target, offset, count);
        position += count;
        return count;
    }
}
