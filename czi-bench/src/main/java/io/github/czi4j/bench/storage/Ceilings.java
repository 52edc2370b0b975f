package io.github.czi4j.bench.storage;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.czi4j.CziOptions;
import io.github.czi4j.CziReader;
import io.github.czi4j.bench.console.Units;
import io.github.czi4j.io.FileByteSource;
import io.github.czi4j.model.ByteRange;
import io.github.czi4j.model.CziException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What this machine could do at most with tiles of a file: bytes from the storage, bytes into memory, pixels decoded.
 *
 * @param storage reads of the tiles, nothing else done; cold ones first where the file could be dropped from the page cache
 * @param memoryCopy rows copied into a new output
 * @param decode payloads in memory decoded; empty if all tiles are uncompressed
 */
public record Ceilings(List<StorageProbe.Depth> storage, List<Copy> memoryCopy, List<Decode> decode) {
    /** Nothing was measured. */
    public static final Ceilings NONE = new Ceilings(List.of(), List.of(), List.of());

    private static final long MAX_PAYLOADS = 128L << 20;
    /** Timed parts: the storage cold and warm, the latter once more than there are depths, copying, and decoding. */
    private static final int PARTS = 5 + 6 + 2 + 12;
    /** Decoding is tried so often while it gets faster. */
    private static final int DECODE_TRIES = 8;
    /** What a try must gain for the code to count as not yet compiled. */
    private static final double STEADY = 1.05;

    private static final int PERCENT = 100;

    /**
     * Rows copied.
     *
     * @param threads at once
     * @param bytesPerSecond of output written
     */
    public record Copy(int threads, double bytesPerSecond) {}

    /**
     * Payloads decoded.
     *
     * @param threads at once
     * @param megapixelsPerSecond of all threads together
     */
    public record Decode(int threads, double megapixelsPerSecond) {}

    /**
     * Measures. Drops the file from the page cache if it can, and leaves it warm. No reader may have it mapped if the
     * storage is to be measured cold. The storage of a file behind an address is not measured.
     *
     * @param file the file
     * @param subblocks the tiles, indices in the directory
     * @param outputBytes size of what is made of them
     * @param budget about how long to take in all
     * @param mayDropAll whether the page cache of the whole machine may be dropped
     * @return the ceilings; {@link #NONE} if there are no tiles that can be read
     * @throws CziException if the file cannot be read
     */
    public static Ceilings measure(
            Location file, int[] subblocks, long outputBytes, Duration budget, boolean mayDropAll) throws CziException {
        List<ByteRange> ranges;
        CziOptions options = CziOptions.defaults().io(FileByteSource.Mode.CHANNEL);
        try (CziReader reader = file.open(options)) {
            ranges = TileRanges.of(reader, subblocks);
        }
        if (ranges.isEmpty()) {
            return NONE;
        }
        Duration each = budget.dividedBy(PARTS);
        List<StorageProbe.Depth> storage = new ArrayList<>();
        if (!file.isRemote()) {
            StorageProbe probe = new StorageProbe(file.path(), ranges);
            storage.addAll(probe.cold(each, () -> PageCache.drop(file.path(), mayDropAll)));
            storage.addAll(probe.warm(each));
        }

        int processors = Runtime.getRuntime().availableProcessors();
        List<Integer> threads = processors == 1 ? List.of(1) : List.of(1, processors);
        List<Copy> copies = new ArrayList<>();
        for (int count : threads) {
            copies.add(new Copy(count, CopyCeiling.bytesPerSecond(outputBytes, count, each)));
        }
        List<Decode> decodes = new ArrayList<>();
        long heap = Runtime.getRuntime().maxMemory() / 8;
        DecodeCeiling decoding = new DecodeCeiling(file, subblocks, Math.min(MAX_PAYLOADS, heap));
        if (!decoding.isEmpty()) {
            // The most threads first: they have the code compiled soonest.
            for (int i = threads.size() - 1; i >= 0; i--) {
                double rate = bestDecodeRate(decoding, threads.get(i), each);
                if (rate > 0) {
                    decodes.add(0, new Decode(threads.get(i), rate / 1e6));
                }
            }
        }
        return new Ceilings(List.copyOf(storage), copies, decodes);
    }

    private static double bestDecodeRate(DecodeCeiling decoding, int threads, Duration each) throws CziException {
        double best = decoding.pixelsPerSecond(threads, each);
        double latest = best;
        for (int i = 1; i < DECODE_TRIES && (i < 3 || latest > best * STEADY); i++) {
            best = Math.max(best, latest);
            latest = decoding.pixelsPerSecond(threads, each);
        }
        return Math.max(best, latest);
    }

    /**
     * The highest rate of reading.
     *
     * @param state with so much of the file in memory
     * @return bytes per second, empty if that was not measured
     */
    public Optional<Double> storageBytesPerSecond(PageCache.State state) {
        return fastest(state).map(StorageProbe.Depth::bytesPerSecond);
    }

    private Optional<StorageProbe.Depth> fastest(PageCache.State state) {
        return storage.stream()
                .filter(depth -> depth.state() == state)
                .max(Comparator.comparingDouble(StorageProbe.Depth::bytesPerSecond));
    }

    /**
     * The highest rate of copying.
     *
     * @return bytes per second, empty if that was not measured
     */
    public Optional<Double> copyBytesPerSecond() {
        return memoryCopy.stream().map(Copy::bytesPerSecond).max(Comparator.naturalOrder());
    }

    /**
     * The highest rate of decoding.
     *
     * @return megapixels per second, empty if that was not measured
     */
    public Optional<Double> decodeMegapixelsPerSecond() {
        return decode.stream().map(Decode::megapixelsPerSecond).max(Comparator.naturalOrder());
    }

    /**
     * For people: each ceiling and what share of it was reached.
     *
     * @param storedBytes per second that were read
     * @param outputBytes per second that were written
     * @param megapixels per second that were decoded
     * @param who did so, for instance {@code the fastest}
     * @return lines of the form {@code name  value}
     */
    public List<String> lines(double storedBytes, double outputBytes, double megapixels, String who) {
        List<String> lines = new ArrayList<>();
        for (PageCache.State state : PageCache.State.values()) {
            fastest(state)
                    .ifPresent(best -> lines.add("storage  " + state.label() + ", "
                            + Units.bytes(best.bytesPerSecond()) + "/s and "
                            + Units.significant(best.requestsPerSecond()) + " reads/s at queue depth "
                            + best.queueDepth() + " (99 % within " + Units.seconds(best.highSeconds()) + "); " + who
                            + " read " + share(storedBytes, best.bytesPerSecond())));
        }
        memoryCopy.stream()
                .max(Comparator.comparingDouble(Copy::bytesPerSecond))
                .ifPresent(best -> lines.add("copying  " + Units.bytes(best.bytesPerSecond()) + "/s written by "
                        + threads(best.threads()) + "; " + who + " wrote "
                        + share(outputBytes, best.bytesPerSecond())));
        decode.stream()
                .max(Comparator.comparingDouble(Decode::megapixelsPerSecond))
                .ifPresent(best -> lines.add("decoding " + Units.significant(best.megapixelsPerSecond())
                        + " Mpx/s by " + threads(best.threads()) + "; " + who + " decoded "
                        + share(megapixels, best.megapixelsPerSecond())));
        return lines;
    }

    private static String threads(int count) {
        return count == 1 ? "1 thread" : count + " threads";
    }

    private static String share(double value, double ceiling) {
        return Units.significant(PERCENT * value / ceiling) + " % of that"
                + (value > ceiling ? ": the machine had more to do when the ceiling was measured" : "");
    }

    /**
     * For machines.
     *
     * @return the member {@code ceilings} of a report
     */
    public JsonObject toJson() {
        JsonObject json = new JsonObject();
        JsonArray reads = new JsonArray();
        for (StorageProbe.Depth depth : storage) {
            JsonObject one = new JsonObject();
            one.addProperty("queueDepth", depth.queueDepth());
            one.addProperty("pageCache", depth.state().label());
            one.addProperty("requests", depth.requests());
            one.addProperty("bytesPerSecond", depth.bytesPerSecond());
            one.addProperty("requestsPerSecond", depth.requestsPerSecond());
            JsonObject latency = new JsonObject();
            latency.addProperty("p50", depth.medianSeconds());
            latency.addProperty("p99", depth.highSeconds());
            one.add("latencySeconds", latency);
            reads.add(one);
        }
        json.add("storage", reads);
        JsonArray copies = new JsonArray();
        for (Copy copy : memoryCopy) {
            JsonObject one = new JsonObject();
            one.addProperty("threads", copy.threads());
            one.addProperty("bytesPerSecond", copy.bytesPerSecond());
            copies.add(one);
        }
        json.add("memoryCopy", copies);
        JsonArray decodes = new JsonArray();
        for (Decode one : decode) {
            JsonObject rate = new JsonObject();
            rate.addProperty("threads", one.threads());
            rate.addProperty("megapixelsPerSecond", one.megapixelsPerSecond());
            decodes.add(rate);
        }
        json.add("decode", decodes);
        return json;
    }
}
