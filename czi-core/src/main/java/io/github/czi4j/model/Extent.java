package io.github.czi4j.model;

import java.util.List;

/**
 * Says that a subblock goes on along a dimension: it holds a bitmap for each of several indices, the first of which is
 * that of its coordinate. Line scans are stored so, with a time point for each line (sheet §2.2).
 *
 * @param dimension one of a {@link Coordinate}
 * @param size number of indices, at least 2
 */
public record Extent(Dimension dimension, int size) {
    /**
     * Number of bitmaps of a subblock with some extents.
     *
     * @param extents any number of them
     * @return 1 if there is none; {@link Integer#MAX_VALUE} for more
     */
    public static int planes(List<Extent> extents) {
        long planes = 1;
        for (Extent extent : extents) {
            planes = Math.min(planes * extent.size(), Integer.MAX_VALUE);
        }
        return (int) planes;
    }
}
