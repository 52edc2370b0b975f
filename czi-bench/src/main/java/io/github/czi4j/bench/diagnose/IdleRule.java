package io.github.czi4j.bench.diagnose;

import io.github.czi4j.bench.diagnose.Finding.Severity;
import io.github.czi4j.bench.report.Quantities;
import java.util.Comparator;
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
        Optional<Run> threads =
                evidence.runs().stream().filter(Run::isThreaded).min(Comparator.comparingDouble(Run::batchSize));
        return threads.isPresent() ? ofBenchmark(evidence, threads.get()) : ofProfile(evidence);
    }

    private Optional<Finding> ofBenchmark(Evidence evidence, Run smallest) {
        return smallest.batches(evidence.tiles()) < 2
                ? Optional.of(Finding.of(this, Severity.INFO, Bottleneck.NONE, 0, "Threads have nothing to do")
                        .because("One thread takes all " + Quantities.count(evidence.tiles())
                                + " tiles at once, since a batch has "
                                + Quantities.count(smallest.batchSize())
                                + ": what more threads bring was not measured.")
                        .advise(
                                "Load more tiles, or give the threads smaller batches.",
                                "czi benchmark " + evidence.file() + " --batch "
                                        + (int) Math.max(1, evidence.tiles() / smallest.threads())))
                : Optional.empty();
    }

    private Optional<Finding> ofProfile(Evidence evidence) {
        Split split = evidence.split();
        double share = split.seconds("wait") / split.wall();
        if (evidence.threads() < 2 || !(share >= SHARE)) {
            return Optional.empty();
        }
        double tiles = evidence.tiles() / evidence.threads();
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
