package io.github.czi4j.mosaic;

import io.github.czi4j.model.CacheStatistics;
import io.github.czi4j.model.CziException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Decoded tiles, the latest used of them, up to a number of bytes. Threads that want a tile which another is decoding wait
 * for that one. Thread-safe.
 */
public final class TileCache {
    /** Decodes a tile, into memory of its own. */
    @FunctionalInterface
    interface Decoding {
        LoadedTile decode() throws CziException;
    }

    /**
     * A decoded tile. It goes with {@link #release}: G1 collects a large array soon if nothing that is old refers to it, and
     * garbage counts as old as well until it is marked. Otherwise caches that nobody has any more would take one new page of
     * the heap after the other.
     */
    private static final class Kept {
        private final LoadedTile tile;
        private final int rows;
        /** That are in use of the array. */
        private final int filled;

        private final int bytes;
        private volatile byte[] samples;

        Kept(LoadedTile tile) {
            this.tile = tile.withoutPixels();
            rows = tile.rows();
            filled = tile.bytes();
            samples = tile.pixels().array();
            bytes = samples.length;
        }

        /** The tile as it is handed out once more; null if it has fewer rows, or was taken away meanwhile. */
        LoadedTile again(int wantedRows) {
            byte[] array = samples;
            return rows < wantedRows || array == null ? null : tile.with(array, filled);
        }

        void release() {
            samples = null;
        }
    }

    private final long maxBytes;
    private final Map<Long, CompletableFuture<Kept>> tiles = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;
    private long hits;
    private long decoded;
    private long evicted;

    /**
     * Makes an empty cache.
     *
     * @param maxBytes that the decoded tiles may take
     */
    public TileCache(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * What it has done so far.
     *
     * @return the numbers of this moment
     */
    public synchronized CacheStatistics statistics() {
        return new CacheStatistics(hits, decoded, evicted, bytes, maxBytes);
    }

    /** What all tiles may take, in bytes. */
    long maxBytes() {
        return maxBytes;
    }

    /** What tiles may take without another one being taken away, in bytes. */
    synchronized long room() {
        return maxBytes - bytes;
    }

    /** Whether a tile is there, or on its way, with or without its mask. */
    synchronized boolean contains(int row) {
        return has(row, false) || has(row, true);
    }

    /** Whether a tile is there, or on its way. */
    synchronized boolean has(int row, boolean withMask) {
        return tiles.containsKey(key(row, withMask));
    }

    /** Takes all tiles away that are there. */
    public synchronized void clear() {
        Iterator<CompletableFuture<Kept>> all = tiles.values().iterator();
        while (all.hasNext()) {
            CompletableFuture<Kept> tile = all.next();
            if (isThere(tile)) {
                all.remove();
                drop(tile.join());
            }
        }
    }

    private void drop(Kept tile) {
        bytes -= tile.bytes;
        tile.release();
    }

    private static boolean isThere(CompletableFuture<Kept> tile) {
        return tile != null && tile.isDone() && !tile.isCompletedExceptionally();
    }

    private static long key(int row, boolean withMask) {
        return 2L * row + (withMask ? 1 : 0);
    }

    /** A tile if so many of its rows are there already, or on their way, else null. */
    LoadedTile find(int row, boolean withMask, int rows) {
        CompletableFuture<Kept> there;
        synchronized (this) {
            there = tiles.get(key(row, withMask));
        }
        if (there == null) {
            return null;
        }
        LoadedTile tile;
        try {
            tile = there.join().again(rows);
        } catch (CompletionException e) {
            // The caller decodes it himself then, and meets the same trouble, or none.
            return null;
        }
        if (tile != null) {
            synchronized (this) {
                hits++;
            }
        }
        return tile;
    }

    /**
     * A tile, decoded by the calling thread if it is not there. A tile that fails is tried anew by the next caller, and so is one
     * of which others needed less.
     *
     * @param rows that are needed, from the top
     * @param decoding decodes at least these
     */
    LoadedTile get(int row, boolean withMask, int rows, Decoding decoding) throws CziException {
        long key = key(row, withMask);
        CompletableFuture<Kept> own = new CompletableFuture<>();
        CompletableFuture<Kept> there;
        synchronized (this) {
            there = tiles.putIfAbsent(key, own);
            if (isThere(there) && there.join().rows < rows) {
                drop(there.join());
                tiles.put(key, own);
                there = null;
            }
            if (there == null) {
                decoded++;
            } else {
                tiles.get(key); // counts as used
                hits++;
            }
        }
        if (there != null) {
            try {
                LoadedTile tile = await(there).again(rows);
                return tile == null ? get(row, withMask, rows, decoding) : tile;
            } catch (CziException e) {
                if (e.kind() != CziException.Kind.IO) {
                    throw e;
                }
                // The trouble may be that of the other thread, which was interrupted.
                return get(row, withMask, rows, decoding);
            }
        }
        try {
            LoadedTile tile = decoding.decode();
            Kept kept = new Kept(tile);
            keep(key, kept);
            own.complete(kept);
            return tile;
        } catch (Throwable e) {
            synchronized (this) {
                tiles.remove(key);
            }
            own.completeExceptionally(e);
            throw e;
        }
    }

    private static Kept await(CompletableFuture<Kept> tile) throws CziException {
        try {
            return tile.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof CziException damage) {
                throw damage;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private synchronized void keep(long key, Kept tile) {
        bytes += tile.bytes;
        Iterator<Map.Entry<Long, CompletableFuture<Kept>>> oldest =
                tiles.entrySet().iterator();
        while (bytes > maxBytes && oldest.hasNext()) {
            Map.Entry<Long, CompletableFuture<Kept>> entry = oldest.next();
            CompletableFuture<Kept> candidate = entry.getValue();
            if (entry.getKey() == key) {
                continue;
            }
            if (isThere(candidate)) {
                oldest.remove();
                drop(candidate.join());
                evicted++;
            }
        }
        if (bytes > maxBytes) {
            // Too large for the room there is: those who wait get it, nobody else.
            bytes -= tile.bytes;
            tiles.remove(key);
            evicted++;
        }
    }
}
