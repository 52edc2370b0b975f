package io.github.czi4j.bench.diagnose;

import io.github.czi4j.bench.diagnose.Finding.Severity;
import io.github.czi4j.bench.report.Quantities;
import java.util.Optional;

/** The container has too little memory for the heap, or for the page cache. */
final class MemoryLimitRule implements Rule {
    private static final double MOST_HEAP = 0.8;
    private static final double WAIT = 0.2;

    @Override
    public String name() {
        return "memory-limit";
    }

    @Override
    public Optional<Finding> judge(Evidence evidence) {
        double limit = evidence.number("environment", "cgroupMemoryBytes");
        double heap = evidence.number("environment", "maxHeapBytes");
        double file = evidence.number("file", "bytes");
        if (heap > MOST_HEAP * limit) {
            return Optional.of(Finding.of(
                            this, Severity.WARNING, Bottleneck.MEMORY, 0, "The heap may exceed the container's memory")
                    .because("The heap may take " + Quantities.bytes(heap) + ", the cgroup allows "
                            + Quantities.bytes(limit) + " for all: the process may be killed.")
                    .advise(
                            "Leave a quarter for what is no heap.",
                            "CZI_JAVA_OPTS=-XX:MaxRAMPercentage=60 czi profile " + evidence.file()));
        }
        if (file + heap > limit) {
            boolean isFelt = evidence.split().storageWait() >= WAIT;
            return Optional.of(Finding.of(
                            this,
                            isFelt ? Severity.WARNING : Severity.INFO,
                            Bottleneck.MEMORY,
                            isFelt ? evidence.split().storageWait() / 2 : 0,
                            "The container's memory does not hold the file")
                    .because("The page cache counts against the cgroup's " + Quantities.bytes(limit) + ": the file has "
                            + Quantities.bytes(file) + ", the heap may take " + Quantities.bytes(heap) + ".")
                    .advise(
                            "What is read again comes from storage again. Give the container more memory, or the heap"
                                    + " less.",
                            ""));
        }
        return Optional.empty();
    }
}
