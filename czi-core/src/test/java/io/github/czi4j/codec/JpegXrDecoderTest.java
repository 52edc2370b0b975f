package io.github.czi4j.codec;

import static io.github.czi4j.testing.JxrStreams.stream;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.czi4j.model.Compression;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.PixelType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the directory announces wins over what the stream holds, with a warning. */
class JpegXrDecoderTest {
    private static final int WIDTH = 67;
    private static final int HEIGHT = 45;

    private static DecodedTile decode(byte[] payload, int width, int height, PixelType type) throws CodecException {
        TileFormat format = new TileFormat(width, height, type);
        return Codecs.decode(Compression.JPEG_XR, 4, ByteBuffer.wrap(payload), format, new Scratch());
    }

    private static byte[] bytes(DecodedTile tile) {
        byte[] bytes = new byte[tile.pixels().limit()];
        tile.pixels().get(0, bytes);
        return bytes;
    }

    private static byte[] bgr24() throws IOException, CodecException {
        return bytes(decode(stream("bgr24-overlap1"), WIDTH, HEIGHT, PixelType.BGR24));
    }

    @Test
    void colourStandsInTheOrderOfCzi() throws IOException, CodecException {
        DecodedTile fromRgb = decode(stream("rgb24-overlap2"), WIDTH, HEIGHT, PixelType.BGR24);
        assertEquals(List.of(), fromRgb.warnings());
        assertArrayEquals(bgr24(), bytes(fromRgb));
        byte[] wide = bytes(decode(stream("rgb48-overlap0"), WIDTH, HEIGHT, PixelType.BGR48));
        byte[] high = new byte[wide.length / 2];
        for (int i = 0; i < high.length; i++) {
            high[i] = wide[2 * i + 1];
        }
        assertArrayEquals(bgr24(), high);
    }

    @Test
    void anotherPixelTypeIsConvertedOrZero() throws IOException, CodecException {
        DecodedTile narrowed = decode(stream("rgb48-overlap0"), WIDTH, HEIGHT, PixelType.BGR24);
        assertArrayEquals(bgr24(), bytes(narrowed));
        assertEquals(1, narrowed.warnings().size());
        DecodedTile impossible = decode(stream("gray8-overlap0"), WIDTH, HEIGHT, PixelType.GRAY64_FLOAT);
        assertArrayEquals(new byte[WIDTH * HEIGHT * 8], bytes(impossible));
        assertEquals(2, impossible.warnings().size());
    }

    @Test
    void anotherSizeIsCroppedAndPadded() throws IOException, CodecException {
        byte[] whole = bytes(decode(stream("gray8-overlap1"), WIDTH, HEIGHT, PixelType.GRAY8));
        DecodedTile fitted = decode(stream("gray8-overlap1"), 70, 40, PixelType.GRAY8);
        assertEquals(1, fitted.warnings().size());
        byte[] found = bytes(fitted);
        for (int y = 0; y < 40; y++) {
            assertArrayEquals(
                    Arrays.copyOfRange(whole, y * WIDTH, (y + 1) * WIDTH),
                    Arrays.copyOfRange(found, y * 70, y * 70 + WIDTH));
            assertEquals(0, found[y * 70 + 69]);
        }
    }

    @Test
    void aPayloadInsideALargerArrayIsFound() throws IOException, CodecException {
        byte[] stream = stream("gray16-overlap1");
        ByteBuffer around = ByteBuffer.allocate(stream.length + 30);
        around.position(7).put(stream);
        ByteBuffer payload = around.slice(7, stream.length);
        TileFormat format = new TileFormat(WIDTH, HEIGHT, PixelType.GRAY16);
        DecodedTile inside = Codecs.decode(Compression.JPEG_XR, 4, payload, format, new Scratch());
        assertArrayEquals(bytes(decode(stream, WIDTH, HEIGHT, PixelType.GRAY16)), bytes(inside));
        ByteBuffer direct = ByteBuffer.allocateDirect(stream.length).put(stream).flip();
        DecodedTile mapped = Codecs.decode(Compression.JPEG_XR, 4, direct, format, new Scratch());
        assertArrayEquals(bytes(inside), bytes(mapped));
    }

    @Test
    void damageIsTold() throws IOException, CodecException {
        byte[] stream = stream("gray16-overlap1");
        DecodedTile cut = decode(Arrays.copyOf(stream, stream.length * 3 / 4), WIDTH, HEIGHT, PixelType.GRAY16);
        assertTrue(cut.warnings().get(0).contains("end early"), cut.warnings().toString());
        CodecException e = assertThrows(
                CodecException.class, () -> decode(Arrays.copyOf(stream, 50), WIDTH, HEIGHT, PixelType.GRAY16));
        assertEquals(CziException.Kind.CORRUPT, e.kind());
    }
}
