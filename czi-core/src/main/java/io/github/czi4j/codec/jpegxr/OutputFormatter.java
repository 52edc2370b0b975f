package io.github.czi4j.codec.jpegxr;

import io.github.czi4j.codec.jpegxr.JxrPixelFormat.Order;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.IntUnaryOperator;

/** From component planes to pixels: colour transform, depth, order in memory, window (sheet §9). */
final class OutputFormatter {
    private final boolean isRedBlueSwapped;
    private final PlaneHeader plane;
    private final JxrPixelFormat format;
    private final SampleConversion conversion;
    private final int[][] components;
    private final Area area;
    private final ByteBuffer output;
    private final int[] pixel = new int[16];

    /**
     * Prepares the output.
     *
     * @param components samples by component, all of the area's resolution unless the output is subsampled
     * @param area what is written of the components
     * @param output takes one byte for each pixel of 1-bit formats
     */
    OutputFormatter(
            ImageHeader image, PlaneHeader plane, JxrPixelFormat format, int[][] components, Area area, byte[] output) {
        this.isRedBlueSwapped = image.isRedBlueSwapped();
        this.plane = plane;
        this.format = format;
        this.conversion = new SampleConversion(image.outputDepth(), plane);
        this.components = components;
        this.area = area;
        this.output = ByteBuffer.wrap(output).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Whether what the codestream holds can be what the container announces. */
    static boolean fits(ImageHeader image, PlaneHeader plane, JxrPixelFormat format) {
        int depth = image.outputDepth();
        int colour = image.outputColour();
        boolean isDepth = switch (depth) {
            case ImageHeader.BD8 -> format.bitsPerChannel() == 8;
            case ImageHeader.BD16, ImageHeader.BD16S, ImageHeader.BD16F -> format.bitsPerChannel() == 16;
            case ImageHeader.BD32S, ImageHeader.BD32F -> format.bitsPerChannel() == 32;
            case ImageHeader.BD1_WHITE, ImageHeader.BD1_BLACK -> format.bitsPerChannel() == 1;
            case ImageHeader.BD5 -> format == JxrPixelFormat.RGB555;
            case ImageHeader.BD565 -> format == JxrPixelFormat.RGB565;
            case ImageHeader.BD10 -> format.bitsPerChannel() == 10;
            default -> false;
        };
        boolean isYuv = plane.isYuv();
        boolean isColour = switch (format.order()) {
            case GRAY -> colour == ImageHeader.YONLY;
            case RGB, BGR, RGBA, BGRA -> colour == ImageHeader.RGB && (isYuv || plane.colour == ImageHeader.YONLY);
            case PACKED -> colour == ImageHeader.RGB && isYuv;
            case RGBE -> colour == ImageHeader.RGBE && isYuv && depth == ImageHeader.BD8;
            case CMYK, CMYKA -> colour == ImageHeader.CMYK && plane.colour == ImageHeader.CMYK;
            case CMYK_DIRECT, CMYKA_DIRECT -> colour == ImageHeader.CMYK_DIRECT && plane.colour == ImageHeader.CMYK;
            case N, NA -> colour == ImageHeader.NCOMPONENT && plane.components == format.colours();
            case YCC420, YCC420A -> colour == ImageHeader.YUV420 && plane.colour == colour;
            case YCC422, YCC422A -> colour == ImageHeader.YUV422 && plane.colour == colour;
            case YCC444, YCC444A -> colour == ImageHeader.YUV444 && plane.colour == colour;
        };
        return isDepth && isColour;
    }

    void writeColours() {
        if (format.order().isSubsampled()) {
            writeSubsampled();
            return;
        }
        for (int y = 0; y < area.height(); y++) {
            for (int x = 0; x < area.width(); x++) {
                writePixel(y * area.width() + x, area.at(x, y));
            }
        }
    }

    private void writePixel(int number, int at) {
        switch (format.order()) {
            case GRAY -> store(number, 0, conversion.sample(grey(0, at)));
            case RGB, RGBA, BGR, BGRA -> writeRgb(number, at);
            case PACKED -> writePacked(number, at);
            case RGBE -> writeRgbe(number, at);
            case CMYK, CMYKA -> writeCmyk(number, at);
            default -> {
                for (int c = 0; c < plane.components; c++) {
                    store(number, c, conversion.sample(grey(c, at)));
                }
            }
        }
    }

    /** 1-bit pixels have no bias. */
    private int grey(int component, int at) {
        boolean isBit = format.bitsPerSample() == 1;
        return components[component][at] + (isBit ? 0 : conversion.bias());
    }

    /** Inverse colour transform into {@link #pixel}: R, G, B. */
    private void transform(int at) {
        int bias = format.order() == Order.RGBE ? conversion.sharedExponentBias() : conversion.bias();
        int g = components[0][at] + bias;
        int r = -components[1][at];
        int b = components[2][at];
        g -= r >> 1;
        r -= (b + 1 >> 1) - g;
        b += r;
        pixel[0] = r;
        pixel[1] = g;
        pixel[2] = b;
    }

    private void writeRgb(int number, int at) {
        if (plane.colour == ImageHeader.YONLY) {
            int value = grey(0, at);
            pixel[0] = value;
            pixel[1] = value;
            pixel[2] = value;
        } else {
            transform(at);
        }
        boolean isBgr = format.order() == Order.BGR || format.order() == Order.BGRA;
        for (int i = 0; i < 3; i++) {
            store(number, isBgr ? 2 - i : i, conversion.sample(pixel[i]));
        }
    }

    private void writePacked(int number, int at) {
        transform(at);
        int red;
        int green;
        int blue;
        if (format == JxrPixelFormat.RGB565) {
            red = conversion.redOrBlue565(pixel[0]);
            green = conversion.green565(pixel[1]);
            blue = conversion.redOrBlue565(pixel[2]);
        } else {
            red = conversion.sample(pixel[0]);
            green = conversion.sample(pixel[1]);
            blue = conversion.sample(pixel[2]);
        }
        int greenShift = format == JxrPixelFormat.RGB101010 ? 10 : 5;
        int highShift = switch (format) {
            case RGB101010 -> 20;
            case RGB565 -> 11;
            default -> 10;
        };
        int low = isRedBlueSwapped ? red : blue;
        int high = isRedBlueSwapped ? blue : red;
        store(number, 0, low | green << greenShift | high << highShift);
    }

    private void writeRgbe(int number, int at) {
        transform(at);
        int exponent = 0;
        for (int i = 0; i < 3; i++) {
            int value = pixel[i] >> conversion.scale();
            pixel[i] = value;
            exponent = Math.max(exponent, value <= 0 ? 0 : value >> 7 > 1 ? value >> 7 & 255 : 1);
        }
        for (int i = 0; i < 3; i++) {
            int value = pixel[i];
            int mantissa = 0;
            int own = 0;
            if (value > 0) {
                boolean isNormal = value >> 7 > 1;
                own = isNormal ? value >> 7 & 255 : 1;
                mantissa = isNormal ? value & 0x7F | 0x80 : value;
            }
            if (own < exponent) {
                int shift = exponent - own;
                mantissa = shift >= 31 ? 0 : 2 * mantissa + 1 >> shift + 1;
            }
            store(number, i, mantissa);
        }
        store(number, 3, exponent);
    }

    private void writeCmyk(int number, int at) {
        int m = -components[0][at] + conversion.cmyBias();
        int c = components[1][at];
        int y = -components[2][at];
        int k = components[3][at] + conversion.blackBias();
        k -= m + 1 >> 1;
        m -= (c >> 1) - k;
        c -= (y + 1 >> 1) - m;
        y += c;
        store(number, 0, conversion.sample(c));
        store(number, 1, conversion.sample(m));
        store(number, 2, conversion.sample(y));
        store(number, 3, conversion.sample(k));
    }

    /** Groups of Y samples with one U and one V (sheet §9.6). */
    private void writeSubsampled() {
        int across = format.order().groupWidth();
        int down = format.order().groupHeight();
        int groupWidth = groups(area.width(), across);
        int groupHeight = groups(area.height(), down);
        int chromaStride = area.stride() / across;
        for (int gy = 0; gy < groupHeight; gy++) {
            for (int gx = 0; gx < groupWidth; gx++) {
                int number = gy * groupWidth + gx;
                int luma = area.at(gx * across, gy * down);
                int chroma = (area.top() / down + gy) * chromaStride + area.left() / across + gx;
                int u = conversion.sample(grey(1, chroma));
                int v = conversion.sample(grey(2, chroma));
                if (down == 1) {
                    store(number, 0, u);
                    store(number, 1, conversion.sample(grey(0, luma)));
                    store(number, 2, v);
                    store(number, 3, conversion.sample(grey(0, luma + 1)));
                } else {
                    store(number, 0, conversion.sample(grey(0, luma)));
                    store(number, 1, conversion.sample(grey(0, luma + 1)));
                    store(number, 2, conversion.sample(grey(0, luma + area.stride())));
                    store(number, 3, conversion.sample(grey(0, luma + area.stride() + 1)));
                    store(number, 4, u);
                    store(number, 5, v);
                }
            }
        }
    }

    private static int groups(int pixels, int size) {
        return (pixels + size - 1) / size;
    }

    /** Alpha as the last sample of each pixel, from a plane that was coded with the colours. */
    void writeInterleavedAlpha(int[] alpha) {
        writeLast(area, at -> conversion.sample(alpha[at] + conversion.alphaBias()));
    }

    /** Alpha from a picture of its own. */
    void writePlanarAlpha(int[] alpha, Area ownArea, SampleConversion own) {
        writeLast(ownArea, at -> own.sample(alpha[at] + own.bias()));
    }

    void writeOpaqueAlpha() {
        int opaque = conversion.opaque();
        writeLast(area, at -> opaque);
    }

    /** The last samples of each group of pixels, of which most formats have one in a group. */
    private void writeLast(Area from, IntUnaryOperator sample) {
        int across = format.order().groupWidth();
        int down = format.order().groupHeight();
        int groupWidth = groups(area.width(), across);
        int first = format.samplesPerPixel() - across * down;
        for (int y = 0; y < down * groups(area.height(), down); y++) {
            for (int x = 0; x < across * groupWidth; x++) {
                int number = y / down * groupWidth + x / across;
                int index = first + y % down * across + x % across;
                store(number, index, sample.applyAsInt(from.at(x, y)));
            }
        }
    }

    private void store(int number, int sample, int value) {
        int index = number * format.samplesPerPixel() + sample;
        switch (format.bitsPerSample()) {
            case 16 -> output.putShort(2 * index, (short) value);
            case 32 -> output.putInt(4 * index, value);
            default -> output.put(index, (byte) value);
        }
    }
}
