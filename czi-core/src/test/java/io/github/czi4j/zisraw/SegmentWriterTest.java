package io.github.czi4j.zisraw;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.czi4j.model.Coordinate;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Rect;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentWriterTest {
    /** Of the writer; pieces around this size take another way than small ones. */
    private static final int BUFFER = 1 << 20;

    @TempDir
    private Path folder;

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new SplittableRandom(length).nextBytes(bytes);
        return bytes;
    }

    @Test
    void segmentsFollowEachOtherAlignedAndPaddedWithZeros() throws IOException {
        int[] sizes = {0, 1, 31, 32, 33, 100, BUFFER - 1, BUFFER, BUFFER + 1, 3 * BUFFER + 17};
        Path file = folder.resolve("segments");
        List<Long> positions = new ArrayList<>();
        try (SegmentWriter writer = new SegmentWriter(file)) {
            for (int size : sizes) {
                byte[] data = random(size);
                int half = size / 2;
                assertEquals(0, writer.position() % 32);
                positions.add(writer.append(
                        SegmentId.SUBBLOCK,
                        List.of(ByteBuffer.wrap(data, 0, half), ByteBuffer.wrap(data, half, size - half))));
            }
            writer.finish(ByteBuffer.allocate(Layout.FILE_HEADER));
        }
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int at = 544;
        for (int i = 0; i < sizes.length; i++) {
            assertEquals(at, positions.get(i));
            int allocated = (sizes[i] + 31) / 32 * 32;
            assertArrayEquals(SegmentId.SUBBLOCK.bytes(), Arrays.copyOfRange(bytes, at, at + 16));
            assertEquals(allocated, numbers.getLong(at + 16));
            assertEquals(sizes[i], numbers.getLong(at + 24));
            byte[] expected = Arrays.copyOf(random(sizes[i]), allocated);
            assertArrayEquals(expected, Arrays.copyOfRange(bytes, at + 32, at + 32 + allocated), sizes[i] + " bytes");
            at += 32 + allocated;
        }
        assertEquals(bytes.length, at);
    }

    /** An interrupted thread closes its channel: the simplest way to make storage fail. */
    @Test
    void nothingIsWrittenAfterAFailure() throws IOException {
        try (SegmentWriter writer = new SegmentWriter(folder.resolve("broken"))) {
            List<ByteBuffer> large = List.of(ByteBuffer.allocate(2 * BUFFER));
            Thread.currentThread().interrupt();
            CziException first = assertThrows(CziException.class, () -> writer.append(SegmentId.SUBBLOCK, large));
            assertTrue(Thread.interrupted());
            assertEquals(CziException.Kind.IO, first.kind());
            CziException next = assertThrows(CziException.class, () -> writer.append(SegmentId.SUBBLOCK, List.of()));
            assertTrue(next.getMessage().contains("an earlier write failed"), next.getMessage());
            assertEquals(first, next.getCause());
            CziException last =
                    assertThrows(CziException.class, () -> writer.finish(ByteBuffer.allocate(Layout.FILE_HEADER)));
            assertEquals(first, last.getCause());
        }
    }

    @Test
    void anExistingFileIsNotTouched() throws IOException {
        Path file = Files.writeString(folder.resolve("there"), "old");
        CziException e = assertThrows(CziException.class, () -> new SegmentWriter(file));
        assertNotNull(e.getCause());
        assertEquals("old", Files.readString(file));
    }

    /** More entries than one of its pieces holds; none may be split, lost or moved. */
    @Test
    void theDirectoryGrowsInPiecesAndKeepsItsOrder() {
        DirectoryWriter directory = new DirectoryWriter();
        int count = 3 * BUFFER / 92;
        for (int i = 0; i < count; i++) {
            ByteBuffer entry = DirectoryWriter.entry(
                    1, 6, 0, 544L * i, new Rect(i, -i, 8, 8), 8, 8, Coordinate.EMPTY, OptionalInt.of(i));
            assertEquals(92, entry.remaining());
            directory.add(entry);
        }
        List<ByteBuffer> pieces = directory.segment();
        int length = pieces.stream().mapToInt(ByteBuffer::remaining).sum();
        assertEquals(128 + 92 * count, length);
        ByteBuffer all = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        pieces.forEach(all::put);
        assertEquals(count, all.getInt(0));
        for (int i = 0; i < count; i++) {
            int at = 128 + 92 * i;
            assertEquals(544L * i, all.getLong(at + 6));
            assertEquals(-i, all.getInt(at + 32 + 20 + 4));
            assertEquals(i, all.getInt(at + 32 + 40 + 4));
        }
    }
}
