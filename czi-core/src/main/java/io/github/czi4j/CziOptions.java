package io.github.czi4j;

import io.github.czi4j.io.FileByteSource;
import io.github.czi4j.io.HttpOptions;
import io.github.czi4j.model.Parallelism;
import io.github.czi4j.observe.ReadListener;
import java.util.Objects;

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

    private static final CziOptions DEFAULTS = new CziOptions(
            FileByteSource.Mode.MAPPED,
            Parallelism.auto(),
            Runtime.getRuntime().maxMemory(),
            DEFAULT_MAX_TILE_BYTES,
            false,
            false,
            0,
            null,
            null,
            false);

    private final FileByteSource.Mode io;
    private final Parallelism parallelism;
    private final long memoryLimit;
    private final long maxTileBytes;
    private final boolean strict;
    private final boolean rescue;
    private final long tileCacheBytes;
    private final ReadListener listener;
    /** Null for the defaults, which local files have no need of. */
    private final HttpOptions http;

    private final boolean tuned;

    private CziOptions(
            FileByteSource.Mode io,
            Parallelism parallelism,
            long memoryLimit,
            long maxTileBytes,
            boolean strict,
            boolean rescue,
            long tileCacheBytes,
            ReadListener listener,
            HttpOptions http,
            boolean tuned) {
        this.io = io;
        this.parallelism = parallelism;
        this.memoryLimit = memoryLimit;
        this.maxTileBytes = maxTileBytes;
        this.strict = strict;
        this.rescue = rescue;
        this.tileCacheBytes = tileCacheBytes;
        this.listener = listener;
        this.http = http;
        this.tuned = tuned;
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
        return new CziOptions(
                Objects.requireNonNull(mode, "mode"),
                parallelism,
                memoryLimit,
                maxTileBytes,
                strict,
                rescue,
                tileCacheBytes,
                listener,
                http,
                tuned);
    }

    /**
     * Who works on a mosaic, unless a request says otherwise.
     *
     * @param value the parallelism
     * @return changed options
     */
    public CziOptions parallelism(Parallelism value) {
        return new CziOptions(
                io,
                Objects.requireNonNull(value, "parallelism"),
                memoryLimit,
                maxTileBytes,
                strict,
                rescue,
                tileCacheBytes,
                listener,
                http,
                tuned);
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
        return new CziOptions(
                io, parallelism, bytes, maxTileBytes, strict, rescue, tileCacheBytes, listener, http, tuned);
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
        return new CziOptions(
                io, parallelism, memoryLimit, bytes, strict, rescue, tileCacheBytes, listener, http, tuned);
    }

    /**
     * Whether a subblock that is damaged or odd ends a mosaic with an exception. Otherwise the mosaic is made without it
     * and {@linkplain Mosaic#failures() reports} it.
     *
     * @param value true for strict
     * @return changed options
     */
    public CziOptions strict(boolean value) {
        return new CziOptions(
                io, parallelism, memoryLimit, maxTileBytes, value, rescue, tileCacheBytes, listener, http, tuned);
    }

    /**
     * Keeps decoded tiles for the next request, the latest used of them: for programs that go through a mosaic region by
     * region. Threads that want the same tile share its decoding. Uncompressed tiles of a mapped file are not kept, since
     * they cost nothing to read again.
     *
     * @param bytes that the tiles may take beside {@link #memoryLimit}; 0, the default, keeps none
     * @return changed options
     */
    public CziOptions tileCache(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("the cache must have at least 0 bytes, not " + bytes);
        }
        return new CziOptions(io, parallelism, memoryLimit, maxTileBytes, strict, rescue, bytes, listener, http, tuned);
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
        return new CziOptions(
                io, parallelism, memoryLimit, maxTileBytes, strict, value, tileCacheBytes, listener, http, tuned);
    }

    /**
     * Who is told of the stages of the work.
     *
     * @param value the listener, or null for none
     * @return changed options
     */
    public CziOptions listener(ReadListener value) {
        return new CziOptions(
                io, parallelism, memoryLimit, maxTileBytes, strict, rescue, tileCacheBytes, value, http, tuned);
    }

    /**
     * How files behind http and https are read: headers, patience, requests at once, buffers. Their buffers never take more
     * than a quarter of {@link #memoryLimit}, or 1 MiB.
     *
     * @param value the options
     * @return changed options
     */
    public CziOptions http(HttpOptions value) {
        return new CziOptions(
                io,
                parallelism,
                memoryLimit,
                maxTileBytes,
                strict,
                rescue,
                tileCacheBytes,
                listener,
                Objects.requireNonNull(value, "http"),
                tuned);
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
        return new CziOptions(
                io, parallelism, memoryLimit, maxTileBytes, strict, rescue, tileCacheBytes, listener, http, true);
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
