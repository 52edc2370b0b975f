package io.github.czi4j.mosaic;

import io.github.czi4j.codec.Delivery;
import io.github.czi4j.index.SubblockDirectory;
import io.github.czi4j.io.Prefetch;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Parallelism;
import io.github.czi4j.model.PixelAllocator;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Pixels;
import io.github.czi4j.model.Rect;
import io.github.czi4j.model.TileFailure;
import io.github.czi4j.model.TileWarning;
import io.github.czi4j.observe.Observer;
import io.github.czi4j.observe.Span;
import io.github.czi4j.observe.Stage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.LoggerFactory;

/**
 * Executes a {@link Plan}: reads its subblocks in the order of the file unless told otherwise, decodes each once, and places what is visible.
 * The result is the same whoever works and in whatever order.
 */
public final class Composer {
    /** Uncompressed tiles are limited by memory bandwidth, which a few threads use up. */
    private static final int MAX_COPY_WORKERS = 4;
    /** Batches for each worker, so that the last ones end at about the same time. */
    private static final int BATCHES_PER_WORKER = 4;

    private static final int MAX_AUTO_BATCH = 16;
    /** Any number: the same order each time makes runs comparable. */
    private static final long SHUFFLE_SEED = 20;

    /** A new array for each result: the only one that is known to hold zeros. */
    public static final PixelAllocator NEW_ARRAY = Pixels::allocate;

    /** Bytes to copy that are worth a worker of their own: to wake one takes about as long as copying a quarter of it. */
    private static final long COPY_PER_WORKER = 1 << 20;

    /** Rows of the output that are worth a worker of their own. */
    private static final int MIN_BAND_ROWS = 16;

    /** So many late faults of a mapped file are put up with in one step. */
    private static final int LATE_FAULTS = 8;

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
    private final Pixels output;
    /** The rows of the whole output that are composed: those from the first one to behind the last. */
    private final int firstRow;

    private final int endRow;
    private final Painter painter;
    private final TileReport report;
    private final AtomicInteger decoded = new AtomicInteger();
    /** What is on its way for the tiles in work; null before the first. */
    private volatile Prefetch prefetch;

    private volatile TileLoader reading;

    private Composer(
            Plan plan,
            TileLoader loader,
            Parallelism parallelism,
            int workers,
            boolean strict,
            int firstRow,
            Pixels output,
            Painter painter) {
        this.plan = plan;
        this.loader = loader;
        this.reading = loader;
        this.observer = loader.observer();
        this.parallelism = parallelism;
        this.workers = workers;
        this.output = output;
        this.firstRow = firstRow;
        this.endRow = firstRow + output.height();
        this.painter = painter;
        this.report = new TileReport(loader, strict);
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
        int wanted = threads(parallelism);
        if (parallelism.kind() == Parallelism.Kind.AUTO && isUncompressed(plan, directory)) {
            wanted = Math.min(wanted, MAX_COPY_WORKERS);
        }
        return Math.max(1, Math.min(wanted, plan.tileCount()));
    }

    private static boolean isUncompressed(Plan plan, SubblockDirectory directory) {
        for (PlannedTile tile : plan.tiles()) {
            if (directory.compression(tile.row()) != Compression.UNCOMPRESSED) {
                return false;
            }
        }
        return true;
    }

    /** Threads that a setting allows, however few tiles there are. */
    static int threads(Parallelism parallelism) {
        return parallelism.workers() > 0
                ? parallelism.workers()
                : Runtime.getRuntime().availableProcessors();
    }

    /**
     * Executes a plan for some rows of its output, or all; tiles that do not reach them are not read.
     *
     * @param plan what to do
     * @param loader reads the subblocks
     * @param parallelism who works
     * @param workers how many, at least 1; as {@link #workers} says, or fewer to save memory
     * @param strict whether the first tile that fails or is odd ends it all
     * @param firstRow the first row
     * @param endRow behind the last row
     * @param allocator gives the array of the rows, in which anything may be; {@link #NEW_ARRAY} for zeros
     * @return these rows, and what was odd about the tiles that reach them
     * @throws CziException in strict mode for a tile that fails or is odd; if the calling thread is interrupted; if the
     *     result does not fit the heap. The array then holds anything
     */
    public static Result compose(
            Plan plan,
            TileLoader loader,
            Parallelism parallelism,
            int workers,
            boolean strict,
            int firstRow,
            int endRow,
            PixelAllocator allocator)
            throws CziException {
        Composer composer;
        Span span = loader.observer().begin(Stage.ALLOCATE);
        try {
            PixelType type = plan.input().pixelType();
            Pixels output = allocator.allocate(plan.width(), endRow - firstRow, type);
            Painter painter = plan.input().composition().isBlended()
                    ? new Blender(plan, output, firstRow)
                    : new Placer(output, firstRow);
            composer = new Composer(plan, loader, parallelism, workers, strict, firstRow, output, painter);
            if (allocator != NEW_ARRAY || !plan.input().background().isZero()) {
                composer.clear();
            }
            long bytes = Math.multiplyFull(output.width(), output.height()) * type.bytesPerPixel();
            span.end(bytes);
        } catch (OutOfMemoryError e) {
            throw new CziException(
                    CziException.Kind.LIMIT,
                    loader.name(),
                    CziException.NO_OFFSET,
                    "the heap has no room for " + plan.width() + "×" + (endRow - firstRow) + " pixels of a mosaic of "
                            + plan.input().pixelType().label(),
                    e);
        }
        return composer.run();
    }

    /** Puts the background where no tile will be painted, and everywhere if tiles may not fill what they reach. */
    private void clear() {
        boolean isFilledByTiles = plan.isDisjoint() && painter.isOrderFree();
        List<Rect> filled = isFilledByTiles
                ? plan.tiles().stream().flatMap(tile -> tile.visible().stream()).toList()
                : List.of();
        Uncovered.forEach(filled, new Rect(0, firstRow, plan.width(), endRow - firstRow), this::clear);
    }

    private void clear(Rect part) {
        Background background = plan.input().background();
        int first = (part.y() - firstRow) * output.width() + part.x();
        if (part.width() == output.width()) {
            background.fill(output, first, part.width() * part.height());
            return;
        }
        for (int y = 0; y < part.height(); y++) {
            background.fill(output, first + y * output.width(), part.width());
        }
    }

    private Result run() throws CziException {
        List<PlannedTile> tiles = inRows(plan.tiles());
        if (plan.isDisjoint()) {
            paintDisjoint(tiles);
            repair(tiles);
        } else {
            paintInOrder(tiles);
        }
        if (!painter.isOrderFree()) {
            inBands(firstRow, endRow, (from, to, context) -> painter.finish(from, to));
        }
        Span span = observer.begin(Stage.FINALISE);
        Map<Integer, List<Rect>> holes = new HashMap<>(Planner.holes(plan, loader.directory(), report.failed()));
        holes.replaceAll((row, parts) -> inRowsOnly(parts));
        Result result = new Result(output, report.failures(holes), report.warnings(), decoded.get(), workers);
        span.end(0);
        return result;
    }

    /** The tiles that are seen in the rows that are composed. */
    private List<PlannedTile> inRows(List<PlannedTile> tiles) {
        if (firstRow == 0 && endRow == plan.height()) {
            return tiles;
        }
        return tiles.stream()
                .filter(tile -> tile.visible().stream()
                        .map(plan.canvas()::toOutput)
                        .anyMatch(part -> part.y() < endRow && part.bottom() > firstRow))
                .toList();
    }

    private List<Rect> inRowsOnly(List<Rect> parts) {
        Rect rows = new Rect(0, firstRow, plan.width(), endRow - firstRow);
        return parts.stream()
                .map(rows::intersection)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    private void paintDisjoint(List<PlannedTile> tiles) throws CziException {
        if (!painter.isOrderFree()) {
            paintInOrder(tiles);
            return;
        }
        List<PlannedTile> ordered = inReadingOrder(tiles);
        int count = ordered.size();
        // By the worker who has the tile: what was found out about it counts, though a late fault repeats the step.
        boolean[] isTried = new boolean[count];
        int batch = parallelism.batch() > 0 ? parallelism.batch() : autoBatch(count);
        try (Prefetch ahead = announce(ordered)) {
            IndexedStep one = (i, context) -> {
                if (!isTried[i]) {
                    PlannedTile tile = ordered.get(i);
                    report.attempt(tile.row(), () -> {
                        LoadedTile loaded = load(tile.row(), context, delivery(tile));
                        if (!loaded.isDelivered()) {
                            paint(loaded, tile, firstRow, endRow, context);
                        }
                        loaded.checkStillThere();
                    });
                    isTried[i] = true;
                }
                ahead.done(i);
            };
            if (!mayGoInStrips(tiles)) {
                inBatches(count, staff(tiles), batch, true, one);
                return;
            }
            int[] starts = StripCopy.starts(ordered, batch);
            int strips = starts.length - 1;
            inBatches(strips, staff(tiles).atMost(strips), 1, true, (strip, context) -> {
                int from = starts[strip];
                int to = starts[strip + 1];
                if (!paintInStrips(ordered.subList(from, to), context)) {
                    for (int i = from; i < to && !report.isOver(); i++) {
                        run(one, true, i, context);
                    }
                }
            });
        }
    }

    /**
     * What is needed of a tile. Where somebody wants to know how long each stage takes, decoding and placing come one after the
     * other; in strict mode all of a tile is looked at.
     */
    private Delivery delivery(PlannedTile tile) {
        boolean isPlain = loader.directory().pixelType(tile.row()) == output.type() && !isWatched();
        Delivery wanted = painter.delivery(tile, firstRow, endRow, isPlain);
        return report.isStrict() ? new Delivery(Integer.MAX_VALUE, wanted.sink()) : wanted;
    }

    /** Whether somebody wants to know how long placing takes. */
    private boolean isWatched() {
        return observer.begin(Stage.PLACE).isObserved();
    }

    /** Whether all tiles may be copied from the mapped file; tile by tile where somebody wants to know how long each takes. */
    private boolean mayGoInStrips(List<PlannedTile> tiles) {
        if (isWatched()) {
            return false;
        }
        for (PlannedTile tile : tiles) {
            if (!loader.isInMap(tile.row())) {
                return false;
            }
        }
        return true;
    }

    /** Copies several tiles at once; false if each must have its own turn. */
    private boolean paintInStrips(List<PlannedTile> tiles, WorkerContext context) {
        boolean masks = plan.input().composition().masks();
        List<LoadedTile> copied = StripCopy.copy(tiles, loader, masks, output, firstRow, context);
        if (copied == null) {
            return false;
        }
        for (int i = 0; i < copied.size(); i++) {
            report.warn(tiles.get(i).row(), copied.get(i).warnings());
        }
        decoded.addAndGet(copied.size());
        return true;
    }

    /**
     * Who works.
     *
     * @param crew number of workers, of which each has at least one step to do
     * @param isAssisted whether there are threads enough for two on one tile
     */
    private record Staff(int crew, boolean isAssisted) {
        Staff atMost(int steps) {
            return new Staff(Math.max(1, Math.min(crew, steps)), isAssisted);
        }
    }

    /**
     * As many workers as have something to do: tiles that lie there decoded are copied before another one is awake. Who asks for
     * a number of workers gets it.
     */
    private Staff staff(List<PlannedTile> tiles) {
        long decodes = 0;
        long copied = 0;
        for (PlannedTile tile : tiles) {
            if (loader.isAtHand(tile.row(), plan.input().composition().masks())) {
                copied += plan.visibleArea(tile) * output.type().bytesPerPixel();
            } else {
                decodes++;
            }
        }
        long useful = parallelism.workers() > 0 ? tiles.size() : decodes + copied / COPY_PER_WORKER;
        return staff(useful, decodes);
    }

    private Staff staff(long steps, long decodes) {
        int crew = (int) Math.max(1, Math.min(workers, steps));
        return new Staff(crew, threads(parallelism) >= 2 * Math.max(1, Math.min(crew, decodes)));
    }

    /** Has the source fetch tiles ahead, where it does such things. */
    private Prefetch announce(List<PlannedTile> tiles) {
        int[] rows = new int[tiles.size()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = tiles.get(i).row();
        }
        prefetch = loader.prefetch(rows);
        reading = loader.through(prefetch);
        return prefetch;
    }

    private List<PlannedTile> inReadingOrder(List<PlannedTile> tiles) {
        List<PlannedTile> ordered = new ArrayList<>(tiles);
        SubblockDirectory directory = loader.directory();
        ordered.sort(this::compareInFile);
        switch (parallelism.order()) {
            case FILE -> {}
            case ROWS ->
                ordered.sort(Comparator.comparing(
                        tile -> directory.logical(tile.row()),
                        Comparator.comparingInt(Rect::y).thenComparingInt(Rect::x)));
            case RANDOM -> Collections.shuffle(ordered, new Random(SHUFFLE_SEED));
        }
        return ordered;
    }

    private int compareInFile(PlannedTile a, PlannedTile b) {
        SubblockDirectory directory = loader.directory();
        int order = Integer.compare(directory.filePart(a.row()), directory.filePart(b.row()));
        return order != 0 ? order : Long.compare(directory.filePosition(a.row()), directory.filePosition(b.row()));
    }

    /** Paints the tiles below those that failed, until nothing more fails. */
    private void repair(List<PlannedTile> tiles) throws CziException {
        Map<Integer, List<Rect>> painted = new HashMap<>();
        List<PlannedTile> latest = tiles;
        int known = 0;
        for (Set<Integer> failed = report.failed(); failed.size() > known; failed = report.failed()) {
            known = failed.size();
            for (PlannedTile tile : latest) {
                if (!failed.contains(tile.row())) {
                    painted.computeIfAbsent(tile.row(), row -> new ArrayList<>())
                            .addAll(tile.visible());
                } else if (painter.isOrderFree()) {
                    // There may be what was there before, or a tile that turned out to be unreadable half-way.
                    inRowsOnly(tile.visible()).forEach(this::clear);
                }
            }
            latest = Planner.repair(plan, loader.directory(), failed, painted);
            if (latest == null) {
                // Too intricate to mend: paint everything once more, one above the other.
                painter.reset();
                paintInOrder(inRows(Planner.candidates(plan, loader.directory(), failed)));
                return;
            }
            latest = inRows(latest);
            paintDisjoint(latest);
        }
    }

    /**
     * For tiles that must come one after the other: as many as there are workers are decoded at a time, then painted in
     * draw order, each worker its own rows.
     */
    private void paintInOrder(List<PlannedTile> tiles) throws CziException {
        try (Prefetch ahead = announce(tiles)) {
            paintInOrder(tiles, ahead);
        }
    }

    private void paintInOrder(List<PlannedTile> tiles, Prefetch ahead) throws CziException {
        WorkerContext[] contexts = new WorkerContext[workers];
        Arrays.setAll(contexts, i -> WorkerContext.borrow());
        for (int start = 0; start < tiles.size(); start += workers) {
            List<PlannedTile> group = tiles.subList(start, Math.min(tiles.size(), start + workers));
            LoadedTile[] loaded = new LoadedTile[group.size()];
            boolean[] isTried = new boolean[group.size()];
            int first = start;
            // A context of its own for each tile: what it holds must last until the tile is painted. One tile a claim:
            // there are no more tiles than workers.
            inBatches(group.size(), staff(group.size(), group.size()), 1, true, (i, ignored) -> {
                if (!isTried[i]) {
                    int row = group.get(i).row();
                    report.attempt(row, () -> {
                        loaded[i] = null;
                        // Painting must not meet a fault of a mapped file, since it cannot be done twice.
                        LoadedTile tile = load(row, contexts[i], Delivery.WHOLE).inMemory(contexts[i]);
                        tile.checkStillThere();
                        loaded[i] = tile;
                    });
                    isTried[i] = true;
                }
                ahead.done(first + i);
            });
            Rect reach = plan.reach(group);
            inBands(Math.max(firstRow, reach.y()), Math.min(endRow, reach.bottom()), (from, to, context) -> {
                try {
                    for (int i = 0; i < loaded.length; i++) {
                        if (loaded[i] != null) {
                            paint(loaded[i], group.get(i), from, to, context);
                        }
                    }
                } catch (InternalError e) {
                    // The late echo of somebody's fault, but what it cost is not known.
                    group.forEach(tile -> report.fail(tile.row(), loader.unreadableMap(tile.row(), e)));
                }
            });
        }
        for (WorkerContext context : contexts) {
            context.giveBack();
        }
    }

    @FunctionalInterface
    private interface IndexedStep {
        void run(int index, WorkerContext context);
    }

    @FunctionalInterface
    private interface BandStep {
        void run(int fromRow, int toRow, WorkerContext context);
    }

    /** Shares rows of the output among the workers. */
    private void inBands(int fromRow, int toRow, BandStep step) throws CziException {
        int height = toRow - fromRow;
        int bands = Math.max(1, Math.min(workers, height / MIN_BAND_ROWS));
        inBatches(bands, staff(bands, 0), 1, false, (band, context) -> {
            int from = fromRow + (int) ((long) height * band / bands);
            int to = fromRow + (int) ((long) height * (band + 1) / bands);
            step.run(from, to, context);
        });
    }

    /**
     * Shares numbered steps among the workers.
     *
     * @param batch steps that a worker takes at a time, at most
     * @param isRepeatable whether a step may be done twice; else the whole mosaic begins again where a fault comes late
     */
    private void inBatches(int count, Staff staff, int batch, boolean isRepeatable, IndexedStep step)
            throws CziException {
        Batches batches = new Batches(count, batch, isRepeatable, step);
        Crew.run(Crew.executor(parallelism), staff.crew, observer, batches, batches::giveUp, staff.isAssisted);
        if (Thread.currentThread().isInterrupted()) {
            throw CziException.io(loader.name(), CziException.NO_OFFSET, "interrupted while composing a mosaic", null);
        }
        report.throwIfStrict();
    }

    /** Numbered steps, of which each worker takes some until none are left. */
    private final class Batches implements Crew.Work {
        private final int count;
        private final int batch;
        private final boolean isRepeatable;
        private final IndexedStep step;
        private final Thread caller = Thread.currentThread();
        private final AtomicInteger next = new AtomicInteger();
        private volatile boolean isStopped;

        Batches(int count, int batch, boolean isRepeatable, IndexedStep step) {
            this.count = count;
            this.batch = batch;
            this.isRepeatable = isRepeatable;
            this.step = step;
        }

        @Override
        public void run(WorkerContext context) {
            for (int from = next.get(); from < count; from = next.get()) {
                int to = from + size(batch, count - from);
                if (!next.compareAndSet(from, to)) {
                    continue;
                }
                for (int i = from; i < to; i++) {
                    if (caller.isInterrupted()) {
                        giveUp();
                    } else if (report.isOver()) {
                        // What is on its way stays: its end would look like trouble of the tiles that wait for it.
                        isStopped = true;
                    }
                    if (isStopped) {
                        return;
                    }
                    Composer.this.run(step, isRepeatable, i, context);
                }
            }
        }

        void giveUp() {
            isStopped = true;
            if (prefetch != null) {
                // Others may wait for what is on its way.
                prefetch.close();
            }
        }
    }

    /**
     * Steps that a worker takes next. Unless somebody asked for a number they become fewer towards the end, so that nobody has
     * a batch before him when the others have nothing left.
     */
    private int size(int batch, int left) {
        int most = Math.min(batch, left);
        return parallelism.batch() > 0 ? most : Math.max(1, Math.min(most, left / (2 * workers)));
    }

    /** A late fault of a mapped file may hit any step, before it has begun too: a step that was hit is done again. */
    private void run(IndexedStep step, boolean isRepeatable, int index, WorkerContext context) {
        for (int faults = 0; ; faults++) {
            try {
                step.run(index, context);
                return;
            } catch (InternalError e) {
                LoggerFactory.getLogger(Composer.class).debug("{}: {}", loader.name(), e.getMessage());
                if (!isRepeatable || faults == LATE_FAULTS) {
                    throw e;
                }
            }
        }
    }

    private int autoBatch(int count) {
        if (loader.prefetches()) {
            // Together, workers use up what was fetched in its order.
            return 1;
        }
        return Math.max(1, Math.min(MAX_AUTO_BATCH, count / (workers * BATCHES_PER_WORKER)));
    }

    private LoadedTile load(int row, WorkerContext context, Delivery delivery) throws CziException {
        LoadedTile tile = reading.load(row, context, plan.input().composition().masks(), delivery);
        if (!tile.isCached()) {
            decoded.incrementAndGet();
        }
        report.warn(row, tile.warnings());
        try {
            painter.check(tile);
        } catch (Painter.UnsupportedConversionException e) {
            throw CziException.unsupported(
                    loader.nameOf(row),
                    loader.directory().filePosition(row),
                    "subblock " + row + ": " + e.getMessage());
        }
        return tile;
    }

    private void paint(LoadedTile tile, PlannedTile planned, int fromRow, int toRow, WorkerContext context) {
        Span span = observer.begin(Stage.PLACE);
        painter.paint(tile, planned, fromRow, toRow, context);
        if (span.isObserved()) {
            // Where the rows are shared out, the share with the tile's first row stands for the bytes of all.
            int first = plan.reach(List.of(planned)).y();
            boolean hasFirst = fromRow <= first && first < toRow;
            long bytes = hasFirst ? plan.visibleArea(planned) * output.type().bytesPerPixel() : 0;
            span.end(planned.row(), loader.directory().compression(planned.row()), bytes);
        }
    }
}
