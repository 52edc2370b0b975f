package io.github.czi4j.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class ModelTest {

    @Test
    void coordinatesAreReadInAnyOrderAndWrittenInOne() {
        assertEquals("Z4C1", Coordinate.parse("C1Z4").toString());
        assertEquals(
                "Z0C1T2R3S4I5H6V7B8", Coordinate.parse("b8 v7,h=6,i5s4r3t2c1z0").toString());
        assertEquals(Coordinate.parse("C-1"), Coordinate.of(Dimension.C, -1));
        assertEquals(Coordinate.EMPTY, Coordinate.parse(""));
        assertEquals(Coordinate.parse("Z3"), Coordinate.parse("Z3C0").without(Dimension.C));
        assertFalse(Coordinate.EMPTY.has(Dimension.C));
        assertEquals(9, Coordinate.EMPTY.getOrDefault(Dimension.C, 9));
        assertThrows(IllegalArgumentException.class, () -> Coordinate.EMPTY.get(Dimension.C));
        for (String wrong : new String[] {"C", "1", "M0", "X1", "C1C2", "Q1", "C99999999999", "C=", "C1-"}) {
            assertThrows(IllegalArgumentException.class, () -> Coordinate.parse(wrong), wrong);
        }
    }

    @Test
    void lettersOfDimensionsAreReadInAnyCaseAndOthersRefused() {
        assertEquals(Dimension.X, Dimension.ofLetter('x'));
        assertEquals(Dimension.M, Dimension.ofLetter('M'));
        for (int letter : new int[] {0, '@', '[', 'A', 'z' + 1, -1, 0x100 + 'X', 'X' | 0x80}) {
            assertNull(Dimension.ofLetter(letter), String.valueOf(letter));
        }
        assertTrue(Dimension.S.isCoordinate());
        assertFalse(Dimension.S.isPlane());
        assertFalse(Dimension.M.isCoordinate());
    }

    @Test
    void rectanglesEndWhereIntsEnd() {
        assertThrows(IllegalArgumentException.class, () -> new Rect(Integer.MAX_VALUE, 0, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new Rect(0, 0, -1, 1));
        Rect whole = new Rect(Integer.MIN_VALUE, 0, Integer.MAX_VALUE, 1);
        assertEquals(-1, whole.right());
        assertEquals(new Rect(-5, 0, 4, 1), whole.intersection(new Rect(-5, -5, 100, 100)));
        assertEquals(Rect.EMPTY, new Rect(0, 0, 5, 5).intersection(new Rect(5, 0, 5, 5)));
        assertFalse(new Rect(0, 0, 5, 5).intersects(new Rect(5, 0, 5, 5)));
        assertFalse(new Rect(0, 0, 5, 5).intersects(new Rect(2, 2, 0, 3)));
        assertTrue(new Rect(0, 0, 5, 5).contains(new Rect(0, 0, 5, 5)));
        assertEquals("1,2,3,4", new Rect(0, 0, 3, 4).translate(1, 2).toString());
    }

    @Test
    void codesOfTypesAndCompressions() {
        assertEquals(PixelType.BGR192_COMPLEX_FLOAT, PixelType.ofCode(11));
        assertEquals(24, PixelType.BGR192_COMPLEX_FLOAT.bytesPerPixel());
        assertEquals(8, PixelType.GRAY64_COMPLEX_FLOAT.bytesPerPixel());
        for (int code : new int[] {-1, 5, 6, 7, 14, Integer.MIN_VALUE}) {
            assertEquals(PixelType.UNKNOWN, PixelType.ofCode(code));
        }
        assertEquals(Compression.CAMERA_RAW, Compression.ofCode(999));
        assertEquals(Compression.SYSTEM_RAW, Compression.ofCode(1000));
        assertEquals(Compression.UNKNOWN, Compression.ofCode(99));
        assertEquals(Compression.UNKNOWN, Compression.ofCode(-1));
    }

    @Test
    void pixelsSurviveTheWayThroughBytes() {
        for (PixelType type : PixelType.values()) {
            if (type != PixelType.UNKNOWN) {
                byte[] bytes = new byte[3 * 5 * type.bytesPerPixel()];
                for (int i = 0; i < bytes.length; i++) {
                    // No NaN among the floats, which need not survive bit by bit.
                    bytes[i] = (byte) (i % 61);
                }
                Pixels pixels = Pixels.allocate(3, 5, type);
                pixels.fillRows(0, 2, ByteBuffer.wrap(bytes));
                pixels.fillRows(2, 3, ByteBuffer.wrap(bytes, bytes.length / 5 * 2, bytes.length / 5 * 3));
                ByteBuffer copy = ByteBuffer.allocate(bytes.length);
                pixels.copyRows(0, 4, copy);
                pixels.copyRows(4, 1, copy);
                assertArrayEquals(bytes, copy.array(), type.label());
            }
        }
        assertThrows(
                IllegalStateException.class,
                () -> Pixels.allocate(1, 1, PixelType.GRAY16).bytes());
        assertThrows(IllegalArgumentException.class, () -> Pixels.allocate(1 << 16, 1 << 15, PixelType.GRAY8));
    }
}
