package io.github.czi4j.index;

import io.github.czi4j.io.ByteSource;
import io.github.czi4j.model.Bounds;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.Coordinate;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Dimension;
import io.github.czi4j.model.Extent;
import io.github.czi4j.model.OtherDimension;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.PyramidLayer;
import io.github.czi4j.model.Rect;
import io.github.czi4j.model.SubblockInfo;
import io.github.czi4j.zisraw.DirectoryEntry;
import io.github.czi4j.zisraw.DirectorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * All subblocks of a file as columns: row i is entry i of the directory. About 20 to 40 bytes a subblock; a
 * {@link SubblockInfo} is made only when somebody looks at one. Immutable and thread-safe; bounds, planes and spatial
 * indices are made on first need.
 */
public final class SubblockDirectory {
    private final int size;
    private final int[] x;
    private final int[] y;
    private final IntColumn width;
    private final IntColumn height;
    private final IntColumn storedWidth;
    private final IntColumn storedHeight;
    private final IntColumn m;
    private final IntColumn[] coordinate;
    private final IntColumn kind;
    private final KindTable kinds;
    private final long[] filePosition;
    private final DirectoryReport report;
    private final int unsoundCount;

    private volatile Bounds bounds;
    private volatile PlaneTable planes;
    private volatile long[] sortedPositions;

    SubblockDirectory(DirectoryBuilder builder, DirectoryReport report) {
        this.size = builder.size;
        this.x = builder.x;
        this.y = builder.y;
        this.width = builder.width;
        this.height = builder.height;
        this.storedWidth = builder.storedWidth;
        this.storedHeight = builder.storedHeight;
        this.m = builder.m;
        this.coordinate = builder.coordinate;
        this.kind = builder.kind;
        this.kinds = builder.kinds;
        this.filePosition = builder.filePosition;
        this.report = report;
        this.unsoundCount = builder.unsoundCount;
    }

    /**
     * Reads the directory of a file.
     *
     * @param source the file
     * @param position offset of the directory segment
     * @param memoryLimit bytes that the columns may take
     * @return the directory
     * @throws CziException if there is none at that position, its count makes no sense, or it needs more memory
     */
    public static SubblockDirectory read(ByteSource source, long position, long memoryLimit) throws CziException {
        DirectoryBuilder builder = new DirectoryBuilder(source, memoryLimit);
        DirectorySegment.read(source, position, builder);
        return builder.build();
    }

    /**
     * A directory without subblocks, of a file that has none.
     *
     * @return an empty directory
     */
    public static SubblockDirectory empty() {
        return new DirectoryBuilder(null, 0).build();
    }

    /**
     * Number of subblocks.
     *
     * @return at least 0
     */
    public int size() {
        return size;
    }

    /**
     * Whether an entry says of a subblock what this directory says: types, place, sizes, indices; not where it lies.
     *
     * @param row index of the subblock
     * @param entry a sound entry, for instance the copy inside the subblock
     * @return true if so
     */
    public boolean agreesWith(int row, DirectoryEntry entry) {
        boolean isSame = entry.pixelType() == pixelTypeCode(row)
                && entry.compression() == compressionCode(row)
                && entry.x() == x(row)
                && entry.y() == y(row)
                && entry.width() == width(row)
                && entry.height() == height(row)
                && entry.storedWidth() == storedWidth(row)
                && entry.storedHeight() == storedHeight(row)
                && (entry.hasM() ? entry.m() : Long.MIN_VALUE) == mOrLowest(row);
        for (Dimension dimension : Dimension.ofCoordinate()) {
            boolean has = (entry.coordinateMask() >>> dimension.ordinal() & 1) != 0;
            isSame = isSame
                    && has == has(row, dimension)
                    && (!has || entry.start(dimension.ordinal()) == index(row, dimension));
        }
        return isSame;
    }

    /**
     * What was odd about the entries.
     *
     * @return the report
     */
    public DirectoryReport report() {
        return report;
    }

    /**
     * All that is known of one subblock, as an object.
     *
     * @param row its index
     * @return a new value; a subblock without a sound place has an empty rectangle
     */
    public SubblockInfo info(int row) {
        KindTable.Kind k = kinds.get(kind.get(row));
        boolean sound = k.sound();
        return new SubblockInfo(
                row,
                coordinate(row),
                k.hasM() ? OptionalInt.of(m.get(row)) : OptionalInt.empty(),
                sound ? logical(row) : Rect.EMPTY,
                sound ? storedWidth.get(row) : 0,
                sound ? storedHeight.get(row) : 0,
                PixelType.ofCode(k.pixelType()),
                k.pixelType(),
                Compression.ofCode(k.compression()),
                k.compression(),
                k.pyramidType(),
                k.filePart(),
                filePosition[row],
                k.extents(),
                k.otherDimensions());
    }

    /**
     * Whether the entry has a place and sizes that make sense; others take no part in mosaics.
     *
     * @param row its index
     * @return true if so
     */
    public boolean isSound(int row) {
        return kinds.get(kind.get(row)).sound();
    }

    /**
     * Number of subblocks that are not {@linkplain #isSound sound}.
     *
     * @return 0 as a rule
     */
    public int unsoundCount() {
        return unsoundCount;
    }

    /**
     * Place in the document.
     *
     * @param row index of a sound subblock
     * @return pixels of layer 0
     */
    public Rect logical(int row) {
        return new Rect(x[row], y[row], width.get(row), height.get(row));
    }

    /**
     * Left edge.
     *
     * @param row index of a subblock
     * @return pixels of layer 0
     */
    public int x(int row) {
        return x[row];
    }

    /**
     * Top edge.
     *
     * @param row index of a subblock
     * @return pixels of layer 0
     */
    public int y(int row) {
        return y[row];
    }

    /**
     * Logical width.
     *
     * @param row index of a subblock
     * @return pixels of layer 0
     */
    public int width(int row) {
        return width.get(row);
    }

    /**
     * Logical height.
     *
     * @param row index of a subblock
     * @return pixels of layer 0
     */
    public int height(int row) {
        return height.get(row);
    }

    /**
     * Width of the bitmap.
     *
     * @param row index of a subblock
     * @return pixels
     */
    public int storedWidth(int row) {
        return storedWidth.get(row);
    }

    /**
     * Height of the bitmap.
     *
     * @param row index of a subblock
     * @return pixels
     */
    public int storedHeight(int row) {
        return storedHeight.get(row);
    }

    /**
     * Whether the bitmap has the full resolution.
     *
     * @param row index of a subblock
     * @return true if stored and logical size are equal
     */
    public boolean isLayer0(int row) {
        return storedWidth.get(row) == width.get(row) && storedHeight.get(row) == height.get(row);
    }

    /**
     * Scale of the bitmap (sheet §7.5): stored over logical extent along the larger stored side, in single precision as
     * libCZI computes it.
     *
     * @param row index of a sound subblock
     * @return 1 for layer 0, less for pyramid tiles
     */
    public float zoom(int row) {
        int w = storedWidth.get(row);
        int h = storedHeight.get(row);
        return w > h ? (float) w / width.get(row) : (float) h / height.get(row);
    }

    /**
     * The layer of a subblock in a pyramid (sheet §7.4), by its larger stored side.
     *
     * @param row index of a sound subblock
     * @param pyramid says the factor
     * @return at least 0
     */
    public int layer(int row, PyramidLayer pyramid) {
        int w = storedWidth.get(row);
        int h = storedHeight.get(row);
        return w > h ? pyramid.layerOf(width.get(row), w) : pyramid.layerOf(height.get(row), h);
    }

    /**
     * Whether the subblocks lie in the file one behind the other in the order of the directory.
     *
     * @return looked at on each call
     */
    public boolean isInFileOrder() {
        for (int row = 1; row < size; row++) {
            if (filePosition[row] < filePosition[row - 1]) {
                return false;
            }
        }
        return true;
    }

    /**
     * The tile number as a key for sorting.
     *
     * @param row index of a subblock
     * @return the number, or one less than any for a subblock without
     */
    public long mOrLowest(int row) {
        return kinds.get(kind.get(row)).hasM() ? m.get(row) : Long.MIN_VALUE;
    }

    /**
     * Whether the subblock has an index along a dimension.
     *
     * @param row index of a subblock
     * @param dimension Z to B
     * @return true if so
     */
    public boolean has(int row, Dimension dimension) {
        return (coordinateMask(row) >>> dimension.ordinal() & 1) != 0;
    }

    /**
     * Index along a dimension.
     *
     * @param row index of a subblock that {@linkplain #has has} it
     * @param dimension Z to B
     * @return the index
     */
    public int index(int row, Dimension dimension) {
        return coordinate[dimension.ordinal()].get(row);
    }

    /**
     * Dimensions along which the subblock goes on beyond its index.
     *
     * @param row index of a subblock
     * @return those that change fastest first; empty as a rule
     */
    public List<Extent> extents(int row) {
        return kinds.get(kind.get(row)).extents();
    }

    /** Dimensions of unknown letters. */
    List<OtherDimension> otherDimensions(int row) {
        return kinds.get(kind.get(row)).otherDimensions();
    }

    /**
     * Whether any subblock goes on beyond its index along some dimension.
     *
     * @return false as a rule
     */
    public boolean hasExtents() {
        return kinds.hasExtents();
    }

    int coordinateMask(int row) {
        return kinds.get(kind.get(row)).coordinateMask();
    }

    /** Whether all subblocks agree in this dimension: either all lack it, or all have the same index. */
    boolean isUniform(Dimension dimension) {
        return coordinate[dimension.ordinal()].isConstant() && kinds.agreeOn(dimension);
    }

    /**
     * Indices along Z C T R S I H V B.
     *
     * @param row index of a subblock
     * @return a new value
     */
    public Coordinate coordinate(int row) {
        Coordinate result = Coordinate.EMPTY;
        for (Dimension dimension : Dimension.ofCoordinate()) {
            if (has(row, dimension)) {
                result = result.with(dimension, index(row, dimension));
            }
        }
        return result;
    }

    /**
     * Layout of the pixels.
     *
     * @param row index of a subblock
     * @return the type
     */
    public PixelType pixelType(int row) {
        return PixelType.ofCode(pixelTypeCode(row));
    }

    /**
     * The code that is stored for the pixel type.
     *
     * @param row index of a subblock
     * @return any integer
     */
    public int pixelTypeCode(int row) {
        return kinds.get(kind.get(row)).pixelType();
    }

    /**
     * How the pixels are stored.
     *
     * @param row index of a subblock
     * @return the compression
     */
    public Compression compression(int row) {
        return Compression.ofCode(compressionCode(row));
    }

    /**
     * The code that is stored for the compression.
     *
     * @param row index of a subblock
     * @return any integer
     */
    public int compressionCode(int row) {
        return kinds.get(kind.get(row)).compression();
    }

    /**
     * Number of the file that holds the subblock.
     *
     * @param row index of a subblock
     * @return 0 for the first or only file
     */
    public int filePart(int row) {
        return kinds.get(kind.get(row)).filePart();
    }

    /** The pyramid byte. */
    int pyramidType(int row) {
        return kinds.get(kind.get(row)).pyramidType();
    }

    /**
     * Where the subblock's segment begins.
     *
     * @param row index of a subblock
     * @return offset in its file
     */
    public long filePosition(int row) {
        return filePosition[row];
    }

    /**
     * Where the next subblock of the file begins, which tells about how long this one is before it is looked at (sheet §10).
     * The first call sorts all positions.
     *
     * @param row index of a subblock, of a file that is no set
     * @return offset in its file; the highest number behind the last one
     */
    public long nextFilePosition(int row) {
        long[] sorted = sortedPositions;
        if (sorted == null) {
            sorted = filePosition.clone();
            Arrays.sort(sorted);
            sortedPositions = sorted;
        }
        // All positions up to this one lie before "low"; equal ones may be many.
        int low = 0;
        for (int high = sorted.length; low < high; ) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] <= filePosition[row]) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low < sorted.length ? sorted[low] : Long.MAX_VALUE;
    }

    /**
     * Numbers of the files that the subblocks lie in, by the directory.
     *
     * @return distinct, in the order of their first subblocks
     */
    public int[] fileParts() {
        return kinds.fileParts();
    }

    /**
     * Counts subblocks by what they have in common, for summaries.
     *
     * @param sink called once for each combination of pixel type, compression and layer
     */
    public void summarise(SummarySink sink) {
        kinds.summarise(this, kind, sink);
    }

    /** Receives a summary of the directory. */
    @FunctionalInterface
    public interface SummarySink {
        /**
         * Takes one combination.
         *
         * @param pixelTypeCode code of the pixel type
         * @param compressionCode code of the compression
         * @param count number of subblocks, at least 1
         */
        void accept(int pixelTypeCode, int compressionCode, int count);
    }

    /**
     * What the document spans.
     *
     * @return computed on the first call in one pass
     */
    public Bounds bounds() {
        Bounds result = bounds;
        if (result == null) {
            synchronized (this) {
                result = bounds;
                if (result == null) {
                    result = BoundsScan.of(this);
                    bounds = result;
                }
            }
        }
        return result;
    }

    /**
     * The planes.
     *
     * @return made on the first call
     */
    public PlaneTable planes() {
        PlaneTable result = planes;
        if (result == null) {
            synchronized (this) {
                result = planes;
                if (result == null) {
                    result = PlaneTable.of(this);
                    planes = result;
                }
            }
        }
        return result;
    }

    /**
     * Heap that the columns take, without planes and spatial indices.
     *
     * @return bytes
     */
    public long heapBytes() {
        long bytes = 4L * x.length
                + 4L * y.length
                + 8L * filePosition.length
                + width.heapBytes()
                + height.heapBytes()
                + storedWidth.heapBytes()
                + storedHeight.heapBytes()
                + m.heapBytes()
                + kind.heapBytes();
        for (IntColumn column : coordinate) {
            bytes += column.heapBytes();
        }
        return bytes;
    }
}
