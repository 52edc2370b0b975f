package io.github.czi4j.mosaic;

import io.github.czi4j.codec.Delivery;
import io.github.czi4j.index.PlaneIndex;
import io.github.czi4j.index.SubblockDirectory;
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
 * those that come next are planned on other threads meanwhile, and what they want is decoded into the cache. Where they lie here
 * and there, and all tiles of a mosaic's region are kept anyway, threads that no call has need of go on with tiles nearby
 * ({@link Neighbours}). Thread-safe.
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
    private static final int MAX_PICTURES = 8;

    @FunctionalInterface
    private interface Task {
        void run() throws CziException;
    }

    /** Requests for one picture: one of them, and what they let guess. */
    private record Followed(PlanInput input, Sweep sweep, Neighbours neighbours) {
        /** Whether another request is for the same picture, maybe for another part of it. */
        boolean isOf(PlanInput other) {
            return input.zoom() == other.zoom()
                    && Objects.equals(input.layer(), other.layer())
                    && input.plane().equals(other.plane())
                    && Objects.equals(input.scenes(), other.scenes());
        }
    }

    /**
     * A region here or there, and how tiles near it are loaded.
     *
     * @param threads that may have work, calls included
     */
    private record Around(Plan plan, Neighbours neighbours, TileLoader loader, int threads) {}

    /** Null to do nothing. */
    private final TileCache cache;

    private final boolean looksAround;
    /** The latest last. */
    private final List<Followed> followed = new ArrayList<>();

    /** Where the latest call looks, if its neighbours may be guessed, else null. */
    private Around around;

    private final Deque<Task> queue = new ArrayDeque<>();
    private int running;
    /** Calls that are being carried out. */
    private int calls;

    private volatile boolean isClosed;

    /**
     * Follows the requests for one file.
     *
     * @param cache which the loaders keep tiles in; null to do nothing
     * @param looksAround whether tiles are decoded near to regions that lie here and there
     */
    public TilesAhead(TileCache cache, boolean looksAround) {
        this.cache = cache;
        this.looksAround = looksAround;
    }

    /**
     * Tells of a mosaic that is about to be read. Returns at once.
     *
     * @param plan of the mosaic
     * @param loaders for the plan of another region a loader that keeps its tiles
     * @param parallelism of the request: whose threads are used, if any
     * @param spareBytes that tiles in work may take
     */
    public void enter(Plan plan, Function<Plan, TileLoader> loaders, Parallelism parallelism, long spareBytes) {
        synchronized (this) {
            calls++;
        }
        int threads = Composer.threads(parallelism);
        long tileBytes = plan.largestTileBytes();
        if (cache == null || isClosed || threads == 1 || plan.input().within() != null || tileBytes < MIN_TILE_BYTES) {
            return;
        }
        int inWork = (int) Math.min(REGIONS * (long) threads, spareBytes / (COPIES * tileBytes));
        int count = (int) Math.min(inWork, cache.maxBytes() / CACHE_SHARE / tileBytes);
        if (count <= 0) {
            return;
        }
        int workers;
        synchronized (this) {
            Followed picture = followed(plan.input());
            List<Rect> regions = picture.sweep().next(plan.input().region(), count);
            for (Rect region : regions) {
                queue.add(() -> decode(plan, region, loaders, threads));
            }
            // What could not be begun in time is behind the caller now.
            while (queue.size() > count) {
                queue.remove();
            }
            around = null;
            workers = Math.min(threads - running, regions.size());
            Neighbours neighbours = picture.neighbours();
            boolean isHereOrThere = !picture.sweep().isSteady() && plan.tileCount() <= REGIONS * threads;
            if (looksAround && isHereOrThere && !neighbours.isOver()) {
                around = new Around(plan, neighbours, loaders.apply(plan), Math.min(threads, inWork));
                neighbours.note(plan, around.loader);
                workers = Math.min(around.threads - calls - running, neighbours.credit());
            }
            workers = Math.max(0, workers);
            running += workers;
        }
        for (int i = 0; i < workers; i++) {
            start(Crew.executor(parallelism));
        }
    }

    /** Tells that the mosaic is read, or has failed. */
    public synchronized void leave() {
        calls--;
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
            for (Task task = next(); task != null; task = next()) {
                try {
                    task.run();
                } catch (CziException | RuntimeException | Error e) {
                    // Who asks for the tile decodes it anew, and is told.
                    LoggerFactory.getLogger(TilesAhead.class).debug("a tile could not be decoded ahead", e);
                }
            }
        } catch (InternalError e) {
            // The late echo of a fault of a mapped file, which is told where it counts.
            end();
        }
    }

    private synchronized void end() {
        running--;
    }

    private synchronized Task next() {
        Task task = isClosed ? null : queue.poll();
        if (task == null && !isClosed) {
            task = nextAround();
        }
        if (task == null) {
            end();
        }
        return task;
    }

    private Task nextAround() {
        Around here = around;
        if (here == null || running > here.threads - calls) {
            return null;
        }
        Neighbours neighbours = here.neighbours;
        if (neighbours.wantsPlan()) {
            return () -> planAll(here);
        }
        int row = neighbours.next(cache.room());
        return row == Neighbours.NONE ? null : () -> decode(here.loader, List.of(row), here.plan);
    }

    /** Decodes no more: what is in work is given up after the tile that it has come to. */
    public void close() {
        isClosed = true;
    }

    private Followed followed(PlanInput input) {
        Followed latest = null;
        for (Followed one : followed) {
            latest = one.isOf(input) ? one : latest;
        }
        if (latest == null) {
            latest = new Followed(input, new Sweep(), new Neighbours());
            if (followed.size() == MAX_PICTURES) {
                followed.remove(0);
            }
        } else {
            followed.remove(latest);
        }
        followed.add(latest);
        return latest;
    }

    private void planAll(Around here) {
        SubblockDirectory directory = here.plan.directory();
        PlanInput input = here.plan.input();
        int tiles = 0;
        for (PlaneIndex plane : directory.planes().matching(input.plane())) {
            tiles += plane.size();
        }
        Plan whole = tiles > Neighbours.MAX_TILES
                ? null
                : Planner.plan(directory, input.with(directory.bounds().image()));
        synchronized (this) {
            here.neighbours.plan(whole);
        }
    }

    private void decode(Plan before, Rect region, Function<Plan, TileLoader> loaders, int threads) throws CziException {
        Plan plan = Planner.plan(before.directory(), before.input().with(region));
        TileLoader loader = loaders.apply(plan);
        boolean masks = plan.input().composition().masks();
        List<Integer> missing = plan.tiles().stream()
                .map(PlannedTile::row)
                .filter(row -> !loader.isInMap(row) && !loader.isAtHand(row, masks))
                .toList();
        // Reading a region with more has work for all by itself.
        if (missing.size() <= threads) {
            decode(loader, missing, plan);
        }
    }

    private void decode(TileLoader loader, List<Integer> rows, Plan plan) throws CziException {
        WorkerContext context = WorkerContext.borrow();
        for (int row : rows) {
            if (!isClosed) {
                loader.load(row, context, plan.input().composition().masks(), FOR_LATER);
            }
        }
        context.giveBack();
    }
}
