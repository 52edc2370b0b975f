package io.github.czi4j;

import io.github.czi4j.io.FileByteSource;
import io.github.czi4j.io.HttpOptions;
import io.github.czi4j.model.Parallelism;
import io.github.czi4j.observe.ReadListener;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * How a file is opened and read. Immutable; each method returns a changed copy.
 *
 * <pre>{@code
 * CziOptions.defaults().io(FileByteSource.Mode.CHANNEL).parallelism(Parallelism.threads(8))
 * }</pre>
 */
public final class CziOptions {
    /** Default of {@link #maxTileBytes()}. */
    public static final long DEFAULT_MAX_TILE_BYTES = 1L << 30;

    /** Default of {@link #tileCacheBytes()}, less where the heap is small. */
    private static final long EDGE_CACHE_BYTES = 128 << 20;

    private static final int HEAP_FOR_EDGES = 32;

    private static final CziOptions DEFAULTS = new CziOptions(new Values());

    private final FileByteSource.Mode io;
    private final Parallelism parallelism;
    private final long memoryLimit;
    private final long maxTileBytes;
    private final boolean strict;
    private final boolean rescue;
    private final long tileCacheBytes;
    private final boolean keepsAll;
    private final boolean readsAhead;
    private final ReadListener listener;
    /** Null for the defaults, which local files have no need of. */
    private final HttpOptions http;

    private final boolean tuned;

    private CziOptions(Values values) {
        this.io = values.io;
        this.parallelism = values.parallelism;
        this.memoryLimit = values.memoryLimit;
        this.maxTileBytes = values.maxTileBytes;
        this.strict = values.strict;
        this.rescue = values.rescue;
        this.tileCacheBytes = values.tileCacheBytes;
        this.keepsAll = values.keepsAll;
        this.readsAhead = values.readsAhead;
        this.listener = values.listener;
        this.http = values.http;
        this.tuned = values.tuned;
    }

    /** The same fields while a copy is being changed. */
    private static final class Values {
        private FileByteSource.Mode io = FileByteSource.Mode.MAPPED;
        private Parallelism parallelism = Parallelism.auto();
        private long memoryLimit = Runtime.getRuntime().maxMemory();
        private long maxTileBytes = DEFAULT_MAX_TILE_BYTES;
        private boolean strict;
        private boolean rescue;
        private long tileCacheBytes =
                Math.min(EDGE_CACHE_BYTES, Runtime.getRuntime().maxMemory() / HEAP_FOR_EDGES);
        private boolean keepsAll;
        private boolean readsAhead = true;
        private ReadListener listener;
        private HttpOptions http;
        private boolean tuned;
    }

    private CziOptions with(Consumer<Values> change) {
        Values values = new Values();
        values.io = io;
        values.parallelism = parallelism;
        values.memoryLimit = memoryLimit;
        values.maxTileBytes = maxTileBytes;
        values.strict = strict;
        values.rescue = rescue;
        values.tileCacheBytes = tileCacheBytes;
        values.keepsAll = keepsAll;
        values.readsAhead = readsAhead;
        values.listener = listener;
        values.http = http;
        values.tuned = tuned;
        change.accept(values);
        return new CziOptions(values);
    }

    /**
     * Mapped reading, parallelism as the reader chooses, memory up to the heap's maximum, lenient, nobody listening.
     *
     * @return the defaults
     */
    public static CziOptions defaults() {
        return DEFAULTS;
    }

    /**
     * How the file is read.
     *
     * @param mode mapped or positional reads
     * @return changed options
     */
    public CziOptions io(FileByteSource.Mode mode) {
        return with(values -> values.io = Objects.requireNonNull(mode, "mode"));
    }

    /**
     * Who works on a mosaic, unless a request says otherwise.
     *
     * @param value the parallelism
     * @return changed options
     */
    public CziOptions parallelism(Parallelism value) {
        return with(values -> values.parallelism = Objects.requireNonNull(value, "parallelism"));
    }

    /**
     * The most memory that the directory, or one mosaic with all that is in work for it, may take. A request whose
     * predicted peak is higher is refused before anything is read.
     *
     * @param bytes at least 1; the default is the maximum of the heap, which the JVM fits to a container's limit
     * @return changed options
     */
    public CziOptions memoryLimit(long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("the memory limit must be at least 1 byte, not " + bytes);
        }
        return with(values -> values.memoryLimit = bytes);
    }

    /**
     * The largest bitmap that one subblock may announce, as a guard against damaged sizes.
     *
     * @param bytes at least 1; the default is {@link #DEFAULT_MAX_TILE_BYTES}
     * @return changed options
     */
    public CziOptions maxTileBytes(long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("the limit for a tile must be at least 1 byte, not " + bytes);
        }
        return with(values -> values.maxTileBytes = bytes);
    }

    /**
     * Whether a subblock that is damaged or odd ends a mosaic with an exception. Otherwise the mosaic is made without it
     * and {@linkplain Mosaic#failures() reports} it.
     *
     * @param value true for strict
     * @return changed options
     */
    public CziOptions strict(boolean value) {
        return with(values -> values.strict = value);
    }

    /**
     * Keeps decoded tiles for the next request, the latest used of them: for programs that go through a mosaic region by
     * region. Threads that want the same tile share its decoding. Uncompressed tiles of a mapped file are not kept, since
     * they cost nothing to read again.
     *
     * <p>Unless this is called, tiles are kept that the edge of a mosaic's region cuts through, in 128 MiB, or a thirty-second
     * of the heap if that is less: the next region needs them as a rule, and a mosaic that is read whole keeps nothing.
     *
     * @param bytes that all tiles may take beside {@link #memoryLimit}; 0 keeps none
     * @return changed options
     */
    public CziOptions tileCache(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("the cache must have at least 0 bytes, not " + bytes);
        }
        return with(values -> {
            values.tileCacheBytes = bytes;
            values.keepsAll = true;
        });
    }

    /**
     * Whether tiles are decoded before they are asked for, by the threads that {@link #parallelism} allows while the caller is
     * busy, into the {@link #tileCache}. It never happens with one thread, or without a cache, and ends when the reader is
     * closed.
     *
     * <p>Where regions of one picture are read one after the other in even steps, as by a program that goes through the boxes of
     * all tiles, or an image in blocks, what the next regions will want is decoded, in a quarter of the cache at most. It
     * begins with the third region in a row and ends when the regions go elsewhere. What is decoded in vain is about two
     * regions' tiles for each thread.
     *
     * <p>Where they lie here and there, and {@link #tileCache} was called, threads that no call of this reader has need of decode
     * the tiles that are nearest to the last region: from the fourth region on, as long as all tiles that are left of the
     * picture have room in the cache, and never more of them than were asked for.
     *
     * @param value false for no work but what was asked for; the default is true
     * @return changed options
     */
    public CziOptions readAhead(boolean value) {
        return with(values -> values.readsAhead = value);
    }

    /**
     * Whether a file whose directories are damaged, stale or missing is opened all the same: it is then scanned for its
     * segments, and what is found makes up the directory (sheet §9.3). Every subblock is looked for at opening, one small
     * read each. A file that is intact is read by its own directory, as without this option. A subblock that is cut off by
     * the end of the file is decoded as far as it goes, with a warning, where its compression allows that.
     *
     * @param value true to rescue
     * @return changed options
     */
    public CziOptions rescue(boolean value) {
        return with(values -> values.rescue = value);
    }

    /**
     * Who is told of the stages of the work.
     *
     * @param value the listener, or null for none
     * @return changed options
     */
    public CziOptions listener(ReadListener value) {
        return with(values -> values.listener = value);
    }

    /**
     * How files behind http and https are read: headers, patience, requests at once, buffers. Their buffers never take more
     * than a quarter of {@link #memoryLimit}, or 1 MiB.
     *
     * @param value the options
     * @return changed options
     */
    public CziOptions http(HttpOptions value) {
        return with(values -> values.http = Objects.requireNonNull(value, "http"));
    }

    /**
     * How files behind http and https are read.
     *
     * @return the options
     */
    public HttpOptions http() {
        return http == null ? HttpOptions.defaults() : http;
    }

    /**
     * Takes the parallelism and the way to read from what {@code czi tune} found out on this machine for files like the
     * one that is opened: on the same kind of file system, with the same compressions, and as many processors. They win
     * over {@link #io} and {@link #parallelism}, but not over a request's own parallelism. Where nothing is known, those
     * hold. The directory may be read twice. For files with a path only.
     *
     * @return changed options
     * @see Tuning
     */
    public CziOptions tuned() {
        return with(values -> values.tuned = true);
    }

    /**
     * How the file is read.
     *
     * @return the mode
     */
    public FileByteSource.Mode io() {
        return io;
    }

    /**
     * Who works on a mosaic.
     *
     * @return the parallelism
     */
    public Parallelism parallelism() {
        return parallelism;
    }

    /**
     * The most memory for the directory, or for one mosaic.
     *
     * @return bytes
     */
    public long memoryLimit() {
        return memoryLimit;
    }

    /**
     * The largest bitmap of one subblock.
     *
     * @return bytes
     */
    public long maxTileBytes() {
        return maxTileBytes;
    }

    /**
     * Whether damage ends a mosaic with an exception.
     *
     * @return true for strict
     */
    public boolean isStrict() {
        return strict;
    }

    /**
     * What the cache of decoded tiles may take.
     *
     * @return bytes, 0 for no cache
     */
    public long tileCacheBytes() {
        return tileCacheBytes;
    }

    /**
     * Whether tiles are decoded before they are asked for.
     *
     * @return true if so
     */
    public boolean isReadingAhead() {
        return readsAhead;
    }

    /** Whether the cache is for all tiles, and not just for those at the edges of regions. */
    boolean keepsAllTiles() {
        return keepsAll;
    }

    /**
     * Whether a damaged file is scanned for what it still holds.
     *
     * @return true to rescue
     */
    public boolean isRescue() {
        return rescue;
    }

    /**
     * Who is told of the stages of the work.
     *
     * @return the listener, or null
     */
    public ReadListener listener() {
        return listener;
    }

    /**
     * Whether settings that were found out for such files are used.
     *
     * @return true if so
     */
    public boolean isTuned() {
        return tuned;
    }
}
