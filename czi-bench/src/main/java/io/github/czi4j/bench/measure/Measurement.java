package io.github.czi4j.bench.measure;

import com.google.gson.JsonObject;
import io.github.czi4j.bench.storage.IoMode;
import io.github.czi4j.bench.storage.PageCache;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** A configuration and what was measured of it. Thread-safe, so that an interrupted run can still be written. */
public final class Measurement {
    private final Configuration configuration;
    private final List<Sample> samples = new ArrayList<>();
    private final Set<String> hashes = new LinkedHashSet<>();
    private MemoryWatch.Peak memory;
    private double startUpSeconds;
    private String failure;
    private Interval seconds;

    Measurement(Configuration configuration) {
        this.configuration = configuration;
    }

    synchronized void add(Sample sample) {
        samples.add(sample);
        seconds = null;
    }

    synchronized void sawHashes(Iterable<String> seen) {
        seen.forEach(hashes::add);
    }

    synchronized void memory(MemoryWatch.Peak peak) {
        memory = peak;
    }

    synchronized void startUpSeconds(double value) {
        startUpSeconds = value;
    }

    synchronized void fail(String reason) {
        failure = reason;
    }

    /**
     * The way to load.
     *
     * @return the configuration
     */
    public Configuration configuration() {
        return configuration;
    }

    /**
     * Why it was given up.
     *
     * @return empty if it was not
     */
    public synchronized Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    /**
     * Whether there is a sample, and it was not given up.
     *
     * @return false before the first counted round
     */
    public synchronized boolean isMeasured() {
        return !samples.isEmpty() && failure == null;
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
     * Which samples lie far from the others. They are kept.
     *
     * @return for each sample whether it is an outlier
     */
    public boolean[] outliers() {
        return Interval.outliers(samples().stream().mapToDouble(Sample::seconds).toArray());
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
    public synchronized Interval seconds() {
        if (seconds == null) {
            seconds = Interval.ofGroups(groups());
        }
        return seconds;
    }

    /**
     * How many times faster than another this is.
     *
     * @param baseline measured in turns with this
     * @return the other's time over this one's
     */
    public Interval speedup(Measurement baseline) {
        return Interval.ratio(baseline.groups(), groups(), true);
    }

    /** Seconds, the samples of one JVM together. */
    private synchronized List<double[]> groups() {
        Map<Integer, List<Double>> byFork = new LinkedHashMap<>();
        for (Sample sample : samples) {
            byFork.computeIfAbsent(sample.fork(), fork -> new ArrayList<>()).add(sample.seconds());
        }
        return byFork.values().stream()
                .map(values -> values.stream().mapToDouble(value -> value).toArray())
                .toList();
    }

    /**
     * Processor time of a load.
     *
     * @return median
     */
    public double cpuSeconds() {
        return Interval.medianOf(
                samples().stream().mapToDouble(Sample::cpuSeconds).toArray());
    }

    /**
     * What was in the page cache before the loads, the least favourable of them.
     *
     * @return {@link PageCache.State#WARM} where nobody looked, since the file has been read before
     */
    public PageCache.State pageCache() {
        if (configuration.io() == IoMode.HTTP) {
            return PageCache.State.NOT_APPLICABLE;
        }
        List<Sample> all = samples();
        OptionalDouble share = residentShare();
        return share.isEmpty() && !isColdRun(all) ? PageCache.State.WARM : PageCache.State.of(share);
    }

    private static boolean isColdRun(List<Sample> samples) {
        return samples.stream().anyMatch(Sample::isAfterDrop);
    }

    /**
     * Part of the file in the page cache right before the loads.
     *
     * @return the highest of them, 0 to 1; empty if nobody looked or the system does not tell
     */
    public OptionalDouble residentShare() {
        return samples().stream()
                .map(Sample::residentShare)
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .max();
    }

    /**
     * What the start of worker processes took.
     *
     * @return seconds, 0 if there are none
     */
    public synchronized double startUpSeconds() {
        return startUpSeconds;
    }

    /**
     * Highest heap during a load (live data from before, the mosaic, bitmaps in work, and garbage not yet collected), and
     * direct buffers.
     *
     * @return bytes, empty if not watched
     */
    public synchronized Optional<Long> peakBytes() {
        return Optional.ofNullable(memory).map(peak -> peak.heapPeak() + peak.direct());
    }

    /**
     * For machines.
     *
     * @return the member {@code memory} of a configuration, empty if not watched
     */
    public synchronized Optional<JsonObject> memoryJson() {
        return Optional.ofNullable(memory).map(MemoryWatch.Peak::toJson);
    }
}
