package io.github.czi4j.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The contract of decoders whose payload holds a number of bytes, which may be another than the bitmap's. */
abstract class SizedDecoderContract extends TileDecoderContract {
    /** A payload that holds these bytes. */
    abstract byte[] encode(byte[] content);

    /** What a bitmap shows of other content: its beginning, then zeros. */
    byte[] fitted(byte[] content, int bytes) {
        return Arrays.copyOf(content, bytes);
    }

    @Override
    final byte[] payload(TileFormat format) {
        return encode(expected(format));
    }

    @Override
    final byte[] expected(TileFormat format) {
        return Payloads.pixels(format.bytes(), 1);
    }

    @Test
    final void oneByteMoreIsDropped() throws CodecException {
        check(1);
    }

    @Test
    final void oneByteLessIsZero() throws CodecException {
        check(-1);
    }

    @Test
    final void oneRowMoreIsDropped() throws CodecException {
        check(40);
    }

    @Test
    final void halfIsPadded() throws CodecException {
        check(-240);
    }

    private void check(int surplus) throws CodecException {
        TileFormat format = format(20, 12);
        byte[] content = Payloads.pixels(format.bytes() + surplus, 3);
        Scratch dirty = new Scratch();
        Arrays.fill(dirty.pixels(1 << 12), (byte) 0x55);
        Arrays.fill(dirty.intermediate(1 << 12), (byte) 0x55);
        DecodedTile tile = decode(ByteBuffer.wrap(encode(content)), format, dirty);
        assertArrayEquals(fitted(content, format.bytes()), Payloads.array(tile));
        assertEquals(1, tile.warnings().size(), () -> tile.warnings().toString());
        String warning = tile.warnings().get(0);
        assertTrue(warning.contains("expected " + format.bytes() + " bytes"), warning);
        assertTrue(warning.contains("found " + content.length) || warning.contains("found more"), warning);
    }
}
