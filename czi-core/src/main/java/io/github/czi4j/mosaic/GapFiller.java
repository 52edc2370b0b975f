package io.github.czi4j.mosaic;

import io.github.czi4j.index.PlaneIndex;
import io.github.czi4j.model.PyramidGaps;
import io.github.czi4j.model.Rect;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * Finds tiles of other layers for the parts of a mosaic where the chosen layer has none. They are drawn below all that
 * was chosen, so that no pixel of it changes: finer layers first, the next finer on top, then coarser ones.
 */
final class GapFiller {
    /**
     * Narrower gaps are left, in output pixels: edges of different layers round differently, and a rim of one pixel is
     * not worth the tiles of full resolution along the whole border.
     */
    private static final int MIN_GAP = 2;

    private final ZoomSelection selection;
    private final Canvas canvas;
    private final List<ZoomSelection.TileSet> sets;
    private final Set<Integer> without;
    private final List<PlannedTile> chosen;
    private final int minWidth;
    private final int minHeight;

    /** Fillers in draw order. */
    private List<PlannedTile> fillers = new ArrayList<>();

    private List<Rect> gaps;

    GapFiller(
            ZoomSelection selection, List<ZoomSelection.TileSet> sets, Set<Integer> without, List<PlannedTile> chosen) {
        this.selection = selection;
        this.canvas = selection.canvas;
        this.sets = sets;
        this.without = without;
        this.chosen = chosen;
        this.minWidth = Math.min(canvas.columnsOf(MIN_GAP), canvas.width());
        this.minHeight = Math.min(canvas.rowsOf(MIN_GAP), canvas.height());
    }

    /** The chosen tiles with fillers below them. */
    Drawing fill() {
        fillFromFiner();
        if (selection.input.composition().gaps() == PyramidGaps.FILL_ANY) {
            fillFromCoarser();
        }
        List<PlannedTile> all = new ArrayList<>(fillers);
        all.addAll(chosen);
        return new Drawing(all, fillers.size());
    }

    /** The parts of the gaps that tiles of any layer could fill; disjoint. All of the gaps where that is hard to tell. */
    List<Rect> fillable() {
        fillFromFiner();
        fillFromCoarser();
        List<Rect> found = uncovered(chosen);
        List<Rect> boxes = new ArrayList<>(found);
        boxes.addAll(new Drawing(fillers, 0).boxes());
        List<List<Rect>> unfilled = Visibility.cut(boxes, canvas.width(), canvas.height());
        List<Rect> result = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            List<Rect> filled = List.of(found.get(i));
            for (Rect part : unfilled == null ? List.<Rect>of() : unfilled.get(i)) {
                filled = RectMath.subtract(filled, part);
            }
            filled.stream().map(canvas::toOutput).forEach(result::add);
        }
        return result;
    }

    private void fillFromFiner() {
        float[] from = new float[sets.size()];
        for (int i = 0; i < from.length; i++) {
            from[i] = ZoomSelection.FINER * sets.get(i).start;
        }
        boolean mayBeMore = true;
        while (mayBeMore) {
            mayBeMore = false;
            List<PlannedTile> found = new ArrayList<>();
            for (int i = 0; i < from.length; i++) {
                float next = Float.POSITIVE_INFINITY;
                if (from[i] < Float.POSITIVE_INFINITY && hasFiner(i, from[i])) {
                    for (Rect gap : gaps()) {
                        next = Math.min(next, sets.get(i).lowestZoom(canvas.toDocument(gap), from[i]));
                    }
                }
                from[i] = ZoomSelection.FINER * next;
                if (next < Float.POSITIVE_INFINITY) {
                    found.addAll(touching(sets.get(i), next, from[i], selection::placeScaled));
                    mayBeMore = true;
                }
            }
            putBelow(found);
        }
    }

    /** Spares a mosaic of full resolution, which nothing can be finer than, the search for gaps. */
    private boolean hasFiner(int set, float from) {
        for (PlaneIndex plane : selection.planes) {
            if (plane.maxZoom() >= from) {
                return true;
            }
        }
        return false;
    }

    private void fillFromCoarser() {
        float[] below = new float[sets.size()];
        for (int i = 0; i < below.length; i++) {
            below[i] = sets.get(i).start;
        }
        boolean mayBeMore = true;
        while (mayBeMore) {
            mayBeMore = false;
            List<PlannedTile> found = new ArrayList<>();
            for (int i = 0; i < below.length; i++) {
                float next = Float.NEGATIVE_INFINITY;
                for (Rect gap : gaps()) {
                    next = Math.max(next, sets.get(i).highestZoom(canvas.toDocument(gap), below[i]));
                }
                below[i] = next / ZoomSelection.FINER;
                if (next > Float.NEGATIVE_INFINITY) {
                    found.addAll(touching(sets.get(i), below[i], Math.nextUp(next), selection::placeMagnified));
                    mayBeMore = true;
                }
            }
            putBelow(found);
        }
    }

    private void putBelow(List<PlannedTile> found) {
        if (!found.isEmpty()) {
            found.addAll(fillers);
            fillers = found;
            gaps = null;
        }
    }

    private List<Rect> gaps() {
        if (gaps == null) {
            List<PlannedTile> all = new ArrayList<>(fillers);
            all.addAll(chosen);
            gaps = uncovered(all);
        }
        return gaps;
    }

    private List<Rect> uncovered(List<PlannedTile> tiles) {
        List<Rect> boxes = new Drawing(tiles, 0).boxes();
        List<Rect> result = Visibility.uncovered(boxes, canvas.width(), canvas.height());
        // Too intricate to tell: every tile may be needed.
        return result == null ? List.of(canvas.bounds()) : result;
    }

    /** The tiles of a set that fill a part of the gaps, in draw order. */
    private List<PlannedTile> touching(
            ZoomSelection.TileSet set, float lowest, float below, IntFunction<PlannedTile> place) {
        Map<Integer, PlannedTile> found = new TreeMap<>(selection.drawOrder());
        Map<Integer, Rect> filled = new HashMap<>();
        for (Rect gap : gaps()) {
            set.query(canvas.toDocument(gap), lowest, below, row -> {
                if (!without.contains(row)) {
                    PlannedTile tile = found.computeIfAbsent(row, place::apply);
                    filled.merge(row, gap.intersection(tile.destination()), Rect::union);
                }
            });
        }
        // A gap comes in pieces, so the measure is what a tile fills of all of them.
        return found.values().stream()
                .filter(tile -> isWorthwhile(filled.get(tile.row())))
                .toList();
    }

    private boolean isWorthwhile(Rect filled) {
        return filled.width() >= minWidth && filled.height() >= minHeight;
    }
}
