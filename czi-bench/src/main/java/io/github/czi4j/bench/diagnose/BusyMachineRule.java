package io.github.czi4j.bench.diagnose;

import io.github.czi4j.bench.diagnose.Finding.Severity;
import io.github.czi4j.bench.report.Quantities;
import java.util.Optional;

/**
 * Other programs use the processors. Threads also wait for each other and for the cgroup: others can have taken no more than
 * what this process may use and did not.
 */
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
        double waited = evidence.number("system", "queuedSeconds")
                - zeroIfUnknown(evidence.number("system", "throttledSeconds"));
        double reach = reach(evidence);
        double unused = Math.max(0, reach - zeroIfUnknown(evidence.number("processCpuSeconds")));
        double lost = Math.min(waited, unused);
        double queued = Math.min(1, lost / Math.min(split.active(), reach));
        double load = evidence.number("environment", "loadAverage");
        double computing = split.busy("decode", "place", "convert");
        boolean isQueued = queued >= SHARE;
        // Where the system does not count waiting for a processor, a high load and stages that should compute tell.
        boolean isLoaded = Double.isNaN(split.queued()) && load > evidence.machineProcessors() && computing < BUSY;
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
                                ? "The threads could have run but others had their processors for "
                                        + Quantities.seconds(lost) + ", " + Quantities.percent(queued)
                                        + " of the time that they could have had."
                                : "")
                .because(
                        computing < BUSY
                                ? "While tiles were decoded and placed the processor was at work for "
                                        + Quantities.percent(computing) + " of the time only."
                                : "")
                .because(
                        load >= 0
                                ? "The load of the machine was " + Quantities.number(load) + " before, with "
                                        + Quantities.count(evidence.machineProcessors()) + " processors."
                                : "")
                .advise(
                        "Measure again when the machine is quiet, or with processors of one's own (SLURM"
                                + " --exclusive).",
                        "uptime"));
    }

    /** Processor time that this process could have had in the pass. */
    private static double reach(Evidence evidence) {
        double seconds = evidence.allowedProcessors() * evidence.split().elapsed();
        return seconds > 0 ? seconds : Double.MAX_VALUE;
    }

    private static double zeroIfUnknown(double seconds) {
        return Double.isNaN(seconds) ? 0 : seconds;
    }
}
