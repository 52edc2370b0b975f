package io.github.czi4j.model;

import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Executor;

/**
 * How many tiles are worked on at once, by whom, and in which order. The result never depends on it.
 *
 * <p>{@link #auto()} is one worker per processor for compressed tiles, and at most four for uncompressed ones, which
 * are limited by memory bandwidth.
 *
 * @param kind who does the work
 * @param workers number of workers, at least 1; 0 where the reader chooses
 * @param batch tiles that a worker takes at a time, at least 1; 0 where the reader chooses
 * @param executor the caller's executor for {@link Kind#EXECUTOR}, else null
 * @param order in which tiles are read
 */
public record Parallelism(Kind kind, int workers, int batch, Executor executor, TileOrder order) {
    /** Who does the work. */
    public enum Kind {
        /** The reader chooses. */
        AUTO,
        /** The calling thread, one tile after the other. */
        SEQUENTIAL,
        /** The calling thread and platform threads of the reader's own. */
        THREADS,
        /** The calling thread and virtual threads; needs JDK 21. */
        VIRTUAL,
        /** The calling thread and an executor of the caller's. */
        EXECUTOR
    }

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if a number is negative
     */
    public Parallelism {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(order, "order");
        if (workers < 0 || batch < 0) {
            throw new IllegalArgumentException(
                    "workers and batch must not be negative, but are " + workers + " and " + batch);
        }
    }

    /**
     * The reader chooses.
     *
     * @return the default
     */
    public static Parallelism auto() {
        return new Parallelism(Kind.AUTO, 0, 0, null, TileOrder.FILE);
    }

    /**
     * The calling thread alone.
     *
     * @return no parallelism
     */
    public static Parallelism sequential() {
        return new Parallelism(Kind.SEQUENTIAL, 1, 0, null, TileOrder.FILE);
    }

    /**
     * A number of threads, of which the calling thread is one.
     *
     * @param count at least 1
     * @return so many threads
     */
    public static Parallelism threads(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("at least one thread is needed, not " + count);
        }
        return new Parallelism(Kind.THREADS, count, 0, null, TileOrder.FILE);
    }

    /**
     * Virtual threads, as many as there are processors unless {@link #workers(int)} says otherwise.
     *
     * @return virtual threads
     * @throws UnsupportedOperationException when used on a JDK without them (before 21)
     */
    public static Parallelism virtual() {
        return new Parallelism(Kind.VIRTUAL, 0, 0, null, TileOrder.FILE);
    }

    /**
     * An executor of the caller's, which may be busy with other things or reject work: the calling thread works along
     * and finishes alone what nobody takes.
     *
     * @param executor runs the workers; never shut down here
     * @return work on that executor, as many workers as there are processors
     */
    public static Parallelism on(Executor executor) {
        return new Parallelism(Kind.EXECUTOR, 0, 0, Objects.requireNonNull(executor, "executor"), TileOrder.FILE);
    }

    /**
     * The same with a number of workers.
     *
     * @param count at least 1
     * @return a new value
     */
    public Parallelism workers(int count) {
        return new Parallelism(kind, count, batch, executor, order);
    }

    /**
     * The same with a number of tiles that a worker takes at a time: larger means fewer hand-overs and longer runs of
     * neighbouring tiles in the file, smaller means a better balance at the end.
     *
     * @param tiles at least 1
     * @return a new value
     */
    public Parallelism batch(int tiles) {
        return new Parallelism(kind, workers, tiles, executor, order);
    }

    /**
     * The same with another order of reading.
     *
     * @param value the order
     * @return a new value
     */
    public Parallelism order(TileOrder value) {
        return new Parallelism(kind, workers, batch, executor, value);
    }

    /** For instance {@code threads(4).batch(25)} or {@code sequential.order(rows)}. */
    @Override
    public String toString() {
        String who = switch (kind) {
            case AUTO -> "auto";
            case SEQUENTIAL -> "sequential";
            case THREADS -> "threads(" + workers + ")";
            case VIRTUAL -> workers == 0 ? "virtual" : "virtual(" + workers + ")";
            case EXECUTOR -> workers == 0 ? "executor" : "executor(" + workers + ")";
        };
        return who
                + (batch == 0 ? "" : ".batch(" + batch + ")")
                + (order == TileOrder.FILE ? "" : ".order(" + order.name().toLowerCase(Locale.ROOT) + ")");
    }
}
