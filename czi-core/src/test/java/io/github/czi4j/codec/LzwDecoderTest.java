package io.github.czi4j.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.czi4j.model.Compression;
import io.github.czi4j.model.CziException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LzwDecoderTest extends SizedDecoderContract {
    @Override
    Compression compression() {
        return Compression.LZW;
    }

    @Override
    TileFormat format(int width, int height) {
        return Payloads.gray16(width, height);
    }

    @Override
    byte[] encode(byte[] content) {
        return Payloads.lzw(content, true, true);
    }

    /** The example of TIFF 6.0, section 13: Clear 7 258 8 8 258 6 6 EndOfInformation, nine bits each. */
    @Test
    void decodesTheExampleOfTheSpecification() throws CodecException {
        byte[] codes = Payloads.hex("80 01 e0 40 80 44 08 0c 06 80 80");
        DecodedTile tile = decode(codes, Payloads.gray8(9, 1));
        assertArrayEquals(new byte[] {7, 7, 7, 8, 8, 7, 7, 6, 6}, Payloads.array(tile));
        assertEquals(List.of(), tile.warnings());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void decodesPastAFullTable(boolean clearWhenFull) throws CodecException {
        byte[] noise = new byte[300 * 100];
        Random random = new Random(17);
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (byte) random.nextInt(40);
        }
        for (boolean end : new boolean[] {true, false}) {
            DecodedTile tile = decode(Payloads.lzw(noise, clearWhenFull, end), Payloads.gray8(300, 100));
            assertArrayEquals(noise, Payloads.array(tile));
            assertEquals(List.of(), tile.warnings());
        }
    }

    /** One value only: each code is the string that the writer has just made. */
    @Test
    void decodesStringsThatAreNotYetInTheTable() throws CodecException {
        byte[] flat = new byte[500 * 400];
        DecodedTile tile = decode(Payloads.lzw(flat, true, true), Payloads.gray8(500, 400));
        assertArrayEquals(flat, Payloads.array(tile));
    }

    @Test
    void decodesEveryLengthAroundAChangeOfWidth() throws CodecException {
        for (int length = 240; length < 800; length++) {
            byte[] content = new byte[length];
            for (int i = 0; i < length; i++) {
                content[i] = (byte) (i * i >>> 3);
            }
            DecodedTile tile = decode(Payloads.lzw(content, true, true), Payloads.gray8(length, 1));
            assertArrayEquals(content, Payloads.array(tile));
            assertEquals(List.of(), tile.warnings());
        }
    }

    @Test
    void refusesACodeThatIsNotInTheTable() {
        Payloads.BitWriter codes = new Payloads.BitWriter();
        codes.write(256, 9);
        codes.write(7, 9);
        codes.write(260, 9);
        CodecException e = assertThrows(CodecException.class, () -> decode(codes.bytes(), Payloads.gray8(9, 1)));
        assertEquals(CziException.Kind.CORRUPT, e.kind());
        assertEquals(3, e.offset());
    }

    @Test
    void refusesAStringRightAfterClear() {
        Payloads.BitWriter codes = new Payloads.BitWriter();
        codes.write(256, 9);
        codes.write(258, 9);
        assertThrows(CodecException.class, () -> decode(codes.bytes(), Payloads.gray8(9, 1)));
    }

    @Test
    void plainPixelsThatLookLikeAClearAreCodes() {
        assertThrows(CodecException.class, () -> decode(Payloads.hex("80 7f ff ff"), Payloads.gray8(4, 1)));
    }
}
