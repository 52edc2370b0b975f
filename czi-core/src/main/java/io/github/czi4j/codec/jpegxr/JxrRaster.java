package io.github.czi4j.codec.jpegxr;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferFloat;
import java.awt.image.DataBufferUShort;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.awt.image.SampleModel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A decoded picture as a raster of the JDK. Samples of 8 and 16 bits stay as they are; half and single precision, fixed
 * point and RGBE become floats, of which 1.0 is white; bits become bytes 0 and 255; packed words become bytes.
 */
final class JxrRaster {
    private static final float FIXED_16 = 1 << 13;
    private static final float FIXED_32 = 1 << 24;
    /** Mantissa bits and bias of the shared exponent of RGBE. */
    private static final int RGBE_BIAS = 128 + 8;

    private JxrRaster() {}

    /** The raster, with bands in the order R, G, B, A or as the format has them. */
    static Raster of(JxrImage image) {
        JxrPixelFormat format = image.format();
        return switch (format.order()) {
            case PACKED -> interleaved(image, unpack(image), 3, null);
            case RGBE -> floats(image, 3, null);
            case YCC420, YCC420A, YCC422, YCC422A ->
                throw new IllegalArgumentException(format.label() + " has no raster");
            default -> {
                int samples = format.samplesPerPixel();
                int[] bands = bands(format);
                if (format.bitsPerSample() == 1) {
                    yield interleaved(image, bytesOfBits(image), 1, null);
                }
                if (format.bitsPerSample() == 8) {
                    yield interleaved(image, image.samples(), samples, bands);
                }
                yield isUnsigned16(format) ? shorts(image, samples, bands) : floats(image, samples, bands);
            }
        };
    }

    private static boolean isUnsigned16(JxrPixelFormat format) {
        return format.bitsPerSample() == 16 && !isHalf(format) && !isFixed(format);
    }

    private static boolean isHalf(JxrPixelFormat format) {
        return format.label().endsWith("Half");
    }

    private static boolean isFixed(JxrPixelFormat format) {
        return format.label().endsWith("FixedPoint");
    }

    /** Where R, G, B(, A) or the channels stand in a pixel; pads are left out. */
    private static int[] bands(JxrPixelFormat format) {
        return switch (format.order()) {
            case BGR -> new int[] {2, 1, 0};
            case BGRA -> new int[] {2, 1, 0, 3};
            case RGB -> new int[] {0, 1, 2};
            default -> {
                int[] bands = new int[format.samplesPerPixel()];
                for (int i = 0; i < bands.length; i++) {
                    bands[i] = i;
                }
                yield bands;
            }
        };
    }

    private static Raster interleaved(JxrImage image, byte[] samples, int perPixel, int[] bands) {
        return raster(image, new DataBufferByte(samples, samples.length), perPixel, bands);
    }

    private static Raster shorts(JxrImage image, int perPixel, int[] bands) {
        short[] samples = new short[image.samples().length / 2];
        little(image).asShortBuffer().get(samples);
        return raster(image, new DataBufferUShort(samples, samples.length), perPixel, bands);
    }

    private static Raster raster(JxrImage image, DataBuffer buffer, int perPixel, int[] bands) {
        int[] offsets = bands == null ? firstBands(perPixel) : bands;
        SampleModel model = new PixelInterleavedSampleModel(
                buffer.getDataType(), image.width(), image.height(), perPixel, image.width() * perPixel, offsets);
        return Raster.createRaster(model, buffer, null);
    }

    private static int[] firstBands(int count) {
        int[] bands = new int[count];
        for (int i = 0; i < count; i++) {
            bands[i] = i;
        }
        return bands;
    }

    private static ByteBuffer little(JxrImage image) {
        return ByteBuffer.wrap(image.samples()).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static Raster floats(JxrImage image, int perPixel, int[] bands) {
        JxrPixelFormat format = image.format();
        ByteBuffer in = little(image);
        int count = image.width() * image.height() * perPixel;
        float[] samples = new float[count];
        for (int i = 0; i < count; i++) {
            samples[i] = switch (format.bitsPerSample()) {
                case 16 -> isHalf(format) ? half(in.getShort(2 * i)) : in.getShort(2 * i) / FIXED_16;
                case 32 -> isFixed(format) ? in.getInt(4 * i) / FIXED_32 : in.getFloat(4 * i);
                default -> sharedExponent(in, i);
            };
        }
        return raster(image, new DataBufferFloat(samples, samples.length), perPixel, bands);
    }

    private static float sharedExponent(ByteBuffer in, int sample) {
        int pixel = sample / 3 * 4;
        int mantissa = in.get(pixel + sample % 3) & 0xFF;
        return Math.scalb((float) mantissa, (in.get(pixel + 3) & 0xFF) - RGBE_BIAS);
    }

    /** IEEE 754 half precision; the JDK has this since 20. */
    private static float half(short bits) {
        int sign = (bits & 0x8000) << 16;
        int exponent = bits >> 10 & 31;
        int mantissa = bits & 0x3FF;
        if (exponent == 31) {
            return Float.intBitsToFloat(sign | 0x7F800000 | mantissa << 13);
        }
        if (exponent == 0) {
            float value = Math.scalb((float) mantissa, -24);
            return sign == 0 ? value : -value;
        }
        return Float.intBitsToFloat(sign | exponent + 112 << 23 | mantissa << 13);
    }

    private static byte[] bytesOfBits(JxrImage image) {
        int rowBytes = (image.width() + 7) / 8;
        byte[] bytes = new byte[image.width() * image.height()];
        for (int i = 0; i < bytes.length; i++) {
            int x = i % image.width();
            int bit = image.samples()[i / image.width() * rowBytes + x / 8] >> 7 - x % 8 & 1;
            bytes[i] = (byte) -bit;
        }
        return bytes;
    }

    private static byte[] unpack(JxrImage image) {
        ByteBuffer in = little(image);
        int count = image.width() * image.height();
        // Of red, green and blue, as most writers order them (sheet §9.4).
        int[] masks = switch (image.format()) {
            case RGB555 -> new int[] {0x7C00, 0x3E0, 0x1F};
            case RGB565 -> new int[] {0xF800, 0x7E0, 0x1F};
            default -> new int[] {0x3FF00000, 0xFFC00, 0x3FF};
        };
        boolean isWord = image.format().bitsPerSample() == 16;
        byte[] bytes = new byte[3 * count];
        for (int i = 0; i < count; i++) {
            int word = isWord ? in.getShort(2 * i) & 0xFFFF : in.getInt(4 * i);
            for (int band = 0; band < 3; band++) {
                int max = masks[band] >>> Integer.numberOfTrailingZeros(masks[band]);
                int value = (word & masks[band]) >>> Integer.numberOfTrailingZeros(masks[band]);
                bytes[3 * i + band] = (byte) ((value * 255 + max / 2) / max);
            }
        }
        return bytes;
    }

    /** Colours of a raster; null for what is neither grey nor RGB. */
    static ColorModel colours(JxrImage image, Raster raster) {
        boolean isGrey = raster.getNumBands() == 1;
        boolean isRgb = switch (image.format().order()) {
            case RGB, BGR, RGBA, BGRA, PACKED, RGBE -> true;
            default -> false;
        };
        if (!isGrey && !isRgb) {
            return null;
        }
        boolean hasAlpha = raster.getNumBands() == 4;
        ColorSpace space = ColorSpace.getInstance(isGrey ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB);
        boolean isPremultiplied = hasAlpha && image.format().label().contains("bppP");
        return new ComponentColorModel(
                space,
                hasAlpha,
                isPremultiplied,
                hasAlpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE,
                raster.getTransferType());
    }

    /** The picture, sharing the raster's samples; null for what is neither grey nor RGB. */
    static BufferedImage image(JxrImage image) {
        Raster raster = of(image);
        ColorModel colours = colours(image, raster);
        if (colours == null) {
            return null;
        }
        return new BufferedImage(
                colours,
                Raster.createWritableRaster(raster.getSampleModel(), raster.getDataBuffer(), null),
                colours.isAlphaPremultiplied(),
                null);
    }
}
