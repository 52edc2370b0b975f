package io.github.czi4j.codec;

import io.github.czi4j.model.PixelType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Compression 0: the rows as they are (sheet §4.1). Delivers the payload itself unless it is too short. */
final class UncompressedDecoder implements TileDecoder {
    @Override
    public DecodedTile decode(ByteBuffer payload, TileFormat format, Scratch scratch) {
        int expected = format.bytes();
        int found = payload.limit();
        if (found == expected) {
            return Fit.view(payload, format);
        }
        if (format.pixelType() == PixelType.GRAY64_COMPLEX_FLOAT && found == 2L * expected) {
            return narrowed(payload, format, scratch);
        }
        if (found > expected) {
            return Fit.view(payload, format, Fit.mismatch(expected, found));
        }
        byte[] pixels = scratch.pixels(expected);
        payload.get(0, pixels, 0, found);
        return Fit.tile(pixels, found, found, format, List.of());
    }

    /** SPEC: Some call this pixel type 16 bytes long, as two doubles (sheet §2.4); we deliver two singles. */
    private static DecodedTile narrowed(ByteBuffer payload, TileFormat format, Scratch scratch) {
        int expected = format.bytes();
        ByteBuffer doubles = payload.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        byte[] pixels = scratch.pixels(expected);
        ByteBuffer singles = ByteBuffer.wrap(pixels).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < expected; i += Float.BYTES) {
            singles.putFloat(i, (float) doubles.getDouble(2 * i));
        }
        String warning = "expected " + expected + " bytes of pixels, found " + payload.limit()
                + ": pairs of doubles, narrowed to pairs of singles";
        return Fit.tile(pixels, expected, expected, format, List.of(warning));
    }
}
