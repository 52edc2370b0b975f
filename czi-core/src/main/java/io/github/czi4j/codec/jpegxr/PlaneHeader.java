package io.github.czi4j.codec.jpegxr;

/**
 * IMAGE_PLANE_HEADER (T.832 8.4, sheet §3) of the primary or the alpha plane.
 */
final class PlaneHeader {
    // BANDS_PRESENT (sheet §2.2).
    static final int ALL_BANDS = 0;
    static final int NO_FLEXBITS = 1;
    static final int NO_HIGHPASS = 2;
    static final int DC_ONLY = 3;

    /** DC, lowpass, highpass, flexbits. */
    static final int MAX_BANDS = 4;

    private static final int MAX_COMPONENTS = 16;

    /** INTERNAL_CLR_FMT. */
    final int colour;

    final boolean isScaled;
    final int bandsPresent;
    final int components;
    int shiftBits;
    int mantissaLength;
    int exponentBias;

    /** Steps of the bands that are the same for the whole picture; null where each tile has its own. */
    int[] dcSteps;

    int[] lowpassSteps;
    int[] highpassSteps;
    /** HD Photo's redirections (RESERVED_I_BIT, RESERVED_J_BIT). */
    boolean lowpassUsesDc;

    boolean highpassUsesLowpass;

    private PlaneHeader(int colour, boolean isScaled, int bandsPresent, int components) {
        this.colour = colour;
        this.isScaled = isScaled;
        this.bandsPresent = bandsPresent;
        this.components = components;
    }

    static PlaneHeader read(BitReader in, ImageHeader image, boolean isAlpha) throws JxrException {
        int colour = in.headerBits(3);
        boolean isScaled = in.headerFlag();
        int bandsPresent = in.headerBits(4);
        if (bandsPresent > DC_ONLY) {
            throw JxrException.unsupported(in.byteOffset(), "bands present " + bandsPresent);
        }
        int components = switch (colour) {
            case ImageHeader.YONLY -> 1;
            case ImageHeader.YUV420, ImageHeader.YUV422, ImageHeader.YUV444 -> {
                // Chroma centring is not looked at, as no decoder does.
                in.headerBits(8);
                yield 3;
            }
            case ImageHeader.CMYK -> 4;
            case ImageHeader.NCOMPONENT -> {
                int count = in.headerBits(4) + 1;
                in.headerBits(4);
                yield count;
            }
            default -> throw JxrException.corrupt(in.byteOffset(), "internal colour format " + colour);
        };
        if (components > MAX_COMPONENTS || isAlpha && components != 1) {
            throw JxrException.corrupt(in.byteOffset(), "a plane of " + components + " components");
        }
        PlaneHeader header = new PlaneHeader(colour, isScaled, bandsPresent, components);
        header.readNumbers(in, image.outputDepth());
        header.readQuantisers(in);
        in.align();
        return header;
    }

    private void readNumbers(BitReader in, int depth) throws JxrException {
        if (depth == ImageHeader.BD16 || depth == ImageHeader.BD16S || depth == 5 || depth == ImageHeader.BD32S) {
            shiftBits = in.headerBits(8);
            if (shiftBits > 31) {
                throw JxrException.corrupt(in.byteOffset(), "a shift by " + shiftBits + " bits");
            }
        } else if (depth == ImageHeader.BD32F) {
            mantissaLength = in.headerBits(8);
            exponentBias = (byte) in.headerBits(8);
            if (mantissaLength > 23) {
                throw JxrException.corrupt(in.byteOffset(), "a mantissa of " + mantissaLength + " bits");
            }
        }
    }

    private void readQuantisers(BitReader in) throws JxrException {
        if (in.headerFlag()) {
            dcSteps = readSteps(in, true);
        }
        if (bandsPresent < DC_ONLY) {
            lowpassUsesDc = in.headerFlag();
            if (!lowpassUsesDc && in.headerFlag()) {
                lowpassSteps = readSteps(in, true);
            }
        }
        if (bandsPresent < NO_HIGHPASS) {
            highpassUsesLowpass = in.headerFlag();
            if (!highpassUsesLowpass && in.headerFlag()) {
                highpassSteps = readSteps(in, false);
            }
        }
    }

    /** DC_QP, LP_QP or HP_QP: a step for each component. */
    int[] readSteps(BitReader in, boolean isDcOrLowpass) throws JxrException {
        int mode = components > 1 ? in.headerBits(2) : 0;
        int[] parameters = new int[components];
        parameters[0] = in.headerBits(8);
        for (int i = 1; i < components; i++) {
            boolean isStored = mode >= 2 || mode == 1 && i == 1;
            parameters[i] = isStored ? in.headerBits(8) : parameters[mode == 1 ? 1 : 0];
        }
        int[] steps = new int[components];
        for (int i = 0; i < components; i++) {
            steps[i] = step(parameters[i], isDcOrLowpass && i > 0);
        }
        return steps;
    }

    /** Sheet §6. */
    private int step(int x, boolean isChromaDcOrLowpass) {
        if (x == 0) {
            return 1;
        }
        if (!isScaled) {
            if (x < 32) {
                return x + 3 >> 2;
            }
            return x < 48 ? 17 + (x & 15) >> 1 : 16 + (x & 15) << (x >> 4) - 3;
        }
        int shift = isChromaDcOrLowpass ? 0 : 1;
        return x < 16 ? x << shift : 16 + (x & 15) << (x >> 4) - 1 + shift;
    }

    boolean isSubsampled() {
        return colour == ImageHeader.YUV420 || colour == ImageHeader.YUV422;
    }

    boolean isYuv() {
        return colour == ImageHeader.YUV420 || colour == ImageHeader.YUV422 || colour == ImageHeader.YUV444;
    }

    /** Blocks of a component side by side in a macroblock. */
    int blocksAcross(int component) {
        return component > 0 && isSubsampled() ? 2 : 4;
    }

    /** Blocks of a component one below the other in a macroblock. */
    int blocksDown(int component) {
        return component > 0 && colour == ImageHeader.YUV420 ? 2 : 4;
    }

    boolean hasLowpass() {
        return bandsPresent < DC_ONLY;
    }

    boolean hasHighpass() {
        return bandsPresent < NO_HIGHPASS;
    }

    boolean hasFlexbits() {
        return bandsPresent == ALL_BANDS;
    }

    /** Packets of a tile in frequency mode: DC, LP, HP, FLEX as far as present. */
    int bandCount() {
        return MAX_BANDS - bandsPresent;
    }
}
