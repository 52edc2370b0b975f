package io.github.czi4j.mosaic;

import io.github.czi4j.model.Parallelism;
import io.github.czi4j.observe.Observer;
import java.util.concurrent.atomic.AtomicInteger;

/** Shares the rows of a picture among workers. */
public final class RowBands {
    /** Rows that a worker takes at a time. */
    private static final int BAND = 64;

    /** Works on some rows. */
    @FunctionalInterface
    public interface Step {
        /**
         * Does the work.
         *
         * @param firstRow first row
         * @param endRow behind the last row
         */
        void run(int firstRow, int endRow);
    }

    private RowBands() {}

    /**
     * Works on all rows and returns when all is done.
     *
     * @param parallelism who works
     * @param workers how many at most, at least 1
     * @param observer is told when the calling thread waits for the others
     * @param rows number of rows
     * @param step is called for disjoint bands of them
     */
    public static void run(Parallelism parallelism, int workers, Observer observer, int rows, Step step) {
        int bands = (rows - 1) / BAND + 1;
        AtomicInteger next = new AtomicInteger();
        Crew.run(
                Crew.executor(parallelism),
                Math.min(workers, bands),
                observer,
                context -> {
                    for (int band = next.getAndIncrement(); band < bands; band = next.getAndIncrement()) {
                        step.run(band * BAND, (int) Math.min(rows, (band + 1L) * BAND));
                    }
                },
                // Nobody waits for anything but a processor: the bands that are begun end soon.
                () -> {},
                false);
    }
}
