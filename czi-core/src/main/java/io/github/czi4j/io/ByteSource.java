package io.github.czi4j.io;

import io.github.czi4j.model.CziException;
import io.github.czi4j.model.TransferStatistics;
import java.io.Closeable;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Bytes at absolute positions. Any number of threads may read at once; there is no cursor and no state between calls.
 * Close once, when nobody reads any more; a read after that is a {@link CziException}.
 *
 * <p>Implement it to read from storage that this library does not know.
 */
public interface ByteSource extends Closeable {

    /**
     * What messages call this source.
     *
     * @return usually a file name
     */
    String name();

    /**
     * Number of bytes, as it was when the source was opened.
     *
     * @return at least 0
     */
    long size();

    /**
     * Copies bytes into an array.
     *
     * @param position first byte, at least 0
     * @param target where they go
     * @param offset first element of the target
     * @param length how many, at least 0
     * @throws CziException if the range does not lie in the source, or the storage fails
     */
    void read(long position, byte[] target, int offset, int length) throws CziException;

    /**
     * Bytes to look at without a copy where that is possible, else a fresh copy of them.
     *
     * @param position first byte, at least 0
     * @param length how many, 0 to 2^30 − 4096
     * @return a buffer of its own from index 0 to {@code length}, little-endian; treat it as read-only, and do not use
     *     it once this source is closed
     * @throws CziException if the range does not lie in the source, or the storage fails
     */
    ByteBuffer slice(long position, int length) throws CziException;

    /**
     * Whether {@link #slice} is free of copies, so that the time of the reading is spent when the buffer is used.
     *
     * @return true for memory and mapped files
     */
    boolean isMapped();

    /**
     * Confirms that what was looked at through a {@link #slice} was really there: the JVM may hand out zeros for pages
     * of a mapped file that shrank, and say so late or to the wrong caller.
     *
     * @param end position behind the last byte of interest
     * @throws CziException if the source does not reach that far any more
     */
    default void checkStillThere(long end) throws CziException {
        // Sources that copy notice when they read.
    }

    /**
     * Whether it gains from a {@link #prefetch}.
     *
     * @return true for storage where a request takes long, however little is read
     */
    default boolean prefetches() {
        return false;
    }

    /**
     * Announces what will be read soon, so that neighbouring ranges can be fetched together and ahead of their use.
     *
     * @param positions first byte of each range, in about the order in which they will be read
     * @param lengths how many bytes, estimated; what lies behind the end of the source is not fetched
     * @return to read through, to be told of ranges that are done with, and to be closed
     */
    default Prefetch prefetch(long[] positions, long[] lengths) {
        return Prefetch.none(this);
    }

    /**
     * Memory that the source may take for what it has fetched ahead and for what it keeps.
     *
     * @return bytes; 0 for files, which leave that to the system
     */
    default long bufferBytes() {
        return 0;
    }

    /**
     * What reading has taken so far.
     *
     * @return empty for storage that counts nothing
     */
    default Optional<TransferStatistics> transferStatistics() {
        return Optional.empty();
    }

    @Override
    void close() throws CziException;
}
