package io.github.czi4j.mosaic;

import io.github.czi4j.codec.Delivery;
import io.github.czi4j.codec.PixelConversion;
import io.github.czi4j.model.PixelType;

/** Brings the pixels of tiles into the output. */
interface Painter {
    /**
     * Whether tiles may be painted by any thread in any order, as long as their visible parts are disjoint.
     *
     * @return false if they must come in draw order, with each output row painted by one thread at a time
     */
    boolean isOrderFree();

    /**
     * Says whether a tile can be painted at all.
     *
     * @throws UnsupportedConversionException if its pixel type cannot become that of the output
     */
    void check(LoadedTile tile) throws UnsupportedConversionException;

    /**
     * Says what is needed of a tile to paint it.
     *
     * @param planned its place
     * @param fromRow first output row to paint
     * @param toRow output row behind the last one
     * @param isPlain whether its pixels are those of the output and all of them count, so that they may be painted while
     *     they are decoded
     * @return rows, and who takes them: nobody if the tile is to be {@linkplain #paint painted}
     */
    default Delivery delivery(PlannedTile planned, int fromRow, int toRow, boolean isPlain) {
        return Delivery.WHOLE;
    }

    /**
     * Paints the visible parts of a tile that was {@linkplain #check checked}.
     *
     * @param tile its bitmap
     * @param planned its place
     * @param fromRow first output row to paint
     * @param toRow output row behind the last one
     * @param context memory of the calling thread
     */
    void paint(LoadedTile tile, PlannedTile planned, int fromRow, int toRow, WorkerContext context);

    /**
     * Forgets all that was painted, where painting it once more would not replace it.
     */
    default void reset() {}

    /**
     * Called once for each row when all tiles are painted.
     *
     * @param fromRow first output row
     * @param toRow output row behind the last one
     */
    default void finish(int fromRow, int toRow) {}

    /** Whether the pixels of a tile can become those of the output. */
    static void checkConversion(LoadedTile tile, PixelType to) throws UnsupportedConversionException {
        PixelType from = tile.format().pixelType();
        if (from != to && !PixelConversion.isDefined(from, to)) {
            throw new UnsupportedConversionException(from, to);
        }
    }

    /** A pixel type that cannot become another (sheet §7.6). */
    final class UnsupportedConversionException extends Exception {
        private static final long serialVersionUID = 1L;

        UnsupportedConversionException(PixelType from, PixelType to) {
            super("pixels of type " + from.label() + " cannot become " + to.label());
        }
    }
}
