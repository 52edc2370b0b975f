package io.github.czi4j.cli;

import io.github.czi4j.CziReader;
import io.github.czi4j.bench.console.CommandErrors;
import io.github.czi4j.bench.console.TextTable;
import io.github.czi4j.model.CziException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code czi digest}. */
@Command(
        name = "digest",
        description = "The fingerprint of all that can be decoded: compare two readers, or two copies of a file.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  czi digest slide.czi",
            "  czi digest --json slide.czi > slide.json",
            "  czi digest --json --mosaics requests.jsonl slide.czi",
            "  czi digest --json tile.jxr                a JPEG XR file by itself",
            "",
            "A request is a line such as",
            "  {\"scene\":null,\"plane\":\"Z0C0T0\",\"roi\":[0,0,512,512],\"zoom\":1}",
            "with \"minificationFactor\":2,\"layer\":3 in place of the zoom for one stored layer, and \"maskAware\":true",
            "to look at masks. Mosaics are composed as libCZI does: gaps of a pyramid are left.",
            "",
            "What cannot be read is told in its place and leaves the exit status 0."
        })
final class DigestCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private FileArgument file;

    @Option(names = "--json", description = "One JSON object with a formatVersion.")
    private boolean json;

    @Option(
            names = "--mosaics",
            paramLabel = "REQUESTS.jsonl",
            description = "Mosaics to fingerprint too, a request a line.")
    private Path mosaics;

    @Override
    public Integer call() throws IOException {
        List<DigestRequest> requests = mosaics == null ? null : DigestRequest.readAll(mosaics);
        PrintWriter out = spec.commandLine().getOut();
        if (!file.isRemote() && JxrFile.isNamed(file.path())) {
            if (requests != null) {
                throw new IllegalArgumentException("--mosaics needs a CZI, not a JPEG XR file");
            }
            JxrFile.of(file.path()).writeDigest(out, file.name(), json);
            out.flush();
            return CommandErrors.OK;
        }
        try (CziReader reader = file.open()) {
            Digest digest = new Digest(reader);
            if (json) {
                return new DigestJson(digest, out).write(file.name(), requests)
                        ? CommandErrors.OK
                        : CommandErrors.FAILED;
            }
            writeTables(digest, requests == null ? List.of() : requests, out);
        }
        return CommandErrors.OK;
    }

    private static void writeTables(Digest digest, List<DigestRequest> requests, PrintWriter out) throws IOException {
        TextTable tiles = new TextTable("index>", "coordinate", "m>", "size", "type", "compression", "md5");
        digest.forEachSubblock((info, result) -> tiles.row(
                info.index(),
                info.coordinate(),
                info.mIndex().isPresent() ? info.mIndex().getAsInt() : "",
                info.storedWidth() + "×" + info.storedHeight(),
                info.pixelType().label(),
                info.compression().label(),
                md5(result.md5(), result.error())));
        out.println(tiles);
        TextTable parts = new TextTable("part", "bytes>", "md5");
        Digest.Payload xml = digest.metadata();
        parts.row("metadata", xml.size(), md5(xml.md5(), xml.error()));
        try {
            digest.attachments()
                    .forEach(part -> parts.row(
                            "attachment " + part.name().replaceAll("\\p{Cntrl}", "?"),
                            part.size(),
                            md5(part.md5(), part.error())));
        } catch (CziException e) {
            parts.row("attachments", "", md5(null, e.getMessage()));
        }
        out.print(parts);
        if (!requests.isEmpty()) {
            TextTable composed = new TextTable("mosaic>", "size", "type", "md5");
            for (int i = 0; i < requests.size(); i++) {
                Digest.Bitmap result = digest.mosaic(requests.get(i));
                boolean isThere = result.error() == null;
                composed.row(
                        i + 1,
                        isThere ? result.width() + "×" + result.height() : "",
                        isThere ? result.pixelType() : "",
                        md5(result.md5(), result.error()));
            }
            out.println();
            out.print(composed);
        }
        out.flush();
    }

    private static String md5(String md5, String error) {
        return error == null ? md5 : "error: " + error;
    }
}
