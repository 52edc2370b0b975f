package io.github.czi4j.model;

import java.util.Map;
import java.util.SortedMap;

/**
 * What a group of subblocks has in common, for instance all of a scene; from the directory alone. Subblocks without a
 * sound place do not count.
 *
 * @param dimensions the range of each dimension of Z C T R I H V B that occurs, in that order; there may be gaps
 * @param pixelTypes by C index, ascending, the type of the first subblock; subblocks without C count as channel 0
 * @param layers number of subblocks by how many pixels of layer 0 stand side by side in one of theirs, ascending; 1 for
 *     full resolution and finer. The ratio is rounded, since edge tiles are not exact (sheet §8)
 */
public record SubblockGroup(
        Map<Dimension, IndexRange> dimensions,
        SortedMap<Integer, PixelType> pixelTypes,
        SortedMap<Integer, Integer> layers) {

    /**
     * Number of indices along a dimension.
     *
     * @param dimension any
     * @return from the lowest to the highest index; 1 if the dimension does not occur
     */
    public long size(Dimension dimension) {
        IndexRange range = dimensions.get(dimension);
        return range == null ? 1 : range.size();
    }
}
