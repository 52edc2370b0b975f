package io.github.czi4j.bench.tune;

import io.github.czi4j.CziOptions;
import io.github.czi4j.CziReader;
import io.github.czi4j.MosaicRequest;
import io.github.czi4j.Tuning;
import io.github.czi4j.bench.measure.Configuration;
import io.github.czi4j.bench.measure.ConfigurationLoader;
import io.github.czi4j.bench.measure.Interval;
import io.github.czi4j.bench.measure.Opener;
import io.github.czi4j.bench.measure.OutputHash;
import io.github.czi4j.bench.storage.PageCache;
import io.github.czi4j.io.FileByteSource;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Pixels;
import java.io.Closeable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Loads the same tiles with different settings, in turn, and holds the pixels of each against those of the first. Not
 * thread-safe.
 */
public final class Contest implements Closeable {
    private final Opener opener;
    private final MosaicRequest request;
    /** Dropped from the page cache before each load; null for none. */
    private final Path dropped;

    private final OutputHash hasher = new OutputHash();
    private final Map<FileByteSource.Mode, CziReader> readers = new EnumMap<>(FileByteSource.Mode.class);
    private String hash;

    /** Settings, or a way that the reader itself does not have, and what loads took. */
    public static final class Entry {
        private final Tuning tuning;
        private final ConfigurationLoader beyond;
        private final List<Double> seconds = new ArrayList<>();
        private boolean isChecked;

        /**
         * Enters settings.
         *
         * @param tuning the settings
         */
        public Entry(Tuning tuning) {
            this.tuning = tuning;
            this.beyond = null;
        }

        /** Enters what no settings of the reader express. */
        Entry(ConfigurationLoader beyond) {
            this.tuning = null;
            this.beyond = beyond;
        }

        /**
         * What the reader itself does not have.
         *
         * @return null of settings
         */
        public Configuration beyond() {
            return beyond == null ? null : beyond.configuration();
        }

        /**
         * The settings.
         *
         * @return as the reader takes them; null of what it does not have
         */
        public Tuning tuning() {
            return tuning;
        }

        /**
         * What loads took.
         *
         * @return at least one, once it took part in a round
         */
        public Interval seconds() {
            return Interval.of(samples());
        }

        /**
         * Number of loads that count.
         *
         * @return at least 0
         */
        public int count() {
            return seconds.size();
        }

        double median() {
            double[] sorted = samples();
            Arrays.sort(sorted);
            return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
        }

        double[] samples() {
            return seconds.stream().mapToDouble(Double::doubleValue).toArray();
        }

        private List<double[]> groups() {
            return seconds.stream().map(value -> new double[] {value}).toList();
        }

        /**
         * How many times as fast as others this is.
         *
         * @param other loaded in the same rounds
         * @return ratio of the times; loads of the same round are pairs
         */
        public Interval speedup(Entry other) {
            int common = Math.min(groups().size(), other.groups().size());
            // The latest ones, which they shared.
            return Interval.ratio(
                    other.groups()
                            .subList(
                                    other.groups().size() - common,
                                    other.groups().size()),
                    groups().subList(groups().size() - common, groups().size()),
                    true);
        }

        /** For instance {@code 8 threads × 4, mapped}. */
        @Override
        public String toString() {
            if (beyond != null) {
                return beyond.configuration().name();
            }
            int workers = tuning.parallelism().workers();
            String who = switch (tuning.parallelism().kind()) {
                case AUTO -> "as the reader chooses";
                case SEQUENTIAL -> "sequential";
                case VIRTUAL -> workers + " virtual";
                default -> workers + " threads";
            };
            return who
                    + (tuning.parallelism().batch() == 0
                            ? ""
                            : " × " + tuning.parallelism().batch())
                    + (tuning.io() == FileByteSource.Mode.MAPPED ? ", mapped" : ", channel");
        }
    }

    /**
     * Prepares.
     *
     * @param opener opens the file
     * @param request what is loaded
     */
    public Contest(Opener opener, MosaicRequest request) {
        this(opener, request, null);
    }

    /** Drops a file from the page cache before each load, as far as that can be done, if it is not null. */
    Contest(Opener opener, MosaicRequest request, Path dropped) {
        this.opener = opener;
        this.request = request;
        this.dropped = dropped;
    }

    /**
     * Loads once.
     *
     * @param entry with these settings
     * @param counts whether the time is kept
     * @return seconds
     * @throws CziException if the file cannot be read
     * @throws IllegalStateException if the pixels are others than those of the first load
     */
    public double load(Entry entry, boolean counts) throws CziException {
        if (dropped != null) {
            close();
            PageCache.awaitUnmapped(dropped);
            PageCache.drop(dropped, false);
        }
        Work work = work(entry);
        long begun = System.nanoTime();
        Pixels pixels = work.load();
        double seconds = (System.nanoTime() - begun) / 1e9;
        if (dropped != null && entry.beyond != null) {
            // What one way has mapped cannot be dropped for the next.
            entry.beyond.release();
        }
        if (counts) {
            entry.seconds.add(seconds);
        }
        if (!entry.isChecked) {
            entry.isChecked = true;
            String found = hasher.of(pixels);
            hash = hash == null ? found : hash;
            if (!hash.equals(found)) {
                throw new IllegalStateException(
                        "other pixels with the settings " + entry + ": " + found + " in place of " + hash);
            }
        }
        return seconds;
    }

    /** What is timed. */
    @FunctionalInterface
    private interface Work {
        Pixels load() throws CziException;
    }

    private Work work(Entry entry) throws CziException {
        if (entry.beyond != null) {
            entry.beyond.open();
            return entry.beyond::load;
        }
        FileByteSource.Mode io = entry.tuning.io();
        CziReader open = readers.get(io);
        CziReader reader = open == null ? opener.open(CziOptions.defaults().io(io)) : open;
        readers.put(io, reader);
        MosaicRequest own = request.parallelism(entry.tuning.parallelism());
        return () -> reader.readMosaic(own).pixels();
    }

    /**
     * Loads once with each of some settings.
     *
     * @param entries in turn
     * @throws CziException if the file cannot be read
     */
    public void round(List<Entry> entries) throws CziException {
        for (Entry entry : entries) {
            load(entry, true);
        }
    }

    /**
     * Digest of the pixels, which are the same for all.
     *
     * @return null before the first load
     */
    public String hash() {
        return hash;
    }

    @Override
    public void close() throws CziException {
        for (CziReader reader : readers.values()) {
            reader.close();
        }
        readers.clear();
    }
}
