package io.github.czi4j.codec.zstd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.czi4j.codec.zstd.Reference.Look;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames of every kind against the content that they were made from, and against two other decoders. */
class ZstdDecoderTest {
    private final ZstdDecoder decoder = new ZstdDecoder();
    /** Has the loop over Huffman codes that is not this JVM's choice. */
    private final ZstdDecoder other = new ZstdDecoder(!ZstdDecoder.SUMS_LENGTHS);

    @ParameterizedTest
    @EnumSource(Look.class)
    void decodesAllLevels(Look look) throws ZstdException {
        Reference.needNative();
        byte[] content = Reference.content(look, 300_000, look.ordinal());
        for (int level = 1; level <= 22; level++) {
            check(content, Reference.encode(content, level), look + " at level " + level);
        }
    }

    /** Another encoder, which makes other choices. */
    @ParameterizedTest
    @EnumSource(Look.class)
    void decodesFramesOfAircompressor(Look look) throws ZstdException {
        Reference.needNative();
        for (int length : new int[] {1, 40, 5000, 131_072, 400_000}) {
            byte[] content = Reference.content(look, length, length);
            check(content, Reference.encodeAircompressor(content), look + ", " + length + " bytes");
        }
    }

    @ParameterizedTest
    @EnumSource(Look.class)
    void decodesAllLengths(Look look) throws ZstdException {
        Reference.needNative();
        int[] lengths = {
            0, 1, 2, 5, 6, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 100, 255, 256, 257, 1000, 1023, 1024, 4097,
            16_383, 16_384, 65_537, 131_071, 131_072, 131_073, 262_145
        };
        for (int length : lengths) {
            byte[] content = Reference.content(look, length, length);
            for (int level : new int[] {-5, 1, 3, 12, 19}) {
                check(content, Reference.encode(content, level), look + ", " + length + " bytes at level " + level);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void decodesFramesWithAndWithoutSizeAndChecksum(boolean size, boolean checksum) throws ZstdException {
        Reference.needNative();
        for (Look look : Look.values()) {
            byte[] content = Reference.content(look, 200_001, 5);
            check(content, Reference.encode(content, 5, size, checksum, 0), look + "");
        }
    }

    /** The match lies as far back as the window reaches: the beginning comes again at the end. */
    @ParameterizedTest
    @ValueSource(ints = {20, 24, 27})
    void decodesWindowsUpTo128MiB(int log) throws ZstdException {
        Reference.needNative();
        byte[] noise = Reference.content(Look.NOISE, 4096, log);
        byte[] content = new byte[(1 << log) - 100];
        System.arraycopy(noise, 0, content, 0, noise.length);
        System.arraycopy(noise, 0, content, content.length - noise.length, noise.length);
        byte[] frame = Reference.encode(content, 3, false, true, log);
        assertTrue(frame.length < 2 * noise.length + content.length / 1000, frame.length + " bytes");
        assertEquals(log, 10 + ((frame[5] & 0xFF) >>> 3), "Window_Log");
        byte[] out = new byte[content.length];
        assertEquals(out.length, decoder.decode(frame, Frames.blocks(frame), frame.length, true, out, 0, out.length));
        assertTrue(Arrays.equals(content, out));
    }

    /** Each type of block and literals and each mode of tables comes up in the frames above. */
    @Test
    void framesOfTheTestsHaveAllTypes() {
        Reference.needNative();
        Set<String> seen = new HashSet<>();
        for (Look look : EnumSet.allOf(Look.class)) {
            byte[] content = Reference.content(look, 300_000, look.ordinal());
            for (int level : new int[] {1, 3, 9, 19}) {
                types(Reference.encode(content, level), seen);
            }
            types(Reference.encode(Reference.content(look, 1000, 1), 3), seen);
        }
        types(HexFormat.of().parseHex(REPEATED.replace(" ", "")), seen);
        Set<String> expected = new HashSet<>();
        for (int type = 0; type < 3; type++) {
            expected.add("block " + type);
        }
        for (int type = 0; type < 4; type++) {
            expected.add("literals " + type);
            expected.add("literals lengths " + type);
            expected.add("offsets " + type);
            expected.add("match lengths " + type);
        }
        expected.add("one stream");
        expected.add("four streams");
        expected.removeAll(seen);
        assertEquals(Set.of(), expected, "never seen");
    }

    /** What encoders make seldom: a literal 'a' three times, and tables that have one code each. */
    private static final String REPEATED = "28b52ffd0068 450000 1961 01 54 010002 01";

    @Test
    void decodesRepeatedLiteralsAndSingleCodes() throws ZstdException {
        Reference.needNative();
        byte[] frame = HexFormat.of().parseHex(REPEATED.replace(" ", ""));
        check("aaaaaaaa".getBytes(StandardCharsets.US_ASCII), frame, "one literal, a match of 5, two literals");
    }

    private static void types(byte[] frame, Set<String> seen) {
        int position = Frames.blocks(frame);
        boolean last;
        do {
            int header = Bytes.little(frame, position, 3);
            last = (header & 1) != 0;
            int type = header >>> 1 & 3;
            seen.add("block " + type);
            int block = position + 3;
            position = block + (type == 1 ? 1 : header >>> 3);
            if (type == 2) {
                int literals = frame[block] & 3;
                seen.add("literals " + literals);
                int format = frame[block] >>> 2 & 3;
                if (literals >= 2) {
                    seen.add(format == 0 ? "one stream" : "four streams");
                }
                int sequences = behindLiterals(frame, block, literals, format);
                int count = frame[sequences] & 0xFF;
                if (count != 0) {
                    int modes = frame[sequences + (count < 128 ? 1 : count < 255 ? 2 : 3)] & 0xFF;
                    seen.add("literals lengths " + (modes >>> 6));
                    seen.add("offsets " + (modes >>> 4 & 3));
                    seen.add("match lengths " + (modes >>> 2 & 3));
                }
            }
        } while (!last);
    }

    private static int behindLiterals(byte[] frame, int block, int literals, int format) {
        if (literals < 2) {
            int header = format == 1 ? 2 : format == 3 ? 3 : 1;
            int count = Bytes.little(frame, block, header) >>> (header == 1 ? 3 : 4);
            return block + header + (literals == 1 ? 1 : count);
        }
        int header = format < 2 ? 3 : format + 2;
        int width = format < 2 ? 10 : format == 2 ? 14 : 18;
        long bits = Bytes.little(frame, block, 4) & 0xFFFFFFFFL | (frame[block + 4] & 0xFFL) << 32;
        return block + header + ((int) (bits >>> 4 + width) & (1 << width) - 1);
    }

    private void check(byte[] content, byte[] frame, String what) throws ZstdException {
        assertArrayEquals(content, Frames.decode(decoder, frame, content.length, (byte) 0xFF), what);
        assertArrayEquals(content, Frames.decode(other, frame, content.length, (byte) 0), what);
        // With room to spare the last copies are made in another way.
        assertArrayEquals(content, Frames.decode(decoder, frame, content.length + 500, (byte) 0), what);
        assertArrayEquals(content, Reference.decodeNative(frame, content.length), what);
        if (content.length > 0) {
            assertArrayEquals(content, Reference.decodeAircompressor(frame, content.length), what);
        }
    }

    /** Blocks built by hand behind a header of 6 bytes: a compressed block, what is wrong with it, and where. */
    @ParameterizedTest
    @CsvSource({
        "'',             6, to the end of the frame",
        "00,            10, expected sequences",
        "07000000,       9, expected a Huffman tree",
        "06,             9, literals header of 3 bytes",
        "0cffff,         9, expected at most 131072 literals",
        "000000,        11, the end of the block, found",
        "2800,           9, expected 5 bytes of literals",
        "0001,          11, modes",
        "000103,        11, modes",
        "000154,        12, expected a code",
        "00015424,      12, expected a code below 36",
        "00015400,      13, expected a code",
        "0001540020,    13, expected a code below 32",
        "000154000035,  14, expected a code below 53",
        "0001fc80,      12, expected a table to repeat",
        "00014000,      13, expected a stream of bits",
        "0001540000,    14, expected a code",
        "00015400000080,15, expected a distance of 1 to 0",
        "08610154010000 0080, 16, found 15 bits more",
        "00015400000000,15, a byte that is 0",
        "00015401000080,15, expected at most 0 literals",
        "00017f,        11, modes",
        "00018005,      12, at most 2^9",
        "00018004,      13, at most 36 symbols",
        "00ff0080,      10, at most 128 KiB",
        "008000ff,      12, found 1 bytes more",
        "0080,          10, number of sequences",
        "000100,        12, expected a stream of bits",
        "00010001,      12, found the end of their bits",
    })
    void refuses(String block, int offset, String words) {
        byte[] content = HexFormat.of().parseHex(block.replace(" ", ""));
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.writeBytes(HexFormat.of().parseHex("28b52ffd0068"));
        int header = 1 | 2 << 1 | content.length << 3;
        frame.write(header);
        frame.write(header >>> 8);
        if (content.length > 0) {
            frame.write(header >>> 16);
        }
        frame.writeBytes(content);
        ZstdException e =
                assertThrows(ZstdException.class, () -> Frames.decode(decoder, frame.toByteArray(), 1000, (byte) 0x80));
        assertTrue(e.getMessage().contains(words), e.getMessage());
        assertEquals(offset, e.offset() - Frames.GUARDS, e.getMessage());
    }

    @Test
    void refusesAWrongChecksum() {
        Reference.needNative();
        byte[] frame = Reference.encode(Reference.content(Look.TEXT, 5000, 1), 3, true, true, 0);
        frame[frame.length - 2] ^= 1;
        ZstdException e = assertThrows(ZstdException.class, () -> Frames.decode(decoder, frame, 5000, (byte) 0));
        assertTrue(e.getMessage().contains("checksum"), e.getMessage());
    }

    @Test
    void tellsThatTheRoomIsNotEnough() {
        Reference.needNative();
        for (Look look : Look.values()) {
            byte[] frame = Reference.encode(Reference.content(look, 5000, 1), 3);
            ZstdException e = assertThrows(ZstdException.class, () -> Frames.decode(decoder, frame, 4999, (byte) 0));
            assertTrue(e.full(), look + ": " + e.getMessage());
        }
    }
}
