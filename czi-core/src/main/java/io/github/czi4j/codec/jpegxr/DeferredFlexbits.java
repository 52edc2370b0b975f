package io.github.czi4j.codec.jpegxr;

/**
 * Flexbits that are read row by row behind the other bands, for which another thread may be used: they stand in packets of
 * their own in frequency mode, and nothing else depends on them. Whoever calls {@link #read} must see what happened before
 * {@link #add}.
 */
final class DeferredFlexbits {
    private final HighpassRefinement refinement;
    private final Part[][] parts;
    private int truncatedRow = -1;

    /**
     * The flexbits of a tile.
     *
     * @param in null if there are none
     * @param left first column of macroblocks
     * @param right behind the last
     */
    record Part(BitReader in, int left, int right) {}

    DeferredFlexbits(PlaneBuffer buffer) {
        refinement = new HighpassRefinement(buffer);
        parts = new Part[buffer.rows][];
    }

    /** Takes the tiles of a row whose other bands have been read. */
    void add(int row, Part[] tiles) {
        parts[row] = tiles;
    }

    /** Reads the flexbits of a row, and does all else that is left to be done with its highpass. Rows come in their order. */
    void read(int row) {
        for (Part part : parts[row]) {
            for (int column = part.left; column < part.right; column++) {
                refinement.read(part.in, column, row);
            }
            if (truncatedRow < 0 && part.in != null && part.in.isExhausted()) {
                truncatedRow = row;
            }
        }
    }

    /** The first row for which bits were missing and taken as 0; -1 for none. */
    int truncatedRow() {
        return truncatedRow;
    }
}
