package io.github.czi4j.mosaic;

import io.github.czi4j.index.PlaneIndex;
import io.github.czi4j.index.SubblockDirectory;
import io.github.czi4j.model.Bounds;
import io.github.czi4j.model.Dimension;
import io.github.czi4j.model.PyramidGaps;
import io.github.czi4j.model.Rect;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/**
 * The tiles whose scale suits a zoom: libCZI's scaling accessor (sheet §7.5), with the order of the directory where that
 * leaves the order open, and what fills its gaps.
 */
final class ZoomSelection extends Selection {
    /** A tile may be this much coarser than what is asked for. */
    static final float COARSER = 1.05f;
    /** Tiles up to this much finer than the coarsest suitable one are drawn too, over it. */
    static final float FINER = 1.9f;

    /** The rows that are drawn together: all, or those of one scene. */
    final class TileSet {
        private final IntPredicate members;
        /** The part of the region that members can touch; spares a look at all tiles for each of a thousand scenes. */
        private final Rect reach;
        /** Scale of the coarsest suitable tile in the region; infinite if there is none. */
        final float start;

        TileSet(IntPredicate members, Rect reach) {
            this.members = members;
            this.reach = reach;
            this.start = lowestZoom(reach, input.zoom() / COARSER);
        }

        float lowestZoom(Rect area, float lowest) {
            float zoom = Float.POSITIVE_INFINITY;
            Rect common = area.intersection(reach);
            for (PlaneIndex plane : common.isEmpty() ? List.<PlaneIndex>of() : planes) {
                zoom = Math.min(zoom, plane.lowestZoom(common, lowest, members));
            }
            return zoom;
        }

        float highestZoom(Rect area, float below) {
            float zoom = Float.NEGATIVE_INFINITY;
            Rect common = area.intersection(reach);
            for (PlaneIndex plane : common.isEmpty() ? List.<PlaneIndex>of() : planes) {
                zoom = Math.max(zoom, plane.highestZoom(common, below, members));
            }
            return zoom;
        }

        void query(Rect area, float lowest, float below, IntConsumer sink) {
            Rect common = area.intersection(reach);
            for (PlaneIndex plane : common.isEmpty() ? List.<PlaneIndex>of() : planes) {
                plane.query(common, lowest, below, row -> {
                    if (members.test(row)) {
                        sink.accept(row);
                    }
                });
            }
        }
    }

    ZoomSelection(SubblockDirectory directory, PlanInput input) {
        super(directory, input);
    }

    @Override
    Drawing draw(Set<Integer> without) {
        List<TileSet> sets = sets();
        List<PlannedTile> tiles = new ArrayList<>();
        for (TileSet set : sets) {
            if (set.start < Float.POSITIVE_INFINITY) {
                List<Integer> rows = new ArrayList<>();
                set.query(input.region(), set.start, FINER * set.start, rows::add);
                rows.removeAll(without);
                rows.sort(drawOrder());
                for (int row : rows) {
                    PlannedTile tile = place(row);
                    if (!tile.destination().isEmpty()) {
                        tiles.add(tile);
                    }
                }
            }
        }
        GapFiller filler = new GapFiller(this, sets, without, tiles);
        return input.composition().gaps() == PyramidGaps.LEAVE ? new Drawing(tiles, 0) : filler.fill();
    }

    /**
     * Where this layer has no tile though another one has.
     *
     * @return disjoint parts of the canvas
     */
    List<Rect> gaps() {
        Drawing drawing = draw(Set.of());
        return new GapFiller(this, sets(), Set.of(), drawing.tiles()).fillable();
    }

    /**
     * The scenes are drawn one after the other where the region touches several; subblocks without a scene then take no
     * part.
     */
    private List<TileSet> sets() {
        List<Bounds.SceneBounds> involved = new ArrayList<>();
        for (Bounds.SceneBounds scene : directory.bounds().scenes().values()) {
            if (input.wantsScene(scene.index()) && scene.all().intersects(input.region())) {
                involved.add(scene);
            }
        }
        if (involved.size() < 2) {
            IntPredicate isOfScene = involved.isEmpty() ? row -> false : isOfScene(involved.get(0));
            return List.of(new TileSet(row -> !directory.has(row, Dimension.S) || isOfScene.test(row), input.region()));
        }
        List<TileSet> sets = new ArrayList<>();
        for (Bounds.SceneBounds scene : involved) {
            sets.add(new TileSet(isOfScene(scene), input.region().intersection(scene.all())));
        }
        return sets;
    }

    private IntPredicate isOfScene(Bounds.SceneBounds scene) {
        return row -> directory.has(row, Dimension.S) && directory.index(row, Dimension.S) == scene.index();
    }

    Comparator<Integer> drawOrder() {
        return this::compareInDrawOrder;
    }

    private int compareInDrawOrder(int a, int b) {
        int order = Double.compare(directory.zoom(a), directory.zoom(b));
        if (order == 0) {
            boolean isLayer0 = directory.isLayer0(a);
            order = Boolean.compare(isLayer0, directory.isLayer0(b));
            if (order == 0 && isLayer0) {
                order = Long.compare(directory.mOrLowest(a), directory.mOrLowest(b));
            }
        }
        return order != 0 ? order : Integer.compare(a, b);
    }

    private PlannedTile place(int row) {
        if (input.zoom() != 1) {
            return placeScaled(row);
        }
        Rect region = input.region();
        return planned(
                row,
                AxisMapping.shift((long) directory.x(row) - region.x(), directory.storedWidth(row), canvas.width()),
                AxisMapping.shift((long) directory.y(row) - region.y(), directory.storedHeight(row), canvas.height()));
    }

    /** A tile in its logical size, whatever that of its bitmap. */
    PlannedTile placeScaled(int row) {
        return placeScaled(row, AxisMapping::nearest);
    }

    /** A tile in its logical size that is coarser than the output. */
    PlannedTile placeMagnified(int row) {
        return placeScaled(row, AxisMapping::magnified);
    }

    @FunctionalInterface
    private interface Scaling {
        AxisMapping map(int logicalStart, int logicalSize, int stored, int roiStart, int roiSize, int output);
    }

    private PlannedTile placeScaled(int row, Scaling scaling) {
        Rect region = input.region();
        Rect tile = directory.logical(row);
        int columns = directory.storedWidth(row);
        int rows = directory.storedHeight(row);
        if (!canvas.isOutput()) {
            return planned(
                    row,
                    new AreaAxis(tile.x(), tile.width(), columns, region.x(), region.width(), canvas.outputWidth()),
                    new AreaAxis(tile.y(), tile.height(), rows, region.y(), region.height(), canvas.outputHeight()));
        }
        return planned(
                row,
                scaling.map(tile.x(), tile.width(), columns, region.x(), region.width(), canvas.width()),
                scaling.map(tile.y(), tile.height(), rows, region.y(), region.height(), canvas.height()));
    }
}
