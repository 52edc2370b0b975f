package io.github.czi4j.cli;

import io.github.czi4j.CziReader;
import io.github.czi4j.MosaicRequest;
import io.github.czi4j.model.Coordinate;
import io.github.czi4j.model.Dimension;
import io.github.czi4j.model.Parallelism;
import io.github.czi4j.model.Rect;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which mosaic of a file is meant, and who works on it. */
final class MosaicOptions {
    @Option(names = "--plane", paramLabel = "C=0,Z=3", description = "The lowest indices where nothing is said.")
    private String plane = "";

    @Option(names = "--scene", paramLabel = "S", description = "Only this scene.")
    private Integer scene;

    @Option(
            names = "--region",
            paramLabel = "X,Y,W,H",
            description = "In pixels of full resolution, as `czi tiles` shows them (default: the whole image).")
    private String region;

    @Mixin
    private CompositionOptions composition;

    @Option(
            names = "--background",
            paramLabel = "R,G,B",
            description = "Colour where there is no tile, each part 0 to 1 (default: black).")
    private String background;

    @Option(names = "--threads", paramLabel = "N", description = "Number of threads (default: one a processor).")
    private Integer threads;

    @Option(names = "--strict", description = "Fail at the first tile that is damaged or odd.")
    private boolean strict;

    /** What was asked for of one channel; choices that the file leaves are told. */
    MosaicRequest request(CziReader reader, PrintWriter err) {
        return request(reader, false, err);
    }

    /**
     * What was asked for; choices that the file leaves are told.
     *
     * @param ofAllChannels whether the channel is left open if none was named
     */
    MosaicRequest request(CziReader reader, boolean ofAllChannels, PrintWriter err) {
        MosaicRequest request =
                region == null ? MosaicRequest.wholeImage() : MosaicRequest.region(Requests.region(region));
        Map<Dimension, Integer> chosen = new EnumMap<>(Dimension.class);
        Coordinate complete = Requests.complete(reader, Coordinate.parse(plane), chosen);
        if (ofAllChannels && chosen.remove(Dimension.C) != null) {
            complete = complete.without(Dimension.C);
        }
        chosen.forEach((dimension, index) -> err.println("note: " + dimension + "=" + index + " of "
                + reader.bounds().dimensions().get(dimension) + "; --plane chooses another"));
        request = composition.apply(request.plane(complete));
        if (scene != null) {
            request = request.scene(scene);
        }
        if (background != null) {
            double[] parts = background(background);
            request = request.background(parts[0], parts[1], parts[2]);
        }
        if (threads != null) {
            request = request.parallelism(Parallelism.threads(threads));
        }
        return strict ? request.strict() : request;
    }

    private static double[] background(String text) {
        String[] parts = text.split(",");
        try {
            if (parts.length == 3) {
                return new double[] {
                    Double.parseDouble(parts[0]), Double.parseDouble(parts[1]), Double.parseDouble(parts[2])
                };
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw new IllegalArgumentException("'" + text + "' is not a colour R,G,B");
    }

    /** The part that was asked for; null for all. */
    Rect region() {
        return region == null ? null : Requests.region(region);
    }

    /** Whether anything but a region was asked for that makes sense for CZI files alone. */
    boolean isMoreThanRegion() {
        return scene != null || !plane.isEmpty() || !composition.isEmpty();
    }

    /** Pixels of the mosaic for one of full resolution. */
    double scale() {
        return composition.scale();
    }

    /** What to do about gaps that were left, in a few words. */
    String gapsHint() {
        return composition.gapsHint();
    }
}
