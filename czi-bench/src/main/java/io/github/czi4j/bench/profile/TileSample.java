package io.github.czi4j.bench.profile;

import io.github.czi4j.CziReader;
import io.github.czi4j.MosaicPlan;
import io.github.czi4j.MosaicRequest;
import io.github.czi4j.Subblock;
import io.github.czi4j.Subblocks;
import io.github.czi4j.bench.measure.PlaneChoice;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Dimension;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Rect;
import io.github.czi4j.model.SubblockInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The tiles that a profile loads: the whole plane as one mosaic if it is small, else a sample in strata, each tile by a
 * mosaic of the largest part of it that no other tile hides. The strata are those of compression and stored size; each has
 * its share of the sample, one tile at least, evenly spread in the order of the file. Never the first ones alone: tiles at
 * the rim are often empty and compress better than those with tissue. A plane of a few tiles, as stacks and time series
 * have, is too small a sample: then tiles of all planes are taken.
 *
 * @param requests mosaics to read, one after the other
 * @param tilesOfPlane visible tiles on the plane, or on all planes that tiles were taken from
 * @param isAcrossPlanes whether tiles of all planes were taken
 * @param tiles tiles to read
 * @param outputPixels pixels of the mosaics
 * @param decodedPixels pixels of the tiles
 * @param deliveredPixels pixels of the mosaics that tiles fill
 * @param hiddenTiles tiles of the mosaics that others hide
 * @param visibleShare for each tile the part of its pixels that is delivered, on average of the mosaics that it is read for
 * @param region bounding box of the mosaics, raw coordinates in pixels of layer 0
 * @param pixelType of the mosaics
 */
public record TileSample(
        List<MosaicRequest> requests,
        int tilesOfPlane,
        boolean isAcrossPlanes,
        int tiles,
        long outputPixels,
        long decodedPixels,
        long deliveredPixels,
        int hiddenTiles,
        Map<Integer, Double> visibleShare,
        Rect region,
        PixelType pixelType) {
    /** Tiles of a plane below which others are looked at too. */
    private static final int FEW = 10;

    /**
     * Chooses.
     *
     * @param reader the file
     * @param choice the plane
     * @param channel index of the only channel to take tiles from, or null for any
     * @param maxTiles most tiles to load, at least 1
     * @param maxBytes most memory that one mosaic may take by the plan
     * @return the sample
     * @throws CziException if no plan can be made
     */
    public static TileSample of(CziReader reader, PlaneChoice choice, Integer channel, int maxTiles, long maxBytes)
            throws CziException {
        MosaicRequest whole = choice.apply(MosaicRequest.wholeImage());
        MosaicPlan plan = reader.plan(whole);
        int count = plan.tiles().size();
        if (count < Math.min(FEW, maxTiles)) {
            List<SubblockInfo> all = ofAllPlanes(reader, choice, channel);
            if (all.size() > count) {
                return acrossPlanes(reader, choice, all, maxTiles);
            }
        }
        if (count <= maxTiles && plan.predictedPeakBytes() <= maxBytes) {
            return sum(reader, List.of(whole), count, false);
        }
        List<MosaicPlan.Tile> inFileOrder = new ArrayList<>(plan.tiles());
        inFileOrder.sort(Comparator.comparingLong(tile -> tile.subblock().filePosition()));
        List<MosaicRequest> requests = new ArrayList<>();
        for (MosaicPlan.Tile tile :
                stratified(reader, inFileOrder, MosaicPlan.Tile::subblock, Math.min(maxTiles, count))) {
            Rect part = tile.visibleParts().stream()
                    .max(Comparator.comparingLong(Rect::area))
                    .orElseThrow();
            requests.add(choice.apply(MosaicRequest.region(
                    part.translate(plan.region().x(), plan.region().y()))));
        }
        return sum(reader, requests, count, false);
    }

    private static List<SubblockInfo> ofAllPlanes(CziReader reader, PlaneChoice choice, Integer channel) {
        Subblocks tiles = reader.subblocks().layer0();
        return (choice.scene() == null ? tiles : tiles.inScene(choice.scene()))
                .stream()
                        .map(Subblock::info)
                        .filter(info -> channel == null
                                || info.coordinate().has(Dimension.C)
                                        && info.coordinate().get(Dimension.C) == channel)
                        .sorted(Comparator.comparingLong(SubblockInfo::filePosition))
                        .toList();
    }

    private static TileSample acrossPlanes(
            CziReader reader, PlaneChoice choice, List<SubblockInfo> inFileOrder, int maxTiles) throws CziException {
        int wanted = Math.min(maxTiles, inFileOrder.size());
        List<MosaicRequest> requests = new ArrayList<>();
        for (SubblockInfo tile : stratified(reader, inFileOrder, Function.identity(), wanted)) {
            PlaneChoice own = new PlaneChoice(tile.coordinate().without(Dimension.S), choice.scene());
            requests.add(own.apply(MosaicRequest.region(tile.logical())));
        }
        return sum(reader, requests, inFileOrder.size(), true);
    }

    private static <T> List<T> stratified(
            CziReader reader, List<T> inFileOrder, Function<T, SubblockInfo> info, int wanted) {
        StoredSizes sizes = new StoredSizes(reader);
        Map<Stratum, List<T>> strata = inFileOrder.stream()
                .collect(Collectors.groupingBy(tile -> sizes.stratum(info.apply(tile)), Collectors.toList()));
        List<List<T>> bySize = strata.values().stream()
                .sorted(Comparator.<List<T>>comparingInt(List::size)
                        .reversed()
                        .thenComparingLong(tiles -> info.apply(tiles.get(0)).filePosition()))
                .toList();
        int[] shares = shares(bySize.stream().mapToInt(List::size).toArray(), wanted);
        List<T> chosen = new ArrayList<>();
        for (int s = 0; s < shares.length; s++) {
            List<T> tiles = bySize.get(s);
            for (int i = 0; i < shares[s]; i++) {
                chosen.add(tiles.get((int) ((i + 0.5) * tiles.size() / shares[s])));
            }
        }
        chosen.sort(Comparator.comparingLong(tile -> info.apply(tile).filePosition()));
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

    /** The same with some of its mosaics alone. */
    TileSample only(CziReader reader, List<MosaicRequest> some) throws CziException {
        return sum(reader, some, tilesOfPlane, isAcrossPlanes);
    }

    private static TileSample sum(
            CziReader reader, List<MosaicRequest> requests, int tilesOfPlane, boolean isAcrossPlanes)
            throws CziException {
        long output = 0;
        long decoded = 0;
        long delivered = 0;
        int tiles = 0;
        int hidden = 0;
        Rect region = null;
        PixelType type = null;
        Map<Integer, List<Double>> shares = new HashMap<>();
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
                shares.computeIfAbsent(tile.subblock().index(), index -> new ArrayList<>())
                        .add((double) visible / all);
            }
        }
        return new TileSample(
                List.copyOf(requests),
                tilesOfPlane,
                isAcrossPlanes,
                tiles,
                output,
                decoded,
                delivered,
                hidden,
                means(shares),
                region,
                type);
    }

    private static Map<Integer, Double> means(Map<Integer, List<Double>> values) {
        Map<Integer, Double> means = new HashMap<>();
        values.forEach((index, list) -> means.put(
                index, list.stream().mapToDouble(value -> value).average().orElse(0)));
        return means;
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
        return requests.size() == 1 && tiles == tilesOfPlane && !isAcrossPlanes;
    }

    /** What is loaded, in words. */
    @Override
    public String toString() {
        return isWholePlane()
                ? "all " + tiles + " visible tiles of the plane, as one mosaic"
                : tiles + " of " + tilesOfPlane
                        + (isAcrossPlanes
                                ? " tiles of all planes, since this one has so few"
                                : " visible tiles of the plane")
                        + ", of each compression and size and from all parts of the file, each loaded alone";
    }
}
