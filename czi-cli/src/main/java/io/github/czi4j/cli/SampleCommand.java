package io.github.czi4j.cli;

import io.github.czi4j.CziCopier;
import io.github.czi4j.CziReader;
import io.github.czi4j.bench.console.Progress;
import io.github.czi4j.bench.console.Units;
import io.github.czi4j.bench.sample.JpegXrTiles;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.sample.SampleRecipe;
import io.github.czi4j.sample.SampleWriter;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code czi sample}. */
@Command(
        name = "sample",
        description = "Writes a synthetic fluorescence mosaic, to try things with.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  czi sample sample.czi",
            "  czi sample rgb.czi --grid 4x3 --pixel-type bgr24 --compression zstd0",
            "  czi sample jxr.czi --compression jpegxr --grid 20x20",
            "  czi sample layered.czi --pyramid",
            "  czi sample tiny.czi --grid 400x250 --tile 8x8 --overlap 0 --compression uncompressed",
            "",
            "The same options give the same file, byte for byte."
        })
final class SampleCommand implements Callable<Integer> {
    private static final long PROGRESS = 1000;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "OUT.czi", description = "The file to write.")
    private Path target;

    @Option(names = "--grid", paramLabel = "10x10", defaultValue = "10x10", description = "Columns x rows of tiles.")
    private String grid;

    @Option(
            names = "--tile",
            paramLabel = "1024x1024",
            description = "Size of a tile (default 1024x1024; JPEG XR has 256x256 alone).")
    private String tile;

    @Option(
            names = "--overlap",
            paramLabel = "PERCENT",
            defaultValue = "10",
            description =
                    "Part of a tile's side that it shares with its neighbour, 0 to 50 (default ${DEFAULT-VALUE}).")
    private double overlap;

    @Option(
            names = "--pixel-type",
            paramLabel = "TYPE",
            defaultValue = "gray16",
            description = "gray8, gray16, gray32float, bgr24 or bgr48 (default ${DEFAULT-VALUE}).")
    private String pixelType;

    @Option(
            names = "--compression",
            paramLabel = "HOW",
            defaultValue = "zstd1",
            description = "uncompressed, zstd0, zstd1 or jpegxr (default ${DEFAULT-VALUE}).")
    private String compression;

    @Option(names = "--channels", paramLabel = "N", defaultValue = "1", description = "Number of channels.")
    private int channels;

    @Option(names = "--z", paramLabel = "N", defaultValue = "1", description = "Number of focal planes.")
    private int focalPlanes;

    @Option(names = "--t", paramLabel = "N", defaultValue = "1", description = "Number of time points.")
    private int timePoints;

    @Option(names = "--scenes", paramLabel = "N", defaultValue = "1", description = "Number of scenes.")
    private int scenes;

    @Option(
            names = "--jitter",
            paramLabel = "PIXELS",
            defaultValue = "0",
            description = "Tiles lie up to so many pixels off the grid.")
    private int jitter;

    @Option(names = "--pixel-size", paramLabel = "MICROMETRES", defaultValue = "0.325", description = "Of layer 0.")
    private double pixelSize;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Another seed, another specimen.")
    private long seed;

    @Option(names = "--pyramid", description = "With reduced layers, each half as wide and high as the one below.")
    private boolean pyramid;

    @Option(names = "--force", description = "Replace an existing file.")
    private boolean force;

    @Override
    public Integer call() throws IOException {
        int[] tiles = pair("--grid", grid);
        Compression stored = compression(compression);
        boolean isJpegXr = stored == Compression.JPEG_XR;
        String side = isJpegXr ? JpegXrTiles.SIDE + "x" + JpegXrTiles.SIDE : "1024x1024";
        int[] size = pair("--tile", tile == null ? side : tile);
        SampleRecipe recipe = SampleRecipe.defaults()
                .grid(tiles[0], tiles[1])
                .tile(size[0], size[1], overlap)
                .pixels(PixelType.ofLabel(pixelType), stored)
                .dimensions(channels, focalPlanes, timePoints, scenes)
                .jitter(jitter)
                .pixelSize(pixelSize)
                .seed(seed);
        if (!force && Files.exists(target)) {
            throw new FileAlreadyExistsException(target.toString(), null, "exists already; --force replaces it");
        }
        if (pyramid) {
            writeWithPyramid(recipe);
        } else {
            write(target, recipe);
        }
        spec.commandLine()
                .getErr()
                .println("wrote " + target + ": " + recipe.tileCount()
                        + (pyramid ? " tiles and their layers, " : " tiles, ") + Units.bytes(Files.size(target)));
        return 0;
    }

    private static void write(Path file, SampleRecipe recipe) throws IOException {
        int threads = Runtime.getRuntime().availableProcessors();
        try (Progress progress = new Progress("writing tiles", recipe.tileCount())) {
            if (recipe.compression() == Compression.JPEG_XR) {
                SampleWriter.write(file, recipe, new JpegXrTiles(recipe), (done, total) -> progress.update(done));
            } else {
                SampleWriter.write(file, recipe, threads, (done, total) -> progress.update(done));
            }
        }
    }

    /** First without, in a file beside it that goes away; there is no encoder of JPEG XR for the layers. */
    private void writeWithPyramid(SampleRecipe recipe) throws IOException {
        Path flat = Files.createTempFile(target.toAbsolutePath().getParent(), ".sample-", ".czi");
        try {
            write(flat, recipe);
            try (CziReader reader = CziReader.open(flat);
                    Progress progress = new Progress("making layers", PROGRESS)) {
                CziCopier copier =
                        CziCopier.of(reader).guid(reader.fileInfo().fileGuid()).pyramid();
                (recipe.compression() == Compression.JPEG_XR ? copier : copier.compress(recipe.compression()))
                        .writeTo(target, (done, total) -> progress.update(PROGRESS * done / Math.max(1, total)));
            }
        } finally {
            Files.deleteIfExists(flat);
        }
    }

    private static int[] pair(String option, String text) {
        String[] parts = text.toLowerCase(Locale.ROOT).split("x");
        try {
            if (parts.length == 2) {
                return new int[] {Integer.parseInt(parts[0].strip()), Integer.parseInt(parts[1].strip())};
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw new IllegalArgumentException(option + " needs two numbers such as 10x10, not '" + text + "'");
    }

    private static Compression compression(String label) {
        if (label.equalsIgnoreCase("jpegxr")) {
            return Compression.JPEG_XR;
        }
        for (Compression candidate : Compression.values()) {
            if (candidate.label().equalsIgnoreCase(label)) {
                return candidate;
            }
        }
        throw new IllegalArgumentException("no compression is called '" + label + "'");
    }
}
