package io.github.czi4j.bench.measure;

import com.google.gson.JsonObject;
import io.github.czi4j.CziOptions;
import io.github.czi4j.CziReader;
import io.github.czi4j.MosaicPlan;
import io.github.czi4j.bench.storage.IoMode;
import io.github.czi4j.io.FileByteSource;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Pixels;
import io.github.czi4j.model.Rect;
import io.github.czi4j.model.SubblockInfo;
import io.github.czi4j.model.TileOrder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Loads by several JVMs. Each decodes tiles into a window of a mapped file that it shares with this JVM, where a thread
 * for each worker places what is visible. A window holds two bitmaps, so that one is decoded while the other is placed.
 * The JVMs stay for all loads; what their start took is told apart.
 *
 * <p>It draws whole tiles of the mosaic's own pixel type, in any order, and cannot mend damage: see {@link #obstacle}.
 */
final class ProcessLoader implements Loader {
    /** Bitmaps that a window holds. */
    static final int SLOTS = 2;

    private static final Path SHARED_MEMORY = Path.of("/dev/shm");
    private static final long MIN_WORKER_HEAP = 96L << 20;
    private static final long SHUFFLE_SEED = 20;

    private final Job job;
    private final Configuration configuration;
    private final List<ChildJvm> workers = new ArrayList<>();
    private final List<ByteBuffer> windows = new ArrayList<>();
    private ExecutorService threads;
    private CziReader reader;
    private int slotBytes;
    private double startUpSeconds;

    ProcessLoader(Job job, Configuration configuration) {
        this.job = job;
        this.configuration = configuration;
    }

    /** Why a mosaic cannot be loaded in this way; empty if it can. */
    static String obstacle(MosaicPlan plan, IoMode io, int failedTiles) {
        if (io == IoMode.COALESCED) {
            return "each process reads its own tiles, which are not neighbours";
        }
        if (failedTiles > 0) {
            return "damaged tiles are not mended across processes";
        }
        if (!plan.isDisjoint()) {
            return "tiles overlap too much to be handed over in any order";
        }
        if (plan.tiles().stream().anyMatch(tile -> tile.subblock().pixelType() != plan.pixelType())) {
            return "tiles of other pixel types than the mosaic's are not handed over";
        }
        long largest = plan.tiles().stream()
                .mapToLong(tile -> tile.subblock().decodedBytes())
                .max()
                .orElse(0);
        return largest * SLOTS > Integer.MAX_VALUE ? "tiles are too large to be handed over" : "";
    }

    @Override
    public void open() throws CziException {
        if (reader == null) {
            reader = job.file().open(CziOptions.defaults().io(FileByteSource.Mode.CHANNEL));
        }
        try {
            if (workers.isEmpty()) {
                start();
            } else {
                askAll("open", "ready");
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private CziException failed(IOException e) {
        return e instanceof CziException already
                ? already
                : CziException.io(job.file().name(), CziException.NO_OFFSET, e.getMessage(), e);
    }

    private void start() throws IOException {
        long begun = System.nanoTime();
        slotBytes = Math.toIntExact(reader.plan(job.request()).tiles().stream()
                .mapToLong(tile -> tile.subblock().decodedBytes())
                .max()
                .orElse(1));
        int count = configuration.threads();
        long window = Math.multiplyFull(SLOTS, slotBytes);
        Path shared = Files.createTempFile(folder(window * count), "czi-tiles-", ".bin");
        shared.toFile().deleteOnExit();
        try (FileChannel channel = FileChannel.open(shared, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            for (int i = 0; i < count; i++) {
                windows.add(channel.map(FileChannel.MapMode.READ_WRITE, i * window, window)
                        .order(ByteOrder.LITTLE_ENDIAN));
            }
            long heap = Math.max(MIN_WORKER_HEAP, Runtime.getRuntime().maxMemory() / count);
            for (int i = 0; i < count; i++) {
                workers.add(ChildJvm.start("worker process " + (i + 1), ChildMain.class, heap));
            }
            for (int i = 0; i < count; i++) {
                JsonObject task = new JsonObject();
                task.addProperty(ChildMain.ROLE, ChildMain.WORKER);
                task.addProperty("file", job.file().path().toAbsolutePath().toString());
                task.addProperty("io", configuration.io().name());
                task.addProperty("shared", shared.toString());
                task.addProperty("position", i * window);
                task.addProperty("slotBytes", slotBytes);
                workers.get(i).send(task.toString());
            }
            for (ChildJvm worker : workers) {
                expect(worker, "ready");
            }
        } finally {
            // All have it mapped: without a name it is left behind by nobody. Windows deletes no file that is mapped;
            // there it waits for the end of this JVM.
            shared.toFile().delete();
        }
        threads = Executors.newFixedThreadPool(count, task -> {
            Thread thread = new Thread(task, "czi-process-loader");
            thread.setDaemon(true);
            return thread;
        });
        startUpSeconds = (System.nanoTime() - begun) / 1e9;
    }

    private static Path folder(long bytes) throws IOException {
        boolean isInMemory = Files.isWritable(SHARED_MEMORY)
                && Files.getFileStore(SHARED_MEMORY).getUsableSpace() > 2 * bytes;
        return isInMemory ? SHARED_MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
    }

    private static void expect(ChildJvm worker, String answer) throws IOException {
        String line = worker.receive();
        if (!line.equals(answer)) {
            throw new IOException("a worker process failed: " + line);
        }
    }

    private void askAll(String question, String answer) throws IOException {
        for (ChildJvm worker : workers) {
            worker.send(question);
        }
        for (ChildJvm worker : workers) {
            expect(worker, answer);
        }
    }

    @Override
    public Pixels load() throws CziException {
        MosaicPlan plan = reader.plan(job.request());
        List<MosaicPlan.Tile> tiles = new ArrayList<>(plan.tiles());
        sort(tiles, configuration.order());
        Pixels output = Pixels.allocate(plan.width(), plan.height(), plan.pixelType());
        AtomicInteger next = new AtomicInteger();
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < workers.size(); i++) {
            int number = i;
            running.add(threads.submit(() -> {
                int batch = configuration.batchSize();
                for (int from = next.getAndAdd(batch); from < tiles.size(); from = next.getAndAdd(batch)) {
                    load(number, tiles.subList(from, Math.min(tiles.size(), from + batch)), plan.region(), output);
                }
                return null;
            }));
        }
        CziException failure = null;
        for (Future<?> future : running) {
            try {
                future.get();
            } catch (ExecutionException e) {
                // A worker that is gone lets the others finish what they have taken.
                next.set(tiles.size());
                IOException cause = e.getCause() instanceof IOException io
                        ? io
                        : new IOException(e.getCause().toString());
                failure = failure == null ? failed(cause) : failure;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw CziException.io(job.file().name(), CziException.NO_OFFSET, "interrupted while loading", e);
            }
        }
        if (failure != null) {
            throw failure;
        }
        return output;
    }

    private static void sort(List<MosaicPlan.Tile> tiles, TileOrder order) {
        tiles.sort(Comparator.comparingLong(tile -> tile.subblock().filePosition()));
        switch (order) {
            case FILE -> {}
            case ROWS ->
                tiles.sort(Comparator.comparing(
                        tile -> tile.subblock().logical(),
                        Comparator.comparingInt(Rect::y).thenComparingInt(Rect::x)));
            case RANDOM -> Collections.shuffle(tiles, new Random(SHUFFLE_SEED));
        }
    }

    private void load(int number, List<MosaicPlan.Tile> batch, Rect region, Pixels output) throws IOException {
        ChildJvm worker = workers.get(number);
        worker.send("load "
                + batch.stream()
                        .map(tile -> Integer.toString(tile.subblock().index()))
                        .collect(Collectors.joining(" ")));
        for (int i = 0; i < batch.size(); i++) {
            expect(worker, "tile " + batch.get(i).subblock().index());
            place(windows.get(number), i % SLOTS * slotBytes, batch.get(i), region, output);
            if (i + SLOTS < batch.size()) {
                worker.send("free");
            }
        }
    }

    private static void place(ByteBuffer window, int slot, MosaicPlan.Tile tile, Rect region, Pixels output) {
        SubblockInfo info = tile.subblock();
        int samples = output.type().samplesPerPixel();
        int pixelBytes = output.type().bytesPerPixel();
        for (Rect part : tile.visibleParts()) {
            int column = region.x() + part.x() - info.logical().x();
            for (int y = part.y(); y < part.bottom(); y++) {
                int row = region.y() + y - info.logical().y();
                int from = slot + (row * info.storedWidth() + column) * pixelBytes;
                ByteBuffer line = window.slice(from, part.width() * pixelBytes).order(ByteOrder.LITTLE_ENDIAN);
                int element = (y * output.width() + part.x()) * samples;
                int count = part.width() * samples;
                switch (output.type().sample()) {
                    case UINT8 -> line.get(output.bytes(), element, count);
                    case UINT16 -> line.asShortBuffer().get(output.shorts(), element, count);
                    case INT32 -> line.asIntBuffer().get(output.ints(), element, count);
                    case FLOAT32 -> line.asFloatBuffer().get(output.floats(), element, count);
                    case FLOAT64 -> line.asDoubleBuffer().get(output.doubles(), element, count);
                }
            }
        }
    }

    @Override
    public void release() throws CziException {
        if (reader != null) {
            reader.close();
            reader = null;
        }
        try {
            askAll("release", "released");
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public double startUpSeconds() {
        return startUpSeconds;
    }

    @Override
    public long workerCpuNanos() {
        return workers.stream()
                .map(worker -> worker.handle().info().totalCpuDuration().orElse(Duration.ZERO))
                .mapToLong(Duration::toNanos)
                .sum();
    }

    @Override
    public long workerResidentPeakBytes() {
        return workers.stream()
                .mapToLong(worker -> MemoryWatch.residentPeak(
                        Path.of("/proc", Long.toString(worker.handle().pid()), "status")))
                .sum();
    }

    /** The processes, for tests. */
    List<ProcessHandle> processes() {
        return workers.stream().map(ChildJvm::handle).toList();
    }

    @Override
    public void close() throws CziException {
        if (threads != null) {
            threads.shutdownNow();
            threads = null;
        }
        workers.forEach(ChildJvm::close);
        workers.clear();
        windows.clear();
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }
}
