package io.github.czi4j.cli;

import com.google.gson.stream.JsonWriter;
import io.github.czi4j.CziReader;
import io.github.czi4j.Subblocks;
import io.github.czi4j.bench.console.TextTable;
import io.github.czi4j.model.Rect;
import io.github.czi4j.model.SubblockInfo;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
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
            "  czi tiles slide.czi --json | jq '.tiles[0]'"
        })
final class TilesCommand implements Callable<Integer> {
    private static final int FORMAT_VERSION = 1;

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

    @Option(names = "--limit", paramLabel = "N", description = "At most so many tiles.")
    private Long limit;

    @Override
    public Integer call() throws IOException {
        if (limit != null && limit < 0) {
            throw new IllegalArgumentException("the limit must not be negative, as " + limit + " is");
        }
        PrintWriter out = spec.commandLine().getOut();
        try (CziReader reader = file.open()) {
            IntStream indices = chosen(reader).indices().limit(limit == null ? Long.MAX_VALUE : limit);
            if (format.json) {
                writeJson(reader, indices, out);
            } else if (format.csv) {
                writeCsv(reader, indices, out);
            } else {
                writeTable(reader, indices, out);
            }
            out.flush();
            reader.problems().forEach(problem -> spec.commandLine().getErr().println("note: " + problem));
        }
        return 0;
    }

    private Subblocks chosen(CziReader reader) {
        Subblocks result = reader.subblocks();
        result = plane == null ? result : result.onPlane(plane);
        result = scene == null ? result : result.inScene(scene);
        result = region == null ? result : result.touching(Requests.region(region));
        return layer0 ? result.layer0() : result;
    }

    private static void writeTable(CziReader reader, IntStream indices, PrintWriter out) {
        TextTable table = new TextTable(
                "index>",
                "coordinate",
                "m>",
                "x>",
                "y>",
                "width>",
                "height>",
                "stored",
                "type",
                "compression",
                "offset>");
        indices.mapToObj(reader::subblockInfo)
                .forEach(tile -> table.row(
                        tile.index(),
                        tile.coordinate(),
                        m(tile),
                        tile.logical().x(),
                        tile.logical().y(),
                        tile.logical().width(),
                        tile.logical().height(),
                        tile.isLayer0() ? "" : tile.storedWidth() + "×" + tile.storedHeight(),
                        tile.pixelType().label(),
                        tile.compression().label(),
                        tile.filePosition()));
        out.print(table);
    }

    private static String m(SubblockInfo tile) {
        return tile.mIndex().isPresent() ? String.valueOf(tile.mIndex().getAsInt()) : "";
    }

    private static void writeCsv(CziReader reader, IntStream indices, PrintWriter out) {
        out.println("index,coordinate,m,x,y,width,height,storedWidth,storedHeight,pixelType,compression,filePosition");
        indices.mapToObj(reader::subblockInfo)
                .forEach(tile -> out.println(tile.index() + "," + tile.coordinate() + "," + m(tile) + ","
                        + tile.logical() + "," + tile.storedWidth() + "," + tile.storedHeight() + ","
                        + tile.pixelType().label() + "," + tile.compression().label() + "," + tile.filePosition()));
    }

    private void writeJson(CziReader reader, IntStream indices, PrintWriter out) throws IOException {
        // Not closed: standard output stays open.
        JsonWriter json = new JsonWriter(out);
        json.setHtmlSafe(false);
        json.beginObject();
        json.name("formatVersion").value(FORMAT_VERSION);
        json.name("file").value(file.name());
        json.name("tiles").beginArray();
        for (int index : (Iterable<Integer>) indices.boxed()::iterator) {
            write(json, reader.subblockInfo(index));
        }
        json.endArray();
        json.endObject();
        json.flush();
        out.println();
    }

    private static void write(JsonWriter json, SubblockInfo tile) throws IOException {
        json.beginObject();
        json.name("index").value(tile.index());
        json.name("coordinate").value(tile.coordinate().toString());
        if (tile.mIndex().isPresent()) {
            json.name("m").value(tile.mIndex().getAsInt());
        }
        Rect place = tile.logical();
        json.name("logical").beginArray();
        json.value(place.x())
                .value(place.y())
                .value(place.width())
                .value(place.height())
                .endArray();
        json.name("stored").beginArray();
        json.value(tile.storedWidth()).value(tile.storedHeight()).endArray();
        json.name("layer0").value(tile.isLayer0());
        json.name("pixelType").value(tile.pixelType().label());
        json.name("compression").value(tile.compression().label());
        json.name("filePosition").value(tile.filePosition());
        json.endObject();
    }
}
