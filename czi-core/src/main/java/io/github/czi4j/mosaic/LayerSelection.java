package io.github.czi4j.mosaic;

import io.github.czi4j.index.PlaneIndex;
import io.github.czi4j.index.SubblockDirectory;
import io.github.czi4j.model.Dimension;
import io.github.czi4j.model.PyramidLayer;
import io.github.czi4j.model.Rect;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * The tiles of one stored layer, unscaled, by their M-index: libCZI's pyramid-layer accessor (sheet §7.4), with the order
 * of the directory where that leaves the order open.
 */
final class LayerSelection extends Selection {
    /** Single precision and rounding of the scale, with room to spare: what comes through is looked at closely. */
    private static final float SLACK = 1.01f;

    private final PyramidLayer layer;

    LayerSelection(SubblockDirectory directory, PlanInput input) {
        super(directory, input);
        this.layer = input.layer();
    }

    @Override
    Drawing draw(Set<Integer> without) {
        float factor = layer.factor();
        float lowest = 1 / ((factor + 0.5f) * SLACK);
        float highest =
                layer.layer() == 0 ? Float.POSITIVE_INFINITY : SLACK / (factor / layer.minificationFactor() + 0.5f);
        List<Integer> rows = new ArrayList<>();
        for (PlaneIndex plane : planes) {
            plane.query(input.region(), lowest, highest, row -> {
                if (directory.layer(row, layer) == layer.layer() && isWanted(row) && !without.contains(row)) {
                    rows.add(row);
                }
            });
        }
        rows.sort(Comparator.<Integer>comparingLong(directory::mOrLowest).thenComparingInt(Integer::intValue));
        List<PlannedTile> tiles = new ArrayList<>();
        for (int row : rows) {
            PlannedTile tile = place(row);
            if (!tile.destination().isEmpty()) {
                tiles.add(tile);
            }
        }
        return new Drawing(tiles, 0);
    }

    private boolean isWanted(int row) {
        return !directory.has(row, Dimension.S) || input.wantsScene(directory.index(row, Dimension.S));
    }

    private PlannedTile place(int row) {
        Rect region = input.region();
        // Java's division truncates toward zero, as libCZI's does.
        long x = ((long) directory.x(row) - region.x()) / layer.factor();
        long y = ((long) directory.y(row) - region.y()) / layer.factor();
        return planned(
                row,
                AxisMapping.shift(x, directory.storedWidth(row), canvas.width()),
                AxisMapping.shift(y, directory.storedHeight(row), canvas.height()));
    }
}
