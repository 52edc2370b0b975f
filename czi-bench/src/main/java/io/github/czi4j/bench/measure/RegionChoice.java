package io.github.czi4j.bench.measure;

import io.github.czi4j.CziReader;
import io.github.czi4j.MosaicPlan;
import io.github.czi4j.MosaicRequest;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Rect;
import io.github.czi4j.model.SubblockInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A region of a plane that takes no more than so many tiles to read: what all strategies of a comparison load.
 *
 * @param request the mosaic, without a parallelism
 * @param plan what it reads
 * @param tilesOfPlane tiles of full resolution on the plane
 * @param reason why it is not the whole plane, empty if it is
 */
public record RegionChoice(MosaicRequest request, MosaicPlan plan, int tilesOfPlane, String reason) {
    /** How much of a tile may be cut off to keep a neighbour out. */
    private static final double MOST_CUT = 0.25;

    /**
     * Chooses: the whole plane if it is small enough, else the tiles around the one nearest to the middle, as a
     * rectangle that leaves the overlap with their neighbours out.
     *
     * @param reader the file
     * @param choice the plane
     * @param maxTiles most tiles to read, at least 1
     * @param maxBytes most memory that reading may take by the plan
     * @return the region; a single tile may exceed the limits
     * @throws CziException if no plan can be made
     */
    public static RegionChoice of(CziReader reader, PlaneChoice choice, int maxTiles, long maxBytes)
            throws CziException {
        int count = choice.tiles(reader).count();
        if (count <= maxTiles) {
            MosaicRequest whole = choice.apply(MosaicRequest.wholeImage());
            MosaicPlan plan = reader.plan(whole);
            if (fits(plan, maxTiles, maxBytes)) {
                return new RegionChoice(whole, plan, count, "");
            }
        }
        List<Rect> tiles = new ArrayList<>(
                choice.tiles(reader).stream().map(tile -> tile.info().logical()).toList());
        Rect middle = nearest(tiles, boxOf(tiles));
        tiles.sort(Comparator.comparingDouble(tile -> distance(tile, middle)));
        int fitting = 1;
        int beyond = Math.min(count, maxTiles) + 1;
        while (beyond - fitting > 1) {
            int tried = (fitting + beyond) >>> 1;
            if (fits(reader.plan(request(choice, tiles, tried)), maxTiles, maxBytes)) {
                fitting = tried;
            } else {
                beyond = tried;
            }
        }
        MosaicRequest request = request(choice, tiles, fitting);
        MosaicPlan plan = reader.plan(request);
        String reason = plan.tiles().size() < Math.min(maxTiles, count) && count <= maxTiles
                ? "more would not fit the memory"
                : "at most " + maxTiles + " tiles were asked for";
        return new RegionChoice(request, plan, count, reason);
    }

    private static boolean fits(MosaicPlan plan, int maxTiles, long maxBytes) {
        return plan.tiles().size() <= maxTiles && plan.predictedPeakBytes() <= maxBytes;
    }

    private static MosaicRequest request(PlaneChoice choice, List<Rect> tiles, int count) {
        return choice.apply(MosaicRequest.region(trim(boxOf(tiles.subList(0, count)), tiles, count)));
    }

    /** Moves the edges of a box inwards where others than the chosen tiles reach over them a little. */
    private static Rect trim(Rect box, List<Rect> tiles, int count) {
        Rect trimmed = box;
        for (Rect other : tiles.subList(count, tiles.size())) {
            if (!other.intersects(trimmed)) {
                continue;
            }
            Rect[] sides = {
                Rect.ofEdges(Math.max(trimmed.x(), other.right()), trimmed.y(), trimmed.right(), trimmed.bottom()),
                Rect.ofEdges(trimmed.x(), trimmed.y(), Math.min(trimmed.right(), other.x()), trimmed.bottom()),
                Rect.ofEdges(trimmed.x(), Math.max(trimmed.y(), other.bottom()), trimmed.right(), trimmed.bottom()),
                Rect.ofEdges(trimmed.x(), trimmed.y(), trimmed.right(), Math.min(trimmed.bottom(), other.y()))
            };
            Rect best = Rect.EMPTY;
            for (Rect side : sides) {
                boolean isSlight = trimmed.width() - side.width() <= MOST_CUT * other.width()
                        && trimmed.height() - side.height() <= MOST_CUT * other.height();
                best = isSlight && side.area() > best.area() ? side : best;
            }
            trimmed = best.isEmpty() ? trimmed : best;
        }
        return trimmed;
    }

    private static Rect boxOf(List<Rect> tiles) {
        int left = Integer.MAX_VALUE;
        int top = Integer.MAX_VALUE;
        int right = Integer.MIN_VALUE;
        int bottom = Integer.MIN_VALUE;
        for (Rect tile : tiles) {
            left = Math.min(left, tile.x());
            top = Math.min(top, tile.y());
            right = Math.max(right, tile.right());
            bottom = Math.max(bottom, tile.bottom());
        }
        return Rect.ofEdges(left, top, right, bottom);
    }

    private static Rect nearest(List<Rect> tiles, Rect to) {
        return tiles.stream()
                .min(Comparator.comparingDouble(tile -> distance(tile, to)))
                .orElseThrow();
    }

    /**
     * Of the middles, the larger of the two axes, so that what is near is a rectangle; and to the right nearer than to
     * the left, below and above, so that the rectangle grows by one side at a time.
     */
    private static double distance(Rect tile, Rect middle) {
        double dx = tile.x() + tile.width() / 2.0 - middle.x() - middle.width() / 2.0;
        double dy = tile.y() + tile.height() / 2.0 - middle.y() - middle.height() / 2.0;
        double horizontal = dx >= 0 ? dx : 0.1 * tile.width() - dx;
        double vertical = dy >= 0 ? 0.2 * tile.height() + dy : 0.3 * tile.height() - dy;
        return Math.max(horizontal, vertical);
    }

    /**
     * Pixels that are decoded.
     *
     * @return the sum over the tiles
     */
    public long decodedPixels() {
        return plan.tiles().stream()
                .mapToLong(tile -> {
                    SubblockInfo info = tile.subblock();
                    return (long) info.storedWidth() * info.storedHeight();
                })
                .sum();
    }

    /**
     * Pixels of the output that a tile fills.
     *
     * @param tile of a plan
     * @return area of its visible parts
     */
    public static long visiblePixels(MosaicPlan.Tile tile) {
        return tile.visibleParts().stream().mapToLong(Rect::area).sum();
    }

    /**
     * Pixels that are delivered, background included.
     *
     * @return those of the mosaic
     */
    public long outputPixels() {
        return (long) plan.width() * plan.height();
    }

    /** For instance {@code 98 of 400 tiles, region 0,0,8192,8192 (at most 100 tiles were asked for)}. */
    @Override
    public String toString() {
        int drawn = plan.tiles().size();
        String hidden = plan.hidden().length == 0 ? "" : " (" + plan.hidden().length + " hidden ones are not read)";
        return drawn + " of " + tilesOfPlane + " tiles" + hidden + ", region " + plan.region()
                + (reason.isEmpty() ? ": the whole plane" : ": " + reason);
    }
}
