package io.github.czi4j;

import io.github.czi4j.index.DirectoryReport;
import io.github.czi4j.index.SubblockDirectory;
import io.github.czi4j.io.ByteSource;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Dimension;
import io.github.czi4j.model.IndexRange;
import io.github.czi4j.model.Parallelism;
import io.github.czi4j.model.PixelAllocator;
import io.github.czi4j.model.PixelShift;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Pixels;
import io.github.czi4j.mosaic.Composer;
import io.github.czi4j.mosaic.Faults;
import io.github.czi4j.mosaic.Keeping;
import io.github.czi4j.mosaic.Plan;
import io.github.czi4j.mosaic.PlanInput;
import io.github.czi4j.mosaic.Planner;
import io.github.czi4j.mosaic.TileCache;
import io.github.czi4j.mosaic.TileLoader;
import io.github.czi4j.mosaic.TilesAhead;
import io.github.czi4j.observe.Observer;
import io.github.czi4j.observe.Span;
import io.github.czi4j.observe.Stage;
import io.github.czi4j.zisraw.FileSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Mosaics of one open file: from the request over the plan to the pixels, within the memory that is allowed. */
final class MosaicReader {
    private final CziReader reader;
    private final FileSet files;
    private final ByteSource source;
    private final Contents contents;
    private final SubblockDirectory directory;
    private final TileLoader loader;
    /** Keeps tiles at the edges of regions; null for none, or where the loader keeps all. */
    private final TileCache edges;

    private final TilesAhead ahead;

    private final CziOptions options;
    private final Observer observer;

    MosaicReader(
            CziReader reader,
            FileSet files,
            Contents contents,
            TileLoader loader,
            TileCache cache,
            CziOptions options,
            Observer observer) {
        this.reader = reader;
        this.files = files;
        this.source = files.main();
        this.contents = contents;
        this.directory = contents.directory();
        this.loader = loader;
        this.edges = loader.keepsTiles() ? null : cache;
        this.ahead = new TilesAhead(options.isReadingAhead() ? cache : null, loader.keepsTiles());
        this.options = options;
        this.observer = observer;
    }

    /** Memory of the result is counted, or is the caller's affair. */
    private enum Image {
        NEW,
        CALLERS
    }

    MosaicPlan plan(MosaicRequest request) throws CziException {
        Plan plan = makePlan(request);
        int workers = workers(plan, request, Image.NEW);
        int workersInto = workers(plan, request, Image.CALLERS);
        MosaicPlan into = new MosaicPlan(plan, workersInto, peakBytes(plan, workersInto, Image.CALLERS), null);
        return new MosaicPlan(plan, workers, peakBytes(plan, workers, Image.NEW), into);
    }

    private Plan makePlan(MosaicRequest request) throws CziException {
        Span span = observer.begin(Stage.INDEX);
        PlanInput input = new RequestResolver(source.name(), directory).resolve(request, shift(request));
        directory.planes().matching(input.plane());
        span.end(0);
        span = observer.begin(Stage.PLAN);
        Plan plan = Planner.plan(directory, input);
        span.end(0);
        return plan;
    }

    private PixelShift shift(MosaicRequest request) throws CziException {
        if (!request.isPixelShifted()) {
            return PixelShift.NONE;
        }
        int channel = request.plane()
                .getOrDefault(
                        Dimension.C,
                        directory
                                .bounds()
                                .range(Dimension.C)
                                .map(IndexRange::min)
                                .orElse(0));
        return reader.pixelShifts().getOrDefault(channel, PixelShift.NONE);
    }

    private int workers(Plan plan, MosaicRequest request, Image image) {
        int workers = Composer.workers(plan, directory, parallelism(request));
        while (workers > 1 && peakBytes(plan, workers, image) > options.memoryLimit()) {
            workers--;
        }
        return workers;
    }

    private long peakBytes(Plan plan, int workers, Image image) {
        return plan.peakBytes(workers) + source.bufferBytes() - (image == Image.NEW ? 0 : plan.outputBytes());
    }

    Parallelism parallelism(MosaicRequest request) {
        return request.parallelism().orElse(options.parallelism());
    }

    Mosaic read(MosaicRequest request, PixelAllocator allocator) throws CziException {
        return read(makePlan(request), request, Image.NEW, allocator);
    }

    Mosaic read(MosaicRequest request, Pixels destination) throws CziException {
        Plan plan = makePlan(request);
        check(destination, plan.width(), plan.height(), plan.input().pixelType());
        return read(plan, request, Image.CALLERS, (width, height, type) -> destination);
    }

    /** An allocator whose bitmaps are what was asked for. */
    static PixelAllocator checked(PixelAllocator allocator) {
        return (width, height, type) -> {
            Pixels pixels = allocator.allocate(width, height, type);
            check(pixels, width, height, type);
            return pixels;
        };
    }

    private static void check(Pixels destination, int width, int height, PixelType type) {
        if (destination.width() != width || destination.height() != height || destination.type() != type) {
            throw new IllegalArgumentException("the destination has " + destination.width() + "×" + destination.height()
                    + " " + destination.type().label() + " pixels, but what is read has " + width + "×" + height + " "
                    + type.label());
        }
    }

    private Mosaic read(Plan plan, MosaicRequest request, Image image, PixelAllocator allocator) throws CziException {
        int workers = workers(plan, request, image);
        long peak = peakBytes(plan, workers, image);
        if (Pixels.elements(plan.width(), plan.height(), plan.input().pixelType()) > Pixels.MAX_ELEMENTS
                || peak > options.memoryLimit()) {
            throw CziException.limit(
                    source.name(),
                    "a mosaic of " + plan.width() + "×" + plan.height() + " "
                            + plan.input().pixelType().label() + " needs about " + peak
                            + " bytes, but the memory limit is " + options.memoryLimit()
                            + " and an array holds " + Pixels.MAX_ELEMENTS
                            + " samples; ask for a smaller region or zoom");
        }
        boolean strict = request.strictness().orElse(options.isStrict());
        List<String> notes = notes(strict);
        Reading reading = new Reading(plan, parallelism(request), workers, peak, strict, allocator);
        return Faults.again(source.name(), () -> new Mosaic(plan, compose(reading), notes));
    }

    /** A plan, and how it is carried out. */
    private record Reading(
            Plan plan, Parallelism parallelism, int workers, long peak, boolean strict, PixelAllocator allocator) {}

    private Composer.Result compose(Reading reading) throws CziException {
        Plan plan = reading.plan;
        boolean strict = reading.strict;
        long spare = options.memoryLimit() - reading.peak;
        TileLoader loading = keeping(plan, Keeping.edges(plan, strict));
        try {
            ahead.enter(plan, next -> keeping(next, Keeping.all(next, strict)), reading.parallelism, spare);
            return Composer.compose(
                    plan, loading, reading.parallelism, reading.workers, strict, 0, plan.height(), reading.allocator);
        } finally {
            ahead.leave();
        }
    }

    private TileLoader keeping(Plan plan, Keeping keeping) {
        TileLoader plain = loaderOf(plan);
        boolean isKeeping = plan.input().within() == null && (edges != null || plain.keepsTiles());
        return isKeeping ? plain.keeping(edges, keeping) : plain;
    }

    /** Ends what goes on beside the calls. */
    void close() {
        ahead.close();
    }

    private TileLoader loaderOf(Plan plan) {
        return plan.input().within() == null
                ? loader
                : loader.within(plan.input().within());
    }

    BlockReport readBlocks(MosaicRequest request, int rows, PixelAllocator allocator, MosaicBlock.Sink sink)
            throws IOException {
        if (rows < 0) {
            throw new IllegalArgumentException("blocks of " + rows + " rows");
        }
        Plan plan = makePlan(request);
        int workers = Composer.workers(plan, directory, parallelism(request));
        long memory = options.memoryLimit() - source.bufferBytes();
        while (workers > 1 && plan.peakBytes(workers, 1, 0) > memory / 4) {
            workers--;
        }
        boolean strict = request.strictness().orElse(options.isStrict());
        List<String> notes = notes(strict);
        return new BlockStream(source.name(), plan, workers, rows, options.memoryLimit(), source.bufferBytes())
                .run(loaderOf(plan), parallelism(request), strict, notes, allocator, sink);
    }

    /** What is odd about the file as a whole. */
    private List<String> notes(boolean strict) throws CziException {
        List<String> notes = new ArrayList<>();
        DirectoryReport report = directory.report();
        if (report.missing() > 0) {
            notes.add("the directory is damaged: " + report.missing() + " of " + report.announced()
                    + " subblocks are lost");
        }
        if (contents.isRecovered()) {
            notes.add("the directory was made anew by a scan: subblocks that are lost leave no trace in it");
        }
        for (int part : MissingParts.unlisted(files, directory)) {
            notes.add("part " + part + " of the set of files is missing: its subblocks leave no trace");
        }
        if (directory.unsoundCount() > 0) {
            notes.add(directory.unsoundCount() + " subblocks have no sound place in the directory");
        }
        if (strict && !notes.isEmpty()) {
            throw CziException.corrupt(source.name(), contents.header().directoryPosition(), notes.get(0));
        }
        return notes;
    }
}
