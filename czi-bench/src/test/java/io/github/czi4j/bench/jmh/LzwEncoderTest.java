package io.github.czi4j.bench.jmh;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.czi4j.CziReader;
import io.github.czi4j.CziWriter;
import io.github.czi4j.NewSubblock;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Rect;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LzwEncoderTest {
    @TempDir
    private Path folder;

    /** Few values make long strings, many fill the table often. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 40, 256})
    void whatIsEncodedComesBack(int values) throws IOException {
        Random random = new Random(values);
        byte[] pixels = new byte[300 * 200];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) random.nextInt(values);
        }
        byte[] payload = LzwEncoder.encode(pixels);
        assertTrue(values > 40 || payload.length < pixels.length);
        Path file = folder.resolve("lzw.czi");
        try (CziWriter writer = CziWriter.create(file)) {
            writer.addEncoded(
                    NewSubblock.of(new Rect(0, 0, 300, 200), PixelType.GRAY8).compressed(Compression.LZW), payload);
            writer.finish();
        }
        try (CziReader reader = CziReader.open(file)) {
            assertArrayEquals(pixels, reader.subblock(0).read().pixels().bytes());
        }
    }
}
