package io.github.czi4j.bench.diagnose;

import com.google.gson.JsonObject;
import io.github.czi4j.bench.report.Members;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * What was measured, as rules see it: figures of a result of {@code czi profile} or {@code czi benchmark}, see {@code
 * docs/benchmark-json.md}. It is made of the result's JSON, so that stored results can be judged as well. A figure that is
 * not there is NaN, a text empty; comparisons with NaN are false, so that a rule without its figures stays silent.
 * Immutable as long as nobody changes the JSON.
 */
public final class Evidence {
    private static final int PAGE = 4096;
    /** Ratio from which several requests at a time are worth while. */
    private static final double DEEPER = 1.5;

    private final Members all;
    private final List<Run> runs;

    private Evidence(JsonObject result) {
        this.all = Members.of(result);
        this.runs = all.at("configurations").list().stream().map(Run::of).toList();
    }

    /**
     * Looks at a result.
     *
     * @param result the whole JSON of a profile or benchmark
     * @return its figures
     */
    public static Evidence of(JsonObject result) {
        return new Evidence(result);
    }

    /** A figure by the names of its members. */
    double number(String... path) {
        return all.number(path);
    }

    /** Likewise. */
    String text(String... path) {
        return all.text(path);
    }

    boolean isTrue(String... path) {
        return all.isTrue(path);
    }

    List<Members> list(String... path) {
        return all.at(path).list();
    }

    /** The file, as commands that are to be tried name it. */
    String file() {
        String name = text("file", "name");
        return name.isEmpty() ? "FILE" : quoted(name);
    }

    /** A name as a POSIX shell takes it. */
    static String quoted(String name) {
        return name.matches("[\\w./-]+") ? name : "'" + name.replace("'", "'\\''") + "'";
    }

    /** The stages of the typical pass. */
    Split split() {
        return new Split(all);
    }

    /** The stages of the first pass. */
    Split firstSplit() {
        return new Split(all.at("firstPass"));
    }

    /** Threads of a profile, 1 unless it says otherwise. */
    int threads() {
        double threads = number("method", "threads");
        return threads >= 1 ? (int) threads : 1;
    }

    double processors() {
        return number("environment", "processors");
    }

    /** Processors of the machine, which the load is of. */
    double machineProcessors() {
        double machine = number("environment", "machineProcessors");
        return machine > 0 ? machine : processors();
    }

    /** Processors that may really be used. */
    double allowedProcessors() {
        double cgroup = number("environment", "cgroupCpus");
        return cgroup < processors() ? cgroup : processors();
    }

    /** Pixels decoded per second, in millions: of a profile, or of the fastest configuration. */
    double megapixelsPerSecond() {
        double profiled = number("request", "decodedPixels") / 1e6 / split().elapsed();
        return Double.isNaN(profiled) ? best(Run::megapixelsPerSecond) : profiled;
    }

    private double best(ToDoubleFunction<Run> rate) {
        return runs.stream().mapToDouble(rate).filter(value -> value > 0).max().orElse(Double.NaN);
    }

    /** What one tile takes: the median of a profile, or the sequential time divided by the tiles. */
    double tileSeconds() {
        double profiled = number("tiles", "all", "p50");
        return Double.isNaN(profiled)
                ? sequential().map(run -> run.seconds() / tiles()).orElse(Double.NaN)
                : profiled;
    }

    /** Pixels of a tile, on average. */
    double tilePixels() {
        return number("request", "decodedPixels") / tiles();
    }

    /** Bytes of a tile as it is stored, on average. */
    double tileBytes() {
        return number("request", "storedBytes") / tiles();
    }

    /** Stored bytes per second of a profile. */
    double bytesPerSecond() {
        return number("request", "storedBytes") / split().elapsed();
    }

    /** Pixels decoded for each delivered, or reads of each subblock, whichever is more; at least 1. */
    double amplification() {
        return DoubleStream.of(
                        number("amplification", "pixels", "ratio"), number("amplification", "subblocks", "ratio"))
                .filter(ratio -> ratio > 1)
                .max()
                .orElse(1);
    }

    /** The highest rate that the storage gave, with the page cache in a state or in any. */
    double storageCeiling(String... states) {
        return list("ceilings", "storage").stream()
                .filter(depth -> states.length == 0 || Arrays.asList(states).contains(depth.text("pageCache")))
                .mapToDouble(depth -> depth.number("bytesPerSecond"))
                .filter(rate -> rate > 0)
                .max()
                .orElse(Double.NaN);
    }

    /** What the storage gave to one reader at a time. */
    double storageAlone(String state) {
        return list("ceilings", "storage").stream()
                .filter(depth -> depth.text("pageCache").equals(state) && depth.number("queueDepth") == 1)
                .mapToDouble(depth -> depth.number("bytesPerSecond"))
                .findFirst()
                .orElse(Double.NaN);
    }

    /** Whether more comes from the storage when several requests are under way. */
    boolean isFasterInDepth() {
        return storageCeiling("cold") >= DEEPER * storageAlone("cold");
    }

    double copyCeiling() {
        return ceiling("memoryCopy", "bytesPerSecond");
    }

    double decodeCeiling() {
        return ceiling("decode", "megapixelsPerSecond");
    }

    private double ceiling(String what, String rate) {
        return list("ceilings", what).stream()
                .mapToDouble(one -> one.number(rate))
                .filter(value -> value > 0)
                .max()
                .orElse(Double.NaN);
    }

    /** What the file as a whole would take; NaN of a benchmark. */
    double wholeSeconds() {
        return number("estimate", "seconds");
    }

    /** Bytes that the machine fetched from swap meanwhile. */
    double swappedBytes() {
        return number("system", "swappedPages") * PAGE;
    }

    /** The configurations of a benchmark, empty of a profile. */
    List<Run> runs() {
        return runs;
    }

    Optional<Run> sequential() {
        return runs.stream().filter(Run::isSequential).min(Comparator.comparingDouble(Run::seconds));
    }

    /** The fastest with several threads of one process, of which two at least find something to do. */
    Optional<Run> threaded() {
        return runs.stream()
                .filter(run -> run.isThreaded() && !(run.batches(tiles()) < 2))
                .min(Comparator.comparingDouble(Run::seconds));
    }

    /** Tiles that are loaded. */
    double tiles() {
        return number("request", "tiles");
    }
}
