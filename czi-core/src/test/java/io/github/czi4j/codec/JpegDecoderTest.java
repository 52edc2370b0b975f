package io.github.czi4j.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.czi4j.model.Compression;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.PixelType;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class JpegDecoderTest extends TileDecoderContract {
    @Override
    Compression compression() {
        return Compression.JPEG;
    }

    @Override
    TileFormat format(int width, int height) {
        return new TileFormat(width, height, PixelType.BGR24);
    }

    @Override
    byte[] payload(TileFormat format) {
        return Payloads.jpeg(Payloads.image(format.width(), format.height(), true));
    }

    @Override
    byte[] expected(TileFormat format) {
        return decodedByTheJdk(payload(format));
    }

    /** B, G, R or grey: both kinds of image hold their bytes as CZI does. */
    private static byte[] decodedByTheJdk(byte[] jpeg) {
        try {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(jpeg));
            return ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void decodesGrey() throws CodecException {
        byte[] jpeg = Payloads.jpeg(Payloads.image(33, 17, false));
        DecodedTile tile = decode(jpeg, Payloads.gray8(33, 17));
        assertArrayEquals(decodedByTheJdk(jpeg), Payloads.array(tile));
        assertEquals(List.of(), tile.warnings());
    }

    @Test
    void decodesProgressive() throws IOException, CodecException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam param = writer.getDefaultWriteParam();
        param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
        byte[] jpeg = write(writer, new IIOImage(Payloads.image(40, 30, true), null, null), param);
        assertArrayEquals(decodedByTheJdk(jpeg), Payloads.array(decode(jpeg, format(40, 30))));
    }

    /** Samples that an Adobe marker calls R, G, B are not converted. */
    @Test
    void decodesRgb() throws IOException, CodecException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam param = writer.getDefaultWriteParam();
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionQuality(1);
        BufferedImage image = new BufferedImage(24, 16, BufferedImage.TYPE_3BYTE_BGR);
        for (int i = 0; i < 24 * 16; i++) {
            image.setRGB(i % 24, i / 24, 0x204080);
        }
        // A raster is written as it is: the bands of this image are R, G, B.
        byte[] plain = write(writer, new IIOImage(image.getRaster(), null, null), param);
        byte[] adobe = Payloads.hex("ffee 000e 41646f6265 0064 0000 0000 00");
        byte[] jpeg = Payloads.concat(
                Payloads.hex("ffd8"), adobe, Arrays.copyOfRange(withoutApplicationSegments(plain), 2, plain.length));
        byte[] pixels = Payloads.array(decode(jpeg, format(24, 16)));
        assertEquals(0x80, pixels[0] & 0xFF, 2);
        assertEquals(0x40, pixels[1] & 0xFF, 2);
        assertEquals(0x20, pixels[2] & 0xFF, 2);
    }

    private static byte[] withoutApplicationSegments(byte[] jpeg) {
        int position = 2;
        while ((jpeg[position + 1] & 0xF0) == 0xE0) {
            position += 2 + ((jpeg[position + 2] & 0xFF) << 8 | jpeg[position + 3] & 0xFF);
        }
        return Payloads.concat(Arrays.copyOf(jpeg, 2), Arrays.copyOfRange(jpeg, position, jpeg.length));
    }

    private static byte[] write(ImageWriter writer, IIOImage image, ImageWriteParam param) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, image, param);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({"20, 12", "20, 30", "50, 12", "50, 30", "33, 12", "33, 30", "1, 1"})
    void cropsOrPadsOtherDimensions(int width, int height) throws CodecException {
        byte[] jpeg = Payloads.jpeg(Payloads.image(33, 17, true));
        byte[] whole = decodedByTheJdk(jpeg);
        byte[] expected = new byte[width * height * 3];
        for (int y = 0; y < Math.min(height, 17); y++) {
            System.arraycopy(whole, y * 99, expected, y * width * 3, Math.min(width, 33) * 3);
        }
        DecodedTile tile = decode(jpeg, format(width, height));
        assertArrayEquals(expected, Payloads.array(tile));
        assertEquals(1, tile.warnings().size());
        assertTrue(
                tile.warnings().get(0).contains("found 33×17"), tile.warnings().get(0));
    }

    @Test
    void convertsBetweenGreyAndColour() throws CodecException {
        byte[] grey = Payloads.jpeg(Payloads.image(10, 10, false));
        byte[] samples = decodedByTheJdk(grey);
        byte[] bgr = Payloads.array(decode(grey, format(10, 10)));
        for (int i = 0; i < bgr.length; i++) {
            assertEquals(samples[i / 3], bgr[i]);
        }
        byte[] colour = Payloads.jpeg(Payloads.image(10, 10, true));
        byte[] triples = decodedByTheJdk(colour);
        DecodedTile mean = decode(colour, Payloads.gray8(10, 10));
        int sum = (triples[0] & 0xFF) + (triples[1] & 0xFF) + (triples[2] & 0xFF);
        assertEquals((sum + 1) / 3, mean.pixels().get(0) & 0xFF);
        assertEquals(1, mean.warnings().size());
        byte[] bgra = Payloads.array(decode(colour, new TileFormat(10, 10, PixelType.BGRA32)));
        assertEquals(triples[5], bgra[6]);
        assertEquals(-1, bgra[7]);
    }

    @ParameterizedTest
    @EnumSource(
            value = PixelType.class,
            names = {"GRAY16", "GRAY32_FLOAT", "BGR48", "GRAY64_COMPLEX_FLOAT"})
    void refusesPixelTypesOfMoreThanEightBits(PixelType type) {
        byte[] jpeg = Payloads.jpeg(Payloads.image(33, 17, true));
        CodecException e = assertThrows(CodecException.class, () -> decode(jpeg, new TileFormat(33, 17, type)));
        assertEquals(CziException.Kind.UNSUPPORTED, e.kind());
    }

    @ParameterizedTest
    @CsvSource({
        "ffd8 ffc0 0014 08 0010 0010 04 011100 021100 031100 041100 ffda 0003 00, UNSUPPORTED, 4 components",
        "ffd8 ffc0 0011 0c 0010 0010 03 011100 021100 031100 ffda 0003 00, UNSUPPORTED, 12 bits",
        "ffd8 ffc3 0011 08 0010 0010 03 011100 021100 031100 ffda 0003 00, UNSUPPORTED, SOF3",
        "ffd8 ffc9 0011 08 0010 0010 03 011100 021100 031100 ffda 0003 00, UNSUPPORTED, SOF9",
        "ffd8 ffc0 0011 08 0000 0010 03 011100 021100 031100 ffda 0003 00, UNSUPPORTED, 16×0",
        "ffd8 ffc0 0011 08 ffff ffff 03 011100 021100 031100 ffda 0003 00, LIMIT, announces 12884508675",
        "ffd8 ffc0 000b 08 0010 0010 03 011100 ffda 0003 00, CORRUPT, frame header of 17",
        "ffd8 ffc0 0011 08 0010 0010 03 011100 021100 031100 ffd9, CORRUPT, found the end",
        "ffd8 ffda 0003 00, CORRUPT, frame header",
        "ffd8 ffe0 0001 00, CORRUPT, segment",
        "ffd8 ffe0 ffff 00, CORRUPT, segment",
        "ffd8 00, CORRUPT, marker",
        "ffd8 ffff ff, CORRUPT, marker",
    })
    void refuses(String hex, CziException.Kind kind, String words) {
        CodecException e = assertThrows(CodecException.class, () -> decode(Payloads.hex(hex), format(20, 12)));
        assertEquals(kind, e.kind(), e.getMessage());
        assertTrue(e.getMessage().contains(words), e.getMessage());
    }

    @Test
    void refusesAStreamOfCountlessScans() {
        byte[] head = Payloads.hex("ffd8 ffc2 0011 08 0010 0010 03 011100 021100 031100");
        byte[] scans = Payloads.hex("ffda 0003 00 ".repeat(101));
        CodecException e =
                assertThrows(CodecException.class, () -> decode(Payloads.concat(head, scans), format(16, 16)));
        assertEquals(CziException.Kind.LIMIT, e.kind());
    }

    @Test
    void warnsOfACutStream() throws CodecException {
        byte[] jpeg = payload(format(64, 64));
        DecodedTile tile = decode(Arrays.copyOf(jpeg, jpeg.length * 2 / 3), format(64, 64));
        assertEquals(1, tile.warnings().size(), () -> tile.warnings().toString());
        assertArrayEquals(Arrays.copyOf(expected(format(64, 64)), 64 * 3), Arrays.copyOf(Payloads.array(tile), 64 * 3));
    }
}
