package io.github.czi4j.codec;

/** Rows of JPEG samples to rows of pixels, with the equations of JFIF in 16-bit fixed point. */
final class JpegColour {
    private static final int SHIFT = 16;
    private static final int HALF = 1 << SHIFT - 1;

    // JFIF 1.02: R = Y + 1.402 Cr, G = Y - 0.34414 Cb - 0.71414 Cr, B = Y + 1.772 Cb, with Cb and Cr less 128
    private static final int CR_TO_R = fixed(1.40200);
    private static final int CB_TO_G = -fixed(0.34414);
    private static final int CR_TO_G = -fixed(0.71414);
    private static final int CB_TO_B = fixed(1.77200);

    private JpegColour() {}

    /**
     * Y, Cb, Cr to R, G, B, in place.
     *
     * @param row three bytes a pixel
     * @param width pixels
     */
    static void toRgb(byte[] row, int width) {
        for (int i = 0; i < 3 * width; i += 3) {
            int y = row[i] & 0xFF;
            int cb = (row[i + 1] & 0xFF) - 128;
            int cr = (row[i + 2] & 0xFF) - 128;
            row[i] = clamp(y + (CR_TO_R * cr + HALF >> SHIFT));
            row[i + 1] = clamp(y + (CB_TO_G * cb + CR_TO_G * cr + HALF >> SHIFT));
            row[i + 2] = clamp(y + (CB_TO_B * cb + HALF >> SHIFT));
        }
    }

    /**
     * Grey or R, G, B to grey; colour becomes the mean of its samples (sheet §7.6).
     *
     * @param row one or three bytes a pixel
     */
    static void toGrey(byte[] row, boolean colour, int width, byte[] out, int offset) {
        if (!colour) {
            System.arraycopy(row, 0, out, offset, width);
            return;
        }
        for (int x = 0; x < width; x++) {
            int sum = (row[3 * x] & 0xFF) + (row[3 * x + 1] & 0xFF) + (row[3 * x + 2] & 0xFF);
            out[offset + x] = (byte) ((sum + 1) / 3);
        }
    }

    /**
     * Grey or R, G, B to B, G, R and, with four bytes a pixel, an opaque A.
     *
     * @param row one or three bytes a pixel
     * @param bytesPerPixel of {@code out}: 3 or 4
     */
    static void toBgr(byte[] row, boolean colour, int width, byte[] out, int offset, int bytesPerPixel) {
        int step = colour ? 3 : 1;
        int green = colour ? 1 : 0;
        int blue = colour ? 2 : 0;
        int to = offset;
        for (int from = 0; from < step * width; from += step) {
            out[to] = row[from + blue];
            out[to + 1] = row[from + green];
            out[to + 2] = row[from];
            if (bytesPerPixel == 4) {
                out[to + 3] = (byte) 0xFF;
            }
            to += bytesPerPixel;
        }
    }

    private static int fixed(double factor) {
        return (int) (factor * (1 << SHIFT) + 0.5);
    }

    private static byte clamp(int value) {
        return (byte) Math.max(0, Math.min(255, value));
    }
}
