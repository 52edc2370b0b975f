package io.github.czi4j.codec;

import io.github.czi4j.codec.jpegxr.JxrException;
import io.github.czi4j.codec.jpegxr.JxrImage;
import io.github.czi4j.codec.jpegxr.JxrOptions;
import io.github.czi4j.codec.jpegxr.JxrPixelFormat;
import io.github.czi4j.codec.jpegxr.JxrTarget;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Pixels;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A complete JPEG XR file (sheet §4.4). What the stream holds is converted to the pixel type that the directory names and
 * cropped or padded to its size, with a warning.
 */
final class JpegXrDecoder implements TileDecoder {

    @Override
    public DecodedTile decode(ByteBuffer payload, TileFormat format, Scratch scratch) throws CodecException {
        return decode(payload, format, Delivery.WHOLE, scratch);
    }

    /** The same of the rows that are wanted, if the stream holds just what the directory says. */
    DecodedTile decode(ByteBuffer payload, TileFormat format, Delivery delivery, Scratch scratch)
            throws CodecException {
        Target target = new Target(format, delivery, scratch);
        JxrImage image = read(payload, format, target, scratch);
        PixelType type = pixelType(image.format());
        List<String> warnings = new ArrayList<>();
        if (image.isTruncated()) {
            warnings.add("the JPEG XR data end early: the missing bits are taken as 0, as libCZI does");
        }
        if (image.samples().length == 0) {
            return new DecodedTile((ByteBuffer) null, List.copyOf(warnings));
        }
        int count = Math.toIntExact((long) image.width() * image.height() * type.bytesPerPixel());
        ByteBuffer pixels =
                ByteBuffer.wrap(inStoredOrder(image, count), 0, count).slice().order(ByteOrder.LITTLE_ENDIAN);
        if (type != format.pixelType()) {
            warnings.add("expected " + format.pixelType().label() + " pixels, found JPEG XR of "
                    + image.format().label());
            pixels = convert(pixels, type, image.width() * image.height(), format.pixelType(), warnings);
        }
        boolean isSameSize = image.width() == format.width() && image.height() == format.height();
        if (!isSameSize && !target.isExpected) {
            warnings.add("expected " + format.width() + "×" + format.height() + " pixels, found JPEG XR of "
                    + image.width() + "×" + image.height() + ": cropped, missing pixels are 0");
            pixels = fit(pixels, image.width(), image.height(), format);
        }
        return new DecodedTile(pixels, List.copyOf(warnings));
    }

    /** Where the picture goes: rows by themselves only if nothing is left to be done with them. */
    private static final class Target implements JxrTarget {
        private final TileFormat format;
        private final Delivery delivery;
        private final Scratch scratch;
        /** Whether the picture has the size and pixels that the directory says. */
        private boolean isExpected;

        private boolean isInStoredOrder;

        Target(TileFormat format, Delivery delivery, Scratch scratch) {
            this.format = format;
            this.delivery = delivery;
            this.scratch = scratch;
        }

        @Override
        public int rows(int width, int height, JxrPixelFormat stored) {
            isExpected = width == format.width()
                    && height == format.height()
                    && typeOf(stored).equals(Optional.of(format.pixelType()));
            isInStoredOrder = !isRgb(stored);
            return isExpected ? Math.min(height, delivery.rows()) : height;
        }

        @Override
        public boolean takesRows() {
            return isExpected && isInStoredOrder && delivery.sink() != null;
        }

        @Override
        public void row(int y, byte[] samples, int offset) {
            delivery.sink().row(y, samples, offset);
        }

        @Override
        public byte[] array(int length) {
            return scratch.pixels(format.room(length));
        }
    }

    private static JxrImage read(ByteBuffer payload, TileFormat format, Target target, Scratch scratch)
            throws CodecException {
        HeapBytes bytes = HeapBytes.of(payload, scratch);
        byte[] file = bytes.array();
        if (bytes.offset() != 0) {
            file = Arrays.copyOfRange(file, bytes.offset(), bytes.offset() + bytes.length());
        }
        try {
            JxrOptions options =
                    JxrOptions.defaults().maxBytes(Fit.limit(format)).truncation(JxrOptions.Truncation.PAD);
            return scratch.jpegXr().decodeNext(file, bytes.length(), options, scratch.assistant(), target);
        } catch (JxrException e) {
            throw switch (e.kind()) {
                case CORRUPT -> CodecException.corrupt(Math.max(0, e.offset()), e.getMessage(), e);
                case UNSUPPORTED -> CodecException.unsupported(e.getMessage());
                case LIMIT -> CodecException.limit(e.getMessage());
            };
        }
    }

    private static PixelType pixelType(JxrPixelFormat format) throws CodecException {
        return typeOf(format)
                .orElseThrow(
                        () -> CodecException.unsupported("JPEG XR of " + format.label() + " has no pixel type in CZI"));
    }

    /** What the samples are once colour stands in the order B, G, R. */
    private static Optional<PixelType> typeOf(JxrPixelFormat format) {
        return Optional.ofNullable(
                switch (format) {
                    case GRAY8 -> PixelType.GRAY8;
                    case GRAY16 -> PixelType.GRAY16;
                    case GRAY32_FLOAT -> PixelType.GRAY32_FLOAT;
                    case GRAY32_FIXED -> PixelType.GRAY32;
                    case BGR24, RGB24 -> PixelType.BGR24;
                    case RGB48 -> PixelType.BGR48;
                    case RGB96_FLOAT -> PixelType.BGR96_FLOAT;
                    case BGRA32, PBGRA32, RGBA32, PRGBA32 -> PixelType.BGRA32;
                    default -> null;
                });
    }

    private static boolean isRgb(JxrPixelFormat format) {
        return switch (format) {
            case RGB24, RGB48, RGB96_FLOAT, RGBA32, PRGBA32 -> true;
            default -> false;
        };
    }

    private static byte[] inStoredOrder(JxrImage image, int count) {
        byte[] samples = image.samples();
        int sampleBytes = image.format().bitsPerSample() / 8;
        if (isRgb(image.format())) {
            int pixelBytes = sampleBytes * image.format().samplesPerPixel();
            for (int at = 0; at < count; at += pixelBytes) {
                for (int i = at; i < at + sampleBytes; i++) {
                    byte red = samples[i];
                    samples[i] = samples[i + 2 * sampleBytes];
                    samples[i + 2 * sampleBytes] = red;
                }
            }
        }
        return samples;
    }

    /** Pixels that cannot be converted become 0, as libCZI has it (sheet §4.4, deviation B). */
    private static ByteBuffer convert(
            ByteBuffer pixels, PixelType from, int count, PixelType to, List<String> warnings) {
        ByteBuffer result = ByteBuffer.allocate(Math.multiplyExact(count, to.bytesPerPixel()))
                .order(ByteOrder.LITTLE_ENDIAN);
        if (!PixelConversion.isDefined(from, to)) {
            warnings.add("there is no conversion: all pixels are 0");
            return result;
        }
        Pixels converted = Pixels.allocate(count, 1, to);
        PixelConversion.convert(pixels, from, count, converted, 0);
        converted.copyRows(0, 1, result);
        return result.position(0);
    }

    private static ByteBuffer fit(ByteBuffer pixels, int width, int height, TileFormat format) {
        int pixelBytes = format.pixelType().bytesPerPixel();
        byte[] result = new byte[format.bytes()];
        int rowBytes = Math.min(width, format.width()) * pixelBytes;
        for (int y = 0; y < Math.min(height, format.height()); y++) {
            pixels.get(y * width * pixelBytes, result, y * format.width() * pixelBytes, rowBytes);
        }
        return ByteBuffer.wrap(result).order(ByteOrder.LITTLE_ENDIAN);
    }
}
