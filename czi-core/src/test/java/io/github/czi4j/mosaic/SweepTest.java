package io.github.czi4j.mosaic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.czi4j.model.Rect;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SweepTest {
    private static final int SIDE = 100;

    private final Sweep sweep = new Sweep();

    private static Rect at(int x, int y) {
        return new Rect(x, y, SIDE, SIDE);
    }

    @Test
    void twoStepsAlikeAreASweepAndEachRegionIsToldOnce() {
        assertEquals(List.of(), sweep.next(at(10, 20), 3));
        assertEquals(List.of(), sweep.next(at(100, 20), 3));
        assertEquals(List.of(at(280, 20), at(370, 20), at(460, 20)), sweep.next(at(190, 20), 3));
        assertEquals(List.of(at(550, 20)), sweep.next(at(280, 20), 3));
        assertEquals(List.of(at(640, 20), at(730, 20), at(820, 20)), sweep.next(at(370, 20), 5));
        assertEquals(List.of(), sweep.next(at(460, 20), 2));
    }

    @Test
    void stepsAreNeverQuiteAlike() {
        sweep.next(at(0, 0), 1);
        sweep.next(at(90, 3), 1);
        assertEquals(List.of(at(274, -1)), sweep.next(at(182, 1), 1), "as far as the last step");
        assertEquals(List.of(at(360, 3)), sweep.next(at(271, 2), 1));
    }

    @Test
    void theEndOfARowIsKnownFromTheRowBefore() {
        int columns = 5;
        Set<Rect> told = new LinkedHashSet<>();
        int asked = 0;
        int known = 0;
        for (int row = 0; row < 4; row++) {
            for (int column = 0; column < columns; column++) {
                Rect region = at(column * 90, row * 80);
                if (row > 1 || row == 1 && column > 0 || row == 0 && column > 2) {
                    asked++;
                    known += told.contains(region) ? 1 : 0;
                }
                told.addAll(sweep.next(region, 2));
            }
        }
        assertEquals(asked, known);
        // In vain: two behind the first row, two below the last.
        assertEquals(asked + 4, told.size(), told::toString);
    }

    @Test
    void aSnakeIsFollowedInEitherDirection() {
        Set<Rect> told = new LinkedHashSet<>();
        int unknown = 0;
        for (int row = 0; row < 6; row++) {
            for (int column = 0; column < 8; column++) {
                Rect region = at((row % 2 == 0 ? column : 7 - column) * 90, row * 80);
                unknown += told.contains(region) ? 0 : 1;
                told.addAll(sweep.next(region, 2));
            }
        }
        assertTrue(unknown <= 6 * 3, "three a row, not " + unknown);
    }

    @Test
    void regionsHereAndThereAreNoSweep() {
        SplittableRandom random = new SplittableRandom(5);
        List<Rect> told = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            told.addAll(sweep.next(at(random.nextInt(100_000), random.nextInt(100_000)), 4));
        }
        assertEquals(List.of(), told);
    }

    @Test
    void askingOnceMoreChangesNothing() {
        sweep.next(at(0, 0), 1);
        sweep.next(at(90, 0), 1);
        assertEquals(List.of(), sweep.next(at(90, 0), 1));
        assertEquals(List.of(at(270, 0)), sweep.next(at(180, 0), 1));
        assertEquals(List.of(), sweep.next(at(180, 0), 1));
        assertEquals(List.of(at(360, 0)), sweep.next(at(270, 0), 1));
    }

    @Test
    void whatNoRectangleCanReachIsLeftOut() {
        int far = Integer.MAX_VALUE - SIDE;
        sweep.next(at(far - 200, 0), 4);
        sweep.next(at(far - 100, 0), 4);
        assertEquals(List.of(), sweep.next(at(far, 0), 4));
        sweep.next(at(Integer.MIN_VALUE, 0), 4);
        sweep.next(at(far, Integer.MIN_VALUE), 4);
        sweep.next(at(Integer.MIN_VALUE, far), 4);
        assertEquals(List.of(), sweep.next(at(far, Integer.MIN_VALUE), 4));
    }
}
