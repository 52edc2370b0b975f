package io.github.czi4j.index;

import io.github.czi4j.model.Bounds;
import io.github.czi4j.model.Dimension;
import io.github.czi4j.model.IndexRange;
import io.github.czi4j.model.Rect;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The one pass that finds what a document spans (sheet §8). */
final class BoundsScan {

    /** A union of rectangles that grows; edges are kept, not sides, so that far apart tiles do not overflow. */
    static final class Box {
        int left = Integer.MAX_VALUE;
        int top = Integer.MAX_VALUE;
        int right = Integer.MIN_VALUE;
        int bottom = Integer.MIN_VALUE;

        void add(SubblockDirectory directory, int row) {
            left = Math.min(left, directory.x(row));
            top = Math.min(top, directory.y(row));
            right = Math.max(right, directory.x(row) + directory.width(row));
            bottom = Math.max(bottom, directory.y(row) + directory.height(row));
        }

        /** Sides beyond 2^31 − 1 are cut there: no mosaic can be that wide. */
        Rect rect() {
            if (right <= left) {
                return Rect.EMPTY;
            }
            int width = (int) Math.min(Integer.MAX_VALUE - Math.max(left, 0), (long) right - left);
            int height = (int) Math.min(Integer.MAX_VALUE - Math.max(top, 0), (long) bottom - top);
            return new Rect(left, top, width, height);
        }
    }

    private static final class Scene {
        final Box all = new Box();
        final Box layer0 = new Box();
        int count;
    }

    private final SubblockDirectory directory;
    private final Box all = new Box();
    private final Box layer0 = new Box();
    private final Map<Integer, Scene> scenes = new TreeMap<>();

    private BoundsScan(SubblockDirectory directory) {
        this.directory = directory;
    }

    static Bounds of(SubblockDirectory directory) {
        return new BoundsScan(directory).scan();
    }

    private Bounds scan() {
        int sceneIndex = 0;
        Scene scene = null;
        for (int row = 0; row < directory.size(); row++) {
            if (!directory.isSound(row)) {
                continue;
            }
            boolean isLayer0 = directory.isLayer0(row);
            all.add(directory, row);
            if (isLayer0) {
                layer0.add(directory, row);
            }
            if (directory.has(row, Dimension.S)) {
                int index = directory.index(row, Dimension.S);
                if (scene == null || index != sceneIndex) {
                    scene = scenes.get(index);
                    if (scene == null) {
                        scene = new Scene();
                        scenes.put(index, scene);
                    }
                    sceneIndex = index;
                }
                scene.count++;
                scene.all.add(directory, row);
                if (isLayer0) {
                    scene.layer0.add(directory, row);
                }
            }
        }
        Map<Integer, Bounds.SceneBounds> sceneBounds = new LinkedHashMap<>();
        for (Map.Entry<Integer, Scene> entry : scenes.entrySet()) {
            int index = entry.getKey();
            Scene s = entry.getValue();
            sceneBounds.put(index, new Bounds.SceneBounds(index, s.all.rect(), s.layer0.rect(), s.count));
        }
        return new Bounds(
                all.rect(),
                layer0.rect(),
                Collections.unmodifiableMap(dimensions()),
                mRange(),
                Collections.unmodifiableMap(sceneBounds));
    }

    private Map<Dimension, IndexRange> dimensions() {
        Map<Dimension, IndexRange> ranges = new EnumMap<>(Dimension.class);
        for (Dimension dimension : Dimension.ofCoordinate()) {
            int min = Integer.MAX_VALUE;
            int max = Integer.MIN_VALUE;
            boolean found = false;
            for (int row = 0; row < directory.size(); row++) {
                if (directory.has(row, dimension)) {
                    int index = directory.index(row, dimension);
                    min = Math.min(min, index);
                    max = Math.max(max, index);
                    found = true;
                    if (directory.isUniform(dimension)) {
                        break;
                    }
                }
            }
            if (found) {
                ranges.put(dimension, new IndexRange(min, max));
            }
        }
        return ranges;
    }

    private Optional<IndexRange> mRange() {
        long min = Long.MAX_VALUE;
        long max = Long.MIN_VALUE;
        for (int row = 0; row < directory.size(); row++) {
            long m = directory.mOrLowest(row);
            if (m != Long.MIN_VALUE) {
                min = Math.min(min, m);
                max = Math.max(max, m);
            }
        }
        return min > max ? Optional.empty() : Optional.of(new IndexRange((int) min, (int) max));
    }
}
