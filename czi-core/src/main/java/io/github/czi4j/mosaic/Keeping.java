package io.github.czi4j.mosaic;

import io.github.czi4j.model.Rect;
import java.util.BitSet;

/** Which tiles are kept decoded, and how many of their rows. Immutable and thread-safe. */
public final class Keeping {
    static final Keeping WHOLE_TILES = new Keeping(null, true, null, null);

    /** Of the picture that tiles are kept for; null only where {@link #WHOLE_TILES} are. */
    private final Plan plan;

    private final boolean isWhole;
    /** Tiles that lie in it are not kept; null to keep them. */
    private final Rect done;
    /** By index in the directory; null for all. */
    private final BitSet chosen;

    private Keeping(Plan plan, boolean isWhole, Rect done, BitSet chosen) {
        this.plan = plan;
        this.isWhole = isWhole;
        this.done = done;
        this.chosen = chosen;
    }

    /**
     * Keeps all tiles.
     *
     * @param plan of a mosaic of the picture
     * @param isWhole whether all of a tile is kept, rather than what is not hidden by others wherever a region may lie
     * @return what to keep
     */
    public static Keeping all(Plan plan, boolean isWhole) {
        return new Keeping(plan, isWhole, null, null);
    }

    /**
     * Keeps the tiles that the edge of a mosaic's region cuts through: its neighbours will want them as well, the others nobody
     * that is known.
     *
     * @param plan of the mosaic
     * @param isWhole as for {@link #all}
     * @return what to keep
     */
    public static Keeping edges(Plan plan, boolean isWhole) {
        return new Keeping(plan, isWhole, plan.input().region(), null);
    }

    /**
     * Keeps some tiles.
     *
     * @param plan of a mosaic of the picture
     * @param isWhole as for {@link #all}
     * @param tiles by index in the directory; not changed any more
     * @return what to keep
     */
    public static Keeping some(Plan plan, boolean isWhole, BitSet tiles) {
        return new Keeping(plan, isWhole, null, tiles);
    }

    /** As many rows of all tiles. */
    Keeping ofAllTiles() {
        return done == null && chosen == null ? this : new Keeping(plan, isWhole, null, null);
    }

    boolean isKept(int row) {
        return (chosen == null || chosen.get(row))
                && (done == null || !done.contains(plan.directory().logical(row)));
    }

    /** Rows of a tile that are kept, from the top; more than it has for all. */
    int rows(int row) {
        return isWhole ? Integer.MAX_VALUE : Planner.rowsSeen(plan, row);
    }
}
