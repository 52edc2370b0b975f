package io.github.czi4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.czi4j.io.FileByteSource;
import io.github.czi4j.io.MemoryByteSource;
import io.github.czi4j.model.CziException;
import io.github.czi4j.testing.Corpus;
import io.github.czi4j.testing.Digests;
import io.github.czi4j.testing.TestCzi;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Files without a directory that works. Offsets are those of {@link TestCzi}: the first subblock begins at 544. */
class RescueTest {
    private static final CziOptions RESCUE = CziOptions.defaults().rescue(true);
    private static final int DIRECTORY_POSITION = 84;
    private static final int TILE = 20 * 10;
    /** Header, 256 bytes with the entry, pixels rounded up. */
    private static final int SEGMENT = 32 + (256 + TILE + 31) / 32 * 32;

    private static TestCzi four() {
        TestCzi file = new TestCzi().xml("<ImageDocument><Metadata/></ImageDocument>");
        for (int i = 0; i < 4; i++) {
            file.add(TestCzi.gray8(20 * i, 0, 20, 10, 11 + i).at("C0").m(i));
        }
        return file.attachment("Note", "TXT", "hello".getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] withoutDirectory(byte[] file) {
        little(file).putLong(DIRECTORY_POSITION, 0);
        return file;
    }

    private static ByteBuffer little(byte[] file) {
        return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static CziReader rescue(byte[] file) throws CziException {
        return TestCzi.open(file, RESCUE);
    }

    /** Values of the tiles, by their first pixel; 0 for one that cannot be read. */
    private static List<Integer> values(CziReader reader) {
        List<Integer> values = new ArrayList<>();
        for (Subblock subblock : reader.subblocks()) {
            try {
                values.add(subblock.read().pixels().bytes()[0] & 0xFF);
            } catch (CziException e) {
                values.add(0);
            }
        }
        return values;
    }

    @Test
    void aFileWithoutItsDirectoryIsReadBySegments() throws CziException {
        byte[] file = withoutDirectory(four().bytes());
        assertThrows(CziException.class, () -> TestCzi.open(file, CziOptions.defaults()));
        try (CziReader reader = rescue(file)) {
            assertEquals(List.of(11, 12, 13, 14), values(reader));
            assertEquals(3, reader.subblockInfo(3).mIndex().getAsInt());
            assertEquals("<ImageDocument><Metadata/></ImageDocument>", reader.metadataXml());
            assertEquals("Note", reader.attachments().get(0).name());
            assertEquals("hello", new String(reader.attachments().get(0).read(), StandardCharsets.US_ASCII));
            assertTrue(
                    reader.problems().get(0).contains("4 subblocks"),
                    reader.problems().toString());
            Mosaic mosaic = reader.readMosaic(MosaicRequest.wholeImage());
            assertEquals(13, mosaic.pixels().bytes()[45]);
            assertFalse(mosaic.isComplete(), "nobody knows whether there was more");
        }
    }

    @Test
    void aFileWithoutItsHeaderIsReadBySegments() throws CziException {
        byte[] file = four().bytes();
        Arrays.fill(file, 0, TestCzi.HEADER, (byte) 0);
        try (CziReader reader = rescue(file)) {
            assertEquals(List.of(11, 12, 13, 14), values(reader));
            assertEquals("<ImageDocument><Metadata/></ImageDocument>", reader.metadataXml());
            assertTrue(
                    reader.problems().toString().contains("544 bytes from offset 0"),
                    reader.problems().toString());
        }
        assertThrows(CziException.class, () -> rescue(new byte[5000]));
        assertThrows(CziException.class, () -> rescue(new byte[0]));
        assertThrows(CziException.class, () -> rescue("no czi at all, but text".getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void anIntactFileIsReadByItsDirectoryAlone() throws CziException {
        byte[] file = four().bytes();
        // The second tile is taken out of the directory, as an editor does that leaves the segment in place.
        ByteBuffer bytes = little(file);
        int directory = (int) bytes.getLong(DIRECTORY_POSITION) + 32;
        int entry = 32 + 20 * 4;
        bytes.putInt(directory, 3);
        System.arraycopy(file, directory + 128 + 2 * entry, file, directory + 128 + entry, 2 * entry);
        try (CziReader reader = rescue(file)) {
            assertEquals(List.of(11, 13, 14), values(reader));
            assertEquals(List.of(), reader.problems());
            assertTrue(reader.readMosaic(MosaicRequest.wholeImage()).isComplete());
        }
    }

    @Test
    void aRegionOfZerosCostsTheTilesInItAlone() throws CziException {
        byte[] file = four().bytes();
        int second = TestCzi.HEADER + SEGMENT;
        Arrays.fill(file, second + 64, second + SEGMENT + 96, (byte) 0);
        try (CziReader reader = rescue(file)) {
            // The second has its name yet, but no entry; the third has lost name and entry.
            assertEquals(
                    List.of(11, 14), values(reader).stream().filter(v -> v != 0).toList());
            assertTrue(reader.problems().size() >= 2, reader.problems().toString());
        }
    }

    /** Cut anywhere, the tiles that are whole come back, and one that is cut is told as such. */
    @Test
    @Timeout(60)
    void aFileThatIsCutGivesWhatIsThere() throws CziException {
        byte[] whole = four().bytes();
        int before = 0;
        for (int length = 100; length < whole.length; length += 7) {
            CziReader opened;
            try {
                opened = rescue(Arrays.copyOf(whole, length));
            } catch (CziException e) {
                assertEquals(0, before, "nothing gets lost as the file grows");
                continue;
            }
            try (CziReader reader = opened) {
                int sound = 0;
                for (Subblock subblock : reader.subblocks()) {
                    try {
                        Subblock.Bitmap bitmap = subblock.read();
                        byte[] pixels = bitmap.pixels().bytes();
                        int value = 11 + subblock.info().mIndex().getAsInt();
                        if (bitmap.warnings().isEmpty()) {
                            sound++;
                            for (byte pixel : pixels) {
                                assertEquals(value, pixel);
                            }
                        } else {
                            assertTrue(pixels[0] == value || pixels[0] == 0);
                            assertTrue(bitmap.warnings().toString().contains("cuts off"));
                        }
                    } catch (CziException e) {
                        assertTrue(e.getMessage().contains("test.czi"), e.getMessage());
                    }
                }
                int complete = Math.min(4, Math.max(0, (length - TestCzi.HEADER + 31) / SEGMENT));
                assertTrue(sound >= complete - 1 && sound >= before, length + ": " + sound + " of " + complete);
                before = sound;
            }
        }
        assertEquals(4, before);
    }

    @Test
    void aSegmentThatOverlapsTheOneBeforeIsFound() throws CziException {
        byte[] file = four().bytes();
        // The attachment is written 32 bytes too early over the end of the metadata, and all behind it with it.
        int metadata = TestCzi.HEADER + 4 * SEGMENT;
        int attachment = metadata + 32 + (int) little(file).getLong(metadata + 16);
        byte[] moved = Arrays.copyOf(file, file.length - 32);
        System.arraycopy(file, attachment, moved, attachment - 32, file.length - attachment);
        little(moved).putLong(DIRECTORY_POSITION, -1);
        try (CziReader reader = rescue(moved)) {
            assertEquals(List.of(11, 12, 13, 14), values(reader));
            assertEquals("hello", new String(reader.attachments().get(0).read(), StandardCharsets.US_ASCII));
        }
    }

    @Test
    void aFileInsideAnAttachmentStaysThere() throws CziException {
        byte[] inner = new TestCzi().add(TestCzi.gray8(0, 0, 20, 10, 99)).bytes();
        TestCzi outer = new TestCzi();
        outer.attachment("Label", "CZI", inner);
        outer.add(TestCzi.gray8(0, 0, 20, 10, 11).at("C0").m(0));
        byte[] file = withoutDirectory(outer.bytes());
        try (CziReader reader = rescue(file.clone())) {
            assertEquals(List.of(11), values(reader));
        }
        // The attachment's lengths are gone: its segments come to light, but they are those of another file.
        int attachment = TestCzi.HEADER + SEGMENT;
        little(file).putLong(attachment + 16, -1).putLong(attachment + 32, -1);
        try (CziReader reader = rescue(file)) {
            assertEquals(List.of(11), values(reader));
        }
    }

    @Test
    void ofTwoSegmentsOfOneTileTheLaterCounts() throws CziException {
        TestCzi file = new TestCzi();
        file.add(TestCzi.gray8(0, 0, 20, 10, 11).at("C0").m(0));
        file.add(TestCzi.gray8(0, 0, 20, 10, 12).at("C0").m(0));
        file.add(TestCzi.gray8(0, 0, 20, 10, 13).at("C1").m(0));
        try (CziReader reader = rescue(withoutDirectory(file.bytes()))) {
            assertEquals(List.of(12, 13), values(reader));
            assertTrue(
                    reader.problems().toString().contains("1 subblocks are older"),
                    reader.problems().toString());
        }
    }

    @Test
    @Timeout(60)
    void whateverIsDamagedItIsAFileOrAReason() throws CziException {
        byte[] whole = four().bytes();
        int opened = 0;
        for (long seed = 0; seed < 3000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] file = whole.clone();
            for (int i = 1 + random.nextInt(6); i > 0; i--) {
                file[random.nextInt(file.length)] = (byte) random.nextInt();
            }
            try (CziReader reader = rescue(file)) {
                opened++;
                values(reader);
                reader.attachments();
                reader.metadataXml();
            } catch (CziException e) {
                assertTrue(e.getMessage().contains("test.czi"), e.getMessage());
            }
        }
        assertTrue(opened > 2000, opened + " opened");
    }

    /** Real files lose their directory and keep their subblocks, pixel by pixel. */
    @Test
    void filesOfTheCorpusComeBackBySegments() throws IOException {
        Path real = Corpus.require("real/README.md".replace("README.md", "WellD6_S1.czi"))
                .getParent();
        int compared = 0;
        try (Stream<Path> files = Files.list(real)) {
            for (Path path :
                    files.filter(p -> p.toString().endsWith(".czi")).sorted().toList()) {
                if (Files.size(path) > 20 << 20) {
                    continue;
                }
                byte[] bytes = withoutDirectory(Files.readAllBytes(path));
                try (CziReader intact =
                                CziReader.open(path, CziOptions.defaults().io(FileByteSource.Mode.CHANNEL));
                        CziReader rescued = CziReader.open(
                                new MemoryByteSource(path.getFileName().toString(), bytes), RESCUE)) {
                    assertEquals(digests(intact), digests(rescued), path.toString());
                    assertEquals(intact.metadataXml(), rescued.metadataXml(), path.toString());
                    assertEquals(
                            intact.attachments().size(), rescued.attachments().size(), path.toString());
                    compared++;
                }
            }
        }
        assertTrue(compared > 5, compared + " files");
    }

    private static TreeSet<String> digests(CziReader reader) throws CziException {
        TreeSet<String> digests = new TreeSet<>();
        for (Subblock subblock : reader.subblocks()) {
            digests.add(subblock.info().coordinate() + " " + subblock.info().mIndex() + " "
                    + subblock.info().logical() + " " + Digests.md5(subblock.rawData()));
        }
        return digests;
    }
}
