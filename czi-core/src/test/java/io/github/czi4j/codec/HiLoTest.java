package io.github.czi4j.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HiLoTest {
    private final HiLo hiLo = new HiLo();
    private final Random random = new Random(31);

    private byte[] packed(int half) {
        byte[] packed = new byte[2 * half + 1];
        random.nextBytes(packed);
        return packed;
    }

    /** The rule of the sheet by the letter. */
    private static short word(byte[] packed, int half, int index) {
        return (short) ((packed[half + index] & 0xFF) * 256 + (packed[index] & 0xFF));
    }

    @Test
    void interleavesAnyNumberOfWords() {
        for (int half = 0; half < 40; half++) {
            byte[] packed = packed(half);
            for (int words = 0; words <= half; words++) {
                byte[] expected = new byte[90];
                for (int i = 0; i < words; i++) {
                    expected[2 * i] = packed[i];
                    expected[2 * i + 1] = packed[half + i];
                }
                byte[] out = new byte[90];
                hiLo.unpack(ByteBuffer.wrap(packed), half, out, words);
                assertArrayEquals(expected, out, half + " / " + words + ": " + Arrays.toString(packed));
            }
        }
    }

    /** Around the number of words that go at a time. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 31, 4095, 4096, 4097, 8191, 8192, 8193, 20_000})
    void interleavesPartsOfWords(int count) {
        int half = 20_011;
        byte[] packed = packed(half);
        for (int from : new int[] {0, 1, 11}) {
            short[] expected = new short[count + 20];
            Arrays.fill(expected, (short) 77);
            short[] out = expected.clone();
            byte[] bytes = new byte[2 * count];
            byte[] expectedBytes = new byte[2 * count];
            for (int i = 0; i < count; i++) {
                expected[7 + i] = word(packed, half, from + i);
                expectedBytes[2 * i] = packed[i];
                expectedBytes[2 * i + 1] = packed[half + i];
            }
            hiLo.unpack(ByteBuffer.wrap(packed), half, from, out, 7, count);
            assertArrayEquals(expected, out);
            hiLo.unpack(ByteBuffer.wrap(packed), half, bytes, count);
            assertArrayEquals(expectedBytes, bytes);
        }
    }

    @Test
    void givesSplitWordsInPartsAndAsBytes() {
        int count = 5000;
        byte[] packed = packed(count);
        SplitWords split = new SplitWords(packed, count, new Scratch());
        ByteBuffer pixels = split.pixels();
        assertEquals(2 * count, pixels.limit());
        short[] all = new short[count];
        split.copy(0, all, 0, count);
        for (int i = 0; i < count; i++) {
            assertEquals(word(packed, count, i), all[i]);
            assertEquals(all[i], pixels.getShort(2 * i));
        }
        short[] part = new short[3];
        split.copy(4998, part, 1, 2);
        assertArrayEquals(new short[] {0, all[4998], all[4999]}, part);
        assertSame(pixels, split.pixels());
        assertThrows(IndexOutOfBoundsException.class, () -> split.copy(4998, new short[9], 0, 3));
        assertThrows(IndexOutOfBoundsException.class, () -> split.copy(-1, new short[9], 0, 3));
        assertThrows(IndexOutOfBoundsException.class, () -> split.copy(0, new short[2], 0, 3));
    }
}
