package io.github.czi4j.bench.diagnose;

import io.github.czi4j.bench.diagnose.Finding.Severity;
import io.github.czi4j.bench.report.Quantities;
import java.util.Optional;

/** Threads wait for locks that others hold. */
final class LockRule implements Rule {
    private static final double WARNING = 0.2;
    private static final double PROBLEM = 0.4;
    private static final double BUSY = 0.7;
    private static final double SERIAL = 1.3;
    private static final double SCALES = 1.2;

    @Override
    public String name() {
        return "lock";
    }

    @Override
    public Optional<Finding> judge(Evidence evidence) {
        double share = evidence.split().share("lock");
        if (share >= WARNING) {
            return Optional.of(Finding.of(
                            this,
                            share >= PROBLEM ? Severity.PROBLEM : Severity.WARNING,
                            Bottleneck.LOCK,
                            share,
                            "Threads hold each other up")
                    .because(evidence.threads() + " threads wait " + Quantities.percent(share)
                            + " of their time for locks that another one holds: "
                            + Quantities.seconds(evidence.split().seconds("lock")) + " of "
                            + Quantities.seconds(evidence.split().active()) + ".")
                    .advise(
                            "Let each thread read by itself: a source of bytes needs no lock around positional reads."
                                    + " Flight Recorder shows which lock it is.",
                            "czi profile " + evidence.file() + " --threads " + evidence.threads() + " --trace t.json"));
        }
        return serialised(evidence);
    }

    /** More threads use no more processor, though one alone is busy with nothing but computing. */
    private Optional<Finding> serialised(Evidence evidence) {
        Optional<Run> sequential = evidence.sequential();
        Optional<Run> threaded = evidence.threaded();
        if (sequential.isEmpty() || threaded.isEmpty() || !(evidence.allowedProcessors() >= 2)) {
            return Optional.empty();
        }
        double alone = sequential.get().cpuSeconds() / sequential.get().seconds();
        double together = threaded.get().cpuSeconds() / threaded.get().seconds();
        // Where others have the processors, threads find none and no lock is to blame.
        boolean isFull = evidence.number("environment", "loadAverage") >= evidence.machineProcessors();
        boolean isSerialised =
                !isFull && alone >= BUSY && together <= SERIAL && threaded.get().speedup() < SCALES;
        return isSerialised
                ? Optional.of(Finding.of(
                                this, Severity.PROBLEM, Bottleneck.LOCK, BUSY, "Threads work one after the other")
                        .because(threaded.get().name() + " is "
                                + Quantities.number(threaded.get().speedup())
                                + " times as fast as sequential, and keeps " + Quantities.number(together) + " of "
                                + Quantities.number(evidence.allowedProcessors()) + " processors busy.")
                        .because("It is not the storage: one thread alone computes for " + Quantities.percent(alone)
                                + " of its time.")
                        .advise(
                                "Something lets only one thread work at a time. The profile of several threads tells"
                                        + " locks from idle time.",
                                "czi profile " + evidence.file() + " --threads "
                                        + threaded.get().threads()))
                : Optional.empty();
    }
}
