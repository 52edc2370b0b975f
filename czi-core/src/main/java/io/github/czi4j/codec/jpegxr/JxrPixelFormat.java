package io.github.czi4j.codec.jpegxr;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * The pixel formats of the container (sheet §1.1): which samples a pixel has, in which order and of which kind. What the
 * numbers mean comes from the codestream.
 */
public enum JxrPixelFormat {
    /** One bit, the most significant first; rows padded to bytes. */
    BLACK_WHITE(0x05, "BlackWhite", Order.GRAY, 1, 1),
    /** Unsigned 8-bit grey. */
    GRAY8(0x08, "8bppGray", Order.GRAY, 1, 8),
    /** Unsigned 16-bit grey. */
    GRAY16(0x0B, "16bppGray", Order.GRAY, 1, 16),
    /** Signed 16-bit grey, 1.0 = 2^13. */
    GRAY16_FIXED(0x13, "16bppGrayFixedPoint", Order.GRAY, 1, 16),
    /** Half-precision grey. */
    GRAY16_HALF(0x3E, "16bppGrayHalf", Order.GRAY, 1, 16),
    /** Signed 32-bit grey, 1.0 = 2^24. */
    GRAY32_FIXED(0x3F, "32bppGrayFixedPoint", Order.GRAY, 1, 32),
    /** Single-precision grey. */
    GRAY32_FLOAT(0x11, "32bppGrayFloat", Order.GRAY, 1, 32),
    /** R, G, B of 8 bits. */
    RGB24(0x0D, "24bppRGB", Order.RGB, 3, 8),
    /** B, G, R of 8 bits. */
    BGR24(0x0C, "24bppBGR", Order.BGR, 3, 8),
    /** B, G, R of 8 bits and a pad. */
    BGR32(0x0E, "32bppBGR", Order.BGR, 4, 8),
    /** R, G, B of 16 bits. */
    RGB48(0x15, "48bppRGB", Order.RGB, 3, 16),
    /** R, G, B of signed 16 bits. */
    RGB48_FIXED(0x12, "48bppRGBFixedPoint", Order.RGB, 3, 16),
    /** R, G, B of half precision. */
    RGB48_HALF(0x3B, "48bppRGBHalf", Order.RGB, 3, 16),
    /** R, G, B of signed 16 bits and a pad. */
    RGB64_FIXED(0x40, "64bppRGBFixedPoint", Order.RGB, 4, 16),
    /** R, G, B of half precision and a pad. */
    RGB64_HALF(0x42, "64bppRGBHalf", Order.RGB, 4, 16),
    /** R, G, B of signed 32 bits. */
    RGB96_FIXED(0x18, "96bppRGBFixedPoint", Order.RGB, 3, 32),
    /** R, G, B of signed 32 bits and a pad. */
    RGB128_FIXED(0x41, "128bppRGBFixedPoint", Order.RGB, 4, 32),
    /** R, G, B of single precision and a pad. */
    RGB128_FLOAT(0x1B, "128bppRGBFloat", Order.RGB, 4, 32),
    /** R, G, B of single precision. */
    RGB96_FLOAT("8fd7fee3dbe8cf4a84c1e97f6136b327", "96bppRGBFloat", Order.RGB, 3, 32),
    /** R, G, B of 8 bits and a pad. */
    RGB32("956b8cd9fe3ed647bb25eb1748ab0cf1", "32bppRGB", Order.RGB, 4, 8),
    /** R, G, B, A of 8 bits. */
    RGBA32("2dadc7f58d6add43a7a8a29935261ae9", "32bppRGBA", Order.RGBA, 4, 8),
    /** R, G, B, A of 8 bits, premultiplied. */
    PRGBA32("50a6c43c27a5374da9163142c7ebedba", "32bppPRGBA", Order.RGBA, 4, 8),
    /** B, G, R, A of 8 bits. */
    BGRA32(0x0F, "32bppBGRA", Order.BGRA, 4, 8),
    /** B, G, R, A of 8 bits, premultiplied. */
    PBGRA32(0x10, "32bppPBGRA", Order.BGRA, 4, 8),
    /** R, G, B, A of 16 bits. */
    RGBA64(0x16, "64bppRGBA", Order.RGBA, 4, 16),
    /** R, G, B, A of 16 bits, premultiplied. */
    PRGBA64(0x17, "64bppPRGBA", Order.RGBA, 4, 16),
    /** R, G, B, A of signed 16 bits. */
    RGBA64_FIXED(0x1D, "64bppRGBAFixedPoint", Order.RGBA, 4, 16),
    /** R, G, B, A of half precision. */
    RGBA64_HALF(0x3A, "64bppRGBAHalf", Order.RGBA, 4, 16),
    /** R, G, B, A of signed 32 bits. */
    RGBA128_FIXED(0x1E, "128bppRGBAFixedPoint", Order.RGBA, 4, 32),
    /** R, G, B, A of single precision. */
    RGBA128_FLOAT(0x19, "128bppRGBAFloat", Order.RGBA, 4, 32),
    /** R, G, B, A of single precision, premultiplied. */
    PRGBA128_FLOAT(0x1A, "128bppPRGBAFloat", Order.RGBA, 4, 32),
    /** Packed 5-5-5. */
    RGB555(0x09, "16bppRGB555", Order.PACKED, 1, 16),
    /** Packed 5-6-5. */
    RGB565(0x0A, "16bppRGB565", Order.PACKED, 1, 16),
    /** Packed 10-10-10. */
    RGB101010(0x14, "32bppRGB101010", Order.PACKED, 1, 32),
    /** Three mantissas and a common exponent. */
    RGBE(0x3D, "32bppRGBE", Order.RGBE, 4, 8),
    /** C, M, Y, K of 8 bits. */
    CMYK32(0x1C, "32bppCMYK", Order.CMYK, 4, 8),
    /** C, M, Y, K of 16 bits. */
    CMYK64(0x1F, "64bppCMYK", Order.CMYK, 4, 16),
    /** C, M, Y, K, A of 8 bits. */
    CMYKA40(0x2C, "40bppCMYKAlpha", Order.CMYKA, 5, 8),
    /** C, M, Y, K, A of 16 bits. */
    CMYKA80(0x2D, "80bppCMYKAlpha", Order.CMYKA, 5, 16),
    /** Three channels of 8 bits. */
    N3_8(0x20, "24bpp3Channels", Order.N, 3, 8),
    /** Four channels of 8 bits. */
    N4_8(0x21, "32bpp4Channels", Order.N, 4, 8),
    /** Five channels of 8 bits. */
    N5_8(0x22, "40bpp5Channels", Order.N, 5, 8),
    /** Six channels of 8 bits. */
    N6_8(0x23, "48bpp6Channels", Order.N, 6, 8),
    /** Seven channels of 8 bits. */
    N7_8(0x24, "56bpp7Channels", Order.N, 7, 8),
    /** Eight channels of 8 bits. */
    N8_8(0x25, "64bpp8Channels", Order.N, 8, 8),
    /** Three channels of 16 bits. */
    N3_16(0x26, "48bpp3Channels", Order.N, 3, 16),
    /** Four channels of 16 bits. */
    N4_16(0x27, "64bpp4Channels", Order.N, 4, 16),
    /** Five channels of 16 bits. */
    N5_16(0x28, "80bpp5Channels", Order.N, 5, 16),
    /** Six channels of 16 bits. */
    N6_16(0x29, "96bpp6Channels", Order.N, 6, 16),
    /** Seven channels of 16 bits. */
    N7_16(0x2A, "112bpp7Channels", Order.N, 7, 16),
    /** Eight channels of 16 bits. */
    N8_16(0x2B, "128bpp8Channels", Order.N, 8, 16),
    /** Three channels and alpha of 8 bits. */
    N3A_8(0x2E, "32bpp3ChannelsAlpha", Order.NA, 4, 8),
    /** Four channels and alpha of 8 bits. */
    N4A_8(0x2F, "40bpp4ChannelsAlpha", Order.NA, 5, 8),
    /** Five channels and alpha of 8 bits. */
    N5A_8(0x30, "48bpp5ChannelsAlpha", Order.NA, 6, 8),
    /** Six channels and alpha of 8 bits. */
    N6A_8(0x31, "56bpp6ChannelsAlpha", Order.NA, 7, 8),
    /** Seven channels and alpha of 8 bits. */
    N7A_8(0x32, "64bpp7ChannelsAlpha", Order.NA, 8, 8),
    /** Eight channels and alpha of 8 bits. */
    N8A_8(0x33, "72bpp8ChannelsAlpha", Order.NA, 9, 8),
    /** Three channels and alpha of 16 bits. */
    N3A_16(0x34, "64bpp3ChannelsAlpha", Order.NA, 4, 16),
    /** Four channels and alpha of 16 bits. */
    N4A_16(0x35, "80bpp4ChannelsAlpha", Order.NA, 5, 16),
    /** Five channels and alpha of 16 bits. */
    N5A_16(0x36, "96bpp5ChannelsAlpha", Order.NA, 6, 16),
    /** Six channels and alpha of 16 bits. */
    N6A_16(0x37, "112bpp6ChannelsAlpha", Order.NA, 7, 16),
    /** Seven channels and alpha of 16 bits. */
    N7A_16(0x38, "128bpp7ChannelsAlpha", Order.NA, 8, 16),
    /** Eight channels and alpha of 16 bits. */
    N8A_16(0x39, "144bpp8ChannelsAlpha", Order.NA, 9, 16),
    /** C, M, Y, K of 8 bits, coded as they are. */
    CMYK_DIRECT32(0x54, "32bppCMYKDIRECT", Order.CMYK_DIRECT, 4, 8),
    /** C, M, Y, K of 16 bits, coded as they are. */
    CMYK_DIRECT64(0x55, "64bppCMYKDIRECT", Order.CMYK_DIRECT, 4, 16),
    /** C, M, Y, K, A of 8 bits, coded as they are. */
    CMYKA_DIRECT40(0x56, "40bppCMYKDIRECTAlpha", Order.CMYKA_DIRECT, 5, 8),
    /** C, M, Y, K, A of 16 bits, coded as they are. */
    CMYKA_DIRECT80(0x43, "80bppCMYKDIRECTAlpha", Order.CMYKA_DIRECT, 5, 16),
    /** Y, U, V at a quarter of the pixels each; six samples for four pixels. */
    YCC420(0x44, "12bppYCC420", Order.YCC420, 6, 8),
    /** Y, U, V at half of the pixels each; four samples for two pixels. */
    YCC422(0x45, "16bppYCC422", Order.YCC422, 4, 8),
    /** The same of 10 bits. */
    YCC422_10(0x46, "20bppYCC422", Order.YCC422, 4, 16, 10),
    /** The same of 16 bits. */
    YCC422_16(0x47, "32bppYCC422", Order.YCC422, 4, 16),
    /** Y, U, V. */
    YCC444(0x48, "24bppYCC444", Order.YCC444, 3, 8),
    /** Y, U, V of 10 bits. */
    YCC444_10(0x49, "30bppYCC444", Order.YCC444, 3, 16, 10),
    /** Y, U, V of 16 bits. */
    YCC444_16(0x4A, "48bppYCC444", Order.YCC444, 3, 16),
    /** Y, U, V of signed 16 bits. */
    YCC444_FIXED(0x4B, "48bppYCC444FixedPoint", Order.YCC444, 3, 16),
    /** Y, U, V at a quarter of the pixels each, and alpha: ten samples for four pixels, the alphas last. */
    YCC420A(0x4C, "20bppYCC420Alpha", Order.YCC420A, 10, 8),
    /** Y, U, V at half of the pixels each, and alpha: six samples for two pixels, the alphas last. */
    YCC422A(0x4D, "24bppYCC422Alpha", Order.YCC422A, 6, 8),
    /** The same of 10 bits. */
    YCC422A_10(0x4E, "30bppYCC422Alpha", Order.YCC422A, 6, 16, 10),
    /** The same of 16 bits. */
    YCC422A_16(0x4F, "48bppYCC422Alpha", Order.YCC422A, 6, 16),
    /** Y, U, V, A. */
    YCC444A(0x50, "32bppYCC444Alpha", Order.YCC444A, 4, 8),
    /** Y, U, V, A of 10 bits. */
    YCC444A_10(0x51, "40bppYCC444Alpha", Order.YCC444A, 4, 16, 10),
    /** Y, U, V, A of 16 bits. */
    YCC444A_16(0x52, "64bppYCC444Alpha", Order.YCC444A, 4, 16),
    /** Y, U, V, A of signed 16 bits. */
    YCC444A_FIXED(0x53, "64bppYCC444AlphaFixedPoint", Order.YCC444A, 4, 16);

    /** Which samples a pixel has, in memory order. */
    enum Order {
        GRAY(1),
        RGB(3),
        BGR(3),
        RGBA(3, true),
        BGRA(3, true),
        PACKED(3),
        RGBE(3),
        CMYK(4),
        CMYKA(4, true),
        CMYK_DIRECT(4),
        CMYKA_DIRECT(4, true),
        N(0),
        NA(0, true),
        YCC420(3),
        YCC420A(3, true),
        YCC422(3),
        YCC422A(3, true),
        YCC444(3),
        YCC444A(3, true);

        /** Colour components; 0 where the format says. */
        private final int colours;

        private final boolean hasAlpha;

        Order(int colours) {
            this(colours, false);
        }

        Order(int colours, boolean hasAlpha) {
            this.colours = colours;
            this.hasAlpha = hasAlpha;
        }

        /** Pixels side by side that share chroma, and so a group of samples. */
        int groupWidth() {
            return switch (this) {
                case YCC420, YCC420A, YCC422, YCC422A -> 2;
                default -> 1;
            };
        }

        /** Rows of pixels that share chroma. */
        int groupHeight() {
            return this == YCC420 || this == YCC420A ? 2 : 1;
        }

        boolean isSubsampled() {
            return groupWidth() > 1;
        }
    }

    private static final String COMMON = "24c3dd6f034efe4bb1853d77768dc9";
    private static final int GUID_LENGTH = 16;

    private final byte[] guid;
    private final String label;
    private final Order order;
    private final int samples;
    private final int bits;
    /** Bits of a sample that are used. */
    private final int depth;

    JxrPixelFormat(int lastByte, String label, Order order, int samples, int bits) {
        this(lastByte, label, order, samples, bits, bits);
    }

    JxrPixelFormat(int lastByte, String label, Order order, int samples, int bits, int depth) {
        this(COMMON + HexFormat.of().toHexDigits((byte) lastByte), label, order, samples, bits, depth);
    }

    JxrPixelFormat(String guid, String label, Order order, int samples, int bits) {
        this(guid, label, order, samples, bits, bits);
    }

    JxrPixelFormat(String guid, String label, Order order, int samples, int bits, int depth) {
        this.guid = HexFormat.of().parseHex(guid);
        this.label = label;
        this.order = order;
        this.samples = samples;
        this.bits = bits;
        this.depth = depth;
    }

    /** The format of a GUID at an offset, null if it names none that is decoded. */
    static JxrPixelFormat ofGuid(byte[] data, int offset) {
        for (JxrPixelFormat format : values()) {
            if (Arrays.equals(data, offset, offset + GUID_LENGTH, format.guid, 0, GUID_LENGTH)) {
                return format;
            }
        }
        return null;
    }

    /**
     * The usual name.
     *
     * @return for instance {@code 24bppBGR}
     */
    public String label() {
        return label;
    }

    /**
     * Samples of a pixel in memory, alpha and pad included; of a packed word 1, of 1-bit pixels 1, of subsampled formats
     * those of a group of pixels.
     *
     * @return 1 to 10
     */
    public int samplesPerPixel() {
        return samples;
    }

    /**
     * Size of a sample in memory. Samples of 10 bits that are not packed take 16, of which the low ones count.
     *
     * @return bits: 1, 8, 16 or 32
     */
    public int bitsPerSample() {
        return bits;
    }

    /**
     * Channels of a pixel as its name counts them: 3 for packed words.
     *
     * @return 1 to 10
     */
    public int channels() {
        return order == Order.PACKED ? 3 : samples;
    }

    /**
     * Bits of a channel; of a packed word its whole width over the channels, rounded down.
     *
     * @return 1, 5, 8, 10, 16 or 32
     */
    public int bitsPerChannel() {
        return order == Order.PACKED ? bits / 3 : depth;
    }

    /**
     * Whether the last sample of a pixel is alpha, or the last samples of a group of pixels are.
     *
     * @return true if so
     */
    public boolean hasAlpha() {
        return order.hasAlpha;
    }

    Order order() {
        return order;
    }

    /** Colour components, without alpha and pad. */
    int colours() {
        return order.colours != 0 ? order.colours : samples - (order.hasAlpha ? 1 : 0);
    }

    /**
     * Size of a decoded picture: rows from top to bottom without padding.
     *
     * @param width pixels
     * @param height pixels
     * @return bytes; may exceed what an array can hold
     */
    public long bytes(int width, int height) {
        if (bits == 1) {
            return (width + 7L) / 8 * height;
        }
        long across = -Math.floorDiv(-width, order.groupWidth());
        long down = -Math.floorDiv(-height, order.groupHeight());
        return across * down * samples * (bits / 8);
    }
}
