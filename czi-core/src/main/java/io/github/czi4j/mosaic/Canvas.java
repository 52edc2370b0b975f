package io.github.czi4j.mosaic;

import io.github.czi4j.model.Downscaling;
import io.github.czi4j.model.Rect;

/**
 * The grid on which the tiles of a mosaic are laid out and cut apart. As a rule its pixels are those of the output; for
 * area averages they are those of layer 0 in the region, since an output pixel may then show several tiles.
 *
 * @param region what the mosaic shows, in pixels of layer 0
 * @param outputWidth pixels of the output
 * @param outputHeight pixels of the output
 * @param isOutput whether the grid is that of the output
 */
record Canvas(Rect region, int outputWidth, int outputHeight, boolean isOutput) {

    static Canvas of(PlanInput input) {
        boolean averages = input.composition().downscaling() == Downscaling.AREA_AVERAGE;
        return new Canvas(input.region(), input.width(), input.height(), !averages);
    }

    int width() {
        return isOutput ? outputWidth : region.width();
    }

    int height() {
        return isOutput ? outputHeight : region.height();
    }

    Rect bounds() {
        return new Rect(0, 0, width(), height());
    }

    /** Pixels of the canvas that {@code count} pixels of the output take in x. */
    int columnsOf(int count) {
        return isOutput ? count : (int) Math.min(region.width(), up(count, region.width(), outputWidth));
    }

    /** Pixels of the canvas that {@code count} pixels of the output take in y. */
    int rowsOf(int count) {
        return isOutput ? count : (int) Math.min(region.height(), up(count, region.height(), outputHeight));
    }

    /** The output pixels that a part of the canvas touches. */
    Rect toOutput(Rect part) {
        if (isOutput) {
            return part;
        }
        int left = down(part.x(), outputWidth, region.width());
        int top = down(part.y(), outputHeight, region.height());
        int right = (int) up(part.right(), outputWidth, region.width());
        int bottom = (int) up(part.bottom(), outputHeight, region.height());
        return Rect.ofEdges(left, top, right, bottom);
    }

    /** The pixels of layer 0 whose tiles may reach a part of the canvas: one pixel more on each side. */
    Rect toDocument(Rect part) {
        long left = down(Math.max(0, part.x() - 1), region.width(), width());
        long top = down(Math.max(0, part.y() - 1), region.height(), height());
        long right = Math.min(region.width(), up(part.right() + 1L, region.width(), width()));
        long bottom = Math.min(region.height(), up(part.bottom() + 1L, region.height(), height()));
        return new Rect(region.x() + (int) left, region.y() + (int) top, (int) (right - left), (int) (bottom - top));
    }

    /** Output pixels that parts of the canvas amount to, rounded. */
    long outputArea(long area) {
        return isOutput
                ? area
                : Math.round((double) area * outputWidth / region.width() * outputHeight / region.height());
    }

    private static int down(int position, int to, int from) {
        return (int) (Math.multiplyFull(position, to) / from);
    }

    private static long up(long position, int to, int from) {
        return (position * to + from - 1) / from;
    }
}
