package io.github.czi4j.bench.jmh;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.czi4j.CziOptions;
import io.github.czi4j.CziReader;
import io.github.czi4j.CziWriter;
import io.github.czi4j.Mosaic;
import io.github.czi4j.MosaicRequest;
import io.github.czi4j.NewSubblock;
import io.github.czi4j.io.ByteSource;
import io.github.czi4j.io.HttpByteSource;
import io.github.czi4j.io.HttpOptions;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.Coordinate;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Rect;
import io.github.czi4j.model.TransferStatistics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What reading ahead gains: a mosaic of 100 tiles from a server in this process that lets each request wait for 20 ms, with
 * and without it. Run with {@code java -cp czi-jmh.jar io.github.czi4j.bench.jmh.RemoteMosaic [MILLISECONDS]}.
 */
public final class RemoteMosaic {
    private static final int SIDE = 10;
    private static final int TILE = 512;
    private static final int ROUNDS = 5;

    private RemoteMosaic() {}

    /**
     * Prints requests, bytes and time of both ways.
     *
     * @param arguments how long each request waits, in milliseconds; 20 if left out
     */
    public static void main(String[] arguments) throws Exception {
        // Otherwise the server waits for 40 ms more between the head and the body of an answer.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        long latency = arguments.length == 0 ? 20 : Long.parseLong(arguments[0]);
        Path file = Files.createTempFile("czi-remote-", ".czi");
        ExecutorService threads = Executors.newCachedThreadPool();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        try {
            write(file);
            byte[] contents = Files.readAllBytes(file);
            server.setExecutor(threads);
            server.createContext("/", exchange -> answer(exchange, contents, latency));
            server.start();
            URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/slide.czi");
            compare(uri, file);
        } finally {
            server.stop(0);
            threads.shutdownNow();
            Files.delete(file);
        }
    }

    private static void compare(URI uri, Path file) throws IOException {
        MosaicRequest request = MosaicRequest.wholeImage().channel(0);
        short[] expected;
        try (CziReader local = CziReader.open(file)) {
            expected = local.readMosaic(request).shorts();
        }
        double[] seconds = new double[2];
        for (int way = 0; way < 2; way++) {
            seconds[way] = Double.MAX_VALUE;
            for (int round = 0; round < ROUNDS; round++) {
                try (HttpByteSource source = HttpByteSource.open(uri, HttpOptions.defaults());
                        CziReader reader = CziReader.open(
                                way == 0 ? source : new WithoutPrefetch(source), CziOptions.defaults())) {
                    TransferStatistics opening = source.transferStatistics().orElseThrow();
                    long begun = System.nanoTime();
                    Mosaic mosaic = reader.readMosaic(request);
                    double took = (System.nanoTime() - begun) / 1e9;
                    if (!Arrays.equals(expected, mosaic.shorts())) {
                        throw new IllegalStateException("the pixels differ from those of the file");
                    }
                    TransferStatistics after = source.transferStatistics().orElseThrow();
                    seconds[way] = Math.min(seconds[way], took);
                    if (round == ROUNDS - 1) {
                        System.out.printf(
                                Locale.ROOT,
                                "%s: opened by %d requests; mosaic by %d requests, %.1f MB, best of %d rounds %.0f ms%n",
                                way == 0 ? "with reading ahead   " : "without reading ahead",
                                opening.requests(),
                                after.requests() - opening.requests(),
                                (after.bytes() - opening.bytes()) / 1e6,
                                ROUNDS,
                                1e3 * seconds[way]);
                    }
                }
            }
        }
        System.out.printf(Locale.ROOT, "ratio of times %.1f%n", seconds[1] / seconds[0]);
    }

    private static void answer(HttpExchange exchange, byte[] contents, long latency) throws IOException {
        try (exchange) {
            Thread.sleep(latency);
            String[] range = exchange.getRequestHeaders()
                    .getFirst("Range")
                    .substring("bytes=".length())
                    .split("-");
            int first = Integer.parseInt(range[0]);
            int end = (int) Math.min(contents.length, Long.parseLong(range[1]) + 1);
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + first + "-" + (end - 1) + "/" + contents.length);
            exchange.sendResponseHeaders(206, end - first);
            exchange.getResponseBody().write(contents, first, end - first);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void write(Path file) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        try (CziWriter writer = CziWriter.create(file)) {
            byte[] pixels = new byte[TILE * TILE * 2];
            for (int m = 0; m < SIDE * SIDE; m++) {
                for (int i = 0; i < pixels.length; i += 2) {
                    pixels[i] = (byte) random.nextInt();
                }
                writer.add(
                        NewSubblock.of(new Rect(m % SIDE * TILE, m / SIDE * TILE, TILE, TILE), PixelType.GRAY16)
                                .at(Coordinate.parse("C0"))
                                .m(m)
                                .compressed(Compression.ZSTD1),
                        pixels);
            }
            writer.finish();
        }
    }

    /** The same source with its offer to fetch ahead left out. */
    private record WithoutPrefetch(ByteSource source) implements ByteSource {
        @Override
        public String name() {
            return source.name();
        }

        @Override
        public long size() {
            return source.size();
        }

        @Override
        public void read(long position, byte[] target, int offset, int length) throws CziException {
            source.read(position, target, offset, length);
        }

        @Override
        public ByteBuffer slice(long position, int length) throws CziException {
            return source.slice(position, length);
        }

        @Override
        public boolean isMapped() {
            return false;
        }

        @Override
        public Optional<TransferStatistics> transferStatistics() {
            return source.transferStatistics();
        }

        @Override
        public void close() {
            // Closed with the source.
        }
    }
}
