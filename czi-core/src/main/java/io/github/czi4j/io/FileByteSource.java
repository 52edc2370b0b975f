package io.github.czi4j.io;

import io.github.czi4j.model.CziException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Opens files as {@link ByteSource}s. */
public final class FileByteSource {

    /** How a file is read. */
    public enum Mode {
        /** Mapped into memory: no copy, no system call; the choice for local disks. */
        MAPPED,
        /** Positional reads, each on a channel that no other read uses meanwhile: the choice for network storage. */
        CHANNEL
    }

    private FileByteSource() {}

    /**
     * Opens a file.
     *
     * @param path an ordinary file
     * @param mode how to read it
     * @return the source; the caller closes it
     * @throws CziException if it is missing, a directory, not readable, or the storage fails
     */
    public static ByteSource open(Path path, Mode mode) throws CziException {
        String name = path.toString();
        if (Files.isDirectory(path)) {
            throw CziException.io(name, CziException.NO_OFFSET, "expected a file, but this is a directory", null);
        }
        try {
            return switch (mode) {
                // Other file systems, such as that of a ZIP, know no mapping.
                case MAPPED ->
                    path.getFileSystem() == FileSystems.getDefault()
                            ? map(path, name)
                            : new ChannelByteSource(path, name);
                case CHANNEL -> new ChannelByteSource(path, name);
            };
        } catch (NoSuchFileException e) {
            throw CziException.io(name, CziException.NO_OFFSET, "no such file", e);
        } catch (AccessDeniedException e) {
            throw CziException.io(name, CziException.NO_OFFSET, "no permission to read this file", e);
        } catch (IOException e) {
            throw CziException.io(name, CziException.NO_OFFSET, "cannot be opened: " + e.getMessage(), e);
        }
    }

    private static ByteSource map(Path path, String name) throws IOException {
        // Tells a missing file from one without permission, which RandomAccessFile does not.
        FileChannel.open(path, StandardOpenOption.READ).close();
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "r");
        try {
            FileChannel channel = file.getChannel();
            long size = channel.size();
            int count = Math.toIntExact((size + MappedByteSource.WINDOW_STEP - 1) / MappedByteSource.WINDOW_STEP);
            ByteBuffer[] windows = new ByteBuffer[count];
            for (int i = 0; i < count; i++) {
                long start = i * MappedByteSource.WINDOW_STEP;
                long length = Math.min(size - start, MappedByteSource.WINDOW_LENGTH);
                MappedByteBuffer window = channel.map(FileChannel.MapMode.READ_ONLY, start, length);
                windows[i] = window.order(ByteOrder.LITTLE_ENDIAN);
            }
            return new MappedByteSource(name, size, file, windows);
        } catch (IOException | RuntimeException | Error e) {
            file.close();
            throw e;
        }
    }
}
