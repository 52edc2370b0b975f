package io.github.czi4j.bench.diagnose;

import io.github.czi4j.bench.report.Members;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Tiles that stand out from the others of a profile, by ten times the median, and together are felt.
 *
 * @param tiles the slowest first; fewer than a quarter of all
 * @param count of all tiles
 * @param median of all, in seconds
 * @param seconds that these tiles take
 * @param readSeconds part of that in which they are read
 * @param share of the time of all tiles
 */
record SlowTiles(List<Members> tiles, int count, double median, double seconds, double readSeconds, double share) {
    private static final int ENOUGH = 10;
    private static final double SLOWER = 10;
    private static final double SHARE = 0.25;
    private static final int MOST = 4;
    /** Seconds; below that it was the system's scheduler. */
    private static final double FELT = 0.05;
    /** On a busy machine tiles are slow for no reason of their own. */
    private static final double QUEUED = 0.3;

    /** Those of a profile; empty if none stands out. */
    static Optional<SlowTiles> of(Evidence evidence) {
        double median = evidence.number("tiles", "all", "p50");
        List<Members> all = evidence.list("tiles", "list");
        if (all.size() < ENOUGH || !(median > 0) || evidence.split().queued() >= QUEUED) {
            return Optional.empty();
        }
        List<Members> slow = all.stream()
                .filter(tile -> seconds(tile) >= SLOWER * median)
                .sorted(Comparator.comparingDouble((Members tile) -> seconds(tile))
                        .reversed())
                .toList();
        double seconds = slow.stream().mapToDouble(SlowTiles::seconds).sum();
        double share = seconds / all.stream().mapToDouble(SlowTiles::seconds).sum();
        if (!(share >= SHARE && seconds >= FELT) || slow.size() > all.size() / MOST) {
            return Optional.empty();
        }
        double reading =
                slow.stream().mapToDouble(tile -> tile.number("readSeconds")).sum();
        return Optional.of(new SlowTiles(slow, all.size(), median, seconds, reading, share));
    }

    /** What a tile of the list took. */
    static double seconds(Members tile) {
        return tile.number("readSeconds") + tile.number("decodeSeconds") + tile.number("placeSeconds");
    }
}
