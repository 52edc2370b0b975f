package io.github.czi4j.codec;

import io.github.czi4j.model.Compression;
import java.nio.ByteBuffer;

/** By which bytes a payload shows that it is what the directory says (sheet §4.4, deviation A). */
final class Magic {
    private static final int JPEG = 0xFFD8FF;
    private static final int JPEG_XR = 0x4949BC01;

    private Magic() {}

    /**
     * Whether the payload begins as its compression asks.
     *
     * @return false also for compressions that have no decoder: nothing is known of how they begin
     */
    static boolean fits(Compression compression, ByteBuffer payload) {
        return switch (compression) {
            case UNCOMPRESSED -> true;
            case JPEG, JPEG_LOSSLESS -> bytes(payload, 0, 3) == JPEG;
            case JPEG_XR -> bytes(payload, 0, 4) == JPEG_XR;
            case LZW -> lzw(payload);
            case ZSTD0 -> bytes(payload, 0, 4) == ZstdFrame.MAGIC;
            case ZSTD1 -> zstd1(payload);
            case CAMERA_RAW, SYSTEM_RAW, UNKNOWN -> false;
        };
    }

    /** The TIFF variant has no magic, but begins with the 9-bit code Clear = 256 as a rule. */
    private static boolean lzw(ByteBuffer payload) {
        return payload.limit() >= 2 && (payload.get(0) & 0xFF) == 0x80 && (payload.get(1) & 0x80) == 0;
    }

    private static boolean zstd1(ByteBuffer payload) {
        try {
            return bytes(payload, Zstd1Header.read(payload).size(), 4) == ZstdFrame.MAGIC;
        } catch (CodecException e) {
            return false;
        }
    }

    /** Up to 4 bytes, the first one uppermost; 0, which no magic is, if there are fewer. */
    private static int bytes(ByteBuffer payload, int from, int count) {
        if (payload.limit() - from < count) {
            return 0;
        }
        int value = 0;
        for (int i = from; i < from + count; i++) {
            value = value << 8 | payload.get(i) & 0xFF;
        }
        return value;
    }
}
