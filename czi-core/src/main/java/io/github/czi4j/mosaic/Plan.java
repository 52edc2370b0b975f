package io.github.czi4j.mosaic;

import io.github.czi4j.index.SubblockDirectory;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.Downscaling;
import io.github.czi4j.model.Extent;
import io.github.czi4j.model.Rect;
import io.github.czi4j.model.SubblockInfo;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * What a mosaic needs, before a pixel is read. Immutable.
 */
public final class Plan {
    /** Payload as stored, a step between, and the bitmap: what one worker holds, in bitmaps. */
    private static final int BITMAPS_PER_WORKER = 3;
    /** More bitmaps than all workers together hold: keeps sums of them from overflowing. */
    private static final long MOST_COPIES = 1L << 16;

    private final SubblockDirectory directory;
    private final PlanInput input;
    private final Canvas canvas;
    private final List<PlannedTile> tiles;
    private final int[] hidden;
    private final boolean disjoint;

    Plan(
            SubblockDirectory directory,
            PlanInput input,
            Canvas canvas,
            List<PlannedTile> tiles,
            int[] hidden,
            boolean disjoint) {
        this.directory = directory;
        this.input = input;
        this.canvas = canvas;
        this.tiles = List.copyOf(tiles);
        this.hidden = hidden;
        this.disjoint = disjoint;
    }

    /**
     * The request.
     *
     * @return as planned
     */
    public PlanInput input() {
        return input;
    }

    /**
     * Width of the output.
     *
     * @return pixels
     */
    public int width() {
        return canvas.outputWidth();
    }

    /**
     * Height of the output.
     *
     * @return pixels
     */
    public int height() {
        return canvas.outputHeight();
    }

    SubblockDirectory directory() {
        return directory;
    }

    Canvas canvas() {
        return canvas;
    }

    List<PlannedTile> tiles() {
        return tiles;
    }

    /**
     * Whether visible parts are disjoint. Otherwise tiles must be painted one after the other.
     *
     * @return true as a rule
     */
    public boolean isDisjoint() {
        return disjoint;
    }

    /**
     * Number of subblocks to read.
     *
     * @return at least 0
     */
    public int tileCount() {
        return tiles.size();
    }

    /**
     * A subblock to read, in draw order: later ones lie on top.
     *
     * @param i 0 to {@code tileCount() - 1}
     * @return what the directory says of it
     */
    public SubblockInfo tile(int i) {
        return directory.info(tiles.get(i).row());
    }

    /**
     * The parts of the output that a subblock fills.
     *
     * @param i 0 to {@code tileCount() - 1}
     * @return output pixels; disjoint among all subblocks unless they are averaged, blended, masked, or too many
     *     overlap
     */
    public List<Rect> visibleParts(int i) {
        return tiles.get(i).visible().stream().map(canvas::toOutput).toList();
    }

    /** The output rows and columns that some tiles reach; not empty. */
    Rect reach(List<PlannedTile> some) {
        Rect reach = canvas.toOutput(some.get(0).destination());
        for (PlannedTile tile : some) {
            reach = reach.union(canvas.toOutput(tile.destination()));
        }
        return reach;
    }

    /** Output pixels that a tile fills, where they are shared by its share. */
    long visibleArea(PlannedTile tile) {
        return canvas.outputArea(tile.visibleArea());
    }

    /**
     * Where the layers that suit the zoom have no tile, but others have, and so the background shows. Looked for at each
     * call.
     *
     * @return disjoint output pixels; empty where a layer was asked for by its number
     */
    public List<Rect> gaps() {
        // In pixels of the output, however those come about.
        PlanInput nearest = input.with(input.composition().downscaling(Downscaling.NEAREST));
        return Selection.of(directory, nearest) instanceof ZoomSelection selection ? selection.gaps() : List.of();
    }

    /**
     * Subblocks that touch the region but are hidden by others, and so are not read.
     *
     * @return indices in the directory, ascending
     */
    public int[] hidden() {
        return hidden.clone();
    }

    /**
     * Size of the result.
     *
     * @return bytes
     */
    public long outputBytes() {
        return Math.multiplyFull(width(), height()) * input.pixelType().bytesPerPixel();
    }

    /** Sums and weights behind the output, where pixels are means of several. */
    private long sumBytes() {
        int numbers = input.pixelType().samplesPerPixel() + 1;
        return input.composition().isBlended() ? Math.multiplyFull(width(), height()) * numbers * Double.BYTES : 0;
    }

    /**
     * Pixels that the subblocks to read hold, over pixels of the output that they fill.
     *
     * @return 1 where nothing is read in vain
     */
    public double pixelAmplification() {
        long decoded = 0;
        long delivered = 0;
        for (PlannedTile tile : tiles) {
            decoded += (long) directory.storedWidth(tile.row()) * directory.storedHeight(tile.row());
            delivered += visibleArea(tile);
        }
        return delivered == 0 ? 0 : (double) decoded / delivered;
    }

    /**
     * The most memory that the execution takes.
     *
     * @param workers number of workers
     * @return bytes: the result, what it is summed up in, and the bitmaps in work
     */
    public long peakBytes(int workers) {
        return outputBytes()
                + sumBytes()
                + BITMAPS_PER_WORKER * largestTileBytes() * Math.min(workers, Math.max(1, tiles.size()));
    }

    /**
     * The most memory that the execution takes if it goes by so many rows at a time.
     *
     * @param workers number of workers
     * @param rows of the output, at least 1
     * @param cacheBytes what tiles may take that are kept from one time to the next
     * @return bytes: the rows, what they are summed up in, the bitmaps in work and those that are kept
     */
    public long peakBytes(int workers, int rows, long cacheBytes) {
        double share = Math.min(1, (double) rows / Math.max(1, height()));
        // A tile to be kept may have to be copied out of the worker's memory.
        int bitmaps = BITMAPS_PER_WORKER + (cacheBytes > 0 ? 1 : 0);
        long tilesInWork = bitmaps * largestTileBytes() * Math.min(workers, Math.max(1, tiles.size()));
        return (long) ((outputBytes() + sumBytes()) * share) + tilesInWork + cacheBytes;
    }

    /**
     * Which tiles are seen in more than one of the blocks that so many rows at a time make.
     *
     * @param rows of the output, at least 1
     * @return by index in the directory
     */
    public BitSet tilesAcross(int rows) {
        BitSet across = new BitSet();
        for (PlannedTile tile : tiles) {
            Rect reach = reachOfVisible(tile);
            if (reach.y() / rows != (reach.bottom() - 1) / rows) {
                across.set(tile.row());
            }
        }
        return across;
    }

    /**
     * What the tiles take that are seen in a block and in another one, where that is most.
     *
     * @param rows of the output, at least 1
     * @return bytes, decoded
     */
    public long bytesAcross(int rows) {
        long[] bytes = new long[(height() - 1) / rows + 2];
        for (PlannedTile tile : tiles) {
            Rect reach = reachOfVisible(tile);
            int first = reach.y() / rows;
            int last = (reach.bottom() - 1) / rows;
            for (int block = first; block <= last && first != last; block++) {
                bytes[block] += tileBytes(tile.row());
            }
        }
        return Arrays.stream(bytes).max().orElse(0);
    }

    private Rect reachOfVisible(PlannedTile tile) {
        int top = Integer.MAX_VALUE;
        int bottom = 0;
        for (Rect part : tile.visible()) {
            Rect reach = canvas.toOutput(part);
            top = Math.min(top, reach.y());
            bottom = Math.max(bottom, reach.bottom());
        }
        return bottom <= top ? new Rect(0, 0, 1, 1) : new Rect(0, top, 1, bottom - top);
    }

    private long tileBytes(int row) {
        long pixels = (long) directory.storedWidth(row) * directory.storedHeight(row);
        // Of compressed subblocks with several bitmaps all must be decoded for one that is not the first.
        boolean isWhole = input.within() != null && directory.compression(row) != Compression.UNCOMPRESSED;
        long bitmaps = isWhole ? Extent.planes(directory.extents(row)) : 1;
        long bytes = pixels * directory.pixelType(row).bytesPerPixel();
        return bytes > Long.MAX_VALUE / MOST_COPIES / bitmaps ? Long.MAX_VALUE / MOST_COPIES : bytes * bitmaps;
    }

    /** What the bitmap of the largest tile takes, 0 without tiles. */
    long largestTileBytes() {
        long largest = 0;
        for (PlannedTile tile : tiles) {
            largest = Math.max(largest, tileBytes(tile.row()));
        }
        return largest;
    }
}
