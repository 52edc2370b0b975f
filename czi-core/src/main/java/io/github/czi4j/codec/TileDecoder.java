package io.github.czi4j.codec;

import java.nio.ByteBuffer;

/** Decodes payloads of one compression. Stateless and thread-safe: whatever is reused lies in the {@link Scratch}. */
interface TileDecoder {
    /**
     * Decodes one payload.
     *
     * @param payload the stored bytes from index 0 to its limit, little-endian; heap, direct or mapped memory; neither
     *     position nor contents are changed
     * @param format the bitmap to deliver: what decodes to another size is cropped or padded with 0, with a warning
     * @param scratch memory of the calling thread
     * @return exactly {@code format.bytes()} bytes
     * @throws CodecException if the payload gives no pixels; no other exception, whatever the bytes
     */
    DecodedTile decode(ByteBuffer payload, TileFormat format, Scratch scratch) throws CodecException;
}
