package io.github.czi4j.cli;

import io.github.czi4j.CziReader;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code czi info}. */
@Command(
        name = "info",
        description = "What is in a file: size, channels, scenes, tiles, compression, pixel size, and what is odd.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  czi info slide.czi"})
final class InfoCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private FileArgument file;

    @Override
    public Integer call() throws IOException {
        try (CziReader reader = file.open()) {
            spec.commandLine().getOut().print(new InfoPage(reader).text());
            spec.commandLine().getOut().flush();
        }
        return 0;
    }
}
