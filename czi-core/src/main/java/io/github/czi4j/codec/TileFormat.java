package io.github.czi4j.codec;

import io.github.czi4j.model.PixelType;

/**
 * The bitmap that the directory announces for a payload; every decoder delivers exactly this.
 *
 * @param width pixels, at least 1
 * @param height pixels, at least 1
 * @param pixelType not {@link PixelType#UNKNOWN}
 */
public record TileFormat(int width, int height, PixelType pixelType) {
    /**
     * Checks that the bitmap fits one array.
     *
     * @throws IllegalArgumentException if it does not, or a value is out of range
     */
    public TileFormat {
        if (width < 1 || height < 1 || pixelType == PixelType.UNKNOWN) {
            throw new IllegalArgumentException("no bitmap: " + width + "×" + height + " " + pixelType.label());
        }
        if (Math.multiplyFull(width, height) > (Integer.MAX_VALUE - 8) / pixelType.bytesPerPixel()) {
            throw new IllegalArgumentException(
                    "larger than an array: " + width + "×" + height + " " + pixelType.label());
        }
    }

    /**
     * Size of the bitmap: rows from top to bottom, without padding.
     *
     * @return bytes
     */
    public int bytes() {
        return width * height * pixelType.bytesPerPixel();
    }

    /**
     * Size of an array for some rows of the bitmap: for nearly all of them, that of all. Sides of tiles are powers of two as a
     * rule, and so are the regions of G1, which gives an array of half a region or more one of its own; one that is a little
     * smaller it copies, and copies again as it grows old.
     *
     * @param length bytes that are needed
     * @return at least these
     */
    public int room(int length) {
        int all = bytes();
        return length < all && length >= all - all / 4 ? all : length;
    }
}
