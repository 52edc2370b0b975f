package io.github.czi4j.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.czi4j.model.Compression;
import io.github.czi4j.model.CziException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Zstd0DecoderTest extends SizedDecoderContract {
    @Override
    Compression compression() {
        return Compression.ZSTD0;
    }

    @Override
    TileFormat format(int width, int height) {
        return Payloads.gray16(width, height);
    }

    @Override
    byte[] encode(byte[] content) {
        return Payloads.zstd(content);
    }

    @Test
    void decodesALargeTile() throws CodecException {
        byte[] content = Payloads.pixels(2 * 1000 * 700, 9);
        DecodedTile tile = decode(Payloads.zstd(content), format(1000, 700));
        assertArrayEquals(content, Payloads.array(tile));
    }

    @ParameterizedTest
    @CsvSource({"480", "479", "481", "99", "101", "900"})
    void decodesAFrameThatDoesNotSayItsSize(int bytes) throws CodecException {
        byte[] content = Payloads.pixels(bytes, 9);
        DecodedTile tile = decode(Payloads.zstdWithoutSize(content), format(20, 12));
        assertArrayEquals(fitted(content, 480), Payloads.array(tile));
        assertEquals(bytes == 480 ? 0 : 1, tile.warnings().size());
    }

    @Test
    void verifiesAChecksum() throws CodecException {
        // one raw block 'a', whose xxHash64 is d24ec4f1a98c6e5b
        byte[] right = Payloads.hex("28b52ffd 04 00 090000 61 5b6e8ca9");
        assertArrayEquals(new byte[] {'a'}, Payloads.array(decode(right, Payloads.gray8(1, 1))));
        byte[] wrong = Payloads.hex("28b52ffd 04 00 090000 61 5b6e8caa");
        assertThrows(CodecException.class, () -> decode(wrong, Payloads.gray8(1, 1)));
    }

    @ParameterizedTest
    @CsvSource({
        "28b52ffd 00 89 110000 0102,          LIMIT,       window of 150994944",
        "28b52ffd 00 ff 110000 0102,          LIMIT,       window",
        "28b52ffd 21 07 02 110000 0102,       UNSUPPORTED, dictionary",
        "28b52ffd 23 00000001 02 110000 0102, UNSUPPORTED, dictionary",
        "28b52ffd 28 02 110000 0102,          UNSUPPORTED, reserved",
        "28b52ffd e0 ffffffffffffffff 110000 0102, LIMIT, announces 18446744073709551615",
        "28b52ffd e0 ffffffffffffff7f 110000 0102, LIMIT, announces 9223372036854775807",
        "28b52ffd a0 01000001 110000 0102,    LIMIT,       announces 16777217",
        "28b52ffd 20 02 170000 0102,          CORRUPT,     type 3",
        "28b52ffd 20 02 050000,               CORRUPT,     type 2 of 0 bytes",
        "28b52ffd 20 03 110000 0102,          CORRUPT,     3 bytes of content",
        "28b52ffd 20 01 110000 0102,          CORRUPT,     at most 1 bytes",
        "28b52ffd 20 02 100000 0102,          CORRUPT,     to the end",
        "184d2a50 20 02 110000 0102,          CORRUPT,     magic",
        "28b52ffd 20 02 1d0000 070102,        CORRUPT,     Huffman tree",
    })
    void refuses(String hex, CziException.Kind kind, String words) {
        CodecException e = assertThrows(CodecException.class, () -> decode(Payloads.hex(hex), format(2, 1)));
        assertEquals(kind, e.kind());
        assertTrue(e.getMessage().contains(words), e.getMessage());
    }

    @Test
    void takesADictionaryNumber0ForNone() throws CodecException {
        assertArrayEquals(
                Payloads.hex("0102"),
                Payloads.array(decode(Payloads.hex("28b52ffd 22 0000 02 110000 0102"), Payloads.gray8(2, 1))));
    }

    /** Frames that hold no content before, between and behind; the content is that of all frames until the bitmap is full. */
    @Test
    void decodesFrameAfterFrame() throws CodecException {
        byte[] content = Payloads.pixels(480, 9);
        byte[] skippable = Payloads.hex("522a4d18 03000000 ffffff");
        byte[] first = Payloads.zstd(Arrays.copyOf(content, 300));
        byte[] second = Payloads.zstdWithoutSize(Arrays.copyOfRange(content, 300, 480));
        DecodedTile tile =
                decode(Payloads.concat(skippable, first, skippable, second, skippable, skippable), format(20, 12));
        assertArrayEquals(content, Payloads.array(tile));
        assertEquals(List.of(), tile.warnings());
        DecodedTile surplus = decode(Payloads.concat(first, second, skippable, first), format(20, 12));
        assertArrayEquals(content, Payloads.array(surplus));
        assertEquals(1, surplus.warnings().size(), surplus.warnings().toString());
        byte[] cut = Payloads.concat(skippable, first, Arrays.copyOf(second, second.length - 1));
        assertThrows(CodecException.class, () -> decode(cut, format(20, 12)));
    }

    /** The second frame's content is larger than what the first one has left of the array. */
    @Test
    void decodesFramesLargerThanTheBitmap() throws CodecException {
        byte[] content = Payloads.pixels(5000, 9);
        byte[] payload = Payloads.concat(
                Payloads.zstd(Arrays.copyOf(content, 479)), Payloads.zstd(Arrays.copyOfRange(content, 479, 5000)));
        DecodedTile tile = decode(payload, format(20, 12));
        assertArrayEquals(Arrays.copyOf(content, 480), Payloads.array(tile));
        assertEquals(1, tile.warnings().size());
    }

    /** 5 bytes announce 2 MiB: nine such blocks are beyond what a small bitmap may need. */
    @Test
    void refusesABombWithoutASize() {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        bomb.writeBytes(Payloads.hex("28b52ffd 00 68"));
        for (int i = 0; i < 9; i++) {
            Payloads.block(bomb, i == 8, 1, (1 << 21) - 1);
            bomb.write(0);
        }
        Scratch scratch = new Scratch();
        CodecException e = assertThrows(
                CodecException.class, () -> decode(ByteBuffer.wrap(bomb.toByteArray()), format(2, 1), scratch));
        assertEquals(CziException.Kind.LIMIT, e.kind());
        assertEquals(0, scratch.bytes());
    }

    @Test
    void tellsOfBytesBehindTheFrame() throws CodecException {
        byte[] content = Payloads.pixels(480, 9);
        DecodedTile tile = decode(Payloads.concat(Payloads.zstd(content), new byte[3]), format(20, 12));
        assertArrayEquals(content, Payloads.array(tile));
        assertTrue(
                tile.warnings().get(0).contains("found 3 bytes behind"),
                tile.warnings().toString());
    }

    @Test
    void namesTheByteThatIsWrong() {
        byte[] payload = Payloads.zstd(Payloads.pixels(480, 9));
        byte[] cut = Arrays.copyOf(payload, payload.length - 1);
        CodecException e = assertThrows(CodecException.class, () -> decode(cut, format(20, 12)));
        assertTrue(e.offset() > 4 && e.offset() < cut.length, "offset " + e.offset());
    }

    /** Offsets are counted from the payload's first byte, wherever that lies in an array. */
    @Test
    void countsFromThePayload() {
        byte[] payload = Payloads.hex("28b52ffd 20 02 150000 0001");
        ByteBuffer inside = ByteBuffer.wrap(Payloads.concat(new byte[5], payload), 5, payload.length)
                .slice();
        CodecException e = assertThrows(CodecException.class, () -> decode(inside, format(2, 1), new Scratch()));
        assertEquals(11, e.offset(), e.getMessage());
    }

    @Test
    void warnsOnceAboutAnEmptyFrame() throws CodecException {
        DecodedTile tile = decode(Payloads.hex("28b52ffd 20 00 010000"), format(2, 1));
        assertArrayEquals(new byte[4], Payloads.array(tile));
        assertEquals(List.of("expected 4 bytes of pixels, found 0: the missing ones are 0"), tile.warnings());
    }
}
