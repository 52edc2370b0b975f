package io.github.czi4j.bench.diagnose;

import io.github.czi4j.bench.diagnose.Finding.Severity;
import io.github.czi4j.bench.report.Quantities;
import java.util.Optional;

/** Overviews must be made of all tiles of full resolution. */
final class PyramidRule implements Rule {
    private static final double LARGE = 100e6;

    @Override
    public String name() {
        return "pyramid";
    }

    @Override
    public Optional<Finding> judge(Evidence evidence) {
        double layer0 = evidence.number("file", "layer0Subblocks");
        double pixels = evidence.tilePixels() * evidence.number("request", "tilesOfPlane");
        if (!(layer0 > 1 && layer0 == evidence.number("file", "subblocks") && pixels >= LARGE)) {
            return Optional.empty();
        }
        double seconds = pixels / 1e6 / evidence.megapixelsPerSecond();
        return Optional.of(Finding.of(this, Severity.INFO, Bottleneck.NONE, 0, "There is no pyramid")
                .because("All " + Quantities.count(layer0) + " subblocks are of full resolution: an overview of this"
                        + " plane decodes " + Quantities.number(pixels / 1e6) + " Mpx, which takes about "
                        + Quantities.seconds(seconds) + " here.")
                .advise(
                        "Make a copy with a pyramid, or let ZEN write one.",
                        "czi convert " + evidence.file() + " layered.czi --pyramid"));
    }
}
