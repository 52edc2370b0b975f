package io.github.czi4j.bench.diagnose;

import io.github.czi4j.bench.diagnose.Finding.Severity;
import io.github.czi4j.bench.report.Members;
import io.github.czi4j.bench.report.Quantities;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A few tiles take much longer than the others. */
final class SlowTilesRule implements Rule {
    private static final int ENOUGH = 10;
    private static final int NAMED = 3;
    private static final double SLOWER = 10;
    private static final double SHARE = 0.25;
    /** Seconds; below that it was the system's scheduler. */
    private static final double FELT = 0.05;
    /** On a busy machine tiles are slow for no reason of their own. */
    private static final double QUEUED = 0.3;

    @Override
    public String name() {
        return "slow-tiles";
    }

    @Override
    public Optional<Finding> judge(Evidence evidence) {
        double median = evidence.number("tiles", "all", "p50");
        List<Members> tiles = evidence.list("tiles", "list");
        if (tiles.size() < ENOUGH || !(median > 0) || evidence.split().queued() >= QUEUED) {
            return Optional.empty();
        }
        double all = tiles.stream().mapToDouble(SlowTilesRule::seconds).sum();
        List<Members> slow = tiles.stream()
                .filter(tile -> seconds(tile) >= SLOWER * median)
                .sorted(Comparator.comparingDouble(SlowTilesRule::seconds).reversed())
                .toList();
        double share = slow.stream().mapToDouble(SlowTilesRule::seconds).sum() / all;
        if (!(share >= SHARE && share * all >= FELT) || slow.size() > tiles.size() / 4) {
            return Optional.empty();
        }
        double reading =
                slow.stream().mapToDouble(tile -> tile.number("readSeconds")).sum();
        boolean isRead = reading >= share * all / 2;
        String names = slow.stream()
                .limit(NAMED)
                .map(tile -> "#" + tile.text("index") + " (" + Quantities.seconds(seconds(tile)) + ")")
                .collect(Collectors.joining(", "));
        return Optional.of(Finding.of(
                        this,
                        Severity.WARNING,
                        isRead ? Bottleneck.STORAGE : Bottleneck.DECODE,
                        share,
                        "A few tiles take most of the time")
                .because(slow.size() + " of " + tiles.size() + " tiles take " + Quantities.percent(share)
                        + " of the time of all; half of the tiles take less than " + Quantities.seconds(median) + ".")
                .because("The slowest: " + names + ". Most of it is " + (isRead ? "reading." : "decoding or placing."))
                .advise(
                        isRead
                                ? "The storage stumbles: look at it with the network or disk at rest, and again."
                                : "Look at these tiles: other compression, other size, damage.",
                        isRead
                                ? "czi profile " + evidence.file() + " --detailed --csv tiles.csv"
                                : "czi tiles " + evidence.file() + " --csv"));
    }

    private static double seconds(Members tile) {
        return tile.number("readSeconds") + tile.number("decodeSeconds") + tile.number("placeSeconds");
    }
}
