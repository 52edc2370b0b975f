package io.github.czi4j.bench.diagnose;

import io.github.czi4j.bench.diagnose.Finding.Severity;
import io.github.czi4j.bench.report.Quantities;
import java.util.Optional;

/** Small tiles are fetched one by one from another machine. */
final class SmallReadsRule implements Rule {
    private static final int SMALL = 1 << 18;
    private static final double WAIT = 0.2;

    @Override
    public String name() {
        return "small-reads";
    }

    @Override
    public Optional<Finding> judge(Evidence evidence) {
        double bytes = evidence.tileBytes();
        double wait = evidence.split().storageWait();
        if (!evidence.isTrue("file", "storage", "isRemote") || !(bytes < SMALL) || !(wait >= WAIT)) {
            return Optional.empty();
        }
        return Optional.of(Finding.of(
                        this, Severity.WARNING, Bottleneck.STORAGE, wait, "Small reads from another machine")
                .because("A tile has " + Quantities.bytes(bytes) + " on average, and each is a request of its own over"
                        + " the network (" + evidence.text("file", "storage", "fileSystem") + ").")
                .because("Half of the reads take more than "
                        + Quantities.seconds(evidence.number("tiles", "read", "p50")) + ": the way there and back, not"
                        + " the bytes.")
                .advise(
                        "Fetch neighbouring tiles in one request, or copy the file to a local disk.",
                        "czi benchmark " + evidence.file() + " --io mapped,channel,coalesced"));
    }
}
