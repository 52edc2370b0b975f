package io.github.czi4j.bench.diagnose;

import io.github.czi4j.bench.diagnose.Finding.Severity;
import io.github.czi4j.bench.report.Quantities;
import java.util.Optional;

/** Small tiles are fetched one by one from another machine. */
final class SmallReadsRule implements Rule {
    private static final int SMALL = 1 << 18;
    private static final double WAIT = 0.2;
    private static final double PROBLEM = 0.6;

    @Override
    public String name() {
        return "small-reads";
    }

    /** Whether the requests are waited for and not the bytes, as far as can be said: then depth, or length, helps. */
    static boolean areCause(Evidence evidence) {
        boolean isLimitedByBytes = evidence.storageCeiling("cold") > 0 && !evidence.isFasterInDepth();
        return evidence.isTrue("file", "storage", "isRemote")
                && evidence.tileBytes() < SMALL
                && evidence.split().storageWait() >= WAIT
                && !isLimitedByBytes;
    }

    @Override
    public Optional<Finding> judge(Evidence evidence) {
        if (!areCause(evidence)) {
            return Optional.empty();
        }
        double wait = evidence.split().storageWait();
        return Optional.of(Finding.of(
                        this,
                        wait >= PROBLEM ? Severity.PROBLEM : Severity.WARNING,
                        Bottleneck.STORAGE,
                        wait,
                        "Small reads from another machine")
                .because(Quantities.percent(wait) + " of the time goes by in waiting for the bytes. A tile has "
                        + Quantities.bytes(evidence.tileBytes())
                        + " on average, and each is a request of its own over the network ("
                        + evidence.text("file", "storage", "fileSystem") + ").")
                .because("Half of the reads take more than "
                        + Quantities.seconds(evidence.number("tiles", "read", "p50")) + ": the way there and back, not"
                        + " the bytes.")
                .because(
                        evidence.isFasterInDepth()
                                ? "With several requests under way the storage gives "
                                        + Quantities.bytes(evidence.storageCeiling("cold")) + "/s, with one "
                                        + Quantities.bytes(evidence.storageAlone("cold")) + "/s."
                                : "")
                .advise(
                        "Fetch neighbouring tiles in one request, or copy the file to a local disk.",
                        "czi benchmark " + evidence.file() + " --io mapped,channel,coalesced"));
    }
}
