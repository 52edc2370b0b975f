package io.github.czi4j.bench.report.html;

import io.github.czi4j.bench.report.Members;
import io.github.czi4j.bench.report.Quantities;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What tiles took, where they lie on the slide. */
final class TileMap {
    /** More rectangles make the page slow; they are put together in cells then. */
    private static final int MAX_RECTANGLES = 4000;

    private static final int CELLS = 90;
    private static final double VIEW = 1000;
    private static final int MARKED = 3;
    /** A colour map that looks the same to the colour-blind, and as grey: cividis. */
    private static final int[] COLOURS = {0x00224E, 0x2A3F6D, 0x575C6D, 0x7D7C78, 0xA59C74, 0xD2C060, 0xFEE838};

    private record Cell(double x, double y, double width, double height, double seconds, String name) {}

    private TileMap() {}

    static void write(Html html, Members all) {
        List<TileTimes> readings =
                TileTimes.of(all).stream().filter(TileTimes::hasPlace).toList();
        List<TileTimes> tiles = once(readings);
        if (tiles.size() < 2) {
            return;
        }
        double left = tiles.stream().mapToDouble(TileTimes::x).min().orElse(0);
        double top = tiles.stream().mapToDouble(TileTimes::y).min().orElse(0);
        double right = tiles.stream()
                .mapToDouble(tile -> tile.x() + tile.width())
                .max()
                .orElse(1);
        double bottom = tiles.stream()
                .mapToDouble(tile -> tile.y() + tile.height())
                .max()
                .orElse(1);
        boolean isBinned = tiles.size() > MAX_RECTANGLES;
        double scale = VIEW / Math.max(right - left, bottom - top);
        List<Cell> cells = isBinned ? binned(tiles, left, top, right, bottom) : single(tiles);
        double[] sorted = cells.stream().mapToDouble(Cell::seconds).sorted().toArray();
        double low = sorted[0];
        // A single slow tile must not paint all others in one colour.
        double high = Math.max(sorted[(int) (0.98 * (sorted.length - 1))], low * 1.0001);
        Page.section(
                html,
                "Over the slide",
                (isBinned ? "Median time of the tiles of each cell" : "Time of each tile where it lies")
                        + (tiles.size() < readings.size() ? ", of one that was read several times the median" : "")
                        + "; the slowest are numbered. Extent " + Quantities.count(right - left) + " × "
                        + Quantities.count(bottom - top) + " pixels, upper left corner at "
                        + Quantities.count(left) + ", " + Quantities.count(top) + ".");
        List<Cell> slowest = cells.stream()
                .sorted(Comparator.comparingDouble(Cell::seconds).reversed())
                .limit(MARKED)
                .toList();
        html.tag("figure", "class", "map");
        html.tag(
                "svg",
                "viewBox",
                "-4 -4 " + number((right - left) * scale + 8) + " " + number((bottom - top) * scale + 8),
                "role",
                "img",
                "aria-label",
                "Map of tile times; the slowest is " + slowest.get(0).name() + " with "
                        + Quantities.seconds(slowest.get(0).seconds()));
        for (Cell cell : cells) {
            html.tag(
                    "rect",
                    "x",
                    number((cell.x() - left) * scale),
                    "y",
                    number((cell.y() - top) * scale),
                    "width",
                    number(cell.width() * scale),
                    "height",
                    number(cell.height() * scale),
                    "fill",
                    colour((cell.seconds() - low) / (high - low)),
                    "data-t",
                    cell.name() + " · " + Quantities.seconds(cell.seconds()));
        }
        for (int i = 0; i < slowest.size(); i++) {
            mark(html, slowest.get(i), i + 1, left, top, scale);
        }
        html.end();
        legend(html, low, high, sorted[sorted.length - 1]);
        html.element("p", " ", "class", "readout", "id", "read-map", "aria-hidden", "true");
        html.end();
        List<List<String>> rows = new ArrayList<>();
        for (Cell cell : slowest) {
            rows.add(List.of(
                    Integer.toString(rows.size() + 1),
                    cell.name(),
                    Quantities.count(cell.x()),
                    Quantities.count(cell.y()),
                    Quantities.seconds(cell.seconds())));
        }
        Page.table(html, "Numbered on the map", List.of("number", "what", "x>", "y>", "time>"), rows);
        Page.end(html);
    }

    /** Of a tile that a program read several times the reading with the median time: only one can be seen. */
    private static List<TileTimes> once(List<TileTimes> readings) {
        return readings.stream()
                .collect(Collectors.groupingBy(
                        tile -> List.of(tile.index(), tile.x(), tile.y()), LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(same -> same.stream()
                        .sorted(Comparator.comparingDouble(TileTimes::seconds))
                        .toList()
                        .get((same.size() - 1) / 2))
                .toList();
    }

    private static void mark(Html html, Cell cell, int number, double left, double top, double scale) {
        double x = (cell.x() + cell.width() / 2 - left) * scale;
        double y = (cell.y() + cell.height() / 2 - top) * scale;
        html.tag("circle", "class", "mark", "cx", number(x), "cy", number(y), "r", "21")
                .end();
        html.element("text", Integer.toString(number), "class", "mark", "x", number(x), "y", number(y + 10));
    }

    private static void legend(Html html, double low, double high, double slowest) {
        html.tag("div", "class", "ramp");
        html.element("span", Quantities.seconds(low));
        StringBuilder gradient = new StringBuilder("background:linear-gradient(to right");
        for (int colour : COLOURS) {
            gradient.append(String.format(Locale.ROOT, ",#%06x", colour));
        }
        html.element(
                "span", "", "class", "ramp-bar", "style", gradient.append(')').toString());
        html.element(
                "span",
                Quantities.seconds(high)
                        + (slowest > high * 1.01 ? " and more, to " + Quantities.seconds(slowest) : ""));
        html.end();
    }

    private static List<Cell> single(List<TileTimes> tiles) {
        return tiles.stream()
                .map(tile -> new Cell(tile.x(), tile.y(), tile.width(), tile.height(), tile.seconds(), tile.name()))
                .toList();
    }

    private static List<Cell> binned(List<TileTimes> tiles, double left, double top, double right, double bottom) {
        double side = Math.max(right - left, bottom - top) / CELLS;
        int columns = (int) Math.ceil((right - left) / side) + 1;
        List<List<TileTimes>> bins = new ArrayList<>();
        int rows = (int) Math.ceil((bottom - top) / side) + 1;
        for (int i = 0; i < columns * rows; i++) {
            bins.add(new ArrayList<>());
        }
        for (TileTimes tile : tiles) {
            int column = (int) ((tile.x() + tile.width() / 2 - left) / side);
            int row = (int) ((tile.y() + tile.height() / 2 - top) / side);
            bins.get(row * columns + column).add(tile);
        }
        List<Cell> cells = new ArrayList<>();
        for (int i = 0; i < bins.size(); i++) {
            List<TileTimes> bin = bins.get(i);
            if (!bin.isEmpty()) {
                double[] seconds =
                        bin.stream().mapToDouble(TileTimes::seconds).sorted().toArray();
                cells.add(new Cell(
                        left + (i % columns) * side,
                        top + (i / columns) * side,
                        side,
                        side,
                        seconds[seconds.length / 2],
                        bin.size() + " tiles"));
            }
        }
        return cells;
    }

    /** A colour of the map, between two of its stops. */
    static String colour(double share) {
        double at = Math.max(0, Math.min(1, share)) * (COLOURS.length - 1);
        int index = Math.min((int) at, COLOURS.length - 2);
        double part = at - index;
        int[] rgb = new int[3];
        Arrays.setAll(rgb, i -> {
            int shift = 16 - 8 * i;
            int from = COLOURS[index] >> shift & 0xFF;
            int to = COLOURS[index + 1] >> shift & 0xFF;
            return (int) Math.round(from + part * (to - from));
        });
        return String.format(Locale.ROOT, "#%02x%02x%02x", rgb[0], rgb[1], rgb[2]);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
