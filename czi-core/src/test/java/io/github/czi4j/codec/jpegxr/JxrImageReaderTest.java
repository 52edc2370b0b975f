package io.github.czi4j.codec.jpegxr;

import static io.github.czi4j.testing.JxrStreams.stream;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.czi4j.testing.Corpus;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;

class JxrImageReaderTest {
    private static ImageReader reader(byte[] file) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName("jxr").next();
        reader.setInput(ImageIO.createImageInputStream(new ByteArrayInputStream(file)));
        return reader;
    }

    private static int value(int x, int y, int c) {
        return x * x * 3 + y * 251 + c * 7919 + x * y * 13 & 0xFFFF;
    }

    @Test
    void imageIoFindsItByMagicSuffixAndMimeType() throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(stream("bgr24-overlap1")));
        assertEquals(67, image.getWidth());
        assertEquals(45, image.getHeight());
        for (int y = 0; y < 45; y++) {
            for (int x = 0; x < 67; x++) {
                int rgb = value(x, y, 0) >> 8 << 16 | value(x, y, 1) >> 8 << 8 | value(x, y, 2) >> 8;
                assertEquals(rgb, image.getRGB(x, y) & 0xFFFFFF, x + "," + y);
            }
        }
        assertTrue(ImageIO.getImageReadersBySuffix("wdp").hasNext());
        assertTrue(ImageIO.getImageReadersByMIMEType("image/vnd.ms-photo").hasNext());
        assertNull(ImageIO.read(new ByteArrayInputStream(new byte[100])));
    }

    @Test
    void sixteenBitsStaySixteenBits() throws IOException {
        BufferedImage grey = ImageIO.read(new ByteArrayInputStream(stream("gray16-overlap1")));
        assertEquals(DataBuffer.TYPE_USHORT, grey.getRaster().getTransferType());
        assertEquals(value(13, 17, 0), grey.getRaster().getSample(13, 17, 0));
        BufferedImage colour = ImageIO.read(new ByteArrayInputStream(stream("rgb48-overlap0")));
        for (int band = 0; band < 3; band++) {
            assertEquals(value(30, 40, band), colour.getRaster().getSample(30, 40, band));
        }
    }

    @Test
    void regionSubsamplingAndOffsetAreHonoured() throws IOException {
        ImageReader reader = reader(stream("gray16-overlap1"));
        ImageReadParam param = reader.getDefaultReadParam();
        param.setSourceRegion(new Rectangle(10, 5, 30, 20));
        param.setSourceSubsampling(3, 2, 1, 0);
        param.setDestinationOffset(new Point(2, 1));
        BufferedImage part = reader.read(0, param);
        assertEquals(12, part.getWidth());
        assertEquals(11, part.getHeight());
        assertEquals(0, part.getRaster().getSample(1, 1, 0));
        assertEquals(value(11, 5, 0), part.getRaster().getSample(2, 1, 0));
        assertEquals(value(11 + 3 * 4, 5 + 2 * 6, 0), part.getRaster().getSample(2 + 4, 1 + 6, 0));
        ImageReadParam region = reader.getDefaultReadParam();
        region.setSourceRegion(new Rectangle(60, 40, 100, 100));
        Raster raster = reader.readRaster(0, region);
        assertEquals(7, raster.getWidth());
        assertEquals(5, raster.getHeight());
        assertEquals(value(66, 44, 0), raster.getSample(6, 4, 0));
    }

    @Test
    void aResolutionIsHonouredWithItsRegion() throws IOException {
        ImageReader reader = reader(stream("gray8-smooth"));
        JxrReadParam param = (JxrReadParam) reader.getDefaultReadParam();
        assertEquals(118, reader.read(0, param).getWidth());
        param.setResolution(JxrOptions.Resolution.QUARTER);
        assertEquals(JxrOptions.Resolution.QUARTER, param.getResolution());
        BufferedImage whole = reader.read(0, param);
        assertEquals(30, whole.getWidth());
        assertEquals(23, whole.getHeight());
        param.setSourceRegion(new Rectangle(32, 16, 40, 30));
        BufferedImage part = reader.read(0, param);
        assertEquals(10, part.getWidth());
        assertEquals(8, part.getHeight());
        assertEquals(whole.getRGB(8 + 3, 4 + 5), part.getRGB(3, 5));
        param.setSourceSubsampling(2, 2, 0, 0);
        assertThrows(IIOException.class, () -> reader.read(0, param));
    }

    @Test
    void damageAndWrongIndicesAreExceptions() throws IOException {
        byte[] file = stream("gray16-overlap1");
        ImageReader cut = reader(Arrays.copyOf(file, file.length / 2));
        IIOException e = assertThrows(IIOException.class, () -> cut.read(0));
        assertTrue(e.getMessage().contains("byte"), e.getMessage());
        ImageReader reader = reader(file);
        assertThrows(IndexOutOfBoundsException.class, () -> reader.read(1));
        assertEquals(1, reader.getNumImages(true));
        reader.dispose();
        ImageReader unset = ImageIO.getImageReadersByFormatName("jxr").next();
        assertThrows(IllegalStateException.class, () -> unset.read(0));
    }

    /** Every format of the corpus gives a picture, or at least a raster. */
    @Test
    void allFormatsOfTheCorpusHaveARaster() throws IOException {
        Path index = Corpus.require("jxr/index.jsonl");
        int pictures = 0;
        int rasters = 0;
        for (String line : Files.readAllLines(index)) {
            JsonObject entry = JsonParser.parseString(line).getAsJsonObject();
            Path file = index.resolveSibling(entry.get("file").getAsString());
            try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
                ImageReader reader = ImageIO.getImageReaders(in).next();
                reader.setInput(in);
                Raster raster = reader.readRaster(0, null);
                assertEquals(entry.get("width").getAsInt(), raster.getWidth());
                rasters++;
                if (reader.getImageTypes(0).hasNext()) {
                    BufferedImage image = reader.read(0);
                    assertEquals(raster.getNumBands(), image.getRaster().getNumBands());
                    assertEquals(
                            raster.getSampleDouble(0, 0, 0), image.getRaster().getSampleDouble(0, 0, 0));
                    pictures++;
                } else {
                    assertThrows(IIOException.class, () -> reader.read(0));
                }
            }
        }
        assertEquals(480, rasters);
        assertTrue(pictures > 400, pictures + " pictures");
        assertFalse(pictures == rasters, "n-channel pictures have no colours");
    }
}
