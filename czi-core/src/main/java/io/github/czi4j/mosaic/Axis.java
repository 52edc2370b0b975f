package io.github.czi4j.mosaic;

/** How the columns of a tile lie on the canvas and in the output; the same for rows. */
sealed interface Axis permits AxisMapping, AreaAxis {
    /** First column of the canvas that the tile reaches. */
    int first();

    /** Number of columns of the canvas, 0 if the tile reaches none. */
    int size();

    /**
     * What output columns show of the tile.
     *
     * @param from first column of a part of the canvas, inside what the tile reaches
     * @param to column behind the last one
     * @param feather whether weights fall to the tile's edge
     */
    AxisWeights weights(int from, int to, boolean feather);
}
