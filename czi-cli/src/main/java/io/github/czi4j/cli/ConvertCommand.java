package io.github.czi4j.cli;

import io.github.czi4j.CziCopier;
import io.github.czi4j.CziOptions;
import io.github.czi4j.model.Compression;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code czi convert}. */
@Command(
        name = "convert",
        description = "Writes a copy whose tiles are compressed otherwise, pixel by pixel the same, "
                + "or which has a pyramid for overviews.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "The copy is read back and compared before it gets its name.",
            "",
            "Examples:",
            "  czi convert slide.czi smaller.czi --compression zstd1",
            "  czi convert slide.czi fast.czi --compression uncompressed",
            "  czi convert flat.czi layered.czi --pyramid"
        })
final class ConvertCommand implements Callable<Integer> {
    @Mixin
    private CopyArguments arguments;

    @Option(names = "--compression", paramLabel = "NAME", description = "zstd1, zstd0 or uncompressed.")
    private String compression;

    @Option(
            names = "--pyramid",
            description = "Make reduced layers of the full resolution, in place of those that there may be.")
    private boolean pyramid;

    @Override
    public Integer call() throws IOException {
        if (compression == null && !pyramid) {
            throw new IllegalArgumentException("--compression or --pyramid is needed: what shall be converted?");
        }
        return arguments.copy(CziOptions.defaults(), copier -> {
            CziCopier changed = compression == null ? copier : copier.compress(compression());
            return pyramid ? changed.pyramid() : changed;
        });
    }

    private Compression compression() {
        return switch (compression.toLowerCase(Locale.ROOT)) {
            case "zstd1" -> Compression.ZSTD1;
            case "zstd0" -> Compression.ZSTD0;
            case "uncompressed", "none" -> Compression.UNCOMPRESSED;
            default ->
                throw new IllegalArgumentException(
                        "--compression " + compression + ": zstd1, zstd0 or uncompressed is possible");
        };
    }
}
