package io.github.czi4j.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/** A server of one file that knows ranges, and can be told to misbehave. Notes what it was asked for. */
public final class RangeServer implements AutoCloseable {
    /** Answers in place of the server. */
    @FunctionalInterface
    public interface Fault {
        /**
         * Answers a request, or leaves it to the server.
         *
         * @param number of the request, from 0
         * @return whether it was answered
         */
        boolean answer(HttpExchange exchange, int number) throws IOException;
    }

    static {
        // Otherwise each answer waits for 40 ms between its head and its body.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final String scheme;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger count = new AtomicInteger();
    private final List<String> ranges = new CopyOnWriteArrayList<>();
    private volatile byte[] contents;
    private volatile String etag = "\"1\"";
    private volatile long latencyMillis;
    private volatile Fault fault = (exchange, number) -> false;
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();

    /** Serves these bytes under any path. */
    public RangeServer(byte[] contents) throws IOException {
        this(contents, null);
    }

    /** Serves these bytes under any path, by https if there is a context for it. */
    public RangeServer(byte[] contents, SSLContext tls) throws IOException {
        this.contents = contents;
        this.scheme = tls == null ? "http" : "https";
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        if (tls == null) {
            this.server = HttpServer.create(address, 100);
        } else {
            HttpsServer secure = HttpsServer.create(address, 100);
            secure.setHttpsConfigurator(new HttpsConfigurator(tls));
            this.server = secure;
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Lets each answer wait. */
    public RangeServer latency(long millis) {
        latencyMillis = millis;
        return this;
    }

    /** Lets some requests fail. */
    public RangeServer fault(Fault value) {
        fault = value;
        return this;
    }

    /** Puts another file in place. */
    public void replace(byte[] bytes, String tag) {
        contents = bytes;
        etag = tag;
    }

    /** An address of the file. */
    public URI uri(String path) {
        return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    /** The ranges asked for, as FIRST-LAST, in the order of the requests. */
    public List<String> ranges() {
        return ranges;
    }

    /** Number of requests. */
    public int requests() {
        return count.get();
    }

    /** The most requests that waited for an answer together. */
    public int mostAtOnce() {
        return mostAtOnce.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        int number = count.getAndIncrement();
        mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        try (exchange) {
            String range = exchange.getRequestHeaders().getFirst("Range");
            ranges.add(range == null ? "whole" : range.substring("bytes=".length()));
            Thread.sleep(latencyMillis);
            // Before the answer: whoever has it may be quick to send the next request.
            atOnce.decrementAndGet();
            if (!exchange.getRequestMethod().equals("GET")) {
                exchange.sendResponseHeaders(405, -1);
            } else if (!fault.answer(exchange, number)) {
                serve(exchange);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Answers as it should be done. */
    public void serve(HttpExchange exchange) throws IOException {
        byte[] bytes = contents;
        long[] range = range(exchange);
        String wanted = exchange.getRequestHeaders().getFirst("If-Match");
        if (wanted != null && !wanted.equals(etag)) {
            exchange.sendResponseHeaders(412, -1);
        } else if (range[0] >= bytes.length) {
            exchange.getResponseHeaders().set("Content-Range", "bytes */" + bytes.length);
            exchange.sendResponseHeaders(416, -1);
        } else {
            int length = (int) (Math.min(range[1], bytes.length - 1) - range[0] + 1);
            head(exchange, range[0], length, bytes.length);
            exchange.sendResponseHeaders(206, length);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(bytes, (int) range[0], length);
            }
        }
    }

    /** First and last byte that are asked for. */
    public static long[] range(HttpExchange exchange) {
        String[] ends = exchange.getRequestHeaders()
                .getFirst("Range")
                .substring("bytes=".length())
                .split("-");
        return new long[] {Long.parseLong(ends[0]), Long.parseLong(ends[1])};
    }

    /** Sets the headers of a partial answer. */
    public void head(HttpExchange exchange, long first, int length, long size) {
        if (etag != null) {
            exchange.getResponseHeaders().set("ETag", etag);
        }
        exchange.getResponseHeaders().set("Content-Range", "bytes " + first + "-" + (first + length - 1) + "/" + size);
    }

    /** Sends only the first bytes of what is asked for, and breaks the connection. */
    public void serveCutOff(HttpExchange exchange, int sent) throws IOException {
        long[] range = range(exchange);
        int length = (int) (Math.min(range[1], contents.length - 1) - range[0] + 1);
        head(exchange, range[0], length, contents.length);
        exchange.sendResponseHeaders(206, length);
        exchange.getResponseBody().write(contents, (int) range[0], Math.min(sent, length));
        exchange.getResponseBody().flush();
        // Closing the exchange before all is sent closes the connection.
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
