package io.github.czi4j.zisraw;

import io.github.czi4j.model.CziException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Appends segments to a new file: headers, exact sizes, padding to 32 bytes (sheet §12.2). Not thread-safe.
 *
 * <p>After a failure nothing more is written: a segment may be there in part, so that the positions of later ones would
 * be wrong, and a file must not be finished around the gap only because the storage has recovered.
 */
public final class SegmentWriter implements Closeable {
    private static final int BUFFER = 1 << 20;

    private final String name;
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
    private long position;
    /** What ended the writing, or null. */
    private Throwable failure;

    /**
     * Makes a file and leaves room for its header.
     *
     * @param path must not exist
     * @throws CziException if it cannot be made
     */
    public SegmentWriter(Path path) throws CziException {
        this.name = path.toString();
        try {
            this.channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw CziException.io(name, CziException.NO_OFFSET, "cannot be made: " + e, e);
        }
        writeZeros(Layout.SEGMENT_HEADER + Layout.FILE_HEADER);
    }

    /**
     * Where the next segment will begin.
     *
     * @return offset in the file
     */
    public long position() {
        return position;
    }

    /**
     * Appends a segment.
     *
     * @param id its kind
     * @param data its data part, in pieces; consumed
     * @return where it begins
     * @throws CziException if the storage fails, or has failed before
     */
    public long append(SegmentId id, List<ByteBuffer> data) throws CziException {
        checkIntact();
        long begin = position;
        long used = 0;
        for (ByteBuffer piece : data) {
            used += piece.remaining();
        }
        long allocated = Layout.align(used);
        ByteBuffer header = ByteBuffer.allocate(Layout.SEGMENT_HEADER).order(ByteOrder.LITTLE_ENDIAN);
        header.put(id.bytes()).putLong(allocated).putLong(used).flip();
        try {
            write(header);
            for (ByteBuffer piece : data) {
                write(piece);
            }
            writeZeros((int) (allocated - used));
        } catch (Throwable e) {
            failure = e;
            throw e;
        }
        return begin;
    }

    private void checkIntact() throws CziException {
        if (failure != null) {
            throw CziException.io(name, position, "is incomplete, because an earlier write failed", failure);
        }
    }

    private void write(ByteBuffer piece) throws CziException {
        position += piece.remaining();
        while (piece.hasRemaining()) {
            if (!buffer.hasRemaining()) {
                flush();
            }
            int count = Math.min(buffer.remaining(), piece.remaining());
            ByteBuffer part = piece.slice(piece.position(), count);
            buffer.put(part);
            piece.position(piece.position() + count);
        }
    }

    private void writeZeros(int count) throws CziException {
        write(ByteBuffer.allocate(count));
    }

    private void flush() throws CziException {
        buffer.flip();
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException e) {
            throw CziException.io(name, position, "cannot be written: " + e.getMessage(), e);
        }
        buffer.clear();
    }

    /**
     * Writes the file header, which names the other segments, and sees that all is on disk.
     *
     * @param header the data part, {@link Layout#FILE_HEADER} bytes; consumed
     * @throws CziException if the storage fails, or has failed before
     */
    public void finish(ByteBuffer header) throws CziException {
        checkIntact();
        ByteBuffer segment =
                ByteBuffer.allocate(Layout.SEGMENT_HEADER + Layout.FILE_HEADER).order(ByteOrder.LITTLE_ENDIAN);
        segment.put(SegmentId.FILE.bytes()).putLong(Layout.FILE_HEADER).putLong(Layout.FILE_HEADER);
        segment.put(header).flip();
        try {
            flush();
            writeFirst(segment);
        } catch (Throwable e) {
            failure = e;
            throw e;
        }
    }

    private void writeFirst(ByteBuffer segment) throws CziException {
        try {
            for (long at = 0; segment.hasRemaining(); ) {
                at += channel.write(segment, at);
            }
            channel.force(false);
        } catch (IOException e) {
            throw CziException.io(name, 0, "cannot be written: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws CziException {
        try {
            channel.close();
        } catch (IOException e) {
            throw CziException.io(name, CziException.NO_OFFSET, "cannot be closed: " + e.getMessage(), e);
        }
    }
}
