package io.github.czi4j.bench.storage;

import io.github.czi4j.model.ByteRange;
import io.github.czi4j.model.CziException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/**
 * What the storage gives if nothing is done with the bytes: a file's own tiles, in the order of the file, each by one
 * positional read into a buffer outside the heap, by 1 to 16 threads at once with a channel each.
 */
public final class StorageProbe {
    private static final List<Integer> DEPTHS = List.of(1, 2, 4, 8, 16);
    /** A longer tile is read in parts; the buffers of 16 threads are as large. */
    private static final int BUFFER = 4 << 20;
    /** More than this of a file is not read: it would take its time and tell nothing new. */
    private static final long MAX_BYTES = 512L << 20;

    private static final long MAX_NANOS = Duration.ofMinutes(5).toNanos();
    private static final int DIGITS = 3;

    /**
     * The reads at one depth.
     *
     * @param queueDepth reads that are under way at a time
     * @param state what of the file was in the page cache
     * @param residentShare the same in figures, 0 to 1; empty if not known
     * @param requests number of reads
     * @param bytesPerSecond rate of all threads together
     * @param requestsPerSecond rate of all threads together
     * @param medianSeconds latency of a read
     * @param highSeconds latency that 1 % of the reads exceed
     */
    public record Depth(
            int queueDepth,
            PageCache.State state,
            OptionalDouble residentShare,
            long requests,
            double bytesPerSecond,
            double requestsPerSecond,
            double medianSeconds,
            double highSeconds) {}

    private final Path file;
    private final List<ByteRange> ranges;
    private final List<ByteBuffer> buffers = new ArrayList<>();

    StorageProbe(Path file, List<ByteRange> ranges) {
        this.file = file;
        this.ranges = first(ranges);
    }

    private static List<ByteRange> first(List<ByteRange> ranges) {
        long bytes = 0;
        int count = 0;
        while (count < ranges.size() && (count == 0 || bytes + ranges.get(count).length() <= MAX_BYTES)) {
            bytes += ranges.get(count++).length();
        }
        return ranges.subList(0, count);
    }

    /** Once through the tiles at each depth, the file dropped from the page cache before; nothing if that fails. */
    List<Depth> cold(Duration each, Supplier<PageCache.Drop> drop) throws CziException {
        List<Depth> depths = new ArrayList<>();
        for (int depth : DEPTHS) {
            PageCache.Drop dropped = drop.get();
            if (!dropped.isCold()) {
                break;
            }
            depths.add(run(depth, each, false, dropped.residentShare()));
        }
        return depths;
    }

    /** Again and again through the tiles at each depth, after one time that does not count. */
    List<Depth> warm(Duration each) throws CziException {
        run(2, each, false, OptionalDouble.empty());
        List<Depth> depths = new ArrayList<>();
        for (int depth : DEPTHS) {
            depths.add(run(depth, each, true, OptionalDouble.of(1)));
        }
        return depths;
    }

    private Depth run(int depth, Duration time, boolean isRepeated, OptionalDouble residentShare) throws CziException {
        while (buffers.size() < depth) {
            long longest = ranges.stream().mapToLong(ByteRange::length).max().orElse(1);
            buffers.add(ByteBuffer.allocateDirect((int) Math.max(1, Math.min(BUFFER, longest))));
        }
        AtomicLong next = new AtomicLong();
        AtomicLong bytes = new AtomicLong();
        Histogram all = new Histogram(MAX_NANOS, DIGITS);
        long limit = isRepeated ? Long.MAX_VALUE : ranges.size();
        AtomicLong begun = new AtomicLong();
        // The start of threads is no matter of the storage, and takes its time on a busy machine.
        CyclicBarrier together = new CyclicBarrier(depth, () -> begun.set(System.nanoTime()));
        Workers.run(depth, worker -> {
            Histogram own = new Histogram(MAX_NANOS, DIGITS);
            await(together);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                for (long i = next.getAndIncrement();
                        i < limit && (i < depth || System.nanoTime() - begun.get() < time.toNanos());
                        i = next.getAndIncrement()) {
                    ByteRange range = ranges.get((int) (i % ranges.size()));
                    long start = System.nanoTime();
                    read(channel, range, buffers.get(worker));
                    own.recordValue(Math.min(MAX_NANOS, System.nanoTime() - start));
                    bytes.addAndGet(range.length());
                }
            } catch (IOException e) {
                throw CziException.io(file.toString(), CziException.NO_OFFSET, "cannot be read: " + e.getMessage(), e);
            }
            synchronized (all) {
                all.add(own);
            }
        });
        double seconds = (System.nanoTime() - begun.get()) / 1e9;
        return new Depth(
                depth,
                PageCache.State.of(residentShare),
                residentShare,
                all.getTotalCount(),
                bytes.get() / seconds,
                all.getTotalCount() / seconds,
                all.getValueAtPercentile(50) / 1e9,
                all.getValueAtPercentile(99) / 1e9);
    }

    private void await(CyclicBarrier barrier) throws CziException {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            Thread.currentThread().interrupt();
            throw CziException.io(file.toString(), CziException.NO_OFFSET, "interrupted while measuring", e);
        }
    }

    private static void read(FileChannel channel, ByteRange range, ByteBuffer buffer) throws IOException {
        long position = range.position();
        while (position < range.end()) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), range.end() - position));
            int count = channel.read(buffer, position);
            if (count < 0) {
                return;
            }
            position += count;
        }
    }
}
