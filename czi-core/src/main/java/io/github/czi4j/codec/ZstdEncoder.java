package io.github.czi4j.codec;

import io.airlift.compress.zstd.ZstdCompressor;
import io.github.czi4j.model.PixelType;
import java.util.Arrays;

/** Writes the payloads of Zstd0 and Zstd1 (sheet §4.5, §4.6). Thread-safe. */
public final class ZstdEncoder {
    /** Header of a Zstd1 payload: its size, the one known chunk, and whether bytes are split. */
    private static final byte[] PLAIN = {3, 1, 0};

    private static final byte[] SPLIT = {3, 1, 1};
    /** Pixels that do not compress grow by up to a 256th, and still must fit in an array. */
    private static final int MAX_BYTES = Integer.MAX_VALUE - (1 << 24);

    private ZstdEncoder() {}

    /**
     * One zstd frame.
     *
     * @param pixels tight little-endian pixels, up to 16 MB less than 2 GB
     * @return a Zstd0 payload
     * @throws IllegalArgumentException if there are more, or the JVM denies {@code sun.misc.Unsafe}, which compressing needs
     */
    public static byte[] zstd0(byte[] pixels) {
        return compress(pixels, new byte[0]);
    }

    /**
     * A header and a zstd frame; 16-bit samples are split in low and high bytes, which compresses better.
     *
     * @param pixels tight little-endian pixels, up to 16 MB less than 2 GB
     * @param type their type
     * @return a Zstd1 payload
     * @throws IllegalArgumentException if there are more, or the JVM denies {@code sun.misc.Unsafe}, which compressing needs
     */
    public static byte[] zstd1(byte[] pixels, PixelType type) {
        boolean splits = type == PixelType.GRAY16 || type == PixelType.BGR48;
        return splits ? compress(split(pixels), SPLIT) : compress(pixels, PLAIN);
    }

    private static byte[] split(byte[] pixels) {
        int half = pixels.length / 2;
        byte[] split = new byte[pixels.length];
        for (int i = 0; i < half; i++) {
            split[i] = pixels[2 * i];
            split[half + i] = pixels[2 * i + 1];
        }
        return split;
    }

    private static byte[] compress(byte[] bytes, byte[] header) {
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "at most " + MAX_BYTES + " bytes can be compressed at once, not " + bytes.length);
        }
        try {
            ZstdCompressor compressor = new ZstdCompressor();
            byte[] room = new byte[header.length + compressor.maxCompressedLength(bytes.length)];
            System.arraycopy(header, 0, room, 0, header.length);
            int length = compressor.compress(bytes, 0, bytes.length, room, header.length, room.length - header.length);
            return Arrays.copyOf(room, header.length + length);
        } catch (LinkageError e) {
            throw new IllegalArgumentException(
                    "Zstd cannot be written in this JVM, as its library is not there or may not use sun.misc.Unsafe: "
                            + "start Java with --sun-misc-unsafe-memory-access=allow, or write uncompressed",
                    e);
        }
    }
}
