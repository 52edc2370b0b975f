package io.github.czi4j.bench.measure;

import io.github.czi4j.bench.storage.IoMode;
import io.github.czi4j.model.TileOrder;
import java.util.ArrayList;
import java.util.List;

/** Sets of configurations: the presets, and the product of axes that are given by hand. */
public final class ConfigurationGrid {
    private static final int BATCH = 25;
    /** Payloads are read ahead one by one, so that decoders take them one by one. */
    private static final int PIPELINE_BATCH = 1;

    private ConfigurationGrid() {}

    /** What was given by hand; a null is as the preset has it. */
    public record Axes(
            List<Strategy> strategies,
            List<Integer> threads,
            List<Integer> batches,
            List<IoMode> io,
            List<TileOrder> orders) {
        /**
         * Whether nothing was given.
         *
         * @return true if all are null
         */
        public boolean isEmpty() {
            return strategies == null && threads == null && batches == null && io == null && orders == null;
        }
    }

    /**
     * The same for a file behind an address: what would be mapped is read from there. What needs a file stays as it is, to be
     * left out by name.
     *
     * @param configurations for a file
     * @return as many
     */
    public static List<Configuration> ofAddress(List<Configuration> configurations) {
        return configurations.stream()
                .map(one -> one.io() == IoMode.MAPPED ? one.io(IoMode.HTTP) : one)
                .toList();
    }

    /** How much to compare. */
    public enum Preset {
        /** Three configurations. */
        QUICK,
        /** Sequential, threads by batches, and one of each other kind: for a minute. */
        USUAL,
        /** Each strategy and each way to read, in fresh JVMs: for some minutes. */
        MEDIUM,
        /** The whole grid, in fresh JVMs. */
        FULL
    }

    /**
     * The configurations of a preset.
     *
     * @param preset which
     * @return the baseline first
     */
    public static List<Configuration> of(Preset preset) {
        List<Configuration> all = new ArrayList<>(List.of(Configuration.SEQUENTIAL));
        switch (preset) {
            case QUICK -> {
                all.add(Configuration.threads(4, BATCH));
                all.add(Configuration.threads(8, BATCH));
            }
            case USUAL -> {
                addProduct(all, Strategy.THREADS, List.of(1, 2, 4, 8), List.of(10, 25, 50, 100));
                all.add(Configuration.of(Strategy.VIRTUAL, 4, BATCH));
                all.add(Configuration.of(Strategy.PIPELINE, 4, PIPELINE_BATCH));
                all.add(Configuration.threads(4, BATCH).io(IoMode.CHANNEL));
                all.add(Configuration.threads(4, BATCH).io(IoMode.COALESCED));
            }
            case MEDIUM -> {
                addProduct(all, Strategy.THREADS, List.of(2, 4, 8), List.of(BATCH));
                all.add(Configuration.of(Strategy.VIRTUAL, 4, BATCH));
                all.add(Configuration.of(Strategy.PIPELINE, 4, PIPELINE_BATCH));
                all.add(Configuration.of(Strategy.PROCESSES, 4, BATCH));
                all.add(Configuration.SEQUENTIAL.io(IoMode.CHANNEL));
                all.add(Configuration.threads(4, BATCH).io(IoMode.CHANNEL));
                all.add(Configuration.threads(4, BATCH).io(IoMode.COALESCED));
            }
            case FULL -> {
                addProduct(all, Strategy.THREADS, List.of(1, 2, 4, 8), List.of(10, 25, 50, 100));
                addProduct(all, Strategy.VIRTUAL, List.of(4, 8), List.of(BATCH));
                addProduct(all, Strategy.PIPELINE, List.of(2, 4, 8), List.of(PIPELINE_BATCH));
                addProduct(all, Strategy.PROCESSES, List.of(4, 8), List.of(BATCH));
                for (IoMode io : List.of(IoMode.CHANNEL, IoMode.COALESCED)) {
                    all.add(Configuration.SEQUENTIAL.io(io));
                    all.add(Configuration.threads(4, BATCH).io(io));
                    all.add(Configuration.threads(8, BATCH).io(io));
                    all.add(Configuration.of(Strategy.PIPELINE, 4, PIPELINE_BATCH)
                            .io(io));
                }
                for (TileOrder order : List.of(TileOrder.ROWS, TileOrder.RANDOM)) {
                    all.add(Configuration.threads(4, BATCH).order(order));
                    all.add(Configuration.threads(4, BATCH).io(IoMode.CHANNEL).order(order));
                }
            }
        }
        return all;
    }

    private static void addProduct(
            List<Configuration> all, Strategy strategy, List<Integer> threads, List<Integer> batches) {
        for (int count : threads) {
            for (int batch : batches) {
                all.add(Configuration.of(strategy, count, batch));
            }
        }
    }

    /**
     * The product of axes.
     *
     * @param axes what was given; an axis that was not is threads 1, 2, 4, 8, batches 10, 25, 50, 100 for threads and 25
     *     for the others (1 for pipelines), sequential and threads, a mapped file, its order
     * @return without duplicates, a sequential one first, whether asked for or not: it is the baseline
     */
    public static List<Configuration> of(Axes axes) {
        List<Configuration> all = new ArrayList<>();
        List<IoMode> modes = axes.io() == null ? List.of(IoMode.MAPPED) : axes.io();
        List<TileOrder> orders = axes.orders() == null ? List.of(TileOrder.FILE) : axes.orders();
        List<Strategy> strategies =
                axes.strategies() == null ? List.of(Strategy.SEQUENTIAL, Strategy.THREADS) : axes.strategies();
        all.add(Configuration.SEQUENTIAL.io(modes.get(0)).order(orders.get(0)));
        for (IoMode io : modes) {
            for (TileOrder order : orders) {
                for (Strategy strategy : strategies) {
                    List<Configuration> some = new ArrayList<>();
                    addProduct(some, strategy, threads(axes, strategy), batches(axes, strategy));
                    some.forEach(one -> all.add(one.io(io).order(order)));
                }
            }
        }
        return all.stream().distinct().toList();
    }

    private static List<Integer> threads(Axes axes, Strategy strategy) {
        List<Integer> usual = strategy == Strategy.THREADS ? List.of(1, 2, 4, 8) : List.of(2, 4, 8);
        return axes.threads() == null ? usual : axes.threads();
    }

    private static List<Integer> batches(Axes axes, Strategy strategy) {
        if (axes.batches() != null) {
            return axes.batches();
        }
        return switch (strategy) {
            case THREADS -> List.of(10, 25, 50, 100);
            case PIPELINE -> List.of(PIPELINE_BATCH);
            default -> List.of(BATCH);
        };
    }
}
