package io.github.czi4j.bench.report.html;

import io.github.czi4j.bench.report.Members;
import java.util.List;

/**
 * A tile of {@code tiles.list}.
 *
 * @param index of the subblock
 * @param start seconds since the pass began
 * @param read seconds
 * @param decode seconds
 * @param place seconds
 * @param x left edge, NaN if it is not known
 * @param y upper edge
 * @param width in pixels
 * @param height in pixels
 */
record TileTimes(
        double index,
        double start,
        double read,
        double decode,
        double place,
        double x,
        double y,
        double width,
        double height) {

    /** The tiles of a profile that have a time. */
    static List<TileTimes> of(Members all) {
        return all.at("tiles", "list").list().stream()
                .map(tile -> new TileTimes(
                        tile.number("index"),
                        tile.number("startSeconds"),
                        orZero(tile.number("readSeconds")),
                        orZero(tile.number("decodeSeconds")),
                        orZero(tile.number("placeSeconds")),
                        tile.number("x"),
                        tile.number("y"),
                        tile.number("width"),
                        tile.number("height")))
                .filter(tile -> tile.seconds() > 0)
                .toList();
    }

    private static double orZero(double seconds) {
        return Double.isNaN(seconds) || seconds < 0 ? 0 : seconds;
    }

    double seconds() {
        return read + decode + place;
    }

    boolean hasPlace() {
        return width > 0 && height > 0 && !Double.isNaN(x + y);
    }

    String name() {
        return Double.isNaN(index) ? "a tile" : "tile " + (long) index;
    }
}
