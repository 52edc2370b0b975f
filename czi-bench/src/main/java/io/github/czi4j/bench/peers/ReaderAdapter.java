package io.github.czi4j.bench.peers;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.sun.management.OperatingSystemMXBean;
import io.github.czi4j.CziReader;
import io.github.czi4j.Mosaic;
import io.github.czi4j.MosaicRequest;
import io.github.czi4j.bench.measure.OutputHash;
import io.github.czi4j.model.Coordinate;
import io.github.czi4j.model.Dimension;
import io.github.czi4j.model.Parallelism;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** This reader as one among others, in a JVM of its own. */
public final class ReaderAdapter {
    private final OutputHash hash = new OutputHash();
    private Path file;
    private CziReader reader;

    private ReaderAdapter() {}

    /**
     * Answers until standard input ends.
     *
     * @param args none
     * @throws IOException if standard input cannot be read
     */
    public static void main(String[] args) throws IOException {
        ReaderAdapter adapter = new ReaderAdapter();
        LineProtocol.serve("czi4j", adapter::handle);
        if (adapter.reader != null) {
            adapter.reader.close();
        }
    }

    private boolean handle(String what, JsonObject request, JsonObject answer)
            throws IOException, InterruptedException {
        switch (what) {
            case "open" -> {
                long begun = System.nanoTime();
                file = Path.of(request.get("file").getAsString());
                reader = CziReader.open(file);
                answer.addProperty("seconds", (System.nanoTime() - begun) / 1e9);
            }
            case "read" -> read(request, answer);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void read(JsonObject request, JsonObject answer) throws IOException, InterruptedException {
        List<MosaicRequest> requests = requests(request);
        // Tiles that were kept for neighbouring regions must not serve the next pass over the same ones.
        reader.close();
        reader = CziReader.open(file);
        int threads = request.has("threads") ? request.get("threads").getAsInt() : 1;
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        List<Mosaic> mosaics = new ArrayList<>();
        JsonArray regionSeconds = new JsonArray();
        long cpu = system.getProcessCpuTime();
        long begun = System.nanoTime();
        if (threads == 1 || requests.size() == 1) {
            for (MosaicRequest one : requests) {
                long started = System.nanoTime();
                mosaics.add(reader.readMosaic(one.parallelism(Parallelism.threads(threads))));
                regionSeconds.add((System.nanoTime() - started) / 1e9);
            }
        } else {
            readAtOnce(requests, threads, mosaics);
        }
        answer.addProperty("seconds", (System.nanoTime() - begun) / 1e9);
        answer.addProperty("cpuSeconds", (system.getProcessCpuTime() - cpu) / 1e9);
        answer.add("regionSeconds", regionSeconds);
        JsonArray hashes = new JsonArray();
        mosaics.forEach(mosaic -> hashes.add(hash.of(mosaic.pixels())));
        answer.add("hashes", hashes);
    }

    private void readAtOnce(List<MosaicRequest> requests, int threads, List<Mosaic> mosaics)
            throws IOException, InterruptedException {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Mosaic>> pending = new ArrayList<>();
            for (MosaicRequest one : requests) {
                pending.add(executor.submit(() -> reader.readMosaic(one.parallelism(Parallelism.sequential()))));
            }
            for (Future<Mosaic> mosaic : pending) {
                mosaics.add(mosaic.get());
            }
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } finally {
            executor.shutdownNow();
        }
    }

    private static List<MosaicRequest> requests(JsonObject request) {
        Coordinate plane = Coordinate.EMPTY;
        for (String dimension : request.getAsJsonObject("plane").keySet()) {
            plane = plane.with(
                    Dimension.valueOf(dimension),
                    request.getAsJsonObject("plane").get(dimension).getAsInt());
        }
        List<MosaicRequest> requests = new ArrayList<>();
        for (JsonElement region : request.getAsJsonArray("regions")) {
            JsonArray sides = region.getAsJsonArray();
            MosaicRequest one = MosaicRequest.region(
                            sides.get(0).getAsInt(),
                            sides.get(1).getAsInt(),
                            sides.get(2).getAsInt(),
                            sides.get(3).getAsInt())
                    .plane(plane);
            boolean hasScene = request.has("scene") && !request.get("scene").isJsonNull();
            requests.add(hasScene ? one.scene(request.get("scene").getAsInt()) : one);
        }
        return requests;
    }
}
