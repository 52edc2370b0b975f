package io.github.czi4j.cli;

import io.github.czi4j.bench.console.WholeFile;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Pixels;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferDouble;
import java.awt.image.DataBufferFloat;
import java.awt.image.DataBufferInt;
import java.awt.image.DataBufferUShort;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.plugins.tiff.BaselineTIFFTagSet;
import javax.imageio.plugins.tiff.TIFFDirectory;
import javax.imageio.plugins.tiff.TIFFField;
import javax.imageio.plugins.tiff.TIFFTag;
import javax.imageio.plugins.tiff.TIFFTagSet;
import javax.imageio.stream.FileImageOutputStream;
import javax.imageio.stream.ImageOutputStream;

/** Pixels as a picture of the JDK, which shares their array, and as a PNG or TIFF file. */
final class Picture {
    /** What a file of a name holds. */
    enum Format {
        PNG,
        TIFF;

        static Format of(Path file) {
            String name = file.toString().toLowerCase(Locale.ROOT);
            if (name.endsWith(".png")) {
                return PNG;
            }
            if (name.endsWith(".tif") || name.endsWith(".tiff")) {
                return TIFF;
            }
            throw new IllegalArgumentException(file + ": a picture's name ends in .png, .tif or .tiff");
        }

        /** PNG holds 8 and 16 bits, TIFF floats too. */
        boolean holds(PixelType type) {
            boolean isComplex = type == PixelType.GRAY64_COMPLEX_FLOAT || type == PixelType.BGR192_COMPLEX_FLOAT;
            return switch (type.sample()) {
                case UINT8, UINT16 -> true;
                case INT32, FLOAT32, FLOAT64 -> this == TIFF && !isComplex;
            };
        }
    }

    /**
     * Size of a picture's pixel.
     *
     * @param x width in µm, above 0
     * @param y height in µm, above 0
     */
    record PixelSize(double x, double y) {}

    private Picture() {}

    /**
     * A picture that shares the array of the pixels.
     *
     * @param pixels not complex
     */
    static BufferedImage image(Pixels pixels) {
        PixelType type = pixels.type();
        DataBuffer buffer = switch (type.sample()) {
            case UINT8 -> new DataBufferByte(pixels.bytes(), pixels.bytes().length);
            case UINT16 -> new DataBufferUShort(pixels.shorts(), pixels.shorts().length);
            case INT32 -> new DataBufferInt(pixels.ints(), pixels.ints().length);
            case FLOAT32 -> new DataBufferFloat(pixels.floats(), pixels.floats().length);
            case FLOAT64 -> new DataBufferDouble(pixels.doubles(), pixels.doubles().length);
        };
        int samples = type.samplesPerPixel();
        boolean hasAlpha = type == PixelType.BGRA32;
        int[] redFirst = samples == 1 ? new int[] {0} : hasAlpha ? new int[] {2, 1, 0, 3} : new int[] {2, 1, 0};
        PixelInterleavedSampleModel model = new PixelInterleavedSampleModel(
                buffer.getDataType(),
                pixels.width(),
                pixels.height(),
                samples,
                Math.multiplyExact(pixels.width(), samples),
                redFirst);
        ColorSpace space = ColorSpace.getInstance(samples == 1 ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB);
        ColorModel colours = new ComponentColorModel(
                space,
                hasAlpha,
                false,
                hasAlpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE,
                buffer.getDataType());
        WritableRaster raster = Raster.createWritableRaster(model, buffer, null);
        return new BufferedImage(colours, raster, false, null);
    }

    /**
     * Writes a file, which appears under its name only when it is whole.
     *
     * @param pixelSize for the resolution of the picture, empty if not known
     */
    static void write(Pixels pixels, Path target, Optional<PixelSize> pixelSize) throws IOException {
        Format format = Format.of(target);
        BufferedImage image = image(pixels);
        WholeFile.write(target, part -> write(image, format, part, pixelSize));
    }

    /** Writes a picture of the JDK, likewise whole or not at all. */
    static void write(BufferedImage image, Format format, Path target) throws IOException {
        WholeFile.write(target, part -> write(image, format, part, Optional.empty()));
    }

    private static void write(BufferedImage image, Format format, Path file, Optional<PixelSize> pixelSize)
            throws IOException {
        ImageTypeSpecifier type = ImageTypeSpecifier.createFromRenderedImage(image);
        Iterator<ImageWriter> writers = ImageIO.getImageWriters(type, format.name());
        if (!writers.hasNext()) {
            throw new IOException("this JDK writes no " + format + " of these pixels");
        }
        ImageWriter writer = writers.next();
        // ImageIO.createImageOutputStream would print a stack trace by itself where a file cannot be made.
        try (ImageOutputStream out = new FileImageOutputStream(file.toFile())) {
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            IIOMetadata metadata = writer.getDefaultImageMetadata(type, parameters);
            if (pixelSize.isPresent()) {
                metadata = format == Format.PNG
                        ? withPngPixelSize(metadata, pixelSize.get())
                        : withTiffPixelSize(metadata, pixelSize.get());
            }
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, metadata), parameters);
        } finally {
            writer.dispose();
        }
    }

    /** The JDK's PNG writer makes 0 of a pixel size in the standard form, so that it is told in its own. */
    private static IIOMetadata withPngPixelSize(IIOMetadata metadata, PixelSize size) throws IIOInvalidTreeException {
        long x = Math.round(1e6 / size.x);
        long y = Math.round(1e6 / size.y);
        if (Math.min(x, y) >= 1 && Math.max(x, y) <= Integer.MAX_VALUE) {
            IIOMetadataNode physical = new IIOMetadataNode("pHYs");
            physical.setAttribute("pixelsPerUnitXAxis", Long.toString(x));
            physical.setAttribute("pixelsPerUnitYAxis", Long.toString(y));
            physical.setAttribute("unitSpecifier", "meter");
            IIOMetadataNode root = new IIOMetadataNode("javax_imageio_png_1.0");
            root.appendChild(physical);
            metadata.mergeTree("javax_imageio_png_1.0", root);
        }
        return metadata;
    }

    /** The JDK's TIFF writer fails at pixels below 23 nm in the standard form: its denominator is always 10,000. */
    private static IIOMetadata withTiffPixelSize(IIOMetadata metadata, PixelSize size) throws IIOInvalidTreeException {
        long[] x = rational(1e4 / size.x);
        long[] y = rational(1e4 / size.y);
        if (x[0] == 0 || y[0] == 0) {
            return metadata;
        }
        TIFFDirectory fields = TIFFDirectory.createFromMetadata(metadata);
        TIFFTagSet tags = BaselineTIFFTagSet.getInstance();
        fields.addTIFFField(rational(tags.getTag(BaselineTIFFTagSet.TAG_X_RESOLUTION), x));
        fields.addTIFFField(rational(tags.getTag(BaselineTIFFTagSet.TAG_Y_RESOLUTION), y));
        fields.addTIFFField(new TIFFField(
                tags.getTag(BaselineTIFFTagSet.TAG_RESOLUTION_UNIT), BaselineTIFFTagSet.RESOLUTION_UNIT_CENTIMETER));
        return fields.getAsMetadata();
    }

    private static TIFFField rational(TIFFTag tag, long[] value) {
        return new TIFFField(tag, TIFFTag.TIFF_RATIONAL, 1, new long[][] {value});
    }

    /** Numerator and denominator of 32 bits each, as exact as they can be; 0 over 1 for what does not fit. */
    private static long[] rational(double value) {
        for (long denominator = 10_000; denominator >= 1; denominator /= 100) {
            double numerator = Math.rint(value * denominator);
            if (numerator < 1L << 32) {
                return new long[] {(long) numerator, denominator};
            }
        }
        return new long[] {0, 1};
    }
}
