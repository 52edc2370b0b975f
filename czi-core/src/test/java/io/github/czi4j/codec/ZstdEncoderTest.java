package io.github.czi4j.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.airlift.compress.zstd.ZstdDecompressor;
import io.github.czi4j.model.PixelType;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Unpacks with the library alone and the words of sheet §4.6, not with the decoders beside the encoder. */
class ZstdEncoderTest {
    private static byte[] pixels(int length) {
        byte[] bytes = new byte[length];
        SplittableRandom random = new SplittableRandom(length);
        for (int i = 0; i < length; i++) {
            // Some order, so that there are matches and literals.
            bytes[i] = (byte) (i % 7 == 0 ? random.nextInt(256) : i / 50);
        }
        return bytes;
    }

    private static byte[] decompress(byte[] payload, int from, int length) {
        byte[] out = new byte[length];
        int count = new ZstdDecompressor().decompress(payload, from, payload.length - from, out, 0, length);
        assertEquals(length, count);
        return out;
    }

    @ParameterizedTest
    @EnumSource(
            value = PixelType.class,
            names = {"UNKNOWN"},
            mode = EnumSource.Mode.EXCLUDE)
    void zstd1SplitsSixteenBitTypesAndNoOther(PixelType type) {
        byte[] pixels = pixels(37 * 23 * type.bytesPerPixel());
        boolean splits = type == PixelType.GRAY16 || type == PixelType.BGR48;
        byte[] payload = ZstdEncoder.zstd1(pixels, type);
        assertArrayEquals(new byte[] {3, 1, (byte) (splits ? 1 : 0)}, Arrays.copyOf(payload, 3));
        byte[] out = decompress(payload, 3, pixels.length);
        for (int i = 0; splits && i < pixels.length / 2; i++) {
            assertEquals(pixels[2 * i], out[i]);
            assertEquals(pixels[2 * i + 1], out[pixels.length / 2 + i]);
        }
        if (!splits) {
            assertArrayEquals(pixels, out);
        }
    }

    @Test
    void zstd0IsOneFrameThatTellsItsSize() {
        byte[] pixels = pixels(5000);
        byte[] payload = ZstdEncoder.zstd0(pixels);
        assertArrayEquals(new byte[] {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD}, Arrays.copyOf(payload, 4));
        // libCZI insists on the content size (sheet §4.5).
        assertEquals(5000, ZstdDecompressor.getDecompressedSize(payload, 0, payload.length));
        assertArrayEquals(pixels, decompress(payload, 0, pixels.length));
    }

    @Test
    void pixelsThatDoNotCompressFit() {
        byte[] noise = new byte[300_000];
        new SplittableRandom(3).nextBytes(noise);
        assertArrayEquals(noise, decompress(ZstdEncoder.zstd0(noise), 0, noise.length));
        assertArrayEquals(new byte[1], decompress(ZstdEncoder.zstd0(new byte[1]), 0, 1));
    }
}
