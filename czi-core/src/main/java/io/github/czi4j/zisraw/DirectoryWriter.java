package io.github.czi4j.zisraw;

import io.github.czi4j.model.Coordinate;
import io.github.czi4j.model.Dimension;
import io.github.czi4j.model.Rect;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Collects the entries of a subblock directory as bytes, in pieces: a million entries are no million objects, but about
 * as many bytes as they take in the file. For the layout see {@link DirectoryEntry}. Not thread-safe.
 */
public final class DirectoryWriter {
    /**
     * Well below half a heap region of the default collector, which is 1 MiB or more: it rounds larger arrays up to whole
     * regions, and an array of just 1 MiB takes two of them, with its header.
     */
    private static final int CHUNK = 1 << 18;

    private final List<ByteBuffer> chunks = new ArrayList<>();
    private int count;

    /**
     * Lays out an entry of schema DV.
     *
     * @param pixelType code
     * @param compression code
     * @param pyramidType 0 for layer 0, 2 for a pyramid tile
     * @param filePosition offset of the subblock
     * @param logical place in the document
     * @param storedWidth width of the bitmap
     * @param storedHeight height of the bitmap
     * @param coordinate indices
     * @param mIndex tile number, if any
     * @return the entry, from position 0 to limit
     */
    public static ByteBuffer entry(
            int pixelType,
            int compression,
            int pyramidType,
            long filePosition,
            Rect logical,
            int storedWidth,
            int storedHeight,
            Coordinate coordinate,
            OptionalInt mIndex) {
        ByteBuffer entry =
                ByteBuffer.allocate(Layout.DV_FIXED + 12 * Layout.DV_DIMENSION).order(ByteOrder.LITTLE_ENDIAN);
        entry.put((byte) 'D').put((byte) 'V').putInt(pixelType).putLong(filePosition);
        entry.putInt(0).putInt(compression).put((byte) pyramidType);
        entry.position(Layout.DV_FIXED);
        dimension(entry, Dimension.X, logical.x(), logical.width(), storedWidth);
        dimension(entry, Dimension.Y, logical.y(), logical.height(), storedHeight);
        for (Dimension dimension : Dimension.ofCoordinate()) {
            if (coordinate.has(dimension)) {
                dimension(entry, dimension, coordinate.get(dimension), 1, 1);
            }
        }
        if (mIndex.isPresent()) {
            dimension(entry, Dimension.M, mIndex.getAsInt(), 1, 1);
        }
        entry.putInt(28, (entry.position() - Layout.DV_FIXED) / Layout.DV_DIMENSION);
        return entry.flip();
    }

    private static void dimension(ByteBuffer entry, Dimension dimension, int start, int size, int storedSize) {
        entry.put((byte) dimension.name().charAt(0)).put((byte) 0).putShort((short) 0);
        entry.putInt(start).putInt(size).putFloat(0).putInt(storedSize);
    }

    /**
     * Adds an entry.
     *
     * @param entry as {@link #entry} made it; consumed
     */
    public void add(ByteBuffer entry) {
        ByteBuffer last = chunks.isEmpty() ? null : chunks.get(chunks.size() - 1);
        if (last == null || last.remaining() < entry.remaining()) {
            last = ByteBuffer.allocate(CHUNK);
            chunks.add(last);
        }
        last.put(entry);
        count++;
    }

    /**
     * The data part of the directory segment (sheet §1.2).
     *
     * @return its pieces
     */
    public List<ByteBuffer> segment() {
        ByteBuffer head = ByteBuffer.allocate(Layout.DIRECTORY_ENTRIES).order(ByteOrder.LITTLE_ENDIAN);
        head.putInt(0, count);
        List<ByteBuffer> parts = new ArrayList<>(List.of(head));
        chunks.forEach(chunk -> parts.add(chunk.duplicate().flip()));
        return parts;
    }
}
