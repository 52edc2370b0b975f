package io.github.czi4j.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Texts that are put in one order and taken in another, in bounded memory: what does not fit is written to a temporary
 * file. For one thread.
 */
final class SpilledTexts implements AutoCloseable {
    private static final int WRITE_BUFFER = 1 << 16;

    private final long[] starts;
    private final int[] lengths;
    private final int memory;
    private byte[] held = new byte[WRITE_BUFFER];
    private int heldBytes;
    private long size;
    private Path file;
    private FileChannel channel;
    private ByteBuffer unwritten;

    /**
     * Makes room for some texts.
     *
     * @param count number of texts
     * @param memory bytes of them that may be held
     */
    SpilledTexts(int count, int memory) {
        this.starts = new long[count];
        this.lengths = new int[count];
        this.memory = memory;
    }

    /** Puts a text; each slot once. */
    void put(int slot, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        starts[slot] = size;
        lengths[slot] = bytes.length;
        size += bytes.length;
        if (channel == null && bytes.length <= memory - heldBytes) {
            if (bytes.length > held.length - heldBytes) {
                held = Arrays.copyOf(
                        held, (int) Math.min(memory, Math.max(2L * held.length, heldBytes + bytes.length)));
            }
            System.arraycopy(bytes, 0, held, heldBytes, bytes.length);
            heldBytes += bytes.length;
            return;
        }
        try {
            write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(byte[] bytes) throws IOException {
        if (channel == null) {
            file = Files.createTempFile("czi-tiles", ".tmp");
            channel = FileChannel.open(
                    file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
            unwritten = ByteBuffer.allocate(WRITE_BUFFER);
        }
        if (bytes.length > unwritten.remaining()) {
            flush();
        }
        if (bytes.length > unwritten.remaining()) {
            writeFully(ByteBuffer.wrap(bytes));
        } else {
            unwritten.put(bytes);
        }
    }

    private void flush() throws IOException {
        writeFully(unwritten.flip());
        unwritten.clear();
    }

    private void writeFully(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** The text of a slot that was put. */
    String get(int slot) {
        if (starts[slot] < heldBytes || lengths[slot] == 0) {
            return new String(held, (int) Math.min(starts[slot], heldBytes), lengths[slot], StandardCharsets.UTF_8);
        }
        try {
            if (unwritten.position() > 0) {
                flush();
            }
            ByteBuffer bytes = ByteBuffer.allocate(lengths[slot]);
            long at = starts[slot] - heldBytes;
            while (bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) >= 0) {
                // Channels may read less than is asked for.
            }
            return new String(bytes.array(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether anything was written to the disk. */
    boolean hasSpilled() {
        return channel != null;
    }

    /** Deletes the temporary file. */
    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
            Files.deleteIfExists(file);
        }
    }
}
