package io.github.czi4j.bench.diagnose;

import io.github.czi4j.bench.diagnose.Finding.Severity;
import io.github.czi4j.bench.report.Quantities;
import java.util.Optional;

/** Pixels are converted to another type. */
final class ConversionRule implements Rule {
    private static final double SHARE = 0.3;

    @Override
    public String name() {
        return "conversion";
    }

    @Override
    public Optional<Finding> judge(Evidence evidence) {
        double share = evidence.split().share("convert");
        if (!(share >= SHARE)) {
            return Optional.empty();
        }
        return Optional.of(Finding.of(
                        this, Severity.WARNING, Bottleneck.COMPOSE, share, "Pixels are converted to another type")
                .because(Quantities.percent(share) + " of the time goes into tiles whose pixels have another type than"
                        + " the mosaic (" + evidence.text("request", "pixelType") + ").")
                .advise("Ask for the pixel type that the tiles have.", "czi tiles " + evidence.file()));
    }
}
