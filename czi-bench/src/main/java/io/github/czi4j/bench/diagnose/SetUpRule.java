package io.github.czi4j.bench.diagnose;

import io.github.czi4j.bench.diagnose.Finding.Severity;
import io.github.czi4j.bench.report.Quantities;
import java.util.Optional;

/** Opening takes longer than the tiles. */
final class SetUpRule implements Rule {
    private static final double SHARE = 0.5;
    private static final double FELT = 0.2;
    private static final double WAIT = 0.5;
    private static final String[] STAGES = {"open", "directory", "metadata", "bounds", "index"};

    @Override
    public String name() {
        return "set-up";
    }

    @Override
    public Optional<Finding> judge(Evidence evidence) {
        Split split = evidence.split();
        double seconds = split.seconds(STAGES);
        double share = seconds / split.elapsed();
        double waiting = seconds - split.cpuSeconds(STAGES);
        boolean isRead = split.cpu() >= 0 && waiting >= seconds * WAIT;
        if (!(share >= SHARE && seconds >= FELT)) {
            return Optional.empty();
        }
        return Optional.of(Finding.of(
                        this,
                        Severity.WARNING,
                        isRead ? Bottleneck.STORAGE : Bottleneck.NONE,
                        share,
                        "Opening takes longer than the tiles")
                .because("Opening, directory, metadata and index take " + Quantities.seconds(seconds) + " of "
                        + Quantities.seconds(split.elapsed()) + ", for "
                        + Quantities.count(evidence.number("file", "subblocks")) + " subblocks.")
                .because(isRead ? Quantities.seconds(waiting) + " of that are waiting for the storage." : "")
                .advise("Keep the reader open: it serves any number of threads and requests.", ""));
    }
}
