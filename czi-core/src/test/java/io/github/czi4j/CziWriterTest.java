package io.github.czi4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.czi4j.model.Compression;
import io.github.czi4j.model.Coordinate;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Rect;
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
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CziWriterTest {
    @TempDir
    private Path folder;

    private static byte[] random(int length, long seed) {
        byte[] bytes = new byte[length];
        new SplittableRandom(seed).nextBytes(bytes);
        return bytes;
    }

    private long fileCount() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }

    /** The arithmetic of sheet §12.5, field by field. */
    @Test
    void theSmallestFileIsLaidOutToTheByte() throws IOException {
        Path file = folder.resolve("small.czi");
        UUID guid = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
        byte[] pixels = random(100, 1);
        String xml = "x".repeat(699);
        try (CziWriter writer = CziWriter.create(file, guid)) {
            writer.setMetadataXml(xml);
            writer.add(
                    NewSubblock.of(new Rect(-3, 4, 10, 10), PixelType.GRAY8)
                            .at(Coordinate.parse("Z0C1T2S3"))
                            .m(7)
                            .metadata("m".repeat(95)),
                    pixels);
            writer.finish();
        }
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        // 544 of header, 32 + 256 + 95 + 100 of subblock, 32 + 256 + 699 of XML, 32 + 128 + 172 of directory, padded.
        assertEquals(544 + 32 + 480 + 32 + 960 + 32 + 320, bytes.capacity());
        assertSegment(bytes, 0, "ZISRAWFILE", 512, 512);
        assertEquals(1, bytes.getInt(32));
        assertEquals(0x00112233, bytes.getInt(48));
        assertEquals(0x4455, bytes.getShort(52));
        assertEquals((byte) 0x88, bytes.get(56));
        assertEquals((byte) 0xFF, bytes.get(63));
        assertEquals(bytes.getLong(48), bytes.getLong(64));
        int subblock = 544;
        int metadata = 544 + 32 + 480;
        int directory = metadata + 32 + 960;
        assertEquals(directory, bytes.getLong(84));
        assertEquals(metadata, bytes.getLong(92));
        assertEquals(0, bytes.getInt(100));
        assertEquals(0, bytes.getLong(104));
        assertSegment(bytes, subblock, "ZISRAWSUBBLOCK", 480, 256 + 95 + 100);
        assertEquals(95, bytes.getInt(subblock + 32));
        assertEquals(0, bytes.getInt(subblock + 36));
        assertEquals(100, bytes.getLong(subblock + 40));
        assertEquals('m', bytes.get(subblock + 288));
        byte[] stored = new byte[100];
        bytes.get(subblock + 288 + 95, stored);
        assertArrayEquals(pixels, stored);
        assertSegment(bytes, metadata, "ZISRAWMETADATA", 960, 256 + 699);
        assertEquals(699, bytes.getInt(metadata + 32));
        assertEquals('x', bytes.get(metadata + 288));
        assertSegment(bytes, directory, "ZISRAWDIRECTORY", 320, 128 + 172);
        assertEquals(1, bytes.getInt(directory + 32));
        byte[] entry = new byte[172];
        byte[] copy = new byte[172];
        bytes.get(directory + 160, entry);
        bytes.get(subblock + 48, copy);
        assertArrayEquals(entry, copy);
        ByteBuffer e = ByteBuffer.wrap(entry).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals("DV", new String(entry, 0, 2, StandardCharsets.US_ASCII));
        assertEquals(subblock, e.getLong(6));
        assertEquals(7, e.getInt(28));
        assertDimension(e, 0, 'X', -3, 10);
        assertDimension(e, 1, 'Y', 4, 10);
        assertDimension(e, 2, 'Z', 0, 1);
        assertDimension(e, 3, 'C', 1, 1);
        assertDimension(e, 4, 'T', 2, 1);
        assertDimension(e, 5, 'S', 3, 1);
        assertDimension(e, 6, 'M', 7, 1);
    }

    private static void assertSegment(ByteBuffer bytes, int position, String name, long allocated, long used) {
        assertEquals(0, position % 32);
        byte[] sid = new byte[16];
        bytes.get(position, sid);
        assertEquals(name, new String(sid, StandardCharsets.US_ASCII).replace("\0", ""));
        assertEquals(allocated, bytes.getLong(position + 16), name);
        assertEquals(used, bytes.getLong(position + 24), name);
    }

    private static void assertDimension(ByteBuffer entry, int number, char letter, int start, int size) {
        int at = 32 + 20 * number;
        assertEquals(letter, entry.getInt(at));
        assertEquals(start, entry.getInt(at + 4));
        assertEquals(size, entry.getInt(at + 8));
        assertEquals(size, entry.getInt(at + 16));
    }

    @ParameterizedTest
    @EnumSource(
            value = PixelType.class,
            names = {"UNKNOWN"},
            mode = EnumSource.Mode.EXCLUDE)
    void whatIsWrittenIsRead(PixelType type) throws IOException {
        Path file = folder.resolve("all.czi");
        byte[] pixels = random(13 * 7 * type.bytesPerPixel(), 5);
        List<Compression> compressions = List.of(Compression.UNCOMPRESSED, Compression.ZSTD0, Compression.ZSTD1);
        try (CziWriter writer = CziWriter.create(file)) {
            for (int i = 0; i < compressions.size(); i++) {
                writer.add(
                        NewSubblock.of(new Rect(20 * i, 0, 13, 7), type)
                                .compressed(compressions.get(i))
                                .m(i),
                        pixels);
            }
            writer.addAttachment("Ünïcode", "BINARY", new byte[] {1, 2, 3});
            writer.setMetadataXml("<ImageDocument/>");
            writer.finish();
        }
        try (CziReader reader = CziReader.open(file)) {
            assertEquals(List.of(), reader.problems());
            for (int i = 0; i < compressions.size(); i++) {
                Subblock.Bitmap bitmap = reader.subblock(i).read();
                assertEquals(List.of(), bitmap.warnings());
                ByteBuffer read = ByteBuffer.allocate(pixels.length);
                bitmap.pixels().copyRows(0, 7, read);
                assertArrayEquals(pixels, read.array(), compressions.get(i) + " " + type);
            }
            assertEquals("Ünïcode", reader.attachments().get(0).name());
            assertArrayEquals(new byte[] {1, 2, 3}, reader.attachments().get(0).read());
            assertEquals("<ImageDocument/>", reader.metadataXml());
        }
    }

    @Test
    void aWriterThatIsNotFinishedLeavesNothingAndHarmsNothing() throws IOException {
        Path file = Files.writeString(folder.resolve("kept.czi"), "old");
        try (CziWriter writer = CziWriter.create(file)) {
            writer.add(NewSubblock.of(new Rect(0, 0, 2, 2), PixelType.GRAY8), new byte[4]);
            assertEquals("old", Files.readString(file));
        }
        assertEquals("old", Files.readString(file));
        assertEquals(1, fileCount());
        try (CziWriter writer = CziWriter.create(file)) {
            writer.finish();
            assertThrows(IllegalStateException.class, writer::finish);
        }
        assertTrue(Files.size(file) > 544);
        assertEquals(1, fileCount());
    }

    @Test
    void aFolderThatIsNotThereIsAnException() {
        CziException e = assertThrows(CziException.class, () -> CziWriter.create(folder.resolve("missing/file.czi")));
        assertEquals(CziException.Kind.IO, e.kind());
    }

    @Test
    void wrongArgumentsAreRefused() throws IOException {
        NewSubblock tile = NewSubblock.of(new Rect(0, 0, 2, 2), PixelType.GRAY16);
        try (CziWriter writer = CziWriter.create(folder.resolve("x.czi"))) {
            assertThrows(IllegalArgumentException.class, () -> writer.add(tile, new byte[7]));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> writer.add(tile.compressed(Compression.JPEG_XR), new byte[8]));
            assertThrows(
                    IllegalArgumentException.class, () -> writer.addAttachment("x".repeat(80), "JPG", new byte[0]));
            assertThrows(IllegalArgumentException.class, () -> writer.addAttachment("x", "JPÉG", new byte[0]));
            assertThrows(NullPointerException.class, () -> writer.setMetadataXml(null));
        }
        assertThrows(IllegalArgumentException.class, () -> NewSubblock.of(Rect.EMPTY, PixelType.GRAY8));
        assertThrows(IllegalArgumentException.class, () -> tile.stored(0, 2));
        assertThrows(IllegalArgumentException.class, () -> tile.m(-1));
        assertThrows(IllegalArgumentException.class, () -> CziWriter.encode(tile, new byte[7]));
        assertThrows(NullPointerException.class, () -> tile.compressed(null));
    }

    /** Every segment, walked from the first to the end of the file, as one that searches for lost ones would. */
    @Test
    void theWalkOverTheSegmentsEndsWithTheFile() throws IOException {
        Path file = folder.resolve("walk.czi");
        byte[] label = random(77, 3);
        try (CziWriter writer = CziWriter.create(file)) {
            for (int i = 0; i < 3; i++) {
                writer.add(NewSubblock.of(new Rect(i, 0, 5, 3), PixelType.GRAY8).m(i), random(15, i));
            }
            writer.addAttachment("Thumbnail", "JPG", new byte[0]);
            writer.addAttachment("Label", "CZI", label);
            writer.finish();
        }
        byte[] content = Files.readAllBytes(file);
        ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        List<String> names = new ArrayList<>();
        List<Integer> positions = new ArrayList<>();
        int at = 0;
        while (at < content.length) {
            String name = new String(content, at, 16, StandardCharsets.US_ASCII).replace("\0", "");
            int used = (int) bytes.getLong(at + 24);
            int allocated = (int) bytes.getLong(at + 16);
            assertSegment(bytes, at, name, (used + 31) / 32 * 32, used);
            for (int i = at + 32 + used; i < at + 32 + allocated; i++) {
                assertEquals(0, content[i], "padding of " + name);
            }
            names.add(name);
            positions.add(at);
            at += 32 + allocated;
        }
        assertEquals(content.length, at);
        assertEquals(
                List.of(
                        "ZISRAWFILE",
                        "ZISRAWSUBBLOCK",
                        "ZISRAWSUBBLOCK",
                        "ZISRAWSUBBLOCK",
                        "ZISRAWATTACH",
                        "ZISRAWATTACH",
                        "ZISRAWMETADATA",
                        "ZISRAWATTDIR",
                        "ZISRAWDIRECTORY"),
                names);
        int attachment = positions.get(5);
        int attachments = positions.get(7);
        assertEquals(attachments, bytes.getLong(104));
        assertEquals(256 + 77, bytes.getLong(attachment + 24));
        assertEquals(77, bytes.getLong(attachment + 32));
        assertArrayEquals(label, Arrays.copyOfRange(content, attachment + 288, attachment + 288 + 77));
        assertEquals(2, bytes.getInt(attachments + 32));
        assertEquals(256 + 2 * 128, bytes.getLong(attachments + 24));
        byte[] entry = Arrays.copyOfRange(content, attachments + 288 + 128, attachments + 288 + 256);
        assertArrayEquals(entry, Arrays.copyOfRange(content, attachment + 48, attachment + 48 + 128));
        assertEquals("A1", new String(entry, 0, 2, StandardCharsets.US_ASCII));
        assertEquals(
                attachment,
                ByteBuffer.wrap(entry).order(ByteOrder.LITTLE_ENDIAN).getLong(12));
        assertEquals("CZI\0\0\0\0\0Label\0", new String(entry, 40, 14, StandardCharsets.US_ASCII));
    }

    /** With more than ten dimensions the entry is longer than the 256 bytes before the metadata (sheet §3.1). */
    @Test
    void anEntryOfTwelveDimensionsMovesTheMetadata() throws IOException {
        Path file = folder.resolve("twelve.czi");
        Coordinate coordinate = Coordinate.parse("Z1C2T3R4S5I6H7V8B9");
        byte[] pixels = random(4, 1);
        try (CziWriter writer = CziWriter.create(file)) {
            writer.add(
                    NewSubblock.of(new Rect(0, 0, 2, 2), PixelType.GRAY8)
                            .at(coordinate)
                            .m(0)
                            .metadata("<METADATA/>"),
                    pixels);
            writer.finish();
        }
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(12, bytes.getInt(544 + 48 + 28));
        assertEquals(16 + 32 + 20 * 12 + 11 + 4, bytes.getLong(544 + 24));
        assertEquals('<', bytes.get(544 + 32 + 288));
        try (CziReader reader = CziReader.open(file)) {
            assertEquals(coordinate, reader.subblockInfo(0).coordinate());
            assertArrayEquals(pixels, reader.subblock(0).read().pixels().bytes());
        }
    }

    @Test
    void aPayloadIsStoredAsItIsUnderAnyCode() throws IOException {
        Path file = folder.resolve("codes.czi");
        NewSubblock tile = NewSubblock.of(new Rect(0, 0, 8, 8), PixelType.GRAY8);
        byte[] payload = random(33, 9);
        int[] codes = {504, 1001, 77, -3};
        try (CziWriter writer = CziWriter.create(file)) {
            for (int code : codes) {
                writer.addEncoded(tile, code, payload);
            }
            writer.addEncoded(tile.compressed(Compression.JPEG_XR), payload);
            assertThrows(
                    IllegalArgumentException.class,
                    () -> writer.addEncoded(tile.compressed(Compression.UNKNOWN), payload));
            writer.finish();
        }
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int directory = (int) bytes.getLong(84);
        assertEquals(codes.length + 1, bytes.getInt(directory + 32));
        for (int i = 0; i <= codes.length; i++) {
            int entry = directory + 160 + 72 * i;
            assertEquals(i < codes.length ? codes[i] : 4, bytes.getInt(entry + 18));
            int position = (int) bytes.getLong(entry + 6);
            byte[] stored = new byte[33];
            bytes.get(position + 288, stored);
            assertArrayEquals(payload, stored);
        }
    }

    /** A bitmap that is finer than its place is no pyramid tile (sheet §2.2, §2.6). */
    @Test
    void onlyReducedTilesAreMarkedAsPyramid() throws IOException {
        Path file = folder.resolve("pyramid.czi");
        NewSubblock tile = NewSubblock.of(new Rect(0, 0, 4, 4), PixelType.GRAY8);
        try (CziWriter writer = CziWriter.create(file)) {
            writer.add(tile, new byte[16]);
            writer.add(tile.stored(2, 2), new byte[4]);
            writer.add(tile.stored(8, 8), new byte[64]);
            writer.finish();
        }
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int entries = (int) bytes.getLong(84) + 160;
        assertEquals(0, bytes.get(entries + 22));
        assertEquals(2, bytes.get(entries + 72 + 22));
        assertEquals(0, bytes.get(entries + 144 + 22));
        assertEquals(2, bytes.getInt(entries + 72 + 32 + 16));
        assertEquals(4, bytes.getInt(entries + 72 + 32 + 8));
    }

    /** The caller goes on after a failure, and the storage recovers: the gap must not become a file. */
    @Test
    void aFileWithAGapIsNotFinished() throws IOException {
        Path file = Files.writeString(folder.resolve("kept.czi"), "old");
        NewSubblock large = NewSubblock.of(new Rect(0, 0, 2048, 1024), PixelType.GRAY8);
        NewSubblock small = NewSubblock.of(new Rect(0, 0, 1, 1), PixelType.GRAY8);
        try (CziWriter writer = CziWriter.create(file)) {
            // Makes the write fail, as it closes the channel.
            Thread.currentThread().interrupt();
            CziException first = assertThrows(CziException.class, () -> writer.add(large, new byte[2 << 20]));
            assertTrue(Thread.interrupted());
            CziException next = assertThrows(CziException.class, () -> writer.add(small, new byte[1]));
            assertEquals(first, next.getCause());
            assertThrows(CziException.class, () -> writer.addAttachment("Label", "CZI", new byte[1]));
            assertThrows(CziException.class, writer::finish);
        }
        assertEquals("old", Files.readString(file));
        assertEquals(1, fileCount());
    }

    @Test
    void aFolderCannotBeTheTarget() {
        CziException e = assertThrows(CziException.class, () -> CziWriter.create(folder));
        assertEquals(CziException.Kind.IO, e.kind());
    }

    @Test
    void nothingIsAddedToAClosedWriter() throws IOException {
        NewSubblock tile = NewSubblock.of(new Rect(0, 0, 1, 1), PixelType.GRAY8);
        CziWriter writer = CziWriter.create(folder.resolve("closed.czi"));
        assertEquals(1, fileCount());
        writer.close();
        writer.close();
        assertEquals(0, fileCount());
        assertThrows(IllegalStateException.class, () -> writer.add(tile, new byte[1]));
        assertThrows(IllegalStateException.class, writer::finish);
    }

    @Test
    void manyThreadsMayAddAtOnce() throws Exception {
        Path file = folder.resolve("threads.czi");
        try (CziWriter writer = CziWriter.create(file)) {
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                int base = t * 50;
                Thread thread =
                        new Thread(() -> IntStream.range(base, base + 50).forEach(i -> {
                            byte[] pixels = new byte[64];
                            Arrays.fill(pixels, (byte) i);
                            try {
                                writer.add(
                                        NewSubblock.of(new Rect(8 * i, 0, 8, 8), PixelType.GRAY8)
                                                .compressed(Compression.ZSTD0)
                                                .m(i),
                                        pixels);
                            } catch (CziException e) {
                                throw new IllegalStateException(e);
                            }
                        }));
                threads.add(thread);
                thread.start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            writer.finish();
        }
        try (CziReader reader = CziReader.open(file)) {
            assertEquals(200, reader.subblockCount());
            byte[] mosaic =
                    reader.readMosaic(MosaicRequest.wholeImage().strict()).bytes();
            for (int i = 0; i < 200; i++) {
                assertEquals((byte) i, mosaic[8 * i + 3]);
            }
        }
    }
}
