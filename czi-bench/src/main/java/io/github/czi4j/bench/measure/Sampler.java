package io.github.czi4j.bench.measure;

import com.sun.management.OperatingSystemMXBean;
import io.github.czi4j.bench.storage.Location;
import io.github.czi4j.bench.storage.PageCache;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Pixels;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/** Times the loads of one loader. Hashing the pixels is not timed. */
final class Sampler {
    /** Loads that take no longer less processor time by this share than those before end the warm-up. */
    private static final double STEADY = 0.05;
    /** So many loads are compared with as many before them. */
    private static final int WINDOW = 5;
    /** The least time of the warm-up, so many times, is its most. */
    private static final int MOST = 10;

    private final Location file;
    private final Loader loader;
    private final OutputHash hash = new OutputHash();
    private final Set<String> hashes = new LinkedHashSet<>();

    Sampler(Location file, Loader loader) {
        this.file = file;
        this.loader = loader;
    }

    /** Fingerprints seen so far. */
    Set<String> hashes() {
        return hashes;
    }

    /** A load as the page cache happens to be. */
    Sample sample(int fork) throws CziException {
        loader.open();
        return timed(fork, false, OptionalDouble.empty());
    }

    /** A load after the file was dropped from the page cache, as far as that can be done. */
    Sample coldSample(int fork, boolean mayDropAll) throws CziException {
        loader.release();
        PageCache.awaitUnmapped(file.path());
        loader.open();
        // Only now: opening reads the directory, and the system megabytes around it.
        OptionalDouble residentShare = PageCache.drop(file.path(), mayDropAll).residentShare();
        Sample sample = timed(fork, true, residentShare);
        // What one loader has mapped cannot be dropped for the next.
        loader.release();
        return sample;
    }

    private Sample timed(int fork, boolean isAfterDrop, OptionalDouble residentShare) throws CziException {
        long collecting = collectionMillis();
        long cpu = cpuNanos();
        long begun = System.nanoTime();
        Pixels pixels = loader.load();
        long nanos = System.nanoTime() - begun;
        cpu = cpuNanos() - cpu;
        collecting = collectionMillis() - collecting;
        hashes.add(hash.of(pixels));
        return new Sample(fork, nanos / 1e9, cpu / 1e9, collecting / 1e3, isAfterDrop, residentShare);
    }

    private long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
                + loader.workerCpuNanos();
    }

    private static long collectionMillis() {
        long millis = 0;
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            millis += Math.max(0, collector.getCollectionTime());
        }
        return millis;
    }

    /**
     * What a warm-up came to.
     *
     * @param rounds loads
     * @param isSteady whether the last were no longer faster than those before
     */
    record WarmUp(int rounds, boolean isSteady) {}

    /**
     * Loads until that takes no longer less processor time, for a least time, and for at most ten times that. Processor
     * time, because it tells code that is not compiled yet from a machine that is busy with something else.
     */
    WarmUp warmUp(Duration least) throws CziException {
        List<Double> cpuSeconds = new ArrayList<>();
        long begun = System.nanoTime();
        while (true) {
            cpuSeconds.add(sample(0).cpuSeconds());
            int count = cpuSeconds.size();
            boolean isSteady = count >= 2 * WINDOW
                    && sum(cpuSeconds, count - WINDOW, count)
                            >= (1 - STEADY) * sum(cpuSeconds, count - 2 * WINDOW, count - WINDOW);
            long passed = System.nanoTime() - begun;
            boolean isOver = count >= 2 && passed >= MOST * least.toNanos();
            if (isOver || isSteady && passed >= least.toNanos()) {
                return new WarmUp(count, isSteady);
            }
        }
    }

    private static double sum(List<Double> values, int from, int to) {
        return values.subList(from, to).stream().mapToDouble(value -> value).sum();
    }

    /** A load of its own that is watched and not timed. */
    MemoryWatch.Peak memory() throws CziException {
        loader.open();
        return MemoryWatch.during(loader::load).plusResident(loader.workerResidentPeakBytes());
    }
}
