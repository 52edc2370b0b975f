package io.github.czi4j.cli;

import io.github.czi4j.CziReader;
import io.github.czi4j.Subblocks;
import io.github.czi4j.bench.console.CommandErrors;
import io.github.czi4j.model.PyramidLayer;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code czi tiles}. */
@Command(
        name = "tiles",
        description = "Lists the subblocks: the tiles as they are stored.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  czi tiles slide.czi --plane C0 --layer0",
            "  czi tiles slide.czi --region 0,0,4096,4096 --csv > tiles.csv",
            "  czi tiles slide.czi --with-metadata --csv > tiles.csv",
            "  czi tiles slide.czi --json | jq '.tiles[0]'",
            "",
            "Columns of --csv: index,coordinate,m,x,y,width,height,storedWidth,storedHeight,pixelType,compression,",
            "filePosition; places in pixels of full resolution. With metadata also announcedPlanes (more than 1 in line",
            "scans), payloadBytes, attachmentBytes, mask (true or false), metadataBytes, acquisitionTime (UTC), stageX, stageY,",
            "focus, roiCenterOffsetX, roiCenterOffsetY (all µm), exposureTime (as stored), validBits, attachmentFormat,",
            "problem. --json has all tags of the subblocks besides. Exit status 1: a subblock cannot be read."
        })
final class TilesCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private FileArgument file;

    @ArgGroup(exclusive = true)
    private Format format = new Format();

    /** How the list is written. */
    static final class Format {
        @Option(names = "--json", description = "One JSON object with a formatVersion.")
        private boolean json;

        @Option(names = "--csv", description = "Comma-separated values with a header.")
        private boolean csv;
    }

    @Option(names = "--plane", paramLabel = "C0Z1", description = "Only tiles with these indices.")
    private String plane;

    @Option(names = "--scene", paramLabel = "S", description = "Only tiles of this scene.")
    private Integer scene;

    @Option(names = "--region", paramLabel = "X,Y,W,H", description = "Only tiles that touch this region.")
    private String region;

    @Option(names = "--layer0", description = "Only tiles of full resolution.")
    private boolean layer0;

    @Option(
            names = "--pyramid-layer",
            paramLabel = "FACTOR,LAYER",
            description = "Only tiles of one stored layer: 2,0 is full resolution, 2,3 is one eighth.")
    private String layer;

    @Option(names = "--m", paramLabel = "M", description = "Only tiles with this tile number.")
    private Integer m;

    @Option(
            names = "--with-metadata",
            description =
                    "Read what each subblock says of itself: times, stage positions, sizes, mask. One pass through "
                            + "the file.")
    private boolean withMetadata;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many tiles.")
    private Long limit;

    @Override
    public Integer call() throws IOException {
        if (limit != null && limit < 0) {
            throw new IllegalArgumentException("the limit must not be negative, as " + limit + " is");
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try (CziReader reader = file.open()) {
            TileList list = new TileList(reader, chosen(reader), limit == null ? Long.MAX_VALUE : limit, withMetadata);
            if (format.json) {
                list.writeJson(file.name(), out);
            } else if (format.csv) {
                list.writeCsv(out);
            } else {
                list.writeTable(out);
            }
            out.flush();
            reader.problems().forEach(problem -> err.println("note: " + problem));
            if (list.unreadable() > 0) {
                err.println("czi: " + list.unreadable() + " of the subblocks cannot be read, see their problem");
                return CommandErrors.FINDINGS;
            }
        }
        return CommandErrors.OK;
    }

    private Subblocks chosen(CziReader reader) {
        Subblocks result = reader.subblocks();
        result = plane == null ? result : result.onPlane(plane);
        result = scene == null ? result : result.inScene(scene);
        result = m == null ? result : result.withM(m);
        result = region == null ? result : result.touching(Requests.region(region));
        if (layer != null) {
            PyramidLayer wanted = Requests.pyramidLayer(layer);
            result = result.layer(wanted.minificationFactor(), wanted.layer());
        }
        return layer0 ? result.layer0() : result;
    }
}
