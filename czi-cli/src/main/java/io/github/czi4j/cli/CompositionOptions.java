package io.github.czi4j.cli;

import io.github.czi4j.MosaicRequest;
import io.github.czi4j.model.Downscaling;
import io.github.czi4j.model.Overlap;
import io.github.czi4j.model.PyramidGaps;
import io.github.czi4j.model.PyramidLayer;
import picocli.CommandLine.Option;

/** The scale of a mosaic, and how tiles become a picture. */
final class CompositionOptions {
    /** Names of {@link PyramidGaps} that are short enough for a command line. */
    private enum Gaps {
        leave(PyramidGaps.LEAVE),
        finer(PyramidGaps.FILL_FINER),
        any(PyramidGaps.FILL_ANY);

        private final PyramidGaps meaning;

        Gaps(PyramidGaps meaning) {
            this.meaning = meaning;
        }
    }

    @Option(
            names = "--zoom",
            paramLabel = "Z",
            description = "Pixels of the picture for one of full resolution, above 0, at most 1 (default: 1).")
    private Double zoom;

    @Option(
            names = "--pyramid-layer",
            paramLabel = "FACTOR,LAYER",
            description = "One stored layer as it is, in place of --zoom: 2,0 is full resolution, 2,3 is one eighth.")
    private String layer;

    @Option(
            names = "--gaps",
            paramLabel = "leave|finer|any",
            defaultValue = "finer",
            description = "Where the layer for this zoom has no tile: leave the background, as libCZI does; show a "
                    + "finer layer (default); or any other.")
    private Gaps gaps;

    @Option(
            names = "--average",
            description = "Scale down by means of areas, not by nearest neighbours: slower, without moiré.")
    private boolean average;

    @Option(names = "--feather", description = "Blend overlapping tiles, rather than show the topmost.")
    private boolean feather;

    @Option(names = "--masks", description = "Leave out pixels that the masks of tiles call invalid.")
    private boolean masks;

    @Option(
            names = "--pixel-shift",
            description = "Move each channel by the shift that the file's experiment prescribes for it.")
    private boolean pixelShift;

    MosaicRequest apply(MosaicRequest request) {
        MosaicRequest result = request.maskAware(masks)
                .pixelShift(pixelShift)
                .pyramidGaps(gaps.meaning)
                .downscaling(average ? Downscaling.AREA_AVERAGE : Downscaling.NEAREST)
                .overlap(feather ? Overlap.FEATHER : Overlap.TOPMOST);
        if (layer == null) {
            return zoom == null ? result : result.zoom(zoom);
        }
        if (zoom != null) {
            throw new IllegalArgumentException("--pyramid-layer takes the place of --zoom: leave one of them");
        }
        PyramidLayer wanted = Requests.pyramidLayer(layer);
        return result.pyramidLayer(wanted.minificationFactor(), wanted.layer());
    }

    /** Pixels of the picture for one of full resolution. */
    double scale() {
        if (layer != null) {
            return 1.0 / Requests.pyramidLayer(layer).factor();
        }
        return zoom == null ? 1 : zoom;
    }

    /** Whether nothing was asked for. */
    boolean isEmpty() {
        return zoom == null && layer == null && !average && !feather && !masks && !pixelShift && gaps == Gaps.finer;
    }

    /** What to do about gaps that were left, in a few words. */
    String gapsHint() {
        return gaps == Gaps.leave
                ? "another pyramid layer has tiles there; --gaps finer or any shows them"
                : "only coarser pyramid layers have tiles there; --gaps any shows them";
    }
}
