package io.github.czi4j.codec.jpegxr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.czi4j.testing.Corpus;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Formats that no encoder at hand writes: YCC of all depths, CMYKDIRECT, both with alpha. Their streams differ from those
 * of RGB and CMYK in nothing but the announced format; so a stream is given that, and its colour transform done here.
 */
class JxrRareFormatsTest {
    private static final int YUV420 = 1;
    private static final int YUV422 = 2;
    private static final int YUV444 = 3;
    private static final int CMYK_DIRECT = 5;

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = JxrRareFormatsTest.class.getResourceAsStream("/jxr/" + name + ".jxr")) {
            return in.readAllBytes();
        }
    }

    /** A stream of the corpus by its kind of format. */
    private static byte[] corpus(String kind) throws IOException {
        Path folder = Corpus.require("jxr");
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = files.filter(
                            file -> file.getFileName().toString().matches("\\d+_" + kind + "_.*\\.jxr"))
                    .sorted()
                    .toList();
            return Files.readAllBytes(found.get(0));
        }
    }

    /** Changes what container and codestream announce. */
    private static byte[] as(byte[] file, int guid, int colour) {
        byte[] changed = file.clone();
        ByteBuffer buffer = ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN);
        int directory = buffer.getInt(4);
        for (int i = 0; i < buffer.getShort(directory); i++) {
            int entry = directory + 2 + 12 * i;
            int value = buffer.getInt(entry + 8);
            switch (buffer.getShort(entry) & 0xFFFF) {
                case 0xBC01 -> changed[value + 15] = (byte) guid;
                case 0xBCC0 -> changed[value + 11] = (byte) (colour << 4 | changed[value + 11] & 15);
                default -> {}
            }
        }
        return changed;
    }

    private static int[] samples(JxrImage image) {
        ByteBuffer in = ByteBuffer.wrap(image.samples()).order(ByteOrder.LITTLE_ENDIAN);
        int[] values = new int[image.samples().length * 8 / image.format().bitsPerSample()];
        boolean isSigned = image.format().label().endsWith("FixedPoint");
        for (int i = 0; i < values.length; i++) {
            if (image.format().bitsPerSample() == 16) {
                values[i] = isSigned ? in.getShort(2 * i) : in.getShort(2 * i) & 0xFFFF;
            } else {
                values[i] = in.get(i) & 0xFF;
            }
        }
        return values;
    }

    private static JxrImage decode(byte[] file) throws IOException {
        return JxrDecoder.decode(file, JxrOptions.defaults());
    }

    private static int clip(int value, int min, int max) {
        return Math.max(min, Math.min(max, value));
    }

    /** The components of an RGB pixel, as sheet §9.2 read backwards has them, with the bias of grey on each. */
    private static int[] ycc(int red, int green, int blue, int bias, int min, int max) {
        int v = blue - red;
        int t = red - green + (v + 1 >> 1);
        int u = -t;
        int y = green - bias + (t >> 1);
        return new int[] {clip(y + bias, min, max), clip(u + bias, min, max), clip(v + bias, min, max)};
    }

    private static void assertYcc(byte[] file, int guid, JxrPixelFormat expected, int bias, int min, int max)
            throws IOException {
        JxrImage rgb = decode(file);
        JxrImage image = decode(as(file, guid, YUV444));
        assertEquals(expected, image.format());
        int[] colours = samples(rgb);
        int[] found = samples(image);
        int in = rgb.format().samplesPerPixel();
        int out = expected.samplesPerPixel();
        boolean isBgr = rgb.format().label().contains("BGR");
        for (int i = 0; i < rgb.width() * rgb.height(); i++) {
            int red = colours[in * i + (isBgr ? 2 : 0)];
            int blue = colours[in * i + (isBgr ? 0 : 2)];
            int[] ycc = ycc(red, colours[in * i + 1], blue, bias, min, max);
            for (int c = 0; c < 3; c++) {
                assertEquals(ycc[c], found[out * i + c], "pixel " + i + " component " + c);
            }
            if (expected.hasAlpha()) {
                assertEquals(in == 4 ? colours[in * i + 3] : max, found[out * i + 3], "alpha of pixel " + i);
            }
        }
    }

    @Test
    void ycc444OfAllDepths() throws IOException {
        assertYcc(resource("rgb24-overlap2"), 0x48, JxrPixelFormat.YCC444, 128, 0, 255);
        assertYcc(resource("rgb48-overlap0"), 0x4A, JxrPixelFormat.YCC444_16, 32768, 0, 65535);
    }

    /** Without an alpha plane the pixels are opaque. */
    @Test
    void ycc444WithAlpha() throws IOException {
        assertYcc(resource("bgr24-overlap1"), 0x50, JxrPixelFormat.YCC444A, 128, 0, 255);
        assertYcc(resource("rgb48-overlap0"), 0x52, JxrPixelFormat.YCC444A_16, 32768, 0, 65535);
        assertYcc(corpus("alpha_planar_32bppBGRA"), 0x50, JxrPixelFormat.YCC444A, 128, 0, 255);
        assertYcc(corpus("alpha_interleaved_32bppBGRA"), 0x50, JxrPixelFormat.YCC444A, 128, 0, 255);
    }

    @Test
    void ycc444OfSignedSamples() throws IOException {
        byte[] file = corpus("fmt_48bppRGBFixedPoint");
        assertYcc(file, 0x4B, JxrPixelFormat.YCC444_FIXED, 0, -32768, 32767);
    }

    /** Samples of 10 bits are words of which the low bits count; a packed word has the same. */
    @Test
    void ycc444Of10Bits() throws IOException {
        byte[] file = corpus("fmt_32bppRGB101010");
        JxrImage packed = decode(file);
        JxrImage image = decode(as(file, 0x49, YUV444));
        assertEquals(JxrPixelFormat.YCC444_10, image.format());
        assertEquals(10, image.format().bitsPerChannel());
        assertEquals(16, image.format().bitsPerSample());
        ByteBuffer words = ByteBuffer.wrap(packed.samples()).order(ByteOrder.LITTLE_ENDIAN);
        int[] found = samples(image);
        boolean isSame = true;
        boolean isSwapped = true;
        for (int i = 0; i < packed.width() * packed.height(); i++) {
            int word = words.getInt(4 * i);
            int[] ycc = ycc(word & 0x3FF, word >> 10 & 0x3FF, word >> 20 & 0x3FF, 512, 0, 1023);
            int[] swapped = ycc(word >> 20 & 0x3FF, word >> 10 & 0x3FF, word & 0x3FF, 512, 0, 1023);
            for (int c = 0; c < 3; c++) {
                isSame &= ycc[c] == found[3 * i + c];
                isSwapped &= swapped[c] == found[3 * i + c];
            }
        }
        assertEquals(true, isSame ^ isSwapped, "one order of red and blue fits");
    }

    /** Colour as without alpha; the alphas of a group stand behind it. */
    @Test
    void subsampledGroupsWithAlpha() throws IOException {
        byte[] file = resource("rgb24-smooth-420");
        JxrImage plain = decode(as(file, 0x44, YUV420));
        JxrImage image = decode(as(file, 0x4C, YUV420));
        assertEquals(JxrPixelFormat.YCC420A, image.format());
        int groups = (plain.width() + 1) / 2 * ((plain.height() + 1) / 2);
        assertEquals(6 * groups, plain.samples().length);
        assertEquals(10 * groups, image.samples().length);
        for (int g = 0; g < groups; g++) {
            for (int s = 0; s < 10; s++) {
                int expected = s < 6 ? plain.samples()[6 * g + s] : -1;
                assertEquals(expected, image.samples()[10 * g + s], "group " + g + " sample " + s);
            }
        }
    }

    @Test
    void cmykDirectIsNotTransformed() throws IOException {
        byte[] file = corpus("fmt_64bppCMYK");
        int[] cmyk = samples(decode(file));
        JxrImage image = decode(as(file, 0x55, CMYK_DIRECT));
        assertEquals(JxrPixelFormat.CMYK_DIRECT64, image.format());
        int[] found = samples(image);
        assertEquals(cmyk.length, found.length);
        int bias = 32768;
        for (int i = 0; i < cmyk.length; i += 4) {
            // The inverse of sheet §9.2, backwards.
            int y = cmyk[i + 2] - cmyk[i];
            int c = cmyk[i] + (y + 1 >> 1) - cmyk[i + 1];
            int m = cmyk[i + 1] + (c >> 1) - cmyk[i + 3];
            int k = cmyk[i + 3] + (m + 1 >> 1);
            int[] components = {bias - m, c, -y, k};
            for (int s = 0; s < 4; s++) {
                assertEquals(clip(components[s] + bias, 0, 65535), found[i + s], "pixel " + i / 4 + " component " + s);
            }
        }
    }

    @Test
    void whatTheCodestreamDoesNotHoldIsRefused() throws IOException {
        byte[] file = resource("rgb24-overlap2");
        assertThrows(JxrException.class, () -> decode(as(file, 0x44, YUV420)));
        assertThrows(JxrException.class, () -> decode(as(file, 0x46, YUV422)));
        assertThrows(JxrException.class, () -> decode(as(file, 0x49, YUV444)));
        assertThrows(JxrException.class, () -> decode(as(file, 0x54, CMYK_DIRECT)));
    }
}
