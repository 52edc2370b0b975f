package io.github.czi4j.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.czi4j.model.Compression;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.PixelType;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class Zstd1DecoderTest extends SizedDecoderContract {
    private static final byte[] PACKED = {3, 1, 1};

    @Override
    Compression compression() {
        return Compression.ZSTD1;
    }

    @Override
    TileFormat format(int width, int height) {
        return Payloads.gray16(width, height);
    }

    @Override
    byte[] encode(byte[] content) {
        return Payloads.concat(PACKED, Payloads.zstd(Payloads.pack(content)));
    }

    @Override
    byte[] fitted(byte[] content, int bytes) {
        return Arrays.copyOf(Arrays.copyOf(content, content.length & ~1), bytes);
    }

    /** The worked example of the sheet, §4.6. */
    @Test
    void decodesTheExampleOfTheSheet() throws CodecException {
        byte[] payload = Payloads.hex("03 01 01 28 B5 2F FD 20 08 41 00 00 02 04 06 08 01 03 05 07");
        DecodedTile tile = decode(payload, format(2, 2));
        assertArrayEquals(Payloads.hex("02 01 04 03 06 05 08 07"), Payloads.array(tile));
        assertEquals(0x0102, tile.pixels().getShort(0));
        assertEquals(List.of(), tile.warnings());
    }

    @ParameterizedTest
    @ValueSource(strings = {"01", "03 01 00", "04 81 00 00", "84 00 01 00"})
    void readsHeadersWithoutPacking(String header) throws CodecException {
        byte[] content = Payloads.pixels(480, 2);
        byte[] payload = Payloads.concat(Payloads.hex(header), Payloads.zstd(content));
        assertArrayEquals(content, Payloads.array(decode(payload, format(20, 12))));
    }

    @ParameterizedTest
    @CsvSource({
        "00,                CORRUPT",
        "02,                UNSUPPORTED",
        "02 01,             CORRUPT",
        "03 01,             CORRUPT",
        "03 01 02,          CORRUPT",
        "03 01 81,          CORRUPT",
        "04 01 01 00,       CORRUPT",
        "05 01 01 01 01,    CORRUPT",
        "80 80 80 00,       CORRUPT",
        "83 00 01,          CORRUPT",
        "81 80 00,          CORRUPT",
        "7f,                CORRUPT",
        "03 02 00,          UNSUPPORTED",
        "03 00 01,          UNSUPPORTED",
        "04 81 01 00,       UNSUPPORTED",
    })
    void refusesOtherHeaders(String header, CziException.Kind kind) {
        byte[] payload = Payloads.concat(Payloads.hex(header), Payloads.hex("28B52FFD 20 02 110000 0102"));
        CodecException e = assertThrows(CodecException.class, () -> decode(payload, format(20, 12)));
        assertEquals(kind, e.kind(), e.getMessage());
    }

    @ParameterizedTest
    @EnumSource(
            value = PixelType.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"GRAY16", "BGR48", "UNKNOWN"})
    void refusesPackingOfOtherPixelTypes(PixelType type) {
        TileFormat format = new TileFormat(4, 3, type);
        byte[] payload = encode(new byte[format.bytes()]);
        CodecException e = assertThrows(CodecException.class, () -> decode(payload, format));
        assertTrue(e.getMessage().contains(type.label()), e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 8, 9, 15, 16, 17, 63, 64, 65})
    void unpacksColourOfAnyWidth(int width) throws CodecException {
        TileFormat format = new TileFormat(width, 3, PixelType.BGR48);
        byte[] content = new byte[format.bytes()];
        new Random(width).nextBytes(content);
        assertArrayEquals(content, Payloads.array(decode(encode(content), format)));
    }
}
