package io.github.czi4j.mosaic;

import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Pixels;
import io.github.czi4j.model.Rect;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Copies several tiles of a mapped file at once, some rows of the output from left to right before the next ones: each page of
 * the output is visited once and not by every tile that lies in it, which takes a fifth less than tile by tile.
 */
final class StripCopy {
    /** Rows that are copied from a tile before it is the turn of its neighbour: 4 to 16 are alike. */
    private static final int ROWS = 8;

    /**
     * A visible part of a tile.
     *
     * @param rows the tile's samples and the output's
     * @param from index of the first sample of the part in the tile
     * @param step samples from row to row of the tile
     * @param x column of the output
     * @param width columns
     * @param top first row of the rows in work
     * @param bottom row behind the last one
     */
    private record Piece(Rows rows, int from, int step, int x, int width, int top, int bottom) {}

    private final Pixels output;
    /** Which row of the whole output the first one is. */
    private final int firstRow;

    private final List<Piece> pieces = new ArrayList<>();
    private int top = Integer.MAX_VALUE;
    private int bottom;

    private StripCopy(Pixels output, int firstRow) {
        this.output = output;
        this.firstRow = firstRow;
    }

    /**
     * Divides tiles into those that are copied at once: neighbours in a row of tiles.
     *
     * @param tiles in the order of reading
     * @param most tiles at once
     * @return index of the first tile of each part, and behind the last one
     */
    static int[] starts(List<PlannedTile> tiles, int most) {
        int[] starts = new int[tiles.size() + 1];
        int parts = 0;
        for (int i = 0; i < tiles.size(); i++) {
            Rect first = tiles.get(starts[Math.max(0, parts - 1)]).destination();
            Rect next = tiles.get(i).destination();
            int common = Math.min(first.bottom(), next.bottom()) - Math.max(first.y(), next.y());
            if (i == 0 || i - starts[parts - 1] == most || common < first.height() / 2) {
                starts[parts++] = i;
            }
        }
        starts[parts] = tiles.size();
        return Arrays.copyOf(starts, parts + 1);
    }

    /**
     * Copies the visible parts of some tiles, whose pixels all lie in the mapped file.
     *
     * @param tiles whose visible parts are disjoint
     * @param loader reads them
     * @param withMasks whether masks count
     * @param output rows of the output
     * @param firstRow which row of the whole output their first one is
     * @param context memory of the calling thread
     * @return the tiles; null if something is in the way, so that each must have its own turn. Any part of them may be
     *     copied then
     */
    static List<LoadedTile> copy(
            List<PlannedTile> tiles,
            TileLoader loader,
            boolean withMasks,
            Pixels output,
            int firstRow,
            WorkerContext context) {
        StripCopy copy = new StripCopy(output, firstRow);
        List<LoadedTile> loaded = new ArrayList<>();
        try {
            for (PlannedTile tile : tiles) {
                LoadedTile one = loader.load(tile.row(), context, withMasks);
                loaded.add(one);
                if (!copy.add(one, tile)) {
                    return null;
                }
            }
            copy.run();
            for (LoadedTile one : loaded) {
                one.checkStillThere();
            }
            return loaded;
        } catch (CziException | InternalError | OutOfMemoryError e) {
            // Whose fault it was is found out tile by tile.
            return null;
        }
    }

    /** Adds a tile; false if it is better copied by itself, or cannot be copied as it is. */
    private boolean add(LoadedTile tile, PlannedTile planned) {
        // An array would be the worker's, which the next tile may need.
        boolean isPlain = tile.mask() == null
                && tile.split() == null
                && tile.format().pixelType() == output.type()
                && !tile.pixels().hasArray();
        if (!isPlain || !(planned.columns() instanceof AxisMapping columns) || !columns.isShift()) {
            return false;
        }
        AxisMapping lines = (AxisMapping) planned.rows();
        Rows rows = new Rows(tile.pixels(), output);
        int samples = output.type().samplesPerPixel();
        int tileWidth = tile.format().width();
        Rect all = new Rect(0, firstRow, output.width(), output.height());
        for (Rect visible : planned.visible()) {
            Rect part = visible.intersection(all);
            if (part.width() == output.width()) {
                return false;
            }
            if (!part.isEmpty()) {
                int from = (lines.source(part.y()) * tileWidth + columns.source(part.x())) * samples;
                int begin = part.y() - firstRow;
                int end = begin + part.height();
                pieces.add(new Piece(rows, from, tileWidth * samples, part.x(), part.width(), begin, end));
                top = Math.min(top, begin);
                bottom = Math.max(bottom, end);
            }
        }
        return true;
    }

    private void run() {
        pieces.sort(Comparator.comparingInt(Piece::x));
        for (int from = top; from < bottom; from += ROWS) {
            for (Piece piece : pieces) {
                copy(piece, Math.max(from, piece.top), Math.min(from + ROWS, piece.bottom));
            }
        }
    }

    private void copy(Piece piece, int from, int to) {
        int samples = output.type().samplesPerPixel();
        for (int y = from; y < to; y++) {
            piece.rows.copy(
                    piece.from + (y - piece.top) * piece.step,
                    (y * output.width() + piece.x) * samples,
                    piece.width * samples);
        }
    }
}
