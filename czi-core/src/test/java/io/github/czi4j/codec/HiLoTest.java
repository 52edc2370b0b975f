package io.github.czi4j.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HiLoTest {
    @Test
    void interleavesAnyNumberOfWords() {
        Random random = new Random(31);
        for (int half = 0; half < 40; half++) {
            byte[] packed = new byte[2 * half + 1];
            random.nextBytes(packed);
            for (int words = 0; words <= half; words++) {
                byte[] expected = new byte[90];
                for (int i = 0; i < words; i++) {
                    expected[2 * i] = packed[i];
                    expected[2 * i + 1] = packed[half + i];
                }
                byte[] out = new byte[90];
                HiLo.unpack(packed, half, out, words);
                assertArrayEquals(expected, out, half + " / " + words + ": " + Arrays.toString(packed));
            }
        }
    }
}
