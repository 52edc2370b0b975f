package io.github.czi4j.mosaic;

import io.github.czi4j.index.PlaneIndex;
import io.github.czi4j.index.SubblockDirectory;
import io.github.czi4j.model.Rect;
import java.util.List;
import java.util.Set;

/** Chooses the tiles of a mosaic, and where each goes. */
abstract class Selection {
    final SubblockDirectory directory;
    final PlanInput input;
    final Canvas canvas;
    final List<PlaneIndex> planes;

    Selection(SubblockDirectory directory, PlanInput input) {
        this.directory = directory;
        this.input = input;
        this.canvas = Canvas.of(input);
        this.planes = directory.planes().matching(input.plane());
    }

    static Selection of(SubblockDirectory directory, PlanInput input) {
        return input.layer() == null ? new ZoomSelection(directory, input) : new LayerSelection(directory, input);
    }

    /**
     * The tiles that reach the canvas, hidden or not.
     *
     * @param without rows that cannot be drawn; others may take their place
     */
    abstract Drawing draw(Set<Integer> without);

    /** A tile that goes where it reaches the canvas. */
    static PlannedTile planned(int row, Axis columns, Axis rows) {
        Rect destination = new Rect(columns.first(), rows.first(), columns.size(), rows.size());
        return new PlannedTile(row, destination, List.of(destination), columns, rows);
    }
}
