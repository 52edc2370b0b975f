package io.github.czi4j.bench.diagnose;

import io.github.czi4j.bench.diagnose.Finding.Severity;
import io.github.czi4j.bench.report.Quantities;
import java.util.Optional;

/** Making arrays and copying pixels takes most of the time. */
final class MemoryRule implements Rule {
    private static final String[] STAGES = {"place", "allocate", "finalise"};
    private static final double SHARE = 0.5;
    private static final double BUSY = 0.7;
    private static final double SWAPPED = 0.1;
    private static final double NEAR = 0.5;
    private static final double SPARSE = 0.5;

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public Optional<Finding> judge(Evidence evidence) {
        Split split = evidence.split();
        double share = split.share(STAGES);
        // Whoever copies is at work, and not on fetching pages from swap; where it is not, something else holds it up.
        boolean isHeldUp = split.cpu() >= 0 && split.computing(STAGES) < BUSY
                || evidence.swappedBytes() >= SWAPPED * evidence.number("request", "outputBytes");
        if (!(share >= SHARE) || isHeldUp) {
            return Optional.empty();
        }
        double rate = evidence.number("request", "outputBytes") / split.elapsed();
        double ceiling = evidence.copyCeiling();
        boolean isNear = rate >= NEAR * ceiling;
        double filled =
                evidence.number("amplification", "pixels", "delivered") / evidence.number("request", "outputPixels");
        boolean isSparse = filled < SPARSE;
        boolean isFine = isNear && !isSparse || Ratings.of(evidence).throughput() == Ratings.Rating.FAST;
        return Optional.of(Finding.of(
                        this,
                        isFine ? Severity.INFO : Severity.WARNING,
                        Bottleneck.MEMORY,
                        share,
                        "Copying pixels and making arrays takes most of the time")
                .because(Quantities.percent(share) + " of the time is that: placing "
                        + Quantities.seconds(split.seconds("place")) + ", allocating "
                        + Quantities.seconds(split.seconds("allocate")) + ".")
                .because(
                        ceiling > 0
                                ? "Pixels are written at " + Quantities.bytes(rate) + "/s; memory takes "
                                        + Quantities.bytes(ceiling) + "/s."
                                : "")
                .because(
                        isSparse
                                ? "Tiles fill " + Quantities.percent(filled) + " of the mosaic only; the rest is"
                                        + " background that is made all the same."
                                : "")
                .advise(
                        isSparse
                                ? "Ask for the regions in which tiles lie, scene by scene for instance (--scene), or"
                                        + " read tile by tile."
                                : isNear
                                        ? "That is what the memory of this machine does. Ask for less: a region, or a zoom."
                                        : "Read block by block (CziReader.readBlocks) and in the pixel type of the file; one"
                                                + " array after the other is made and zeroed otherwise.",
                        "czi explain " + evidence.file() + " --analyze"));
    }
}
