package io.github.czi4j.bench.diagnose;

import io.github.czi4j.bench.diagnose.Finding.Severity;
import io.github.czi4j.bench.report.Quantities;
import java.util.Optional;

/** Other programs use the processors. */
final class BusyMachineRule implements Rule {
    private static final double SHARE = 0.3;
    private static final double PROBLEM = 0.5;
    private static final double BUSY = 0.7;

    @Override
    public String name() {
        return "busy-machine";
    }

    @Override
    public Optional<Finding> judge(Evidence evidence) {
        Split split = evidence.split();
        double queued = Math.min(1, split.queued());
        double load = evidence.number("environment", "loadAverage");
        double computing = split.busy("decode", "place", "convert");
        boolean isQueued = queued >= SHARE;
        // Where the system does not count waiting for a processor, a high load and stages that should compute tell.
        boolean isLoaded = Double.isNaN(split.queued()) && load > evidence.processors() && computing < BUSY;
        if (!isQueued && !isLoaded) {
            return Optional.empty();
        }
        double share = isQueued ? queued : 1 - computing;
        return Optional.of(Finding.of(
                        this,
                        share >= PROBLEM ? Severity.PROBLEM : Severity.WARNING,
                        Bottleneck.CPU_LIMIT,
                        share,
                        "Other programs use the processors")
                .because(
                        isQueued
                                ? "The threads could have run but had no processor for "
                                        + Quantities.seconds(queued * split.active()) + ", "
                                        + Quantities.percent(queued)
                                        + " of their time."
                                : "")
                .because(
                        computing < BUSY
                                ? "While tiles were decoded and placed the processor was at work for "
                                        + Quantities.percent(computing) + " of the time only."
                                : "")
                .because(
                        load >= 0
                                ? "The load of the machine was " + Quantities.number(load) + " before, with "
                                        + Quantities.number(evidence.processors()) + " processors."
                                : "")
                .advise(
                        "Measure again when the machine is quiet, or with processors of one's own (SLURM"
                                + " --exclusive).",
                        "uptime"));
    }
}
