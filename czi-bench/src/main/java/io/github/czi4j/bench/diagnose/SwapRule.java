package io.github.czi4j.bench.diagnose;

import io.github.czi4j.bench.diagnose.Finding.Severity;
import io.github.czi4j.bench.report.Quantities;
import java.util.Optional;

/** The machine fetched memory from swap meanwhile. */
final class SwapRule implements Rule {
    private static final long ENOUGH = 1 << 20;
    private static final long MUCH = 64 << 20;
    /** Nobody counts what it costs; where it is much, whatever else is slow is slow for it. */
    private static final double SHARE = 0.6;

    @Override
    public String name() {
        return "swap";
    }

    @Override
    public Optional<Finding> judge(Evidence evidence) {
        double bytes = evidence.swappedBytes();
        if (!(bytes >= ENOUGH)) {
            return Optional.empty();
        }
        boolean isMuch = bytes >= MUCH;
        return Optional.of(Finding.of(
                        this,
                        isMuch ? Severity.PROBLEM : Severity.WARNING,
                        Bottleneck.MEMORY,
                        isMuch ? 1 : SHARE,
                        "The machine swaps")
                .because(Quantities.bytes(bytes) + " came back from swap during a pass of "
                        + Quantities.seconds(evidence.split().elapsed()) + ".")
                .advise(
                        "The memory of the machine is used up: a smaller heap or smaller regions are faster than"
                                + " swapping.",
                        "free -h"));
    }
}
