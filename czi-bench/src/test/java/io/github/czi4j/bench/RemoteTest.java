package io.github.czi4j.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.sample.SampleRecipe;
import io.github.czi4j.sample.SampleWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files behind an address: measured like others, without what only files of this machine have. */
class RemoteTest {
    private static final String TOKEN = "Bearer s3cret";

    @TempDir
    Path folder;

    private byte[] contents;
    private HttpServer server;
    private ExecutorService threads;
    private final AtomicInteger denied = new AtomicInteger();

    @BeforeEach
    void serve() throws IOException {
        Path file = folder.resolve("grid.czi");
        SampleRecipe recipe = SampleRecipe.defaults()
                .grid(5, 4)
                .tile(64, 64, 10)
                .dimensions(1, 1, 1, 1)
                .pixels(PixelType.GRAY16, Compression.ZSTD1);
        SampleWriter.write(file, recipe, 1, (done, total) -> {});
        contents = Files.readAllBytes(file);
        Files.delete(file);
        threads = Executors.newCachedThreadPool();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!TOKEN.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                denied.incrementAndGet();
                exchange.sendResponseHeaders(403, -1);
                return;
            }
            String[] range = exchange.getRequestHeaders()
                    .getFirst("Range")
                    .replace("bytes=", "")
                    .split("-");
            int from = Integer.parseInt(range[0]);
            int to = Math.min(contents.length - 1, Integer.parseInt(range[1]));
            exchange.getResponseHeaders().add("ETag", "\"1\"");
            exchange.getResponseHeaders().add("Content-Range", "bytes " + from + "-" + to + "/" + contents.length);
            exchange.sendResponseHeaders(206, to - from + 1);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(contents, from, to - from + 1);
            }
        }
    }

    private String host() {
        return "localhost:" + server.getAddress().getPort();
    }

    private String name() {
        return "http://" + host() + "/grid.czi";
    }

    private ProfilerRun run(String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                command, "http://" + host() + "/grid.czi?signature=c0ncealed", "--header", "Authorization: " + TOKEN));
        arguments.addAll(List.of(more));
        return ProfilerRun.of(arguments.toArray(String[]::new));
    }

    private static JsonObject read(Path file) throws IOException {
        String text = Files.readString(file);
        assertFalse(text.contains("c0ncealed") || text.contains("s3cret"), text);
        return JsonParser.parseString(text).getAsJsonObject();
    }

    private void assertStorage(JsonObject json) {
        JsonObject file = json.getAsJsonObject("file");
        assertEquals(name(), file.get("name").getAsString());
        assertEquals(contents.length, file.get("bytes").getAsLong());
        JsonObject storage = file.getAsJsonObject("storage");
        assertEquals("http", storage.get("fileSystem").getAsString());
        assertTrue(storage.get("isRemote").getAsBoolean());
        assertTrue(storage.get("residentShare").isJsonNull());
        assertEquals(
                "not applicable",
                json.getAsJsonObject("method").get("pageCache").getAsString());
        assertTrue(json.getAsJsonObject("ceilings").getAsJsonArray("storage").isEmpty());
    }

    @Test
    void aProfile() throws IOException {
        Path output = folder.resolve("p.json");
        Path html = folder.resolve("p.html");
        ProfilerRun run = run("profile", "--warm-up=0", "--price", "--output=" + output, "--html=" + html);
        assertEquals("note: --price is left out, it needs a file on this machine\n", run.err());
        assertEquals(0, run.status());
        assertTrue(run.out().contains("not applicable"), run.out());
        assertFalse(run.out().contains("c0ncealed"), run.out());
        assertEquals(0, denied.get());
        JsonObject json = read(output);
        assertStorage(json);
        assertEquals("http", json.getAsJsonObject("request").get("io").getAsString());
        assertEquals(20, json.getAsJsonObject("tiles").get("count").getAsInt());
        assertTrue(json.getAsJsonObject("ceilings").getAsJsonArray("decode").size() > 0);
        assertTrue(json.getAsJsonArray("command").toString().contains("Authorization: …"));
        assertFalse(Files.readString(html).contains("c0ncealed"));
    }

    @Test
    void aBenchmarkAlsoInFreshJvms() throws IOException {
        for (String fork : List.of("--no-fork", "--fork")) {
            Path output = folder.resolve("b.json");
            ProfilerRun run = run(
                    "benchmark",
                    "--strategies=sequential,threads,pipeline,processes",
                    "--threads=2",
                    "--batch=4",
                    "--repetitions=3",
                    "--warm-up=0",
                    fork,
                    "--output=" + output);
            assertEquals("", run.err());
            assertEquals(0, run.status());
            JsonObject json = read(output);
            assertStorage(json);
            Set<String> names = new TreeSet<>();
            for (JsonElement one : json.getAsJsonArray("configurations")) {
                JsonObject configuration = one.getAsJsonObject();
                names.add(configuration.get("name").getAsString());
                assertEquals("http", configuration.get("io").getAsString());
                assertEquals("not applicable", configuration.get("pageCache").getAsString());
            }
            assertEquals(Set.of("sequential", "2 threads × 4"), names);
            assertEquals(2, json.getAsJsonArray("skipped").size());
            assertTrue(json.get("isConsistent").getAsBoolean());
        }
    }

    @Test
    void aQuickTest() throws IOException {
        Path output = folder.resolve("q.json");
        ProfilerRun run = run("quick-test", "--max-tiles=4", "--output=" + output);
        assertEquals("", run.err());
        assertEquals(0, run.status());
        assertEquals(name(), read(output).getAsJsonObject("file").get("name").getAsString());
        assertTrue(run.out().contains("the network as it was"), run.out());
    }

    @Test
    void whatAnAddressCannotHaveIsRefused() {
        for (List<String> wish : List.of(
                List.of("benchmark", "--cold"),
                List.of("benchmark", "--io=mapped"),
                List.of("benchmark", "--peers"),
                List.of("profile", "--io=channel"),
                List.of("profile", "--header=nonsense"))) {
            ProfilerRun run = run(wish.get(0), wish.get(1));
            assertEquals(2, run.status(), wish.toString());
            assertEquals(1, run.err().lines().count(), run.err());
            assertFalse(run.err().contains("c0ncealed") || run.err().contains("s3cret"), run.err());
        }
        ProfilerRun denied = ProfilerRun.of("profile", "http://" + host() + "/grid.czi?signature=c0ncealed");
        assertEquals(2, denied.status());
        assertTrue(denied.err().contains(name()) && !denied.err().contains("c0ncealed"), denied.err());
        assertEquals(
                2, ProfilerRun.of("benchmark", "http://bad address/?c0ncealed").status());
    }
}
