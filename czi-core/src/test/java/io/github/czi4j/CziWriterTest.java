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
        }
        assertThrows(IllegalArgumentException.class, () -> NewSubblock.of(Rect.EMPTY, PixelType.GRAY8));
        assertThrows(IllegalArgumentException.class, () -> tile.stored(0, 2));
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
