package io.github.czi4j.mosaic;

import io.github.czi4j.model.Rect;
import java.util.ArrayList;
import java.util.List;

/**
 * The tiles of a mosaic in draw order, each with its whole place.
 *
 * @param tiles later ones lie on top
 * @param fillers how many of the first ones stand in for a layer that has no tile there, see {@link GapFiller}
 */
record Drawing(List<PlannedTile> tiles, int fillers) {

    List<Rect> boxes() {
        List<Rect> boxes = new ArrayList<>(tiles.size());
        for (PlannedTile tile : tiles) {
            boxes.add(tile.destination());
        }
        return boxes;
    }
}
