package io.github.czi4j.io;

import io.github.czi4j.model.CziException;
import io.github.czi4j.model.TransferStatistics;
import java.nio.ByteBuffer;
import java.util.Optional;

/** A part of another source, for instance a file that is embedded in it. Closing it leaves the other open. */
public final class PartByteSource implements ByteSource {
    private final ByteSource whole;
    private final String name;
    private final long begin;
    private final long size;

    /**
     * Takes a part.
     *
     * @param whole the source; must stay open
     * @param name what messages call the part
     * @param begin of the part
     * @param size of the part in bytes
     * @throws CziException if the part does not lie in the source
     */
    public PartByteSource(ByteSource whole, String name, long begin, long size) throws CziException {
        this(name, whole, begin, size);
        Ranges.check(whole, begin, size);
    }

    private PartByteSource(String name, ByteSource whole, long begin, long size) {
        this.whole = whole;
        this.name = name;
        this.begin = begin;
        this.size = size;
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
        whole.read(begin + position, target, offset, length);
    }

    @Override
    public ByteBuffer slice(long position, int length) throws CziException {
        Ranges.checkSlice(this, position, length);
        return whole.slice(begin + position, length);
    }

    @Override
    public boolean isMapped() {
        return whole.isMapped();
    }

    @Override
    public void checkStillThere(long end) throws CziException {
        whole.checkStillThere(begin + end);
    }

    @Override
    public boolean prefetches() {
        return whole.prefetches();
    }

    @Override
    public Prefetch prefetch(long[] positions, long[] lengths) {
        long[] inWhole = new long[positions.length];
        long[] clipped = new long[positions.length];
        for (int i = 0; i < positions.length; i++) {
            long position = Math.max(0, Math.min(positions[i], size));
            inWhole[i] = begin + position;
            clipped[i] = Math.max(0, Math.min(lengths[i], size - position));
        }
        Prefetch ofWhole = whole.prefetch(inWhole, clipped);
        ByteSource part = new PartByteSource(name, ofWhole.source(), begin, size);
        return new Prefetch() {
            @Override
            public ByteSource source() {
                return part;
            }

            @Override
            public void done(int range) {
                ofWhole.done(range);
            }

            @Override
            public void close() {
                ofWhole.close();
            }
        };
    }

    @Override
    public long bufferBytes() {
        return whole.bufferBytes();
    }

    @Override
    public Optional<TransferStatistics> transferStatistics() {
        return whole.transferStatistics();
    }

    @Override
    public void close() {
        // The whole belongs to somebody else.
    }
}
