package io.github.czi4j.bench.diagnose;

import io.github.czi4j.bench.diagnose.Finding.Severity;
import io.github.czi4j.bench.report.Quantities;
import java.util.Optional;
import java.util.stream.Collectors;

/** The garbage collector stops the work. */
final class CollectorRule implements Rule {
    private static final double WARNING = 0.1;
    private static final double PROBLEM = 0.25;
    private static final int GROWTH = 4;

    @Override
    public String name() {
        return "gc";
    }

    @Override
    public Optional<Finding> judge(Evidence evidence) {
        Split split = evidence.split();
        double stopped = split.share("gc");
        double process = evidence.number("gcSeconds") / split.elapsed();
        double share = process > stopped ? process : stopped;
        if (!(share >= WARNING)) {
            return Optional.empty();
        }
        double heap = evidence.number("environment", "maxHeapBytes");
        double output = evidence.number("request", "outputBytes");
        return Optional.of(Finding.of(
                        this,
                        share >= PROBLEM ? Severity.PROBLEM : Severity.WARNING,
                        Bottleneck.GC,
                        Math.min(1, share),
                        "The garbage collector takes the time")
                .because("Collections took " + Quantities.percent(share) + " of the time, with a heap of at most "
                        + Quantities.bytes(heap) + " (" + collectors(evidence) + ").")
                .because(output > heap / 4 ? "The mosaic alone has " + Quantities.bytes(output) + "." : "")
                .advise(
                        "Give the JVM a larger heap, or read block by block (CziReader.readBlocks) or by regions.",
                        "CZI_JAVA_OPTS=-Xmx" + larger(evidence) + " czi profile " + evidence.file())
                .saves(evidence.wholeSeconds() * share));
    }

    private static String collectors(Evidence evidence) {
        return evidence.list("environment", "garbageCollectors").stream()
                .map(collector -> collector.text())
                .collect(Collectors.joining(", "));
    }

    private static String larger(Evidence evidence) {
        double wanted = GROWTH
                * Math.max(evidence.number("environment", "maxHeapBytes"), evidence.number("request", "outputBytes"));
        double memory = evidence.number("environment", "memoryBytes");
        double bytes = wanted > memory / 2 ? memory / 2 : wanted;
        return Math.max(1, Math.round(bytes / (1 << 20))) + "m";
    }
}
