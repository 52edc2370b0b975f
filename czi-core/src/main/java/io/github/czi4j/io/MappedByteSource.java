package io.github.czi4j.io;

import io.github.czi4j.model.CziException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A file mapped in windows that start every {@link #WINDOW_STEP} bytes and overlap, so that any range of up to
 * {@link Ranges#MAX_SLICE} bytes lies in one window. The windows cost address space, not memory.
 *
 * <p>Java unmaps a buffer when it is collected, and not before: on Windows the file cannot be deleted until then.
 */
final class MappedByteSource implements ByteSource {
    static final long WINDOW_STEP = 1L << 30;
    /** Largest multiple of a page that one buffer can hold; at least {@code WINDOW_STEP + MAX_SLICE}. */
    static final long WINDOW_LENGTH = Integer.MAX_VALUE - 4095L;

    private final String name;
    private final long size;
    /** Open for {@link #checkStillThere} alone. Not a channel, which an interrupted thread would close. */
    private final RandomAccessFile file;

    private volatile ByteBuffer[] windows;

    MappedByteSource(String name, long size, RandomAccessFile file, ByteBuffer[] windows) {
        this.name = name;
        this.size = size;
        this.file = file;
        this.windows = windows;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void read(long position, byte[] target, int offset, int length) throws CziException {
        Ranges.check(this, position, length);
        int done = 0;
        while (done < length) {
            long at = position + done;
            ByteBuffer window = window(at);
            int inWindow = (int) (at % WINDOW_STEP);
            int chunk = Math.min(length - done, window.capacity() - inWindow);
            try {
                window.get(inWindow, target, offset + done, chunk);
            } catch (InternalError e) {
                // The JVM reports a page that can no longer be read, because the file shrank or the network failed.
                throw CziException.io(name, at, "the mapped file can no longer be read; did it shrink?", e);
            }
            done += chunk;
        }
        checkStillThere(position + length);
    }

    @Override
    public void checkStillThere(long end) throws CziException {
        long length;
        try {
            length = file.length();
        } catch (IOException e) {
            throw CziException.io(name, end, windows == null ? "read after close" : "can no longer be read", e);
        }
        if (length < end) {
            throw CziException.io(
                    name, length, "the file shrank from " + size + " to " + length + " bytes while it was open", null);
        }
    }

    @Override
    public ByteBuffer slice(long position, int length) throws CziException {
        Ranges.checkSlice(this, position, length);
        if (length == 0) {
            return ByteBuffer.allocate(0).order(ByteOrder.LITTLE_ENDIAN);
        }
        ByteBuffer window = window(position);
        int inWindow = (int) (position % WINDOW_STEP);
        return window.slice(inWindow, length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private ByteBuffer window(long position) throws CziException {
        ByteBuffer[] open = windows;
        if (open == null) {
            throw CziException.io(name, position, "read after close", null);
        }
        return open[(int) (position / WINDOW_STEP)];
    }

    @Override
    public boolean isMapped() {
        return true;
    }

    @Override
    public void close() throws CziException {
        windows = null;
        try {
            file.close();
        } catch (IOException e) {
            throw CziException.io(name, CziException.NO_OFFSET, "cannot be closed", e);
        }
    }
}
