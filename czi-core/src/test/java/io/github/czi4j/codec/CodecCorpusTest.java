package io.github.czi4j.codec;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.testing.Corpus;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Payloads that an independent reader has decoded: the same pixels, or an error where it has one. */
class CodecCorpusTest {
    private final Scratch scratch = new Scratch();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mismatch_zstd1hilo",
                "corrupt_payload",
                "m_gray8_unc",
                "m_bgr24_unc",
                "m_bgr96f_unc",
                "m_gray8_zstd0",
                "m_bgr24_zstd0",
                "m_bgr48_zstd0",
                "m_bgr48_zstd1",
                "m_bgr48_zstd1hilo",
                "m_bgr96f_zstd1",
                "m_gray16_zstd1",
                "m_gray32f_zstd1",
                "odd_bgr24_zstd1hilo",
                "odd_bgr48_zstd1hilo",
                "odd_gray16_zstd1hilo",
                "odd_gray32f_zstd1hilo",
                "odd_gray8_zstd1hilo",
            })
    void decodesLikeTheOracle(String name) throws IOException {
        ByteBuffer file = file(name);
        List<Executable> checks = new ArrayList<>();
        for (JsonElement element : subblocks(name)) {
            JsonObject subblock = element.getAsJsonObject();
            if (compression(subblock) != Compression.JPEG_XR) {
                checks.add(() -> check(file, subblock));
            }
        }
        assertTrue(!checks.isEmpty());
        assertAll(checks);
    }

    @Test
    void decodesOtherPixelTypes() throws IOException {
        ByteBuffer file = file("types_other");
        List<Executable> checks = new ArrayList<>();
        for (JsonElement element : subblocks("types_other")) {
            // SPEC: the oracle takes gray64complexfloat for 16 bytes; it has 8 (sheet §2.4).
            if (pixelType(element.getAsJsonObject()) != PixelType.GRAY64_COMPLEX_FLOAT) {
                checks.add(() -> check(file, element.getAsJsonObject()));
            }
        }
        assertEquals(4, checks.size());
        assertAll(checks);
    }

    /**
     * The oracle refuses them all. Those with as many bytes as plain pixels have are read (sheet §4.8); the last one is
     * a JPEG indeed.
     */
    @Test
    void readsUnknownCompressionsOfTheRightLength() throws IOException, CodecException {
        ByteBuffer file = file("unknown_compression");
        int plain = 0;
        for (JsonElement element : subblocks("unknown_compression")) {
            JsonObject subblock = element.getAsJsonObject();
            DecodedTile tile = decode(file, subblock);
            if (subblock.get("dataBytes").getAsInt() == format(subblock).bytes()) {
                assertEquals(subblock.get("dataMd5").getAsString(), md5(tile.pixels()));
                assertEquals(1, tile.warnings().size());
                plain++;
            } else {
                assertEquals(Compression.JPEG, compression(subblock));
                assertEquals(List.of(), tile.warnings());
            }
        }
        assertEquals(9, plain);
    }

    private void check(ByteBuffer file, JsonObject subblock) throws CodecException {
        String where = "subblock " + subblock.get("index");
        if (subblock.has("bitmapError")) {
            assertThrows(CodecException.class, () -> decode(file, subblock), where);
            return;
        }
        DecodedTile tile = decode(file, subblock);
        assertEquals(subblock.getAsJsonObject("bitmap").get("md5").getAsString(), md5(tile.pixels()), where);
        assertEquals(subblock.has("bitmapStrictError"), !tile.warnings().isEmpty(), where + ": " + tile.warnings());
    }

    private DecodedTile decode(ByteBuffer file, JsonObject subblock) throws CodecException {
        int code = subblock.get("compressionRaw").getAsInt();
        return Codecs.decode(compression(subblock), code, payload(file, subblock), format(subblock), scratch);
    }

    /** Where the pixel data are: sheet §3.1. */
    private static ByteBuffer payload(ByteBuffer file, JsonObject subblock) {
        int data = subblock.get("filePosition").getAsInt() + 32;
        int metadata = file.getInt(data);
        int length = subblock.get("dataBytes").getAsInt();
        assertEquals(length, file.getLong(data + 8));
        int dimensions = file.getInt(data + 16 + 28);
        int header = Math.max(256, 16 + 32 + 20 * dimensions);
        ByteBuffer payload = file.slice(data + header + metadata, length).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(subblock.get("dataMd5").getAsString(), md5(payload));
        return payload;
    }

    private static Compression compression(JsonObject subblock) {
        return Compression.ofCode(subblock.get("compressionRaw").getAsInt());
    }

    private static PixelType pixelType(JsonObject subblock) {
        return PixelType.ofCode(subblock.get("pixelTypeRaw").getAsInt());
    }

    private static TileFormat format(JsonObject subblock) {
        JsonArray size = subblock.getAsJsonArray("physical");
        return new TileFormat(size.get(0).getAsInt(), size.get(1).getAsInt(), pixelType(subblock));
    }

    private static ByteBuffer file(String name) throws IOException {
        byte[] bytes = Files.readAllBytes(Corpus.require("made/" + name + ".czi"));
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static JsonArray subblocks(String name) throws IOException {
        String json = Files.readString(Corpus.require("expected/made/" + name + ".json"), StandardCharsets.ISO_8859_1);
        return JsonParser.parseString(json).getAsJsonObject().getAsJsonArray("subBlocks");
    }

    private static String md5(ByteBuffer bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            digest.update(bytes.duplicate());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
