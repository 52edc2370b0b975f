package io.github.czi4j.codec;

/**
 * What is wanted of a bitmap, and where it may go. A decoder that cannot do better delivers all of it in an array.
 *
 * @param rows number of rows that are wanted, from the top, at least 1; may be more than there are. Those below need not be
 *     decoded, and damage there may go unnoticed
 * @param sink takes the rows while they are decoded; null for nobody
 */
public record Delivery(int rows, Sink sink) {
    /** All of the bitmap, in an array. */
    public static final Delivery WHOLE = new Delivery(Integer.MAX_VALUE, null);

    /** Takes rows of a bitmap. */
    @FunctionalInterface
    public interface Sink {
        /**
         * Takes a row. Called for one after the other, maybe on different threads, but not by two at once. What comes after
         * may fail.
         *
         * @param y from 0
         * @param samples hold the row, little-endian, in the format that is to be delivered; overwritten with the next row
         * @param offset of the row's first byte, a multiple of a sample's size
         */
        void row(int y, byte[] samples, int offset);
    }
}
