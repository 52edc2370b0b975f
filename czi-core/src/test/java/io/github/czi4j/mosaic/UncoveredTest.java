package io.github.czi4j.mosaic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.czi4j.model.Rect;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class UncoveredTest {
    private static List<Rect> uncovered(List<Rect> parts, Rect bounds) {
        List<Rect> found = new ArrayList<>();
        Uncovered.forEach(parts, bounds, found::add);
        return found;
    }

    @Test
    void theRestIsFoundFromTopToBottom() {
        Rect bounds = new Rect(-2, 3, 10, 6);
        assertEquals(List.of(bounds), uncovered(List.of(), bounds));
        assertEquals(List.of(), uncovered(List.of(new Rect(-5, 0, 20, 20)), bounds));
        assertEquals(List.of(bounds), uncovered(List.of(new Rect(8, 3, 5, 5), new Rect(0, 9, 5, 5)), bounds));
        assertEquals(
                List.of(new Rect(-2, 3, 10, 1), new Rect(-2, 4, 2, 2), new Rect(3, 4, 5, 2), new Rect(-2, 6, 10, 3)),
                uncovered(List.of(new Rect(0, 4, 3, 2)), bounds));
        assertEquals(List.of(), uncovered(List.of(), new Rect(0, 0, 0, 5)));
    }

    @Test
    void partsAndRestCoverEachPixelOnce() {
        SplittableRandom random = new SplittableRandom(12);
        for (int round = 0; round < 300; round++) {
            List<Rect> boxes = new ArrayList<>();
            for (int i = random.nextInt(20); i > 0; i--) {
                boxes.add(new Rect(
                        random.nextInt(-5, 40), random.nextInt(-5, 30), random.nextInt(1, 20), random.nextInt(1, 15)));
            }
            List<Rect> parts = new ArrayList<>();
            for (Rect box : boxes) {
                List<Rect> rest = List.of(box);
                for (Rect part : List.copyOf(parts)) {
                    rest = RectMath.subtract(rest, part);
                }
                parts.addAll(rest);
            }
            Rect bounds = new Rect(0, 0, 37, 29);
            int[] count = new int[37 * 29];
            List<Rect> all = new ArrayList<>(parts);
            all.addAll(uncovered(parts, bounds));
            for (Rect rect : all) {
                Rect inside = rect.intersection(bounds);
                for (int y = inside.y(); y < inside.bottom(); y++) {
                    for (int x = inside.x(); x < inside.right(); x++) {
                        count[y * 37 + x]++;
                    }
                }
            }
            for (int times : count) {
                assertEquals(1, times, "round " + round);
            }
            assertTrue(all.stream()
                    .skip(parts.size())
                    .allMatch(rect -> bounds.intersection(rect).equals(rect)));
        }
    }
}
