package io.github.czi4j.bench.measure;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** A strategy and what was measured of it. Thread-safe, so that an interrupted run can still be written. */
public final class Configuration {
    private final Strategy strategy;
    private final List<Sample> samples = new ArrayList<>();
    private final Set<String> hashes = new LinkedHashSet<>();
    private MemoryWatch.Peak memory;

    /**
     * One load.
     *
     * @param seconds by the clock on the wall
     * @param cpuSeconds of all threads of the process, those of the JVM included
     * @param gcSeconds collections that fell into it
     */
    public record Sample(double seconds, double cpuSeconds, double gcSeconds) {}

    Configuration(Strategy strategy) {
        this.strategy = strategy;
    }

    synchronized void add(Sample sample) {
        samples.add(sample);
    }

    synchronized void sawHash(String hash) {
        hashes.add(hash);
    }

    synchronized void memory(MemoryWatch.Peak peak) {
        memory = peak;
    }

    /**
     * The way to load.
     *
     * @return the strategy
     */
    public Strategy strategy() {
        return strategy;
    }

    /**
     * Whether there is a sample.
     *
     * @return false before the first counted round
     */
    public synchronized boolean isMeasured() {
        return !samples.isEmpty();
    }

    /**
     * The counted loads.
     *
     * @return a copy, in the order of time
     */
    public synchronized List<Sample> samples() {
        return List.copyOf(samples);
    }

    /**
     * Fingerprints of the pixels of all loads, those of the warm-up included.
     *
     * @return one, unless the reader has a fault
     */
    public synchronized List<String> hashes() {
        return List.copyOf(hashes);
    }

    /**
     * Time of a load.
     *
     * @return median and interval
     */
    public MedianInterval seconds() {
        return summary(Sample::seconds);
    }

    /**
     * Processor time of a load.
     *
     * @return median and interval
     */
    public MedianInterval cpuSeconds() {
        return summary(Sample::cpuSeconds);
    }

    private MedianInterval summary(ToDoubleFunction<Sample> part) {
        return MedianInterval.of(samples().stream().mapToDouble(part).toArray());
    }

    /**
     * Highest heap during a load: live data from before, the mosaic, bitmaps in work, and garbage not yet collected.
     *
     * @return bytes, 0 if not watched
     */
    public synchronized long heapPeakBytes() {
        return memory == null ? 0 : memory.heapPeak();
    }

    /**
     * Heap before that load, after a full collection.
     *
     * @return bytes, 0 if not watched
     */
    public synchronized long heapBeforeBytes() {
        return memory == null ? 0 : memory.heapBefore();
    }

    /**
     * Highest resident set of the process.
     *
     * @return bytes, 0 if not known
     */
    public synchronized long residentPeakBytes() {
        return memory == null ? 0 : memory.residentPeak();
    }

    /**
     * Whether {@link #residentPeakBytes()} is of one load, not since the process began.
     *
     * @return true if the kernel's high-water mark could be set back
     */
    public synchronized boolean isResidentPeakOfRun() {
        return memory != null && memory.residentIsOfRun();
    }
}
