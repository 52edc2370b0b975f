package io.github.czi4j.codec;

import java.nio.ByteBuffer;

/** Compression 5: zstd frames, in fact one, that hold the rows (sheet §4.5). */
final class Zstd0Decoder implements TileDecoder {
    @Override
    public DecodedTile decode(ByteBuffer payload, TileFormat format, Scratch scratch) throws CodecException {
        return decode(HeapBytes.of(payload, scratch), 0, format, scratch);
    }

    /**
     * Decodes the frames straight into the bitmap.
     *
     * @param start where in the payload the first frame begins
     */
    static DecodedTile decode(HeapBytes payload, int start, TileFormat format, Scratch scratch) throws CodecException {
        ZstdFrames.Content content = scratch.zstd().decode(payload, start, format, scratch::pixels);
        return Fit.tile(content.bytes(), content.length(), content.length(), format, content.warnings());
    }
}
