package io.github.czi4j.bench.diagnose;

import io.github.czi4j.bench.diagnose.Finding.Severity;
import io.github.czi4j.bench.report.Quantities;
import java.util.Comparator;
import java.util.Optional;

/** A disk that turns is read in another order than that of the file. */
final class RotationalRule implements Rule {
    private static final double SLOWER = 1.2;

    @Override
    public String name() {
        return "rotational-order";
    }

    @Override
    public Optional<Finding> judge(Evidence evidence) {
        if (!evidence.isTrue("file", "storage", "isRotational")) {
            return Optional.empty();
        }
        Optional<Run> inOrder = fastest(evidence, true);
        Optional<Run> scattered = fastest(evidence, false);
        if (inOrder.isEmpty()
                || scattered.isEmpty()
                || !(scattered.get().seconds() >= SLOWER * inOrder.get().seconds())) {
            return Optional.empty();
        }
        double ratio = scattered.get().seconds() / inOrder.get().seconds();
        return Optional.of(Finding.of(
                        this,
                        Severity.WARNING,
                        Bottleneck.STORAGE,
                        1 - 1 / ratio,
                        "The order of reading matters on this disk")
                .because("The disk is a rotational one: " + scattered.get().name() + " takes "
                        + Quantities.seconds(scattered.get().seconds()) + ", "
                        + inOrder.get().name() + " takes "
                        + Quantities.seconds(inOrder.get().seconds()) + ".")
                .advise(
                        "Read tiles in the order of the file, as the reader does unless told otherwise.",
                        "czi benchmark " + evidence.file() + " --cold --order file,rows,random"));
    }

    private static Optional<Run> fastest(Evidence evidence, boolean isInOrder) {
        return evidence.runs().stream()
                .filter(run -> run.order().equals("file") == isInOrder)
                .min(Comparator.comparingDouble(Run::seconds));
    }
}
