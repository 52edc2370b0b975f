package io.github.czi4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Rect;
import io.github.czi4j.testing.Corpus;
import io.github.czi4j.testing.TestCzi;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Tiles narrowed down, and what each says of itself. */
class SubblocksTest {
    private static TestCzi pyramid() {
        return new TestCzi()
                .add(TestCzi.gray8(0, 0, 8, 8, 1).at("C0S0").m(0))
                .add(TestCzi.gray8(8, 0, 8, 8, 2).at("C0S0").m(1))
                .add(TestCzi.gray8(0, 0, 8, 4, 3).logical(16, 8).at("C0S0"))
                .add(TestCzi.gray8(0, 0, 4, 2, 4).logical(16, 8).at("C0S0"))
                .add(TestCzi.gray8(0, 0, 8, 8, 5).at("C1S2").m(0));
    }

    @Test
    void tilesAreNarrowedDown() throws CziException {
        try (CziReader reader = pyramid().open()) {
            Subblocks all = reader.subblocks();
            assertArrayEquals(new int[] {0, 1, 4}, all.layer0().indices().toArray());
            assertArrayEquals(new int[] {0, 1, 4}, all.layer(2, 0).indices().toArray());
            assertArrayEquals(new int[] {2}, all.layer(2, 1).indices().toArray());
            assertArrayEquals(new int[] {3}, all.layer(2, 2).indices().toArray());
            // Half as large is coarser than layer 0 of any pyramid.
            assertArrayEquals(
                    new int[] {2, 3}, all.layer(4, 1).onPlane("C0").indices().toArray());
            assertArrayEquals(new int[] {0, 4}, all.withM(0).indices().toArray());
            assertArrayEquals(new int[] {4}, all.inScene(2).indices().toArray());
            assertArrayEquals(
                    new int[] {1, 2, 3},
                    all.touching(new Rect(9, 1, 1, 1)).indices().toArray());
            assertArrayEquals(
                    new int[] {4},
                    all.where(info -> info.coordinate().toString().equals("C1S2"))
                            .indices()
                            .toArray());
            assertEquals(0, all.layer(2, 3).count());
            assertThrows(IllegalArgumentException.class, () -> all.layer(1, 0));
            int sum = all.stream()
                    .parallel()
                    .mapToInt(tile -> {
                        try {
                            return tile.read().pixels().bytes()[0];
                        } catch (CziException e) {
                            throw new AssertionError(e);
                        }
                    })
                    .sum();
            assertEquals(15, sum);
        }
    }

    @Test
    void theOrderOfTheFileMayBeAnotherThanThatOfTheDirectory() throws CziException {
        byte[] file = pyramid().bytes();
        ByteBuffer view = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        try (CziReader reader = TestCzi.open(file.clone(), CziOptions.defaults())) {
            assertArrayEquals(
                    new int[] {0, 1, 2, 3, 4},
                    reader.subblocks().inFileOrder().indices().toArray());
        }
        // The entries of the first and the second tile are of the same length: exchange them.
        int entry = (int) view.getLong(32 + 52) + 32 + 128;
        int length = 32 + 20 * 5;
        byte[] first = new byte[length];
        view.get(entry, first);
        System.arraycopy(file, entry + length, file, entry, length);
        System.arraycopy(first, 0, file, entry + length, length);
        try (CziReader reader = TestCzi.open(file, CziOptions.defaults())) {
            assertArrayEquals(
                    new int[] {1, 0, 2, 3, 4},
                    reader.subblocks().inFileOrder().indices().toArray());
            assertArrayEquals(
                    new int[] {1, 0, 4},
                    reader.subblocks().inFileOrder().layer0().indices().toArray());
            assertArrayEquals(
                    new int[] {0, 1, 4}, reader.subblocks().layer0().indices().toArray());
            assertEquals(1, reader.subblock(1).read().pixels().bytes()[0]);
        }
    }

    @Test
    void detailsAreThoseOfThePartsOneByOne() throws IOException {
        try (CziReader reader = CziReader.open(Corpus.require("real/1_tileregion.czi"))) {
            int masks = 0;
            for (Subblock tile : reader.subblocks().inFileOrder()) {
                SubblockDetails details = tile.details();
                assertEquals(tile.storedBytes(), details.storedBytes());
                assertEquals(tile.attachment().length, details.attachmentBytes());
                assertEquals(tile.mask().isPresent(), details.hasMask());
                assertEquals(tile.metadata(), details.metadata());
                assertEquals(tile.metadataXmlBytes().length, details.metadataBytes());
                masks += details.hasMask() ? 1 : 0;
            }
            assertEquals(1, masks);
            SubblockDetails first = reader.subblock(0).details();
            assertEquals(
                    Optional.of(Instant.parse("2022-09-30T11:03:06.574259100Z")),
                    first.metadata().acquisitionTime());
            assertEquals(OptionalDouble.of(47513.178), first.metadata().stageXMicrometres());
            assertEquals(OptionalDouble.of(35606.098), first.metadata().stageYMicrometres());
            assertEquals(
                    Optional.of("CHUNKCONTAINER"), reader.subblock(7).metadata().attachmentFormat());
        }
    }

    @Test
    void aMaskIsFoundWithoutBeingRead() throws CziException {
        String xml =
                "<METADATA><AttachmentSchema><DataFormat>CHUNKCONTAINER</DataFormat></AttachmentSchema></METADATA>";
        ByteBuffer chunks = ByteBuffer.allocate(100).order(ByteOrder.LITTLE_ENDIAN);
        chunks.put(new byte[16]).putInt(4).put(new byte[4]);
        chunks.put(HexFormat.of().parseHex("67eae3cbfc5b2b49a16aece378031448"));
        // A mask of a representation that nobody knows.
        chunks.putInt(17).putInt(1).putInt(1).putInt(9).putInt(1).put((byte) 0x80);
        TestCzi file = new TestCzi()
                .add(TestCzi.gray8(0, 0, 1, 1, 1).metadata(xml).attachment(chunks.array()))
                .add(TestCzi.gray8(0, 0, 1, 1, 1).metadata(xml).attachment(new byte[30]))
                .add(TestCzi.gray8(0, 0, 1, 1, 1).attachment(chunks.array()));
        try (CziReader reader = file.open()) {
            assertTrue(reader.subblock(0).details().hasMask());
            assertThrows(CziException.class, () -> reader.subblock(0).mask());
            assertFalse(reader.subblock(1).details().hasMask());
            assertFalse(reader.subblock(2).details().hasMask(), "nothing says that these are chunks");
            assertEquals(100, reader.subblock(2).details().attachmentBytes());
        }
    }
}
