package io.github.czi4j.codec.jpegxr;

import io.github.czi4j.model.Rect;

/**
 * How a picture is turned for display, SPATIAL_XFRM_PRIMARY of the container (T.832 Annex A, sheet §1.2): by 90° clockwise
 * if bit 2 is set, then mirrored top to bottom if bit 0 is set, and left to right if bit 1 is set.
 *
 * @param bits 0 to 7
 */
record Orientation(int bits) {
    boolean isIdentity() {
        return bits == 0;
    }

    private boolean isRotated() {
        return bits >= 4;
    }

    private boolean isMirroredVertically() {
        return (bits & 1) != 0;
    }

    private boolean isMirroredHorizontally() {
        return (bits & 2) != 0;
    }

    /** Width of a picture that is coded so large, once it is turned. */
    int width(int width, int height) {
        return isRotated() ? height : width;
    }

    /** Height of a picture that is coded so large, once it is turned. */
    int height(int width, int height) {
        return isRotated() ? width : height;
    }

    /** A part of the turned picture as a part of the coded one. */
    Rect coded(Rect turned, int width, int height) {
        int x = isMirroredHorizontally() ? width(width, height) - turned.right() : turned.x();
        int y = isMirroredVertically() ? height(width, height) - turned.bottom() : turned.y();
        if (!isRotated()) {
            return new Rect(x, y, turned.width(), turned.height());
        }
        return new Rect(y, height - x - turned.width(), turned.height(), turned.width());
    }

    /** Turns a picture of whole bytes a pixel. */
    byte[] turn(byte[] samples, int width, int height) {
        int size = samples.length / (width * height);
        int turnedWidth = width(width, height);
        int turnedHeight = height(width, height);
        byte[] turned = new byte[samples.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int toX = isRotated() ? height - 1 - y : x;
                int toY = isRotated() ? x : y;
                toX = isMirroredHorizontally() ? turnedWidth - 1 - toX : toX;
                toY = isMirroredVertically() ? turnedHeight - 1 - toY : toY;
                System.arraycopy(samples, (y * width + x) * size, turned, (toY * turnedWidth + toX) * size, size);
            }
        }
        return turned;
    }
}
