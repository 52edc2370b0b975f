package io.github.czi4j.mosaic;

import io.github.czi4j.model.Rect;
import java.util.List;

/**
 * A subblock with its place on the {@link Canvas}.
 *
 * @param row its index in the directory
 * @param destination what it reaches of the canvas
 * @param visible disjoint parts of the destination that no tile above it covers
 * @param columns how its columns lie
 * @param rows how its rows lie
 */
record PlannedTile(int row, Rect destination, List<Rect> visible, Axis columns, Axis rows) {

    PlannedTile withVisible(List<Rect> parts) {
        return new PlannedTile(row, destination, parts, columns, rows);
    }

    long visibleArea() {
        return visible.stream().mapToLong(Rect::area).sum();
    }
}
