package io.github.czi4j.mosaic;

import io.github.czi4j.model.Pixels;

/** From one layer of a pyramid to the next: means of 2×2 pixels, for every pixel type. */
public final class Halving {
    private Halving() {}

    /**
     * Halves a picture in both directions. A pixel is the mean of the four that it stands for, of the two or the one that
     * there are at an odd edge; integers are rounded, halves up.
     *
     * @param pixels at least one pixel
     * @return half the size, rounded up
     */
    public static Pixels halve(Pixels pixels) {
        int samples = pixels.type().samplesPerPixel();
        int stride = pixels.width() * samples;
        Pixels result = Pixels.allocate((pixels.width() + 1) / 2, (pixels.height() + 1) / 2, pixels.type());
        for (int y = 0; y < result.height(); y++) {
            Rows rows = new Rows(
                    2 * y * stride,
                    Math.min(2 * y + 1, pixels.height() - 1) * stride,
                    pixels.width(),
                    samples,
                    y * result.width() * samples);
            switch (pixels.type().sample()) {
                case UINT8 -> rows.halve(pixels.bytes(), result.bytes());
                case UINT16 -> rows.halve(pixels.shorts(), result.shorts());
                case INT32 -> rows.halve(pixels.ints(), result.ints());
                case FLOAT32 -> rows.halve(pixels.floats(), result.floats());
                case FLOAT64 -> rows.halve(pixels.doubles(), result.doubles());
            }
        }
        return result;
    }

    /**
     * Two rows that become one. At an odd edge the last column or row stands for the one that is missing, which leaves
     * the mean as it is.
     *
     * @param upper index of the first sample of the upper row
     * @param lower index of the first sample of the lower row
     * @param width pixels of a row
     * @param samples of a pixel
     * @param to index where the new row begins
     */
    private record Rows(int upper, int lower, int width, int samples, int to) {
        /** Distance of a sample from the same of the next pixel; 0 for the last of an odd number. */
        private int step(int x) {
            return 2 * x + 1 < width ? samples : 0;
        }

        void halve(byte[] in, byte[] out) {
            for (int x = 0; 2 * x < width; x++) {
                int step = step(x);
                for (int s = 0; s < samples; s++) {
                    int a = upper + 2 * x * samples + s;
                    int b = lower + 2 * x * samples + s;
                    out[to + x * samples + s] = (byte)
                            ((in[a] & 0xFF) + (in[a + step] & 0xFF) + (in[b] & 0xFF) + (in[b + step] & 0xFF) + 2 >> 2);
                }
            }
        }

        void halve(short[] in, short[] out) {
            for (int x = 0; 2 * x < width; x++) {
                int step = step(x);
                for (int s = 0; s < samples; s++) {
                    int a = upper + 2 * x * samples + s;
                    int b = lower + 2 * x * samples + s;
                    out[to + x * samples + s] = (short)
                            ((in[a] & 0xFFFF) + (in[a + step] & 0xFFFF) + (in[b] & 0xFFFF) + (in[b + step] & 0xFFFF) + 2
                                    >> 2);
                }
            }
        }

        void halve(int[] in, int[] out) {
            for (int x = 0; 2 * x < width; x++) {
                int step = step(x);
                for (int s = 0; s < samples; s++) {
                    int a = upper + 2 * x * samples + s;
                    int b = lower + 2 * x * samples + s;
                    out[to + x * samples + s] = (int) ((long) in[a] + in[a + step] + in[b] + in[b + step] + 2 >> 2);
                }
            }
        }

        void halve(float[] in, float[] out) {
            for (int x = 0; 2 * x < width; x++) {
                int step = step(x);
                for (int s = 0; s < samples; s++) {
                    int a = upper + 2 * x * samples + s;
                    int b = lower + 2 * x * samples + s;
                    out[to + x * samples + s] = (float) (((double) in[a] + in[a + step] + in[b] + in[b + step]) / 4);
                }
            }
        }

        void halve(double[] in, double[] out) {
            for (int x = 0; 2 * x < width; x++) {
                int step = step(x);
                for (int s = 0; s < samples; s++) {
                    int a = upper + 2 * x * samples + s;
                    int b = lower + 2 * x * samples + s;
                    out[to + x * samples + s] = (in[a] + in[a + step] + in[b] + in[b + step]) / 4;
                }
            }
        }
    }

    /**
     * Copies a part of a picture.
     *
     * @param pixels the picture
     * @param x first column
     * @param y first row
     * @param width columns, inside the picture
     * @param height rows, inside the picture
     * @return a new picture
     */
    public static Pixels part(Pixels pixels, int x, int y, int width, int height) {
        Pixels result = Pixels.allocate(width, height, pixels.type());
        copy(pixels, x, y, result, 0, 0, width, height);
        return result;
    }

    /**
     * Copies a picture into a larger one.
     *
     * @param pixels the picture
     * @param target of the same type
     * @param x column of the target where it begins
     * @param y row of the target where it begins
     */
    public static void put(Pixels pixels, Pixels target, int x, int y) {
        copy(pixels, 0, 0, target, x, y, pixels.width(), pixels.height());
    }

    private static void copy(Pixels from, int x, int y, Pixels to, int toX, int toY, int width, int height) {
        int samples = from.type().samplesPerPixel();
        for (int row = 0; row < height; row++) {
            System.arraycopy(
                    from.array(),
                    ((y + row) * from.width() + x) * samples,
                    to.array(),
                    ((toY + row) * to.width() + toX) * samples,
                    width * samples);
        }
    }
}
