package io.github.czi4j.model;

import java.util.Map;
import java.util.Optional;

/**
 * What a document spans, from the directory alone (sheet §8). All rectangles are raw CZI coordinates in pixels of layer
 * 0.
 *
 * @param all union of the logical rectangles of all layers; pyramid tiles may overshoot the image
 * @param layer0 union of the layer-0 tiles: the size of the image; empty if there is no such tile
 * @param dimensions the range of each dimension of Z C T R S I H V B that occurs, in that order
 * @param mIndex range of the tile numbers, empty if no tile has one
 * @param scenes the scenes by their index, ascending; indices may have gaps
 */
public record Bounds(
        Rect all,
        Rect layer0,
        Map<Dimension, IndexRange> dimensions,
        Optional<IndexRange> mIndex,
        Map<Integer, SceneBounds> scenes) {

    /**
     * What one scene spans.
     *
     * @param index its S index
     * @param all union of the logical rectangles of all layers
     * @param layer0 union of the layer-0 tiles, empty if there is none
     * @param subblocks number of subblocks, all layers and planes
     */
    public record SceneBounds(int index, Rect all, Rect layer0, int subblocks) {
        /**
         * The scene's image: layer 0, or everything if the scene has no layer-0 tile.
         *
         * @return a rectangle
         */
        public Rect image() {
            return layer0.isEmpty() ? all : layer0;
        }
    }

    /**
     * The image: layer 0, or everything if the file has no layer-0 tile.
     *
     * @return a rectangle
     */
    public Rect image() {
        return layer0.isEmpty() ? all : layer0;
    }

    /**
     * The range of a dimension.
     *
     * @param dimension any dimension
     * @return empty if it does not occur
     */
    public Optional<IndexRange> range(Dimension dimension) {
        return Optional.ofNullable(dimensions.get(dimension));
    }
}
