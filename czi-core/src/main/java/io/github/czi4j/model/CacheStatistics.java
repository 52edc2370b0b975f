package io.github.czi4j.model;

/**
 * What a cache of decoded tiles has done so far.
 *
 * @param hits tiles that were there, or on their way
 * @param decoded tiles that were not
 * @param evicted tiles that had to make room
 * @param bytes that the tiles take now
 * @param maxBytes that they may take
 */
public record CacheStatistics(long hits, long decoded, long evicted, long bytes, long maxBytes) {}
