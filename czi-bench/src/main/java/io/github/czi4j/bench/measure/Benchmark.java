package io.github.czi4j.bench.measure;

import io.github.czi4j.CziOptions;
import io.github.czi4j.CziReader;
import io.github.czi4j.Mosaic;
import io.github.czi4j.MosaicPlan;
import io.github.czi4j.bench.storage.Ceilings;
import io.github.czi4j.bench.storage.Location;
import io.github.czi4j.bench.storage.PageCache;
import io.github.czi4j.io.FileByteSource;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Parallelism;
import io.github.czi4j.model.SubblockInfo;
import io.github.czi4j.observe.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Loads the same mosaic in several ways and compares the times.
 *
 * <p>First a load with a listener, which counts the bytes and gives the pixels that all others must give; then what the
 * machine could do at most; then the configurations in the order A B C A B C …, so that a machine that slows down does so
 * for all. Either in this JVM: rounds of all that are not counted, until a round is no longer clearly faster than the one
 * before, rounds that are, and one load of each for its memory. Or each round of each configuration in a fresh JVM, which
 * warms up, takes its samples, and ends: what one JVM compiled by luck is then part of the spread and not of the result.
 * The pixels of every load are hashed, outside the measured time.
 */
public final class Benchmark {
    private static final int MIN_WARM_UP_ROUNDS = 2;
    /** A round that saves less than this share of the time of the one before ends the warm-up. */
    private static final double STEADY = 0.05;

    private static final double CEILINGS_SHARE = 0.05;
    private static final double WARM_UP_SHARE = 0.3;
    private static final double MEMORY_SHARE = 0.1;
    private static final int LOADS_PER_FORK = 2;
    private static final Duration LEAST_PER_FORK = Duration.ofMillis(500);

    /** Takes the recording of a JVM that was measured. */
    @FunctionalInterface
    public interface RecordingListener {
        /**
         * A JVM has ended.
         *
         * @param recording which is deleted afterwards
         * @param name of what it measured
         * @throws IOException if it cannot be read
         */
        void take(Path recording, String name) throws IOException;
    }

    /** Is told how far the work has come. */
    @FunctionalInterface
    public interface ProgressListener {
        /**
         * Something begins.
         *
         * @param share of all the work that is done, 0 to 1
         * @param what begins, for instance {@code 4 threads × 25, sample 3 of 6}
         */
        void at(double share, String what);
    }

    private final Location file;
    private final Opener opener;
    private final RegionChoice region;
    private final Job job;
    private final Settings settings;
    /** These two are looked at by another thread if the run is interrupted. */
    private final List<Measurement> measurements = new CopyOnWriteArrayList<>();

    private final Map<String, String> skipped = new ConcurrentSkipListMap<>();
    private ProgressListener progress;
    private RecordingListener recordings;
    private volatile long storedBytes;
    private volatile double neededBytes;
    private Mosaic reference;
    private volatile String referenceHash;
    private volatile int failedTiles;
    private volatile Ceilings ceilings = Ceilings.NONE;
    private volatile PageCache.Drop drop;
    private volatile int warmUpRounds;
    private volatile boolean isSteady;

    /**
     * Prepares a comparison.
     *
     * @param file the file
     * @param plane the plane
     * @param region what to load
     * @param configurations ways to load it, the baseline first; those that this JDK cannot run are skipped
     * @param settings how to compare
     */
    public Benchmark(
            Location file,
            PlaneChoice plane,
            RegionChoice region,
            List<Configuration> configurations,
            Settings settings) {
        this(file, file::open, plane, region, configurations, settings, false);
    }

    /**
     * Prepares a comparison on storage of the caller's.
     *
     * @param file what the storage stands for: its page cache and ceilings are looked at
     * @param opener opens the storage
     * @param plane the plane
     * @param region what to load
     * @param configurations ways to load it, the baseline first; those that read the file by themselves are skipped
     * @param settings how to compare, without JVMs of their own
     * @throws IllegalArgumentException if the settings ask for other JVMs, which do not have that storage
     */
    public Benchmark(
            Location file,
            Opener opener,
            PlaneChoice plane,
            RegionChoice region,
            List<Configuration> configurations,
            Settings settings) {
        this(file, opener, plane, region, configurations, settings, true);
    }

    private Benchmark(
            Location file,
            Opener opener,
            PlaneChoice plane,
            RegionChoice region,
            List<Configuration> configurations,
            Settings settings,
            boolean isOfCaller) {
        if (isOfCaller && settings.isForked()) {
            throw new IllegalArgumentException("other JVMs cannot read storage of the caller's");
        }
        this.file = file;
        this.opener = opener;
        this.region = region;
        this.job = new Job(file, plane, region.plan().region());
        this.settings = settings;
        for (Configuration configuration : configurations) {
            String obstacle = isOfCaller && configuration.needsFile()
                    ? "it reads the file by itself"
                    : configuration.obstacle(file.isRemote());
            if (obstacle.isEmpty()) {
                measurements.add(new Measurement(configuration));
            } else {
                skipped.put(configuration.name(), obstacle);
            }
        }
    }

    /**
     * Lets the JVMs in which configurations are measured record themselves.
     *
     * @param listener is given each recording
     */
    public void record(RecordingListener listener) {
        recordings = listener;
    }

    /**
     * Measures.
     *
     * @param listener is told how far it is
     * @throws CziException if the file cannot be read, or none of its tiles
     */
    public void run(ProgressListener listener) throws CziException {
        progress = listener;
        progress.at(0, "first load");
        countBytes();
        skipWhatCannotBe();
        double begun = 0;
        if (!settings.ceilings().isZero()) {
            progress.at(0, "ceilings of this machine");
            ceilings = Ceilings.measure(
                    file, tiles(), reference.pixels().byteCount(), settings.ceilings(), settings.mayDropAll());
            begun = CEILINGS_SHARE;
        }
        reference = null;
        if (settings.isCold()) {
            PageCache.awaitUnmapped(file.path());
            drop = PageCache.drop(file.path(), settings.mayDropAll());
        }
        if (settings.isForked()) {
            runForked(begun);
        } else {
            runHere(begun);
        }
    }

    private int[] tiles() {
        return region.plan().tiles().stream()
                .mapToInt(tile -> tile.subblock().index())
                .toArray();
    }

    private void countBytes() throws CziException {
        Map<Integer, Long> bytes = new TreeMap<>();
        // Not mapped: a mapping would stay until it is collected, and keep the file in the page cache.
        CziOptions counting = CziOptions.defaults()
                .io(FileByteSource.Mode.CHANNEL)
                .listener((stage, subblock, start, nanos, count) -> {
                    if (stage == Stage.READ) {
                        bytes.merge(subblock, count, Long::sum);
                    }
                });
        try (CziReader reader = opener.open(counting)) {
            reference = reader.readMosaic(job.request().parallelism(Parallelism.sequential()));
        }
        storedBytes = bytes.values().stream().mapToLong(value -> value).sum();
        double needed = 0;
        for (MosaicPlan.Tile tile : region.plan().tiles()) {
            SubblockInfo info = tile.subblock();
            double share = (double) RegionChoice.visiblePixels(tile) / info.storedWidth() / info.storedHeight();
            needed += share * bytes.getOrDefault(info.index(), 0L);
        }
        neededBytes = needed;
        failedTiles = reference.failures().size();
        if (reference.decodedCount() == 0 && !reference.failures().isEmpty()) {
            throw reference.failures().get(0).reason();
        }
        referenceHash = new OutputHash().of(reference.pixels());
    }

    private void skipWhatCannotBe() {
        measurements.removeIf(measurement -> {
            Configuration configuration = measurement.configuration();
            String obstacle = configuration.strategy() == Strategy.PROCESSES
                    ? ProcessLoader.obstacle(region.plan(), configuration.io(), failedTiles)
                    : "";
            if (!obstacle.isEmpty()) {
                skipped.put(configuration.name(), obstacle);
            }
            return !obstacle.isEmpty();
        });
    }

    private void runForked(double begunShare) throws CziException {
        Effort effort = settings.effort();
        boolean allSteady = true;
        int least = Integer.MAX_VALUE;
        long begun = System.nanoTime();
        for (int round = 0; effort.isAnotherRoundDue(round, System.nanoTime() - begun); round++) {
            int rounds = Math.max(effort.repetitions(), round + 1);
            for (int i = 0; i < measurements.size(); i++) {
                Measurement measurement = measurements.get(i);
                if (measurement.failure().isPresent()) {
                    continue;
                }
                double done = (round + (double) i / measurements.size()) / rounds;
                progress.at(
                        begunShare + (1 - begunShare) * done,
                        measurement.configuration() + ", JVM " + (round + 1) + " of " + rounds);
                Fork.Task task = new Fork.Task(
                        job,
                        measurement.configuration(),
                        effort.warmUp(),
                        LOADS_PER_FORK,
                        LEAST_PER_FORK,
                        settings.isCold(),
                        settings.mayDropAll(),
                        round == 0,
                        null);
                try {
                    Fork fork = measure(task, round);
                    fork.samples().forEach(measurement::add);
                    measurement.sawHashes(fork.hashes());
                    fork.memory().ifPresent(measurement::memory);
                    measurement.startUpSeconds(fork.startUpSeconds());
                    allSteady &= fork.warmUp().isSteady();
                    least = Math.min(least, fork.warmUp().rounds());
                } catch (CziException e) {
                    giveUp(measurement, e);
                }
                warmUpRounds = least;
                isSteady = allSteady;
            }
        }
    }

    private Fork measure(Fork.Task task, int round) throws CziException {
        if (recordings == null) {
            return Fork.measure(task, round);
        }
        try {
            Path folder = Files.createTempDirectory("czi-fork");
            Path recording = folder.resolve("fork.jfr");
            // In this order, for they go in the other one: should this JVM be told to end meanwhile.
            folder.toFile().deleteOnExit();
            recording.toFile().deleteOnExit();
            try {
                Fork fork = Fork.measure(task.recorded(recording), round);
                recordings.take(recording, task.configuration() + ", JVM " + (round + 1));
                return fork;
            } finally {
                Files.deleteIfExists(recording);
                Files.delete(folder);
            }
        } catch (CziException e) {
            throw e;
        } catch (IOException e) {
            throw CziException.io(file.name(), CziException.NO_OFFSET, "its recording failed: " + e.getMessage(), e);
        }
    }

    /** Without a baseline there is nothing to compare with; without another configuration there is. */
    private void giveUp(Measurement measurement, CziException e) throws CziException {
        if (measurement == baseline()) {
            throw e;
        }
        measurement.fail(e.getMessage());
    }

    /** What is done once in a round with each configuration. */
    @FunctionalInterface
    private interface Step {
        void run(Measurement measurement, Sampler sampler, Loader loader) throws CziException;
    }

    private void runHere(double begunShare) throws CziException {
        Effort effort = settings.effort();
        List<Loader> loaders = measurements.stream()
                .map(measurement -> Loader.of(job, measurement.configuration(), opener))
                .toList();
        List<Sampler> samplers =
                loaders.stream().map(loader -> new Sampler(file, loader)).toList();
        try {
            warmUp(loaders, samplers, begunShare);
            if (settings.isCold()) {
                // What one loader has mapped cannot be dropped for another.
                for (Loader loader : loaders) {
                    loader.release();
                }
            }
            double warm = begunShare + (1 - begunShare) * WARM_UP_SHARE;
            double remembered = 1 - MEMORY_SHARE;
            long begun = System.nanoTime();
            for (int round = 0; effort.isAnotherRoundDue(round, System.nanoTime() - begun); round++) {
                int number = round;
                int rounds = Math.max(effort.repetitions(), round + 1);
                forEach(
                        loaders,
                        samplers,
                        warm + (remembered - warm) * round / rounds,
                        (remembered - warm) / rounds,
                        "sample " + (round + 1) + " of " + rounds,
                        (measurement, sampler, loader) -> {
                            measurement.add(
                                    settings.isCold()
                                            ? sampler.coldSample(number, settings.mayDropAll())
                                            : sampler.sample(number));
                            measurement.sawHashes(sampler.hashes());
                        });
            }
            forEach(
                    loaders,
                    samplers,
                    remembered,
                    MEMORY_SHARE,
                    "memory",
                    (measurement, sampler, loader) -> measurement.memory(sampler.memory()));
        } finally {
            for (Loader loader : loaders) {
                loader.close();
            }
        }
    }

    private void forEach(
            List<Loader> loaders, List<Sampler> samplers, double share, double width, String what, Step step)
            throws CziException {
        for (int i = 0; i < measurements.size(); i++) {
            Measurement measurement = measurements.get(i);
            if (measurement.failure().isPresent()) {
                continue;
            }
            progress.at(share + width * i / measurements.size(), measurement.configuration() + ", " + what);
            try {
                step.run(measurement, samplers.get(i), loaders.get(i));
            } catch (CziException e) {
                loaders.get(i).close();
                giveUp(measurement, e);
            }
        }
    }

    private void warmUp(List<Loader> loaders, List<Sampler> samplers, double begunShare) throws CziException {
        Effort effort = settings.effort();
        long begun = System.nanoTime();
        long passed = 0;
        double before = Double.MAX_VALUE;
        while (!isSteady
                && (warmUpRounds < MIN_WARM_UP_ROUNDS || passed < effort.cap().toNanos() / 2)) {
            double[] round = {0};
            double width = (1 - begunShare) * WARM_UP_SHARE / MIN_WARM_UP_ROUNDS;
            double share = begunShare + width * Math.min(warmUpRounds, MIN_WARM_UP_ROUNDS - 1);
            forEach(loaders, samplers, share, width, "warm-up", (measurement, sampler, loader) -> {
                round[0] += sampler.sample(0).seconds();
                measurement.sawHashes(sampler.hashes());
                measurement.startUpSeconds(loader.startUpSeconds());
            });
            passed = System.nanoTime() - begun;
            warmUpRounds++;
            isSteady = warmUpRounds >= MIN_WARM_UP_ROUNDS
                    && passed >= effort.warmUp().toNanos()
                    && round[0] >= before * (1 - STEADY);
            before = round[0];
        }
    }

    /**
     * The baseline.
     *
     * @return the first configuration
     */
    public Measurement baseline() {
        return measurements.get(0);
    }

    /**
     * Those that were measured so far.
     *
     * @return by ascending median
     */
    public List<Measurement> ranked() {
        List<Measurement> measured = new ArrayList<>();
        for (Measurement measurement : measurements) {
            if (measurement.isMeasured()) {
                measured.add(measurement);
            }
        }
        measured.sort((a, b) -> Double.compare(a.seconds().median(), b.seconds().median()));
        return measured;
    }

    /**
     * Configurations that cannot be run here, or were given up.
     *
     * @return reasons by name
     */
    public Map<String, String> skipped() {
        Map<String, String> all = new LinkedHashMap<>(skipped);
        for (Measurement measurement : measurements) {
            measurement
                    .failure()
                    .ifPresent(reason -> all.put(measurement.configuration().name(), "failed: " + reason));
        }
        return all;
    }

    /**
     * Whether a configuration was given up.
     *
     * @return true if so
     */
    public boolean hasFailures() {
        return measurements.stream()
                .anyMatch(measurement -> measurement.failure().isPresent());
    }

    /**
     * Whether all runs of all configurations gave the same pixels.
     *
     * @return false if one differed: there is a fault in the reader, and no time means anything
     */
    public boolean isConsistent() {
        return measurements.stream()
                .flatMap(measurement -> measurement.hashes().stream())
                .allMatch(hash -> hash.equals(referenceHash));
    }

    /**
     * Fingerprint of the pixels.
     *
     * @return that of the first load
     */
    public String outputHash() {
        return referenceHash;
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
     * The plane that is loaded.
     *
     * @return the choice
     */
    public PlaneChoice plane() {
        return job.plane();
    }

    /**
     * Whether the file is behind an address, so that no page cache has to do with it.
     *
     * @return true if so
     */
    public boolean isRemote() {
        return file.isRemote();
    }

    /**
     * How it is compared.
     *
     * @return the settings
     */
    public Settings settings() {
        return settings;
    }

    /**
     * What the machine could do at most.
     *
     * @return {@link Ceilings#NONE} if that was not measured (yet)
     */
    public Ceilings ceilings() {
        return ceilings;
    }

    /**
     * What came of the first attempt to drop the file from the page cache.
     *
     * @return null if there was none
     */
    public PageCache.Drop drop() {
        return drop;
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
     * The part of {@link #storedBytes} that is in proportion to the pixels that show.
     *
     * @return bytes
     */
    public double neededBytes() {
        return neededBytes;
    }

    /**
     * Tiles that could not be loaded, in any configuration.
     *
     * @return number of failures of the first run
     */
    public int failedTiles() {
        return failedTiles;
    }

    /**
     * Rounds that were not counted.
     *
     * @return at least 2 once it has run; of several JVMs, the lowest number
     */
    public int warmUpRounds() {
        return warmUpRounds;
    }

    /**
     * Whether the last of them were about as fast as those before.
     *
     * @return false if a warm-up ended at its limit
     */
    public boolean isSteady() {
        return isSteady;
    }
}
