package io.github.czi4j.mosaic;

import io.github.czi4j.model.Rect;
import java.util.List;

/**
 * A subblock with its place in the output.
 *
 * @param row its index in the directory
 * @param destination output pixels that it reaches
 * @param visible disjoint parts of the destination that no tile above it covers
 * @param columns which of its columns an output column shows
 * @param rows which of its rows an output row shows
 */
record PlannedTile(int row, Rect destination, List<Rect> visible, AxisMapping columns, AxisMapping rows) {

    PlannedTile withVisible(List<Rect> parts) {
        return new PlannedTile(row, destination, parts, columns, rows);
    }

    long visibleArea() {
        return visible.stream().mapToLong(Rect::area).sum();
    }
}
