package io.github.czi4j.bench.measure;

import com.google.gson.JsonObject;
import io.github.czi4j.bench.storage.IoMode;
import io.github.czi4j.model.Parallelism;
import io.github.czi4j.model.TileOrder;
import java.util.Locale;

/**
 * A way to load tiles.
 *
 * @param strategy who works
 * @param threads number of threads that decode, the calling one included; of processes, their number
 * @param batchSize tiles that one of them takes at a time; 0 for sequential
 * @param io how the file is read
 * @param order in which tiles are read
 */
public record Configuration(Strategy strategy, int threads, int batchSize, IoMode io, TileOrder order) {
    /** The baseline where nothing else is asked for. */
    public static final Configuration SEQUENTIAL =
            new Configuration(Strategy.SEQUENTIAL, 1, 0, IoMode.MAPPED, TileOrder.FILE);

    private static final int MAX_THREADS = 1024;

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if there is no such configuration
     */
    public Configuration {
        boolean isSequential = strategy == Strategy.SEQUENTIAL;
        if (threads < 1 || threads > MAX_THREADS || batchSize < (isSequential ? 0 : 1)) {
            throw new IllegalArgumentException("numbers of threads must be 1 to " + MAX_THREADS
                    + ", sizes of batches at least 1, not " + threads + " and " + batchSize);
        }
    }

    /**
     * Platform threads on a mapped file.
     *
     * @param threads at least 1
     * @param batchSize at least 1
     * @return the configuration
     */
    public static Configuration threads(int threads, int batchSize) {
        return of(Strategy.THREADS, threads, batchSize);
    }

    /**
     * Any strategy on a mapped file, in the order of the file.
     *
     * @param strategy who works
     * @param threads at least 1
     * @param batchSize at least 1
     * @return the configuration
     */
    public static Configuration of(Strategy strategy, int threads, int batchSize) {
        return strategy == Strategy.SEQUENTIAL
                ? SEQUENTIAL
                : new Configuration(strategy, threads, batchSize, IoMode.MAPPED, TileOrder.FILE);
    }

    /**
     * The same with another way to read.
     *
     * @param value how
     * @return a new value
     */
    public Configuration io(IoMode value) {
        return new Configuration(strategy, threads, batchSize, value, order);
    }

    /**
     * The same with another order.
     *
     * @param value in which tiles are read
     * @return a new value
     */
    public Configuration order(TileOrder value) {
        return new Configuration(strategy, threads, batchSize, io, value);
    }

    /**
     * As the reader takes it; what is particular about pipelines and processes is not part of it.
     *
     * @return the setting
     */
    public Parallelism parallelism() {
        Parallelism who = switch (strategy) {
            case SEQUENTIAL, PROCESSES -> Parallelism.sequential();
            case THREADS, PIPELINE -> Parallelism.threads(threads).batch(batchSize);
            case VIRTUAL -> Parallelism.virtual().workers(threads).batch(batchSize);
        };
        return who.order(order);
    }

    /**
     * What people call it: unique, and without what is as usual, a mapped file, or an address, and the order
     * of the file.
     *
     * @return for instance {@code 4 threads × 25} or {@code sequential, channel}
     */
    public String name() {
        String who = switch (strategy) {
            case SEQUENTIAL -> "sequential";
            case THREADS -> threads + (threads == 1 ? " thread" : " threads");
            case VIRTUAL -> threads + " virtual";
            case PIPELINE -> "pipeline " + threads;
            case PROCESSES -> threads + (threads == 1 ? " process" : " processes");
        };
        return who
                + (batchSize == 0 ? "" : " × " + batchSize)
                + (io == IoMode.MAPPED || io == IoMode.HTTP ? "" : ", " + io.label())
                + (order == TileOrder.FILE ? "" : ", " + orderLabel());
    }

    /** Whether it reads the file by itself, in another way than by a reader. */
    boolean needsFile() {
        return strategy == Strategy.PIPELINE || strategy == Strategy.PROCESSES || io == IoMode.COALESCED;
    }

    /**
     * Why it cannot run here.
     *
     * @param isRemote whether the file is behind an address
     * @return empty if it can
     */
    String obstacle(boolean isRemote) {
        if (isRemote != (io == IoMode.HTTP)) {
            return isRemote ? "needs a file on this machine" : "needs an address";
        }
        if (isRemote && (strategy == Strategy.PIPELINE || strategy == Strategy.PROCESSES)) {
            return "needs a file on this machine; the reader itself fetches ahead from an address";
        }
        return strategy.obstacle();
    }

    /**
     * As reports call the order.
     *
     * @return in lower case
     */
    public String orderLabel() {
        return order.name().toLowerCase(Locale.ROOT);
    }

    JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("strategy", strategy.name());
        json.addProperty("threads", threads);
        json.addProperty("batchSize", batchSize);
        json.addProperty("io", io.name());
        json.addProperty("order", order.name());
        return json;
    }

    static Configuration fromJson(JsonObject json) {
        return new Configuration(
                Strategy.valueOf(json.get("strategy").getAsString()),
                json.get("threads").getAsInt(),
                json.get("batchSize").getAsInt(),
                IoMode.valueOf(json.get("io").getAsString()),
                TileOrder.valueOf(json.get("order").getAsString()));
    }

    /** The name. */
    @Override
    public String toString() {
        return name();
    }
}
