package io.github.czi4j.observe;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * Processor time of the calling thread. A JVM without the module {@code java.management} does not tell it, nor does any of
 * virtual threads.
 */
final class ProcessorTime {
    /** What Flight Recorder shows as missing. */
    static final long UNKNOWN = Long.MIN_VALUE;

    private static final boolean IS_PRESENT = isPresent();

    private ProcessorTime() {}

    private static boolean isPresent() {
        try {
            Class.forName("java.lang.management.ThreadMXBean", false, ProcessorTime.class.getClassLoader());
            return Clock.IS_SUPPORTED;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    /** Nanoseconds since some moment, or {@link #UNKNOWN}. */
    static long now() {
        return IS_PRESENT ? Clock.now() : UNKNOWN;
    }

    /** Nanoseconds since {@link #now} gave a time, or {@link #UNKNOWN}. */
    static long since(long begun) {
        long now = begun == UNKNOWN ? UNKNOWN : now();
        return now == UNKNOWN ? UNKNOWN : now - begun;
    }

    /** The only class that names the bean, so that it is not looked for where it cannot be. */
    private static final class Clock {
        private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
        static final boolean IS_SUPPORTED = THREADS.isCurrentThreadCpuTimeSupported();

        static long now() {
            // By number, not getCurrentThreadCpuTime(): that throws in virtual threads.
            long nanos = THREADS.getThreadCpuTime(Thread.currentThread().getId());
            return nanos < 0 ? UNKNOWN : nanos;
        }
    }
}
