package io.github.czi4j.codec.jpegxr;

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
 * an {@link ImageReadParam} are honoured; the whole picture is decoded for them. Pictures of more than four channels,
 * and CMYK, are rasters without colours: {@link #readRaster}.
 */
final class JxrImageReader extends ImageReader {
    private static final int CHUNK = 1 << 16;

    private JxrImage image;

    JxrImageReader(ImageReaderSpi provider) {
        super(provider);
    }

    @Override
    public void setInput(Object source, boolean seekForwardOnly, boolean ignoreMetadata) {
        super.setInput(source, seekForwardOnly, ignoreMetadata);
        image = null;
    }

    private JxrImage image(int index) throws IOException {
        if (index != 0) {
            throw new IndexOutOfBoundsException("a JPEG XR file has one picture, not number " + index);
        }
        if (image == null) {
            if (!(getInput() instanceof ImageInputStream in)) {
                throw new IllegalStateException("no input is set");
            }
            try {
                image = JxrDecoder.decode(readAll(in), JxrDecoder.DEFAULT_MAX_BYTES);
            } catch (JxrException e) {
                throw new IIOException(e.getMessage() + " (byte " + e.offset() + ")", e);
            }
        }
        return image;
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
    public int getNumImages(boolean allowSearch) {
        return 1;
    }

    @Override
    public int getWidth(int index) throws IOException {
        return image(index).width();
    }

    @Override
    public int getHeight(int index) throws IOException {
        return image(index).height();
    }

    @Override
    public Iterator<ImageTypeSpecifier> getImageTypes(int index) throws IOException {
        JxrImage picture = image(index);
        Raster raster = raster(picture);
        ColorModel colours = JxrRaster.colours(picture, raster);
        if (colours == null) {
            return List.<ImageTypeSpecifier>of().iterator();
        }
        return List.of(new ImageTypeSpecifier(
                        colours, colours.createCompatibleSampleModel(picture.width(), picture.height())))
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
        JxrImage picture = image(index);
        clearAbortRequest();
        processImageStarted(index);
        raster(picture);
        BufferedImage whole = JxrRaster.image(picture);
        if (whole == null) {
            throw new IIOException(picture.format().label() + " has no colours: read it as a raster");
        }
        BufferedImage result = param == null ? whole : select(index, whole, param);
        processImageComplete();
        return result;
    }

    private BufferedImage select(int index, BufferedImage whole, ImageReadParam param) throws IOException {
        BufferedImage destination = getDestination(param, getImageTypes(index), whole.getWidth(), whole.getHeight());
        checkReadParamBandSettings(
                param, whole.getRaster().getNumBands(), destination.getRaster().getNumBands());
        Rectangle source = new Rectangle();
        Rectangle target = new Rectangle();
        computeRegions(param, whole.getWidth(), whole.getHeight(), destination, source, target);
        WritableRaster from = whole.getRaster();
        WritableRaster to = destination.getRaster();
        int[] sourceBands = param.getSourceBands();
        int[] targetBands = param.getDestinationBands();
        int bands = sourceBands == null ? Math.min(from.getNumBands(), to.getNumBands()) : sourceBands.length;
        for (int y = 0; y < target.height; y++) {
            for (int x = 0; x < target.width; x++) {
                int sx = source.x + x * param.getSourceXSubsampling();
                int sy = source.y + y * param.getSourceYSubsampling();
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
        Raster whole = raster(image(index));
        if (param == null) {
            return whole;
        }
        Rectangle region = getSourceRegion(param, whole.getWidth(), whole.getHeight());
        int stepX = param.getSourceXSubsampling();
        int stepY = param.getSourceYSubsampling();
        int width = (region.width + stepX - 1) / stepX;
        int height = (region.height + stepY - 1) / stepY;
        WritableRaster result = whole.createCompatibleWritableRaster(width, height);
        Object pixel = null;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                pixel = whole.getDataElements(region.x + x * stepX, region.y + y * stepY, pixel);
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
        image = null;
    }
}
