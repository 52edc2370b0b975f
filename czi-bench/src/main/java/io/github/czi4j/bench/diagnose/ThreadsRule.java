package io.github.czi4j.bench.diagnose;

import io.github.czi4j.bench.diagnose.Finding.Severity;
import io.github.czi4j.bench.report.Quantities;
import java.util.Optional;

/** Threads are slower than one, or no faster. */
final class ThreadsRule implements Rule {
    @Override
    public String name() {
        return "threads";
    }

    @Override
    public Optional<Finding> judge(Evidence evidence) {
        Optional<Run> threaded = evidence.threaded();
        if (threaded.isEmpty() || evidence.sequential().isEmpty()) {
            return Optional.empty();
        }
        Run best = threaded.get();
        String interval = Quantities.number(best.speedupLow()) + " to " + Quantities.number(best.speedupHigh());
        if (best.speedupHigh() < 1) {
            return Optional.of(Finding.of(
                            this,
                            Severity.WARNING,
                            Bottleneck.LOCK,
                            1 - best.speedup(),
                            "Threads are slower than one thread")
                    .because("Even the best of them, " + best.name() + ", runs at " + Quantities.number(best.speedup())
                            + " of the sequential speed (" + interval + ").")
                    .advise(
                            "Read sequentially, and look at where the threads' time goes.",
                            "czi profile " + evidence.file() + " --threads " + best.threads()));
        }
        if (best.speedupLow() <= 1 && evidence.allowedProcessors() >= 2) {
            return Optional.of(Finding.of(this, Severity.INFO, Bottleneck.NONE, 0, "That threads help cannot be said")
                    .because(best.name() + " is the fastest of them, at " + interval
                            + " times the sequential speed: the interval holds 1.")
                    .advise(
                            "Measure more, on a quiet machine, or look at where the threads' time goes.",
                            "czi profile " + evidence.file() + " --threads " + best.threads()));
        }
        return Optional.empty();
    }
}
