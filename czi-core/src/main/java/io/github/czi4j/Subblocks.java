package io.github.czi4j;

import io.github.czi4j.index.SubblockDirectory;
import io.github.czi4j.model.Coordinate;
import io.github.czi4j.model.Dimension;
import io.github.czi4j.model.PyramidLayer;
import io.github.czi4j.model.Rect;
import io.github.czi4j.model.SubblockInfo;
import java.util.Comparator;
import java.util.Iterator;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Subblocks of a file, narrowed down step by step; objects are made only for those that are looked at, in the order of
 * the directory unless {@link #inFileOrder()} says otherwise. Immutable and thread-safe; a stream may be made
 * {@linkplain Stream#parallel() parallel}, since subblocks do not share anything that is not.
 *
 * <pre>{@code
 * for (Subblock tile : reader.subblocks().inScene(0).onPlane("C0").layer0()) { … }
 * }</pre>
 */
public final class Subblocks implements Iterable<Subblock> {
    private final SubblockDirectory directory;
    private final IntFunction<Subblock> maker;
    private final IntPredicate filter;
    private final boolean isInFileOrder;

    Subblocks(SubblockDirectory directory, IntFunction<Subblock> maker) {
        this(directory, maker, row -> true, false);
    }

    private Subblocks(
            SubblockDirectory directory, IntFunction<Subblock> maker, IntPredicate filter, boolean isInFileOrder) {
        this.directory = directory;
        this.maker = maker;
        this.filter = filter;
        this.isInFileOrder = isInFileOrder;
    }

    private Subblocks and(IntPredicate more) {
        return new Subblocks(directory, maker, filter.and(more), isInFileOrder);
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
     * Those of one stored layer (sheet §7.4).
     *
     * @param minificationFactor ratio of one layer to the next, at least 2; usually 2 or 3
     * @param layer 0 for full resolution, 1 for the next coarser layer, and so on
     * @return fewer subblocks
     * @throws IllegalArgumentException if a number is out of range
     */
    public Subblocks layer(int minificationFactor, int layer) {
        PyramidLayer wanted = new PyramidLayer(minificationFactor, layer);
        return and(row -> directory.isSound(row) && directory.layer(row, wanted) == layer);
    }

    /**
     * Those with a tile number: in each plane and scene one as a rule.
     *
     * @param number the number
     * @return fewer subblocks
     */
    public Subblocks withM(int number) {
        return and(row -> directory.mOrLowest(row) == number);
    }

    /**
     * Those that fulfil a condition.
     *
     * @param condition is asked from several threads if the stream is parallel
     * @return fewer subblocks
     */
    public Subblocks where(Predicate<SubblockInfo> condition) {
        return and(row -> condition.test(directory.info(row)));
    }

    /**
     * The same in the order in which they lie in the file: the fast way through all of it, since reading goes forward only.
     *
     * @return the same subblocks
     */
    public Subblocks inFileOrder() {
        return new Subblocks(directory, maker, filter, true);
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
     * @return ascending, unless the order of the file is wanted
     */
    public IntStream indices() {
        IntStream rows = IntStream.range(0, directory.size()).filter(filter);
        // The order of the directory is that of the file in most files.
        return isInFileOrder && !directory.isInFileOrder()
                ? rows.boxed()
                        .sorted(Comparator.comparingLong(directory::filePosition))
                        .mapToInt(Integer::intValue)
                : rows;
    }

    /**
     * The subblocks.
     *
     * @return in the order of {@link #indices()}
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
