package io.github.czi4j.codec.jpegxr;

/** Takes a picture from {@link JxrDecoder#decodeNext(byte[], int, JxrOptions, java.util.concurrent.Executor, JxrTarget)}. */
public interface JxrTarget {
    /**
     * Says how many rows are wanted, from the top. Those below are not read, so that damage there goes unnoticed. Asked once
     * a picture, before anything is decoded, unless the options name a region or a resolution or the picture is to be turned:
     * then all of it is decoded.
     *
     * @param width pixels
     * @param height pixels
     * @param format which samples a pixel has
     * @return 1 to {@code height}
     */
    default int rows(int width, int height, JxrPixelFormat format) {
        return height;
    }

    /**
     * Says whether rows are taken one by one instead of an array of all. Asked after {@link #rows}, and only where rows come
     * out one by one: grey and RGB without subsampling, not turned.
     *
     * @return true if {@link #row} is to be called, and {@link #array} is not
     */
    default boolean takesRows() {
        return false;
    }

    /**
     * Takes a row. Called for one after the other, by the calling thread or its helper, but not by both at once.
     *
     * @param y from 0
     * @param samples hold the row, little-endian, in the order of the format; the same array for each row of a picture,
     *     overwritten with the next one
     * @param offset of the row's first byte, a multiple of a sample's size
     */
    default void row(int y, byte[] samples, int offset) {
        throw new UnsupportedOperationException();
    }

    /**
     * Gives room for the samples.
     *
     * @param length bytes needed
     * @return an array of at least that length with any contents, which may then be the {@linkplain JxrImage#samples samples}
     *     of the picture, longer or not
     */
    default byte[] array(int length) {
        return new byte[length];
    }
}
