package io.github.czi4j.io;

import io.github.czi4j.model.CziException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A file that is an array, for instance a CZI embedded as an attachment. */
public final class MemoryByteSource implements ByteSource {
    private final String name;
    private final byte[] bytes;

    /**
     * Reads from an array, which is not copied.
     *
     * @param name what messages call it
     * @param bytes the file; must not change from here on
     */
    public MemoryByteSource(String name, byte[] bytes) {
        this.name = name;
        this.bytes = bytes;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public void read(long position, byte[] target, int offset, int length) throws CziException {
        Ranges.check(this, position, length);
        System.arraycopy(bytes, (int) position, target, offset, length);
    }

    @Override
    public ByteBuffer slice(long position, int length) throws CziException {
        Ranges.checkSlice(this, position, length);
        return ByteBuffer.wrap(bytes, (int) position, length).slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public boolean isMapped() {
        return true;
    }

    @Override
    public void close() {
        // Memory needs no release.
    }
}
