package io.github.czi4j;

import io.github.czi4j.model.TileFailure;
import io.github.czi4j.model.TileWarning;
import java.util.List;

/**
 * What came of a mosaic that was read block by block.
 *
 * @param width of the mosaic in pixels
 * @param height of the mosaic in pixels
 * @param blockRows rows of a block; the last one may have fewer
 * @param blocks how many there were
 * @param decoded how many bitmaps were decoded; more than there are tiles where the memory was too small to keep those
 *     that lie in two blocks
 * @param failures tiles that could not be drawn, by index
 * @param warnings what was odd about tiles that were drawn
 * @param notes what is odd about the file as a whole
 * @param predictedPeakBytes most memory that it was to take: a block, the bitmaps in work and those that are kept
 */
public record BlockReport(
        int width,
        int height,
        int blockRows,
        int blocks,
        long decoded,
        List<TileFailure> failures,
        List<TileWarning> warnings,
        List<String> notes,
        long predictedPeakBytes) {

    /**
     * Whether every pixel that the file has for it is in it.
     *
     * @return false if tiles failed or the file is damaged
     */
    public boolean isComplete() {
        return failures.isEmpty() && notes.isEmpty();
    }
}
