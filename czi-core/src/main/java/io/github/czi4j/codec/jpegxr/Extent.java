package io.github.czi4j.codec.jpegxr;

/**
 * The macroblocks that a part of a picture needs. Bits can be read only from the beginning of a tile on, so whole tiles are
 * read from side to side, and from their top as far down as necessary; rows that lie above the part are read, but not
 * transformed. All numbers are macroblocks of the coded area.
 *
 * @param left first column
 * @param right behind the last column
 * @param top first row that is read
 * @param first first row that is transformed
 * @param bottom behind the last row
 */
record Extent(int left, int right, int top, int first, int bottom) {
    /** Samples that a window of the overlap filter reaches over the edge of a block (sheet §8.6). */
    private static final int WINDOW_REACH = 2;
    /** Samples of luma that the mean of two chroma samples reaches (sheet §9.1). */
    private static final int CHROMA_REACH = 2;

    /** All of a picture. */
    static Extent whole(ImageHeader image) {
        return new Extent(0, image.macroblockColumns(), 0, 0, image.macroblockRows());
    }

    /**
     * What a rectangle of samples needs.
     *
     * @param plane the colours, or a picture of alpha
     * @param x of the coded area, margins included
     * @param y the same
     * @param width at least 1
     * @param height at least 1
     */
    static Extent of(ImageHeader image, PlaneHeader plane, int x, int y, int width, int height) {
        int reach = image.overlapMode() > 0 ? WINDOW_REACH : 0;
        if (plane.isSubsampled()) {
            reach = 2 * reach + CHROMA_REACH;
        }
        // Windows of block DCs reach into the next macroblock, and the step of a compensation may be the next one's.
        boolean isCompensated = image.overlapMode() > 0 && image.operators() == ImageHeader.HD_PHOTO;
        int more = isCompensated || image.overlapMode() == 2 ? 1 : 0;
        int columns = image.macroblockColumns();
        int rows = image.macroblockRows();
        int leftmost = Math.max(0, Math.max(0, x - reach) / 16 - more);
        int rightmost = Math.min(columns - 1, (x + width - 1 + reach) / 16 + more);
        int first = Math.max(0, Math.max(0, y - reach) / 16 - more);
        int last = Math.min(rows - 1, (y + height - 1 + reach) / 16 + more);
        if (isCompensated && last == rows - 1 && plane.hasHighpass() && plane.highpassSteps == null) {
            // Below the last row the step is that of the very last macroblock (sheet §8.8).
            rightmost = columns - 1;
        }
        return new Extent(
                image.tileColumns()[tileOf(leftmost, image.tileColumns())],
                image.tileColumns()[tileOf(rightmost, image.tileColumns()) + 1],
                image.tileRows()[tileOf(first, image.tileRows())],
                first,
                last + 1);
    }

    private static int tileOf(int macroblock, int[] starts) {
        int tile = 0;
        while (starts[tile + 1] <= macroblock) {
            tile++;
        }
        return tile;
    }

    int columns() {
        return right - left;
    }

    /** Rows that are read. */
    int rows() {
        return bottom - top;
    }

    /** Rows that are read above those that are transformed. */
    int skippedRows() {
        return first - top;
    }

    /** Rows that are transformed. */
    int transformedRows() {
        return bottom - first;
    }
}
