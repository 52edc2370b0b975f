package io.github.czi4j.model;

import java.util.Arrays;

/**
 * Which pixels of a tile are valid (sheet §3.4). Immutable. Its size need not be that of the tile: what it has more does
 * not matter, and pixels of the tile that it does not reach are not valid.
 */
public final class Mask {
    private final int width;
    private final int height;
    private final int stride;
    private final byte[] bits;

    /**
     * A mask.
     *
     * @param width pixels, at least 0
     * @param height pixels, at least 0
     * @param stride bytes from one row to the next, at least {@code ceil(width / 8)}
     * @param bits rows from top to bottom, the most significant bit leftmost, 1 for valid; the last row may end with its
     *     last pixel. Copied
     * @throws IllegalArgumentException if the sizes contradict each other
     */
    public Mask(int width, int height, int stride, byte[] bits) {
        if (width < 0 || height < 0 || stride < rowBytes(width) || bits.length < byteCount(width, height, stride)) {
            throw new IllegalArgumentException("no mask: " + width + "×" + height + " pixels, " + stride
                    + " bytes a row, " + bits.length + " in all");
        }
        this.width = width;
        this.height = height;
        this.stride = stride;
        this.bits = Arrays.copyOf(bits, (int) byteCount(width, height, stride));
    }

    /**
     * Bytes that a row takes at least.
     *
     * @param width pixels, at least 0
     * @return {@code ceil(width / 8)}
     */
    public static int rowBytes(int width) {
        return (int) ((width + 7L) / 8);
    }

    /**
     * Bytes that the rows of a mask take at least.
     *
     * @param width pixels, at least 0
     * @param height pixels, at least 0
     * @param stride bytes from one row to the next, at least 0
     * @return bytes; the last row ends with its last pixel
     */
    public static long byteCount(int width, int height, int stride) {
        return height == 0 ? 0 : Math.multiplyFull(stride, height - 1) + rowBytes(width);
    }

    /**
     * Width.
     *
     * @return pixels, at least 0
     */
    public int width() {
        return width;
    }

    /**
     * Height.
     *
     * @return pixels, at least 0
     */
    public int height() {
        return height;
    }

    /**
     * Whether a pixel is valid.
     *
     * @param x column of the tile's bitmap
     * @param y row of the tile's bitmap
     * @return false outside the mask
     */
    public boolean isValid(int x, int y) {
        if (x < 0 || y < 0 || x >= width || y >= height) {
            return false;
        }
        return (bits[y * stride + (x >> 3)] & 0x80 >> (x & 7)) != 0;
    }

    /**
     * Number of valid pixels.
     *
     * @return 0 to {@code width · height}
     */
    public long validCount() {
        long count = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                count += isValid(x, y) ? 1 : 0;
            }
        }
        return count;
    }
}
