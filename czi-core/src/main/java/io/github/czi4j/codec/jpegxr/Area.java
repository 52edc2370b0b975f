package io.github.czi4j.codec.jpegxr;

/**
 * A rectangle of the samples of a component plane.
 *
 * @param left first column
 * @param top first row
 * @param width columns
 * @param height rows
 * @param stride samples of a row of the plane
 */
record Area(int left, int top, int width, int height, int stride) {
    /** Index of a sample of the rectangle in the plane. */
    int at(int x, int y) {
        return (top + y) * stride + left + x;
    }
}
