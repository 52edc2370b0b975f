package io.github.czi4j.bench.profile;

import io.github.czi4j.CziReader;
import io.github.czi4j.MosaicPlan;
import io.github.czi4j.MosaicRequest;
import io.github.czi4j.bench.measure.PlaneChoice;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Rect;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tiles that a profile loads: the whole plane as one mosaic if it is small, else tiles spread evenly over the plane
 * in the order of the file, each by a mosaic of the largest part of it that no other tile hides. Never the first ones
 * alone: tiles at the rim are often empty and compress better than those with tissue.
 *
 * @param requests mosaics to read, one after the other
 * @param tilesOfPlane visible tiles on the plane
 * @param tiles tiles to read
 * @param outputPixels pixels of the mosaics
 * @param decodedPixels pixels of the tiles
 * @param deliveredPixels pixels of the mosaics that tiles fill
 * @param visibleShare for each tile the part of its pixels that is delivered
 */
public record TileSample(
        List<MosaicRequest> requests,
        int tilesOfPlane,
        int tiles,
        long outputPixels,
        long decodedPixels,
        long deliveredPixels,
        Map<Integer, Double> visibleShare) {

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
        int wanted = Math.min(maxTiles, count);
        List<MosaicRequest> requests = new ArrayList<>();
        for (int i = 0; i < wanted; i++) {
            MosaicPlan.Tile tile = inFileOrder.get((int) ((i + 0.5) * count / wanted));
            Rect part = tile.visibleParts().stream()
                    .max(Comparator.comparingLong(Rect::area))
                    .orElseThrow();
            requests.add(choice.apply(MosaicRequest.region(
                    part.translate(plan.region().x(), plan.region().y()))));
        }
        return sum(reader, requests, count);
    }

    private static TileSample sum(CziReader reader, List<MosaicRequest> requests, int tilesOfPlane)
            throws CziException {
        long output = 0;
        long decoded = 0;
        long delivered = 0;
        int tiles = 0;
        Map<Integer, Double> shares = new HashMap<>();
        for (MosaicRequest request : requests) {
            MosaicPlan plan = reader.plan(request);
            output += (long) plan.width() * plan.height();
            tiles += plan.tiles().size();
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
        return new TileSample(List.copyOf(requests), tilesOfPlane, tiles, output, decoded, delivered, shares);
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
                : tiles + " of " + tilesOfPlane + " visible tiles of the plane, evenly spread in the order of the"
                        + " file, each loaded alone";
    }
}
