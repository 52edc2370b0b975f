package io.github.czi4j.zisraw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.czi4j.model.Coordinate;
import io.github.czi4j.model.Dimension;
import io.github.czi4j.model.Rect;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class DirectoryEntryTest {
    private final DirectoryEntry entry = new DirectoryEntry();

    private static ByteBuffer dv() {
        return DirectoryWriter.entry(
                3, 6, 2, 1L << 40, new Rect(-7, 9, 40, 30), 20, 15, Coordinate.parse("C5Z-2S1"), OptionalInt.of(8));
    }

    @Test
    void everyFieldOfAnEntryIsRead() {
        ByteBuffer bytes = dv();
        assertEquals(32 + 20 * 6, entry.read(bytes, 0, bytes.limit()));
        assertNull(entry.problem());
        assertTrue(entry.hasGeometry());
        assertEquals(3, entry.pixelType());
        assertEquals(6, entry.compression());
        assertEquals(2, entry.pyramidType());
        assertEquals(1L << 40, entry.filePosition());
        assertEquals(0, entry.filePart());
        assertEquals(-7, entry.x());
        assertEquals(9, entry.y());
        assertEquals(40, entry.width());
        assertEquals(30, entry.height());
        assertEquals(20, entry.storedWidth());
        assertEquals(15, entry.storedHeight());
        assertEquals(5, entry.start(Dimension.C.ordinal()));
        assertEquals(-2, entry.start(Dimension.Z.ordinal()));
        assertTrue(entry.hasM());
        assertEquals(8, entry.m());
        int mask = 1 << Dimension.C.ordinal() | 1 << Dimension.Z.ordinal() | 1 << Dimension.S.ordinal();
        assertEquals(mask, entry.coordinateMask());
    }

    @Test
    void lettersMayBeSmallAndAStoredSizeOfZeroMeansTheSize() {
        ByteBuffer bytes = dv();
        bytes.put(32, (byte) 'x').put(92, (byte) 'c');
        bytes.putInt(48, 0);
        entry.read(bytes, 0, bytes.limit());
        assertNull(entry.problem());
        assertEquals(40, entry.storedWidth());
        assertEquals(15, entry.storedHeight());
    }

    @Test
    void theLargestAndSmallestIntegerAreNoTileNumber() {
        for (int m : new int[] {Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            ByteBuffer bytes = dv();
            bytes.putInt(32 + 20 * 5 + 4, m);
            entry.read(bytes, 0, bytes.limit());
            assertFalse(entry.hasM());
        }
    }

    @Test
    void whatIsWrongIsSaidAndTheNextEntryIsFound() {
        int[][] changes = {{32, 'Q'}, {40, -1}, {40, 0}, {36, Integer.MAX_VALUE}, {48, -5}, {52, 'Z'}};
        for (int[] change : changes) {
            ByteBuffer bytes = dv();
            bytes.putInt(change[0], change[1]);
            assertEquals(152, entry.read(bytes, 0, bytes.limit()));
            assertNotNull(entry.problem(), "change at " + change[0]);
            assertFalse(entry.hasGeometry(), "change at " + change[0]);
        }
    }

    @Test
    void anEntryWhoseLengthIsUnknownIsUnreadable() {
        ByteBuffer schema = dv();
        schema.put(1, (byte) 'X');
        assertEquals(DirectoryEntry.UNREADABLE, entry.read(schema, 0, schema.limit()));
        for (int count : new int[] {-1, 41, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            ByteBuffer bytes = dv();
            bytes.putInt(28, count);
            assertEquals(DirectoryEntry.UNREADABLE, entry.read(bytes, 0, bytes.limit()));
            assertNotNull(entry.problem());
        }
        for (int limit = 0; limit < 152; limit++) {
            assertEquals(DirectoryEntry.UNREADABLE, entry.read(dv(), 0, limit));
        }
    }

    /** Sheet §2.3: no file is known, so this follows the table alone. */
    @Test
    void theOldSchemaIsReadByItsTable() {
        ByteBuffer bytes = ByteBuffer.allocate(128).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put((byte) 'D').put((byte) 'E');
        bytes.putInt(2, 1)
                .putInt(6, 10)
                .putInt(10, 11)
                .putInt(16, -3)
                .putInt(20, 10)
                .putInt(24, 4)
                .putInt(28, 11);
        bytes.putInt(32, 1)
                .putInt(40, 2)
                .putInt(48, 3)
                .putInt(56, 4)
                .putInt(60, 5)
                .putInt(64, 6)
                .putInt(68, 7);
        bytes.putInt(72, 5).putInt(76, 8).putLong(80, 999).putInt(88, 2).putInt(108, 9);
        assertEquals(128, entry.read(bytes, 0, 128));
        assertNull(entry.problem());
        assertEquals(1, entry.pixelType());
        assertEquals(5, entry.compression());
        assertEquals(999, entry.filePosition());
        assertEquals(2, entry.filePart());
        assertEquals(-3, entry.x());
        assertEquals(11, entry.storedHeight());
        assertEquals(8, entry.m());
        Dimension[] order = {Dimension.C, Dimension.Z, Dimension.T, Dimension.S, Dimension.R, Dimension.I, Dimension.B};
        for (int i = 0; i < order.length; i++) {
            assertEquals(i + 1, entry.start(order[i].ordinal()), order[i].name());
        }
        assertEquals(9, entry.start(Dimension.H.ordinal()));
    }
}
