package io.github.czi4j.bench.profile;

/**
 * What one tile took in a pass.
 *
 * @param subblock its index in the directory
 * @param worker number of the thread that loaded it, from 0
 * @param startNanos when that began, since the pass did
 * @param readNanos fetching it
 * @param decodeNanos decoding it
 * @param placeNanos placing it, all parts together
 * @param storedBytes its payload
 */
public record TileTime(
        int subblock,
        int worker,
        long startNanos,
        long readNanos,
        long decodeNanos,
        long placeNanos,
        long storedBytes) {
    /**
     * All of it.
     *
     * @return nanoseconds
     */
    public long nanos() {
        return readNanos + decodeNanos + placeNanos;
    }
}
