package io.github.czi4j.codec;

import io.github.czi4j.model.PixelType;
import java.awt.Rectangle;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

/**
 * Compression 1: a complete JPEG file (sheet §4.2), decoded by the JDK. Only the samples come from there; colour is
 * converted here, so that neither profiles in the file nor the colour management of a platform change pixels.
 */
final class JpegDecoder implements TileDecoder {
    @Override
    public DecodedTile decode(ByteBuffer payload, TileFormat format, Scratch scratch) throws CodecException {
        PixelType type = format.pixelType();
        if (type != PixelType.GRAY8 && type != PixelType.BGR24 && type != PixelType.BGRA32) {
            throw CodecException.unsupported(
                    "JPEG: expected gray8, bgr24 or bgra32, which have 8 bits, found " + type.label());
        }
        JpegHeader header = JpegHeader.read(payload);
        Fit.check((long) header.width() * header.height() * header.components(), format, "JPEG");

        List<String> warnings = new ArrayList<>();
        int width = Math.min(header.width(), format.width());
        int height = Math.min(header.height(), format.height());
        Raster raster = samples(payload, width, height, warnings);
        if (raster.getWidth() < width || raster.getHeight() < height || raster.getNumBands() != header.components()) {
            throw CodecException.corrupt(
                    0,
                    "JPEG: expected " + width + "×" + height + " pixels, found " + raster.getWidth() + "×"
                            + raster.getHeight());
        }
        byte[] pixels = scratch.pixels(format.bytes());
        if (header.width() != format.width() || header.height() != format.height()) {
            Arrays.fill(pixels, 0, format.bytes(), (byte) 0);
            warnings.add("expected " + format.width() + "×" + format.height() + " pixels, found " + header.width() + "×"
                    + header.height() + ": cropped or padded with 0");
        }
        if ((header.components() == 1) != (type == PixelType.GRAY8)) {
            warnings.add("expected " + type.label() + ", found a JPEG of " + header.components()
                    + (header.components() == 1 ? " component" : " components") + ": converted");
        }
        place(raster, header, format, pixels, width, height, scratch.intermediate(width * header.components()));
        return Fit.tile(pixels, format.bytes(), format.bytes(), format, List.copyOf(warnings));
    }

    /** The stored samples of the top-left corner, upsampled but otherwise as they are. */
    private static Raster samples(ByteBuffer payload, int width, int height, List<String> warnings)
            throws CodecException {
        ImageReader reader = reader();
        try (PayloadImageStream stream = new PayloadImageStream(payload)) {
            reader.setInput(stream, true, true);
            reader.addIIOReadWarningListener((source, warning) -> {
                if (warnings.isEmpty()) {
                    warnings.add("JPEG: " + warning); // the first tells; a damaged stream may have thousands
                }
            });
            ImageReadParam param = reader.getDefaultReadParam();
            param.setSourceRegion(new Rectangle(0, 0, width, height));
            return reader.readRaster(0, param);
        } catch (IOException | RuntimeException e) {
            throw CodecException.corrupt(0, "JPEG: expected a picture, found: " + e.getMessage(), e);
        } finally {
            reader.dispose();
        }
    }

    /** The JDK's own reader: others may be on the class path, and pixels must not depend on that. */
    private static ImageReader reader() throws CodecException {
        try {
            Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("jpeg");
            while (readers.hasNext()) {
                ImageReader reader = readers.next();
                if (reader.getClass().getModule() == ImageIO.class.getModule()) {
                    return reader;
                }
            }
        } catch (LinkageError e) {
            throw CodecException.unsupported("JPEG: the reader of this Java runtime does not load: " + e.getMessage());
        }
        throw CodecException.unsupported("JPEG: this Java runtime has no reader");
    }

    private static void place(
            Raster raster, JpegHeader header, TileFormat format, byte[] pixels, int width, int height, byte[] row) {
        int stride = format.width() * format.pixelType().bytesPerPixel();
        for (int y = 0; y < height; y++) {
            raster.getDataElements(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            if (header.luminance()) {
                JpegColour.toRgb(row, width);
            }
            int out = y * stride;
            boolean colour = header.components() == 3;
            switch (format.pixelType()) {
                case GRAY8 -> JpegColour.toGrey(row, colour, width, pixels, out);
                case BGR24 -> JpegColour.toBgr(row, colour, width, pixels, out, 3);
                default -> JpegColour.toBgr(row, colour, width, pixels, out, 4);
            }
        }
    }
}
