package io.github.czi4j.bench.diagnose;

import io.github.czi4j.bench.diagnose.Finding.Severity;
import io.github.czi4j.bench.report.Quantities;
import java.util.Optional;
import java.util.stream.Collectors;

/** A few tiles take much longer than the others. */
final class SlowTilesRule implements Rule {
    private static final int NAMED = 3;
    private static final double PROBLEM = 0.6;

    @Override
    public String name() {
        return "slow-tiles";
    }

    @Override
    public Optional<Finding> judge(Evidence evidence) {
        Optional<SlowTiles> found = SlowTiles.of(evidence);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        SlowTiles slow = found.get();
        boolean isRead = slow.readSeconds() >= slow.seconds() / 2;
        String names = slow.tiles().stream()
                .limit(NAMED)
                .map(tile -> "#" + tile.text("index") + " (" + Quantities.seconds(SlowTiles.seconds(tile)) + ")")
                .collect(Collectors.joining(", "));
        return Optional.of(Finding.of(
                        this,
                        slow.share() >= PROBLEM ? Severity.PROBLEM : Severity.WARNING,
                        isRead ? Bottleneck.STORAGE : Bottleneck.DECODE,
                        slow.share(),
                        "A few tiles take most of the time")
                .because(slow.tiles().size() + " of " + slow.count() + " tiles take " + Quantities.percent(slow.share())
                        + " of the time of all; half of the tiles take less than "
                        + Quantities.seconds(slow.median()) + ".")
                .because("The slowest: " + names + ". Most of it is " + (isRead ? "reading." : "decoding or placing."))
                .advise(
                        isRead
                                ? "The storage stumbles: look at it with the network or disk at rest, and again."
                                : "Look at these tiles: other compression, other size, damage.",
                        isRead
                                ? "czi profile " + evidence.file() + " --detailed --csv tiles.csv"
                                : "czi tiles " + evidence.file() + " --csv"));
    }
}
