package io.github.czi4j.mosaic;

import io.github.czi4j.index.SubblockDirectory;
import io.github.czi4j.model.Rect;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decides what a mosaic needs: which subblocks, in which order (see {@link Selection}), and what of each stays visible.
 */
public final class Planner {
    private Planner() {}

    /**
     * Makes a plan.
     *
     * @param directory the subblocks
     * @param input the request
     * @return the plan
     */
    public static Plan plan(SubblockDirectory directory, PlanInput input) {
        Canvas canvas = Canvas.of(input);
        Drawing drawing = Selection.of(directory, input).draw(Set.of());
        List<List<Rect>> visible = Visibility.cut(drawing.boxes(), canvas.width(), canvas.height());
        if (visible == null) {
            return new Plan(directory, input, canvas, drawing.tiles(), new int[0], false);
        }
        // Where a tile may show what lies below it, only stand-ins for missing tiles are cut.
        int cut = input.composition().isOpaque() ? drawing.tiles().size() : drawing.fillers();
        List<PlannedTile> drawn = new ArrayList<>();
        int[] hidden = new int[drawing.tiles().size()];
        int hiddenCount = 0;
        for (int i = 0; i < drawing.tiles().size(); i++) {
            PlannedTile tile = drawing.tiles().get(i);
            if (i >= cut) {
                drawn.add(tile);
            } else if (visible.get(i).isEmpty()) {
                hidden[hiddenCount++] = tile.row();
            } else {
                drawn.add(tile.withVisible(visible.get(i)));
            }
        }
        hidden = Arrays.copyOf(hidden, hiddenCount);
        Arrays.sort(hidden);
        return new Plan(
                directory, input, canvas, drawn, hidden, input.composition().isOpaque());
    }

    /**
     * How much of a tile can be seen, wherever the region of a mosaic lies: what is hidden by others need not be kept.
     *
     * @param plan of a mosaic that shows the tile
     * @param row its index in the directory
     * @return rows from its top; more than it has where all must be taken for visible
     */
    public static int rowsSeen(Plan plan, int row) {
        SubblockDirectory directory = plan.directory();
        for (PlannedTile tile :
                plan(directory, plan.input().with(directory.logical(row))).tiles()) {
            if (tile.row() == row && tile.rows() instanceof AxisMapping rows && rows.isShift()) {
                int seen = 0;
                for (Rect part : tile.visible()) {
                    seen = Math.max(seen, rows.source(part.bottom() - 1) + 1);
                }
                return seen;
            }
        }
        return Integer.MAX_VALUE;
    }

    /** All tiles for a plan, the hidden ones too, in draw order and each with its whole place. */
    static List<PlannedTile> candidates(Plan plan, SubblockDirectory directory, Set<Integer> failed) {
        return Selection.of(directory, plan.input()).draw(failed).tiles();
    }

    /**
     * What is left to paint once some tiles of a plan turned out to be unreadable: the tiles below them, which the plan
     * took for hidden there, and what fills the gaps they leave.
     *
     * @param painted for each row the parts that are painted already, all of them visible still
     * @return the tiles with what is missing of them; null if too many overlap to tell
     */
    static List<PlannedTile> repair(
            Plan plan, SubblockDirectory directory, Set<Integer> failed, Map<Integer, List<Rect>> painted) {
        Canvas canvas = plan.canvas();
        Drawing survivors = Selection.of(directory, plan.input()).draw(failed);
        List<List<Rect>> visible = Visibility.cut(survivors.boxes(), canvas.width(), canvas.height());
        if (visible == null) {
            return null;
        }
        List<PlannedTile> result = new ArrayList<>();
        for (int i = 0; i < survivors.tiles().size(); i++) {
            PlannedTile tile = survivors.tiles().get(i);
            List<Rect> missing = visible.get(i);
            for (Rect part : painted.getOrDefault(tile.row(), List.of())) {
                missing = RectMath.subtract(missing, part);
            }
            if (!missing.isEmpty()) {
                result.add(tile.withVisible(missing));
            }
        }
        return result;
    }

    /**
     * Where the background shows because tiles failed. Each hole is told of the topmost failed tile there.
     *
     * @return for each failed row its holes in output pixels; its whole place where too many tiles overlap to tell
     */
    static Map<Integer, List<Rect>> holes(Plan plan, SubblockDirectory directory, Set<Integer> failed) {
        if (failed.isEmpty()) {
            return Map.of();
        }
        Canvas canvas = plan.canvas();
        List<PlannedTile> tiles = new ArrayList<>(candidates(plan, directory, Set.of()));
        tiles.removeIf(tile -> !failed.contains(tile.row()));
        int failures = tiles.size();
        tiles.addAll(candidates(plan, directory, failed));
        List<Rect> boxes = new Drawing(tiles, 0).boxes();
        List<List<Rect>> uncovered = Visibility.cut(boxes, canvas.width(), canvas.height());
        Map<Integer, List<Rect>> result = new HashMap<>();
        for (int i = 0; i < failures; i++) {
            List<Rect> parts = uncovered == null ? List.of(boxes.get(i)) : uncovered.get(i);
            result.put(tiles.get(i).row(), parts.stream().map(canvas::toOutput).toList());
        }
        return result;
    }
}
