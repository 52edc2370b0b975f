package io.github.czi4j.bench.versus;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.github.czi4j.CziOptions;
import io.github.czi4j.CziReader;
import io.github.czi4j.MosaicPlan;
import io.github.czi4j.MosaicRequest;
import io.github.czi4j.bench.measure.OutputHash;
import io.github.czi4j.bench.peers.LineProtocol;
import io.github.czi4j.model.Parallelism;
import io.github.czi4j.model.PixelAllocator;
import io.github.czi4j.model.Pixels;
import io.github.czi4j.model.Rect;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** This reader's side, in a JVM of its own: the verbs of {@code versus_libczi.py}, and what the machine can do. */
final class VersusAdapter {
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    private final OutputHash hash = new OutputHash();
    private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final ExecutorService executor = Executors.newFixedThreadPool(PROCESSORS, task -> {
        Thread thread = new Thread(task, "versus");
        thread.setDaemon(true);
        return thread;
    });
    private final MachineLoops loops = new MachineLoops(executor);
    private CziReader reader;
    /** Takes one mosaic after the other where that is wanted. */
    private Pixels destination;

    /** Gives each thread the array of its tile before. */
    private final ThreadLocal<PixelAllocator> ofThread = ThreadLocal.withInitial(PixelAllocator::reusing);

    private boolean isSingle;
    /** What was read last, so that no compiler drops the reading. */
    private volatile Object sink;

    private VersusAdapter() {}

    /**
     * Answers until standard input ends.
     *
     * @param arguments none
     * @throws IOException if standard input cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        VersusAdapter adapter = new VersusAdapter();
        LineProtocol.serve("czi4j", adapter::handle);
        adapter.close();
    }

    private void close() throws IOException {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }

    private boolean handle(String what, JsonObject request, JsonObject answer)
            throws IOException, InterruptedException {
        switch (what) {
            case "open" -> {
                close();
                long begun = System.nanoTime();
                reader = open(request);
                answer.addProperty("seconds", (System.nanoTime() - begun) / 1e9);
            }
            case "work" -> work(request, answer);
            case "directory" -> directory(request, answer);
            case "allocation" -> allocation(request, answer);
            case "copy" ->
                answer.addProperty(
                        "seconds",
                        loops.copySeconds(
                                request.get("bytes").getAsLong(),
                                request.get("threads").getAsInt()));
            case "spin" ->
                answer.addProperty(
                        "seconds", loops.spinSeconds(request.get("threads").getAsInt()));
            default -> {
                return false;
            }
        }
        return true;
    }

    private CziReader open(JsonObject request) throws IOException {
        isSingle = request.get("isSingle").getAsBoolean();
        long cacheBytes = request.get("cacheBytes").getAsLong();
        CziOptions options = CziOptions.defaults();
        options = cacheBytes > 0 ? options.tileCache(cacheBytes) : options;
        return CziReader.open(
                Path.of(request.get("file").getAsString()),
                isSingle ? options.parallelism(Parallelism.sequential()) : options);
    }

    private static Work.Sharing sharing(JsonObject request) {
        return Work.Sharing.valueOf(request.get("sharing").getAsString());
    }

    /** The array of the caller's, made when it is wanted for the first time. */
    private Pixels destination(MosaicRequest request) throws IOException {
        MosaicPlan plan = reader.plan(request);
        if (destination == null
                || destination.width() != plan.width()
                || destination.height() != plan.height()
                || destination.type() != plan.pixelType()) {
            destination = Pixels.allocate(plan.width(), plan.height(), plan.pixelType());
        }
        return destination;
    }

    private List<Callable<Pixels>> tasks(JsonObject request) throws IOException {
        Work.Sharing sharing = sharing(request);
        boolean byTile = request.get("byTile").getAsBoolean();
        double zoom = request.get("zoom").getAsDouble();
        List<Callable<Pixels>> tasks = new ArrayList<>();
        for (Work.Read read : Work.reads(request)) {
            MosaicRequest mosaic =
                    MosaicRequest.region(read.region()).plane(read.plane()).zoom(zoom);
            if (byTile && sharing == Work.Sharing.THREADS_AND_ARRAYS) {
                tasks.add(() ->
                        reader.subblock(read.subblock()).read(ofThread.get()).pixels());
            } else if (byTile) {
                tasks.add(() -> reader.subblock(read.subblock()).read().pixels());
            } else if (sharing == Work.Sharing.ARRAY) {
                Pixels array = destination(mosaic);
                tasks.add(() -> reader.readMosaic(mosaic, array).pixels());
            } else {
                tasks.add(() -> reader.readMosaic(mosaic).pixels());
            }
        }
        return tasks;
    }

    private void work(JsonObject request, JsonObject answer) throws IOException, InterruptedException {
        List<Callable<Pixels>> tasks = tasks(request);
        boolean isShared = sharing(request).isForThreads() && !isSingle;
        boolean withHashes = request.get("hash").getAsBoolean();
        JsonArray hashes = new JsonArray();
        long cpu = system.getProcessCpuTime();
        long begun = System.nanoTime();
        if (isShared && !withHashes) {
            List<Callable<Object>> shared = new ArrayList<>();
            for (Callable<Pixels> task : tasks) {
                shared.add(() -> {
                    sink = task.call();
                    return null;
                });
            }
            for (Future<Object> done : executor.invokeAll(shared)) {
                finish(done);
            }
        } else {
            for (Callable<Pixels> task : tasks) {
                Pixels pixels = call(task);
                sink = pixels;
                if (withHashes) {
                    hashes.add(hash.of(pixels));
                }
            }
        }
        answer.addProperty("seconds", (System.nanoTime() - begun) / 1e9);
        answer.addProperty("cpuSeconds", (system.getProcessCpuTime() - cpu) / 1e9);
        answer.add("hashes", hashes);
        // The next pass has no right to find the room taken.
        sink = null;
    }

    private static <T> T call(Callable<T> task) throws IOException {
        try {
            return task.call();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private static void finish(Future<?> done) throws IOException, InterruptedException {
        try {
            done.get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    private void directory(JsonObject request, JsonObject answer) throws IOException {
        long cpu = system.getProcessCpuTime();
        long begun = System.nanoTime();
        Rect image;
        try (CziReader opened = open(request)) {
            image = opened.bounds().image();
        }
        answer.addProperty("seconds", (System.nanoTime() - begun) / 1e9);
        answer.addProperty("cpuSeconds", (system.getProcessCpuTime() - cpu) / 1e9);
        JsonArray hashes = new JsonArray();
        hashes.add(image.x() + "," + image.y() + " " + image.width() + "x" + image.height());
        answer.add("hashes", hashes);
    }

    /** Heap that a pass of one thread takes for each tile beside the pixels that it delivers. */
    private void allocation(JsonObject request, JsonObject answer) throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        List<Callable<Pixels>> tasks = tasks(request);
        long delivered = 0;
        long before = threads.getCurrentThreadAllocatedBytes();
        for (Callable<Pixels> task : tasks) {
            Pixels pixels = call(task);
            delivered += (long) pixels.width() * pixels.height() * pixels.type().bytesPerPixel();
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        int tiles = request.get("byTile").getAsBoolean() ? tasks.size() : reader.subblockCount();
        answer.addProperty("bytesPerTile", (double) (allocated - delivered) / tiles);
    }
}
