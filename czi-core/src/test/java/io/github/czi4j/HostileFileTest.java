package io.github.czi4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.github.czi4j.io.FileByteSource;
import io.github.czi4j.model.CziException;
import io.github.czi4j.testing.Corpus;
import io.github.czi4j.testing.TestCzi;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the bytes, a {@link CziException} or a result with a report, in bounded time and memory. */
class HostileFileTest {

    private static TestCzi sample() {
        return new TestCzi()
                .add(TestCzi.gray8(0, 0, 20, 10, 1).m(0).metadata("<METADATA/>"))
                .add(TestCzi.gray8(15, 0, 20, 10, 2).m(1).at("C0S0"))
                .add(TestCzi.gray8(0, 0, 20, 10, 3).at("C1S0").attachment(new byte[5]))
                .xml("<ImageDocument><Metadata/></ImageDocument>")
                .attachment("Thumbnail", "JPG", new byte[100]);
    }

    /** Everything that a user could ask for; only what the contract allows may come out. */
    private static void exercise(byte[] file, String what) {
        try (CziReader reader = TestCzi.open(file, CziOptions.defaults().memoryLimit(64 << 20))) {
            reader.bounds();
            for (int i = 0; i < Math.min(10, reader.subblockCount()); i++) {
                Subblock subblock = reader.subblock(i);
                attempt(subblock::read);
                attempt(subblock::metadataXml);
                attempt(subblock::details);
                attempt(subblock::readAll);
                attempt(subblock::attachment);
            }
            attempt(reader::metadata);
            attempt(reader::pixelShifts);
            attempt(() ->
                    reader.readComposite(MosaicRequest.region(-5, -5, 50, 30).pixelShift(true)));
            reader.planes().limit(5).forEach(plane -> assertTrue(plane.subblocks() > 0));
            attempt(() -> {
                for (Attachment attachment : reader.attachments()) {
                    attempt(attachment::read);
                }
            });
            for (int plane = 0; plane < Math.min(5, reader.planeCount()); plane++) {
                MosaicRequest request = MosaicRequest.region(-5, -5, 50, 30).plane(reader.plane(plane));
                attempt(() -> reader.readMosaic(request));
            }
        } catch (CziException e) {
            assertTrue(e.getMessage().startsWith("test.czi: "), e.getMessage());
        } catch (IllegalArgumentException e) {
            // The request does not fit what is left of the file.
        } catch (RuntimeException | Error e) {
            fail(what, e);
        }
    }

    private interface Action {
        void run() throws CziException;
    }

    private static void attempt(Action action) {
        try {
            action.run();
        } catch (CziException e) {
            assertTrue(e.getMessage().startsWith("test.czi: "), e.getMessage());
        } catch (IllegalArgumentException e) {
            assertTrue(e.getMessage().contains("test.czi"), e.getMessage());
        }
    }

    @Test
    void aFileMayEndAtAnyByte() {
        byte[] file = sample().bytes();
        for (int length = 0; length < file.length; length++) {
            exercise(Arrays.copyOf(file, length), "cut at " + length);
        }
    }

    @Test
    void anyByteMayBeWrong() {
        byte[] file = sample().bytes();
        for (int at = 0; at < file.length; at++) {
            for (int value : new int[] {0, 0x7F, 0x80, 0xFF}) {
                byte[] mutated = file.clone();
                mutated[at] = (byte) value;
                exercise(mutated, "byte " + at + " is " + value);
            }
        }
    }

    @Test
    void anyFourOrEightBytesMayBeAnExtremeNumber() {
        byte[] file = sample().bytes();
        long[] extremes = {Integer.MIN_VALUE, Integer.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE, -1, 1L << 40};
        for (int at = 0; at + 8 <= file.length; at += 2) {
            for (long extreme : extremes) {
                byte[] mutated = file.clone();
                ByteBuffer bytes = ByteBuffer.wrap(mutated).order(ByteOrder.LITTLE_ENDIAN);
                if (extreme == (int) extreme) {
                    bytes.putInt(at, (int) extreme);
                } else {
                    bytes.putLong(at, extreme);
                }
                exercise(mutated, extreme + " at " + at);
            }
        }
    }

    @Test
    void severalBytesMayBeWrongAtOnce() {
        byte[] file = sample().bytes();
        for (long seed = 0; seed < 3000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] mutated = file.clone();
            for (int i = 1 + random.nextInt(12); i > 0; i--) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
            }
            exercise(mutated, "seed " + seed);
        }
    }

    static Stream<String> damagedFiles() throws IOException {
        if (Corpus.dir().isEmpty()) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.list(Corpus.dir().get().resolve("made"))) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("x_") || name.startsWith("z_"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("damagedFiles")
    void damagedFilesOfTheCorpusGiveAResultOrAReason(String name) throws IOException {
        exercise(Files.readAllBytes(Corpus.require("made/" + name)), name);
    }

    @ParameterizedTest
    @EnumSource(FileByteSource.Mode.class)
    void whatIsNoFileIsSaidSo(FileByteSource.Mode mode, @TempDir Path folder) throws IOException {
        CziOptions options = CziOptions.defaults().io(mode);
        assertEquals(CziException.Kind.IO, failure(folder, options).kind());
        assertTrue(failure(folder, options).getMessage().contains("directory"));
        CziException missing = failure(folder.resolve("missing.czi"), options);
        assertTrue(missing.getMessage().endsWith("missing.czi: no such file"), missing.getMessage());
        Path empty = Files.createFile(folder.resolve("empty.czi"));
        assertTrue(failure(empty, options).getMessage().contains("empty"));
        Path text = Files.writeString(folder.resolve("text.czi"), "II*\0 is how a TIFF begins".repeat(40));
        CziException other = failure(text, options);
        assertEquals(CziException.Kind.CORRUPT, other.kind());
        assertTrue(other.getMessage().contains("not a CZI file"), other.getMessage());
    }

    private static CziException failure(Path path, CziOptions options) {
        return assertThrows(
                CziException.class, () -> CziReader.open(path, options).close());
    }

    @ParameterizedTest
    @EnumSource(FileByteSource.Mode.class)
    void aFileThatShrinksWhileOpenIsAnExceptionAndNoCrash(FileByteSource.Mode mode, @TempDir Path folder)
            throws IOException {
        TestCzi czi = new TestCzi();
        for (int i = 0; i < 8; i++) {
            czi.add(TestCzi.gray8(i * 200, 0, 200, 200, i + 1));
        }
        Path file = Files.write(folder.resolve("shrinks.czi"), czi.bytes());
        try (CziReader reader = CziReader.open(file, CziOptions.defaults().io(mode))) {
            try (RandomAccessFile truncating = new RandomAccessFile(file.toFile(), "rw")) {
                truncating.setLength(70_000);
            }
            Mosaic mosaic = reader.readMosaic(MosaicRequest.wholeImage());
            assertEquals(1, mosaic.bytes()[0]);
            assertEquals(7, mosaic.failures().size(), mosaic.failures().toString());
        }
    }

    @ParameterizedTest
    @EnumSource(FileByteSource.Mode.class)
    void aReaderThatIsClosedSaysSo(FileByteSource.Mode mode, @TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("closed.czi"), sample().bytes());
        CziReader reader = CziReader.open(file, CziOptions.defaults().io(mode));
        reader.close();
        reader.close();
        CziException e =
                assertThrows(CziException.class, () -> reader.subblock(0).read());
        assertEquals(CziException.Kind.IO, e.kind());
        assertTrue(e.getMessage().contains("close"), e.getMessage());
    }

    @Test
    void aDamagedEntryIsTakenFromItsSubblock() throws CziException {
        byte[] file = sample().bytes();
        int lastEntry = file.length - lastEntryLength(file);
        // The letter of the last entry's last dimension.
        file[lastEntry] = 'Q';
        try (CziReader reader = TestCzi.open(file, CziOptions.defaults())) {
            assertEquals(3, reader.subblockCount());
            assertEquals("C1S0", reader.subblockInfo(2).coordinate().toString());
            assertEquals(1, reader.problems().size());
            assertTrue(
                    reader.problems().get(0).contains("taken from its subblock"),
                    reader.problems().get(0));
        }
    }

    /** Bytes from the last dimension of the last entry to the end of the file, padding included. */
    private static int lastEntryLength(byte[] file) {
        for (int at = file.length - 20; at > 0; at--) {
            if (file[at] == 'S' && file[at + 1] == 0 && file[at + 2] == 0 && file[at + 3] == 0) {
                return file.length - at;
            }
        }
        throw new AssertionError("no last dimension");
    }

    @Test
    void aDirectoryThatCannotBeReadToItsEndIsToldOfInEveryMosaic() throws CziException {
        byte[] file = sample().bytes();
        long position = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong(84);
        int secondEntry = (int) position + 160 + 32 + 20 * 4;
        assertEquals('D', file[secondEntry]);
        file[secondEntry] = 'X';
        try (CziReader reader = TestCzi.open(file, CziOptions.defaults())) {
            assertEquals(1, reader.subblockCount());
            Mosaic mosaic = reader.readMosaic(MosaicRequest.region(0, 0, 20, 10));
            assertTrue(
                    mosaic.notes().get(0).contains("2 of 3 subblocks are lost"),
                    mosaic.notes().toString());
            assertEquals(false, mosaic.isComplete());
            assertThrows(
                    CziException.class,
                    () -> reader.readMosaic(MosaicRequest.region(0, 0, 20, 10).strict()));
        }
    }
}
