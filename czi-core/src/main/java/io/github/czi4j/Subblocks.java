package io.github.czi4j;

import io.github.czi4j.index.SubblockDirectory;
import io.github.czi4j.model.Coordinate;
import io.github.czi4j.model.Dimension;
import io.github.czi4j.model.Rect;
import java.util.Iterator;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Subblocks of a file, narrowed down step by step; objects are made only for those that are looked at, in the order of
 * the directory. Immutable and thread-safe.
 *
 * <pre>{@code
 * for (Subblock tile : reader.subblocks().inScene(0).onPlane("C0").layer0()) { … }
 * }</pre>
 */
public final class Subblocks implements Iterable<Subblock> {
    private final SubblockDirectory directory;
    private final IntFunction<Subblock> maker;
    private final IntPredicate filter;

    Subblocks(SubblockDirectory directory, IntFunction<Subblock> maker, IntPredicate filter) {
        this.directory = directory;
        this.maker = maker;
        this.filter = filter;
    }

    private Subblocks and(IntPredicate more) {
        return new Subblocks(directory, maker, filter.and(more));
    }

    /**
     * Those of one scene.
     *
     * @param index its S index
     * @return fewer subblocks
     */
    public Subblocks inScene(int index) {
        return and(row -> directory.has(row, Dimension.S) && directory.index(row, Dimension.S) == index);
    }

    /**
     * Those that have each of some indices.
     *
     * @param indices what a subblock must have; dimensions that are not given may be anything
     * @return fewer subblocks
     */
    public Subblocks onPlane(Coordinate indices) {
        Subblocks result = this;
        for (Dimension dimension : Dimension.ofCoordinate()) {
            if (indices.has(dimension)) {
                int index = indices.get(dimension);
                result = result.and(row -> directory.has(row, dimension) && directory.index(row, dimension) == index);
            }
        }
        return result;
    }

    /**
     * Those that have each of some indices.
     *
     * @param indices for instance {@code C0Z3}
     * @return fewer subblocks
     * @throws IllegalArgumentException if the text is no coordinate
     */
    public Subblocks onPlane(String indices) {
        return onPlane(Coordinate.parse(indices));
    }

    /**
     * Those of full resolution.
     *
     * @return fewer subblocks
     */
    public Subblocks layer0() {
        return and(directory::isLayer0);
    }

    /**
     * Those that touch a region.
     *
     * @param region raw coordinates in pixels of layer 0
     * @return fewer subblocks
     */
    public Subblocks touching(Rect region) {
        return and(row -> directory.isSound(row) && directory.logical(row).intersects(region));
    }

    /**
     * The indices in the directory.
     *
     * @return ascending
     */
    public IntStream indices() {
        return IntStream.range(0, directory.size()).filter(filter);
    }

    /**
     * The subblocks.
     *
     * @return by ascending index
     */
    public Stream<Subblock> stream() {
        return indices().mapToObj(maker);
    }

    /**
     * Their number.
     *
     * @return at least 0
     */
    public int count() {
        return (int) indices().count();
    }

    @Override
    public Iterator<Subblock> iterator() {
        return stream().iterator();
    }
}
