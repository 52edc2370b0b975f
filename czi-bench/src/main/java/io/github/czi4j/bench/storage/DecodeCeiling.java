package io.github.czi4j.bench.storage;

import io.github.czi4j.CziOptions;
import io.github.czi4j.CziReader;
import io.github.czi4j.io.ByteSource;
import io.github.czi4j.io.FileByteSource;
import io.github.czi4j.model.ByteRange;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.CziException;
import io.github.czi4j.observe.Stage;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * How fast tiles are decoded whose payloads are in memory. What counts is the reader's own stage of decoding; what the
 * threads do besides, making arrays and filling them, does not. Nor does the time in which other programs had the
 * processor: it is the processor time of the stage that is taken, where it is shorter.
 */
final class DecodeCeiling {
    private static final int MAX_TILES = 64;

    private final Location file;
    private final NavigableMap<Long, byte[]> payloads = new TreeMap<>();
    private final List<Integer> tiles = new ArrayList<>();

    /** Loads compressed tiles, evenly spread, until they would exceed so many bytes. */
    DecodeCeiling(Location file, int[] subblocks, long maxBytes) throws CziException {
        this.file = file;
        CziOptions options = CziOptions.defaults().io(FileByteSource.Mode.CHANNEL);
        try (ByteSource source = file.source(FileByteSource.Mode.CHANNEL);
                CziReader reader = file.open(options)) {
            int[] compressed = Arrays.stream(subblocks)
                    .filter(tile -> reader.subblockInfo(tile).compression() != Compression.UNCOMPRESSED)
                    .toArray();
            int count = Math.min(compressed.length, MAX_TILES);
            long bytes = 0;
            for (int i = 0; i < count && bytes <= maxBytes; i++) {
                int tile = compressed[(int) ((long) compressed.length * i / count)];
                bytes += load(reader, source, tile, maxBytes - bytes);
            }
        }
    }

    private long load(CziReader reader, ByteSource source, int subblock, long room) {
        try {
            ByteRange range = reader.subblock(subblock).storedRange();
            if (range.length() <= Math.min(room, Integer.MAX_VALUE - 8)) {
                byte[] bytes = new byte[(int) range.length()];
                source.read(range.position(), bytes, 0, bytes.length);
                payloads.put(range.position(), bytes);
                tiles.add(subblock);
            }
            return range.length();
        } catch (CziException e) {
            // A damaged tile has no rate.
            return 0;
        }
    }

    /** Whether there is anything to decode. */
    boolean isEmpty() {
        return tiles.isEmpty();
    }

    /** Pixels per second of all threads together. */
    double pixelsPerSecond(int threads, Duration time) throws CziException {
        LongAdder nanos = new LongAdder();
        LongAdder pixels = new LongAdder();
        ThreadMXBean clock = ManagementFactory.getThreadMXBean();
        boolean hasCpu = clock.isCurrentThreadCpuTimeSupported();
        ThreadLocal<Long> cpuBefore = ThreadLocal.withInitial(() -> 0L);
        CziOptions options = CziOptions.defaults().listener((stage, subblock, start, duration, count) -> {
            long cpu = hasCpu ? clock.getCurrentThreadCpuTime() : Long.MAX_VALUE;
            if (stage == Stage.DECODE) {
                nanos.add(Math.min(duration, cpu - cpuBefore.get()));
            }
            cpuBefore.set(hasCpu ? cpu : 0L);
        });
        AtomicInteger next = new AtomicInteger();
        long begun = System.nanoTime();
        try (CziReader reader = CziReader.open(
                new InMemory(file.source(FileByteSource.Mode.CHANNEL), payloads), options.tileCache(0))) {
            Workers.run(threads, worker -> {
                do {
                    int tile = tiles.get(Math.floorMod(next.getAndIncrement(), tiles.size()));
                    try {
                        reader.subblock(tile).read();
                    } catch (CziException e) {
                        // Its time counts for nothing as well: only tiles that end their stage are timed.
                        continue;
                    }
                    pixels.add((long) reader.subblockInfo(tile).storedWidth()
                            * reader.subblockInfo(tile).storedHeight());
                } while (System.nanoTime() - begun < time.toNanos());
            });
        }
        return nanos.sum() == 0 ? 0 : pixels.sum() * 1e9 * threads / nanos.sum();
    }

    /** A file of which some ranges are in memory. */
    private record InMemory(ByteSource file, NavigableMap<Long, byte[]> ranges) implements ByteSource {
        private ByteBuffer find(long position, int length) {
            Map.Entry<Long, byte[]> entry = ranges.floorEntry(position);
            return entry == null || position + length > entry.getKey() + entry.getValue().length
                    ? null
                    : ByteBuffer.wrap(entry.getValue(), (int) (position - entry.getKey()), length);
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
        public void read(long position, byte[] target, int offset, int length) throws CziException {
            ByteBuffer found = find(position, length);
            if (found == null) {
                file.read(position, target, offset, length);
            } else {
                found.get(target, offset, length);
            }
        }

        @Override
        public ByteBuffer slice(long position, int length) throws CziException {
            ByteBuffer found = find(position, length);
            return found == null ? file.slice(position, length) : found.slice().order(ByteOrder.LITTLE_ENDIAN);
        }

        @Override
        public boolean isMapped() {
            return true;
        }

        @Override
        public void close() throws CziException {
            file.close();
        }
    }
}
