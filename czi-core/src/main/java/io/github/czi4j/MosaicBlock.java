package io.github.czi4j;

import io.github.czi4j.model.Pixels;
import java.io.IOException;

/**
 * Some rows of a mosaic that is read block by block.
 *
 * @param firstRow which row of the mosaic the first one is
 * @param pixels the rows, as wide as the mosaic; the caller's own, or the next block's too if the allocator says so
 */
public record MosaicBlock(int firstRow, Pixels pixels) {

    /** Takes blocks from top to bottom. */
    @FunctionalInterface
    public interface Sink {
        /**
         * Takes the next block.
         *
         * @param block the rows
         * @throws IOException ends the reading
         */
        void accept(MosaicBlock block) throws IOException;
    }
}
