package io.github.czi4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.czi4j.io.FileByteSource;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.FileInfo;
import io.github.czi4j.testing.RangeServer;
import io.github.czi4j.testing.TestCzi;
import io.github.czi4j.testing.TestCzi.Tile;
import io.github.czi4j.verify.Finding;
import io.github.czi4j.verify.Verification;
import io.github.czi4j.verify.Verifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Documents in several files (sheet §1.1). No real set is known: these are laid out as the sheet says they may be. */
class MultiFileTest {
    private static final long SET = 0x1122334455667788L;

    /** What the directories of a set list. */
    enum Listing {
        /** Each file its own subblocks, under its own number. */
        OWN,
        /** Each file its own subblocks, all of them under number 0. */
        OWN_AS_ZERO,
        /** The first file all subblocks, the others none. */
        ALL_IN_FIRST,
        /** The first file all subblocks, the others their own once more. */
        ALL_IN_FIRST_AND_OWN
    }

    @TempDir
    private Path folder;

    /** Three files of two tiles each, 4 × 2 pixels of the values 1 to 6 in a row; tiles of each lie at the same offsets. */
    private void write(Listing listing, String... names) throws IOException {
        TestCzi first = new TestCzi().part(0, SET, SET).xml("<ImageDocument/>");
        first.attachment("Label", "JPG", new byte[] {1, 2, 3});
        for (int part = 2; part >= 0; part--) {
            TestCzi file = part == 0 ? first : new TestCzi().part(part, SET, SET + part);
            int number = listing == Listing.OWN_AS_ZERO ? 0 : part;
            Tile[] tiles = {tile(2 * part).part(number), tile(2 * part + 1).part(number)};
            if (part == 0 || listing != Listing.ALL_IN_FIRST) {
                Arrays.stream(tiles).forEach(file::add);
                Files.write(folder.resolve(names[part]), file.bytes());
            } else {
                Files.write(folder.resolve(names[part]), unlisted(part, tiles));
            }
            if (part > 0 && (listing == Listing.ALL_IN_FIRST || listing == Listing.ALL_IN_FIRST_AND_OWN)) {
                Arrays.stream(tiles).forEach(first::list);
            }
        }
    }

    private static Tile tile(int number) {
        return TestCzi.gray8(4 * number, 0, 4, 2, number + 1).m(number);
    }

    /** A file whose directory has no entries, and whose subblocks are there all the same. */
    private static byte[] unlisted(int part, Tile... tiles) {
        TestCzi file = new TestCzi().part(part, SET, SET + part);
        Arrays.stream(tiles).forEach(file::add);
        byte[] bytes = file.bytes();
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int count = text.indexOf("ZISRAWDIRECTORY") + 32;
        bytes[count] = 0;
        return bytes;
    }

    private static byte[] expected() {
        byte[] row = new byte[48];
        for (int i = 0; i < row.length; i++) {
            row[i] = (byte) (i % 24 / 4 + 1);
        }
        return row;
    }

    private static byte[] pixels(CziReader reader) throws CziException {
        return reader.readMosaic(MosaicRequest.wholeImage().channel(0)).bytes();
    }

    private static final String[] TIGHT = {"s.czi", "s(1).czi", "s(2).czi"};

    @ParameterizedTest
    @EnumSource
    void aSetIsReadAsOneFile(Listing listing) throws IOException {
        write(listing, TIGHT);
        for (FileByteSource.Mode mode : FileByteSource.Mode.values()) {
            try (CziReader reader = CziReader.open(
                    folder.resolve("s.czi"), CziOptions.defaults().io(mode))) {
                assertEquals(6, reader.subblockCount());
                assertEquals(List.of(), reader.problems());
                assertArrayEquals(expected(), pixels(reader));
                assertEquals(
                        List.of(0, 1, 2),
                        reader.parts().stream().map(FileInfo::filePart).toList());
                for (Subblock subblock : reader.subblocks()) {
                    int value = subblock.info().mIndex().orElseThrow() + 1;
                    assertEquals((value - 1) / 2, subblock.info().filePart());
                    assertEquals(value, subblock.rawData()[0]);
                    assertEquals(
                            (byte) value, ((byte[]) subblock.read().pixels().array())[7]);
                }
                assertEquals("<ImageDocument/>", reader.metadataXml());
                assertEquals(1, reader.attachments().size());
            }
        }
    }

    @Test
    void namesMayHaveABlankAndAnyCase() throws IOException {
        write(Listing.OWN, "My slide (old).czi", "My slide (old) (1).czi", "My slide (old)(2).CZI");
        try (CziReader reader = CziReader.open(folder.resolve("My slide (old).czi"))) {
            assertArrayEquals(expected(), pixels(reader));
            assertEquals(3, reader.parts().size());
        }
    }

    @Test
    void anyFileOfASetOpensAllOfIt() throws IOException {
        write(Listing.OWN, "s.czi", "s (1).czi", "s(2).czi");
        for (String name : List.of("s (1).czi", "s(2).czi")) {
            try (CziReader reader = CziReader.open(folder.resolve(name))) {
                assertArrayEquals(expected(), pixels(reader));
                assertEquals(
                        folder.resolve("s.czi").toString(), reader.fileInfo().name());
                assertEquals("<ImageDocument/>", reader.metadataXml());
            }
        }
    }

    @Test
    void aPartWithoutItsFirstFileIsReadAlone() throws IOException {
        write(Listing.OWN, TIGHT);
        Files.delete(folder.resolve("s.czi"));
        try (CziReader reader = CziReader.open(folder.resolve("s(1).czi"))) {
            assertEquals(2, reader.subblockCount());
            assertArrayEquals(new byte[] {3, 3, 3, 3, 4, 4, 4, 4, 3, 3, 3, 3, 4, 4, 4, 4}, pixels(reader));
            assertTrue(
                    reader.problems().get(0).contains("part 1 of a set of files, of which the first one (s.czi)"),
                    reader.problems().toString());
        }
        // A file of that name that belongs to something else is not the first one.
        Files.write(
                folder.resolve("s.czi"),
                new TestCzi().part(0, 5, 5).add(tile(0)).bytes());
        try (CziReader reader = CziReader.open(folder.resolve("s(1).czi"))) {
            assertEquals(2, reader.subblockCount());
            assertEquals(1, reader.parts().get(0).filePart());
        }
    }

    @Test
    void subblocksInAMissingFileAreReportedByItsName() throws IOException {
        write(Listing.ALL_IN_FIRST, TIGHT);
        Files.delete(folder.resolve("s(1).czi"));
        try (CziReader reader = CziReader.open(folder.resolve("s.czi"))) {
            assertEquals(6, reader.subblockCount());
            assertEquals(
                    List.of("part 1 of the set of files (s(1).czi) is missing: its subblocks cannot be read"),
                    reader.problems());
            Mosaic mosaic = reader.readMosaic(MosaicRequest.wholeImage().channel(0));
            byte[] expected = expected();
            for (int i = 0; i < expected.length; i++) {
                expected[i] = expected[i] == 3 || expected[i] == 4 ? 0 : expected[i];
            }
            assertArrayEquals(expected, mosaic.bytes());
            assertEquals(2, mosaic.failures().size());
            CziException reason = mosaic.failures().get(0).reason();
            assertEquals(CziException.Kind.IO, reason.kind());
            assertEquals(folder.resolve("s(1).czi").toString(), reason.file());
            assertEquals(TestCzi.HEADER, reason.offset());
            assertTrue(reason.getMessage().contains("part 1 of the set, which is missing"), reason.getMessage());
        }
    }

    @Test
    void aGapOfWhichNobodyTellsIsNoted() throws IOException {
        write(Listing.OWN, TIGHT);
        Files.delete(folder.resolve("s(1).czi"));
        // Part 1 is the one that is looked for; here the directory of part 0 gives no sign, and so nothing is.
        try (CziReader reader = CziReader.open(folder.resolve("s.czi"))) {
            assertEquals(2, reader.subblockCount());
        }
        try (CziReader reader = CziReader.open(folder.resolve("s(2).czi"))) {
            assertEquals(4, reader.subblockCount());
            assertEquals(
                    List.of("part 1 of the set of files (s(1).czi) is missing, and what is in it is not known"),
                    reader.problems());
            Mosaic mosaic = reader.readMosaic(MosaicRequest.wholeImage().channel(0));
            assertFalse(mosaic.notes().isEmpty());
            assertThrows(
                    CziException.class,
                    () -> reader.readMosaic(
                            MosaicRequest.wholeImage().channel(0).strict()));
        }
    }

    @Test
    void filesThatOnlyLookLikePartsAreLeftOut() throws IOException {
        write(Listing.OWN, TIGHT);
        // What a browser calls the second download of the first file, and a file of another set.
        Files.copy(folder.resolve("s.czi"), folder.resolve("s (1).czi"));
        Files.write(
                folder.resolve("s(3).czi"),
                new TestCzi().part(3, 77, 78).add(tile(9)).bytes());
        Files.write(folder.resolve("s(4).czi"), new byte[10]);
        try (CziReader reader = CziReader.open(folder.resolve("s.czi"))) {
            assertArrayEquals(expected(), pixels(reader));
            assertEquals(
                    List.of(
                            "s (1).czi is not part 1 of this set of files, in spite of its name",
                            "s(3).czi is not part 3 of this set of files, in spite of its name",
                            "s(4).czi is not part 4 of this set of files, in spite of its name"),
                    reader.problems());
        }
    }

    @Test
    void aCopyBesideAPlainFileIsNoPart() throws IOException {
        byte[] plain = new TestCzi().add(tile(0)).bytes();
        Path file = Files.write(folder.resolve("plain.czi"), plain);
        Files.write(folder.resolve("plain (1).czi"), plain);
        for (String name : List.of("plain.czi", "plain (1).czi")) {
            try (CziReader reader = CziReader.open(file.resolveSibling(name))) {
                assertEquals(List.of(), reader.problems());
                assertEquals(1, reader.parts().size());
                assertEquals(folder.resolve(name).toString(), reader.fileInfo().name());
            }
        }
    }

    @Test
    void entriesThatNameAnotherFileAndLieInThisOneAreRead() throws IOException {
        Tile[] tiles = {tile(0).part(7), tile(1).part(-3)};
        Path file = Files.write(
                folder.resolve("one.czi"),
                new TestCzi().add(tiles[0]).add(tiles[1]).bytes());
        try (CziReader reader = CziReader.open(file)) {
            assertArrayEquals(new byte[] {1, 1, 1, 1, 2, 2, 2, 2, 1, 1, 1, 1, 2, 2, 2, 2}, pixels(reader));
            assertEquals(List.of(), reader.problems());
            assertEquals(7, reader.subblockInfo(0).filePart());
        }
        try (RangeServer server = new RangeServer(Files.readAllBytes(file));
                CziReader reader = CziReader.open(server.uri("/one.czi"))) {
            assertEquals(16, pixels(reader).length);
        }
    }

    @Test
    void anEntryOfAMissingFileNeverShowsAnotherTile() throws IOException {
        // In the first file a tile of other indices lies at the offset of the one that is missing.
        Tile elsewhere = tile(5).part(1);
        new TestCzi().add(elsewhere).bytes();
        Path file = Files.write(
                folder.resolve("s.czi"),
                new TestCzi().part(0, SET, SET).list(elsewhere).add(tile(0)).bytes());
        assertEquals(TestCzi.HEADER, elsewhere.position());
        try (CziReader reader = CziReader.open(file)) {
            CziException e =
                    assertThrows(CziException.class, () -> reader.subblock(0).read());
            assertTrue(e.getMessage().startsWith(folder.resolve("s(1).czi") + ": "), e.getMessage());
        }
        try (RangeServer server = new RangeServer(Files.readAllBytes(file));
                CziReader reader = CziReader.open(server.uri("/s.czi"))) {
            CziException e =
                    assertThrows(CziException.class, () -> reader.subblock(0).read());
            assertTrue(e.getMessage().contains("part 1 of a set of files, which was not opened"), e.getMessage());
            assertArrayEquals(
                    new byte[] {1, 1, 1, 1, 1, 1, 1, 1}, reader.subblock(1).rawData());
        }
    }

    @Test
    void aPartWhoseDirectoryIsDamagedStillHoldsWhatTheFirstLists() throws IOException {
        write(Listing.ALL_IN_FIRST_AND_OWN, TIGHT);
        destroyDirectory("s(2).czi");
        try (CziReader reader = CziReader.open(folder.resolve("s.czi"))) {
            assertArrayEquals(expected(), pixels(reader));
            assertTrue(reader.problems().get(0).startsWith("part 2 of the set lists no subblocks of its own: "));
        }
    }

    private void destroyDirectory(String name) throws IOException {
        byte[] bytes = Files.readAllBytes(folder.resolve(name));
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        bytes[text.indexOf("ZISRAWDIRECTORY")] = 'X';
        Files.write(folder.resolve(name), bytes);
    }

    @ParameterizedTest
    @EnumSource
    void aSetIsRescuedFileByFile(Listing listing) throws IOException {
        write(listing, TIGHT);
        destroyDirectory("s(1).czi");
        CziOptions rescue = CziOptions.defaults().rescue(true);
        try (CziReader reader = CziReader.open(folder.resolve("s.czi"), rescue)) {
            assertEquals(6, reader.subblockCount());
            assertArrayEquals(expected(), pixels(reader));
            assertTrue(
                    reader.problems().get(0).startsWith(folder.resolve("s(1).czi") + ": the directory was made anew"),
                    reader.problems().toString());
        }
        if (listing != Listing.ALL_IN_FIRST) {
            destroyDirectory("s.czi");
            try (CziReader reader = CziReader.open(folder.resolve("s.czi"), rescue)) {
                assertEquals(6, reader.subblockCount());
                assertArrayEquals(expected(), pixels(reader));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCopyOfASetIsOneFile(Listing listing) throws IOException {
        write(listing, TIGHT);
        Path copy = folder.resolve("whole.czi");
        try (CziReader reader = CziReader.open(folder.resolve("s.czi"))) {
            assertEquals(
                    6, CziCopier.of(reader).writeTo(copy, (done, total) -> {}).subblocks());
        }
        try (CziReader reader = CziReader.open(copy)) {
            assertEquals(1, reader.parts().size());
            assertArrayEquals(expected(), pixels(reader));
            assertTrue(reader.subblocks().stream().allMatch(s -> s.info().filePart() == 0));
        }
        assertTrue(Verifier.of(copy).deep(true).run((done, total) -> {}).isSound());
    }

    @Test
    void aCopyOfASetWithAMissingFileIsRefusedOrTellsWhatIsLost() throws IOException {
        write(Listing.ALL_IN_FIRST, TIGHT);
        Files.delete(folder.resolve("s(2).czi"));
        Path copy = folder.resolve("whole.czi");
        try (CziReader reader = CziReader.open(folder.resolve("s.czi"))) {
            CziException e =
                    assertThrows(CziException.class, () -> CziCopier.of(reader).writeTo(copy, (done, total) -> {}));
            assertTrue(e.getMessage().contains("s(2).czi"), e.getMessage());
            CziCopier.Report report = CziCopier.of(reader).skipDamaged(true).writeTo(copy, (done, total) -> {});
            assertEquals(4, report.subblocks());
            assertEquals(2, report.losses().size());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSetIsVerifiedAsAWhole(Listing listing) throws IOException {
        write(listing, TIGHT);
        Verification sound = Verifier.of(folder.resolve("s.czi")).deep(true).run((done, total) -> {});
        assertEquals(6, sound.subblocks());
        assertEquals(6, sound.decoded());
        assertEquals(0, sound.count(Finding.Severity.FATAL), sound.findings().toString());

        byte[] bytes = Files.readAllBytes(folder.resolve("s(1).czi"));
        bytes[TestCzi.HEADER] = 'X';
        Files.write(folder.resolve("s(1).czi"), bytes);
        Verification damaged = Verifier.of(folder.resolve("s.czi")).run((done, total) -> {});
        assertTrue(
                damaged.findings().stream()
                        .anyMatch(f -> f.severity() == Finding.Severity.FATAL
                                && f.message().contains("s(1).czi")),
                damaged.findings().toString());

        Files.delete(folder.resolve("s(1).czi"));
        Verification missing = Verifier.of(folder.resolve("s.czi")).run((done, total) -> {});
        assertTrue(
                missing.findings().stream().anyMatch(f -> f.message().equals("part 1 of the set of files is missing")),
                missing.findings().toString());
        if (listing == Listing.ALL_IN_FIRST) {
            assertEquals(
                    2, missing.count(Finding.Severity.FATAL), missing.findings().toString());
        }
    }
}
