package io.github.czi4j.mosaic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.czi4j.model.Rect;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class VisibilityTest {

    @Test
    void visiblePartsAreWhatAPainterWouldLeave() {
        for (long seed = 0; seed < 300; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int width = random.nextInt(1, 80);
            int height = random.nextInt(1, 80);
            List<Rect> boxes = new ArrayList<>();
            int[][] painted = new int[height][width];
            int count = random.nextInt(1, 40);
            for (int i = 0; i < count; i++) {
                int x = random.nextInt(width);
                int y = random.nextInt(height);
                Rect box = new Rect(x, y, random.nextInt(width - x) + 1, random.nextInt(height - y) + 1);
                boxes.add(box);
                fill(painted, box, i + 1);
            }
            List<List<Rect>> visible = Visibility.cut(boxes, width, height);
            assertNotNull(visible, "seed " + seed);
            int[][] composed = new int[height][width];
            for (int i = 0; i < count; i++) {
                for (Rect part : visible.get(i)) {
                    assertTrue(boxes.get(i).contains(part), "seed " + seed);
                    for (int y = part.y(); y < part.bottom(); y++) {
                        for (int x = part.x(); x < part.right(); x++) {
                            assertEquals(0, composed[y][x], "written twice, seed " + seed);
                            composed[y][x] = i + 1;
                        }
                    }
                }
            }
            for (int y = 0; y < height; y++) {
                assertArrayEquals(painted[y], composed[y], "seed " + seed);
            }
        }
    }

    private static void fill(int[][] image, Rect box, int value) {
        for (int y = box.y(); y < box.bottom(); y++) {
            for (int x = box.x(); x < box.right(); x++) {
                image[y][x] = value;
            }
        }
    }

    @Test
    void aHundredThousandTilesOfAGridWithOverlapAreCutInTime() {
        List<Rect> boxes = new ArrayList<>();
        for (int row = 0; row < 316; row++) {
            for (int column = 0; column < 316; column++) {
                boxes.add(new Rect(column * 90, row * 90, 100, 100));
            }
        }
        List<List<Rect>> visible = Visibility.cut(boxes, 316 * 90 + 10, 316 * 90 + 10);
        assertNotNull(visible);
        long area = visible.stream().flatMap(List::stream).mapToLong(Rect::area).sum();
        assertEquals((316L * 90 + 10) * (316 * 90 + 10), area);
        assertEquals(List.of(new Rect(315 * 90, 315 * 90, 100, 100)), visible.get(boxes.size() - 1));
    }

    @Test
    void identicalTilesAreHiddenByTheLastWithoutMuchWork() {
        List<Rect> boxes = new ArrayList<>(Collections.nCopies(100_000, new Rect(0, 0, 1000, 1000)));
        List<List<Rect>> visible = Visibility.cut(boxes, 1000, 1000);
        // Either it is found that all but the last are hidden, or it is given up; never a hang.
        assertTrue(visible == null
                || visible.get(0).isEmpty() && visible.get(99_999).size() == 1);
    }

    @Test
    void aPileOfShiftedTilesIsGivenUp() {
        List<Rect> boxes = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            boxes.add(new Rect(i, 20_000 - i, 20_000, 20_000));
        }
        assertNull(Visibility.cut(boxes, 40_000, 40_001));
    }
}
