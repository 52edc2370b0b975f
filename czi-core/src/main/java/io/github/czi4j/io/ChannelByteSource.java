package io.github.czi4j.io;

import io.github.czi4j.model.CziException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Positional reads. Each read borrows a channel that nobody else uses meanwhile: one shared {@link FileChannel} stops
 * scaling after a few threads, and an interrupted thread closes the channel that it reads from, which must not hit the
 * others.
 */
final class ChannelByteSource implements ByteSource {
    /** A read into an array goes through a temporary direct buffer as large as the read: keep that small. */
    private static final int CHUNK = 1 << 20;

    private final Path path;
    private final String name;
    private final long size;
    private final ConcurrentLinkedDeque<FileChannel> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    ChannelByteSource(Path path, String name) throws IOException {
        this.path = path;
        this.name = name;
        FileChannel first = FileChannel.open(path, StandardOpenOption.READ);
        try {
            this.size = first.size();
        } catch (IOException e) {
            first.close();
            throw e;
        }
        idle.push(first);
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
        FileChannel channel = null;
        try {
            channel = borrow(position);
            int done = 0;
            while (done < length) {
                ByteBuffer chunk = ByteBuffer.wrap(target, offset + done, Math.min(CHUNK, length - done));
                int count = channel.read(chunk, position + done);
                if (count < 0) {
                    throw CziException.io(name, position + done, "the file ended early; did it shrink?", null);
                }
                done += count;
            }
        } catch (ClosedByInterruptException e) {
            Thread.currentThread().interrupt();
            throw CziException.io(name, position, "interrupted while reading", e);
        } catch (CziException e) {
            throw e;
        } catch (IOException e) {
            throw CziException.io(name, position, "cannot be read: " + e.getMessage(), e);
        } finally {
            giveBack(channel);
        }
    }

    private FileChannel borrow(long position) throws IOException {
        if (closed) {
            throw CziException.io(name, position, "read after close", null);
        }
        FileChannel channel = idle.poll();
        return channel == null ? FileChannel.open(path, StandardOpenOption.READ) : channel;
    }

    private void giveBack(FileChannel channel) throws CziException {
        if (channel == null || !channel.isOpen()) {
            return;
        }
        idle.push(channel);
        if (closed) {
            closeIdle();
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
    public void close() throws CziException {
        closed = true;
        closeIdle();
    }

    private void closeIdle() throws CziException {
        List<IOException> failures = new ArrayList<>();
        for (FileChannel channel = idle.poll(); channel != null; channel = idle.poll()) {
            try {
                channel.close();
            } catch (IOException e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            throw CziException.io(name, CziException.NO_OFFSET, "cannot be closed", failures.get(0));
        }
    }
}
