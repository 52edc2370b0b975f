package io.github.czi4j.codec;

import io.github.czi4j.model.Compression;
import java.nio.ByteBuffer;

/** The door to the decoders. */
public final class Codecs {
    private Codecs() {}

    /**
     * Decodes the payload of a subblock. Stateless; any number of threads may call it, each with its own scratch.
     *
     * @param compression how it is stored
     * @param compressionCode the code in the directory, for messages
     * @param payload the stored bytes from index 0 to its limit, little-endian; not changed
     * @param format the bitmap to deliver
     * @param scratch memory of the calling thread
     * @return exactly {@code format.bytes()} bytes
     * @throws CodecException if the payload gives no pixels
     */
    public static DecodedTile decode(
            Compression compression, int compressionCode, ByteBuffer payload, TileFormat format, Scratch scratch)
            throws CodecException {
        throw CodecException.unsupported("compression " + compressionCode + " (" + compression.label() + ")");
    }
}
