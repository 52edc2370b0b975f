package io.github.czi4j.index;

import io.github.czi4j.model.Rect;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/**
 * From a region to the subblocks of one plane that touch it: a packed R-tree for each group of similar scale, so that a
 * look at the overview does not walk through a million tiles of full resolution. Immutable and thread-safe.
 */
public final class PlaneIndex {
    /** Children of a node. */
    private static final int NODE = 16;
    /** Scales of one group differ by less than this factor. */
    private static final float GROUP_FACTOR = 1.4f;

    /** The subblocks of similar scale, coarse groups first. */
    private static final class Group {
        final float minZoom;
        final float maxZoom;
        /** Range of this group in {@code rows}. */
        final int from;

        final int to;
        /** Boxes of the nodes, four ints each (left, top, right, bottom), leaves' parents first. */
        int[] boxes;
        /** Where each level begins, in nodes; one element more than levels. */
        int[] levels;

        Group(float minZoom, float maxZoom, int from, int to) {
            this.minZoom = minZoom;
            this.maxZoom = maxZoom;
            this.from = from;
            this.to = to;
        }
    }

    private final SubblockDirectory directory;
    private final int[] rows;
    private final List<Group> groups;
    private final int size;

    private PlaneIndex(SubblockDirectory directory, int[] rows, List<Group> groups, int size) {
        this.directory = directory;
        this.rows = rows;
        this.groups = groups;
        this.size = size;
    }

    /** Sorts {@code rows[from, to)} in place and builds the trees over it. */
    static PlaneIndex of(SubblockDirectory directory, int[] rows, int from, int to) {
        List<Group> groups = group(directory, rows, from, to);
        for (Group group : groups) {
            sortAlongCurve(directory, rows, group);
            buildNodes(directory, rows, group);
        }
        return new PlaneIndex(directory, rows, groups, to - from);
    }

    private static List<Group> group(SubblockDirectory directory, int[] rows, int from, int to) {
        float lowest = Float.MAX_VALUE;
        float highest = 0;
        for (int i = from; i < to; i++) {
            float zoom = directory.zoom(rows[i]);
            lowest = Math.min(lowest, zoom);
            highest = Math.max(highest, zoom);
        }
        if (highest < lowest * GROUP_FACTOR) {
            return List.of(new Group(lowest, highest, from, to));
        }
        // The bits of a positive float sort as the float does.
        long[] keys = new long[to - from];
        for (int i = from; i < to; i++) {
            keys[i - from] = (long) Float.floatToIntBits(directory.zoom(rows[i])) << 32 | rows[i];
        }
        Arrays.sort(keys);
        List<Group> groups = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < keys.length; i++) {
            rows[from + i] = (int) keys[i];
            if (zoomOf(keys[i]) >= zoomOf(keys[start]) * GROUP_FACTOR) {
                groups.add(new Group(zoomOf(keys[start]), zoomOf(keys[i - 1]), from + start, from + i));
                start = i;
            }
        }
        groups.add(new Group(zoomOf(keys[start]), zoomOf(keys[keys.length - 1]), from + start, to));
        return groups;
    }

    private static float zoomOf(long key) {
        return Float.intBitsToFloat((int) (key >>> 32));
    }

    private static void sortAlongCurve(SubblockDirectory directory, int[] rows, Group group) {
        int count = group.to - group.from;
        if (count <= NODE) {
            return;
        }
        long left = Long.MAX_VALUE;
        long top = Long.MAX_VALUE;
        long right = Long.MIN_VALUE;
        long bottom = Long.MIN_VALUE;
        for (int i = group.from; i < group.to; i++) {
            int row = rows[i];
            left = Math.min(left, directory.x(row));
            top = Math.min(top, directory.y(row));
            right = Math.max(right, directory.x(row));
            bottom = Math.max(bottom, directory.y(row));
        }
        double scaleX = right > left ? 65535.0 / (right - left) : 0;
        double scaleY = bottom > top ? 65535.0 / (bottom - top) : 0;
        long[] keys = new long[count];
        for (int i = 0; i < count; i++) {
            int row = rows[group.from + i];
            int hx = (int) ((directory.x(row) - left) * scaleX);
            int hy = (int) ((directory.y(row) - top) * scaleY);
            // The curve fills 32 bits; one is given up for the sign, so that the order is that of longs.
            keys[i] = IndexMath.hilbert(hx, hy) >>> 1 << 32 | row;
        }
        Arrays.sort(keys);
        for (int i = 0; i < count; i++) {
            rows[group.from + i] = (int) keys[i];
        }
    }

    private static void buildNodes(SubblockDirectory directory, int[] rows, Group group) {
        int count = group.to - group.from;
        int nodes = 0;
        int[] levels = new int[12];
        int depth = 0;
        for (int n = count; n > NODE || depth == 0; ) {
            n = (n + NODE - 1) / NODE;
            nodes += n;
            levels[++depth] = nodes;
            if (n == 1) {
                break;
            }
        }
        group.levels = Arrays.copyOf(levels, depth + 1);
        int[] boxes = new int[4 * nodes];
        for (int i = 0; i < count; i++) {
            int row = rows[group.from + i];
            int x = directory.x(row);
            int y = directory.y(row);
            include(boxes, i / NODE, i % NODE == 0, x, y, x + directory.width(row), y + directory.height(row));
        }
        for (int level = 1; level < depth; level++) {
            for (int child = levels[level - 1]; child < levels[level]; child++) {
                int number = child - levels[level - 1];
                include(
                        boxes,
                        levels[level] + number / NODE,
                        number % NODE == 0,
                        boxes[4 * child],
                        boxes[4 * child + 1],
                        boxes[4 * child + 2],
                        boxes[4 * child + 3]);
            }
        }
        group.boxes = boxes;
    }

    private static void include(int[] boxes, int node, boolean isFirst, int left, int top, int right, int bottom) {
        int at = 4 * node;
        if (isFirst) {
            boxes[at] = left;
            boxes[at + 1] = top;
            boxes[at + 2] = right;
            boxes[at + 3] = bottom;
        } else {
            boxes[at] = Math.min(boxes[at], left);
            boxes[at + 1] = Math.min(boxes[at + 1], top);
            boxes[at + 2] = Math.max(boxes[at + 2], right);
            boxes[at + 3] = Math.max(boxes[at + 3], bottom);
        }
    }

    /**
     * Number of subblocks of the plane.
     *
     * @return at least 1
     */
    public int size() {
        return size;
    }

    /**
     * The lowest scale among the subblocks that touch a region.
     *
     * @param region pixels of layer 0; not empty
     * @param minZoom lowest scale of interest
     * @param filter which rows of the directory count
     * @return at least {@code minZoom}, or {@link Float#POSITIVE_INFINITY} if there is none
     */
    public float lowestZoom(Rect region, float minZoom, IntPredicate filter) {
        float[] lowest = {Float.POSITIVE_INFINITY};
        for (Group group : groups) {
            query(group, region, minZoom, Float.POSITIVE_INFINITY, row -> {
                if (directory.zoom(row) < lowest[0] && filter.test(row)) {
                    lowest[0] = directory.zoom(row);
                }
            });
            if (lowest[0] < Float.POSITIVE_INFINITY) {
                // The groups that follow are finer.
                break;
            }
        }
        return lowest[0];
    }

    /**
     * The highest scale among the subblocks that touch a region.
     *
     * @param region pixels of layer 0; not empty
     * @param below scale that is too high
     * @param filter which rows of the directory count
     * @return less than {@code below}, or {@link Float#NEGATIVE_INFINITY} if there is none
     */
    public float highestZoom(Rect region, float below, IntPredicate filter) {
        float[] highest = {Float.NEGATIVE_INFINITY};
        for (int i = groups.size() - 1; i >= 0 && highest[0] == Float.NEGATIVE_INFINITY; i--) {
            query(groups.get(i), region, 0, below, row -> {
                if (directory.zoom(row) > highest[0] && filter.test(row)) {
                    highest[0] = directory.zoom(row);
                }
            });
        }
        return highest[0];
    }

    /**
     * The highest scale of all subblocks of the plane.
     *
     * @return above 0
     */
    public float maxZoom() {
        return groups.get(groups.size() - 1).maxZoom;
    }

    /**
     * Finds the subblocks that touch a region and whose scale lies in a range.
     *
     * @param region pixels of layer 0; not empty
     * @param minZoom lowest scale wanted
     * @param maxZoom scale that is too high, exclusive; {@link Float#POSITIVE_INFINITY} for no bound
     * @param sink takes the rows of the directory, in no particular order, each once
     */
    public void query(Rect region, float minZoom, float maxZoom, IntConsumer sink) {
        for (Group group : groups) {
            query(group, region, minZoom, maxZoom, sink);
        }
    }

    private void query(Group group, Rect region, float minZoom, float maxZoom, IntConsumer sink) {
        if (group.maxZoom >= minZoom && group.minZoom < maxZoom) {
            int top = group.levels.length - 2;
            for (int node = group.levels[top]; node < group.levels[top + 1]; node++) {
                visit(group, top, node, region, minZoom, maxZoom, sink);
            }
        }
    }

    private void visit(Group group, int level, int node, Rect region, float minZoom, float maxZoom, IntConsumer sink) {
        int[] boxes = group.boxes;
        int at = 4 * node;
        if (boxes[at] >= region.right()
                || boxes[at + 1] >= region.bottom()
                || boxes[at + 2] <= region.x()
                || boxes[at + 3] <= region.y()) {
            return;
        }
        int firstChild = (node - group.levels[level]) * NODE;
        if (level == 0) {
            int end = Math.min(group.from + firstChild + NODE, group.to);
            for (int i = group.from + firstChild; i < end; i++) {
                visitRow(rows[i], region, minZoom, maxZoom, sink);
            }
            return;
        }
        int start = group.levels[level - 1];
        int end = Math.min(start + firstChild + NODE, group.levels[level]);
        for (int child = start + firstChild; child < end; child++) {
            visit(group, level - 1, child, region, minZoom, maxZoom, sink);
        }
    }

    private void visitRow(int row, Rect region, float minZoom, float maxZoom, IntConsumer sink) {
        int x = directory.x(row);
        int y = directory.y(row);
        if (x < region.right()
                && y < region.bottom()
                && x + directory.width(row) > region.x()
                && y + directory.height(row) > region.y()) {
            float zoom = directory.zoom(row);
            if (zoom >= minZoom && zoom < maxZoom) {
                sink.accept(row);
            }
        }
    }

    long heapBytes() {
        long bytes = 0;
        for (Group group : groups) {
            bytes += 4L * group.boxes.length + 4L * group.levels.length;
        }
        return bytes;
    }
}
