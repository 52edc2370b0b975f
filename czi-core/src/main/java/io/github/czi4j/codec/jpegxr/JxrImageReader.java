package io.github.czi4j.codec.jpegxr;

import io.github.czi4j.codec.jpegxr.JxrOptions.Resolution;
import io.github.czi4j.model.Rect;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import javax.imageio.IIOException;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;

/**
 * Reads JPEG XR through {@code javax.imageio}: one picture a file, no thumbnails, no metadata. Region and subsampling of
 * an {@link ImageReadParam} are honoured; of a region only the tiles and rows of macroblocks that it needs are decoded.
 * Pictures of more than four channels, and CMYK, are rasters without colours: {@link #readRaster}.
 */
final class JxrImageReader extends ImageReader {
    private static final int CHUNK = 1 << 16;

    private byte[] file;
    private JxrHeader header;

    JxrImageReader(ImageReaderSpi provider) {
        super(provider);
    }

    @Override
    public void setInput(Object source, boolean seekForwardOnly, boolean ignoreMetadata) {
        super.setInput(source, seekForwardOnly, ignoreMetadata);
        dispose();
    }

    private JxrHeader header(int index) throws IOException {
        if (index != 0) {
            throw new IndexOutOfBoundsException("a JPEG XR file has one picture, not number " + index);
        }
        if (header == null) {
            if (!(getInput() instanceof ImageInputStream in)) {
                throw new IllegalStateException("no input is set");
            }
            file = readAll(in);
            try {
                header = JxrDecoder.readHeader(file);
            } catch (JxrException e) {
                throw withOffset(e);
            }
        }
        return header;
    }

    private JxrImage decode(int index, Rectangle region) throws IOException {
        return decode(index, region, Resolution.FULL);
    }

    private JxrImage decode(int index, Rectangle region, Resolution resolution) throws IOException {
        header(index);
        Rect rectangle = new Rect(region.x, region.y, region.width, region.height);
        try {
            return JxrDecoder.decode(
                    file, JxrOptions.defaults().region(rectangle).resolution(resolution));
        } catch (JxrException e) {
            throw withOffset(e);
        }
    }

    private static IIOException withOffset(JxrException e) {
        return new IIOException(e.getMessage() + " (byte " + e.offset() + ")", e);
    }

    private static byte[] readAll(ImageInputStream in) throws IOException {
        in.seek(0);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK];
        for (int count = in.read(chunk); count > 0; count = in.read(chunk)) {
            bytes.write(chunk, 0, count);
        }
        return bytes.toByteArray();
    }

    @Override
    public ImageReadParam getDefaultReadParam() {
        return new JxrReadParam();
    }

    @Override
    public int getNumImages(boolean allowSearch) {
        return 1;
    }

    @Override
    public int getWidth(int index) throws IOException {
        return header(index).width();
    }

    @Override
    public int getHeight(int index) throws IOException {
        return header(index).height();
    }

    @Override
    public Iterator<ImageTypeSpecifier> getImageTypes(int index) throws IOException {
        // Any pixel has the colours of all.
        JxrImage pixel = decode(index, new Rectangle(0, 0, 1, 1));
        ColorModel colours = JxrRaster.colours(pixel, raster(pixel));
        if (colours == null) {
            return List.<ImageTypeSpecifier>of().iterator();
        }
        return List.of(new ImageTypeSpecifier(colours, colours.createCompatibleSampleModel(1, 1)))
                .iterator();
    }

    private static Raster raster(JxrImage picture) throws IIOException {
        try {
            return JxrRaster.of(picture);
        } catch (IllegalArgumentException e) {
            throw new IIOException(e.getMessage(), e);
        }
    }

    @Override
    public BufferedImage read(int index, ImageReadParam param) throws IOException {
        int width = getWidth(index);
        int height = getHeight(index);
        clearAbortRequest();
        processImageStarted(index);
        BufferedImage result;
        if (param == null) {
            result = picture(decode(index, new Rectangle(width, height)));
        } else if (param instanceof JxrReadParam jxr && jxr.getResolution() != Resolution.FULL) {
            result = thumbnail(index, width, height, jxr);
        } else {
            result = select(index, width, height, param);
        }
        processImageComplete();
        return result;
    }

    private static BufferedImage picture(JxrImage decoded) throws IIOException {
        raster(decoded);
        BufferedImage picture = JxrRaster.image(decoded);
        if (picture == null) {
            throw new IIOException(decoded.format().label() + " has no colours: read it as a raster");
        }
        return picture;
    }

    private BufferedImage thumbnail(int index, int width, int height, JxrReadParam param) throws IOException {
        boolean isSubsampled = param.getSourceXSubsampling() != 1 || param.getSourceYSubsampling() != 1;
        if (isSubsampled || param.getDestination() != null || param.getDestinationType() != null) {
            throw new IIOException("neither subsampling nor a destination goes with a resolution below the full one");
        }
        return picture(decode(index, getSourceRegion(param, width, height), param.getResolution()));
    }

    private BufferedImage select(int index, int width, int height, ImageReadParam param) throws IOException {
        BufferedImage destination = getDestination(param, getImageTypes(index), width, height);
        Rectangle source = new Rectangle();
        Rectangle target = new Rectangle();
        computeRegions(param, width, height, destination, source, target);
        WritableRaster from = picture(decode(index, source)).getRaster();
        WritableRaster to = destination.getRaster();
        checkReadParamBandSettings(param, from.getNumBands(), to.getNumBands());
        int[] sourceBands = param.getSourceBands();
        int[] targetBands = param.getDestinationBands();
        int bands = sourceBands == null ? Math.min(from.getNumBands(), to.getNumBands()) : sourceBands.length;
        for (int y = 0; y < target.height; y++) {
            for (int x = 0; x < target.width; x++) {
                int sx = x * param.getSourceXSubsampling();
                int sy = y * param.getSourceYSubsampling();
                for (int band = 0; band < bands; band++) {
                    double value = from.getSampleDouble(sx, sy, sourceBands == null ? band : sourceBands[band]);
                    to.setSample(target.x + x, target.y + y, targetBands == null ? band : targetBands[band], value);
                }
            }
        }
        return destination;
    }

    @Override
    public boolean canReadRaster() {
        return true;
    }

    @Override
    public Raster readRaster(int index, ImageReadParam param) throws IOException {
        Rectangle region = getSourceRegion(param, getWidth(index), getHeight(index));
        Raster decoded = raster(decode(index, region));
        if (param == null) {
            return decoded;
        }
        int stepX = param.getSourceXSubsampling();
        int stepY = param.getSourceYSubsampling();
        int width = (region.width + stepX - 1) / stepX;
        int height = (region.height + stepY - 1) / stepY;
        WritableRaster result = decoded.createCompatibleWritableRaster(width, height);
        Object pixel = null;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                pixel = decoded.getDataElements(x * stepX, y * stepY, pixel);
                result.setDataElements(x, y, pixel);
            }
        }
        return result;
    }

    @Override
    public IIOMetadata getStreamMetadata() {
        return null;
    }

    @Override
    public IIOMetadata getImageMetadata(int index) {
        return null;
    }

    @Override
    public void dispose() {
        file = null;
        header = null;
    }
}
