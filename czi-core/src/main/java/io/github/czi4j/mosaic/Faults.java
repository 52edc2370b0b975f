package io.github.czi4j.mosaic;

import io.github.czi4j.model.CziException;

/**
 * Work on mapped files, done again where the JVM tells of a page that could not be read too late to know who touched it.
 * It may do so anywhere, even after the work is done; but the tile at fault has been found by then, since the length of
 * the file is looked at after each.
 */
public final class Faults {
    /**
     * So many late faults are put up with. Where one is told of depends on what has been compiled, which a few rounds in a row
     * may find unchanged.
     */
    private static final int MOST = 16;

    /** Work that can be done again from its beginning. */
    @FunctionalInterface
    public interface Work<T> {
        /**
         * Does it.
         *
         * @return its result
         * @throws CziException if it fails in a way that is known
         */
        T run() throws CziException;
    }

    private Faults() {}

    /**
     * Does something, again if a fault interrupts it.
     *
     * @param file what messages call the file
     * @param work is done from its beginning each time
     * @param <T> its result
     * @return the result
     * @throws CziException what the work throws; if faults do not end
     */
    public static <T> T again(String file, Work<T> work) throws CziException {
        for (int i = 0; ; i++) {
            try {
                return work.run();
            } catch (InternalError e) {
                if (i == MOST) {
                    throw CziException.io(
                            file, CziException.NO_OFFSET, "the mapped file can no longer be read; did it shrink?", e);
                }
            }
        }
    }
}
