package io.github.czi4j.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.czi4j.model.Compression;
import io.github.czi4j.model.CziException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodecsTest {
    private static DecodedTile decode(int code, byte[] payload, TileFormat format) throws CodecException {
        return Codecs.decode(Compression.ofCode(code), code, ByteBuffer.wrap(payload), format, new Scratch());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 99, 100, 104, 504, 999, 1000, 1005, -1})
    void readsPlainPixelsUnderAnyCodeWithAWarning(int code) throws CodecException {
        byte[] plain = Payloads.pixels(60, 4);
        DecodedTile tile = decode(code, plain, Payloads.gray8(10, 6));
        assertSame(plain, tile.pixels().array());
        assertEquals(1, tile.warnings().size());
        assertTrue(
                tile.warnings().get(0).contains("compression " + code + " "),
                tile.warnings().get(0));
    }

    @ParameterizedTest
    @CsvSource({"3, jpgll", "7, unknown", "104, cameraraw", "1005, systemraw", "-1, unknown"})
    void namesTheCodeThatHasNoDecoder(int code, String label) {
        CodecException e =
                assertThrows(CodecException.class, () -> decode(code, Payloads.pixels(59, 4), Payloads.gray8(10, 6)));
        assertEquals(CziException.Kind.UNSUPPORTED, e.kind());
        assertTrue(e.getMessage().contains("compression " + code + " (" + label + ")"), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "1, ffd8ff",
        "3, ffd8ff",
        "4, 4949bc01",
        "5, 28b52ffd",
        "6, 01 28b52ffd",
        "6, 030100 28b52ffd",
        "6, 030101 28b52ffd",
    })
    void believesTheMagicNotTheLength(int code, String magic) {
        byte[] payload = Arrays.copyOf(Payloads.hex(magic), 60);
        assertThrows(CodecException.class, () -> decode(code, payload, Payloads.gray8(10, 6)));
    }

    @ParameterizedTest
    @CsvSource({
        "1, ffd8",
        "1, ffd7ff",
        "2, 8080",
        "2, 7f00",
        "4, 4949bc",
        "5, 28b52ffe",
        "6, 28b52ffd",
        "6, 02 28b52ffd"
    })
    void believesTheLengthWithoutTheMagic(int code, String begin) throws CodecException {
        byte[] payload = Arrays.copyOf(Payloads.hex(begin), 60);
        assertArrayEquals(payload, Payloads.array(decode(code, payload, Payloads.gray8(10, 6))));
    }

    /** LZW begins with a Clear as a rule; nothing of what follows can be wrong here. */
    @Test
    void believesAClearNotTheLength() throws CodecException {
        DecodedTile tile = decode(2, Arrays.copyOf(Payloads.hex("8000"), 60), Payloads.gray8(10, 6));
        assertEquals(
                "expected 60 bytes of pixels, found 52: the missing ones are 0",
                tile.warnings().get(0));
    }

    @Test
    void aPayloadShorterThanAnyMagicIsNoMagic() throws CodecException {
        for (int code = 1; code < 7; code++) {
            assertEquals(
                    1,
                    decode(code, new byte[] {3}, Payloads.gray8(1, 1))
                            .warnings()
                            .size());
        }
    }
}
