package io.github.czi4j;

import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Parallelism;
import io.github.czi4j.model.PixelAllocator;
import io.github.czi4j.model.Pixels;
import io.github.czi4j.model.Rect;
import io.github.czi4j.model.TileFailure;
import io.github.czi4j.model.TileWarning;
import io.github.czi4j.mosaic.Composer;
import io.github.czi4j.mosaic.Faults;
import io.github.czi4j.mosaic.Keeping;
import io.github.czi4j.mosaic.Plan;
import io.github.czi4j.mosaic.TileCache;
import io.github.czi4j.mosaic.TileLoader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Composes a plan block by block. Tiles that lie in two blocks are kept from one to the next as far as memory goes. */
final class BlockStream {
    /** Blocks are a multiple of this high, so that their number does not hang on a few bytes of heap. */
    private static final int ROW_STEP = 16;

    private final String file;
    private final Plan plan;
    private final int workers;
    private final int rows;
    private final long cacheBytes;
    private final long bufferBytes;

    /**
     * Chooses the size of the blocks.
     *
     * @param wantedRows rows of a block; 0 for as many as half of the memory allows
     * @param memoryLimit bytes that all of it may take
     * @param bufferBytes what of them the source may take for itself
     */
    BlockStream(String file, Plan plan, int workers, int wantedRows, long memoryLimit, long bufferBytes)
            throws CziException {
        this.file = file;
        this.bufferBytes = bufferBytes;
        long memory = memoryLimit - bufferBytes;
        this.plan = plan;
        this.workers = workers;
        this.rows = wantedRows > 0 ? Math.min(wantedRows, plan.height()) : fittingRows(memory / 2);
        long withoutCache = plan.peakBytes(workers, rows, 0);
        if (!fitsArray(rows) || withoutCache > memory) {
            throw CziException.limit(
                    file,
                    "blocks of " + plan.width() + "×" + rows + " pixels need about " + (withoutCache + bufferBytes)
                            + " bytes, but the memory limit is " + memoryLimit);
        }
        long room = memory - plan.peakBytes(workers, rows, 1);
        this.cacheBytes = Math.max(0, Math.min(plan.bytesAcross(rows), room / 2));
    }

    private boolean fitsArray(int count) {
        return Pixels.elements(plan.width(), count, plan.input().pixelType()) <= Pixels.MAX_ELEMENTS;
    }

    private int fittingRows(long budget) {
        int low = 1;
        int high = plan.height();
        while (low < high) {
            int middle = low + (high - low + 1) / 2;
            if (plan.peakBytes(workers, middle, 0) <= budget && fitsArray(middle)) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low >= 2 * ROW_STEP && low < plan.height() ? low - low % ROW_STEP : low;
    }

    BlockReport run(
            TileLoader loader,
            Parallelism parallelism,
            boolean strict,
            List<String> notes,
            PixelAllocator allocator,
            MosaicBlock.Sink sink)
            throws IOException {
        BitSet across = plan.tilesAcross(rows);
        TileLoader keeping = loader.keeping(new TileCache(cacheBytes), Keeping.some(plan, strict, across));
        Map<Integer, TileFailure> failures = new TreeMap<>();
        Set<TileWarning> warnings = new LinkedHashSet<>();
        long decoded = 0;
        int blocks = 0;
        for (int first = 0; first < plan.height(); first += rows) {
            int end = (int) Math.min(plan.height(), (long) first + rows);
            int begin = first;
            Composer.Result result = Faults.again(
                    file, () -> Composer.compose(plan, keeping, parallelism, workers, strict, begin, end, allocator));
            result.failures().forEach(failure -> failures.merge(failure.index(), failure, BlockStream::join));
            warnings.addAll(result.warnings());
            decoded += result.decoded();
            blocks++;
            sink.accept(new MosaicBlock(first, result.pixels()));
            if (end == plan.height()) {
                break;
            }
        }
        return new BlockReport(
                plan.width(),
                plan.height(),
                rows,
                blocks,
                decoded,
                List.copyOf(failures.values()),
                List.copyOf(warnings),
                notes,
                plan.peakBytes(workers, rows, cacheBytes) + bufferBytes);
    }

    /** Holes of one tile in two blocks. */
    private static TileFailure join(TileFailure one, TileFailure other) {
        List<Rect> holes = new ArrayList<>(one.holes());
        holes.addAll(other.holes());
        return new TileFailure(one.index(), one.filePosition(), one.reason(), List.copyOf(holes));
    }
}
