package io.github.czi4j.bench.diagnose;

import io.github.czi4j.bench.diagnose.Finding.Severity;
import io.github.czi4j.bench.report.Quantities;
import java.util.Optional;

/** Threads have nothing to do. */
final class IdleRule implements Rule {
    private static final double SHARE = 0.4;

    @Override
    public String name() {
        return "idle";
    }

    @Override
    public Optional<Finding> judge(Evidence evidence) {
        Split split = evidence.split();
        double share = split.seconds("wait") / split.wall();
        if (evidence.threads() < 2 || !(share >= SHARE)) {
            return Optional.empty();
        }
        double tiles = evidence.number("request", "tiles") / evidence.threads();
        return Optional.of(Finding.of(this, Severity.INFO, Bottleneck.NONE, share, "Threads have nothing to do")
                .because(Quantities.percent(share) + " of the time of " + evidence.threads()
                        + " threads is idle: before there is work, or while the last tiles are done by others.")
                .because("There are " + Quantities.number(tiles) + " tiles for each.")
                .advise(
                        "Load more tiles at a time, in smaller batches, or use fewer threads; what is done before the"
                                + " first tile is done by one.",
                        "czi tune " + evidence.file()));
    }
}
