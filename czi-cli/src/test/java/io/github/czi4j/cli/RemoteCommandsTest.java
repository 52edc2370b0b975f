package io.github.czi4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.czi4j.model.PixelType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands on files behind a server, and on files in several parts. */
class RemoteCommandsTest {
    @TempDir
    private Path folder;

    private HttpServer server;
    private byte[] contents;
    private Path local;
    private String url;

    @BeforeEach
    void serve() throws IOException {
        local = Run.file(folder.resolve("a.czi"), PixelType.GRAY8, new byte[] {1, 2, 3, 4, 5, 6}, 3, 2, "<a/>");
        contents = Files.readAllBytes(local);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        url = "http://127.0.0.1:" + server.getAddress().getPort() + "/data/a.czi?sig=s3cret";
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String wanted = exchange.getRequestHeaders().getFirst("X-Key");
            if (!"open sesame".equals(wanted)
                    || !"sig=s3cret".equals(exchange.getRequestURI().getRawQuery())) {
                exchange.sendResponseHeaders(403, -1);
                return;
            }
            String[] range =
                    exchange.getRequestHeaders().getFirst("Range").substring(6).split("-");
            int first = Integer.parseInt(range[0]);
            int end = (int) Math.min(contents.length, Long.parseLong(range[1]) + 1);
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + first + "-" + (end - 1) + "/" + contents.length);
            exchange.sendResponseHeaders(206, end - first);
            exchange.getResponseBody().write(contents, first, end - first);
        }
    }

    private Run run(Object... arguments) {
        Object[] all = new Object[arguments.length + 2];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--header";
        all[arguments.length + 1] = "X-Key: open sesame";
        Run run = Run.czi(all);
        assertFalse((run.out() + run.err()).contains("s3cret"), run.toString());
        return run;
    }

    @Test
    void infoTellsOfTheFileAndOfTheRequests() {
        Run info = run("info", url, "--stats");
        assertEquals(0, info.status(), info.err());
        assertTrue(
                info.out().contains("http://127.0.0.1:" + server.getAddress().getPort() + "/data/a.czi, "), info.out());
        assertTrue(info.out().contains("3 × 2 px"), info.out());
        assertTrue(info.err().contains("1 requests, "), info.err());
        assertTrue(run("info", "--json", url).out().contains("\"file\":\"a.czi\""));
    }

    @Test
    void aPictureIsThatOfTheLocalFile() throws IOException {
        Path far = folder.resolve("far.tif");
        Path near = folder.resolve("near.tif");
        Run read = run("read", url, "--out", far, "--stats");
        assertEquals(0, read.status(), read.err());
        assertTrue(read.err().contains("0 retries"), read.err());
        assertEquals(0, Run.czi("read", local, "--out", near).status());
        assertArrayEquals(Files.readAllBytes(near), Files.readAllBytes(far));
        Path raw = folder.resolve("far.raw");
        assertEquals(0, run("read", url, "--out", raw).status());
        assertArrayEquals(new byte[] {1, 2, 3, 4, 5, 6}, Files.readAllBytes(raw));
    }

    @Test
    void everyCommandTakesAnAddress() throws IOException {
        assertEquals(
                Run.czi("digest", "--json", local).out(),
                run("digest", "--json", url).out());
        assertEquals(
                Run.czi("tiles", "--csv", local).out(),
                run("tiles", "--csv", url).out());
        assertEquals(Run.czi("metadata", local).out(), run("metadata", url).out());
        assertEquals(0, run("attachments", url).status());
        assertEquals(0, run("verify", "--deep", url).status());
        Run explain = run("explain", url, "--analyze", "--json");
        assertTrue(explain.out().contains("\"transfer\":{\"requests\":1,"), explain.out());
        Path copy = folder.resolve("copy.czi");
        Run convert = run("convert", url, copy, "--compression", "zstd1", "--json");
        assertEquals(0, convert.status(), convert.err());
        assertTrue(convert.out().contains("/data/a.czi\""), convert.out());
        assertEquals(0, run("rescue", url, folder.resolve("rescued.czi")).status());
    }

    @Test
    void whatGoesWrongIsToldWithoutSecrets() {
        Run refused = Run.czi("info", url);
        assertEquals(2, refused.status());
        assertTrue(refused.err().contains("access refused (status 403)"), refused.err());
        assertFalse(refused.err().contains("s3cret"), refused.err());
        Run invalid = run("info", url + " x");
        assertEquals(2, invalid.status());
        assertTrue(invalid.err().contains("is not valid"), invalid.err());
        assertEquals(2, Run.czi("info", url, "--header", "nonsense").status());
    }

    @Test
    void theFilesOfASetAreShown() throws IOException {
        byte[] part = contents.clone();
        ByteBuffer.wrap(part).order(ByteOrder.LITTLE_ENDIAN).putInt(80, 1);
        Files.write(folder.resolve("a(1).czi"), part);
        Run info = Run.czi("info", local);
        assertEquals(0, info.status(), info.err());
        assertTrue(info.out().contains("Parts         1  a(1).czi, "), info.out());
        Run json = Run.czi("info", "--json", local);
        assertTrue(json.out().contains("\"parts\":[{\"filePart\":0,"), json.out());
    }
}
