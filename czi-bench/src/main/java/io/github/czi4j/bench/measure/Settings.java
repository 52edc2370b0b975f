package io.github.czi4j.bench.measure;

import java.time.Duration;

/**
 * How a comparison is made.
 *
 * @param effort how long to measure
 * @param isForked whether each round of each configuration has a JVM of its own
 * @param isCold whether the file is dropped from the page cache before each counted load
 * @param mayDropAll whether the page cache of the whole machine may be dropped for that; needs root
 * @param ceilings about how long to measure what the machine could do at most; zero for not at all
 */
public record Settings(Effort effort, boolean isForked, boolean isCold, boolean mayDropAll, Duration ceilings) {}
