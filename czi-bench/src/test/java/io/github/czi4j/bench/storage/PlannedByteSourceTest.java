package io.github.czi4j.bench.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.czi4j.io.ByteSource;
import io.github.czi4j.io.MemoryByteSource;
import io.github.czi4j.model.ByteRange;
import io.github.czi4j.model.CziException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class PlannedByteSourceTest {
    private static final int TILE = 1000;

    private final byte[] bytes = new byte[400_000];
    private final List<ByteRange> ranges = new ArrayList<>();
    private final AtomicInteger reads = new AtomicInteger();

    PlannedByteSourceTest() {
        new Random(3).nextBytes(bytes);
        // A hundred tiles with small gaps, and one far behind.
        for (int i = 0; i < 100; i++) {
            ranges.add(new ByteRange(i * 1500L, TILE));
        }
        ranges.add(new ByteRange(390_000, TILE));
    }

    /** Counts the reads, and fails those that touch a position. */
    private ByteSource counting(long bad) {
        ByteSource memory = new MemoryByteSource("test", bytes);
        return new ByteSource() {
            @Override
            public String name() {
                return memory.name();
            }

            @Override
            public long size() {
                return memory.size();
            }

            @Override
            public void read(long position, byte[] target, int offset, int length) throws CziException {
                reads.incrementAndGet();
                if (position <= bad && bad < position + length) {
                    throw CziException.io("test", bad, "bad sector", null);
                }
                memory.read(position, target, offset, length);
            }

            @Override
            public ByteBuffer slice(long position, int length) throws CziException {
                byte[] copy = new byte[length];
                read(position, copy, 0, length);
                return ByteBuffer.wrap(copy);
            }

            @Override
            public boolean isMapped() {
                return false;
            }

            @Override
            public void close() {
                // Nothing to release.
            }
        };
    }

    private void check(ByteSource source, ByteRange range) throws CziException {
        // As a subblock is read: its head twice, then the payload to the end.
        int from = (int) range.position();
        assertArrayEquals(Arrays.copyOfRange(bytes, from, from + 32), array(source.slice(from, 32)));
        byte[] payload = new byte[(int) range.length() - 100];
        source.read(range.position() + 100, payload, 0, payload.length);
        assertArrayEquals(Arrays.copyOfRange(bytes, from + 100, (int) range.end()), payload);
    }

    private static byte[] array(ByteBuffer buffer) {
        byte[] copy = new byte[buffer.remaining()];
        buffer.get(copy);
        return copy;
    }

    @Test
    void neighboursAreFetchedInOneRequest() throws CziException {
        try (PlannedByteSource source = new PlannedByteSource(counting(-1), ranges, 15_000, 0, 1)) {
            assertEquals(11, source.requestCount());
            for (int load = 0; load < 3; load++) {
                reads.set(0);
                source.begin();
                for (ByteRange range : ranges) {
                    check(source, range);
                }
                assertEquals(11, reads.get());
                source.end();
            }
        }
        try (PlannedByteSource single = new PlannedByteSource(counting(-1), ranges, 0, 0, 1)) {
            assertEquals(101, single.requestCount());
        }
    }

    @Test
    void readersFetchAheadOfManyWorkers() throws CziException {
        for (long requestBytes : new long[] {0, 15_000}) {
            try (PlannedByteSource source = new PlannedByteSource(counting(-1), ranges, requestBytes, 2, 4)) {
                for (int load = 0; load < 50; load++) {
                    reads.set(0);
                    source.begin();
                    AtomicInteger next = new AtomicInteger();
                    Workers.run(4, worker -> {
                        for (int i = next.getAndIncrement(); i < ranges.size(); i = next.getAndIncrement()) {
                            check(source, ranges.get(i));
                        }
                    });
                    source.end();
                    assertEquals(source.requestCount(), reads.get(), "each request once");
                }
            }
        }
    }

    @Test
    void aQueueThatNobodyEmptiesStopsNobody() throws CziException {
        try (PlannedByteSource source = new PlannedByteSource(counting(-1), ranges, 0, 2, 3)) {
            source.begin();
            // The first tiles are never asked for: they fill the queue.
            for (int i = ranges.size() - 1; i > 50; i--) {
                check(source, ranges.get(i));
            }
            check(source, ranges.get(60));
            source.end();
            assertTrue(reads.get() <= 50 + 3 + 2, "no more than was asked for, the queue, and once again");
        }
    }

    @Test
    void whatWasNotForeseenIsReadAsEver() throws CziException {
        try (PlannedByteSource source = new PlannedByteSource(counting(-1), ranges, 15_000, 1, 2)) {
            source.begin();
            check(source, new ByteRange(300_000, 500));
            check(source, new ByteRange(149_000, 1_000));
            assertThrows(CziException.class, () -> source.read(399_999, new byte[2], 0, 2));
            source.end();
            check(source, ranges.get(0));
        }
    }

    @Test
    void aFaultHitsOnlyThoseWhoNeedTheBytes() throws CziException {
        long bad = ranges.get(5).position() + 500;
        try (PlannedByteSource source = new PlannedByteSource(counting(bad), ranges, 15_000, 1, 2)) {
            source.begin();
            for (int i = 0; i < ranges.size(); i++) {
                ByteRange range = ranges.get(i);
                if (i == 5) {
                    CziException e = assertThrows(CziException.class, () -> check(source, range));
                    assertTrue(e.getMessage().contains("bad sector"), e.getMessage());
                } else {
                    check(source, range);
                }
            }
            source.end();
        }
    }

    @Test
    void rangesThatOverlapAreReadAllTheSame() throws CziException {
        List<ByteRange> odd = List.of(
                new ByteRange(0, 5_000),
                new ByteRange(100, 300),
                new ByteRange(4_900, 1_000),
                new ByteRange(4_900, 1_000));
        for (long requestBytes : new long[] {0, 100_000}) {
            try (PlannedByteSource source = new PlannedByteSource(counting(-1), odd, requestBytes, 1, 2)) {
                source.begin();
                for (ByteRange range : odd) {
                    check(source, range);
                }
                source.end();
            }
        }
    }
}
