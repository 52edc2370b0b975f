package io.github.czi4j.bench.diagnose;

import io.github.czi4j.CziReader;
import io.github.czi4j.bench.measure.Opener;
import io.github.czi4j.io.ByteSource;
import io.github.czi4j.io.FileByteSource;
import io.github.czi4j.model.CziException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongPredicate;

/** Storage with faults. */
public final class Sources {
    private Sources() {}

    /** What happens before, and around, each read. */
    @FunctionalInterface
    public interface Fault {
        void read(long position, Read read) throws CziException;
    }

    /** A read of the file below. */
    @FunctionalInterface
    public interface Read {
        void run() throws CziException;
    }

    public static Opener of(Path file, Fault fault) {
        return options ->
                CziReader.open(new Faulty(FileByteSource.open(file, FileByteSource.Mode.CHANNEL), fault), options);
    }

    /** Each read takes its time. */
    public static Fault throttled(long millis) {
        return (position, read) -> {
            sleep(millis);
            read.run();
        };
    }

    /** The first read at a position takes its time, as from a file that is not in memory. */
    static Fault cold(long millis) {
        Set<Long> seen = ConcurrentHashMap.newKeySet();
        return (position, read) -> {
            if (seen.add(position)) {
                sleep(millis);
            }
            read.run();
        };
    }

    /** One reads, and the others wait at a monitor. */
    public static Fault synchronised(long millis) {
        Object monitor = new Object();
        return (position, read) -> {
            synchronized (monitor) {
                sleep(millis);
                read.run();
            }
        };
    }

    /** One reads, and the others wait at a lock. */
    public static Fault locked(long millis) {
        ReentrantLock lock = new ReentrantLock();
        return (position, read) -> {
            lock.lock();
            try {
                sleep(millis);
                read.run();
            } finally {
                lock.unlock();
            }
        };
    }

    /** Reads in some places take their time. */
    static Fault stalling(long millis, LongPredicate places) {
        return (position, read) -> {
            if (places.test(position)) {
                sleep(millis);
            }
            read.run();
        };
    }

    /** One head, which takes its time to get to where it has not just read. */
    static Fault turning(long millis, long reach) {
        AtomicLong head = new AtomicLong();
        return (position, read) -> {
            synchronized (head) {
                if (Math.abs(position - head.getAndSet(position)) > reach) {
                    sleep(millis);
                }
                read.run();
            }
        };
    }

    /** One connection, which one after the other may use, and which has to be made anew for another thread. */
    static Fault connected(long millis, long anew) {
        ReentrantLock lock = new ReentrantLock(true);
        Thread[] owner = {null};
        return (position, read) -> {
            lock.lock();
            try {
                sleep(owner[0] == Thread.currentThread() ? millis : anew);
                owner[0] = Thread.currentThread();
                read.run();
            } finally {
                lock.unlock();
            }
        };
    }

    /** One computes for each read, and the others wait. */
    static Fault computing(Duration duration) {
        ReentrantLock lock = new ReentrantLock();
        return (position, read) -> {
            lock.lock();
            try {
                long begun = System.nanoTime();
                while (System.nanoTime() - begun < duration.toNanos()) {
                    Thread.onSpinWait();
                }
                read.run();
            } finally {
                lock.unlock();
            }
        };
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record Faulty(ByteSource file, Fault fault) implements ByteSource {
        @Override
        public String name() {
            return file.name();
        }

        @Override
        public long size() {
            return file.size();
        }

        @Override
        public void read(long position, byte[] target, int offset, int length) throws CziException {
            fault.read(position, () -> file.read(position, target, offset, length));
        }

        @Override
        public ByteBuffer slice(long position, int length) throws CziException {
            ByteBuffer[] slice = new ByteBuffer[1];
            fault.read(position, () -> slice[0] = file.slice(position, length));
            return slice[0];
        }

        @Override
        public boolean isMapped() {
            return false;
        }

        @Override
        public void close() throws CziException {
            file.close();
        }
    }
}
