package io.github.czi4j.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.czi4j.model.Compression;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every decoder owes its callers. A decoder that passes can be trusted with any payload. */
abstract class TileDecoderContract {
    abstract Compression compression();

    /** A small bitmap of the given size. */
    abstract TileFormat format(int width, int height);

    /** A payload that holds that bitmap. */
    abstract byte[] payload(TileFormat format);

    /** The pixels of {@link #payload}. */
    abstract byte[] expected(TileFormat format);

    final DecodedTile decode(ByteBuffer payload, TileFormat format, Scratch scratch) throws CodecException {
        DecodedTile tile = Codecs.decode(compression(), compression().code(), payload, format, scratch);
        assertEquals(0, tile.pixels().position());
        assertEquals(format.bytes(), tile.pixels().limit());
        assertEquals(ByteOrder.LITTLE_ENDIAN, tile.pixels().order());
        return tile;
    }

    final DecodedTile decode(byte[] payload, TileFormat format) throws CodecException {
        return decode(ByteBuffer.wrap(payload), format, new Scratch());
    }

    @Test
    final void decodesFromAnyKindOfBuffer() throws CodecException {
        TileFormat format = format(20, 12);
        byte[] payload = payload(format);
        ByteBuffer heap =
                ByteBuffer.allocate(payload.length + 7).position(3).put(payload).slice(3, payload.length);
        ByteBuffer direct = ByteBuffer.allocateDirect(payload.length + 7)
                .position(3)
                .put(payload)
                .slice(3, payload.length);
        for (ByteBuffer buffer : List.of(heap, direct, heap.asReadOnlyBuffer(), direct.asReadOnlyBuffer())) {
            DecodedTile tile = decode(buffer.order(ByteOrder.LITTLE_ENDIAN), format, new Scratch());
            assertArrayEquals(expected(format), Payloads.array(tile), () -> buffer.toString());
            assertEquals(List.of(), tile.warnings());
        }
    }

    @Test
    final void leavesThePayloadAsItIs() throws CodecException {
        TileFormat format = format(20, 12);
        byte[] payload = payload(format);
        for (ByteBuffer buffer :
                List.of(ByteBuffer.allocate(payload.length), ByteBuffer.allocateDirect(payload.length))) {
            buffer.put(payload).position(5).order(ByteOrder.LITTLE_ENDIAN);
            decode(buffer, format, new Scratch());
            assertEquals(5, buffer.position());
            assertEquals(payload.length, buffer.limit());
            assertEquals(ByteOrder.LITTLE_ENDIAN, buffer.order());
            assertEquals(ByteBuffer.wrap(payload), buffer.duplicate().rewind());
        }
    }

    @Test
    final void doesNotReadBehindTheLimit() throws CodecException {
        TileFormat format = format(20, 12);
        byte[] payload = payload(format);
        byte[] longer = Arrays.copyOf(payload, payload.length + 100);
        Arrays.fill(longer, payload.length, longer.length, (byte) 0xFF);
        DecodedTile tile = decode(ByteBuffer.wrap(longer).limit(payload.length), format, new Scratch());
        assertArrayEquals(expected(format), Payloads.array(tile));
    }

    @Test
    final void scratchOfALargerTileDoesNotShowInASmallerOne() throws CodecException {
        Scratch scratch = new Scratch();
        for (int size : new int[] {40, 9, 23, 1}) {
            TileFormat format = format(size, size);
            ByteBuffer payload = ByteBuffer.wrap(payload(format));
            assertArrayEquals(expected(format), Payloads.array(decode(payload, format, scratch)));
        }
    }

    @Test
    final void everyTruncationIsABitmapWithAWarningOrACodecException() throws CodecException {
        TileFormat format = format(20, 12);
        byte[] payload = payload(format);
        Scratch scratch = new Scratch();
        for (int length = 0; length < payload.length; length++) {
            try {
                decode(ByteBuffer.wrap(payload, 0, length).slice(), format, scratch);
            } catch (CodecException e) {
                assertTrue(e.offset() >= 0 && e.offset() <= length, e.getMessage() + " at " + e.offset());
            }
        }
        // A failed tile leaves nothing behind.
        assertArrayEquals(expected(format), Payloads.array(decode(ByteBuffer.wrap(payload), format, scratch)));
    }

    @Test
    void refusesAnEmptyPayload() throws CodecException {
        assertThrows(CodecException.class, () -> decode(new byte[0], format(20, 12)));
    }

    @Test
    final void plainPixelsUnderAnotherNameAreRead() throws CodecException {
        TileFormat format = format(20, 12);
        byte[] plain = Payloads.pixels(format.bytes(), 5);
        DecodedTile tile = decode(plain, format);
        assertArrayEquals(plain, Payloads.array(tile));
        assertEquals(
                compression() == Compression.UNCOMPRESSED ? 0 : 1,
                tile.warnings().size());
    }
}
