package io.github.czi4j.codec;

import io.github.czi4j.model.Compression;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Pixels;
import java.nio.ByteBuffer;

/** The door to the decoders. */
public final class Codecs {
    private static final TileDecoder UNCOMPRESSED = new UncompressedDecoder();
    private static final TileDecoder JPEG = new JpegDecoder();
    private static final TileDecoder JPEG_XR = new JpegXrDecoder();
    private static final TileDecoder LZW = new LzwDecoder();
    private static final TileDecoder ZSTD0 = new Zstd0Decoder();
    private static final TileDecoder ZSTD1 = new Zstd1Decoder();

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
        DecodedTile tile = decodeSplit(compression, compressionCode, payload, format, scratch);
        return tile.split() == null ? tile : Zstd1Decoder.join(tile, format, scratch);
    }

    /**
     * The same but for 16-bit samples that are stored in two halves: they stay so.
     *
     * @param compression how it is stored
     * @param compressionCode the code in the directory, for messages
     * @param payload the stored bytes from index 0 to its limit, little-endian; not changed
     * @param format the bitmap to deliver
     * @param scratch memory of the calling thread
     * @return exactly {@code format.bytes()} bytes, or as many in two halves
     * @throws CodecException if the payload gives no pixels
     */
    public static DecodedTile decodeSplit(
            Compression compression, int compressionCode, ByteBuffer payload, TileFormat format, Scratch scratch)
            throws CodecException {
        // Writers were seen that announce a compression and store plain pixels (sheet §4.4, deviation A).
        if (compression != Compression.UNCOMPRESSED
                && payload.limit() == format.bytes()
                && !Magic.fits(compression, payload)) {
            String warning = "expected " + name(compression, compressionCode) + ", found " + payload.limit()
                    + " bytes without its magic: read as plain pixels";
            return Fit.view(payload, format, warning);
        }
        return switch (compression) {
            case UNCOMPRESSED -> UNCOMPRESSED.decode(payload, format, scratch);
            case JPEG -> JPEG.decode(payload, format, scratch);
            case LZW -> LZW.decode(payload, format, scratch);
            case ZSTD0 -> ZSTD0.decode(payload, format, scratch);
            case ZSTD1 -> ZSTD1.decode(payload, format, scratch);
            case JPEG_XR -> JPEG_XR.decode(payload, format, scratch);
            case JPEG_LOSSLESS, CAMERA_RAW, SYSTEM_RAW, UNKNOWN ->
                throw CodecException.unsupported(name(compression, compressionCode) + " has no decoder, and its "
                        + payload.limit() + " bytes are not the " + format.bytes() + " of plain pixels");
        };
    }

    /**
     * Decodes a JPEG file that says itself how large it is.
     *
     * @param file the bytes from index 0 to the limit
     * @param maxBytes largest bitmap to make
     * @return gray8 or bgr24
     * @throws CodecException if it is damaged, larger, or of a kind that is not decoded
     */
    public static Pixels decodeJpeg(ByteBuffer file, long maxBytes) throws CodecException {
        JpegHeader header = JpegHeader.read(file);
        PixelType type = header.components() == 1 ? PixelType.GRAY8 : PixelType.BGR24;
        long bytes = (long) header.width() * header.height() * type.bytesPerPixel();
        if (bytes > Math.min(maxBytes, Pixels.MAX_ELEMENTS)) {
            throw CodecException.limit("a JPEG of " + header.width() + "×" + header.height() + " pixels");
        }
        TileFormat format = new TileFormat(header.width(), header.height(), type);
        DecodedTile decoded = JPEG.decode(file, format, new Scratch());
        Pixels pixels = Pixels.allocate(header.width(), header.height(), type);
        pixels.fillRows(0, header.height(), decoded.pixels().duplicate());
        return pixels;
    }

    private static String name(Compression compression, int code) {
        return "compression " + code + " (" + compression.label() + ")";
    }
}
