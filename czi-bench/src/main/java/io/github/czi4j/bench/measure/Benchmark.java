package io.github.czi4j.bench.measure;

import com.sun.management.OperatingSystemMXBean;
import io.github.czi4j.CziOptions;
import io.github.czi4j.CziReader;
import io.github.czi4j.Mosaic;
import io.github.czi4j.io.FileByteSource;
import io.github.czi4j.model.CziException;
import io.github.czi4j.observe.Stage;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;

/**
 * Loads the same mosaic in several ways and compares the times.
 *
 * <p>One JVM, one open reader. First a run with a listener, which counts the bytes; then rounds of all strategies that
 * are not counted, until a round is no longer clearly faster than the one before; then rounds that are, in the order A
 * B C A B C …, so that a machine that slows down does so for all; then one run of each for its memory. The pixels of
 * every run are hashed, outside the measured time.
 */
public final class Benchmark {
    /** What {@link #run} counts its progress in. */
    public static final int PROGRESS = 1000;

    private static final int MIN_WARM_UP_ROUNDS = 2;
    /** A round that saves less than this share of the time of the one before ends the warm-up. */
    private static final double STEADY = 0.05;

    private static final double WARM_UP_SHARE = 0.3;
    private static final double MEMORY_SHARE = 0.1;

    private final Path file;
    private final FileByteSource.Mode io;
    private final RegionChoice region;
    private final List<Configuration> configurations;
    private final Effort effort;
    private final OutputHash hash = new OutputHash();
    private long storedBytes;
    private int warmUpRounds;
    private boolean isSteady;
    private Mosaic reference;

    /**
     * Prepares a comparison.
     *
     * @param file the file
     * @param io how it is read
     * @param region what to load
     * @param strategies ways to load it, the baseline first
     * @param effort how long to measure
     */
    public Benchmark(Path file, FileByteSource.Mode io, RegionChoice region, List<Strategy> strategies, Effort effort) {
        this.file = file;
        this.io = io;
        this.region = region;
        this.configurations = strategies.stream().map(Configuration::new).toList();
        this.effort = effort;
    }

    /**
     * Measures.
     *
     * @param progress is told how far it is, of {@link #PROGRESS}
     * @throws CziException if the file cannot be read, or none of its tiles
     */
    public void run(IntConsumer progress) throws CziException {
        countBytes();
        try (CziReader reader = CziReader.open(file, CziOptions.defaults().io(io))) {
            warmUp(reader, progress);
            long begun = System.nanoTime();
            for (int round = 0; effort.isAnotherRoundDue(round, System.nanoTime() - begun); round++) {
                for (int i = 0; i < configurations.size(); i++) {
                    configurations.get(i).add(sample(reader, configurations.get(i)));
                    double done = Math.min(1, (round + (i + 1.0) / configurations.size()) / effort.repetitions());
                    tell(progress, WARM_UP_SHARE + (1 - WARM_UP_SHARE - MEMORY_SHARE) * done);
                }
            }
            for (int i = 0; i < configurations.size(); i++) {
                Configuration configuration = configurations.get(i);
                configuration.memory(MemoryWatch.during(() -> read(reader, configuration)));
                tell(progress, 1 - MEMORY_SHARE + MEMORY_SHARE * (i + 1) / configurations.size());
            }
        }
    }

    private static void tell(IntConsumer progress, double share) {
        progress.accept((int) (share * PROGRESS));
    }

    private void countBytes() throws CziException {
        AtomicLong bytes = new AtomicLong();
        CziOptions counting = CziOptions.defaults().io(io).listener((stage, subblock, start, nanos, count) -> {
            if (stage == Stage.READ) {
                bytes.addAndGet(count);
            }
        });
        try (CziReader reader = CziReader.open(file, counting)) {
            reference = reader.readMosaic(region.request().parallelism(Strategy.SEQUENTIAL.parallelism()));
        }
        storedBytes = bytes.get();
        if (reference.decodedCount() == 0 && !reference.failures().isEmpty()) {
            throw reference.failures().get(0).reason();
        }
    }

    private void warmUp(CziReader reader, IntConsumer progress) throws CziException {
        long begun = System.nanoTime();
        long passed = 0;
        double before = Double.MAX_VALUE;
        while (!isSteady
                && (warmUpRounds < MIN_WARM_UP_ROUNDS || passed < effort.cap().toNanos() / 2)) {
            double round = 0;
            for (int i = 0; i < configurations.size(); i++) {
                round += sample(reader, configurations.get(i)).seconds();
                passed = System.nanoTime() - begun;
                double rounds = (warmUpRounds + (i + 1.0) / configurations.size()) / MIN_WARM_UP_ROUNDS;
                double time = (double) passed / Math.max(1, effort.warmUp().toNanos());
                tell(progress, WARM_UP_SHARE * Math.min(1, Math.min(rounds, time)));
            }
            warmUpRounds++;
            isSteady = warmUpRounds >= MIN_WARM_UP_ROUNDS
                    && passed >= effort.warmUp().toNanos()
                    && round >= before * (1 - STEADY);
            before = round;
        }
    }

    private Mosaic read(CziReader reader, Configuration configuration) throws CziException {
        return reader.readMosaic(
                region.request().parallelism(configuration.strategy().parallelism()));
    }

    private Configuration.Sample sample(CziReader reader, Configuration configuration) throws CziException {
        long collecting = collectionMillis();
        long cpu = processCpuNanos();
        long begun = System.nanoTime();
        Mosaic mosaic = read(reader, configuration);
        long nanos = System.nanoTime() - begun;
        cpu = processCpuNanos() - cpu;
        collecting = collectionMillis() - collecting;
        configuration.sawHash(hash.of(mosaic.pixels()));
        return new Configuration.Sample(nanos / 1e9, cpu / 1e9, collecting / 1e3);
    }

    private static long processCpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private static long collectionMillis() {
        long millis = 0;
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            millis += Math.max(0, collector.getCollectionTime());
        }
        return millis;
    }

    /**
     * The baseline.
     *
     * @return the first configuration
     */
    public Configuration baseline() {
        return configurations.get(0);
    }

    /**
     * Those that were measured so far.
     *
     * @return by ascending median
     */
    public List<Configuration> ranked() {
        List<Configuration> measured = new ArrayList<>();
        for (Configuration configuration : configurations) {
            if (configuration.isMeasured()) {
                measured.add(configuration);
            }
        }
        measured.sort((a, b) -> Double.compare(a.seconds().median(), b.seconds().median()));
        return measured;
    }

    /**
     * Whether all runs of all configurations gave the same pixels.
     *
     * @return false if one differed: there is a fault in the reader, and no time means anything
     */
    public boolean isConsistent() {
        return configurations.stream()
                        .flatMap(configuration -> configuration.hashes().stream())
                        .distinct()
                        .count()
                <= 1;
    }

    /**
     * What is loaded.
     *
     * @return the region
     */
    public RegionChoice region() {
        return region;
    }

    /**
     * How the file is read.
     *
     * @return the mode
     */
    public FileByteSource.Mode io() {
        return io;
    }

    /**
     * Payload bytes that one load reads.
     *
     * @return as stored
     */
    public long storedBytes() {
        return storedBytes;
    }

    /**
     * Tiles that could not be loaded, in any strategy.
     *
     * @return number of failures of the first run
     */
    public int failedTiles() {
        return reference == null ? 0 : reference.failures().size();
    }

    /**
     * Rounds that were not counted.
     *
     * @return at least 2 once it has run
     */
    public int warmUpRounds() {
        return warmUpRounds;
    }

    /**
     * Whether the last of them was about as fast as the one before.
     *
     * @return false if the warm-up ended at its limit
     */
    public boolean isSteady() {
        return isSteady;
    }
}
