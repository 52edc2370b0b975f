package io.github.czi4j.model;

/** How the pixels of a subblock are stored (sheet §2.5). */
public enum Compression {
    /** Rows as they are, without padding. */
    UNCOMPRESSED(0, "uncompressed"),
    /** A complete JPEG file: lossy, 8 bit. */
    JPEG(1, "jpg"),
    /** The LZW of TIFF. */
    LZW(2, "lzw"),
    /** JPEG lossless; the code is reserved, no file is known. */
    JPEG_LOSSLESS(3, "jpgll"),
    /** A complete JPEG XR file. */
    JPEG_XR(4, "jpgxr"),
    /** One zstd frame. */
    ZSTD0(5, "zstd0"),
    /** A small header and a zstd frame; 16-bit samples may be split in low and high bytes. */
    ZSTD1(6, "zstd1"),
    /** Codes 100 to 999: the raw format of a camera. */
    CAMERA_RAW(100, "cameraraw"),
    /** Codes from 1000: the raw format of a system. */
    SYSTEM_RAW(1000, "systemraw"),
    /** A code without a meaning: such a subblock has raw bytes and no pixels. */
    UNKNOWN(-1, "unknown");

    private final int code;
    private final String label;

    Compression(int code, String label) {
        this.code = code;
        this.label = label;
    }

    /**
     * The compression that a code of the directory stands for.
     *
     * @param code any integer
     * @return the compression, {@link #UNKNOWN} for a code without a meaning
     */
    public static Compression ofCode(int code) {
        return switch (code) {
            case 0 -> UNCOMPRESSED;
            case 1 -> JPEG;
            case 2 -> LZW;
            case 3 -> JPEG_LOSSLESS;
            case 4 -> JPEG_XR;
            case 5 -> ZSTD0;
            case 6 -> ZSTD1;
            default -> code >= 1000 ? SYSTEM_RAW : code >= 100 ? CAMERA_RAW : UNKNOWN;
        };
    }

    /**
     * The code in the directory; the lowest one of the two ranges of raw formats.
     *
     * @return the code, or -1 for {@link #UNKNOWN}
     */
    public int code() {
        return code;
    }

    /**
     * The name in lower case, as reports show it.
     *
     * @return for instance {@code zstd1}
     */
    public String label() {
        return label;
    }
}
