package io.github.czi4j.mosaic;

import io.github.czi4j.codec.DecodedTile;
import io.github.czi4j.index.SubblockDirectory;
import io.github.czi4j.model.Coordinate;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Extent;
import io.github.czi4j.zisraw.FileSet;
import io.github.czi4j.zisraw.SubblockSegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Subblocks that hold a bitmap for each of several indices, as line scans do (sheet §2.2, and §9.2 row 5): bitmaps of the
 * same size one behind the other, the first dimension of the entry changing fastest. Thread-safe.
 */
final class Stacks {
    private final FileSet files;
    private final SubblockDirectory directory;

    Stacks(FileSet files, SubblockDirectory directory) {
        this.files = files;
        this.directory = directory;
    }

    /** Which bitmap of a subblock has some indices. */
    int bitmapOf(int row, Coordinate indices) throws CziException {
        long bitmap = 0;
        long step = 1;
        for (Extent extent : directory.extents(row)) {
            int start = directory.index(row, extent.dimension());
            long offset = (long) indices.getOrDefault(extent.dimension(), start) - start;
            if (offset < 0 || offset >= extent.size()) {
                throw error(row, "there is none for " + indices);
            }
            bitmap = Math.min(bitmap + offset * step, Integer.MAX_VALUE);
            step = Math.min(step * extent.size(), Integer.MAX_VALUE);
        }
        return (int) bitmap;
    }

    /** Some bitmaps of an uncompressed subblock, as if it held nothing else. */
    SubblockSegment part(int row, int first, int count, int bitmapBytes, SubblockSegment segment) throws CziException {
        checkRange(row, first, count);
        long announced = Math.multiplyFull(Extent.planes(directory.extents(row)), bitmapBytes);
        if (segment.dataSize() != announced) {
            throw error(row, "the payload has " + segment.dataSize() + " bytes, not " + announced);
        }
        return segment.withData(Math.multiplyFull(first, bitmapBytes), Math.multiplyFull(count, bitmapBytes));
    }

    /** Some of all bitmaps of a subblock, which were decoded as one. */
    ByteBuffer part(int row, int first, int count, int bitmapBytes, DecodedTile all) throws CziException {
        checkRange(row, first, count);
        if (!all.warnings().isEmpty()) {
            throw error(row, all.warnings().get(0));
        }
        return all.pixels().slice(first * bitmapBytes, count * bitmapBytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void checkRange(int row, int first, int count) throws CziException {
        if (first < 0 || count > Extent.planes(directory.extents(row)) - first) {
            throw error(row, "those from " + first + " to " + ((long) first + count - 1) + " are wanted");
        }
    }

    /** The warning for a payload of which only the first bitmap is taken. */
    String surplus(int row, int bitmapBytes, long found) {
        int planes = Extent.planes(directory.extents(row));
        return found == Math.multiplyFull(planes, bitmapBytes)
                ? "the first of " + planes + " bitmaps (" + describe(row) + ") is taken"
                : "expected " + bitmapBytes + " bytes of pixels, found " + found
                        + "; those behind the bitmap are left out";
    }

    private CziException error(int row, String problem) {
        List<Extent> extents = directory.extents(row);
        return CziException.corrupt(
                files.nameOf(directory.filePart(row)),
                directory.filePosition(row),
                "subblock " + row + " announces " + Extent.planes(extents)
                        + (extents.isEmpty() ? " bitmap" : " bitmaps (" + describe(row) + ")") + ", but " + problem);
    }

    /** For instance {@code T 0 to 19999}. */
    private String describe(int row) {
        return directory.extents(row).stream()
                .map(extent -> {
                    long start = directory.index(row, extent.dimension());
                    return extent.dimension() + " " + start + " to " + (start + extent.size() - 1);
                })
                .collect(Collectors.joining(", "));
    }
}
