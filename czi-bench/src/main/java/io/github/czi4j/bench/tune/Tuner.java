package io.github.czi4j.bench.tune;

import io.github.czi4j.CziOptions;
import io.github.czi4j.CziReader;
import io.github.czi4j.Tuning;
import io.github.czi4j.bench.measure.Configuration;
import io.github.czi4j.bench.measure.ConfigurationLoader;
import io.github.czi4j.bench.measure.Interval;
import io.github.czi4j.bench.measure.Opener;
import io.github.czi4j.bench.measure.PlaneChoice;
import io.github.czi4j.bench.measure.RegionChoice;
import io.github.czi4j.bench.measure.Strategy;
import io.github.czi4j.bench.storage.IoMode;
import io.github.czi4j.bench.tune.Contest.Entry;
import io.github.czi4j.io.FileByteSource;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Parallelism;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.DoubleConsumer;

/**
 * Looks for the fastest settings within a time, by successive halving (Jamieson and Talwalkar 2016): all are tried a
 * little, the slower half drops out, the others are tried more. The reader's own choice stays in to the end: only what is
 * faster than it beyond doubt is worth to be stored.
 */
public final class Tuner {
    private static final List<Integer> BATCHES = List.of(1, 4, 16);
    private static final int MAX_TILES = 100;
    private static final int MIN_TILES = 8;
    private static final int FINALISTS = 3;
    /** Loads of each finalist: fewer give no interval of 95 %. */
    private static final int MIN_SAMPLES = 6;

    private static final int MAX_SAMPLES = 40;
    private static final double WARM_UP_SHARE = 0.15;
    private static final int MAX_THREADS = 1024;
    /** Tiles at a time, of ways whose best number is not looked for. */
    private static final int FEW = 4;
    /** Their JVMs have to start. */
    private static final long ENOUGH_FOR_PROCESSES = Duration.ofSeconds(30).toNanos();

    private static final int FIRST_JDK_WITH_VIRTUAL_THREADS = 21;

    private final Path file;
    private final Integer channel;
    private final Integer scene;
    private final boolean isCold;
    private final long budgetNanos;
    private final long begun = System.nanoTime();
    private Opener opener;

    /**
     * What was found.
     *
     * @param region what was loaded
     * @param best to be stored: the fastest, or the reader's own choice if that is not slower beyond doubt
     * @param own the reader's own choice
     * @param finalists by ascending median, the reader's own choice among them
     * @param tried number of settings
     * @param key what the settings are stored by
     * @param hash of the pixels
     * @param rematch the best once more, loaded in turn with what is beyond the reader
     * @param beyond ways that the reader itself does not have, by ascending median: to be known, not to be stored
     */
    public record Result(
            RegionChoice region,
            Entry best,
            Entry own,
            List<Entry> finalists,
            int tried,
            String key,
            String hash,
            Entry rematch,
            List<Entry> beyond) {
        /**
         * Whether there is something better than the reader's own choice.
         *
         * @return true if so
         */
        public boolean isImproved() {
            return best != own;
        }
    }

    /**
     * Prepares.
     *
     * @param file the file
     * @param channel index of the channel, or null for the lowest
     * @param scene index of the scene, or null for all
     * @param isCold whether the file is dropped from the page cache before each load, as far as that can be done
     * @param budget about how long to take
     */
    public Tuner(Path file, Integer channel, Integer scene, boolean isCold, Duration budget) {
        this.file = file;
        this.channel = channel;
        this.scene = scene;
        this.isCold = isCold;
        this.budgetNanos = budget.toNanos();
        this.opener = options -> CziReader.open(file, options.tileCache(0));
    }

    /** Reads the file by way of storage of the caller's, in all but what is beyond the reader. */
    Tuner through(Opener storage) {
        opener = storage;
        return this;
    }

    /** All settings that are tried, the reader's own choice first. */
    static List<Tuning> candidates(int processors, boolean hasVirtualThreads) {
        List<Tuning> all = new ArrayList<>();
        TreeSet<Integer> threads = new TreeSet<>();
        for (int count = Math.max(2, processors / 4); count <= Math.min(MAX_THREADS, 4 * processors); count *= 2) {
            threads.add(count);
        }
        threads.add(Math.max(2, processors));
        for (FileByteSource.Mode io : FileByteSource.Mode.values()) {
            all.add(new Tuning(Parallelism.auto(), io));
            all.add(new Tuning(Parallelism.sequential(), io));
            for (int count : threads) {
                for (int batch : BATCHES) {
                    all.add(new Tuning(Parallelism.threads(count).batch(batch), io));
                    if (hasVirtualThreads && batch < BATCHES.get(BATCHES.size() - 1)) {
                        all.add(new Tuning(Parallelism.virtual().workers(count).batch(batch), io));
                    }
                }
            }
        }
        return all;
    }

    /**
     * Looks.
     *
     * @param progress is told which share of the time has passed, 0 to 1
     * @return what was found
     * @throws CziException if the file cannot be read
     * @throws IllegalStateException if settings give different pixels
     */
    public Result run(DoubleConsumer progress) throws CziException {
        List<Entry> entries = new ArrayList<>(candidates(
                        Runtime.getRuntime().availableProcessors(),
                        Runtime.version().feature() >= FIRST_JDK_WITH_VIRTUAL_THREADS)
                .stream()
                .map(Entry::new)
                .toList());
        int tried = entries.size();
        Entry own = entries.get(0);
        RegionChoice region = region(MAX_TILES);
        double one;
        try (Contest contest = new Contest(opener, region.request(), isCold ? file : null)) {
            one = warmUp(contest, own);
        }
        // Each setting once must take no more than a third of the time.
        double tiles = region.plan().tiles().size() * (budgetNanos / 1e9 / 3) / (one * tried);
        if (tiles < region.plan().tiles().size()) {
            region = region((int) Math.max(MIN_TILES, tiles));
        }
        try (Contest contest = new Contest(opener, region.request(), isCold ? file : null)) {
            while (entries.size() > FINALISTS) {
                int rounds = 1 + (int) Math.ceil(Math.log((double) entries.size() / FINALISTS) / Math.log(2));
                long until = System.nanoTime() + Math.max(0, remaining()) / rounds;
                do {
                    contest.round(entries);
                    progress.accept(passed());
                } while (System.nanoTime() < until && entries.get(0).count() < MAX_SAMPLES);
                entries.sort(Comparator.comparingDouble(Entry::median));
                List<Entry> faster = new ArrayList<>(entries.subList(0, (entries.size() + 1) / 2));
                if (!faster.contains(own)) {
                    faster.set(faster.size() - 1, own);
                }
                entries = faster;
            }
            for (int i = 0; i < MIN_SAMPLES || remaining() > 0 && i < MAX_SAMPLES; i++) {
                contest.round(entries);
                progress.accept(passed());
            }
            entries.sort(Comparator.comparingDouble(Entry::median));
            Interval gain = entries.get(0).speedup(own);
            boolean isBetter = entries.get(0) != own && gain.isSure() && gain.low() > 1;
            Entry best = isBetter ? entries.get(0) : own;
            Entry rematch = new Entry(best.tuning());
            List<Entry> beyond = beyond(contest, rematch, region);
            progress.accept(1);
            return new Result(region, best, own, List.copyOf(entries), tried, key(), contest.hash(), rematch, beyond);
        }
    }

    /** What a benchmark can do and the reader itself cannot, each in turn with the best of what it can. */
    private List<Entry> beyond(Contest contest, Entry rematch, RegionChoice region) throws CziException {
        int processors = Math.max(2, Runtime.getRuntime().availableProcessors());
        List<Configuration> ways = new ArrayList<>(List.of(
                Configuration.threads(processors, FEW).io(IoMode.COALESCED),
                Configuration.of(Strategy.PIPELINE, processors, 1),
                Configuration.of(Strategy.PIPELINE, processors, 1).io(IoMode.COALESCED)));
        if (budgetNanos >= ENOUGH_FOR_PROCESSES) {
            ways.add(Configuration.of(Strategy.PROCESSES, processors, FEW));
        }
        PlaneChoice plane = plane();
        List<ConfigurationLoader> loaders = ways.stream()
                .filter(way -> ConfigurationLoader.obstacle(region, way).isEmpty())
                .map(way -> new ConfigurationLoader(file, plane, region, way))
                .toList();
        try {
            List<Entry> rivals =
                    new ArrayList<>(loaders.stream().map(Entry::new).toList());
            for (Entry rival : rivals) {
                contest.load(rival, false);
            }
            List<Entry> all = new ArrayList<>(rivals);
            all.add(rematch);
            for (int i = 0; i < MIN_SAMPLES; i++) {
                contest.round(all);
            }
            rivals.sort(Comparator.comparingDouble(Entry::median));
            return List.copyOf(rivals);
        } finally {
            for (ConfigurationLoader loader : loaders) {
                loader.close();
            }
        }
    }

    private PlaneChoice plane() throws CziException {
        try (CziReader reader = CziReader.open(file, CziOptions.defaults().io(FileByteSource.Mode.CHANNEL))) {
            return PlaneChoice.of(reader, channel, scene);
        }
    }

    /** Until the code is compiled, or a share of the time has passed; says what the last load took. */
    private double warmUp(Contest contest, Entry own) throws CziException {
        double seconds;
        do {
            seconds = contest.load(own, false);
        } while (passed() < WARM_UP_SHARE);
        return seconds;
    }

    private double passed() {
        return (double) (System.nanoTime() - begun) / budgetNanos;
    }

    private long remaining() {
        return budgetNanos - (System.nanoTime() - begun);
    }

    private RegionChoice region(int maxTiles) throws CziException {
        try (CziReader reader = CziReader.open(file, CziOptions.defaults().io(FileByteSource.Mode.CHANNEL))) {
            PlaneChoice plane = PlaneChoice.of(reader, channel, scene);
            return RegionChoice.of(reader, plane, maxTiles, Runtime.getRuntime().maxMemory() / 4);
        }
    }

    private String key() throws CziException {
        try (CziReader reader = CziReader.open(file, CziOptions.defaults().io(FileByteSource.Mode.CHANNEL))) {
            return Tuning.key(file, reader);
        }
    }
}
