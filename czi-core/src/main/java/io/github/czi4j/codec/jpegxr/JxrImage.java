package io.github.czi4j.codec.jpegxr;

/**
 * A decoded picture.
 *
 * @param width pixels, at least 1
 * @param height pixels, at least 1
 * @param format which samples a pixel has
 * @param samples rows from top to bottom without padding, little-endian, in the order of the format; pad samples are 0
 * @param horizontalDpi resolution, 0 if not given
 * @param verticalDpi resolution, 0 if not given
 * @param iccProfile empty if there is none
 * @param isTruncated whether the data ended early and the missing bits were taken as 0; only where that was asked for
 * @param hasStoredAlpha whether alpha came from the stream; otherwise it is opaque where the format has any
 */
public record JxrImage(
        int width,
        int height,
        JxrPixelFormat format,
        byte[] samples,
        float horizontalDpi,
        float verticalDpi,
        byte[] iccProfile,
        boolean isTruncated,
        boolean hasStoredAlpha) {}
