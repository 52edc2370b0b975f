package io.github.czi4j.index;

import io.github.czi4j.model.Coordinate;
import io.github.czi4j.model.Dimension;
import io.github.czi4j.model.PlaneInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The subblocks grouped by plane: by the set of their dimensions Z C T R I H V B and the indices along them. S is no part
 * of a plane: scenes are a filter (sheet §7.2). Thread-safe; the spatial index of a plane is made when it is first asked
 * for.
 */
public final class PlaneTable {
    private static final int PLANE_MASK = planeMask();

    private final SubblockDirectory directory;
    /** A subblock of each plane, which stands for its indices. */
    private final int[] representative;
    /** Where the rows of plane p begin in {@link #rows}; one element more than planes. */
    private final int[] first;
    /** All sound rows, by plane; within a plane in the order of its spatial index once that exists. */
    private final int[] rows;
    /** Open addressing over the hash of a plane; -1 is a free slot. */
    private final int[] slots;
    /** The sets of dimensions that occur, as masks. */
    private final int[] shapes;

    private final ConcurrentHashMap<Integer, PlaneIndex> indices = new ConcurrentHashMap<>();

    private PlaneTable(
            SubblockDirectory directory, int[] representative, int[] first, int[] rows, int[] slots, int[] shapes) {
        this.directory = directory;
        this.representative = representative;
        this.first = first;
        this.rows = rows;
        this.slots = slots;
        this.shapes = shapes;
    }

    private static int planeMask() {
        int mask = 0;
        for (Dimension dimension : Dimension.ofCoordinate()) {
            if (dimension.isPlane()) {
                mask |= 1 << dimension.ordinal();
            }
        }
        return mask;
    }

    static PlaneTable of(SubblockDirectory directory) {
        return new Grouping(directory).group();
    }

    /** The pass over the directory that finds the planes. */
    private static final class Grouping {
        private final SubblockDirectory directory;
        private final Dimension[] varying;
        private int[] slots = filled(64);
        private int[] representative = new int[16];
        private int[] counts = new int[16];
        private int planes;

        Grouping(SubblockDirectory directory) {
            this.directory = directory;
            List<Dimension> found = new ArrayList<>();
            for (Dimension dimension : Dimension.ofCoordinate()) {
                if (dimension.isPlane() && !directory.isUniform(dimension)) {
                    found.add(dimension);
                }
            }
            this.varying = found.toArray(new Dimension[0]);
        }

        PlaneTable group() {
            int size = directory.size();
            int[] planeOf = new int[size];
            for (int row = 0; row < size; row++) {
                planeOf[row] = directory.isSound(row) ? planeOf(row) : -1;
                if (planeOf[row] >= 0) {
                    counts[planeOf[row]]++;
                }
            }
            int[] first = new int[planes + 1];
            for (int plane = 0; plane < planes; plane++) {
                first[plane + 1] = first[plane] + counts[plane];
            }
            int[] next = Arrays.copyOf(first, planes);
            int[] rows = new int[first[planes]];
            for (int row = 0; row < size; row++) {
                if (planeOf[row] >= 0) {
                    rows[next[planeOf[row]]++] = row;
                }
            }
            return new PlaneTable(directory, Arrays.copyOf(representative, planes), first, rows, slots, shapes());
        }

        /** Which dimensions the planes have, each combination once. */
        private int[] shapes() {
            int[] shapes = new int[planes];
            for (int plane = 0; plane < planes; plane++) {
                shapes[plane] = directory.coordinateMask(representative[plane]) & PLANE_MASK;
            }
            return IndexMath.distinct(shapes);
        }

        private int planeOf(int row) {
            if (planes > 0 && varying.length == 0) {
                return 0;
            }
            int slot = hashOf(directory, row) & slots.length - 1;
            while (slots[slot] >= 0) {
                if (isSamePlane(representative[slots[slot]], row)) {
                    return slots[slot];
                }
                slot = slot + 1 & slots.length - 1;
            }
            slots[slot] = planes;
            if (planes == representative.length) {
                representative = Arrays.copyOf(representative, planes * 2);
                counts = Arrays.copyOf(counts, planes * 2);
            }
            representative[planes++] = row;
            if (planes * 2L > slots.length) {
                rehash();
            }
            return planes - 1;
        }

        private boolean isSamePlane(int a, int b) {
            if (((directory.coordinateMask(a) ^ directory.coordinateMask(b)) & PLANE_MASK) != 0) {
                return false;
            }
            for (Dimension dimension : varying) {
                if (directory.has(a, dimension) && directory.index(a, dimension) != directory.index(b, dimension)) {
                    return false;
                }
            }
            return true;
        }

        private void rehash() {
            int[] larger = filled(slots.length * 2);
            for (int plane = 0; plane < planes; plane++) {
                int row = representative[plane];
                int slot = hashOf(directory, row) & larger.length - 1;
                while (larger[slot] >= 0) {
                    slot = slot + 1 & larger.length - 1;
                }
                larger[slot] = plane;
            }
            slots = larger;
        }

        private static int[] filled(int length) {
            int[] array = new int[length];
            Arrays.fill(array, -1);
            return array;
        }
    }

    private static int hashOf(SubblockDirectory directory, int row) {
        int mask = directory.coordinateMask(row) & PLANE_MASK;
        int hash = mask;
        for (Dimension dimension : Dimension.ofCoordinate()) {
            hash = mix(hash, (mask >>> dimension.ordinal() & 1) != 0 ? directory.index(row, dimension) : 0);
        }
        return hash;
    }

    private static int mix(int hash, int value) {
        int mixed = (hash ^ value) * 0x9E3779B1;
        return mixed ^ mixed >>> 15;
    }

    /**
     * Number of planes.
     *
     * @return at least 0
     */
    public int size() {
        return representative.length;
    }

    /**
     * The indices of a plane.
     *
     * @param plane 0 to {@code size() - 1}, in the order of first occurrence
     * @return a coordinate without S
     */
    public Coordinate coordinate(int plane) {
        return directory.coordinate(representative[plane]).without(Dimension.S);
    }

    /**
     * Number of subblocks of a plane, all scenes and layers.
     *
     * @param plane 0 to {@code size() - 1}
     * @return at least 1
     */
    public int subblockCount(int plane) {
        return first[plane + 1] - first[plane];
    }

    /**
     * What a plane spans.
     *
     * @param plane 0 to {@code size() - 1}
     * @return computed at each call from the plane's subblocks
     */
    public PlaneInfo info(int plane) {
        // Rows are put in another order when the index is made: not while they are looked at.
        index(plane);
        SortedSet<Integer> scenes = new TreeSet<>();
        BoundsScan.Box all = new BoundsScan.Box();
        BoundsScan.Box layer0 = new BoundsScan.Box();
        for (int i = first[plane]; i < first[plane + 1]; i++) {
            int row = rows[i];
            all.add(directory, row);
            if (directory.isLayer0(row)) {
                layer0.add(directory, row);
            }
            if (directory.has(row, Dimension.S)) {
                scenes.add(directory.index(row, Dimension.S));
            }
        }
        return new PlaneInfo(
                coordinate(plane),
                subblockCount(plane),
                all.rect(),
                layer0.rect(),
                Collections.unmodifiableSortedSet(scenes));
    }

    /**
     * The planes that match a request (sheet §7.2): those that have each dimension of it with its index; dimensions that
     * the request leaves open match anything.
     *
     * @param request indices without S
     * @return the planes' spatial indices
     */
    public List<PlaneIndex> matching(Coordinate request) {
        List<PlaneIndex> result = new ArrayList<>();
        for (int shape : shapes) {
            Coordinate exact = complete(request, shape);
            if (exact != null) {
                int plane = find(exact, shape);
                if (plane >= 0) {
                    result.add(index(plane));
                }
            } else if (canMatch(request, shape)) {
                scan(request, shape, result);
            }
        }
        return result;
    }

    /** The request with what it leaves open filled in where the file has one index only; null where that fails. */
    private Coordinate complete(Coordinate request, int shape) {
        Coordinate exact = request;
        for (Dimension dimension : Dimension.ofCoordinate()) {
            boolean inShape = (shape >>> dimension.ordinal() & 1) != 0;
            if (request.has(dimension)) {
                if (!inShape) {
                    return null;
                }
            } else if (inShape) {
                if (!directory.isUniform(dimension)) {
                    return null;
                }
                exact = exact.with(dimension, directory.index(representative[0], dimension));
            }
        }
        return exact;
    }

    private static boolean canMatch(Coordinate request, int shape) {
        for (Dimension dimension : Dimension.ofCoordinate()) {
            if (request.has(dimension) && (shape >>> dimension.ordinal() & 1) == 0) {
                return false;
            }
        }
        return true;
    }

    private int find(Coordinate exact, int shape) {
        int hash = shape;
        for (Dimension dimension : Dimension.ofCoordinate()) {
            hash = mix(hash, exact.getOrDefault(dimension, 0));
        }
        int slot = hash & slots.length - 1;
        while (slots[slot] >= 0) {
            if (coordinate(slots[slot]).equals(exact)) {
                return slots[slot];
            }
            slot = slot + 1 & slots.length - 1;
        }
        return -1;
    }

    private void scan(Coordinate request, int shape, List<PlaneIndex> result) {
        for (int plane = 0; plane < representative.length; plane++) {
            int row = representative[plane];
            boolean matches = (directory.coordinateMask(row) & PLANE_MASK) == shape;
            for (Dimension dimension : Dimension.ofCoordinate()) {
                matches = matches
                        && (!request.has(dimension) || request.get(dimension) == directory.index(row, dimension));
            }
            if (matches) {
                result.add(index(plane));
            }
        }
    }

    /**
     * The spatial index of a plane.
     *
     * @param plane 0 to {@code size() - 1}
     * @return made on the first call
     */
    public PlaneIndex index(int plane) {
        return indices.computeIfAbsent(plane, p -> PlaneIndex.of(directory, rows, first[p], first[p + 1]));
    }

    /**
     * Heap that planes and spatial indices take now.
     *
     * @return bytes
     */
    public long heapBytes() {
        long bytes = 4L * (representative.length + first.length + rows.length + slots.length);
        for (PlaneIndex index : indices.values()) {
            bytes += index.heapBytes();
        }
        return bytes;
    }
}
