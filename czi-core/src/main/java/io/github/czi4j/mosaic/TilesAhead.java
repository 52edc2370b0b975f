package io.github.czi4j.mosaic;

import io.github.czi4j.codec.Delivery;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Parallelism;
import io.github.czi4j.model.Rect;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.slf4j.LoggerFactory;

/**
 * Decodes tiles before they are asked for. Who reads a mosaic in many small regions, one after the other, wants a new tile or
 * none each time, which leaves all processors but one without work. Where his regions follow in even steps ({@link Sweep}),
 * those that come next are planned on other threads meanwhile, and what they want is decoded into the cache. Thread-safe.
 */
public final class TilesAhead {
    /** Tiles below that are decoded before a thread is awake. */
    private static final int MIN_TILE_BYTES = 1 << 16;
    /** Of the cache at most a quarter is for tiles that nobody has asked for yet. */
    private static final int CACHE_SHARE = 4;
    /** What is held in work for a tile, in tiles: itself, and what a decoder needs beside it. */
    private static final int COPIES = 2;
    /** Regions ahead for each thread: some want nothing new, and a thread needs something to go on with. */
    private static final int REGIONS = 2;
    /** Nobody looks at it now: as much as is kept is enough. */
    private static final Delivery FOR_LATER = new Delivery(1, null);
    /** Planes, or zooms, that may be gone through in turns. */
    private static final int MAX_SWEEPS = 8;

    /** A sweep and one of the requests that it is made of. */
    private record Followed(PlanInput input, Sweep sweep) {
        /** Whether another request is for the same picture, maybe for another part of it. */
        boolean isOf(PlanInput other) {
            return input.zoom() == other.zoom()
                    && Objects.equals(input.layer(), other.layer())
                    && input.plane().equals(other.plane())
                    && Objects.equals(input.scenes(), other.scenes());
        }
    }

    private final long maxBytes;
    /** The latest last. */
    private final List<Followed> followed = new ArrayList<>();

    private final Deque<Runnable> queue = new ArrayDeque<>();
    private int running;
    private volatile boolean isClosed;

    /**
     * Follows the requests for one file.
     *
     * @param cacheBytes what the cache may take, which the loaders keep tiles in; 0 to do nothing
     */
    public TilesAhead(long cacheBytes) {
        this.maxBytes = cacheBytes / CACHE_SHARE;
    }

    /**
     * Tells of a mosaic that is about to be read. Returns at once.
     *
     * @param plan of the mosaic
     * @param loaders for the plan of another region a loader that keeps its tiles
     * @param parallelism of the request: whose threads are used, if any
     * @param spareBytes that tiles in work may take
     */
    public void follow(Plan plan, Function<Plan, TileLoader> loaders, Parallelism parallelism, long spareBytes) {
        int threads = Composer.threads(parallelism);
        long tileBytes = plan.largestTileBytes();
        if (isClosed || threads == 1 || plan.input().within() != null || tileBytes < MIN_TILE_BYTES) {
            return;
        }
        int count = (int)
                Math.min(REGIONS * (long) threads, Math.min(maxBytes / tileBytes, spareBytes / (COPIES * tileBytes)));
        if (count <= 0) {
            return;
        }
        int workers;
        synchronized (this) {
            List<Rect> regions = regions(plan.input(), count);
            for (Rect region : regions) {
                queue.add(() -> decode(plan, region, loaders, threads));
            }
            // What could not be begun in time is behind the caller now.
            while (queue.size() > count) {
                queue.remove();
            }
            workers = Math.max(0, Math.min(threads - running, regions.size()));
            running += workers;
        }
        for (int i = 0; i < workers; i++) {
            start(Crew.executor(parallelism));
        }
    }

    private void start(Executor executor) {
        try {
            executor.execute(this::work);
        } catch (RejectedExecutionException e) {
            end();
        }
    }

    private void work() {
        try {
            for (Runnable region = next(); region != null; region = next()) {
                region.run();
            }
        } catch (InternalError e) {
            // The late echo of a fault of a mapped file, which is told where it counts.
            end();
        }
    }

    private synchronized void end() {
        running--;
    }

    private synchronized Runnable next() {
        Runnable region = isClosed ? null : queue.poll();
        if (region == null) {
            end();
        }
        return region;
    }

    /** Decodes no more: what is in work is given up after the tile that it has come to. */
    public void close() {
        isClosed = true;
    }

    private List<Rect> regions(PlanInput input, int count) {
        Followed latest = null;
        for (Followed one : followed) {
            latest = one.isOf(input) ? one : latest;
        }
        if (latest == null) {
            latest = new Followed(input, new Sweep());
            if (followed.size() == MAX_SWEEPS) {
                followed.remove(0);
            }
        } else {
            followed.remove(latest);
        }
        followed.add(latest);
        return latest.sweep().next(input.region(), count);
    }

    private void decode(Plan before, Rect region, Function<Plan, TileLoader> loaders, int threads) {
        try {
            Plan plan = Planner.plan(before.directory(), before.input().with(region));
            TileLoader loader = loaders.apply(plan);
            boolean masks = plan.input().composition().masks();
            List<PlannedTile> missing = plan.tiles().stream()
                    .filter(tile -> !loader.isInMap(tile.row()) && !loader.isAtHand(tile.row(), masks))
                    .toList();
            if (missing.size() > threads) {
                // Reading such a region has work for all by itself.
                return;
            }
            WorkerContext context = WorkerContext.borrow();
            for (PlannedTile tile : missing) {
                if (!isClosed) {
                    loader.load(tile.row(), context, masks, FOR_LATER);
                }
            }
            context.giveBack();
        } catch (CziException | RuntimeException | Error e) {
            // Who asks for the tile decodes it anew, and is told.
            LoggerFactory.getLogger(TilesAhead.class).debug("a tile could not be decoded ahead", e);
        }
    }
}
