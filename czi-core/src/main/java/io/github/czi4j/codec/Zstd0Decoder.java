package io.github.czi4j.codec;

import java.nio.ByteBuffer;

/** Compression 5: one zstd frame that holds the rows (sheet §4.5). */
final class Zstd0Decoder implements TileDecoder {
    @Override
    public DecodedTile decode(ByteBuffer payload, TileFormat format, Scratch scratch) throws CodecException {
        return decode(HeapBytes.of(payload, scratch), 0, format, scratch);
    }

    /**
     * Decodes a frame straight into the bitmap.
     *
     * @param start where in the payload the frame begins
     */
    static DecodedTile decode(HeapBytes payload, int start, TileFormat format, Scratch scratch) throws CodecException {
        ZstdFrame frame = ZstdFrame.read(payload, start);
        int capacity = frame.capacity(format);
        byte[] pixels = scratch.pixels(Math.max(capacity, format.bytes()));
        int found = scratch.zstd().decode(payload, frame, pixels, capacity);
        return Fit.tile(pixels, found, found, format, frame.warnings(payload));
    }
}
