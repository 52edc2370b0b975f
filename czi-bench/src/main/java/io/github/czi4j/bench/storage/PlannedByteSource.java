package io.github.czi4j.bench.storage;

import io.github.czi4j.io.ByteSource;
import io.github.czi4j.model.ByteRange;
import io.github.czi4j.model.CziException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A file of which it is known which ranges will be read. Neighbouring ranges are fetched in one request, and, if there
 * are reader threads, ahead of those who want them: a bounded queue of payloads that few readers fill and decoders empty.
 *
 * <p>It is a source and not a kind of parallelism because that is all a pipeline needs: the reader of the library goes on
 * to take tiles in the order of the file, and finds their bytes there. What was not foreseen, or has been used up, is
 * read from the file as ever. Nobody waits for anything but a request that is under way: a queue that is full of what
 * nobody wants costs the advantage, not the progress.
 *
 * <p>Bytes are kept until each range of a request has been read to its end. Thread-safe; {@link #begin} and {@link #end}
 * must not be called during a load.
 */
public final class PlannedByteSource implements ByteSource {
    /** A gap up to this is read along: a request more would cost more than its bytes. */
    private static final long MAX_GAP = 64 << 10;

    private final ByteSource file;
    private final List<Request> requests;
    private final int readers;
    private final int ahead;
    private final Queue<byte[]> buffers = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile Load load;

    /** Ranges that are fetched together. */
    private record Request(long position, int length, List<ByteRange> ranges) {
        long end() {
            return position + length;
        }
    }

    /** The requests of one load. */
    private static final class Load {
        private final Slot[] slots;
        private final AtomicInteger next = new AtomicInteger();
        private final Semaphore room;
        private volatile boolean isOver;

        Load(int requests, int ahead) {
            slots = new Slot[requests];
            for (int i = 0; i < requests; i++) {
                slots[i] = new Slot();
            }
            room = new Semaphore(ahead);
        }
    }

    private enum State {
        NEW,
        LOADING,
        READY,
        /** Used up, or could not be read: whoever wants it reads the file. */
        GONE
    }

    /** A request's bytes. Guarded by itself. */
    private static final class Slot {
        private State state = State.NEW;
        private byte[] bytes;
        private int rangesLeft;
        private int users;
        private boolean isAhead;
    }

    /**
     * Plans the reading of a file.
     *
     * @param file the file; closed with this source
     * @param ranges that will be read, by ascending position
     * @param requestBytes most bytes of a request for several ranges; 0 for one request a range
     * @param readers threads that read ahead; 0 for none
     * @param ahead requests that are read before anybody wants them, at least 1
     */
    public PlannedByteSource(ByteSource file, List<ByteRange> ranges, long requestBytes, int readers, int ahead) {
        this.file = file;
        this.requests = merge(ranges, requestBytes);
        this.readers = readers;
        this.ahead = ahead;
    }

    private static List<Request> merge(List<ByteRange> ranges, long requestBytes) {
        List<Request> requests = new ArrayList<>();
        List<ByteRange> together = new ArrayList<>();
        long begin = 0;
        long end = 0;
        for (ByteRange range : ranges) {
            boolean fits = !together.isEmpty()
                    && range.position() >= begin
                    && range.position() - end <= MAX_GAP
                    && Math.max(end, range.end()) - begin <= requestBytes;
            if (!fits) {
                add(requests, together, begin, end);
                together = new ArrayList<>();
                // Tiles that share bytes, in damaged files: the rest of the later one is not foreseen.
                begin = range.position();
                end = begin;
            }
            together.add(range);
            end = Math.max(end, range.end());
        }
        add(requests, together, begin, end);
        return requests;
    }

    private static void add(List<Request> requests, List<ByteRange> ranges, long begin, long end) {
        boolean overlaps =
                !requests.isEmpty() && requests.get(requests.size() - 1).end() > begin;
        if (!ranges.isEmpty() && !overlaps && end - begin <= Integer.MAX_VALUE - 8) {
            requests.add(new Request(begin, (int) (end - begin), ranges));
        }
    }

    /**
     * Number of requests that the ranges take.
     *
     * @return at most the number of ranges
     */
    public int requestCount() {
        return requests.size();
    }

    /** Begins a load: nothing has been read yet, and the readers start. */
    public void begin() {
        end();
        Load begun = new Load(requests.size(), ahead);
        for (int i = 0; i < requests.size(); i++) {
            begun.slots[i].rangesLeft = requests.get(i).ranges().size();
        }
        load = begun;
        for (int i = 0; i < readers; i++) {
            Thread thread = new Thread(() -> readAhead(begun), "czi-read-ahead-" + i);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    /** Ends a load: the readers stop, and what they read in vain is forgotten. */
    public void end() {
        Load ended = load;
        load = null;
        if (ended != null) {
            ended.isOver = true;
            ended.room.release(Math.max(1, readers));
        }
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        threads.clear();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void readAhead(Load current) {
        while (true) {
            current.room.acquireUninterruptibly();
            int index = current.isOver ? requests.size() : current.next.getAndIncrement();
            if (index >= requests.size()) {
                return;
            }
            Slot slot = current.slots[index];
            synchronized (slot) {
                if (slot.state != State.NEW) {
                    current.room.release();
                    continue;
                }
                slot.state = State.LOADING;
                slot.isAhead = true;
            }
            fetch(current, index);
        }
    }

    private void fetch(Load current, int index) {
        Request request = requests.get(index);
        Slot slot = current.slots[index];
        byte[] bytes = buffer(request.length());
        boolean isRead = false;
        try {
            file.read(request.position(), bytes, 0, request.length());
            isRead = true;
        } catch (CziException e) {
            // Whoever wants these bytes tries by himself, and it is he who must hear of it.
            buffers.add(bytes);
        } finally {
            synchronized (slot) {
                slot.bytes = isRead ? bytes : null;
                slot.state = isRead ? State.READY : State.GONE;
                if (!isRead && slot.isAhead) {
                    current.room.release();
                }
                slot.notifyAll();
            }
        }
    }

    private byte[] buffer(int length) {
        byte[] idle = buffers.poll();
        return idle != null && idle.length >= length ? idle : new byte[length];
    }

    @Override
    public void read(long position, byte[] target, int offset, int length) throws CziException {
        Load current = load;
        int index = current == null ? -1 : find(position, length);
        byte[] bytes = index < 0 ? null : acquire(current, index);
        if (bytes == null) {
            file.read(position, target, offset, length);
            return;
        }
        Request request = requests.get(index);
        System.arraycopy(bytes, (int) (position - request.position()), target, offset, length);
        release(current, index, position, position + length);
    }

    /** The request that holds a range, or -1. */
    private int find(long position, int length) {
        int low = 0;
        int high = requests.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            Request request = requests.get(middle);
            if (position < request.position()) {
                high = middle - 1;
            } else if (position >= request.end()) {
                low = middle + 1;
            } else {
                return position <= request.end() - length ? middle : -1;
            }
        }
        return -1;
    }

    /** The bytes of a request, fetched here if nobody does it; null if they are gone. */
    private byte[] acquire(Load current, int index) throws CziException {
        Slot slot = current.slots[index];
        boolean isMine;
        synchronized (slot) {
            isMine = slot.state == State.NEW;
            slot.state = isMine ? State.LOADING : slot.state;
        }
        if (isMine) {
            fetch(current, index);
        }
        synchronized (slot) {
            while (slot.state == State.LOADING) {
                try {
                    slot.wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw CziException.io(name(), requests.get(index).position(), "interrupted while reading", e);
                }
            }
            slot.users += slot.state == State.READY ? 1 : 0;
            return slot.state == State.READY ? slot.bytes : null;
        }
    }

    private void release(Load current, int index, long begin, long end) {
        Slot slot = current.slots[index];
        synchronized (slot) {
            slot.users--;
            for (ByteRange range : requests.get(index).ranges()) {
                slot.rangesLeft -= range.end() == end && begin >= range.position() ? 1 : 0;
            }
            if (slot.rangesLeft <= 0 && slot.users == 0 && slot.state == State.READY) {
                slot.state = State.GONE;
                buffers.add(slot.bytes);
                slot.bytes = null;
                if (slot.isAhead) {
                    current.room.release();
                }
            }
        }
    }

    @Override
    public String name() {
        return file.name();
    }

    @Override
    public long size() {
        return file.size();
    }

    @Override
    public ByteBuffer slice(long position, int length) throws CziException {
        if (load == null || find(position, length) < 0) {
            return file.slice(position, length);
        }
        byte[] copy = new byte[length];
        read(position, copy, 0, length);
        return ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public boolean isMapped() {
        return false;
    }

    @Override
    public void checkStillThere(long end) throws CziException {
        file.checkStillThere(end);
    }

    @Override
    public void close() throws CziException {
        end();
        buffers.clear();
        file.close();
    }
}
