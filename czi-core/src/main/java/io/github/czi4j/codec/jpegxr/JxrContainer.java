package io.github.czi4j.codec.jpegxr;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The TIFF-like container (T.832 Annex A, sheet §1): {@code 49 49 BC}, a version, the offset of an IFD, and in that the
 * entries below. Unknown tags are skipped; further IFDs are not looked at.
 */
final class JxrContainer {
    private static final int MAGIC = 0x00BC4949;
    private static final int ENTRY = 12;
    private static final int PIXEL_FORMAT = 0xBC01;
    private static final int SPATIAL_XFRM_PRIMARY = 0xBC02;
    private static final int WIDTH_RESOLUTION = 0xBC82;
    private static final int HEIGHT_RESOLUTION = 0xBC83;
    private static final int IMAGE_OFFSET = 0xBCC0;
    private static final int IMAGE_BYTE_COUNT = 0xBCC1;
    private static final int ALPHA_OFFSET = 0xBCC2;
    private static final int ALPHA_BYTE_COUNT = 0xBCC3;
    private static final int ICC_PROFILE = 0x8773;
    private static final int TYPE_BYTE = 1;
    private static final int TYPE_SHORT = 3;
    private static final int MAX_ICC = 16 << 20;

    private final ByteBuffer data;

    private JxrPixelFormat format;
    private int orientation;
    private float horizontalDpi;
    private float verticalDpi;
    private long imageOffset;
    private long imageLength;
    private long alphaOffset;
    private long alphaLength;
    private byte[] iccProfile = new byte[0];

    private JxrContainer(byte[] bytes, int length) {
        this.data = ByteBuffer.wrap(bytes, 0, length).slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Whether bytes begin as a container does. */
    static boolean hasMagic(byte[] bytes, int length) {
        return length >= 4
                && (ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(0) & 0xFFFFFF) == MAGIC
                && (bytes[3] & 0xFF) <= 1;
    }

    static JxrContainer read(byte[] bytes, int length) throws JxrException {
        JxrContainer container = new JxrContainer(bytes, length);
        if (length < 8 || !hasMagic(bytes, length)) {
            throw JxrException.corrupt(0, "expected the bytes 49 49 BC and a version 0 or 1 at the beginning");
        }
        container.readDirectory(bytes);
        return container;
    }

    private void readDirectory(byte[] bytes) throws JxrException {
        long directory = data.getInt(4) & 0xFFFFFFFFL;
        if (directory > data.limit() - 2L) {
            throw JxrException.corrupt(
                    4, "the directory at " + directory + " is outside the " + data.limit() + " bytes");
        }
        int first = (int) directory + 2;
        int count = data.getShort((int) directory) & 0xFFFF;
        if ((long) count * ENTRY > data.limit() - first) {
            throw JxrException.corrupt((int) directory, "a directory of " + count + " entries does not fit");
        }
        for (int i = 0; i < count; i++) {
            readEntry(bytes, first + i * ENTRY);
        }
        if (format == null) {
            throw JxrException.corrupt((int) directory, "the pixel format is missing");
        }
        if (imageOffset == 0 || imageOffset >= data.limit()) {
            throw JxrException.corrupt((int) directory, "the image at offset " + imageOffset + " is not there");
        }
    }

    private void readEntry(byte[] bytes, int at) throws JxrException {
        int tag = data.getShort(at) & 0xFFFF;
        switch (tag) {
            case PIXEL_FORMAT -> {
                long guid = data.getInt(at + 8) & 0xFFFFFFFFL;
                if (guid > data.limit() - 16L) {
                    throw JxrException.corrupt(at, "the pixel format at " + guid + " is outside the bytes");
                }
                format = JxrPixelFormat.ofGuid(bytes, (int) guid);
                if (format == null) {
                    throw JxrException.unsupported((int) guid, "the pixel format is none that is decoded");
                }
            }
            case SPATIAL_XFRM_PRIMARY -> orientation = (int) value(at) & 7;
            case WIDTH_RESOLUTION -> horizontalDpi = data.getFloat(at + 8);
            case HEIGHT_RESOLUTION -> verticalDpi = data.getFloat(at + 8);
            case IMAGE_OFFSET -> imageOffset = value(at);
            case IMAGE_BYTE_COUNT -> imageLength = value(at);
            case ALPHA_OFFSET -> alphaOffset = value(at);
            case ALPHA_BYTE_COUNT -> alphaLength = value(at);
            case ICC_PROFILE -> {
                long length = data.getInt(at + 4) & 0xFFFFFFFFL;
                long offset = data.getInt(at + 8) & 0xFFFFFFFFL;
                // A profile that is not there is no reason to give no picture.
                if (length > 4 && length <= MAX_ICC && offset <= data.limit() - length) {
                    iccProfile = Arrays.copyOfRange(bytes, (int) offset, (int) (offset + length));
                }
            }
            default -> {
                // Descriptive metadata.
            }
        }
    }

    /** The number in the value field, by its type. */
    private long value(int entry) {
        return switch (data.getShort(entry + 2)) {
            case TYPE_BYTE -> data.get(entry + 8) & 0xFF;
            case TYPE_SHORT -> data.getShort(entry + 8) & 0xFFFF;
            default -> data.getInt(entry + 8) & 0xFFFFFFFFL;
        };
    }

    JxrPixelFormat format() {
        return format;
    }

    /** 0 to 7 (sheet §1.2). */
    Orientation orientation() {
        return new Orientation(orientation);
    }

    float horizontalDpi() {
        return horizontalDpi;
    }

    float verticalDpi() {
        return verticalDpi;
    }

    byte[] iccProfile() {
        return iccProfile;
    }

    int imageOffset() {
        return (int) imageOffset;
    }

    /** Where the codestream ends: as announced where that makes sense, else with the bytes. */
    int imageEnd() {
        return end(imageOffset, imageLength);
    }

    boolean hasPlanarAlpha() {
        return format.hasAlpha() && alphaOffset > 0 && alphaLength > 0;
    }

    int alphaOffset() throws JxrException {
        if (alphaOffset >= data.limit()) {
            throw JxrException.corrupt(0, "the alpha plane at offset " + alphaOffset + " is not there");
        }
        return (int) alphaOffset;
    }

    int alphaEnd() {
        return end(alphaOffset, alphaLength);
    }

    private int end(long offset, long length) {
        return (int) (length > 0 ? Math.min(data.limit(), offset + length) : data.limit());
    }
}
