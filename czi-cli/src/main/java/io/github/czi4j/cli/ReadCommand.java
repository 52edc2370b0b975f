package io.github.czi4j.cli;

import io.github.czi4j.BlockReport;
import io.github.czi4j.Composite;
import io.github.czi4j.CziOptions;
import io.github.czi4j.CziReader;
import io.github.czi4j.Mosaic;
import io.github.czi4j.MosaicPlan;
import io.github.czi4j.MosaicRequest;
import io.github.czi4j.bench.console.CommandErrors;
import io.github.czi4j.bench.console.Progress;
import io.github.czi4j.bench.console.Units;
import io.github.czi4j.codec.jpegxr.JxrOptions;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Pixels;
import io.github.czi4j.model.Rect;
import io.github.czi4j.model.TileFailure;
import io.github.czi4j.observe.Stage;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code czi read}. */
@Command(
        name = "read",
        description = "Composes the mosaic of one plane, or of all its channels, and writes it as a picture.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  czi read slide.czi --out slide.png --stretch",
            "  czi read slide.czi --out part.tif --region 12000,8000,2048,2048 --plane C=1,Z=3",
            "  czi read slide.czi --out small.png --zoom 0.0625 --scene 2",
            "  czi read slide.czi --out smooth.png --zoom 0.1 --average --feather",
            "  czi read slide.czi --out colours.png --composite --zoom 0.25",
            "  czi read slide.czi --out two.png --channels 0,2 --stretch",
            "  czi read slide.czi --out layer.tif --pyramid-layer 2,3",
            "  czi read slide.czi --out huge.raw --plane C=1     (any size, in little memory)",
            "  czi read https://host/slide.czi --out part.tif --region 0,0,512,512 --stats",
            "  czi read slide.czi --out slide.png --tuned        (as czi tune found to be fastest here)",
            "  czi read tile.jxr --out tile.png",
            "  czi read picture.jxr --out overview.png --thumbnail 16",
            "",
            "Values are written as they are stored, or their means, or as --composite displays them. Exit status 1: the picture has holes."
        })
final class ReadCommand implements Callable<Integer> {
    /** Share of the range below which a 16-bit picture looks black on a screen. */
    private static final int DARK = 65536 / 8;

    private static final int MAX_TOLD = 10;

    @Spec
    private CommandSpec spec;

    @Mixin
    private FileArgument file;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "PICTURE",
            description = "x.png or x.tif; x.raw for the samples alone")
    private Path out;

    @Mixin
    private MosaicOptions mosaicOptions;

    @Mixin
    private CompositeOptions composite;

    @Option(
            names = "--thumbnail",
            paramLabel = "4|16",
            defaultValue = "1",
            description = "Of a JPEG XR file: so many times smaller, from its first bands alone; fast, not exact.")
    private int thumbnail;

    @Option(names = "--stretch", description = "Spread the values over the full range, to look at.")
    private boolean stretch;

    @Option(names = "--stats", description = "Tell how many requests and bytes a file behind http(s) took.")
    private boolean stats;

    @Option(
            names = "--tuned",
            description = "Read with the settings that czi tune found for such files on this machine, if it has any.")
    private boolean tuned;

    @Option(names = "--force", description = "Replace an existing picture.")
    private boolean force;

    @Override
    public Integer call() throws IOException {
        boolean isRaw = RawMosaic.isNamed(out);
        Picture.Format format = isRaw ? null : Picture.Format.of(out);
        if (!force && Files.exists(out)) {
            throw new FileAlreadyExistsException(out.toString(), null, "exists already; --force replaces it");
        }
        // Looked at before any tile is read: a large mosaic should not be in vain.
        Path into = out.toAbsolutePath().getParent();
        if (!Files.isDirectory(into)) {
            throw new IllegalArgumentException(into + ": no such folder");
        }
        if (Files.isDirectory(out)) {
            throw new IllegalArgumentException(out + ": is a folder");
        }
        PrintWriter err = spec.commandLine().getErr();
        if (isRaw) {
            return readRaw(err);
        }
        if (!file.isRemote() && JxrFile.isNamed(file.path())) {
            return readJpegXr(format, err);
        }
        if (thumbnail != 1) {
            throw new IllegalArgumentException(
                    "--thumbnail is for JPEG XR files; --zoom makes a CZI file's picture small");
        }
        AtomicLong decoded = new AtomicLong();
        Progress[] progress = new Progress[1];
        CziOptions options = options().listener((stage, subblock, start, nanos, bytes) -> {
            if (stage == Stage.DECODE && progress[0] != null) {
                progress[0].update(decoded.incrementAndGet());
            }
        });
        try (CziReader reader = file.open(options)) {
            reader.problems().forEach(problem -> err.println("note: " + problem));
            MosaicRequest request = mosaicOptions.request(reader, composite.isWanted(), err);
            if (composite.isWanted()) {
                return readComposite(reader, request, err);
            }
            MosaicPlan plan = reader.plan(request);
            refuseWhatNoPictureHolds(format, plan.pixelType());
            Mosaic mosaic;
            try (Progress line = new Progress("reading tiles", plan.tiles().size())) {
                progress[0] = line;
                mosaic = reader.readMosaic(request);
            }
            Picture.write(toWrite(mosaic, err), out, pixelSize(reader));
            tellTransfer(reader, err);
            return report(mosaic, err);
        }
    }

    private void tellTransfer(CziReader reader, PrintWriter err) {
        if (stats) {
            err.println("note: " + Transfer.text(reader).orElse("a local file: no requests"));
        }
    }

    private int readComposite(CziReader reader, MosaicRequest request, PrintWriter err) throws IOException {
        Composite picture = composite.read(reader, request, stretch, err);
        Picture.write(picture.pixels(), out, pixelSize(reader));
        err.println("wrote " + out + ": " + picture.width() + "×" + picture.height() + " "
                + picture.pixels().type().label() + " from "
                + picture.channels().size() + (picture.channels().size() == 1 ? " channel" : " channels")
                + (picture.isComplete() ? "" : ", with holes"));
        return CompositeOptions.report(picture, err);
    }

    /** Samples alone, block by block: for mosaics that no picture, and perhaps no memory, holds. */
    private int readRaw(PrintWriter err) throws IOException {
        if (stretch || composite.isWanted() || thumbnail != 1 || !file.isRemote() && JxrFile.isNamed(file.path())) {
            throw new IllegalArgumentException("a raw file holds the values of a CZI file as they are stored");
        }
        try (CziReader reader = file.open(options())) {
            reader.problems().forEach(problem -> err.println("note: " + problem));
            MosaicRequest request = mosaicOptions.request(reader, err);
            BlockReport report = RawMosaic.write(reader, request, out);
            report.notes().forEach(note -> err.println("czi: " + note));
            report.failures().stream()
                    .limit(MAX_TOLD)
                    .forEach(failure -> err.println("czi: " + failure.reason().getMessage()));
            err.println("wrote " + out + ": " + report.width() + "×" + report.height() + " "
                    + reader.plan(request).pixelType().label()
                    + ", little-endian, rows without padding; " + report.decoded() + " bitmaps in " + report.blocks()
                    + " blocks of " + report.blockRows() + " rows, predicted peak "
                    + Units.bytes(report.predictedPeakBytes())
                    + (report.isComplete() ? "" : ", with holes"));
            tellTransfer(reader, err);
            return report.isComplete() ? CommandErrors.OK : CommandErrors.FINDINGS;
        }
    }

    private CziOptions options() {
        return tuned ? CziOptions.defaults().tuned() : CziOptions.defaults();
    }

    /** A JPEG XR file is a picture already: only its format changes. */
    private int readJpegXr(Picture.Format format, PrintWriter err) throws IOException {
        if (stretch || composite.isWanted() || mosaicOptions.isMoreThanRegion()) {
            throw new IllegalArgumentException(
                    "of a JPEG XR file --region and --thumbnail can be chosen: leave the other options");
        }
        BufferedImage image = JxrFile.of(file.path()).picture(mosaicOptions.region(), resolution());
        Picture.write(image, format, out);
        err.println("wrote " + out + ": " + image.getWidth() + "×" + image.getHeight());
        return CommandErrors.OK;
    }

    private JxrOptions.Resolution resolution() {
        for (JxrOptions.Resolution resolution : JxrOptions.Resolution.values()) {
            if (resolution.divisor() == thumbnail) {
                return resolution;
            }
        }
        throw new IllegalArgumentException("--thumbnail " + thumbnail + ": 4 or 16 is possible");
    }

    private void refuseWhatNoPictureHolds(Picture.Format format, PixelType type) {
        if (type == PixelType.GRAY64_COMPLEX_FLOAT || type == PixelType.BGR192_COMPLEX_FLOAT) {
            throw new IllegalArgumentException(type.label() + " pixels are complex: no picture format holds them");
        }
        if (!stretch && !format.holds(type)) {
            throw new IllegalArgumentException(
                    format + " cannot hold " + type.label() + " pixels: use --stretch, or a name that ends in .tif");
        }
    }

    private Pixels toWrite(Mosaic mosaic, PrintWriter err) {
        Pixels pixels = mosaic.pixels();
        boolean isWide = pixels.type().sample() == PixelType.Sample.UINT16;
        if (!stretch && !isWide) {
            return pixels;
        }
        Stretch.Range range = Stretch.range(pixels);
        if (stretch) {
            err.println("note: stretched from " + Units.significant(range.low()) + " to "
                    + Units.significant(range.high()));
            return Stretch.stretch(pixels, range);
        }
        if (range.high() > 0 && range.high() < DARK) {
            err.println("note: the highest value is " + (int) range.high()
                    + " of 65535, so the picture looks black; --stretch makes it visible");
        }
        return pixels;
    }

    private Optional<Picture.PixelSize> pixelSize(CziReader reader) {
        try {
            double scale = mosaicOptions.scale();
            OptionalDouble x = reader.metadata().pixelSizeX();
            OptionalDouble y = reader.metadata().pixelSizeY();
            return x.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Picture.PixelSize(x.getAsDouble() / scale, y.orElse(x.getAsDouble()) / scale));
        } catch (CziException e) {
            // A picture without a resolution is better than none.
            return Optional.empty();
        }
    }

    private int report(Mosaic mosaic, PrintWriter err) {
        int told = 0;
        for (TileFailure failure : mosaic.failures()) {
            if (told++ == MAX_TOLD) {
                err.println("czi: and " + (mosaic.failures().size() - MAX_TOLD) + " more subblocks");
                break;
            }
            err.println("czi: " + failure.reason().getMessage());
        }
        mosaic.notes().forEach(note -> err.println("czi: " + note));
        if (!mosaic.warnings().isEmpty()) {
            err.println("note: " + mosaic.warnings().size() + " tiles are odd, the first: subblock "
                    + mosaic.warnings().get(0).index() + ": "
                    + mosaic.warnings().get(0).message());
        }
        long gaps = mosaic.pyramidGaps().stream().mapToLong(Rect::area).sum();
        if (gaps > 0) {
            double share = 100.0 * gaps / Math.multiplyFull(mosaic.width(), mosaic.height());
            err.println("note: " + Units.significant(share) + " % of the picture is background although "
                    + mosaicOptions.gapsHint());
        }
        if (mosaic.drawnCount() == 0 && mosaic.isComplete()) {
            err.println("note: there is no tile in this region, so the picture is all background");
        }
        err.println("wrote " + out + ": " + mosaic.width() + "×" + mosaic.height() + " "
                + mosaic.pixelType().label() + ", " + mosaic.drawnCount()
                + (mosaic.drawnCount() == 1 ? " tile" : " tiles")
                + (mosaic.hiddenCount() == 0 ? "" : ", " + mosaic.hiddenCount() + " hidden ones left out")
                + (mosaic.isComplete() ? "" : ", with holes"));
        return mosaic.isComplete() ? CommandErrors.OK : CommandErrors.FINDINGS;
    }
}
