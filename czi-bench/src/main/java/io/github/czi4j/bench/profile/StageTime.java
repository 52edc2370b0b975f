package io.github.czi4j.bench.profile;

/**
 * Time of a stage, of all threads together.
 *
 * @param stage which
 * @param label its name; of {@link ProfileStage#DECODE} with the compression, for instance {@code decode zstd1}
 * @param nanos by the clock on the wall
 * @param cpuNanos of the processors
 */
public record StageTime(ProfileStage stage, String label, long nanos, long cpuNanos) {}
