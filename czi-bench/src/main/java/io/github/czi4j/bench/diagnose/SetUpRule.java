package io.github.czi4j.bench.diagnose;

import io.github.czi4j.bench.diagnose.Finding.Severity;
import io.github.czi4j.bench.report.Quantities;
import java.util.Optional;

/** Opening takes longer than the tiles. */
final class SetUpRule implements Rule {
    private static final double SHARE = 0.5;
    private static final double FELT = 0.2;

    @Override
    public String name() {
        return "set-up";
    }

    @Override
    public Optional<Finding> judge(Evidence evidence) {
        Split split = evidence.split();
        double seconds = split.seconds("open", "directory", "metadata", "bounds", "index");
        double share = seconds / split.elapsed();
        if (!(share >= SHARE && seconds >= FELT)) {
            return Optional.empty();
        }
        return Optional.of(
                Finding.of(this, Severity.WARNING, Bottleneck.NONE, share, "Opening takes longer than the tiles")
                        .because("Opening, directory, metadata and index take " + Quantities.seconds(seconds) + " of "
                                + Quantities.seconds(split.elapsed()) + ", for "
                                + Quantities.count(evidence.number("file", "subblocks")) + " subblocks.")
                        .advise("Keep the reader open: it serves any number of threads and requests.", ""));
    }
}
