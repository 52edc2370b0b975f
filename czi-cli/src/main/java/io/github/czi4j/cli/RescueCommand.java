package io.github.czi4j.cli;

import io.github.czi4j.CziOptions;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code czi rescue}. */
@Command(
        name = "rescue",
        description = "Writes a clean copy of a damaged file, with all that can still be read, and says what is lost.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "A directory that is damaged, stale or missing is made anew from the subblocks themselves.",
            "A tile that is cut off by the end of the file is kept as far as it goes, where it is not compressed.",
            "",
            "Examples:",
            "  czi rescue broken.czi rescued.czi",
            "  czi rescue broken.czi rescued.czi --json > losses.json",
            "",
            "Exit status 1: something is lost."
        })
final class RescueCommand implements Callable<Integer> {
    @Mixin
    private CopyArguments arguments;

    @Override
    public Integer call() throws IOException {
        return arguments.copy(CziOptions.defaults().rescue(true), copier -> copier.skipDamaged(true));
    }
}
