package io.github.czi4j.mosaic;

import io.github.czi4j.index.SubblockDirectory;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Parallelism;
import io.github.czi4j.model.Pixels;
import io.github.czi4j.model.Rect;
import io.github.czi4j.model.TileFailure;
import io.github.czi4j.model.TileWarning;
import io.github.czi4j.observe.Observer;
import io.github.czi4j.observe.ReadListener;
import io.github.czi4j.observe.Stage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.LoggerFactory;

/**
 * Executes a {@link Plan}: reads its subblocks in the order of the file, decodes each once, and places what is visible.
 * The result is the same whoever works and in whatever order.
 */
public final class Composer {
    /** Uncompressed tiles are limited by memory bandwidth, which a few threads use up. */
    private static final int MAX_COPY_WORKERS = 4;
    /** Batches for each worker, so that the last ones end at about the same time. */
    private static final int BATCHES_PER_WORKER = 4;

    private static final int MAX_AUTO_BATCH = 16;

    /**
     * What came of a plan.
     *
     * @param pixels the mosaic
     * @param failures tiles that could not be drawn, by index; the tiles below show in their place where there are any
     * @param warnings what was odd about tiles that were drawn, by index
     * @param decoded number of bitmaps decoded
     * @param workers number of workers that were to take part
     */
    public record Result(
            Pixels pixels, List<TileFailure> failures, List<TileWarning> warnings, int decoded, int workers) {}

    private final Plan plan;
    private final TileLoader loader;
    private final Observer observer;
    private final Parallelism parallelism;
    private final int workers;
    private final boolean strict;
    private final Pixels output;
    private final Placer placer;
    private final Map<Integer, CziException> failed = new TreeMap<>();
    private final Map<Integer, List<String>> warned = new TreeMap<>();
    private final AtomicInteger decoded = new AtomicInteger();
    private volatile boolean stop;

    private Composer(
            Plan plan, TileLoader loader, Parallelism parallelism, int workers, boolean strict, Pixels output) {
        this.plan = plan;
        this.loader = loader;
        this.observer = loader.observer();
        this.parallelism = parallelism;
        this.workers = workers;
        this.strict = strict;
        this.output = output;
        this.placer = new Placer(output);
    }

    /**
     * Number of workers that a setting means for a plan.
     *
     * @param plan the plan
     * @param directory its subblocks
     * @param parallelism the setting
     * @return at least 1
     */
    public static int workers(Plan plan, SubblockDirectory directory, Parallelism parallelism) {
        int processors = Runtime.getRuntime().availableProcessors();
        int wanted = parallelism.workers() > 0 ? parallelism.workers() : processors;
        if (parallelism.kind() == Parallelism.Kind.AUTO) {
            boolean copiesOnly = plan.tiles().stream()
                    .allMatch(tile -> directory.compression(tile.row()) == Compression.UNCOMPRESSED);
            wanted = copiesOnly ? Math.min(processors, MAX_COPY_WORKERS) : processors;
        }
        return Math.max(1, Math.min(wanted, plan.tileCount()));
    }

    /**
     * Executes a plan.
     *
     * @param plan what to do
     * @param loader reads the subblocks
     * @param parallelism who works
     * @param workers how many, at least 1; as {@link #workers} says, or fewer to save memory
     * @param strict whether the first tile that fails or is odd ends it all
     * @return the mosaic and what was odd
     * @throws CziException in strict mode for a tile that fails or is odd; if the calling thread is interrupted; if the
     *     result does not fit the heap
     */
    public static Result compose(Plan plan, TileLoader loader, Parallelism parallelism, int workers, boolean strict)
            throws CziException {
        Pixels output = allocate(plan, loader);
        Composer composer = new Composer(plan, loader, parallelism, workers, strict, output);
        return composer.run();
    }

    private static Pixels allocate(Plan plan, TileLoader loader) throws CziException {
        long begun = loader.observer().begin();
        try {
            Pixels output =
                    Pixels.allocate(plan.width(), plan.height(), plan.input().pixelType());
            plan.input().background().fill(output);
            loader.observer().end(Stage.ALLOCATE, ReadListener.NO_SUBBLOCK, begun, plan.outputBytes());
            return output;
        } catch (OutOfMemoryError e) {
            throw new CziException(
                    CziException.Kind.LIMIT,
                    loader.source().name(),
                    CziException.NO_OFFSET,
                    "the heap has no room for a mosaic of " + plan.width() + "×" + plan.height() + " "
                            + plan.input().pixelType().label() + " (" + plan.outputBytes() + " bytes)",
                    e);
        }
    }

    private Result run() throws CziException {
        if (plan.isOrdered()) {
            composeInOrder(plan.tiles());
        } else {
            composeParts(plan.tiles());
            repair();
        }
        long begun = observer.begin();
        Result result = new Result(output, failures(), warnings(), decoded.get(), workers);
        observer.end(Stage.FINALISE, ReadListener.NO_SUBBLOCK, begun, 0);
        return result;
    }

    private void composeParts(List<PlannedTile> tiles) throws CziException {
        List<PlannedTile> inFileOrder = new ArrayList<>(tiles);
        inFileOrder.sort(Comparator.comparingLong(tile -> loader.directory().filePosition(tile.row())));
        inBatches(inFileOrder.size(), (i, context) -> {
            PlannedTile tile = inFileOrder.get(i);
            attempt(tile.row(), () -> place(load(tile.row(), context), tile, context));
        });
    }

    /** Paints the tiles below those that failed, until nothing more fails. */
    private void repair() throws CziException {
        Map<Integer, List<Rect>> painted = new HashMap<>();
        List<PlannedTile> latest = plan.tiles();
        int known = 0;
        while (failed.size() > known) {
            known = failed.size();
            for (PlannedTile tile : latest) {
                if (!failed.containsKey(tile.row())) {
                    painted.computeIfAbsent(tile.row(), row -> new ArrayList<>())
                            .addAll(tile.visible());
                }
            }
            latest = Planner.repair(plan, loader.directory(), failed.keySet(), painted);
            if (latest == null) {
                // Too intricate to mend: paint everything once more, one above the other.
                composeInOrder(Planner.candidates(plan, loader.directory()));
                return;
            }
            composeParts(latest);
        }
    }

    /**
     * For tiles that overlap too much to be cut apart: as many as there are workers are decoded at a time, then placed
     * one after the other in draw order.
     */
    private void composeInOrder(List<PlannedTile> tiles) throws CziException {
        WorkerContext[] contexts = new WorkerContext[workers];
        Arrays.setAll(contexts, i -> new WorkerContext());
        for (int start = 0; start < tiles.size(); start += workers) {
            List<PlannedTile> group = tiles.subList(start, Math.min(tiles.size(), start + workers));
            LoadedTile[] loaded = new LoadedTile[group.size()];
            // A context of its own for each tile: what it holds must last until the tile is placed.
            inBatches(group.size(), (i, ignored) -> {
                int row = group.get(i).row();
                attempt(row, () -> loaded[i] = load(row, contexts[i]));
            });
            for (int i = 0; i < loaded.length; i++) {
                if (loaded[i] != null) {
                    LoadedTile tile = loaded[i];
                    PlannedTile planned = group.get(i);
                    WorkerContext context = contexts[i];
                    attempt(planned.row(), () -> place(tile, planned, context));
                }
            }
            checkStopped();
        }
    }

    @FunctionalInterface
    private interface Step {
        void run() throws CziException;
    }

    @FunctionalInterface
    private interface IndexedStep {
        void run(int index, WorkerContext context);
    }

    private void inBatches(int count, IndexedStep step) throws CziException {
        int batch = parallelism.batch() > 0 ? parallelism.batch() : autoBatch(count);
        AtomicInteger next = new AtomicInteger();
        Thread caller = Thread.currentThread();
        Crew.run(Crew.executor(parallelism), workers, context -> {
            for (int from = next.getAndAdd(batch); from >= 0 && from < count; from = next.getAndAdd(batch)) {
                int to = (int) Math.min(count, (long) from + batch);
                for (int i = from; i < to; i++) {
                    if (caller.isInterrupted()) {
                        stop = true;
                    }
                    if (stop) {
                        return;
                    }
                    try {
                        step.run(i, context);
                    } catch (InternalError e) {
                        // The late echo of a fault: the tile at fault was told of by checkStillThere.
                        LoggerFactory.getLogger(Composer.class)
                                .debug("{}: {}", loader.source().name(), e.getMessage());
                    }
                }
            }
        });
        checkStopped();
    }

    private int autoBatch(int count) {
        return Math.max(1, Math.min(MAX_AUTO_BATCH, count / (workers * BATCHES_PER_WORKER)));
    }

    private void checkStopped() throws CziException {
        if (Thread.currentThread().isInterrupted()) {
            throw CziException.io(
                    loader.source().name(), CziException.NO_OFFSET, "interrupted while composing a mosaic", null);
        }
        if (strict) {
            throwFirst();
        }
    }

    private void throwFirst() throws CziException {
        synchronized (failed) {
            for (CziException reason : failed.values()) {
                throw reason;
            }
            for (Map.Entry<Integer, List<String>> entry : warned.entrySet()) {
                throw CziException.corrupt(
                        loader.source().name(),
                        loader.directory().filePosition(entry.getKey()),
                        "subblock " + entry.getKey() + ": " + entry.getValue().get(0));
            }
        }
    }

    private LoadedTile load(int row, WorkerContext context) throws CziException {
        LoadedTile tile = loader.load(row, context);
        decoded.incrementAndGet();
        if (!tile.warnings().isEmpty()) {
            synchronized (failed) {
                warned.put(row, tile.warnings());
                stop |= strict;
            }
        }
        return tile;
    }

    private void place(LoadedTile tile, PlannedTile planned, WorkerContext context) throws CziException {
        long begun = observer.begin();
        try {
            placer.place(tile, planned, context);
            loader.source().checkStillThere(tile.end());
        } catch (Placer.UnsupportedConversionException e) {
            throw CziException.unsupported(
                    loader.source().name(),
                    loader.directory().filePosition(planned.row()),
                    "subblock " + planned.row() + ": " + e.getMessage());
        }
        if (observer.isActive()) {
            long bytes = planned.visibleArea() * output.type().bytesPerPixel();
            observer.end(Stage.PLACE, planned.row(), begun, bytes);
        }
    }

    /** One tile's trouble is kept and never stops the others, unless strictness was asked for. */
    private void attempt(int row, Step step) {
        CziException reason;
        try {
            step.run();
            return;
        } catch (CziException e) {
            reason = e;
        } catch (InternalError e) {
            reason = retry(row, step, e);
        } catch (OutOfMemoryError e) {
            reason = loader.outOfMemory(row, e);
        }
        if (reason == null) {
            return;
        }
        synchronized (failed) {
            failed.put(row, reason);
            stop |= strict;
        }
    }

    /** The JVM may blame a tile for a page that another one could not read: only a second fault is its own. */
    private CziException retry(int row, Step step, InternalError first) {
        try {
            step.run();
            return null;
        } catch (CziException e) {
            e.addSuppressed(first);
            return e;
        } catch (InternalError e) {
            return loader.unreadableMap(row, e);
        }
    }

    private List<TileFailure> failures() {
        Map<Integer, List<Rect>> holes = Planner.holes(plan, loader.directory(), failed.keySet());
        List<TileFailure> result = new ArrayList<>();
        failed.forEach((row, reason) -> result.add(new TileFailure(
                row, loader.directory().filePosition(row), reason, holes.getOrDefault(row, List.of()))));
        return result;
    }

    private List<TileWarning> warnings() {
        List<TileWarning> result = new ArrayList<>();
        warned.forEach((row, messages) -> messages.forEach(message -> result.add(new TileWarning(row, message))));
        return result;
    }
}
