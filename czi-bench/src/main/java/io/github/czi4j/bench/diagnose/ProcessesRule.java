package io.github.czi4j.bench.diagnose;

import io.github.czi4j.bench.diagnose.Finding.Severity;
import io.github.czi4j.bench.report.Quantities;
import java.util.Comparator;
import java.util.Optional;

/** Processes are slower than threads, or their start costs more than they bring. */
final class ProcessesRule implements Rule {
    private static final double SLOWER = 1.1;

    @Override
    public String name() {
        return "processes";
    }

    @Override
    public Optional<Finding> judge(Evidence evidence) {
        Optional<Run> threaded = evidence.threaded();
        Optional<Run> processes = evidence.runs().stream()
                .filter(run -> run.strategy().equals("processes"))
                .min(Comparator.comparingDouble(Run::seconds));
        if (threaded.isEmpty() || processes.isEmpty()) {
            return Optional.empty();
        }
        Run best = processes.get();
        double startUp = best.startUpSeconds() > 0 ? best.startUpSeconds() : 0;
        double threadSeconds = threaded.get().seconds();
        if (!(best.seconds() + startUp > SLOWER * threadSeconds)) {
            return Optional.empty();
        }
        return Optional.of(Finding.of(this, Severity.INFO, Bottleneck.NONE, 0, "Processes are no better than threads")
                .because(best.name() + " take " + Quantities.seconds(best.seconds())
                        + (startUp > 0 ? " and " + Quantities.seconds(startUp) + " to start" : "") + "; "
                        + threaded.get().name() + " take " + Quantities.seconds(threadSeconds) + ".")
                .advise(
                        "Nothing here needs processes: there is no lock that they would get around, and bitmaps have"
                                + " to be handed over.",
                        ""));
    }
}
