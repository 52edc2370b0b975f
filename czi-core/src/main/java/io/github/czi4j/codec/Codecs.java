package io.github.czi4j.codec;

import io.github.czi4j.model.Compression;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Pixels;
import java.nio.ByteBuffer;

/** The door to the decoders. */
public final class Codecs {
    private static final TileDecoder UNCOMPRESSED = new UncompressedDecoder();
    private static final TileDecoder JPEG = new JpegDecoder();
    private static final JpegXrDecoder JPEG_XR = new JpegXrDecoder();
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
        return decode(compression, compressionCode, payload, format, Delivery.WHOLE, scratch);
    }

    /**
     * Decodes as much of a subblock as is wanted.
     *
     * @param compression how it is stored
     * @param compressionCode the code in the directory, for messages
     * @param payload the stored bytes from index 0 to its limit, little-endian; not changed
     * @param format the bitmap to deliver
     * @param delivery what is wanted of it, and who may take it
     * @param scratch memory of the calling thread
     * @return all of the bitmap, or at least the rows that are wanted; nothing if the sink took them
     * @throws CodecException if the payload gives no pixels; the sink may have taken some rows then
     */
    public static DecodedTile decode(
            Compression compression,
            int compressionCode,
            ByteBuffer payload,
            TileFormat format,
            Delivery delivery,
            Scratch scratch)
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
            case JPEG_XR -> JPEG_XR.decode(payload, format, delivery, scratch);
            case JPEG_LOSSLESS, CAMERA_RAW, SYSTEM_RAW, UNKNOWN ->
                throw CodecException.unsupported(name(compression, compressionCode) + " has no decoder, and its "
                        + payload.limit() + " bytes are not the " + format.bytes() + " of plain pixels");
        };
    }

    /**
     * Whether it takes less time to decode fewer rows. Zstandard frames are decoded as a whole, for the sake of their checksum.
     *
     * @param compression how a subblock is stored
     * @return true if so
     */
    public static boolean mayStopEarly(Compression compression) {
        return compression == Compression.JPEG_XR;
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
