package io.github.czi4j.mosaic;

import io.github.czi4j.model.Rect;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds what of each tile stays visible under the tiles that are drawn after it. Only tiles that share a cell of a
 * uniform grid are compared, so the work grows with the number of tiles and not with its square.
 */
final class Visibility {
    /** Comparisons allowed for each tile on average, and at least so many in all. */
    private static final long WORK_PER_TILE = 256;

    private static final long MIN_WORK = 1 << 20;
    /** Parts of one tile beyond which cutting costs more than painting over. */
    private static final int MAX_PARTS = 64;

    private final List<Rect> boxes;
    private final int cellWidth;
    private final int cellHeight;
    private final int columns;
    private final int rows;
    /** Where the tiles of cell c begin in {@link #members}; one element more than cells. */
    private final int[] first;

    private final int[] members;
    private long work;

    private Visibility(List<Rect> boxes, int width, int height) {
        this.boxes = boxes;
        long widths = 0;
        long heights = 0;
        for (Rect box : boxes) {
            widths += box.width();
            heights += box.height();
        }
        this.cellWidth = cellSize(widths, boxes.size(), width);
        this.cellHeight = cellSize(heights, boxes.size(), height);
        this.columns = (width - 1) / cellWidth + 1;
        this.rows = (height - 1) / cellHeight + 1;
        this.first = new int[columns * rows + 1];
        for (Rect box : boxes) {
            for (int cell : cells(box)) {
                first[cell + 1]++;
            }
        }
        for (int cell = 0; cell < columns * rows; cell++) {
            first[cell + 1] += first[cell];
        }
        this.members = new int[first[columns * rows]];
        int[] next = first.clone();
        for (int tile = 0; tile < boxes.size(); tile++) {
            for (int cell : cells(boxes.get(tile))) {
                members[next[cell]++] = tile;
            }
        }
        this.work = Math.max(MIN_WORK, WORK_PER_TILE * boxes.size());
    }

    /**
     * The mean side of a tile, but no more than about as many cells as tiles along one side of a square: a tile then
     * lies in four cells on average, and in all of them only if the others are far smaller than it.
     */
    private static int cellSize(long sum, int count, int extent) {
        long mean = Math.max(1, sum / count);
        long finest = Math.max(1, extent / (long) Math.max(1, Math.sqrt(count)));
        return (int) Math.max(mean, finest);
    }

    /**
     * Cuts from each rectangle what later ones cover.
     *
     * @param boxes rectangles inside the output, in draw order, none of them empty
     * @param width of the output
     * @param height of the output
     * @return for each rectangle its disjoint visible parts; null if that would take too long, because too many
     *     rectangles overlap
     */
    static List<List<Rect>> cut(List<Rect> boxes, int width, int height) {
        return boxes.isEmpty() ? List.of() : new Visibility(boxes, width, height).cut();
    }

    /**
     * What no rectangle covers.
     *
     * @param boxes rectangles inside the output, none of them empty
     * @param width of the output
     * @param height of the output
     * @return disjoint parts; null if that would take too long, because too many rectangles overlap
     */
    static List<Rect> uncovered(List<Rect> boxes, int width, int height) {
        return boxes.isEmpty()
                ? List.of(new Rect(0, 0, width, height))
                : new Visibility(boxes, width, height).uncovered(width, height);
    }

    private List<Rect> uncovered(int width, int height) {
        List<Rect> result = new ArrayList<>();
        for (int cell = 0; cell < columns * rows; cell++) {
            int left = cell % columns * cellWidth;
            int top = cell / columns * cellHeight;
            List<Rect> parts =
                    List.of(new Rect(left, top, Math.min(cellWidth, width - left), Math.min(cellHeight, height - top)));
            for (int k = first[cell]; k < first[cell + 1] && !parts.isEmpty(); k++) {
                work -= parts.size();
                if (work < 0) {
                    return null;
                }
                parts = RectMath.subtract(parts, boxes.get(members[k]));
            }
            result.addAll(parts);
        }
        return result;
    }

    private List<List<Rect>> cut() {
        List<List<Rect>> result = new ArrayList<>(boxes.size());
        for (int tile = 0; tile < boxes.size(); tile++) {
            List<Rect> parts = visibleParts(tile);
            if (parts == null) {
                return null;
            }
            result.add(parts);
        }
        return result;
    }

    private List<Rect> visibleParts(int tile) {
        Rect box = boxes.get(tile);
        List<Rect> parts = List.of(box);
        int[] above = above(tile);
        if (work < 0) {
            return null;
        }
        // From the top down: what hides a tile altogether is found first, and cuts it into the fewest parts.
        for (int i = above.length - 1; i >= 0 && !parts.isEmpty(); i--) {
            work -= parts.size();
            parts = RectMath.subtract(parts, boxes.get(above[i]));
            if (parts.size() > MAX_PARTS) {
                return null;
            }
        }
        return parts;
    }

    /** Later tiles that overlap this one, ascending. */
    private int[] above(int tile) {
        Rect box = boxes.get(tile);
        int[] found = new int[16];
        int count = 0;
        for (int cell : cells(box)) {
            for (int k = first[cell + 1] - 1; k >= first[cell] && members[k] > tile; k--) {
                if (--work < 0) {
                    return found;
                }
                if (box.intersects(boxes.get(members[k]))) {
                    if (count == found.length) {
                        found = Arrays.copyOf(found, count * 2);
                    }
                    found[count++] = members[k];
                }
            }
        }
        Arrays.sort(found, 0, count);
        int distinct = 0;
        for (int i = 0; i < count; i++) {
            if (distinct == 0 || found[i] != found[distinct - 1]) {
                found[distinct++] = found[i];
            }
        }
        return Arrays.copyOf(found, distinct);
    }

    /** The cells that a box touches. */
    private int[] cells(Rect box) {
        int firstColumn = box.x() / cellWidth;
        int across = (box.right() - 1) / cellWidth - firstColumn + 1;
        int firstRow = box.y() / cellHeight;
        int down = (box.bottom() - 1) / cellHeight - firstRow + 1;
        int[] cells = new int[across * down];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = (firstRow + i / across) * columns + firstColumn + i % across;
        }
        return cells;
    }
}
