package io.github.czi4j.bench.diagnose;

import io.github.czi4j.bench.diagnose.Finding.Severity;
import io.github.czi4j.bench.report.Quantities;
import java.util.Optional;

/** More is decoded than is delivered. */
final class AmplificationRule implements Rule {
    private static final double WARNING = 1.5;
    private static final double PROBLEM = 2.5;

    @Override
    public String name() {
        return "amplification";
    }

    @Override
    public Optional<Finding> judge(Evidence evidence) {
        double pixels = evidence.number("amplification", "pixels", "ratio");
        double subblocks = evidence.number("amplification", "subblocks", "ratio");
        double ratio = evidence.amplification();
        if (!(ratio >= WARNING)) {
            return Optional.empty();
        }
        Finding finding = Finding.of(
                        this,
                        ratio >= PROBLEM ? Severity.PROBLEM : Severity.WARNING,
                        Bottleneck.AMPLIFICATION,
                        1 - 1 / ratio,
                        "More is decoded than is delivered")
                .because(Quantities.number(pixels) + " pixels are decoded for each that is delivered: "
                        + Quantities.count(evidence.number("amplification", "pixels", "touched")) + " for "
                        + Quantities.count(evidence.number("amplification", "pixels", "delivered")) + ".");
        return Optional.of((subblocks >= WARNING
                        ? finding.because("Each subblock is read " + Quantities.number(subblocks) + " times.")
                        : finding.because("Tiles overlap, or regions cut through them."))
                .advise(
                        "Ask for one mosaic in place of many regions, for regions along the tiles, or keep decoded"
                                + " tiles (CziOptions.tileCache).",
                        "czi explain " + evidence.file())
                .saves(evidence.wholeSeconds() * (1 - 1 / ratio)));
    }
}
