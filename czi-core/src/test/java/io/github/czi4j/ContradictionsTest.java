package io.github.czi4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.czi4j.model.CziException;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.testing.TestCzi;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Files whose parts do not agree with each other: what is sound of them stays in reach. */
class ContradictionsTest {
    private static byte[] bytes(int count, int value) {
        byte[] bytes = new byte[count];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    void tilesOfOneChannelMayDifferInPixelType() throws CziException {
        TestCzi file = new TestCzi()
                .add(TestCzi.gray8(0, 0, 2, 2, 5))
                // 0x0707 >> 8 = 7
                .add(new TestCzi.Tile(2, 0, 2, 2, PixelType.GRAY16, bytes(8, 7)))
                .add(new TestCzi.Tile(4, 0, 2, 2, PixelType.BGR24, bytes(12, 9)))
                // Nobody says what an integer of 32 bits is in eight.
                .add(new TestCzi.Tile(6, 0, 2, 2, PixelType.GRAY32, bytes(16, 1)))
                .add(new TestCzi.Tile(8, 0, 2, 2, PixelType.GRAY8, bytes(4, 1)).pixelType(77));
        try (CziReader reader = file.open()) {
            Mosaic mosaic = reader.readMosaic(MosaicRequest.wholeImage());
            assertArrayEquals(new byte[] {5, 5, 7, 7, 9, 9, 0, 0, 0, 0}, Arrays.copyOf(mosaic.bytes(), 10));
            assertEquals(
                    List.of(3, 4),
                    mosaic.failures().stream().map(failure -> failure.index()).toList());
            assertEquals(0x01010101, reader.subblock(3).read().pixels().ints()[0]);
            assertThrows(CziException.class, () -> reader.subblock(4).read());
            assertEquals(4, reader.subblock(4).rawData().length);
            Composite picture = reader.readComposite(MosaicRequest.wholeImage());
            assertEquals(2, picture.channels().get(0).failures().size());
        }
    }

    @Test
    void directoryAndSubblockMayDifferInPixelType() throws CziException {
        byte[] file = new TestCzi()
                .add(new TestCzi.Tile(0, 0, 2, 2, PixelType.GRAY16, new byte[] {1, 0, 2, 0, 3, 0, 4, 0}))
                .bytes();
        // The copy inside the first subblock: header, sizes, schema, then the pixel type.
        little(file).putInt(TestCzi.HEADER + 32 + 16 + 2, PixelType.BGR24.code());
        try (CziReader reader = TestCzi.open(file, CziOptions.defaults())) {
            Subblock.Bitmap bitmap = reader.subblock(0).read();
            assertArrayEquals(new short[] {1, 2, 3, 4}, bitmap.pixels().shorts());
            assertEquals(1, bitmap.warnings().size(), "the directory wins, and that is told");
        }
    }

    @Test
    void tilesMayHaveTheSamePlaceAndNumber() throws CziException {
        TestCzi file = new TestCzi()
                .add(TestCzi.gray8(0, 0, 4, 4, 1).m(3))
                .add(TestCzi.gray8(0, 0, 4, 4, 2).m(3))
                .add(TestCzi.gray8(0, 0, 4, 4, 3).m(2))
                .add(TestCzi.gray8(0, 0, 2, 2, 4).logical(4, 4).m(3));
        try (CziReader reader = file.open()) {
            assertEquals(4, reader.subblocks().count());
            assertEquals(3, reader.subblocks().withM(3).count());
            assertEquals(2, reader.readMosaic(MosaicRequest.wholeImage()).bytes()[0], "the later of equals is on top");
            for (int i = 0; i < 4; i++) {
                assertEquals(i + 1, reader.subblock(i).read().pixels().bytes()[0]);
            }
        }
    }

    @Test
    void entriesMayShareASubblockOrPointIntoOne() throws CziException {
        // The payload of the second subblock is itself a subblock, as a file inside a file has them.
        byte[] inner = new TestCzi().add(TestCzi.gray8(0, 0, 4, 4, 7)).bytes();
        byte[] segment = Arrays.copyOfRange(inner, TestCzi.HEADER, TestCzi.HEADER + 32 + 256 + 16);
        TestCzi build = new TestCzi()
                .add(TestCzi.gray8(0, 0, 4, 4, 1))
                .add(new TestCzi.Tile(4, 0, segment.length, 1, PixelType.GRAY8, segment))
                .add(TestCzi.gray8(8, 8, 4, 4, 3))
                .add(TestCzi.gray8(12, 8, 4, 4, 4));
        byte[] file = build.bytes();
        ByteBuffer view = little(file);
        int directory = (int) view.getLong(32 + 52);
        int entry = directory + 32 + 128;
        int entryLength = 32 + 3 * 20;
        long first = view.getLong(entry + 6);
        long second = view.getLong(entry + entryLength + 6);
        // The third entry shares the first subblock, the fourth points into the payload of the second.
        view.putLong(entry + 2 * entryLength + 6, first);
        view.putLong(entry + 3 * entryLength + 6, second + 32 + 256);
        try (CziReader reader = TestCzi.open(file, CziOptions.defaults())) {
            assertEquals(1, reader.subblock(0).read().pixels().bytes()[0]);
            assertEquals('Z', reader.subblock(1).read().pixels().bytes()[0]);
            Subblock.Bitmap shared = reader.subblock(2).read();
            assertEquals(1, shared.pixels().bytes()[0]);
            assertFalse(shared.warnings().isEmpty(), "its own entry is of another place");
            assertEquals(7, reader.subblock(3).read().pixels().bytes()[0]);
            Mosaic mosaic = reader.readMosaic(MosaicRequest.wholeImage());
            assertTrue(mosaic.isComplete());
            assertEquals(2, mosaic.warnings().size());
        }
    }

    @Test
    void aSubblockMayReachIntoTheNext() throws CziException {
        byte[] file = new TestCzi()
                .add(TestCzi.gray8(0, 0, 4, 4, 1))
                .add(TestCzi.gray8(4, 0, 4, 4, 2))
                .bytes();
        // The first one announces as much payload as the whole rest of the file has.
        int payload = TestCzi.HEADER + 32 + 256;
        little(file).putLong(TestCzi.HEADER + 32 + 8, file.length - payload);
        try (CziReader reader = TestCzi.open(file, CziOptions.defaults())) {
            Subblock.Bitmap first = reader.subblock(0).read();
            assertArrayEquals(bytes(16, 1), first.pixels().bytes());
            assertEquals(1, first.warnings().size());
            assertEquals(2, reader.subblock(1).read().pixels().bytes()[0]);
            assertTrue(reader.readMosaic(MosaicRequest.wholeImage()).isComplete());
        }
    }

    @Test
    void anAttachmentMayEmbedTheFileThatItIsIn() throws CziException {
        byte[] file = new TestCzi()
                .add(TestCzi.gray8(0, 0, 4, 4, 1))
                .attachment("Label", "CZI", new byte[640])
                .attachment("Other", "CZI", new byte[640])
                .bytes();
        ByteBuffer view = little(file);
        int attachments = (int) view.getLong(32 + 72);
        int entry = attachments + 32 + 256;
        int label = (int) view.getLong(entry + 12);
        // The payload of the label is the head of this file: all its positions then lead out of the payload.
        System.arraycopy(file, 0, file, label + 32 + 256, 544);
        // And the other attachment is the directory of attachments itself.
        view.putLong(entry + 128 + 12, attachments);
        try (CziReader reader = TestCzi.open(file, CziOptions.defaults())) {
            assertEquals(2, reader.attachments().size());
            Attachment itself = reader.attachments().get(0);
            CziException refusal = assertThrows(CziException.class, () -> {
                try (CziReader embedded = itself.open()) {
                    embedded.attachments();
                }
            });
            assertEquals(CziException.Kind.CORRUPT, refusal.kind());
            assertEquals(640, itself.read().length);
            assertThrows(CziException.class, () -> reader.attachments().get(1).read());
            assertTrue(reader.readMosaic(MosaicRequest.wholeImage()).isComplete());
        }
    }

    @Test
    void anAttachmentThatHoldsItselfAgainIsOpenedOnce() throws CziException {
        TestCzi inner = new TestCzi().add(TestCzi.gray8(0, 0, 4, 4, 1));
        byte[] file = inner.bytes();
        for (int depth = 0; depth < 5; depth++) {
            file = new TestCzi()
                    .add(TestCzi.gray8(0, 0, 4, 4, depth))
                    .attachment("Label", "CZI", file)
                    .bytes();
        }
        try (CziReader reader = TestCzi.open(file, CziOptions.defaults());
                CziReader embedded = reader.attachments().get(0).open()) {
            assertEquals(3, embedded.subblock(0).read().pixels().bytes()[0]);
            Attachment deeper = embedded.attachments().get(0);
            assertEquals(
                    CziException.Kind.UNSUPPORTED,
                    assertThrows(CziException.class, deeper::open).kind());
        }
    }
}
