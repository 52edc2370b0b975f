package io.github.czi4j.model;

/**
 * What reading from a server has taken so far.
 *
 * @param requests sent, redirects and repetitions included
 * @param bytes of contents received, those of broken answers included
 * @param retries requests that were sent because another one failed or was cut off
 * @param hits reads that were served from memory without a request
 * @param bufferedBytes that payloads fetched ahead of their use take now
 * @param maxBufferedBytes the most that they have taken at once
 */
public record TransferStatistics(
        long requests, long bytes, long retries, long hits, long bufferedBytes, long maxBufferedBytes) {}
