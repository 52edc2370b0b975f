package io.github.czi4j.bench.profile;

import io.github.czi4j.CziReader;
import io.github.czi4j.MosaicPlan;
import io.github.czi4j.MosaicRequest;
import io.github.czi4j.bench.measure.PlaneChoice;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Rect;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The tiles that a profile loads: the whole plane as one mosaic if it is small, else a sample in strata, each tile by a
 * mosaic of the largest part of it that no other tile hides. The strata are those of compression and stored size; each has
 * its share of the sample, one tile at least, evenly spread in the order of the file. Never the first ones alone: tiles at
 * the rim are often empty and compress better than those with tissue.
 *
 * @param requests mosaics to read, one after the other
 * @param tilesOfPlane visible tiles on the plane
 * @param tiles tiles to read
 * @param outputPixels pixels of the mosaics
 * @param decodedPixels pixels of the tiles
 * @param deliveredPixels pixels of the mosaics that tiles fill
 * @param hiddenTiles tiles of the mosaics that others hide
 * @param visibleShare for each tile the part of its pixels that is delivered
 * @param region bounding box of the mosaics, raw coordinates in pixels of layer 0
 * @param pixelType of the mosaics
 */
public record TileSample(
        List<MosaicRequest> requests,
        int tilesOfPlane,
        int tiles,
        long outputPixels,
        long decodedPixels,
        long deliveredPixels,
        int hiddenTiles,
        Map<Integer, Double> visibleShare,
        Rect region,
        PixelType pixelType) {

    /**
     * Chooses.
     *
     * @param reader the file
     * @param choice the plane
     * @param maxTiles most tiles to load, at least 1
     * @param maxBytes most memory that one mosaic may take by the plan
     * @return the sample
     * @throws CziException if no plan can be made
     */
    public static TileSample of(CziReader reader, PlaneChoice choice, int maxTiles, long maxBytes) throws CziException {
        MosaicRequest whole = choice.apply(MosaicRequest.wholeImage());
        MosaicPlan plan = reader.plan(whole);
        int count = plan.tiles().size();
        if (count <= maxTiles && plan.predictedPeakBytes() <= maxBytes) {
            return sum(reader, List.of(whole), count);
        }
        List<MosaicPlan.Tile> inFileOrder = new ArrayList<>(plan.tiles());
        inFileOrder.sort(Comparator.comparingLong(tile -> tile.subblock().filePosition()));
        List<MosaicRequest> requests = new ArrayList<>();
        for (MosaicPlan.Tile tile : stratified(reader, inFileOrder, Math.min(maxTiles, count))) {
            Rect part = tile.visibleParts().stream()
                    .max(Comparator.comparingLong(Rect::area))
                    .orElseThrow();
            requests.add(choice.apply(MosaicRequest.region(
                    part.translate(plan.region().x(), plan.region().y()))));
        }
        return sum(reader, requests, count);
    }

    private static List<MosaicPlan.Tile> stratified(CziReader reader, List<MosaicPlan.Tile> inFileOrder, int wanted) {
        StoredSizes sizes = new StoredSizes(reader);
        Map<Stratum, List<MosaicPlan.Tile>> strata = inFileOrder.stream()
                .collect(Collectors.groupingBy(tile -> sizes.stratum(tile.subblock()), Collectors.toList()));
        List<List<MosaicPlan.Tile>> bySize = strata.values().stream()
                .sorted(Comparator.<List<MosaicPlan.Tile>>comparingInt(List::size)
                        .reversed()
                        .thenComparingLong(tiles -> tiles.get(0).subblock().filePosition()))
                .toList();
        int[] shares = shares(bySize.stream().mapToInt(List::size).toArray(), wanted);
        List<MosaicPlan.Tile> chosen = new ArrayList<>();
        for (int s = 0; s < shares.length; s++) {
            List<MosaicPlan.Tile> tiles = bySize.get(s);
            for (int i = 0; i < shares[s]; i++) {
                chosen.add(tiles.get((int) ((i + 0.5) * tiles.size() / shares[s])));
            }
        }
        chosen.sort(Comparator.comparingLong(tile -> tile.subblock().filePosition()));
        return chosen;
    }

    /**
     * How many of each stratum are wanted: one of each, the largest first, then in proportion (Sainte-Laguë).
     *
     * @param sizes of the strata, descending
     * @param wanted at most their sum
     */
    static int[] shares(int[] sizes, int wanted) {
        int[] shares = new int[sizes.length];
        for (int given = 0; given < wanted; given++) {
            int next = 0;
            double highest = -1;
            for (int i = 0; i < sizes.length; i++) {
                double claim =
                        shares[i] == sizes[i] ? -1 : shares[i] == 0 ? Double.MAX_VALUE : sizes[i] / (shares[i] + 0.5);
                if (claim > highest) {
                    highest = claim;
                    next = i;
                }
            }
            shares[next]++;
        }
        return shares;
    }

    private static TileSample sum(CziReader reader, List<MosaicRequest> requests, int tilesOfPlane)
            throws CziException {
        long output = 0;
        long decoded = 0;
        long delivered = 0;
        int tiles = 0;
        int hidden = 0;
        Rect region = null;
        PixelType type = null;
        Map<Integer, Double> shares = new HashMap<>();
        for (MosaicRequest request : requests) {
            MosaicPlan plan = reader.plan(request);
            output += (long) plan.width() * plan.height();
            tiles += plan.tiles().size();
            hidden += plan.hidden().length;
            region = region == null ? plan.region() : union(region, plan.region());
            type = plan.pixelType();
            for (MosaicPlan.Tile tile : plan.tiles()) {
                long all =
                        (long) tile.subblock().storedWidth() * tile.subblock().storedHeight();
                long visible =
                        tile.visibleParts().stream().mapToLong(Rect::area).sum();
                decoded += all;
                delivered += visible;
                shares.merge(tile.subblock().index(), (double) visible / all, Double::sum);
            }
        }
        return new TileSample(
                List.copyOf(requests), tilesOfPlane, tiles, output, decoded, delivered, hidden, shares, region, type);
    }

    private static Rect union(Rect a, Rect b) {
        return Rect.ofEdges(
                Math.min(a.x(), b.x()),
                Math.min(a.y(), b.y()),
                Math.max(a.right(), b.right()),
                Math.max(a.bottom(), b.bottom()));
    }

    /**
     * Whether the plane is loaded as one.
     *
     * @return false if tiles are loaded one by one
     */
    public boolean isWholePlane() {
        return requests.size() == 1 && tiles == tilesOfPlane;
    }

    /** What is loaded, in words. */
    @Override
    public String toString() {
        return isWholePlane()
                ? "all " + tiles + " visible tiles of the plane, as one mosaic"
                : tiles + " of " + tilesOfPlane
                        + " visible tiles of the plane, of each compression and size and from all"
                        + " parts of the file, each loaded alone";
    }
}
