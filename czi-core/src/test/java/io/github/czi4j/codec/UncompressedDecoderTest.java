package io.github.czi4j.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.czi4j.model.Compression;
import io.github.czi4j.model.PixelType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class UncompressedDecoderTest extends SizedDecoderContract {
    @Override
    Compression compression() {
        return Compression.UNCOMPRESSED;
    }

    @Override
    TileFormat format(int width, int height) {
        return Payloads.gray16(width, height);
    }

    @Override
    byte[] encode(byte[] content) {
        return content.clone();
    }

    @Test
    @Override
    void refusesAnEmptyPayload() throws CodecException {
        // It does not: to this decoder it is a payload that is too short, like any other.
        DecodedTile tile = decode(new byte[0], format(20, 12));
        assertArrayEquals(new byte[480], Payloads.array(tile));
        assertEquals(1, tile.warnings().size());
    }

    @Test
    void deliversThePayloadItself() throws CodecException {
        Scratch scratch = new Scratch();
        byte[] payload = new byte[480];
        DecodedTile tile = decode(ByteBuffer.wrap(payload), format(20, 12), scratch);
        assertSame(payload, tile.pixels().array());
        assertTrue(decode(ByteBuffer.allocateDirect(500), format(20, 12), scratch)
                .pixels()
                .isDirect());
        assertEquals(0, scratch.bytes());
    }

    @Test
    void narrowsPairsOfDoubles() throws CodecException {
        TileFormat format = new TileFormat(2, 1, PixelType.GRAY64_COMPLEX_FLOAT);
        ByteBuffer doubles = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
        doubles.putDouble(1.5).putDouble(-2).putDouble(1e300).putDouble(0.1);
        DecodedTile tile = decode(doubles.array(), format);
        assertEquals(1.5f, tile.pixels().getFloat(0));
        assertEquals(-2f, tile.pixels().getFloat(4));
        assertEquals(Float.POSITIVE_INFINITY, tile.pixels().getFloat(8));
        assertEquals(0.1f, tile.pixels().getFloat(12));
        assertTrue(tile.warnings().get(0).contains("found 32"), tile.warnings().toString());
    }
}
