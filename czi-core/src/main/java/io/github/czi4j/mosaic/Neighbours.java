package io.github.czi4j.mosaic;

import io.github.czi4j.index.SubblockDirectory;
import io.github.czi4j.model.Rect;
import java.util.BitSet;
import java.util.List;

/**
 * Guesses which tiles a program that looks here and there in a picture will want: those that are nearest to where it looked
 * last. Never more than it has asked for so far, and none unless all that are left have room. Not thread-safe.
 */
final class Neighbours {
    /** Who asks for fewer regions wants these alone. */
    private static final int MIN_REGIONS = 4;
    /** Of a picture with more tiles it takes longer to find the nearest than to decode it. */
    static final int MAX_TILES = 1 << 14;

    static final int NONE = -1;

    /** Tiles that were asked for, by index in the directory, and those that were guessed. */
    private final BitSet wanted = new BitSet();

    private final BitSet guessed = new BitSet();
    private int credit;
    private int regions;
    private Rect latest;
    private State state = State.UNPLANNED;
    /** Of the whole picture, once it is planned. */
    private Plan picture;

    private enum State {
        UNPLANNED,
        BEING_PLANNED,
        PLANNED,
        /** No tile is left, or too many are to have room. */
        OVER
    }

    /**
     * Notes where the program looks.
     *
     * @param plan of the region
     * @param loader of its tiles; those that need no decoding do not count
     */
    void note(Plan plan, TileLoader loader) {
        regions++;
        latest = plan.input().region();
        for (PlannedTile tile : plan.tiles()) {
            if (!wanted.get(tile.row()) && !loader.isInMap(tile.row())) {
                wanted.set(tile.row());
                credit++;
            }
        }
    }

    /** Whether nothing will be guessed any more. */
    boolean isOver() {
        return state == State.OVER;
    }

    /** For how many tiles there is work now; planning the picture counts too. */
    int credit() {
        boolean isIdle = regions < MIN_REGIONS || state == State.BEING_PLANNED || isOver();
        return isIdle ? 0 : credit;
    }

    /** True for the first that asks while the picture is not planned: who was told so plans it. */
    boolean wantsPlan() {
        boolean isFirst = state == State.UNPLANNED && credit() > 0;
        if (isFirst) {
            state = State.BEING_PLANNED;
        }
        return isFirst;
    }

    /**
     * Guesses from now on.
     *
     * @param whole plan of the whole picture; null if it has too many tiles
     */
    void plan(Plan whole) {
        picture = whole;
        state = whole == null ? State.OVER : State.PLANNED;
    }

    /**
     * The next guess.
     *
     * @param room bytes that decoded tiles may take
     * @return index in the directory, or {@link #NONE}
     */
    int next(long room) {
        if (state != State.PLANNED || credit == 0) {
            return NONE;
        }
        SubblockDirectory directory = picture.directory();
        List<PlannedTile> tiles = picture.tiles();
        int nearest = NONE;
        double least = Double.POSITIVE_INFINITY;
        int left = 0;
        for (PlannedTile tile : tiles) {
            int row = tile.row();
            if (!wanted.get(row) && !guessed.get(row)) {
                left++;
                double distance = distance(directory.logical(row), latest);
                if (distance < least) {
                    least = distance;
                    nearest = row;
                }
            }
        }
        boolean isTold = nearest != NONE && left <= room / picture.largestTileBytes();
        if (!isTold || left == 1) {
            state = State.OVER;
        }
        if (!isTold) {
            return NONE;
        }
        credit--;
        guessed.set(nearest);
        return nearest;
    }

    /** Of their middles, squared. */
    private static double distance(Rect one, Rect other) {
        double x = one.x() + one.width() / 2.0 - other.x() - other.width() / 2.0;
        double y = one.y() + one.height() / 2.0 - other.y() - other.height() / 2.0;
        return x * x + y * y;
    }
}
