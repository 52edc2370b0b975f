package io.github.czi4j.bench.diagnose;

import io.github.czi4j.bench.diagnose.Finding.Severity;
import io.github.czi4j.bench.report.Quantities;
import java.util.Optional;

/** The first pass waits for the storage, later ones find the file in memory. */
final class ColdCacheRule implements Rule {
    private static final double SHARE = 0.4;
    private static final double GONE = 0.25;

    @Override
    public String name() {
        return "cold-cache";
    }

    @Override
    public Optional<Finding> judge(Evidence evidence) {
        double first = evidence.firstSplit().storageWait();
        double seconds = first * evidence.firstSplit().active();
        double later = evidence.split().storageWait() * evidence.split().active();
        if (!(first >= SHARE && later < seconds * GONE)) {
            return Optional.empty();
        }
        double elapsed = evidence.split().elapsed();
        return Optional.of(Finding.of(
                        this,
                        seconds >= elapsed ? Severity.WARNING : Severity.INFO,
                        Bottleneck.STORAGE,
                        first,
                        "The first load waits for the storage")
                .because("The first pass waited " + Quantities.seconds(seconds) + " for bytes ("
                        + Quantities.percent(first) + " of its time), a later one "
                        + Quantities.seconds(later) + ": by then the file was in memory.")
                .because(resident(evidence))
                .advise(
                        "What is loaded once meets the first pass. Fetch the file ahead of need, keep more requests"
                                + " under way, or measure with the file dropped from memory.",
                        "czi benchmark " + evidence.file() + " --quick --cold"));
    }

    private static String resident(Evidence evidence) {
        double share = evidence.number("file", "storage", "residentShare");
        return share >= 0 ? Quantities.percent(share) + " of the file was in memory before." : "";
    }
}
