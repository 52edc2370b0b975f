package io.github.czi4j;

import io.github.czi4j.model.Coordinate;
import io.github.czi4j.model.Dimension;
import io.github.czi4j.model.Downscaling;
import io.github.czi4j.model.Overlap;
import io.github.czi4j.model.Parallelism;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.PyramidGaps;
import io.github.czi4j.model.PyramidLayer;
import io.github.czi4j.model.Rect;
import io.github.czi4j.mosaic.Composition;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What mosaic is wanted. Immutable; each method returns a changed copy. Nothing is checked against a file before the
 * request meets one.
 *
 * <pre>{@code
 * MosaicRequest.wholeImage().channel(0)
 * MosaicRequest.region(12_000, 8_000, 2_048, 2_048).plane("C1Z4").scene(2)
 * }</pre>
 */
public final class MosaicRequest {
    private static final MosaicRequest WHOLE = new Builder().build();

    private final Rect region;
    private final Coordinate plane;
    private final Set<Integer> scenes;
    private final double zoom;
    private final PyramidLayer pyramidLayer;
    private final double[] background;
    private final Composition composition;
    private final PixelType pixelType;
    private final Parallelism parallelism;
    private final Boolean strict;
    private final boolean isPixelShifted;

    /** Carries the parts of a request from one to its changed copy. */
    private static final class Builder {
        private Rect region;
        private Coordinate plane = Coordinate.EMPTY;
        private Set<Integer> scenes;
        private double zoom = 1;
        private PyramidLayer pyramidLayer;
        private double[] background = {0, 0, 0};
        private Composition composition = Composition.LIKE_LIBCZI.gaps(PyramidGaps.FILL_FINER);
        private PixelType pixelType;
        private Parallelism parallelism;
        private Boolean strict;
        private boolean isPixelShifted;

        MosaicRequest build() {
            return new MosaicRequest(this);
        }
    }

    private MosaicRequest(Builder builder) {
        this.region = builder.region;
        this.plane = builder.plane;
        this.scenes = builder.scenes;
        this.zoom = builder.zoom;
        this.background = builder.background;
        this.pyramidLayer = builder.pyramidLayer;
        this.composition = builder.composition;
        this.pixelType = builder.pixelType;
        this.parallelism = builder.parallelism;
        this.strict = builder.strict;
        this.isPixelShifted = builder.isPixelShifted;
    }

    private Builder change() {
        Builder builder = new Builder();
        builder.region = region;
        builder.plane = plane;
        builder.scenes = scenes;
        builder.zoom = zoom;
        builder.background = background;
        builder.pyramidLayer = pyramidLayer;
        builder.composition = composition;
        builder.pixelType = pixelType;
        builder.parallelism = parallelism;
        builder.strict = strict;
        builder.isPixelShifted = isPixelShifted;
        return builder;
    }

    /**
     * All of the image, or all of the scenes that the request names: the union of their layer-0 tiles.
     *
     * @return a request without further wishes
     */
    public static MosaicRequest wholeImage() {
        return WHOLE;
    }

    /**
     * A region of the document.
     *
     * @param x left edge, raw coordinate in pixels of layer 0, of any sign
     * @param y top edge, likewise
     * @param width at least 1
     * @param height at least 1
     * @return a request for that region
     * @throws IllegalArgumentException if the region is empty or does not fit the coordinates
     */
    public static MosaicRequest region(int x, int y, int width, int height) {
        return region(new Rect(x, y, width, height));
    }

    /**
     * A region of the document.
     *
     * @param region raw coordinates in pixels of layer 0; not empty
     * @return a request for that region
     * @throws IllegalArgumentException if the region is empty
     */
    public static MosaicRequest region(Rect region) {
        if (region.isEmpty()) {
            throw new IllegalArgumentException("the region " + region + " is empty");
        }
        Builder builder = new Builder();
        builder.region = region;
        return builder.build();
    }

    /**
     * The plane, replacing what was said of it before.
     *
     * @param indices each dimension of which the file has several indices must be given; an S is taken as the scene
     * @return changed request
     */
    public MosaicRequest plane(Coordinate indices) {
        Builder builder = change();
        builder.plane = indices.without(Dimension.S);
        if (indices.has(Dimension.S)) {
            builder.scenes = Set.of(indices.get(Dimension.S));
        }
        return builder.build();
    }

    /**
     * The plane, replacing what was said of it before.
     *
     * @param indices for instance {@code C1Z4}
     * @return changed request
     * @throws IllegalArgumentException if the text is no coordinate
     */
    public MosaicRequest plane(String indices) {
        return plane(Coordinate.parse(indices));
    }

    /**
     * One index of the plane.
     *
     * @param dimension one of Z C T R I H V B
     * @param index its index
     * @return changed request
     * @throws IllegalArgumentException if the dimension is no part of a plane
     */
    public MosaicRequest index(Dimension dimension, int index) {
        if (!dimension.isPlane()) {
            throw new IllegalArgumentException(dimension + " is no part of a plane");
        }
        Builder builder = change();
        builder.plane = plane.with(dimension, index);
        return builder.build();
    }

    /**
     * The channel.
     *
     * @param index index along C
     * @return changed request
     */
    public MosaicRequest channel(int index) {
        return index(Dimension.C, index);
    }

    /**
     * The scenes to draw; tiles of others are left out.
     *
     * @param indices indices along S
     * @return changed request
     */
    public MosaicRequest scene(int... indices) {
        Set<Integer> chosen = new TreeSet<>();
        for (int index : indices) {
            chosen.add(index);
        }
        Builder builder = change();
        builder.scenes = Set.copyOf(chosen);
        return builder.build();
    }

    /**
     * The scale of the output, which chooses the stored layers to read. Replaces a {@linkplain #pyramidLayer layer} that
     * was asked for by its number.
     *
     * @param value output pixels for a pixel of layer 0, above 0 and at most 1
     * @return changed request
     * @throws IllegalArgumentException if the value is out of range
     */
    public MosaicRequest zoom(double value) {
        if (!(value > 0 && value <= 1)) {
            throw new IllegalArgumentException("the zoom must be above 0 and at most 1, not " + value);
        }
        Builder builder = change();
        builder.zoom = value;
        builder.pyramidLayer = null;
        return builder.build();
    }

    /**
     * One stored layer as it is: its tiles unscaled, those of other layers left out (sheet §7.4). An output pixel is a
     * pixel of that layer; the region is still in pixels of layer 0, and what remains of it by division is cut off.
     * Replaces a {@linkplain #zoom zoom}.
     *
     * @param minificationFactor ratio of one layer to the next, at least 2
     * @param layer 0 for full resolution, 1 for the next coarser layer, and so on
     * @return changed request
     * @throws IllegalArgumentException if a number is out of range
     */
    public MosaicRequest pyramidLayer(int minificationFactor, int layer) {
        Builder builder = change();
        builder.pyramidLayer = new PyramidLayer(minificationFactor, layer);
        builder.zoom = 1;
        return builder.build();
    }

    /**
     * What shows where the layer that suits the zoom has no tile, but another one has; finer layers unless said
     * otherwise. Where a layer is asked for by its number, its gaps are always left.
     *
     * @param value what to do
     * @return changed request
     */
    public MosaicRequest pyramidGaps(PyramidGaps value) {
        Builder builder = change();
        builder.composition = composition.gaps(value);
        return builder.build();
    }

    /**
     * Where the pixels of a mosaic at a zoom below 1 come from; nearest neighbours, as in libCZI, unless said otherwise.
     * At zoom 1 and in stored layers nothing is scaled, so that it makes no difference there.
     *
     * @param value how
     * @return changed request
     */
    public MosaicRequest downscaling(Downscaling value) {
        Builder builder = change();
        builder.composition = composition.downscaling(value);
        return builder.build();
    }

    /**
     * What shows where tiles overlap; the topmost tile unless said otherwise.
     *
     * @param value what
     * @return changed request
     */
    public MosaicRequest overlap(Overlap value) {
        Builder builder = change();
        builder.composition = composition.overlap(value);
        return builder.build();
    }

    /**
     * Whether the masks of tiles are looked at (sheet §7.8): a pixel that its tile's mask calls invalid is not painted,
     * and what lies below shows. Off unless said otherwise, as in libCZI. All tiles that touch the region are read.
     *
     * @param value true to look at them
     * @return changed request
     */
    public MosaicRequest maskAware(boolean value) {
        Builder builder = change();
        builder.composition = composition.masks(value);
        return builder.build();
    }

    /**
     * Whether tiles are drawn away from their place by what the document's experiment prescribes for their channel
     * ({@link CziReader#pixelShifts()}), rounded to whole pixels. Off unless said otherwise, as in libCZI: many files
     * have their tiles moved already. Of use for files whose channels do not lie on each other without.
     *
     * @param value true to move them
     * @return changed request
     */
    public MosaicRequest pixelShift(boolean value) {
        Builder builder = change();
        builder.isPixelShifted = value;
        return builder.build();
    }

    /**
     * The colour where there is no tile; black unless said otherwise. Grey images take the mean.
     *
     * @param red 0 to 1
     * @param green 0 to 1
     * @param blue 0 to 1
     * @return changed request
     */
    public MosaicRequest background(double red, double green, double blue) {
        Builder builder = change();
        builder.background = new double[] {red, green, blue};
        return builder.build();
    }

    /**
     * The pixel type of the output; that of the channel's first subblock unless said otherwise.
     *
     * @param type the type
     * @return changed request
     */
    public MosaicRequest pixelType(PixelType type) {
        Builder builder = change();
        builder.pixelType = Objects.requireNonNull(type, "type");
        return builder.build();
    }

    /**
     * Who works on this mosaic; the reader's setting unless said otherwise.
     *
     * @param value the parallelism
     * @return changed request
     */
    public MosaicRequest parallelism(Parallelism value) {
        Builder builder = change();
        builder.parallelism = Objects.requireNonNull(value, "parallelism");
        return builder.build();
    }

    /**
     * The first subblock that is damaged or odd ends this mosaic with an exception. All rows of the subblocks to read are
     * decoded then; otherwise those of JPEG XR that lie below everything that can be seen are not, and damage there is not told.
     *
     * @return changed request
     */
    public MosaicRequest strict() {
        Builder builder = change();
        builder.strict = true;
        return builder.build();
    }

    /**
     * A subblock that is damaged or odd is reported, and the mosaic made without it.
     *
     * @return changed request
     */
    public MosaicRequest lenient() {
        Builder builder = change();
        builder.strict = false;
        return builder.build();
    }

    /**
     * The region.
     *
     * @return empty for the whole image
     */
    public Optional<Rect> region() {
        return Optional.ofNullable(region);
    }

    /**
     * The plane.
     *
     * @return indices without S
     */
    public Coordinate plane() {
        return plane;
    }

    /**
     * The scenes.
     *
     * @return empty for all
     */
    public Optional<Set<Integer>> scenes() {
        return Optional.ofNullable(scenes);
    }

    /**
     * The scale.
     *
     * @return above 0, at most 1; 1 where a layer is asked for by its number
     */
    public double zoom() {
        return zoom;
    }

    /**
     * The stored layer.
     *
     * @return empty where the zoom decides
     */
    public Optional<PyramidLayer> pyramidLayer() {
        return Optional.ofNullable(pyramidLayer);
    }

    Composition composition() {
        // Where nothing is scaled means would be of one pixel each, and take longer.
        boolean isScaled = (float) zoom < 1 && pyramidLayer == null;
        return isScaled ? composition : composition.downscaling(Downscaling.NEAREST);
    }

    boolean isPixelShifted() {
        return isPixelShifted;
    }

    double[] background() {
        return background;
    }

    Optional<PixelType> pixelType() {
        return Optional.ofNullable(pixelType);
    }

    Optional<Parallelism> parallelism() {
        return Optional.ofNullable(parallelism);
    }

    Optional<Boolean> strictness() {
        return Optional.ofNullable(strict);
    }
}
