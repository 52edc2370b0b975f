package io.github.czi4j.model;

/**
 * In which order the tiles of a mosaic are read. The pixels never depend on it. Where tiles must be painted one above the
 * other (averages, blended overlaps, masks), they are read in draw order whatever is asked for.
 */
public enum TileOrder {
    /** As the tiles lie in the file: the default, and on nearly every storage the fastest. */
    FILE,
    /** Row by row of the document: by y, then by x. */
    ROWS,
    /** Shuffled, each time in the same way: shows what order is worth on a storage. */
    RANDOM
}
