package io.github.czi4j.mosaic;

import io.github.czi4j.index.PlaneIndex;
import io.github.czi4j.index.SubblockDirectory;
import io.github.czi4j.model.Bounds;
import io.github.czi4j.model.Dimension;
import io.github.czi4j.model.Rect;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Decides what a mosaic needs: which subblocks of which scale, in which order, and what of each stays visible. Follows
 * libCZI's scaling accessor (sheet §7.5), with the order of the directory where that leaves the order open.
 */
public final class Planner {
    /** A tile may be this much coarser than what is asked for. */
    private static final float COARSER = 1.05f;
    /** Tiles up to this much finer than the coarsest suitable one are drawn too, over it. */
    private static final float FINER = 1.9f;

    private final SubblockDirectory directory;
    private final PlanInput input;
    private final int width;
    private final int height;

    private Planner(SubblockDirectory directory, PlanInput input) {
        this.directory = directory;
        this.input = input;
        this.width = outputSize(input.region().width(), input.zoom());
        this.height = outputSize(input.region().height(), input.zoom());
    }

    /**
     * Size of a mosaic along one side, in single precision as libCZI computes it; exact at zoom 1.
     *
     * @param regionSize pixels of layer 0
     * @param zoom above 0, at most 1
     * @return output pixels, possibly 0
     */
    public static int outputSize(int regionSize, float zoom) {
        return zoom == 1 ? regionSize : (int) (regionSize * zoom);
    }

    /**
     * Makes a plan.
     *
     * @param directory the subblocks
     * @param input the request
     * @return the plan
     */
    public static Plan plan(SubblockDirectory directory, PlanInput input) {
        return new Planner(directory, input).plan();
    }

    private Plan plan() {
        return cut(tilesInOrder());
    }

    /** All tiles that reach the output, hidden or not, in draw order. */
    private List<PlannedTile> tilesInOrder() {
        List<PlaneIndex> planes = directory.planes().matching(input.plane());
        List<PlannedTile> tiles = new ArrayList<>();
        for (IntPredicate set : sets()) {
            for (int row : rowsInOrder(planes, set)) {
                PlannedTile tile = place(row);
                if (!tile.destination().isEmpty()) {
                    tiles.add(tile);
                }
            }
        }
        return tiles;
    }

    /**
     * The scenes are drawn one after the other where the region touches several; subblocks without a scene then take no
     * part.
     */
    private List<IntPredicate> sets() {
        int[] involved = directory.bounds().scenes().values().stream()
                .filter(scene -> input.scenes() == null || input.scenes().contains(scene.index()))
                .filter(scene -> scene.all().intersects(input.region()))
                .mapToInt(Bounds.SceneBounds::index)
                .toArray();
        if (involved.length < 2) {
            return List.of(row -> !directory.has(row, Dimension.S)
                    || involved.length == 1 && directory.index(row, Dimension.S) == involved[0]);
        }
        return IntStream.of(involved)
                .<IntPredicate>mapToObj(
                        scene -> row -> directory.has(row, Dimension.S) && directory.index(row, Dimension.S) == scene)
                .toList();
    }

    private int[] rowsInOrder(List<PlaneIndex> planes, IntPredicate set) {
        float lowest = input.zoom() / COARSER;
        float start = Float.POSITIVE_INFINITY;
        for (PlaneIndex plane : planes) {
            start = Math.min(start, plane.lowestZoom(input.region(), lowest, set));
        }
        if (start == Float.POSITIVE_INFINITY) {
            return new int[0];
        }
        IntStream.Builder rows = IntStream.builder();
        for (PlaneIndex plane : planes) {
            plane.query(input.region(), start, FINER * start, row -> {
                if (set.test(row)) {
                    rows.add(row);
                }
            });
        }
        return rows.build()
                .boxed()
                .sorted(drawOrder())
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private Comparator<Integer> drawOrder() {
        return Comparator.<Integer>comparingDouble(directory::zoom)
                .thenComparing(directory::isLayer0)
                .thenComparingLong(row -> directory.isLayer0(row) ? directory.mOrLowest(row) : 0)
                .thenComparingInt(Integer::intValue);
    }

    private PlannedTile place(int row) {
        Rect region = input.region();
        Rect tile = directory.logical(row);
        int storedWidth = directory.storedWidth(row);
        int storedHeight = directory.storedHeight(row);
        AxisMapping columns;
        AxisMapping rows;
        if (input.zoom() == 1) {
            columns = AxisMapping.shift((long) tile.x() - region.x(), storedWidth, width);
            rows = AxisMapping.shift((long) tile.y() - region.y(), storedHeight, height);
        } else {
            columns = AxisMapping.nearest(tile.x(), tile.width(), storedWidth, region.x(), region.width(), width);
            rows = AxisMapping.nearest(tile.y(), tile.height(), storedHeight, region.y(), region.height(), height);
        }
        Rect destination = new Rect(columns.first(), rows.first(), columns.size(), rows.size());
        return new PlannedTile(row, destination, List.of(destination), columns, rows);
    }

    private static List<Rect> boxes(List<PlannedTile> tiles) {
        return tiles.stream().map(PlannedTile::destination).toList();
    }

    private Plan cut(List<PlannedTile> tiles) {
        List<List<Rect>> visible = Visibility.cut(boxes(tiles), width, height);
        if (visible == null) {
            return new Plan(directory, input, width, height, tiles, new int[0], true);
        }
        List<PlannedTile> drawn = new ArrayList<>();
        IntStream.Builder hidden = IntStream.builder();
        for (int i = 0; i < tiles.size(); i++) {
            if (visible.get(i).isEmpty()) {
                hidden.add(tiles.get(i).row());
            } else {
                drawn.add(tiles.get(i).withVisible(visible.get(i)));
            }
        }
        int[] hiddenRows = hidden.build().toArray();
        Arrays.sort(hiddenRows);
        return new Plan(directory, input, width, height, drawn, hiddenRows, false);
    }

    /** All tiles of a plan, the hidden ones too, in draw order and each with its whole place. */
    static List<PlannedTile> candidates(Plan plan, SubblockDirectory directory) {
        return new Planner(directory, plan.input()).tilesInOrder();
    }

    /**
     * What is left to paint once some tiles of a plan turned out to be unreadable: the tiles below them, which the plan
     * took for hidden there.
     *
     * @param painted for each row the parts that are painted already, all of them visible still
     * @return the tiles with what is missing of them; null if too many overlap to tell
     */
    static List<PlannedTile> repair(
            Plan plan, SubblockDirectory directory, Set<Integer> failed, Map<Integer, List<Rect>> painted) {
        List<PlannedTile> survivors = candidates(plan, directory).stream()
                .filter(tile -> !failed.contains(tile.row()))
                .toList();
        List<List<Rect>> visible = Visibility.cut(boxes(survivors), plan.width(), plan.height());
        if (visible == null) {
            return null;
        }
        List<PlannedTile> result = new ArrayList<>();
        for (int i = 0; i < survivors.size(); i++) {
            List<Rect> missing = visible.get(i);
            for (Rect part : painted.getOrDefault(survivors.get(i).row(), List.of())) {
                missing = RectMath.subtract(missing, part);
            }
            if (!missing.isEmpty()) {
                result.add(survivors.get(i).withVisible(missing));
            }
        }
        return result;
    }

    /**
     * Where the background shows because tiles failed. Each hole is told of the topmost failed tile there.
     *
     * @return for each failed row its disjoint holes; its whole place where too many tiles overlap to tell
     */
    static Map<Integer, List<Rect>> holes(Plan plan, SubblockDirectory directory, Set<Integer> failed) {
        if (failed.isEmpty()) {
            return Map.of();
        }
        Map<Boolean, List<PlannedTile>> byFate = candidates(plan, directory).stream()
                .collect(Collectors.partitioningBy(tile -> failed.contains(tile.row())));
        List<PlannedTile> tiles = new ArrayList<>(byFate.get(true));
        tiles.addAll(byFate.get(false));
        List<Rect> boxes = boxes(tiles);
        List<List<Rect>> uncovered = Visibility.cut(boxes, plan.width(), plan.height());
        Map<Integer, List<Rect>> result = new HashMap<>();
        for (int i = 0; i < byFate.get(true).size(); i++) {
            result.put(tiles.get(i).row(), uncovered == null ? List.of(boxes.get(i)) : uncovered.get(i));
        }
        return result;
    }
}
