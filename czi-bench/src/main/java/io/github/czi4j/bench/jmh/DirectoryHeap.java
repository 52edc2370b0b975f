package io.github.czi4j.bench.jmh;

import io.github.czi4j.CziReader;
import io.github.czi4j.bench.sample.TemporarySample;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * Prints the heap that an open file takes for each subblock, with one plane indexed: as the reader counts it, and as the
 * difference of the used heap after collections.
 *
 * <p>{@code java -cp czi-jmh.jar io.github.czi4j.bench.jmh.DirectoryHeap [SUBBLOCKS…]}
 */
public final class DirectoryHeap {
    private static final int[] SUBBLOCKS = {100_000, 1_000_000};
    private static final int COLLECTIONS = 3;

    private DirectoryHeap() {}

    /**
     * Measures.
     *
     * @param arguments numbers of subblocks; 100,000 and 1,000,000 unless given
     * @throws IOException if the sample cannot be written or read
     */
    public static void main(String[] arguments) throws IOException {
        int[] counts = new int[arguments.length];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = Integer.parseInt(arguments[i]);
        }
        // The first one loads classes, which would count as heap of the directory.
        measure(1_000);
        System.out.println("subblocks  counted bytes  each  measured bytes  each");
        for (int count : counts.length == 0 ? SUBBLOCKS : counts) {
            long[] bytes = measure(count);
            System.out.printf(
                    Locale.ROOT,
                    "%9d  %13d  %4.1f  %14d  %4.1f%n",
                    count,
                    bytes[0],
                    (double) bytes[0] / count,
                    bytes[1],
                    (double) bytes[1] / count);
        }
    }

    private static long[] measure(int count) throws IOException {
        try (TemporarySample sample = TemporarySample.make(DirectoryBenchmark.recipe(count))) {
            long before = usedHeap();
            try (CziReader reader = CziReader.open(sample.file())) {
                reader.prepareIndex(0);
                long measured = usedHeap() - before;
                return new long[] {reader.indexHeapBytes(), measured};
            }
        }
    }

    private static long usedHeap() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
