package io.github.czi4j.codec.jpegxr;

/**
 * What a file says of its picture before it is decoded.
 *
 * @param width pixels, at least 1, of the picture as it is decoded: turned if the container says so
 * @param height pixels, at least 1
 * @param format which samples a pixel has
 * @param horizontalDpi resolution, 0 if not given
 * @param verticalDpi resolution, 0 if not given
 * @param iccProfile empty if there is none
 */
public record JxrHeader(
        int width, int height, JxrPixelFormat format, float horizontalDpi, float verticalDpi, byte[] iccProfile) {}
