package io.github.czi4j.index;

import io.github.czi4j.model.Dimension;
import io.github.czi4j.model.IndexRange;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.SubblockGroup;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The one pass that finds what the subblocks of each scene, and all together, have in common. */
public final class GroupScan {
    /** Heap that a scene takes here and in the values made of it, generously. */
    public static final int BYTES_PER_SCENE = 1500;

    private static final int DIMENSIONS = Dimension.COORDINATE_COUNT;

    private static final class Group {
        private final int[] min = new int[DIMENSIONS];
        private final int[] max = new int[DIMENSIONS];
        private final SortedMap<Integer, PixelType> pixelTypes = new TreeMap<>();
        private final SortedMap<Integer, Integer> layers = new TreeMap<>();

        Group() {
            Arrays.fill(min, Integer.MAX_VALUE);
            Arrays.fill(max, Integer.MIN_VALUE);
        }

        SubblockGroup value() {
            Map<Dimension, IndexRange> ranges = new EnumMap<>(Dimension.class);
            for (Dimension dimension : Dimension.ofCoordinate()) {
                int i = dimension.ordinal();
                if (dimension.isPlane() && min[i] <= max[i]) {
                    ranges.put(dimension, new IndexRange(min[i], max[i]));
                }
            }
            return new SubblockGroup(
                    Collections.unmodifiableMap(ranges),
                    Collections.unmodifiableSortedMap(pixelTypes),
                    Collections.unmodifiableSortedMap(layers));
        }
    }

    /**
     * What was found.
     *
     * @param all of all subblocks
     * @param scenes of each scene, by its index
     */
    public record Result(SubblockGroup all, Map<Integer, SubblockGroup> scenes) {}

    private GroupScan() {}

    /**
     * Passes through a directory.
     *
     * @param directory the subblocks
     * @return what was found
     */
    public static Result of(SubblockDirectory directory) {
        Group all = new Group();
        Map<Integer, Group> scenes = new HashMap<>();
        for (int row = 0; row < directory.size(); row++) {
            if (directory.isSound(row)) {
                add(directory, row, all);
                if (directory.has(row, Dimension.S)) {
                    add(
                            directory,
                            row,
                            scenes.computeIfAbsent(directory.index(row, Dimension.S), index -> new Group()));
                }
            }
        }
        Map<Integer, SubblockGroup> values = new HashMap<>();
        scenes.forEach((index, group) -> values.put(index, group.value()));
        return new Result(all.value(), Collections.unmodifiableMap(values));
    }

    private static void add(SubblockDirectory directory, int row, Group group) {
        int mask = directory.coordinateMask(row);
        for (Dimension dimension : Dimension.ofCoordinate()) {
            int i = dimension.ordinal();
            if ((mask >>> i & 1) != 0) {
                int index = directory.index(row, dimension);
                group.min[i] = Math.min(group.min[i], index);
                group.max[i] = Math.max(group.max[i], index);
            }
        }
        int channel = directory.has(row, Dimension.C) ? directory.index(row, Dimension.C) : 0;
        group.pixelTypes.putIfAbsent(channel, directory.pixelType(row));
        group.layers.merge(ratio(directory, row), 1, Integer::sum);
    }

    private static int ratio(SubblockDirectory directory, int row) {
        int width = directory.storedWidth(row);
        int height = directory.storedHeight(row);
        double ratio = width > height ? (double) directory.width(row) / width : (double) directory.height(row) / height;
        return (int) Math.max(1, Math.round(ratio));
    }
}
