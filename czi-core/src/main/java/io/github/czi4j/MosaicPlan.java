package io.github.czi4j;

import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Rect;
import io.github.czi4j.model.SubblockInfo;
import io.github.czi4j.mosaic.Plan;
import java.util.AbstractList;
import java.util.List;

/** What a mosaic would read, without a pixel touched. Immutable. */
public final class MosaicPlan {
    private final Plan plan;
    private final int workers;
    private final long peakBytes;
    /** The same for a destination of the caller's; null if this is that. */
    private final MosaicPlan intoDestination;

    /**
     * A subblock of a plan.
     *
     * @param subblock what the directory says of it
     * @param visibleParts parts of the output that it fills, in output pixels; disjoint among all tiles unless they are
     *     averaged, blended, masked, or too many overlap
     */
    public record Tile(SubblockInfo subblock, List<Rect> visibleParts) {}

    MosaicPlan(Plan plan, int workers, long peakBytes, MosaicPlan intoDestination) {
        this.plan = plan;
        this.workers = workers;
        this.peakBytes = peakBytes;
        this.intoDestination = intoDestination;
    }

    /**
     * Width of the image.
     *
     * @return output pixels
     */
    public int width() {
        return plan.width();
    }

    /**
     * Height of the image.
     *
     * @return output pixels
     */
    public int height() {
        return plan.height();
    }

    /**
     * The part of the document that the image shows.
     *
     * @return raw coordinates in pixels of layer 0
     */
    public Rect region() {
        return plan.input().shown();
    }

    /**
     * Layout of a pixel of the image.
     *
     * @return the type
     */
    public PixelType pixelType() {
        return plan.input().pixelType();
    }

    /**
     * The subblocks to read, in draw order: later ones lie on top. Made one by one as they are looked at.
     *
     * @return a view of the plan
     */
    public List<Tile> tiles() {
        return new AbstractList<>() {
            @Override
            public Tile get(int i) {
                return new Tile(plan.tile(i), plan.visibleParts(i));
            }

            @Override
            public int size() {
                return plan.tileCount();
            }
        };
    }

    /**
     * Whether no output pixel is filled by two tiles, so that the tiles can be drawn in any order.
     *
     * @return true as a rule; false where tiles are averaged, blended or masked, or too many overlap
     */
    public boolean isDisjoint() {
        return plan.isDisjoint();
    }

    /**
     * Subblocks that touch the region but are not read, because others hide them.
     *
     * @return indices in the directory, ascending
     */
    public int[] hidden() {
        return plan.hidden();
    }

    /**
     * Pixels that would be decoded, over pixels that would be delivered.
     *
     * @return 1 where nothing is read in vain
     */
    public double pixelAmplification() {
        return plan.pixelAmplification();
    }

    /**
     * Number of workers that would take part.
     *
     * @return at least 1
     */
    public int workers() {
        return workers;
    }

    /**
     * The most memory that reading would take: the image and the bitmaps in work; the image not, where it goes into a
     * {@linkplain #intoDestination destination}.
     *
     * @return bytes
     */
    public long predictedPeakBytes() {
        return peakBytes;
    }

    /**
     * The same plan where the caller brings the array. Its memory is not counted, so that there may be more workers.
     *
     * @return what {@link CziReader#readMosaic(MosaicRequest, io.github.czi4j.model.Pixels)} would do
     */
    public MosaicPlan intoDestination() {
        return intoDestination == null ? this : intoDestination;
    }
}
