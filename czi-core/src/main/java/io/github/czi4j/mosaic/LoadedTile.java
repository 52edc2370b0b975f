package io.github.czi4j.mosaic;

import io.github.czi4j.codec.SplitWords;
import io.github.czi4j.codec.TileFormat;
import io.github.czi4j.io.ByteSource;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Mask;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A subblock's bitmap.
 *
 * @param format its size and pixel type
 * @param pixels rows from top to bottom without padding, little-endian, from index 0, at least those that were wanted; valid
 *     until the worker's next tile; null if they are {@linkplain #isDelivered delivered} already
 * @param split the same samples, where they are still split in low and high bytes; else null. For the worker alone
 * @param mask which of the pixels are valid; null for all
 * @param source the file that it lies in
 * @param end offset in that file behind the payload
 * @param warnings what was odd; empty as a rule
 * @param isCached whether it was decoded before
 */
record LoadedTile(
        TileFormat format,
        ByteBuffer pixels,
        SplitWords split,
        Mask mask,
        ByteSource source,
        long end,
        List<String> warnings,
        boolean isCached) {

    @Override
    public ByteBuffer pixels() {
        return split == null ? pixels : split.pixels();
    }

    /** Whether its rows were taken while they were decoded, so that nothing is left to paint. */
    boolean isDelivered() {
        return pixels == null && split == null;
    }

    /** Rows that are here, from the top: at least those that were wanted. */
    int rows() {
        int rowBytes = format.width() * format.pixelType().bytesPerPixel();
        return split != null || pixels == null ? format.height() : Math.min(format.height(), pixels.limit() / rowBytes);
    }

    /** What these rows take. */
    int bytes() {
        return rows() * format.width() * format.pixelType().bytesPerPixel();
    }

    /** Confirms that what was looked at was really there, see {@link ByteSource#checkStillThere}. */
    void checkStillThere() throws CziException {
        source.checkStillThere(end);
    }

    /** The same tile with its pixels in the worker's memory, if they are the mapped file itself, for any thread to see. */
    LoadedTile inMemory(WorkerContext context) {
        if (split != null) {
            return new LoadedTile(format, split.pixels(), null, mask, source, end, warnings, isCached);
        }
        if (!pixels.isDirect()) {
            return this;
        }
        int length = bytes();
        return in(context.copy(length), length);
    }

    /** The same tile with its pixels in memory of its own: an array of the worker's of the right size is taken away. */
    LoadedTile toKeep(WorkerContext context) {
        ByteBuffer held = pixels();
        int length = bytes();
        int room = format.room(length);
        if (held.hasArray() && held.arrayOffset() == 0 && held.array().length == room) {
            context.scratch.release(held.array());
            return new LoadedTile(format, held, null, mask, source, end, warnings, isCached);
        }
        return in(new byte[room], length);
    }

    private LoadedTile in(byte[] copy, int length) {
        pixels().get(0, copy, 0, length);
        return with(copy, length);
    }

    /** The same tile with so many bytes of an array as its pixels. */
    LoadedTile with(byte[] samples, int length) {
        ByteBuffer held = ByteBuffer.wrap(samples, 0, length).slice().order(ByteOrder.LITTLE_ENDIAN);
        return new LoadedTile(format, held, null, mask, source, end, warnings, isCached);
    }

    /** What a cache knows of the tile beside its pixels. Nothing of the file is looked at for it any more. */
    LoadedTile withoutPixels() {
        return new LoadedTile(format, null, null, mask, source, 0, warnings, true);
    }
}
