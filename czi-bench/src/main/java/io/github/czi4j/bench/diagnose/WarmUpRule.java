package io.github.czi4j.bench.diagnose;

import io.github.czi4j.bench.diagnose.Finding.Severity;
import io.github.czi4j.bench.report.Quantities;
import java.util.Optional;

/** The first load runs code that is not compiled yet. */
final class WarmUpRule implements Rule {
    private static final double SLOWER = 3;
    private static final double WAIT = 0.4;

    @Override
    public String name() {
        return "warm-up";
    }

    @Override
    public Optional<Finding> judge(Evidence evidence) {
        Split first = evidence.firstSplit();
        double ratio = first.elapsed() / evidence.split().elapsed();
        if (!(ratio >= SLOWER) || first.storageWait() >= WAIT) {
            return Optional.empty();
        }
        return Optional.of(Finding.of(this, Severity.INFO, Bottleneck.NONE, 0, "The first load is slower")
                .because("The first pass took " + Quantities.seconds(first.elapsed()) + ", a later one "
                        + Quantities.seconds(evidence.split().elapsed()) + ": Java compiles what is used often only"
                        + " after a while.")
                .advise(
                        "Programs that load a few tiles and end, test suites for instance, meet the first figure; long"
                                + " ones the last.",
                        "czi quick-test " + evidence.file()));
    }
}
