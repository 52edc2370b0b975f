package io.github.czi4j.codec.zstd;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The three decoders of {@link ZstdBenchmark} in turn, many short rounds of processor time, of which the best of each
 * counts: ratios that hold on a machine that is not quiet. Arguments: CZI files of Zstd1 with split bytes, none for the
 * synthetic data.
 */
public final class ZstdComparison {
    private static final int ROUNDS = 120;
    private static final int FRAMES = 4;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private interface Decoder {
        void decode() throws ZstdException;
    }

    private ZstdComparison() {}

    /**
     * Prints a row for each set of data.
     *
     * @param args CZI files
     * @throws IOException if one cannot be read
     * @throws ZstdException never, with files that are whole
     */
    public static void main(String[] args) throws IOException, ZstdException {
        System.out.println("| data | level | own MB/s | aircompressor | zstd-jni | own/aircompressor | own/zstd-jni |");
        for (String file : args) {
            compare(file, "-", Path.of(file).getFileName().toString());
        }
        if (args.length == 0) {
            for (String data : new String[] {"gray16split", "gray16", "gray8"}) {
                for (String level : new String[] {"1", "3", "9", "19"}) {
                    compare(data, level, data);
                }
            }
        }
    }

    private static void compare(String data, String level, String name) throws IOException, ZstdException {
        ZstdBenchmark benchmark = new ZstdBenchmark();
        benchmark.data = data;
        benchmark.level = level.equals("-") ? 0 : Integer.parseInt(level);
        benchmark.load();
        Decoder[] decoders = {benchmark::own, benchmark::aircompressor, benchmark::zstdJni};
        long[] best = {Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE};
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < decoders.length; i++) {
                long start = THREADS.getCurrentThreadCpuTime();
                for (int frame = 0; frame < FRAMES; frame++) {
                    decoders[i].decode();
                }
                best[i] = Math.min(best[i], THREADS.getCurrentThreadCpuTime() - start);
            }
        }
        double bytes = 1e3 * FRAMES * benchmark.frameBytes();
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %.0f | %.0f | %.0f | %.2f | %.2f |%n",
                name,
                level,
                bytes / best[0],
                bytes / best[1],
                bytes / best[2],
                best[1] / (double) best[0],
                best[2] / (double) best[0]);
    }
}
