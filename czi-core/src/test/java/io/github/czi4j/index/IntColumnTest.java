package io.github.czi4j.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IntColumnTest {

    @Test
    void holdsWhatWasAddedWhateverTheWidths() {
        int[][] ranges = {{5, 5}, {-128, 127}, {-129, 0}, {0, 128}, {-40_000, 3}, {Integer.MIN_VALUE, Integer.MAX_VALUE}
        };
        for (long seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            IntColumn column = new IntColumn();
            int[] expected = new int[random.nextInt(1, 200)];
            int stage = 0;
            for (int i = 0; i < expected.length; i++) {
                if (random.nextInt(20) == 0) {
                    stage = random.nextInt(ranges.length);
                }
                expected[i] = (int) random.nextLong(ranges[stage][0], ranges[stage][1] + 1L);
                column.add(expected[i]);
            }
            if (random.nextBoolean()) {
                column.trim();
            }
            for (int i = 0; i < expected.length; i++) {
                assertEquals(expected[i], column.get(i), "seed " + seed + ", row " + i);
            }
        }
    }

    @Test
    void equalValuesTakeNoMemory() {
        IntColumn column = new IntColumn();
        for (int i = 0; i < 1000; i++) {
            column.add(1024);
        }
        assertTrue(column.isConstant());
        assertEquals(0, column.heapBytes());
        assertEquals(1024, column.get(999));
    }

    @Test
    void smallValuesTakeAByteEach() {
        IntColumn column = new IntColumn();
        for (int i = 0; i < 1000; i++) {
            column.add(i % 100);
        }
        column.trim();
        assertEquals(1000, column.heapBytes());
    }

    @Test
    void aConstantThatIsNoByteWidensToShorts() {
        IntColumn column = new IntColumn();
        column.add(1024);
        column.add(1000);
        column.trim();
        assertEquals(4, column.heapBytes());
        assertEquals(1024, column.get(0));
        assertEquals(1000, column.get(1));
    }
}
