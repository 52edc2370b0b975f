package io.github.czi4j.mosaic;

import io.github.czi4j.model.Rect;
import java.util.ArrayList;
import java.util.List;

/**
 * Guesses which regions a program that goes through an image will want next: steps like its last two, to the end of a row as
 * long as the one before, then the beginning of a row as far from this one's as this one's from that before. Not thread-safe.
 */
final class Sweep {
    /** Steps may differ by that part of a region's sides, as a stage does not stop exactly where it should. */
    private static final int TOLERANCE = 8;
    /** Steps alike after the first that tell a row that ends from regions here and there. */
    private static final int STEADY = 2;

    /** A move, in pixels. */
    private record Step(long x, long y) {
        boolean isNone() {
            return x == 0 && y == 0;
        }

        boolean isLike(Step other, Rect region) {
            return Math.abs(x - other.x) <= region.width() / TOLERANCE
                    && Math.abs(y - other.y) <= region.height() / TOLERANCE;
        }
    }

    /** Where a program is: so many steps behind the beginning of a row, which may lie where no rectangle can. */
    private record Place(long x, long y, long rowX, long rowY, int steps) {
        static Place startOfRow(long x, long y) {
            return new Place(x, y, x, y, 0);
        }

        Place after(Step step) {
            return new Place(x + step.x, y + step.y, rowX, rowY, steps + 1);
        }

        Place nextRow(Step jump) {
            return startOfRow(rowX + jump.x, rowY + jump.y);
        }

        /** The same with regard to the row, where the program really went. */
        Place at(Rect region) {
            return steps == 0
                    ? startOfRow(region.x(), region.y())
                    : new Place(region.x(), region.y(), rowX, rowY, steps);
        }

        Step to(Rect region) {
            return new Step(region.x() - x, region.y() - y);
        }

        boolean isAbout(Rect region) {
            return to(region).isLike(NO_STEP, region);
        }
    }

    private static final Step NO_STEP = new Step(0, 0);

    /** Of the last region; null before the first. */
    private Place place;

    private Step step = NO_STEP;
    /** From one beginning of a row to the next, and steps between; none and 0 before a row was left. */
    private Step jump = NO_STEP;

    private int length;
    /** Steps in a row that were alike, less one. */
    private int steady;
    /** How many of the regions that follow the last one were told already. */
    private int told;

    /**
     * Notes where a program is, and guesses.
     *
     * @param region that it reads
     * @param count how many regions ahead are asked for
     * @return those that were not told before, the next one first; empty where nothing can be guessed
     */
    List<Rect> next(Rect region, int count) {
        if (place == null) {
            place = Place.startOfRow(region.x(), region.y());
        } else {
            Step moved = place.to(region);
            if (moved.isNone()) {
                return List.of();
            }
            follow(moved, region);
        }
        List<Rect> regions = new ArrayList<>();
        if (isSteady()) {
            Place ahead = place;
            for (int i = 1; i <= count; i++) {
                ahead = following(ahead);
                if (i > told && isCoordinate(ahead.x, region.width()) && isCoordinate(ahead.y, region.height())) {
                    regions.add(new Rect((int) ahead.x, (int) ahead.y, region.width(), region.height()));
                }
            }
            told = Math.max(told, count);
        }
        return regions;
    }

    /** Whether the last regions went on in even steps. */
    boolean isSteady() {
        return steady > 0;
    }

    private Place following(Place from) {
        return length > 0 && from.steps == length ? from.nextRow(jump) : from.after(step);
    }

    private void follow(Step moved, Rect region) {
        Place expected = following(place);
        if (steady > 0 && expected.isAbout(region)) {
            told--;
            if (expected.steps > 0) {
                step = moved;
                steady = STEADY;
            }
            place = expected.at(region);
            return;
        }
        told = 0;
        if (!step.isNone() && moved.isLike(step, region)) {
            // Further than the row before.
            steady = Math.min(steady + 1, STEADY);
            step = moved;
            place = place.after(step);
            length = 0;
        } else if (steady == STEADY) {
            jump = new Step(region.x() - place.rowX, region.y() - place.rowY);
            length = place.steps;
            steady--;
            place = Place.startOfRow(region.x(), region.y());
        } else {
            steady = 0;
            step = moved;
            length = 0;
            place = Place.startOfRow(place.x, place.y).after(step);
        }
    }

    private static boolean isCoordinate(long edge, int side) {
        return edge >= Integer.MIN_VALUE && edge <= Integer.MAX_VALUE - side;
    }
}
