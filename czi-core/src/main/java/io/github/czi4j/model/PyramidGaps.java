package io.github.czi4j.model;

/**
 * What to do where the pyramid layer that suits a zoom has no tile, but another layer has: where a scene's pyramid is
 * incomplete, or ratios of odd tiles fall out of the range that libCZI takes (sheet §7.5). Pixels that the chosen tiles
 * cover are the same in any case. Gaps narrower than two output pixels are left as they are, since they come of rounding
 * at the edge of the picture.
 */
public enum PyramidGaps {
    /** The background shows, as in libCZI. */
    LEAVE,
    /** Gaps show the next finer layer that has a tile there. */
    FILL_FINER,
    /** As {@link #FILL_FINER}; where no finer layer has a tile, the next coarser one that has. */
    FILL_ANY
}
