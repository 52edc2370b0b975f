package io.github.czi4j.io;

import io.github.czi4j.model.CziException;
import io.github.czi4j.model.TransferStatistics;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * A file behind http or https, read by ranged GET requests. Small reads come out of aligned blocks that are kept, large ones
 * by requests of their own, and what was {@linkplain #prefetch announced} is fetched ahead of its use. Presigned addresses
 * of S3, Azure and Google serve, since nothing but GET is asked for; names and messages never show their query.
 *
 * <p>Trouble that may pass is retried with growing pauses; a refusal, a server that ignores ranges, and a file that changes
 * while it is open (by size, ETag or date) are {@link CziException}s at once. An interrupted thread stops waiting.
 */
public final class HttpByteSource implements ByteSource {
    /** A large read is cut into requests of this length, so that one that breaks costs no more. */
    private static final int MAX_REQUEST = 8 << 20;

    private final HttpRanges ranges;
    private final BlockCache blocks;
    private final ReadAhead ahead;
    private final long bufferBytes;
    private final int blockBytes;
    private final LongAdder hits = new LongAdder();
    private volatile boolean isClosed;

    private HttpByteSource(HttpRanges ranges, HttpOptions options) {
        this.ranges = ranges;
        this.bufferBytes = options.bufferBytes();
        this.blockBytes = (int) Math.min(options.blockBytes(), bufferBytes / 8);
        this.blocks = new BlockCache(ranges, blockBytes, bufferBytes / 4);
        this.ahead = new ReadAhead(
                this, ranges, options.gapBytes(), options.requestsInFlight(), bufferBytes - bufferBytes / 4);
    }

    /**
     * Opens a file by one request, which fetches its beginning.
     *
     * @param uri http or https; a user before the host is sent as basic authentication
     * @param options how
     * @return the source; the caller closes it
     * @throws IllegalArgumentException if the address has another scheme or no host
     * @throws CziException if there is no such file, the server refuses it, knows no ranges, or cannot be reached
     */
    public static HttpByteSource open(URI uri, HttpOptions options) throws CziException {
        HttpByteSource source = new HttpByteSource(new HttpRanges(uri, options), options);
        byte[] first = new byte[source.blockBytes];
        int count = source.ranges.begin(first, first.length);
        source.blocks.putFirst(Arrays.copyOf(first, count));
        return source;
    }

    /**
     * What messages call the file of an address.
     *
     * @param uri the address
     * @return it without what may be secret: user, query and fragment
     */
    public static String nameOf(URI uri) {
        return HttpRanges.nameOf(uri);
    }

    @Override
    public String name() {
        return ranges.name();
    }

    @Override
    public long size() {
        return ranges.size();
    }

    @Override
    public void read(long position, byte[] target, int offset, int length) throws CziException {
        Ranges.check(this, position, length);
        checkOpen(position);
        if (length <= blockBytes) {
            if (blocks.read(position, target, offset, length)) {
                countHit();
            }
            return;
        }
        int done = blocks.peek(position, target, offset, length);
        while (done < length) {
            checkOpen(position + done);
            int count = Math.min(MAX_REQUEST, length - done);
            ranges.fetch(position + done, target, offset + done, count);
            done += count;
        }
    }

    void countHit() {
        hits.increment();
    }

    private void checkOpen(long position) throws CziException {
        if (isClosed) {
            throw CziException.io(name(), position, "read after close", null);
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
    public boolean prefetches() {
        return true;
    }

    @Override
    public Prefetch prefetch(long[] positions, long[] lengths) {
        long[] wanted = lengths.clone();
        for (int i = 0; i < wanted.length; i++) {
            if (blocks.holds(positions[i], Math.min(wanted[i], size() - positions[i]))) {
                wanted[i] = 0;
            }
        }
        return ahead.announce(positions, wanted);
    }

    @Override
    public long bufferBytes() {
        return bufferBytes;
    }

    @Override
    public Optional<TransferStatistics> transferStatistics() {
        return Optional.of(new TransferStatistics(
                ranges.requests(), ranges.bytes(), ranges.retries(), hits.sum(), ahead.held(), ahead.mostHeld()));
    }

    @Override
    public void close() {
        isClosed = true;
        ahead.close();
        blocks.clear();
    }
}
