package io.github.czi4j.codec.jpegxr;

/** From transformed values to samples of an output depth (sheet §9.3). */
final class SampleConversion {
    private final int depth;
    /** Fractional bits. */
    private final int scale;

    private final int shift;
    private final int mantissaLength;
    private final int exponentBias;
    /** Rounding for one half of the depths and for the other (sheet §9). */
    private final int round3;

    private final int round4;

    SampleConversion(int depth, PlaneHeader plane) {
        this.depth = depth;
        this.scale = plane.isScaled ? 3 : 0;
        this.shift = plane.shiftBits;
        this.mantissaLength = plane.mantissaLength;
        this.exponentBias = plane.exponentBias;
        this.round3 = plane.isScaled ? 3 : 0;
        this.round4 = plane.isScaled ? 4 : 0;
    }

    int scale() {
        return scale;
    }

    /** SHIFT_BITS of the depths that have any. */
    int shift() {
        return depth == ImageHeader.BD8 ? 0 : shift;
    }

    /** The least sample of the depths that are clipped. */
    int min() {
        return depth == ImageHeader.BD16S ? -32768 : 0;
    }

    /** The largest. */
    int max() {
        return depth == ImageHeader.BD8 ? 255 : depth == ImageHeader.BD16S ? 32767 : 65535;
    }

    /** What is added to grey, green and the components of n-channel pictures. */
    int bias() {
        return switch (depth) {
            case ImageHeader.BD8 -> (128 << scale) + round3;
            case ImageHeader.BD16 -> (32768 >> shift << scale) + round4;
            case ImageHeader.BD5 -> (16 << scale) + round3;
            case ImageHeader.BD565 -> (32 << scale) + round3;
            case ImageHeader.BD10 -> (512 << scale) + round3;
            default -> round3;
        };
    }

    /** What is added to green where the three share an exponent. */
    int sharedExponentBias() {
        return round3;
    }

    /** What is added to magenta. */
    int cmyBias() {
        return switch (depth) {
            case ImageHeader.BD8 -> 128 << scale;
            case ImageHeader.BD16 -> 32768 >> shift << scale;
            default -> 0;
        };
    }

    /** What is added to black. */
    int blackBias() {
        return depth == ImageHeader.BD8 ? round3 : round4;
    }

    /** What is added to interleaved alpha; unlike colour it knows nothing of SHIFT_BITS. */
    int alphaBias() {
        return switch (depth) {
            case ImageHeader.BD8 -> (128 << scale) + round4;
            case ImageHeader.BD16 -> (32768 << scale) + round4;
            case ImageHeader.BD10 -> (512 << scale) + round4;
            default -> round4;
        };
    }

    /** The bits of a sample. */
    int sample(int value) {
        int v = value >> scale;
        return switch (depth) {
            case ImageHeader.BD8 -> clip(v, 0, 255);
            case ImageHeader.BD16 -> clip(v << shift, 0, 65535);
            case ImageHeader.BD16S -> clip(v << shift, -32768, 32767);
            case ImageHeader.BD16F -> half(v);
            case ImageHeader.BD32F -> single(v);
            case ImageHeader.BD5 -> clip(v, 0, 31);
            case ImageHeader.BD10 -> clip(v, 0, 1023);
            case ImageHeader.BD1_WHITE -> value >= (scale > 0 ? 4 : 1) ? 1 : 0;
            case ImageHeader.BD1_BLACK -> value >= (scale > 0 ? 4 : 1) ? 0 : 1;
            default -> v << shift;
        };
    }

    /** Green of 5-6-5. */
    int green565(int value) {
        return clip(value >> scale, 0, 63);
    }

    /** Red and blue of 5-6-5. */
    int redOrBlue565(int value) {
        return clip(value >> scale + 1, 0, 31);
    }

    static int clip(int value, int min, int max) {
        return Math.max(min, Math.min(max, value));
    }

    private static int half(int v) {
        int s = v >> 31;
        return ((v & 0x7FFF) ^ s) - s & 0xFFFF;
    }

    private int single(int v) {
        int s = v >> 31;
        int t = (v ^ s) - s;
        int one = 1 << mantissaLength;
        int e = t >>> mantissaLength;
        int m = t & one - 1 | one;
        if (e == 0) {
            m ^= one;
            e = 1;
        }
        e += 127 - exponentBias;
        while (m < one && e > 1 && m > 0) {
            e--;
            m <<= 1;
        }
        if (m < one) {
            e = 0;
        } else {
            m ^= one;
        }
        return s & 0x80000000 | e << 23 | m << 23 - mantissaLength;
    }

    /** Fully opaque alpha, for formats that have it where the stream does not. */
    int opaque() {
        return switch (depth) {
            case ImageHeader.BD8 -> 255;
            case ImageHeader.BD16 -> 65535;
            case ImageHeader.BD10 -> 1023;
            case ImageHeader.BD16S -> 1 << 13;
            case ImageHeader.BD16F -> 0x3C00;
            case ImageHeader.BD32S -> 1 << 24;
            default -> Float.floatToRawIntBits(1);
        };
    }
}
