package io.github.czi4j.mosaic;

import io.github.czi4j.model.Downscaling;
import io.github.czi4j.model.Overlap;
import io.github.czi4j.model.PyramidGaps;
import java.util.Objects;

/**
 * How tiles become a picture.
 *
 * @param masks whether pixels that a tile's mask calls invalid are left out
 * @param downscaling where the pixels of a scaled mosaic come from
 * @param overlap what shows where tiles overlap
 * @param gaps what shows where the chosen layer has no tile
 */
public record Composition(boolean masks, Downscaling downscaling, Overlap overlap, PyramidGaps gaps) {
    /** What libCZI does, unless it is told otherwise. */
    public static final Composition LIKE_LIBCZI =
            new Composition(false, Downscaling.NEAREST, Overlap.TOPMOST, PyramidGaps.LEAVE);

    /**
     * Checks the parts.
     */
    public Composition {
        Objects.requireNonNull(downscaling, "downscaling");
        Objects.requireNonNull(overlap, "overlap");
        Objects.requireNonNull(gaps, "gaps");
    }

    /**
     * Looks at masks, or does not.
     *
     * @param value whether
     * @return changed composition
     */
    public Composition masks(boolean value) {
        return new Composition(value, downscaling, overlap, gaps);
    }

    /**
     * Changes where scaled pixels come from.
     *
     * @param value how
     * @return changed composition
     */
    public Composition downscaling(Downscaling value) {
        return new Composition(masks, value, overlap, gaps);
    }

    /**
     * Changes what shows where tiles overlap.
     *
     * @param value what
     * @return changed composition
     */
    public Composition overlap(Overlap value) {
        return new Composition(masks, downscaling, value, gaps);
    }

    /**
     * Changes what shows in gaps.
     *
     * @param value what
     * @return changed composition
     */
    public Composition gaps(PyramidGaps value) {
        return new Composition(masks, downscaling, overlap, value);
    }

    /** Whether output pixels are means of several stored ones. */
    boolean isBlended() {
        return downscaling == Downscaling.AREA_AVERAGE || overlap == Overlap.FEATHER;
    }

    /** Whether each part of the picture shows one tile only, whichever pixels that has. */
    boolean isOpaque() {
        return !masks && overlap == Overlap.TOPMOST;
    }
}
