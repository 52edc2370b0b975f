package io.github.czi4j.cli;

import io.github.czi4j.CziReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code czi info}. */
@Command(
        name = "info",
        description = "What is in a file: size, channels, scenes, tiles, compression, pixel size, and what is odd.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  czi info slide.czi",
            "  czi info https://host/slide.czi --header 'Authorization: Bearer TOKEN' --stats",
            "  czi info --json slide.czi | jq .layers"
        })
final class InfoCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private FileArgument file;

    @Option(names = "--json", description = "One JSON object with a formatVersion.")
    private boolean json;

    @Option(names = "--stats", description = "Tell how many requests and bytes a file behind http(s) took.")
    private boolean stats;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        try (CziReader reader = file.open()) {
            if (json) {
                new InfoJson(reader, out).write(file.name());
            } else {
                out.print(new InfoPage(reader).text());
            }
            if (stats) {
                spec.commandLine()
                        .getErr()
                        .println("note: " + Transfer.text(reader).orElse("a local file: no requests"));
            }
            out.flush();
        }
        return 0;
    }
}
