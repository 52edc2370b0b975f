package io.github.czi4j.io;

import io.github.czi4j.model.CziException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Fetches announced ranges of a remote file ahead of their use: neighbours by one request, several requests at once, and
 * no more than fits a budget until what is there has been used. A reader that runs ahead of the budget gets what it wants
 * all the same, so that nobody waits for somebody who waits for him. Thread-safe.
 */
final class ReadAhead {
    /** Longer requests gain nothing, and shorter ones begin to be of use earlier. */
    private static final int MAX_REQUEST = 4 << 20;

    private final HttpByteSource source;
    private final HttpRanges ranges;
    private final int gap;
    private final int maxInFlight;
    private final long budget;
    private final List<Job> jobs = new ArrayList<>();
    private ThreadPoolExecutor threads;
    private long held;
    private long mostHeld;
    private int inFlight;
    private boolean isClosed;

    ReadAhead(HttpByteSource source, HttpRanges ranges, int gap, int maxInFlight, long budget) {
        this.source = source;
        this.ranges = ranges;
        this.gap = gap;
        this.maxInFlight = maxInFlight;
        this.budget = budget;
    }

    /** What is fetched by one request. Guarded by the outer object, but for its bytes. */
    private final class Chunk {
        final long start;
        final int length;
        final CompletableFuture<byte[]> arrival = new CompletableFuture<>();
        /** Ranges that need it still. */
        int users;

        Future<?> task;
        boolean isFlying;
        boolean isHeld;

        Chunk(long start, int length, int users) {
            this.start = start;
            this.length = length;
            this.users = users;
        }

        void fetch() {
            try {
                byte[] bytes = new byte[length];
                ranges.fetch(start, bytes, 0, length);
                arrival.complete(bytes);
            } catch (CziException e) {
                arrival.completeExceptionally(e);
            } catch (OutOfMemoryError e) {
                arrival.completeExceptionally(
                        CziException.limit(ranges.name(), "not enough heap for a request of " + length + " bytes"));
            } catch (RuntimeException | Error e) {
                // Whoever waits must hear of it.
                arrival.completeExceptionally(CziException.io(ranges.name(), start, "the transfer failed", e));
            } finally {
                landed(this);
            }
        }
    }

    /** The ranges of one caller. */
    private final class Job implements Prefetch {
        final Deque<Chunk> unsent;
        final NavigableMap<Long, Chunk> byStart = new TreeMap<>();
        final Chunk[] ofRange;

        Job(List<Chunk> chunks, Chunk[] ofRange) {
            this.unsent = new ArrayDeque<>(chunks);
            this.ofRange = ofRange;
            chunks.forEach(chunk -> byStart.put(chunk.start, chunk));
        }

        @Override
        public ByteSource source() {
            return new PrefetchedSource(source, this::copy);
        }

        @Override
        public void done(int range) {
            synchronized (ReadAhead.this) {
                Chunk chunk = ofRange[range];
                ofRange[range] = null;
                if (chunk != null && --chunk.users == 0) {
                    drop(this, chunk);
                    pump();
                }
            }
        }

        @Override
        public void close() {
            synchronized (ReadAhead.this) {
                if (jobs.remove(this)) {
                    for (Chunk chunk : ofRange) {
                        if (chunk != null) {
                            drop(this, chunk);
                        }
                    }
                    pump();
                }
            }
        }

        /** Copies from what was announced, waiting for it if need be; 0 bytes if that is not among it. */
        private int copy(long position, byte[] target, int offset, int length) throws CziException {
            Chunk chunk;
            synchronized (ReadAhead.this) {
                if (!jobs.contains(this)) {
                    throw CziException.io(ranges.name(), position, "the reading was given up", null);
                }
                Map.Entry<Long, Chunk> entry = byStart.floorEntry(position);
                if (entry == null || position - entry.getKey() >= entry.getValue().length) {
                    return 0;
                }
                chunk = entry.getValue();
                if (chunk.task == null) {
                    send(chunk);
                }
            }
            try {
                byte[] bytes = chunk.arrival.get();
                int from = (int) (position - chunk.start);
                int count = Math.min(length, chunk.length - from);
                System.arraycopy(bytes, from, target, offset, count);
                return count;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw CziException.io(ranges.name(), position, "interrupted while reading", e);
            } catch (ExecutionException e) {
                throw (CziException) e.getCause();
            }
        }
    }

    /**
     * Takes ranges that are about to be read.
     *
     * @param positions in about the order of reading
     * @param lengths as many
     * @return to be told of those that are done with
     */
    Prefetch announce(long[] positions, long[] lengths) {
        List<Chunk> chunks = new ArrayList<>();
        Chunk[] ofRange = new Chunk[positions.length];
        for (int from = 0; from < positions.length; ) {
            int to = from;
            // Within what fits the memory neighbours are found whatever the order of reading.
            for (long sum = 0; to < positions.length && sum <= budget / 2; to++) {
                sum += Math.max(0, Math.min(lengths[to], MAX_REQUEST));
            }
            coalesce(positions, lengths, from, to, chunks, ofRange);
            from = to;
        }
        Job job = new Job(chunks, ofRange);
        synchronized (this) {
            if (!isClosed) {
                jobs.add(job);
                pump();
            }
        }
        return job;
    }

    /** Makes chunks of some ranges; a range too long for one is left to its reader, who wants all of it at once. */
    private void coalesce(long[] positions, long[] lengths, int from, int to, List<Chunk> chunks, Chunk[] ofRange) {
        int[] sorted = IntStream.range(from, to)
                .filter(i -> positions[i] >= 0
                        && lengths[i] > 0
                        && positions[i] < ranges.size()
                        && end(positions, lengths, i) - positions[i] <= MAX_REQUEST)
                .boxed()
                .sorted(Comparator.comparingLong(i -> positions[i]))
                .mapToInt(i -> i)
                .toArray();
        Map<Integer, Chunk> byFirstUse = new TreeMap<>();
        for (int i = 0; i < sorted.length; ) {
            long start = positions[sorted[i]];
            long end = end(positions, lengths, sorted[i]);
            int firstUse = sorted[i];
            int j = i + 1;
            for (; j < sorted.length && positions[sorted[j]] - end <= gap; j++) {
                long further = Math.max(end, end(positions, lengths, sorted[j]));
                if (further - start > MAX_REQUEST) {
                    break;
                }
                end = further;
                firstUse = Math.min(firstUse, sorted[j]);
            }
            Chunk chunk = new Chunk(start, (int) (end - start), j - i);
            for (int k = i; k < j; k++) {
                ofRange[sorted[k]] = chunk;
            }
            byFirstUse.put(firstUse, chunk);
            i = j;
        }
        chunks.addAll(byFirstUse.values());
    }

    private long end(long[] positions, long[] lengths, int i) {
        return positions[i] + Math.min(lengths[i], ranges.size() - positions[i]);
    }

    /** Sends what is next, as far as requests and memory allow. */
    private void pump() {
        for (Job job : jobs) {
            for (Chunk chunk = job.unsent.peek(); chunk != null; chunk = job.unsent.peek()) {
                if (chunk.task == null && chunk.users > 0) {
                    if (inFlight >= maxInFlight || held > 0 && held + chunk.length > budget) {
                        return;
                    }
                    send(chunk);
                }
                job.unsent.remove();
            }
        }
    }

    private void send(Chunk chunk) {
        if (threads == null) {
            threads = new ThreadPoolExecutor(
                    maxInFlight, maxInFlight, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                        Thread thread = new Thread(task, "czi-http");
                        thread.setDaemon(true);
                        return thread;
                    });
            threads.allowCoreThreadTimeOut(true);
        }
        chunk.isFlying = true;
        chunk.isHeld = true;
        inFlight++;
        held += chunk.length;
        mostHeld = Math.max(mostHeld, held);
        chunk.task = threads.submit(chunk::fetch);
    }

    private synchronized void landed(Chunk chunk) {
        if (chunk.isFlying) {
            chunk.isFlying = false;
            inFlight--;
            pump();
        }
    }

    /** Frees the memory of a chunk, and stops its request. */
    private void drop(Job job, Chunk chunk) {
        chunk.users = 0;
        job.byStart.remove(chunk.start, chunk);
        if (chunk.isHeld) {
            chunk.isHeld = false;
            held -= chunk.length;
        }
        if (chunk.isFlying) {
            // A task that has not begun never lands.
            chunk.isFlying = false;
            inFlight--;
            chunk.task.cancel(true);
        }
        chunk.arrival.completeExceptionally(
                CziException.io(ranges.name(), chunk.start, "the reading was given up", null));
    }

    synchronized long held() {
        return held;
    }

    synchronized long mostHeld() {
        return mostHeld;
    }

    /** Gives up everything. */
    synchronized void close() {
        isClosed = true;
        List.copyOf(jobs).forEach(Job::close);
        if (threads != null) {
            threads.shutdownNow();
        }
    }
}
