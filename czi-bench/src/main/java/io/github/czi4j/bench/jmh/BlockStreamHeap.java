package io.github.czi4j.bench.jmh;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.GcInfo;
import io.github.czi4j.BlockReport;
import io.github.czi4j.CziOptions;
import io.github.czi4j.CziReader;
import io.github.czi4j.CziWriter;
import io.github.czi4j.MosaicRequest;
import io.github.czi4j.NewSubblock;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.Coordinate;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Rect;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Heap of a mosaic of 60,000 × 60,000 pixels that is written block by block, predicted and measured. Run with
 * {@code java -Xmx256m -XX:+UseSerialGC -cp czi-jmh.jar io.github.czi4j.bench.jmh.BlockStreamHeap}: a thread that collects
 * garbage all the time tells what is really in use.
 */
public final class BlockStreamHeap {
    private static final int SIDE = 60_000;
    private static final int TILE = 1024;
    private static final int TILES = 600;

    private BlockStreamHeap() {}

    /**
     * Prints predicted and measured peak.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) throws Exception {
        Path file = Files.createTempFile("czi-sparse-", ".czi");
        Path raw = Files.createTempFile("czi-sparse-", ".raw");
        try {
            write(file);
            long limit = Runtime.getRuntime().maxMemory() * 3 / 4;
            try (CziReader reader = CziReader.open(file, CziOptions.defaults().memoryLimit(limit))) {
                reader.prepareIndex(0);
                run(reader, raw);
            }
        } finally {
            Files.delete(file);
            Files.delete(raw);
        }
    }

    private static void run(CziReader reader, Path raw) throws Exception {
        long before = used();
        long[] peak = {0};
        Thread sampler = new Thread(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                peak[0] = Math.max(peak[0], used());
            }
        });
        sampler.setDaemon(true);
        sampler.start();
        long begun = System.nanoTime();
        BlockReport report;
        try (FileChannel channel = FileChannel.open(raw, StandardOpenOption.WRITE)) {
            ByteBuffer row = ByteBuffer.allocateDirect(2 * SIDE).order(ByteOrder.LITTLE_ENDIAN);
            report = reader.readBlocks(MosaicRequest.region(new Rect(0, 0, SIDE, SIDE)), 0, block -> {
                for (int y = 0; y < block.pixels().height(); y++) {
                    row.clear();
                    row.asShortBuffer().put(block.pixels().shorts(), y * SIDE, SIDE);
                    channel.write(row);
                }
            });
        }
        sampler.interrupt();
        sampler.join();
        double seconds = (System.nanoTime() - begun) / 1e9;
        long measured = peak[0] - before;
        System.out.printf(
                Locale.ROOT,
                "%d×%d in %d blocks of %d rows, %d of %d tiles decoded, %.1f s: predicted %.1f MB, measured %.1f MB,"
                        + " ratio %.2f; %d bytes written%n",
                report.width(),
                report.height(),
                report.blocks(),
                report.blockRows(),
                report.decoded(),
                reader.subblockCount(),
                seconds,
                report.predictedPeakBytes() / 1e6,
                measured / 1e6,
                (double) measured / report.predictedPeakBytes(),
                Files.size(raw));
    }

    /** What is left after a full collection, as the collector itself says: other threads allocate all the time. */
    private static long used() {
        System.gc();
        long latest = 0;
        long used = 0;
        for (GarbageCollectorMXBean collector : ManagementFactory.getPlatformMXBeans(GarbageCollectorMXBean.class)) {
            GcInfo info = collector.getLastGcInfo();
            if (info != null && info.getEndTime() >= latest && collector.getMemoryPoolNames().length > 2) {
                latest = info.getEndTime();
                used = 0;
                for (Map.Entry<String, MemoryUsage> pool :
                        info.getMemoryUsageAfterGc().entrySet()) {
                    // Heap pools of the serial collector.
                    if (pool.getKey().matches("Eden Space|Survivor Space|Tenured Gen")) {
                        used += pool.getValue().getUsed();
                    }
                }
            }
        }
        return used;
    }

    private static void write(Path file) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        byte[] pixels = new byte[2 * TILE * TILE];
        try (CziWriter writer = CziWriter.create(file)) {
            for (int m = 0; m < TILES; m++) {
                for (int i = 0; i < pixels.length; i += 64) {
                    pixels[i] = (byte) random.nextInt();
                }
                Rect place = new Rect(random.nextInt(SIDE - TILE), random.nextInt(SIDE - TILE), TILE, TILE);
                writer.add(
                        NewSubblock.of(place, PixelType.GRAY16)
                                .at(Coordinate.parse("C0"))
                                .m(m)
                                .compressed(Compression.ZSTD1),
                        pixels);
            }
            writer.finish();
        }
    }
}
