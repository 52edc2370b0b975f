package io.github.czi4j.model;

/**
 * Layout of a pixel in memory (sheet §2.4). Samples are little-endian; colour is interleaved in the stored order B, G,
 * R(, A).
 */
public enum PixelType {
    /** One unsigned byte. */
    GRAY8(0, "gray8", Sample.UINT8, 1),
    /** One unsigned 16-bit integer; cameras with 12 or 14 bits right-align. */
    GRAY16(1, "gray16", Sample.UINT16, 1),
    /** One IEEE 754 single. */
    GRAY32_FLOAT(2, "gray32float", Sample.FLOAT32, 1),
    /** Three unsigned bytes B, G, R. */
    BGR24(3, "bgr24", Sample.UINT8, 3),
    /** Three unsigned 16-bit integers B, G, R. */
    BGR48(4, "bgr48", Sample.UINT16, 3),
    /** Three IEEE 754 singles B, G, R. */
    BGR96_FLOAT(8, "bgr96float", Sample.FLOAT32, 3),
    /** Four unsigned bytes B, G, R, A; whether premultiplied is documented nowhere. */
    BGRA32(9, "bgra32", Sample.UINT8, 4),
    /** Two IEEE 754 singles: real and imaginary part. */
    GRAY64_COMPLEX_FLOAT(10, "gray64complexfloat", Sample.FLOAT32, 2),
    /** Three pairs B, G, R of IEEE 754 singles: real and imaginary part of each. */
    BGR192_COMPLEX_FLOAT(11, "bgr192complexfloat", Sample.FLOAT32, 6),
    /** One signed 32-bit integer. */
    GRAY32(12, "gray32", Sample.INT32, 1),
    /** One IEEE 754 double. */
    GRAY64_FLOAT(13, "gray64float", Sample.FLOAT64, 1),
    /** A code that the format does not define: such a subblock has raw bytes and no pixels. */
    UNKNOWN(-1, "unknown", Sample.UINT8, 0);

    /** The kind of one sample, and the Java array that holds it. */
    public enum Sample {
        /** Unsigned byte, in a {@code byte[]}. */
        UINT8(1),
        /** Unsigned 16-bit integer, in a {@code short[]}. */
        UINT16(2),
        /** Signed 32-bit integer, in an {@code int[]}. */
        INT32(4),
        /** IEEE 754 single, in a {@code float[]}. */
        FLOAT32(4),
        /** IEEE 754 double, in a {@code double[]}. */
        FLOAT64(8);

        private final int bytes;

        Sample(int bytes) {
            this.bytes = bytes;
        }

        /**
         * Size of a sample.
         *
         * @return bytes: 1, 2, 4 or 8
         */
        public int bytes() {
            return bytes;
        }
    }

    private static final PixelType[] BY_CODE = new PixelType[14];

    static {
        for (PixelType type : values()) {
            if (type != UNKNOWN) {
                BY_CODE[type.code] = type;
            }
        }
    }

    private final int code;
    private final String label;
    private final Sample sample;
    private final int samplesPerPixel;

    PixelType(int code, String label, Sample sample, int samplesPerPixel) {
        this.code = code;
        this.label = label;
        this.sample = sample;
        this.samplesPerPixel = samplesPerPixel;
    }

    /**
     * The type that a code of the directory stands for.
     *
     * @param code any integer
     * @return the type, {@link #UNKNOWN} for a code that is not assigned
     */
    public static PixelType ofCode(int code) {
        PixelType type = code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
        return type == null ? UNKNOWN : type;
    }

    /**
     * The type of a name.
     *
     * @param label as {@link #label()} gives it, in any case
     * @return the type
     * @throws IllegalArgumentException if there is none
     */
    public static PixelType ofLabel(String label) {
        for (PixelType type : values()) {
            if (type != UNKNOWN && type.label.equalsIgnoreCase(label)) {
                return type;
            }
        }
        throw new IllegalArgumentException("no pixel type is called '" + label + "'");
    }

    /**
     * The code in the directory.
     *
     * @return 0 to 13, or -1 for {@link #UNKNOWN}
     */
    public int code() {
        return code;
    }

    /**
     * The name in lower case, as reports show it.
     *
     * @return for instance {@code gray16}
     */
    public String label() {
        return label;
    }

    /**
     * The kind of one sample.
     *
     * @return the sample
     */
    public Sample sample() {
        return sample;
    }

    /**
     * Samples of a pixel, each part of a complex number counting as one.
     *
     * @return 1 to 6, or 0 for {@link #UNKNOWN}
     */
    public int samplesPerPixel() {
        return samplesPerPixel;
    }

    /**
     * Whether a pixel has blue, green and red.
     *
     * @return true if so
     */
    public boolean isColour() {
        return switch (this) {
            case BGR24, BGR48, BGR96_FLOAT, BGRA32, BGR192_COMPLEX_FLOAT -> true;
            default -> false;
        };
    }

    /**
     * Size of a pixel.
     *
     * @return bytes: 1 to 24, or 0 for {@link #UNKNOWN}
     */
    public int bytesPerPixel() {
        return samplesPerPixel * sample.bytes;
    }
}
