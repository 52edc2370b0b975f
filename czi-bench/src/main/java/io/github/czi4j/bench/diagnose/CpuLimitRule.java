package io.github.czi4j.bench.diagnose;

import io.github.czi4j.bench.diagnose.Finding.Severity;
import io.github.czi4j.bench.report.Quantities;
import java.util.Optional;

/** More threads are asked for than processors may be used. */
final class CpuLimitRule implements Rule {
    private static final double THROTTLED = 0.05;
    private static final double PROBLEM = 0.3;

    @Override
    public String name() {
        return "cpu-limit";
    }

    @Override
    public Optional<Finding> judge(Evidence evidence) {
        // The system adds it up over the processors, of which so many threads keep at most their number busy.
        double throttled =
                evidence.number("system", "throttledSeconds") / evidence.split().wall();
        double cgroup = evidence.number("environment", "cgroupCpus");
        int threads = evidence.threads();
        if (throttled >= THROTTLED) {
            return Optional.of(Finding.of(
                            this,
                            throttled >= PROBLEM ? Severity.PROBLEM : Severity.WARNING,
                            Bottleneck.CPU_LIMIT,
                            throttled,
                            "The container's limit stops the threads")
                    .because("The cgroup stopped threads for "
                            + Quantities.seconds(evidence.number("system", "throttledSeconds"))
                            + ", added up over the processors, of "
                            + Quantities.seconds(evidence.split().wall()) + " that the threads had"
                            + (cgroup > 0 ? ": it allows " + Quantities.number(cgroup) + " CPUs." : "."))
                    .advise(
                            "Use as many threads as processors are allowed, or ask for more (docker --cpus, SLURM"
                                    + " --cpus-per-task).",
                            "czi profile " + evidence.file() + " --threads " + (int) Math.max(1, cgroup)));
        }
        if (threads > 1 && threads > evidence.allowedProcessors()) {
            // The JVM counts no more processors than the cgroup allows, rounded up.
            boolean isCgroup = cgroup <= evidence.processors();
            return Optional.of(Finding.of(
                            this,
                            isCgroup ? Severity.WARNING : Severity.INFO,
                            Bottleneck.CPU_LIMIT,
                            1 - evidence.allowedProcessors() / threads,
                            "More threads than processors")
                    .because(threads + " threads share " + Quantities.number(evidence.allowedProcessors())
                            + (isCgroup ? " CPUs, which is what the cgroup allows." : " processors."))
                    .advise(
                            "More threads than processors help only where they wait for storage.",
                            "czi profile " + evidence.file() + " --threads "
                                    + (int) Math.max(1, evidence.allowedProcessors())));
        }
        return Optional.empty();
    }
}
