package io.github.czi4j.bench.profile;

import io.github.czi4j.model.Compression;

/**
 * Subblocks that take about the same time for each byte.
 *
 * @param compression how they are stored
 * @param sizeClass of their stored size: logarithm to the base 4, rounded down
 */
record Stratum(Compression compression, int sizeClass) {
    static Stratum of(Compression compression, long bytes) {
        return new Stratum(compression, (Long.SIZE - 1 - Long.numberOfLeadingZeros(bytes)) / 2);
    }
}
