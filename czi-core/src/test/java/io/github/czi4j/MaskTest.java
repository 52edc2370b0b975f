package io.github.czi4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Mask;
import io.github.czi4j.model.Parallelism;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Rect;
import io.github.czi4j.observe.Stage;
import io.github.czi4j.testing.Corpus;
import io.github.czi4j.testing.TestCzi;
import io.github.czi4j.testing.TestCzi.Tile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Masks: laid out byte by byte from the format sheet, §3.4. */
class MaskTest {
    private static final String CONTAINER =
            "<METADATA><AttachmentSchema><DataFormat>CHUNKCONTAINER</DataFormat></AttachmentSchema></METADATA>";
    private static final byte[] GUID = HexFormat.of().parseHex("67eae3cbfc5b2b49a16aece378031448");

    /** A mask from rows of {@code #} for valid and {@code .} for not. */
    private static byte[] mask(int stride, String... rows) {
        ByteBuffer bytes = ByteBuffer.allocate(16 + stride * rows.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(rows[0].length()).putInt(rows.length).putInt(0).putInt(stride);
        for (int y = 0; y < rows.length; y++) {
            for (int x = 0; x < rows[y].length(); x++) {
                if (rows[y].charAt(x) == '#') {
                    bytes.array()[16 + y * stride + x / 8] |= (byte) (0x80 >> x % 8);
                }
            }
        }
        return bytes.array();
    }

    private static byte[] chunk(byte[] guid, byte[] payload) {
        return ByteBuffer.allocate(20 + payload.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(guid)
                .putInt(payload.length)
                .put(payload)
                .array();
    }

    private static byte[] join(byte[]... parts) {
        ByteBuffer all = ByteBuffer.allocate(
                Arrays.stream(parts).mapToInt(part -> part.length).sum());
        Arrays.stream(parts).forEach(all::put);
        return all.array();
    }

    private static Tile masked(Tile tile, byte[] attachment) {
        return tile.metadata(CONTAINER).attachment(attachment);
    }

    private static TestCzi over(byte[] attachment) {
        return new TestCzi()
                .add(TestCzi.gray8(0, 0, 4, 2, 10).m(0))
                .add(masked(TestCzi.gray8(0, 0, 4, 2, 90).m(1), attachment));
    }

    private static byte[] bytes(int... values) {
        byte[] result = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = (byte) values[i];
        }
        return result;
    }

    private static byte[] read(TestCzi czi, MosaicRequest request) throws CziException {
        try (CziReader reader = czi.open()) {
            return reader.readMosaic(request).bytes();
        }
    }

    private static final MosaicRequest AWARE = MosaicRequest.wholeImage().maskAware(true);

    @Test
    void whatIsNotValidShowsWhatLiesBelow() throws CziException {
        TestCzi czi = over(chunk(GUID, mask(3, "#..#", ".##.")));
        assertArrayEquals(bytes(90, 10, 10, 90, 10, 90, 90, 10), read(czi, AWARE));
        assertArrayEquals(bytes(90, 90, 90, 90, 90, 90, 90, 90), read(czi, MosaicRequest.wholeImage()));
        // Nearest neighbours at zoom 0.5: columns 0, 2 and row 0.
        assertArrayEquals(bytes(90, 10), read(czi, AWARE.zoom(0.5)));
        assertArrayEquals(
                new short[] {90, 10, 10, 90, 10, 90, 90, 10},
                czi.open().readMosaic(AWARE.pixelType(PixelType.GRAY16)).shorts());
    }

    @Test
    void theSizeOfAMaskNeedNotBeThatOfItsTile() throws CziException {
        assertArrayEquals(bytes(90, 10, 10, 10, 10, 10, 10, 10), read(over(chunk(GUID, mask(1, "#."))), AWARE));
        assertArrayEquals(
                bytes(90, 90, 90, 10, 90, 90, 90, 90),
                read(over(chunk(GUID, mask(2, "###.######", "##########", "##########"))), AWARE));
        assertArrayEquals(bytes(10, 10, 10, 10, 10, 10, 10, 10), read(over(chunk(GUID, new byte[16])), AWARE));
    }

    @Test
    void aMaskIsFoundBehindOtherChunksAndInTheOlderLayout() throws CziException {
        byte[] mask = mask(1, "#..#", ".##.");
        byte[] other = chunk(new byte[16], new byte[5]);
        byte[] expected = bytes(90, 10, 10, 90, 10, 90, 90, 10);
        assertArrayEquals(expected, read(over(join(other, other, chunk(GUID, mask), other)), AWARE));
        assertArrayEquals(expected, read(over(join(new byte[16], GUID, mask)), AWARE));
    }

    @Test
    void attachmentsOfOtherKindsAreNoMasks() throws CziException {
        byte[] all = bytes(90, 90, 90, 90, 90, 90, 90, 90);
        byte[] attachment = chunk(GUID, mask(1, "....", "...."));
        for (String xml : new String[] {
            "", CONTAINER.toLowerCase(), CONTAINER.replace("DataFormat", "Other"), "<!--CHUNKCONTAINER-->", "<METADATA"
        }) {
            TestCzi czi = new TestCzi()
                    .add(TestCzi.gray8(0, 0, 4, 2, 90).metadata(xml).attachment(attachment));
            assertArrayEquals(all, read(czi, AWARE), xml);
        }
        TestCzi damagedBehind = new TestCzi()
                .add(TestCzi.gray8(0, 0, 4, 2, 90)
                        .metadata(CONTAINER.replace("</METADATA>", "<broken"))
                        .attachment(attachment));
        assertArrayEquals(new byte[8], read(damagedBehind, AWARE));
    }

    @Test
    void aTileTellsItsMask() throws CziException {
        try (CziReader reader =
                over(chunk(GUID, mask(2, "#..#.", ".##.#", "....#"))).open()) {
            assertTrue(reader.subblock(0).mask().isEmpty());
            Mask mask = reader.subblock(1).mask().orElseThrow();
            assertEquals(5, mask.width());
            assertEquals(3, mask.height());
            assertEquals(6, mask.validCount());
            assertTrue(mask.isValid(0, 0));
            assertFalse(mask.isValid(1, 0));
            assertTrue(mask.isValid(4, 2));
            assertFalse(mask.isValid(5, 0));
            assertFalse(mask.isValid(0, 3));
            assertFalse(mask.isValid(-1, 0));
        }
        assertThrows(IllegalArgumentException.class, () -> new Mask(9, 1, 1, new byte[2]));
        assertThrows(IllegalArgumentException.class, () -> new Mask(9, 2, 2, new byte[3]));
        assertEquals(4, Mask.byteCount(9, 2, 2));
    }

    @Test
    void aMaskThatContradictsItselfIsReportedAndNotUsed() throws CziException {
        byte[] good = chunk(GUID, mask(1, "....", "...."));
        byte[][] broken = {
            Arrays.copyOf(good, good.length - 1),
            patch(good, 16, -1),
            patch(good, 16, Integer.MAX_VALUE),
            patch(good, 16, 3),
            patch(good, 20, -1),
            patch(good, 20, 9),
            patch(good, 20, Integer.MAX_VALUE),
            patch(good, 24, -1),
            patch(good, 24, 3),
            patch(good, 24, Integer.MAX_VALUE),
            patch(good, 28, 1),
            patch(good, 32, 0),
            patch(good, 32, -8),
            patch(good, 32, Integer.MAX_VALUE)
        };
        for (int i = 0; i < broken.length; i++) {
            try (CziReader reader = over(broken[i]).open()) {
                Mosaic mosaic = reader.readMosaic(AWARE);
                assertArrayEquals(bytes(90, 90, 90, 90, 90, 90, 90, 90), mosaic.bytes(), "case " + i);
                assertEquals(1, mosaic.warnings().size(), "case " + i);
                assertEquals(1, mosaic.warnings().get(0).index());
                assertThrows(CziException.class, () -> reader.readMosaic(AWARE.strict()), "case " + i);
                CziException told = assertThrows(
                        CziException.class, () -> reader.subblock(1).mask(), "case " + i);
                assertTrue(told.getMessage().contains("test.czi: at offset "), told.getMessage());
            }
        }
    }

    private static byte[] patch(byte[] bytes, int at, int value) {
        byte[] result = bytes.clone();
        ByteBuffer.wrap(result).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
        return result;
    }

    @Test
    void whateverTheBytesAMaskIsReadOrRefused() throws CziException {
        byte[] good = join(chunk(new byte[16], new byte[3]), chunk(GUID, mask(1, "#..#", ".##.")));
        for (int at = 0; at < good.length; at++) {
            for (int value : new int[] {0, 1, 0x7F, 0x80, 0xFF}) {
                byte[] bytes = good.clone();
                bytes[at] = (byte) value;
                try (CziReader reader = over(bytes).open()) {
                    Mosaic mosaic = reader.readMosaic(AWARE);
                    assertTrue(mosaic.isComplete());
                    try {
                        reader.subblock(1).mask();
                        assertTrue(mosaic.warnings().isEmpty());
                    } catch (CziException e) {
                        assertEquals(1, mosaic.warnings().size());
                    }
                }
            }
        }
    }

    /** Tiles that must be painted in turn are still decoded side by side, whatever the batch. */
    @Test
    void tilesAreDecodedSideBySide() throws CziException {
        TestCzi czi = new TestCzi();
        for (int i = 0; i < 8; i++) {
            czi.add(TestCzi.gray8(i, 0, 2, 1, 10 * i + 10).m(i));
        }
        CyclicBarrier both = new CyclicBarrier(2);
        AtomicInteger met = new AtomicInteger();
        CziOptions options = CziOptions.defaults().listener((stage, subblock, start, nanos, bytes) -> {
            if (stage == Stage.READ) {
                try {
                    both.await(10, TimeUnit.SECONDS);
                    met.incrementAndGet();
                } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                    // Counted below.
                }
            }
        });
        try (CziReader reader = TestCzi.open(czi.bytes(), options)) {
            Mosaic mosaic =
                    reader.readMosaic(AWARE.parallelism(Parallelism.threads(2).batch(25)));
            assertArrayEquals(bytes(10, 20, 30, 40, 50, 60, 70, 80, 80), mosaic.bytes());
            assertEquals(8, met.get());
        }
    }

    @Test
    void theMaskOfARealTileIsThatOfLibCzi() throws IOException {
        try (CziReader reader = CziReader.open(Corpus.require("real/1_tileregion.czi"))) {
            Mask mask = reader.subblock(7).mask().orElseThrow();
            assertEquals(740, mask.width());
            assertEquals(285, mask.height());
            // 187605 bits are set, of which 4 a row lie behind the last column.
            assertEquals(187_605 - 4 * 285, mask.validCount());
        }
    }

    /** Written masks are laid out as the sheet has them, and read again. */
    @Test
    void aMaskIsWrittenWithItsSubblock(@TempDir Path folder) throws IOException {
        byte[] bits = new byte[2 * 3];
        bits[0] = (byte) 0xA0;
        bits[3] = (byte) 0x80;
        Mask mask = new Mask(9, 3, 2, bits);
        Path file = folder.resolve("masked.czi");
        String other = "<METADATA><Tags><FocusPosition>1.5</FocusPosition></Tags></METADATA>";
        try (CziWriter writer = CziWriter.create(file)) {
            NewSubblock plain = NewSubblock.of(new Rect(0, 0, 9, 3), PixelType.GRAY8);
            writer.add(plain.masked(mask), new byte[27]);
            writer.add(plain.m(1).metadata(other).masked(mask), new byte[27]);
            assertThrows(
                    IllegalArgumentException.class,
                    () -> writer.add(plain.metadata("<METADATA/>").masked(mask), new byte[27]));
            writer.finish();
        }
        try (CziReader reader = CziReader.open(file)) {
            assertArrayEquals(
                    chunk(GUID, mask(2, "#.#......", "........#", ".........")),
                    reader.subblock(0).attachment());
            assertEquals(CONTAINER, reader.subblock(0).metadataXml());
            assertTrue(reader.subblock(1).metadataXml().startsWith(other.substring(0, 50)));
            for (int i = 0; i < 2; i++) {
                Mask read = reader.subblock(i).mask().orElseThrow();
                assertEquals(3, read.validCount());
                assertTrue(read.isValid(0, 0) && read.isValid(2, 0) && read.isValid(8, 1));
            }
        }
    }
}
