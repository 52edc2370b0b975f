package io.github.czi4j.bench.measure;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/**
 * Watches memory during a run of its own, which is not timed, because the watching thread takes processor time.
 *
 * <p>Heap: the highest {@code used} of the heap, looked at each millisecond, after a full collection before the run;
 * garbage that the run makes counts until it is collected. After the run, with its result still held, it is collected
 * once more: what remains is what a load needs at least. Direct buffers are looked at along with the heap. Resident set:
 * {@code VmHWM} of {@code /proc/self/status}, which the kernel keeps without gaps, set back before the run where the
 * kernel allows it. It counts the whole process: the heap that earlier runs touched, and pages of a mapped file, which
 * the system can take back at any time.
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
     * @param heapAfterGc heap used after a collection, the result of the run still held
     * @param direct highest use of direct buffers
     * @param residentPeak highest resident set, of worker processes too; 0 where the system does not tell
     * @param residentIsOfRun whether that of this process is of this run alone and not since it began
     */
    record Peak(
            long heapBefore, long heapPeak, long heapAfterGc, long direct, long residentPeak, boolean residentIsOfRun) {

        Peak plusResident(long more) {
            return new Peak(heapBefore, heapPeak, heapAfterGc, direct, residentPeak + more, residentIsOfRun);
        }

        JsonObject toJson() {
            JsonObject json = new JsonObject();
            json.addProperty("heapBeforeBytes", heapBefore);
            json.addProperty("heapPeakBytes", heapPeak);
            json.addProperty("heapAfterGcBytes", heapAfterGc);
            if (residentPeak > 0) {
                json.addProperty("residentPeakBytes", residentPeak);
            } else {
                json.add("residentPeakBytes", JsonNull.INSTANCE);
            }
            json.addProperty("isResidentPeakOfLoad", residentIsOfRun);
            json.addProperty("directBytes", direct);
            return json;
        }

        static Peak fromJson(JsonObject json) {
            return new Peak(
                    json.get("heapBeforeBytes").getAsLong(),
                    json.get("heapPeakBytes").getAsLong(),
                    json.get("heapAfterGcBytes").getAsLong(),
                    json.get("directBytes").getAsLong(),
                    json.get("residentPeakBytes").isJsonNull()
                            ? 0
                            : json.get("residentPeakBytes").getAsLong(),
                    json.get("isResidentPeakOfLoad").getAsBoolean());
        }
    }

    /** Work that may fail, and its result. */
    @FunctionalInterface
    interface Work<E extends Exception> {
        Object run() throws E;
    }

    static <E extends Exception> Peak during(Work<E> work) throws E {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        System.gc();
        long before = memory.getHeapMemoryUsage().getUsed();
        boolean isReset = resetHighWater();
        Looker looker = new Looker(memory, before);
        Thread thread = new Thread(looker, "czi-memory-watch");
        thread.setDaemon(true);
        thread.start();
        Object result;
        try {
            result = work.run();
        } finally {
            looker.look();
            looker.stop = true;
            LockSupport.unpark(thread);
        }
        long resident = residentPeak(STATUS);
        System.gc();
        long after = memory.getHeapMemoryUsage().getUsed();
        Reference.reachabilityFence(result);
        return new Peak(before, Math.max(looker.peak, after), after, looker.direct, resident, isReset);
    }

    private static boolean resetHighWater() {
        try {
            Files.writeString(CLEAR, "5", StandardCharsets.US_ASCII);
            return true;
        } catch (IOException | SecurityException e) {
            return false;
        }
    }

    /** The highest resident set of a process, from its status file; 0 if that is not there. */
    static long residentPeak(Path status) {
        try {
            for (String line : Files.readAllLines(status, StandardCharsets.ISO_8859_1)) {
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

    private static long directBytes() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    private static final class Looker implements Runnable {
        private final MemoryMXBean memory;
        private volatile long peak;
        private volatile long direct;
        private volatile boolean stop;

        Looker(MemoryMXBean memory, long before) {
            this.memory = memory;
            this.peak = before;
        }

        synchronized void look() {
            peak = Math.max(peak, memory.getHeapMemoryUsage().getUsed());
            direct = Math.max(direct, directBytes());
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
