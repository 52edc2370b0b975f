package io.github.czi4j.bench.profile;

/**
 * What one tile took in a pass.
 *
 * @param subblock its index in the directory
 * @param readNanos fetching it
 * @param decodeNanos decoding it
 * @param placeNanos placing it, all parts together
 * @param storedBytes its payload
 */
public record TileTime(int subblock, long readNanos, long decodeNanos, long placeNanos, long storedBytes) {
    /**
     * All of it.
     *
     * @return nanoseconds
     */
    public long nanos() {
        return readNanos + decodeNanos + placeNanos;
    }
}
