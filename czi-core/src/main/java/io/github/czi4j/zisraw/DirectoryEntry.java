package io.github.czi4j.zisraw;

import io.github.czi4j.model.Dimension;
import io.github.czi4j.model.Extent;
import io.github.czi4j.model.OtherDimension;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * One entry of the subblock directory, read in place again and again: a cursor, so that a million entries cost no
 * objects. Also the copy of the entry inside a subblock. Not thread-safe.
 *
 * <p>Schema DV (sheet §2.1), of {@code 32 + 20·n} bytes:
 *
 * <table>
 * <caption>Entry</caption>
 * <tr><th>offset</th><th>type</th><th>field</th></tr>
 * <tr><td>0</td><td>char[2]</td><td>"DV"</td></tr>
 * <tr><td>2</td><td>i32</td><td>pixel type</td></tr>
 * <tr><td>6</td><td>i64</td><td>file position of the subblock</td></tr>
 * <tr><td>14</td><td>i32</td><td>file part</td></tr>
 * <tr><td>18</td><td>i32</td><td>compression</td></tr>
 * <tr><td>22</td><td>u8</td><td>pyramid type</td></tr>
 * <tr><td>28</td><td>i32</td><td>number of dimensions n, 0 to 40</td></tr>
 * <tr><td>32</td><td>20·n</td><td>dimensions</td></tr>
 * </table>
 *
 * <table>
 * <caption>Dimension</caption>
 * <tr><th>offset</th><th>type</th><th>field</th></tr>
 * <tr><td>0</td><td>char[4]</td><td>letter, in any case, and zeros</td></tr>
 * <tr><td>4</td><td>i32</td><td>start: the index, or for X and Y the position</td></tr>
 * <tr><td>8</td><td>i32</td><td>size; 1 as a rule but for X and Y, and of no meaning for M</td></tr>
 * <tr><td>12</td><td>f32</td><td>physical start, not looked at</td></tr>
 * <tr><td>16</td><td>i32</td><td>stored size; 0 means "as size"</td></tr>
 * </table>
 *
 * <p>A letter that is none of X Y Z C T R S I H V B M is kept aside, see {@link #otherDimensions()}.
 *
 * <p>Schema DE (sheet §2.3) is a fixed record of 128 bytes; see {@link #read}.
 */
public final class DirectoryEntry {
    /** What {@link #read} returns where the length of an entry, and so the place of the next, cannot be known. */
    public static final int UNREADABLE = -1;

    private static final int SCHEMA_DV = 'D' | 'V' << 8;
    private static final int SCHEMA_DE = 'D' | 'E' << 8;

    private static final int X = 1 << Dimension.X.ordinal();
    private static final int Y = 1 << Dimension.Y.ordinal();
    private static final int M = 1 << Dimension.M.ordinal();
    private static final int COORDINATE = (1 << Dimension.COORDINATE_COUNT) - 1;

    private final int[] starts = new int[Dimension.values().length];
    private int present;
    private int pixelType;
    private long filePosition;
    private int filePart;
    private int compression;
    private int pyramidType;
    private int sizeX;
    private int sizeY;
    private int storedX;
    private int storedY;
    private String problem;
    private String oddity;
    /** Lists are made only for the few entries that need them. */
    private List<Extent> extents = List.of();

    private List<OtherDimension> otherDimensions = List.of();

    /**
     * Changes where an entry of schema DV says that its subblock is.
     *
     * @param entry from index 0 on, little-endian
     * @param position offset in the first file of a set
     */
    public static void setPosition(ByteBuffer entry, long position) {
        entry.putLong(6, position).putInt(14, 0);
    }

    /**
     * Changes the compression of an entry of schema DV.
     *
     * @param entry from index 0 on, little-endian
     * @param code the compression
     */
    public static void setCompression(ByteBuffer entry, int code) {
        entry.putInt(18, code);
    }

    /**
     * Reads the entry at an offset. What is wrong with it is told by {@link #problem()}.
     *
     * @param bytes little-endian
     * @param at offset of the entry
     * @param limit offset behind the last byte that may belong to it, at most the buffer's limit
     * @return length of the entry in bytes, at least 32, or {@link #UNREADABLE}
     */
    public int read(ByteBuffer bytes, int at, int limit) {
        problem = null;
        oddity = null;
        extents = List.of();
        otherDimensions = List.of();
        present = 0;
        if (limit - at < Layout.DV_FIXED) {
            return unreadable("expected a directory entry, but only " + Math.max(limit - at, 0) + " bytes are left");
        }
        int schema = bytes.getShort(at) & 0xFFFF;
        if (schema == SCHEMA_DV) {
            return readDv(bytes, at, limit);
        }
        if (schema == SCHEMA_DE) {
            return readDe(bytes, at, limit);
        }
        return unreadable("expected a directory entry of schema DV or DE, found 0x" + Integer.toHexString(schema));
    }

    private int unreadable(String reason) {
        problem = reason;
        return UNREADABLE;
    }

    private int readDv(ByteBuffer bytes, int at, int limit) {
        int dimensionCount = bytes.getInt(at + 28);
        if (dimensionCount < 0 || dimensionCount > Layout.MAX_DIMENSIONS) {
            return unreadable(
                    "expected 0 to " + Layout.MAX_DIMENSIONS + " dimensions in an entry, found " + dimensionCount);
        }
        int length = Layout.DV_FIXED + Layout.DV_DIMENSION * dimensionCount;
        if (limit - at < length) {
            return unreadable(
                    "expected a directory entry of " + length + " bytes, but only " + (limit - at) + " bytes are left");
        }
        pixelType = bytes.getInt(at + 2);
        filePosition = bytes.getLong(at + 6);
        filePart = bytes.getInt(at + 14);
        compression = bytes.getInt(at + 18);
        pyramidType = bytes.get(at + 22) & 0xFF;
        for (int d = at + Layout.DV_FIXED, end = at + length; d < end; d += Layout.DV_DIMENSION) {
            Dimension dimension = Dimension.ofLetter(bytes.get(d));
            if (dimension == null && isLetter(bytes, d)) {
                addOther((char) bytes.get(d), bytes.getInt(d + 4), bytes.getInt(d + 8));
                continue;
            }
            if (dimension == null) {
                problem = "expected one of the dimensions X Y Z C T R S I H V B M, found 0x"
                        + Integer.toHexString(bytes.get(d) & 0xFF);
                continue;
            }
            int slot = dimension.ordinal();
            present |= 1 << slot;
            starts[slot] = bytes.getInt(d + 4);
            if (dimension == Dimension.X) {
                sizeX = bytes.getInt(d + 8);
                storedX = storedSize(bytes.getInt(d + 16), sizeX);
            } else if (dimension == Dimension.Y) {
                sizeY = bytes.getInt(d + 8);
                storedY = storedSize(bytes.getInt(d + 16), sizeY);
            } else if (dimension.isCoordinate() && bytes.getInt(d + 8) > 1) {
                addExtent(new Extent(dimension, bytes.getInt(d + 8)));
            }
        }
        checkGeometry();
        return length;
    }

    /** A name as the format has them: one letter and zeros, which bytes of another segment hardly are. */
    private static boolean isLetter(ByteBuffer bytes, int at) {
        int letter = bytes.get(at) & ~0x20;
        return letter >= 'A' && letter <= 'Z' && (bytes.getInt(at) >>> 8) == 0;
    }

    private void addOther(char letter, int start, int size) {
        if (otherDimensions.isEmpty()) {
            otherDimensions = new ArrayList<>();
            oddity = "the dimension '" + letter + "' is none of X Y Z C T R S I H V B M and takes no part in planes";
        }
        otherDimensions.add(new OtherDimension(letter, start, size));
    }

    private void addExtent(Extent extent) {
        if (extents.isEmpty()) {
            extents = new ArrayList<>();
        }
        extents.add(extent);
    }

    private static int storedSize(int stored, int size) {
        return stored == 0 ? size : stored;
    }

    /** All dimensions stand in fixed places; every index is given. */
    private int readDe(ByteBuffer bytes, int at, int limit) {
        if (limit - at < Layout.DE_LENGTH) {
            return unreadable("expected a directory entry of schema DE with " + Layout.DE_LENGTH + " bytes, but only "
                    + (limit - at) + " bytes are left");
        }
        pixelType = bytes.getInt(at + 2);
        filePosition = bytes.getLong(at + 80);
        filePart = bytes.getInt(at + 88);
        compression = bytes.getInt(at + 72);
        pyramidType = 0;
        set(Dimension.X, bytes.getInt(at + 16));
        sizeX = bytes.getInt(at + 20);
        storedX = storedSize(bytes.getInt(at + 6), sizeX);
        set(Dimension.Y, bytes.getInt(at + 24));
        sizeY = bytes.getInt(at + 28);
        storedY = storedSize(bytes.getInt(at + 10), sizeY);
        set(Dimension.C, bytes.getInt(at + 32));
        set(Dimension.Z, bytes.getInt(at + 40));
        set(Dimension.T, bytes.getInt(at + 48));
        set(Dimension.S, bytes.getInt(at + 56));
        set(Dimension.R, bytes.getInt(at + 60));
        set(Dimension.I, bytes.getInt(at + 64));
        set(Dimension.B, bytes.getInt(at + 68));
        set(Dimension.M, bytes.getInt(at + 76));
        set(Dimension.H, bytes.getInt(at + 108));
        checkGeometry();
        return Layout.DE_LENGTH;
    }

    private void set(Dimension dimension, int start) {
        starts[dimension.ordinal()] = start;
        present |= 1 << dimension.ordinal();
    }

    private void checkGeometry() {
        if ((present & (X | Y)) != (X | Y)) {
            sizeX = 0;
            sizeY = 0;
            storedX = 0;
            storedY = 0;
            problem = "expected the dimensions X and Y in a directory entry";
        } else if (sizeX < 1 || sizeY < 1 || storedX < 1 || storedY < 1) {
            problem = "expected sizes of at least 1, found " + sizeX + "×" + sizeY + " stored as " + storedX + "×"
                    + storedY;
        } else if ((long) x() + sizeX > Integer.MAX_VALUE || (long) y() + sizeY > Integer.MAX_VALUE) {
            problem = "expected a place within 32 bits, found " + sizeX + "×" + sizeY + " at " + x() + "," + y();
        }
    }

    /**
     * What is wrong with the entry that was read last.
     *
     * @return a sentence, or null if it is sound
     */
    public String problem() {
        return problem;
    }

    /**
     * What is worth a word about the entry that was read last, be it sound or not.
     *
     * @return the problem, else the oddity, else null
     */
    public String remark() {
        return problem == null ? oddity : problem;
    }

    /**
     * Dimensions of a {@link io.github.czi4j.model.Coordinate} along which the subblock goes on.
     *
     * @return in the order of the entry, which is that of the pixels: the first changes fastest; not changed later
     */
    public List<Extent> extents() {
        return extents;
    }

    /**
     * Dimensions that the format does not define.
     *
     * @return in the order of the entry; not changed later
     */
    public List<OtherDimension> otherDimensions() {
        return otherDimensions;
    }

    /**
     * Whether X and Y, sizes and place make sense, so that the entry stands for a rectangle.
     *
     * @return true if so
     */
    public boolean hasGeometry() {
        return (present & (X | Y)) == (X | Y)
                && sizeX >= 1
                && sizeY >= 1
                && storedX >= 1
                && storedY >= 1
                && (long) x() + sizeX <= Integer.MAX_VALUE
                && (long) y() + sizeY <= Integer.MAX_VALUE;
    }

    /**
     * Which of Z C T R S I H V B the entry has.
     *
     * @return bit {@code Dimension.ordinal()} set for each
     */
    public int coordinateMask() {
        return present & COORDINATE;
    }

    /**
     * The start of a dimension.
     *
     * @param slot its {@code ordinal()}
     * @return the index, or for X and Y the position; meaningless where the entry lacks the dimension
     */
    public int start(int slot) {
        return starts[slot];
    }

    /**
     * Whether the entry has a tile number.
     *
     * @return true if so; the largest and the smallest integer stand for "none" (sheet §2.2)
     */
    public boolean hasM() {
        int m = starts[Dimension.M.ordinal()];
        return (present & M) != 0 && m != Integer.MAX_VALUE && m != Integer.MIN_VALUE;
    }

    /**
     * The tile number.
     *
     * @return meaningless unless {@link #hasM()}
     */
    public int m() {
        return starts[Dimension.M.ordinal()];
    }

    /**
     * Left edge.
     *
     * @return pixels of layer 0
     */
    public int x() {
        return starts[Dimension.X.ordinal()];
    }

    /**
     * Top edge.
     *
     * @return pixels of layer 0
     */
    public int y() {
        return starts[Dimension.Y.ordinal()];
    }

    /**
     * Logical width.
     *
     * @return pixels of layer 0; unchecked
     */
    public int width() {
        return sizeX;
    }

    /**
     * Logical height.
     *
     * @return pixels of layer 0; unchecked
     */
    public int height() {
        return sizeY;
    }

    /**
     * Width of the bitmap.
     *
     * @return pixels; unchecked
     */
    public int storedWidth() {
        return storedX;
    }

    /**
     * Height of the bitmap.
     *
     * @return pixels; unchecked
     */
    public int storedHeight() {
        return storedY;
    }

    /**
     * Code of the pixel type.
     *
     * @return any integer
     */
    public int pixelType() {
        return pixelType;
    }

    /**
     * Code of the compression.
     *
     * @return any integer
     */
    public int compression() {
        return compression;
    }

    /**
     * The pyramid byte.
     *
     * @return 0 to 255
     */
    public int pyramidType() {
        return pyramidType;
    }

    /**
     * Number of the file that holds the subblock.
     *
     * @return any integer
     */
    public int filePart() {
        return filePart;
    }

    /**
     * Offset of the subblock in its file.
     *
     * @return any integer
     */
    public long filePosition() {
        return filePosition;
    }
}
