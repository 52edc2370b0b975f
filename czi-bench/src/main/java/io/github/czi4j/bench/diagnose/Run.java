package io.github.czi4j.bench.diagnose;

import io.github.czi4j.bench.report.Members;

/**
 * A configuration of a benchmark.
 *
 * @param name as reports call it
 * @param strategy for instance {@code threads}
 * @param threads at work
 * @param batchSize tiles that one of them takes at a time, NaN if it takes one after the other
 * @param order in which tiles were read
 * @param seconds median of a load
 * @param speedup median against the baseline
 * @param speedupLow lower end of its interval
 * @param speedupHigh upper end
 * @param cpuSeconds of all threads, NaN if not known
 * @param startUpSeconds of other processes, NaN if there are none
 * @param megapixelsPerSecond decoded
 */
record Run(
        String name,
        String strategy,
        int threads,
        double batchSize,
        String order,
        double seconds,
        double speedup,
        double speedupLow,
        double speedupHigh,
        double cpuSeconds,
        double startUpSeconds,
        double megapixelsPerSecond) {

    static Run of(Members json) {
        double threads = json.number("threads");
        return new Run(
                json.text("name"),
                json.text("strategy"),
                threads >= 1 ? (int) threads : 1,
                json.number("batchSize"),
                json.text("order"),
                json.number("seconds", "median"),
                json.number("speedup", "median"),
                json.number("speedup", "low"),
                json.number("speedup", "high"),
                json.number("cpuSeconds"),
                json.number("startUpSeconds"),
                json.number("megapixelsPerSecond"));
    }

    boolean isSequential() {
        return strategy.equals("sequential");
    }

    /** Into how many pieces so many tiles are cut for the threads; NaN if not known. */
    double batches(double tiles) {
        return Math.ceil(tiles / batchSize);
    }

    /** Whether several threads of one process share the work. */
    boolean isThreaded() {
        return threads > 1 && (strategy.equals("threads") || strategy.equals("virtual"));
    }
}
