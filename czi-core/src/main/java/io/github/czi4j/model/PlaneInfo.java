package io.github.czi4j.model;

import java.util.SortedSet;

/**
 * One plane of a document, from the directory alone. Rectangles are raw coordinates in pixels of layer 0.
 *
 * @param coordinate its indices, without S
 * @param subblocks number of subblocks, all scenes and layers
 * @param all union of the logical rectangles of all layers
 * @param layer0 union of its layer-0 tiles, empty if it has none; not every plane covers the whole image
 * @param scenes the scenes that have tiles on it, ascending; empty if its subblocks have no S
 */
public record PlaneInfo(Coordinate coordinate, int subblocks, Rect all, Rect layer0, SortedSet<Integer> scenes) {}
