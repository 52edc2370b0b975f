package io.github.czi4j.bench.measure;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/**
 * Watches memory during a run of its own, which is not timed, because the watching thread takes processor time.
 *
 * <p>Heap: the highest {@code used} of the heap, looked at each millisecond, after a full collection before the run;
 * garbage that the run makes counts until it is collected. Resident set: {@code VmHWM} of {@code /proc/self/status},
 * which the kernel keeps without gaps, set back before the run where the kernel allows it. It counts the whole process:
 * the heap that earlier runs touched, and pages of a mapped file, which the system can take back at any time.
 */
final class MemoryWatch {
    private static final long PERIOD_NANOS = 1_000_000;
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path CLEAR = Path.of("/proc/self/clear_refs");

    private MemoryWatch() {}

    /**
     * What was seen.
     *
     * @param heapBefore heap used after a collection, before the run
     * @param heapPeak highest heap used
     * @param residentPeak highest resident set, 0 where the system does not tell
     * @param residentIsOfRun whether that is of this run alone and not since the process began
     */
    record Peak(long heapBefore, long heapPeak, long residentPeak, boolean residentIsOfRun) {}

    /** Work that may fail. */
    @FunctionalInterface
    interface Work<E extends Exception> {
        void run() throws E;
    }

    static <E extends Exception> Peak during(Work<E> work) throws E {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        System.gc();
        long before = memory.getHeapMemoryUsage().getUsed();
        boolean isReset = resetHighWater();
        Sampler sampler = new Sampler(memory, before);
        Thread thread = new Thread(sampler, "czi-memory-watch");
        thread.setDaemon(true);
        thread.start();
        try {
            work.run();
        } finally {
            sampler.look();
            sampler.stop = true;
            LockSupport.unpark(thread);
        }
        return new Peak(before, sampler.peak, residentPeak(), isReset);
    }

    private static boolean resetHighWater() {
        try {
            Files.writeString(CLEAR, "5", StandardCharsets.US_ASCII);
            return true;
        } catch (IOException | SecurityException e) {
            return false;
        }
    }

    private static long residentPeak() {
        try {
            for (String line : Files.readAllLines(STATUS, StandardCharsets.ISO_8859_1)) {
                if (line.startsWith("VmHWM:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
                }
            }
        } catch (IOException | SecurityException | NumberFormatException e) {
            // Not Linux, or a kernel that tells nothing.
            return 0;
        }
        return 0;
    }

    private static final class Sampler implements Runnable {
        private final MemoryMXBean memory;
        private volatile long peak;
        private volatile boolean stop;

        Sampler(MemoryMXBean memory, long before) {
            this.memory = memory;
            this.peak = before;
        }

        synchronized void look() {
            peak = Math.max(peak, memory.getHeapMemoryUsage().getUsed());
        }

        @Override
        public void run() {
            while (!stop) {
                look();
                LockSupport.parkNanos(PERIOD_NANOS);
            }
        }
    }
}
