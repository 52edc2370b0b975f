package io.github.czi4j.codec;

import java.nio.ByteBuffer;

/**
 * What the markers of a JPEG stream announce (ITU-T T.81, B.2), read before anything is decoded.
 *
 * @param width pixels, at least 1
 * @param height pixels, at least 1
 * @param components 1 or 3
 * @param luminance whether three components are Y, Cb, Cr, not R, G, B
 */
record JpegHeader(int width, int height, int components, boolean luminance) {
    /** Progressive streams have about 10; each scan costs a pass over the whole picture, however short it is. */
    private static final int MAX_SCANS = 100;

    // Markers, without their first byte FF
    private static final int SOI = 0xD8;
    private static final int EOI = 0xD9;
    private static final int SOS = 0xDA;
    private static final int SOF0_BASELINE = 0xC0;
    private static final int SOF2_PROGRESSIVE = 0xC2;
    private static final int DHT = 0xC4;
    private static final int JPG = 0xC8;
    private static final int DAC = 0xCC;
    private static final int SOF15 = 0xCF;
    private static final int APP0 = 0xE0;
    private static final int APP14 = 0xEE;

    private static final int JFIF = 0x4A464946;
    private static final int ADOBE = 0x41646F62;
    private static final int ADOBE_LENGTH = 14;

    /**
     * Reads the markers up to the first scan.
     *
     * @throws CodecException if the stream is corrupt, or neither 8-bit grey nor 8-bit colour
     */
    static JpegHeader read(ByteBuffer payload) throws CodecException {
        if (payload.limit() < 2 || u16(payload, 0) != (0xFF00 | SOI)) {
            throw CodecException.corrupt(0, "JPEG: expected the magic ffd8");
        }
        JpegHeader frame = null;
        boolean jfif = false;
        int adobeTransform = -1;
        int position = 2;
        while (true) {
            position = markerAt(payload, position);
            int marker = payload.get(position + 1) & 0xFF;
            int segment = position + 2;
            if (marker == EOI || payload.limit() - segment < 2) {
                throw CodecException.corrupt(position, "JPEG: expected a scan, found the end");
            }
            int length = u16(payload, segment);
            if (length < 2 || length > payload.limit() - segment) {
                throw CodecException.corrupt(
                        segment,
                        "JPEG: expected a segment of 2 to " + (payload.limit() - segment) + " bytes, found " + length);
            }
            if (marker == SOS) {
                break;
            }
            if (isFrame(marker)) {
                frame = frame(payload, marker, segment, length);
            } else if (marker == APP0 && length >= 7 && u32(payload, segment + 2) == JFIF) {
                jfif = true;
            } else if (marker == APP14 && length >= ADOBE_LENGTH && u32(payload, segment + 2) == ADOBE) {
                adobeTransform = payload.get(segment + 13);
            }
            position = segment + length;
        }
        if (frame == null) {
            throw CodecException.corrupt(position, "JPEG: expected a frame header before the first scan");
        }
        countScans(payload, position);
        // As all decoders guess: JFIF is Y, Cb, Cr; Adobe says; without either the names of the components do.
        boolean luminance = jfif || (adobeTransform >= 0 ? adobeTransform != 0 : frame.luminance);
        return new JpegHeader(frame.width, frame.height, frame.components, luminance && frame.components == 3);
    }

    /** Where the next marker is; any number of FF may stand before it. */
    private static int markerAt(ByteBuffer payload, int from) throws CodecException {
        int position = from;
        if (position >= payload.limit() || (payload.get(position) & 0xFF) != 0xFF) {
            throw CodecException.corrupt(position, "JPEG: expected a marker");
        }
        while (position + 1 < payload.limit() && (payload.get(position + 1) & 0xFF) == 0xFF) {
            position++;
        }
        if (position + 1 >= payload.limit()) {
            throw CodecException.corrupt(position, "JPEG: expected a marker, found the end");
        }
        return position;
    }

    private static boolean isFrame(int marker) {
        return marker >= SOF0_BASELINE && marker <= SOF15 && marker != DHT && marker != JPG && marker != DAC;
    }

    private static JpegHeader frame(ByteBuffer payload, int marker, int segment, int length) throws CodecException {
        if (marker > SOF2_PROGRESSIVE) {
            throw CodecException.unsupported("JPEG: frame type SOF" + (marker - SOF0_BASELINE)
                    + "; only baseline, extended and progressive with Huffman codes are decoded");
        }
        if (length < 8) {
            throw CodecException.corrupt(segment, "JPEG: expected a frame header of 8 bytes, found " + length);
        }
        int precision = payload.get(segment + 2) & 0xFF;
        int height = u16(payload, segment + 3);
        int width = u16(payload, segment + 5);
        int components = payload.get(segment + 7) & 0xFF;
        if (precision != 8) {
            throw CodecException.unsupported("JPEG: " + precision + " bits a sample; only 8 are decoded");
        }
        if (components != 1 && components != 3) {
            throw CodecException.unsupported(
                    "JPEG: " + components + " components (CMYK has 4); only grey and colour are decoded");
        }
        if (length < 8 + 3 * components) {
            throw CodecException.corrupt(
                    segment, "JPEG: expected a frame header of " + (8 + 3 * components) + " bytes, found " + length);
        }
        if (width == 0 || height == 0) {
            throw CodecException.unsupported("JPEG: " + width + "×" + height + " pixels");
        }
        boolean rgb = components == 3
                && payload.get(segment + 8) == 'R'
                && payload.get(segment + 11) == 'G'
                && payload.get(segment + 14) == 'B';
        return new JpegHeader(width, height, components, !rgb);
    }

    /** A marker within coded data can be found by its bytes: there FF stands before 00 or a restart only. */
    private static void countScans(ByteBuffer payload, int from) throws CodecException {
        int scans = 0;
        for (int i = from; i + 1 < payload.limit(); i++) {
            if ((payload.get(i) & 0xFF) == 0xFF && (payload.get(i + 1) & 0xFF) == SOS && ++scans > MAX_SCANS) {
                throw CodecException.limit("JPEG: more than " + MAX_SCANS + " scans");
            }
        }
    }

    /** JPEG is big-endian, whatever the order of the payload. */
    private static int u16(ByteBuffer payload, int index) {
        return (payload.get(index) & 0xFF) << 8 | payload.get(index + 1) & 0xFF;
    }

    private static int u32(ByteBuffer payload, int index) {
        return u16(payload, index) << 16 | u16(payload, index + 2);
    }
}
