package io.github.czi4j.bench.diagnose;

import io.github.czi4j.bench.diagnose.Finding.Severity;
import io.github.czi4j.bench.report.Quantities;
import java.util.Optional;

/** Reading waits for the storage most of the time, in every pass. */
final class StorageRule implements Rule {
    private static final double WARNING = 0.4;
    private static final double PROBLEM = 0.6;

    @Override
    public String name() {
        return "storage";
    }

    @Override
    public Optional<Finding> judge(Evidence evidence) {
        Split split = evidence.split();
        double wait = split.storageWait();
        if (!(wait >= WARNING) || SmallReadsRule.areCause(evidence) || isOfFewTiles(evidence)) {
            return Optional.empty();
        }
        boolean isRemote = evidence.isTrue("file", "storage", "isRemote");
        boolean isRotational = evidence.isTrue("file", "storage", "isRotational");
        Finding finding = Finding.of(
                        this,
                        wait >= PROBLEM ? Severity.PROBLEM : Severity.WARNING,
                        Bottleneck.STORAGE,
                        wait,
                        "Reading waits for the storage")
                .because(Quantities.percent(wait) + " of the time goes by in waiting for the bytes: reading takes "
                        + Quantities.seconds(split.seconds("read")) + ", and the processor is at work for "
                        + Quantities.seconds(split.cpuSeconds("read")) + " of that.")
                .because(against(evidence))
                .because(
                        isRemote
                                ? "The file is on another machine (" + evidence.text("file", "storage", "fileSystem")
                                        + ")."
                                : "")
                .because(isRotational ? "The system calls the disk a rotational one." : "");
        double alone = evidence.storageAlone("cold");
        double deep = evidence.storageCeiling("cold");
        if (evidence.isFasterInDepth()) {
            return Optional.of(finding.because("With several requests under way the storage gives "
                            + Quantities.bytes(deep) + "/s, with one " + Quantities.bytes(alone) + "/s.")
                    .advise(
                            "Keep more requests under way: more threads than processors, or reads of several tiles at"
                                    + " once.",
                            "czi benchmark " + evidence.file() + " --cold --threads 4,8,16 --io channel,coalesced")
                    .saves(evidence.wholeSeconds() * wait * (1 - alone / deep)));
        }
        return Optional.of(finding.advise(
                isRemote
                        ? "Copy the file to a local disk first, or ask for larger requests (--io coalesced)."
                        : "Read the file from faster storage, or while other work goes on; store it smaller.",
                "czi profile " + evidence.file() + " --price"));
    }

    /** Whether the storage keeps a few tiles waiting, and not the others. */
    private static boolean isOfFewTiles(Evidence evidence) {
        Split split = evidence.split();
        return SlowTiles.of(evidence)
                .map(slow ->
                        (split.storageWait() * split.active() - slow.readSeconds()) / (split.active() - slow.seconds())
                                < WARNING)
                .orElse(false);
    }

    private static String against(Evidence evidence) {
        double rate = evidence.bytesPerSecond();
        double ceiling = evidence.storageCeiling("cold", "partly");
        String measured = "The tiles came at " + Quantities.bytes(rate) + "/s";
        return ceiling > 0
                ? measured + "; the storage gives at most " + Quantities.bytes(ceiling) + "/s without the page cache."
                : rate > 0 ? measured + "." : "";
    }
}
