package io.github.czi4j.model;

import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A bitmap in a typed array: rows from top to bottom without padding, colour interleaved in the stored order (B, G, R(,
 * A)). The array is handed out as it is, not copied. One that the caller brought ({@link #of}) may be longer than the
 * bitmap; what lies behind it is not touched.
 *
 * <p>Which array: {@code byte[]} for 8-bit samples (unsigned), {@code short[]} for 16-bit samples (unsigned), {@code
 * int[]} for Gray32, {@code float[]} for all single-precision types (complex numbers as pairs), {@code double[]} for
 * Gray64Float. Element {@code (y · width + x) · samplesPerPixel + s}.
 */
public final class Pixels {
    /** Longest array that every JVM can make. */
    public static final int MAX_ELEMENTS = Integer.MAX_VALUE - 8;

    private final int width;
    private final int height;
    private final PixelType type;
    private final Object array;

    private Pixels(int width, int height, PixelType type, Object array) {
        this.width = width;
        this.height = height;
        this.type = type;
        this.array = array;
    }

    /**
     * Makes a bitmap of zeros.
     *
     * @param width pixels, at least 0
     * @param height pixels, at least 0
     * @param type not {@link PixelType#UNKNOWN}
     * @return the bitmap
     * @throws IllegalArgumentException if it has more than {@link #MAX_ELEMENTS} samples
     */
    public static Pixels allocate(int width, int height, PixelType type) {
        long elements = elements(width, height, type);
        if (elements > MAX_ELEMENTS || type == PixelType.UNKNOWN) {
            throw new IllegalArgumentException("no array holds " + width + "×" + height + " " + type.label());
        }
        int count = (int) elements;
        Object array = switch (type.sample()) {
            case UINT8 -> new byte[count];
            case UINT16 -> new short[count];
            case INT32 -> new int[count];
            case FLOAT32 -> new float[count];
            case FLOAT64 -> new double[count];
        };
        return new Pixels(width, height, type, array);
    }

    /**
     * A bitmap in an array that is there already, with whatever the array holds.
     *
     * @param width pixels, at least 0
     * @param height pixels, at least 0
     * @param type not {@link PixelType#UNKNOWN}
     * @param array of the kind that the type needs, long enough; used as it is, not copied
     * @return the bitmap
     * @throws IllegalArgumentException if a side is negative, or the array is of another kind or too short
     */
    public static Pixels of(int width, int height, PixelType type, Object array) {
        if (width < 0 || height < 0 || type == PixelType.UNKNOWN) {
            throw new IllegalArgumentException("no bitmap has " + width + "×" + height + " " + type.label());
        }
        Class<?> wanted = kind(type);
        if (!wanted.isInstance(array)) {
            throw new IllegalArgumentException(type.label() + " pixels need a " + wanted.getSimpleName() + ", not a "
                    + (array == null ? "null" : array.getClass().getSimpleName()));
        }
        long elements = elements(width, height, type);
        if (Array.getLength(array) < elements) {
            throw new IllegalArgumentException(width + "×" + height + " " + type.label() + " pixels need an array of "
                    + elements + " elements, and this one has " + Array.getLength(array));
        }
        return new Pixels(width, height, type, array);
    }

    private static Class<?> kind(PixelType type) {
        return switch (type.sample()) {
            case UINT8 -> byte[].class;
            case UINT16 -> short[].class;
            case INT32 -> int[].class;
            case FLOAT32 -> float[].class;
            case FLOAT64 -> double[].class;
        };
    }

    /**
     * Number of array elements that a bitmap needs.
     *
     * @param width pixels
     * @param height pixels
     * @param type the pixel type
     * @return may exceed {@link #MAX_ELEMENTS}; {@link Long#MAX_VALUE} where it exceeds a long
     */
    public static long elements(int width, int height, PixelType type) {
        long pixels = Math.multiplyFull(width, height);
        return pixels > Long.MAX_VALUE / 8 ? Long.MAX_VALUE : pixels * type.samplesPerPixel();
    }

    /**
     * Width.
     *
     * @return pixels
     */
    public int width() {
        return width;
    }

    /**
     * Height.
     *
     * @return pixels
     */
    public int height() {
        return height;
    }

    /**
     * Layout of a pixel.
     *
     * @return the type
     */
    public PixelType type() {
        return type;
    }

    /**
     * The array, whatever its type.
     *
     * @return a {@code byte[]}, {@code short[]}, {@code int[]}, {@code float[]} or {@code double[]}
     */
    public Object array() {
        return array;
    }

    /**
     * Unsigned 8-bit samples.
     *
     * @return the array itself
     * @throws IllegalStateException if the samples are of another kind
     */
    public byte[] bytes() {
        return as(byte[].class);
    }

    /**
     * Unsigned 16-bit samples.
     *
     * @return the array itself
     * @throws IllegalStateException if the samples are of another kind
     */
    public short[] shorts() {
        return as(short[].class);
    }

    /**
     * Signed 32-bit samples.
     *
     * @return the array itself
     * @throws IllegalStateException if the samples are of another kind
     */
    public int[] ints() {
        return as(int[].class);
    }

    /**
     * Single-precision samples.
     *
     * @return the array itself
     * @throws IllegalStateException if the samples are of another kind
     */
    public float[] floats() {
        return as(float[].class);
    }

    /**
     * Double-precision samples.
     *
     * @return the array itself
     * @throws IllegalStateException if the samples are of another kind
     */
    public double[] doubles() {
        return as(double[].class);
    }

    private <T> T as(Class<T> wanted) {
        if (!wanted.isInstance(array)) {
            throw new IllegalStateException(type.label() + " pixels are held in a "
                    + array.getClass().getSimpleName() + ", not in a " + wanted.getSimpleName());
        }
        return wanted.cast(array);
    }

    /**
     * Size as tight little-endian bytes.
     *
     * @return bytes
     */
    public long byteCount() {
        return (long) width * height * type.bytesPerPixel();
    }

    /**
     * Copies rows as little-endian bytes, the layout of an uncompressed subblock.
     *
     * @param firstRow first row
     * @param rows number of rows
     * @param target receives {@code rows · width · bytesPerPixel} bytes from its position on, which advances
     */
    public void copyRows(int firstRow, int rows, ByteBuffer target) {
        int from = Math.multiplyExact(firstRow, width * type.samplesPerPixel());
        int count = Math.multiplyExact(rows, width * type.samplesPerPixel());
        target.order(ByteOrder.LITTLE_ENDIAN);
        switch (type.sample()) {
            case UINT8 -> target.slice().put((byte[]) array, from, count);
            case UINT16 -> target.asShortBuffer().put((short[]) array, from, count);
            case INT32 -> target.asIntBuffer().put((int[]) array, from, count);
            case FLOAT32 -> target.asFloatBuffer().put((float[]) array, from, count);
            case FLOAT64 -> target.asDoubleBuffer().put((double[]) array, from, count);
        }
        target.position(target.position() + count * type.sample().bytes());
    }

    /**
     * Fills rows from little-endian bytes, the reverse of {@link #copyRows}.
     *
     * @param firstRow first row
     * @param rows number of rows
     * @param source gives {@code rows · width · bytesPerPixel} bytes from its position on, which advances
     */
    public void fillRows(int firstRow, int rows, ByteBuffer source) {
        int from = Math.multiplyExact(firstRow, width * type.samplesPerPixel());
        int count = Math.multiplyExact(rows, width * type.samplesPerPixel());
        source.order(ByteOrder.LITTLE_ENDIAN);
        switch (type.sample()) {
            case UINT8 -> source.slice().get((byte[]) array, from, count);
            case UINT16 -> source.asShortBuffer().get((short[]) array, from, count);
            case INT32 -> source.asIntBuffer().get((int[]) array, from, count);
            case FLOAT32 -> source.asFloatBuffer().get((float[]) array, from, count);
            case FLOAT64 -> source.asDoubleBuffer().get((double[]) array, from, count);
        }
        source.position(source.position() + count * type.sample().bytes());
    }
}
