package io.github.czi4j.codec;

import io.github.czi4j.model.PixelType;
import java.nio.ByteBuffer;

/** Compression 6: a header, then one zstd frame; 16-bit samples may be split in low and high bytes (sheet §4.6). */
final class Zstd1Decoder implements TileDecoder {
    @Override
    public DecodedTile decode(ByteBuffer payload, TileFormat format, Scratch scratch) throws CodecException {
        Zstd1Header header = Zstd1Header.read(payload);
        PixelType type = format.pixelType();
        if (!header.hiLo()) {
            return Zstd0Decoder.decode(HeapBytes.of(payload, scratch), header.size(), format, scratch);
        }
        if (type != PixelType.GRAY16 && type != PixelType.BGR48) {
            throw CodecException.corrupt(
                    0, "Zstd1: expected lo-hi packing with gray16 or bgr48 only, found it with " + type.label());
        }
        HeapBytes bytes = HeapBytes.of(payload, scratch);
        ZstdFrames.Content content = scratch.zstd().decode(bytes, header.size(), format, scratch::intermediate);
        int found = content.length();
        if (found == format.bytes()) {
            return new DecodedTile(null, new SplitSamples(content.bytes(), found / 2), content.warnings());
        }
        byte[] pixels = scratch.pixels(format.bytes());
        // The halves are those of what is there, not of what should be; of an odd number the last byte is lost.
        int half = found / 2;
        int words = Math.min(half, format.bytes() / 2);
        HiLo.unpack(content.bytes(), half, pixels, words);
        return Fit.tile(pixels, 2 * words, found, format, content.warnings());
    }

    /** Puts the halves together. */
    static DecodedTile join(DecodedTile tile, TileFormat format, Scratch scratch) {
        byte[] pixels = scratch.pixels(format.bytes());
        SplitSamples split = tile.split();
        HiLo.unpack(split.bytes(), split.half(), pixels, split.half());
        return Fit.tile(pixels, format.bytes(), format.bytes(), format, tile.warnings());
    }
}
