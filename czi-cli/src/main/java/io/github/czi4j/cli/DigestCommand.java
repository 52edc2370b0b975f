package io.github.czi4j.cli;

import io.github.czi4j.CziReader;
import io.github.czi4j.bench.console.TextTable;
import java.io.PrintWriter;
import java.nio.file.Path;
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
            "",
            "A request is a line such as",
            "  {\"scene\":null,\"plane\":\"Z0C0T0\",\"roi\":[0,0,512,512],\"zoom\":1}"
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
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        try (CziReader reader = file.open()) {
            Digest digest = new Digest(reader);
            if (json) {
                digest.writeJson(out, file.name(), mosaics);
                out.println();
            } else {
                TextTable table = new TextTable("index>", "coordinate", "m>", "size", "type", "compression", "md5");
                digest.forEachSubblock((info, result) -> table.row(
                        info.index(),
                        info.coordinate(),
                        info.mIndex().isPresent() ? info.mIndex().getAsInt() : "",
                        info.storedWidth() + "×" + info.storedHeight(),
                        info.pixelType().label(),
                        info.compression().label(),
                        result.error() == null ? result.md5() : "error: " + result.error()));
                out.print(table);
            }
            out.flush();
        }
        return 0;
    }
}
