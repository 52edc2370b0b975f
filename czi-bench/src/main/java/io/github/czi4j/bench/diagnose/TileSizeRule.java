package io.github.czi4j.bench.diagnose;

import io.github.czi4j.bench.diagnose.Finding.Severity;
import io.github.czi4j.bench.report.Quantities;
import java.util.Optional;

/** Tiles are so small that each costs more than its pixels, or so large that each is too much. */
final class TileSizeRule implements Rule {
    private static final int TINY = 128 * 128;
    private static final int MANY = 1000;
    private static final int GIANT = 8192 * 8192;
    private static final double AROUND = 0.3;

    @Override
    public String name() {
        return "tile-size";
    }

    @Override
    public Optional<Finding> judge(Evidence evidence) {
        double pixels = evidence.tilePixels();
        double tiles = evidence.number("file", "layer0Subblocks");
        Split split = evidence.split();
        double around = split.share("other", "plan", "directory", "index");
        if (pixels <= TINY && tiles >= MANY) {
            return Optional.of(Finding.of(
                            this,
                            around >= AROUND ? Severity.PROBLEM : Severity.WARNING,
                            Bottleneck.TILE_SIZE,
                            around >= AROUND ? around : AROUND,
                            "Tiles are tiny")
                    .because(Quantities.count(tiles) + " tiles of " + Quantities.count(pixels)
                            + " pixels on average: each costs its own lookup, request and call.")
                    .because(
                            split.isEmpty()
                                    ? ""
                                    : Quantities.percent(around)
                                            + " of the time goes by around the pixels: planning, directory"
                                            + " and what lies between.")
                    .advise(
                            "Write the file with tiles of 512 to 2048 pixels a side. Until then let a thread take many"
                                    + " at a time (--batch 100).",
                            "czi benchmark " + evidence.file() + " --batch 10,100,1000"));
        }
        if (pixels >= GIANT) {
            return Optional.of(Finding.of(this, Severity.WARNING, Bottleneck.TILE_SIZE, AROUND, "Tiles are giant")
                    .because("A tile has " + Quantities.count(pixels) + " pixels on average: the smallest region costs"
                            + " a whole one, and few threads find work.")
                    .advise("Write the file with tiles of 512 to 2048 pixels a side.", ""));
        }
        return Optional.empty();
    }
}
