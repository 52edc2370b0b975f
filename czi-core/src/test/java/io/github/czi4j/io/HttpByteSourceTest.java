package io.github.czi4j.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.TransferStatistics;
import io.github.czi4j.testing.RangeServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class HttpByteSourceTest {
    private static final int BLOCK = 4096;
    private static final byte[] CONTENTS = contents(1_000_001);

    private static final HttpOptions SMALL_BLOCKS = HttpOptions.defaults().blockBytes(BLOCK);

    private static byte[] contents(int size) {
        byte[] bytes = new byte[size];
        new SplittableRandom(5).nextBytes(bytes);
        return bytes;
    }

    private static byte[] read(ByteSource source, long position, int length) throws CziException {
        byte[] target = new byte[length];
        source.read(position, target, 0, length);
        return target;
    }

    private static byte[] expected(int position, int length) {
        return Arrays.copyOfRange(CONTENTS, position, position + length);
    }

    private static TransferStatistics statistics(ByteSource source) {
        return source.transferStatistics().orElseThrow();
    }

    @Test
    void smallReadsComeInBlocksAndLargeOnesByThemselves() throws IOException {
        try (RangeServer server = new RangeServer(CONTENTS);
                ByteSource source = HttpByteSource.open(server.uri("/a/b.czi"), SMALL_BLOCKS)) {
            assertEquals(CONTENTS.length, source.size());
            assertEquals(server.uri("/a/b.czi").toString(), source.name());
            assertArrayEquals(expected(100, 50), read(source, 100, 50));
            assertArrayEquals(expected(8000, 500), read(source, 8000, 500));
            assertArrayEquals(expected(8400, 50), read(source, 8400, 50));
            assertArrayEquals(expected(4090, 100_000), read(source, 4090, 100_000));
            assertArrayEquals(expected(1_000_000, 1), read(source, 1_000_000, 1));
            // The large read takes what is in blocks already; the last block is as short as the file.
            assertEquals(
                    List.of("0-4095", "4096-8191", "8192-12287", "12288-104089", "999424-1000000"), server.ranges());
            TransferStatistics statistics = statistics(source);
            assertEquals(5, statistics.requests());
            assertEquals(3 * 4096 + 91_802 + 577, statistics.bytes());
            assertEquals(0, statistics.retries());
            assertEquals(2, statistics.hits());
            assertThrows(CziException.class, () -> read(source, 1_000_000, 2));
        }
    }

    @Test
    void announcedNeighboursAreFetchedTogetherAndOnce() throws IOException {
        try (RangeServer server = new RangeServer(CONTENTS);
                ByteSource source = HttpByteSource.open(server.uri("/"), SMALL_BLOCKS.gapBytes(1000))) {
            // In an order of reading that is not that of the file; the fourth is too far away, the last one ends
            // outside.
            long[] positions = {300_000, 200_000, 250_500, 500_000, 999_000};
            long[] lengths = {10_000, 50_000, 49_000, 1_000, 5_000};
            try (Prefetch ahead = source.prefetch(positions, lengths)) {
                for (int i = 0; i < positions.length; i++) {
                    int length = (int) Math.min(lengths[i], CONTENTS.length - positions[i]);
                    assertArrayEquals(expected((int) positions[i], length), read(ahead.source(), positions[i], length));
                    ahead.done(i);
                }
                assertEquals(0, statistics(source).bufferedBytes());
            }
            assertEquals(
                    List.of("200000-309999", "500000-500999", "999000-1000000"),
                    server.ranges().stream().skip(1).sorted().toList());
            assertEquals(BLOCK + 110_000 + 1000 + 1001, statistics(source).bytes());
            // What goes beyond an estimate is fetched for itself.
            try (Prefetch ahead = source.prefetch(new long[] {600_000}, new long[] {10_000})) {
                assertArrayEquals(expected(600_000, 20_000), read(ahead.source(), 600_000, 20_000));
                ahead.done(0);
            }
            assertEquals(
                    BLOCK + 110_000 + 1000 + 1001 + 20_000, statistics(source).bytes());
        }
    }

    @Test
    void readingAheadStaysWithinItsMemoryAndItsRequests() throws IOException {
        byte[] large = contents(8 << 20);
        HttpOptions options =
                SMALL_BLOCKS.bufferBytes(1 << 20).requestsInFlight(3).gapBytes(0);
        try (RangeServer server = new RangeServer(large).latency(2);
                ByteSource source = HttpByteSource.open(server.uri("/"), options)) {
            int count = 64;
            long[] positions = new long[count];
            long[] lengths = new long[count];
            for (int i = 0; i < count; i++) {
                positions[i] = 100_000L * i;
                lengths[i] = 90_000;
            }
            try (Prefetch ahead = source.prefetch(positions, lengths)) {
                for (int i = 0; i < count; i++) {
                    byte[] wanted = Arrays.copyOfRange(large, 100_000 * i, 100_000 * i + 90_000);
                    assertArrayEquals(wanted, read(ahead.source(), positions[i], 90_000));
                    ahead.done(i);
                }
            }
            assertEquals(1 + count, server.requests());
            assertEquals(BLOCK + 90_000L * count, statistics(source).bytes());
            long most = statistics(source).maxBufferedBytes();
            assertTrue(most > 200_000 && most <= 3 << 18, most + " bytes held");
            assertTrue(server.mostAtOnce() >= 2 && server.mostAtOnce() <= 3, server.mostAtOnce() + " at once");
        }
    }

    @Test
    void whoRunsAheadOfTheMemoryIsServedAllTheSame() throws IOException {
        byte[] large = contents(4 << 20);
        HttpOptions options = SMALL_BLOCKS.bufferBytes(1 << 20).requestsInFlight(2);
        try (RangeServer server = new RangeServer(large);
                ByteSource source = HttpByteSource.open(server.uri("/"), options)) {
            long[] positions = new long[40];
            long[] lengths = new long[40];
            for (int i = 0; i < 40; i++) {
                positions[i] = 100_000L * i;
                lengths[i] = 100_000;
            }
            Prefetch ahead = source.prefetch(positions, lengths);
            // From the end on, nothing given back.
            for (int i = 39; i >= 0; i--) {
                byte[] wanted = Arrays.copyOfRange(large, 100_000 * i, 100_000 * i + 100_000);
                assertArrayEquals(wanted, read(ahead.source(), positions[i], 100_000));
            }
            ahead.close();
            assertEquals(0, statistics(source).bufferedBytes());
        }
    }

    @Test
    void anAnswerThatIsCutOffGoesOnWhereItStopped() throws IOException {
        AtomicInteger left = new AtomicInteger(2);
        try (RangeServer server = new RangeServer(CONTENTS);
                ByteSource source = HttpByteSource.open(server.uri("/"), SMALL_BLOCKS)) {
            server.fault((exchange, number) -> {
                if (left.getAndDecrement() <= 0) {
                    return false;
                }
                server.serveCutOff(exchange, 30_000);
                return true;
            });
            assertArrayEquals(expected(200_000, 100_000), read(source, 200_000, 100_000));
            assertEquals(2, statistics(source).retries());
            // Whatever came before the break counts: the last request asks for less than the first.
            String last = server.ranges().get(3);
            assertTrue(Integer.parseInt(last.split("-")[0]) > 200_000, last);
            assertTrue(last.endsWith("-299999"), last);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 503})
    void whatMayPassIsTriedAgain(int status) throws IOException {
        try (RangeServer server = new RangeServer(CONTENTS)) {
            server.fault((exchange, number) -> {
                if (number != 1) {
                    return false;
                }
                exchange.getResponseHeaders().set("Retry-After", status == 503 ? "1" : "0");
                exchange.sendResponseHeaders(status, -1);
                return true;
            });
            try (ByteSource source = HttpByteSource.open(server.uri("/"), SMALL_BLOCKS)) {
                long begun = System.nanoTime();
                assertArrayEquals(expected(50_000, 100), read(source, 50_000, 100));
                long millis = (System.nanoTime() - begun) / 1_000_000;
                assertTrue(millis >= (status == 503 ? 1000 : 100), millis + " ms");
                assertEquals(3, server.requests());
                assertEquals(1, statistics(source).retries());
            }
        }
    }

    @Test
    void aServerThatStaysDownIsGivenUp() throws IOException {
        try (RangeServer server = new RangeServer(CONTENTS);
                ByteSource source = HttpByteSource.open(server.uri("/"), SMALL_BLOCKS.retries(1))) {
            server.fault((exchange, number) -> {
                exchange.sendResponseHeaders(502, -1);
                return true;
            });
            CziException first = assertThrows(CziException.class, () -> read(source, 50_000, 100));
            assertEquals(CziException.Kind.IO, first.kind());
            assertTrue(first.getMessage().contains("status 502 (2 times)"), first.getMessage());
            assertThrows(CziException.class, () -> read(source, 60_000, 100));
            // Once down, a request is tried once until one succeeds.
            assertEquals(4, server.requests());
            server.fault((exchange, number) -> false);
            assertArrayEquals(expected(60_000, 100), read(source, 60_000, 100));
        }
    }

    @Test
    void aPauseLongerThanTheDeadlineIsNotWaitedFor() throws IOException {
        HttpOptions options = SMALL_BLOCKS.deadline(Duration.ofSeconds(2));
        try (RangeServer server = new RangeServer(CONTENTS).fault((exchange, number) -> {
            exchange.getResponseHeaders().set("Retry-After", "3600");
            exchange.sendResponseHeaders(429, -1);
            return true;
        })) {
            CziException e = assertThrows(CziException.class, () -> HttpByteSource.open(server.uri("/"), options));
            assertTrue(e.getMessage().contains("status 429, and not in the 2.0 s"), e.getMessage());
            assertEquals(1, server.requests());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "401, access refused (status 401)",
        "403, access refused (status 403)",
        "404, no such file (status 404)",
        "410, no such file (status 410)",
        "416, the server has no bytes from there on",
        "418, the server answers with status 418"
    })
    void aRefusalIsNotTriedAgain(int status, String expected) throws IOException {
        try (RangeServer server = new RangeServer(CONTENTS).fault((exchange, number) -> {
            exchange.sendResponseHeaders(status, -1);
            return true;
        })) {
            CziException e = assertThrows(CziException.class, () -> HttpByteSource.open(server.uri("/"), SMALL_BLOCKS));
            assertTrue(e.getMessage().contains(expected), e.getMessage());
            assertEquals(1, server.requests());
        }
    }

    @Test
    void aServerWithoutRangesIsToldOfAndNotDownloaded() throws Exception {
        AtomicLong sent = new AtomicLong();
        CountDownLatch over = new CountDownLatch(1);
        try (RangeServer server = new RangeServer(CONTENTS).fault((exchange, number) -> {
            exchange.sendResponseHeaders(200, 1L << 40);
            try (OutputStream body = exchange.getResponseBody()) {
                for (long i = 0; i < 1 << 20; i++) {
                    body.write(CONTENTS, 0, 1 << 16);
                    sent.addAndGet(1 << 16);
                }
            } finally {
                over.countDown();
            }
            return true;
        })) {
            CziException e = assertThrows(CziException.class, () -> HttpByteSource.open(server.uri("/"), SMALL_BLOCKS));
            assertTrue(e.getMessage().contains("whole files only"), e.getMessage());
            assertTrue(over.await(10, TimeUnit.SECONDS), "the connection stays open");
            assertTrue(sent.get() < 64 << 20, sent.get() + " bytes sent");
        }
    }

    private interface Head {
        void set(RangeServer server, HttpExchange exchange, long first);
    }

    enum Lie {
        NO_CONTENT_RANGE((server, exchange, first) -> {}),
        UNKNOWN_SIZE((server, exchange, first) ->
                exchange.getResponseHeaders().set("Content-Range", "bytes " + first + "-" + (first + 4095) + "/*")),
        OTHER_RANGE((server, exchange, first) -> server.head(exchange, first + 1, 4096, CONTENTS.length)),
        SHORTER_RANGE((server, exchange, first) -> server.head(exchange, first, 100, CONTENTS.length)),
        LONGER_RANGE((server, exchange, first) -> server.head(exchange, first, 5000, CONTENTS.length)),
        NUMBERS_TOO_LARGE((server, exchange, first) -> exchange.getResponseHeaders()
                .set("Content-Range", "bytes 0-99999999999999999999/99999999999999999999")),
        COMPRESSED((server, exchange, first) -> {
            server.head(exchange, first, 4096, CONTENTS.length);
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        });

        private final Head head;

        Lie(Head head) {
            this.head = head;
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerThatMakesNoSenseIsAnError(Lie lie) throws IOException {
        try (RangeServer server = new RangeServer(CONTENTS)) {
            server.fault((exchange, number) -> {
                lie.head.set(server, exchange, RangeServer.range(exchange)[0]);
                exchange.sendResponseHeaders(206, 4096);
                exchange.getResponseBody().write(CONTENTS, 0, 4096);
                return true;
            });
            CziException e = assertThrows(CziException.class, () -> HttpByteSource.open(server.uri("/"), SMALL_BLOCKS));
            assertTrue(e.getMessage().contains("makes no sense"), e.getMessage());
            assertEquals(1, server.requests());
        }
    }

    @Test
    void moreBytesThanAskedForAreNotTaken() throws IOException {
        try (RangeServer server = new RangeServer(CONTENTS).fault((exchange, number) -> {
            exchange.getResponseHeaders().set("Content-Range", "bytes 0-4095/1000001");
            // Without a length, and without an end.
            exchange.sendResponseHeaders(206, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                while (true) {
                    body.write(CONTENTS, 0, 1000);
                }
            }
        })) {
            CziException e = assertThrows(CziException.class, () -> HttpByteSource.open(server.uri("/"), SMALL_BLOCKS));
            assertTrue(e.getMessage().contains("more than the 4096 bytes"), e.getMessage());
        }
    }

    @Test
    void aServerThatFallsSilentIsGivenUp() throws IOException {
        HttpOptions options = SMALL_BLOCKS.timeout(Duration.ofMillis(150)).retries(0);
        try (RangeServer server = new RangeServer(CONTENTS);
                ByteSource source = HttpByteSource.open(server.uri("/"), options)) {
            server.fault((exchange, number) -> {
                server.head(exchange, 40_960, 4096, CONTENTS.length);
                exchange.sendResponseHeaders(206, 4096);
                exchange.getResponseBody().write(CONTENTS, 0, 100);
                exchange.getResponseBody().flush();
                sleep(2000);
                return true;
            });
            CziException e = assertThrows(CziException.class, () -> read(source, 41_000, 100));
            assertTrue(e.getMessage().contains("nothing came for 0.15 s"), e.getMessage());
        }
    }

    @Test
    void aTrickleEndsAtTheDeadline() throws IOException {
        HttpOptions options = SMALL_BLOCKS.deadline(Duration.ofMillis(400)).timeout(Duration.ofMillis(300));
        try (RangeServer server = new RangeServer(CONTENTS);
                ByteSource source = HttpByteSource.open(server.uri("/"), options)) {
            server.fault((exchange, number) -> {
                server.head(exchange, 40_960, 4096, CONTENTS.length);
                exchange.sendResponseHeaders(206, 4096);
                for (int i = 0; i < 40; i++) {
                    exchange.getResponseBody().write(CONTENTS, 0, 1);
                    exchange.getResponseBody().flush();
                    sleep(50);
                }
                return true;
            });
            long begun = System.nanoTime();
            CziException e = assertThrows(CziException.class, () -> read(source, 41_000, 100));
            assertTrue(e.getMessage().contains("0.4 s that a read may take"), e.getMessage());
            assertTrue(System.nanoTime() - begun < 1_500_000_000L);
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aFileThatChangesIsAnError() throws IOException {
        try (RangeServer server = new RangeServer(CONTENTS);
                ByteSource source = HttpByteSource.open(server.uri("/"), SMALL_BLOCKS)) {
            server.replace(CONTENTS, "\"2\"");
            CziException byTag = assertThrows(CziException.class, () -> read(source, 50_000, 10));
            assertTrue(byTag.getMessage().contains("changed while it was open"), byTag.getMessage());
            assertEquals(2, server.requests());
        }
        try (RangeServer server = new RangeServer(CONTENTS)) {
            server.replace(CONTENTS, null);
            try (ByteSource source = HttpByteSource.open(server.uri("/"), SMALL_BLOCKS)) {
                server.replace(Arrays.copyOf(CONTENTS, 900_000), null);
                CziException bySize = assertThrows(CziException.class, () -> read(source, 50_000, 10));
                assertTrue(bySize.getMessage().contains("its size was 1000001 and is 900000"), bySize.getMessage());
            }
        }
        try (RangeServer server = new RangeServer(CONTENTS)) {
            server.replace(CONTENTS, "W/\"1\"");
            try (ByteSource source = HttpByteSource.open(server.uri("/"), SMALL_BLOCKS)) {
                assertArrayEquals(expected(20_000, 10), read(source, 20_000, 10));
                server.replace(CONTENTS, "W/\"2\"");
                CziException byWeakTag = assertThrows(CziException.class, () -> read(source, 50_000, 10));
                assertTrue(byWeakTag.getMessage().contains("its ETag was W/\"1\""), byWeakTag.getMessage());
            }
        }
    }

    @Test
    void redirectsAreFollowedAndKeepSecretsAtHome() throws IOException {
        AtomicReference<String> atHome = new AtomicReference<>();
        AtomicReference<String> abroad = new AtomicReference<>("nothing asked");
        try (RangeServer other = new RangeServer(CONTENTS);
                RangeServer home = new RangeServer(CONTENTS).fault((exchange, number) -> {
                    atHome.set(exchange.getRequestHeaders().getFirst("Authorization"));
                    exchange.getResponseHeaders()
                            .set(
                                    "Location",
                                    other.uri("/there?signature=s3cret").toString());
                    exchange.sendResponseHeaders(302, -1);
                    return true;
                })) {
            other.fault((exchange, number) -> {
                abroad.set(exchange.getRequestHeaders().getFirst("Authorization"));
                if (number == 1) {
                    // The signature has expired: a new one is to be had where the first came from.
                    exchange.sendResponseHeaders(403, -1);
                    return true;
                }
                return false;
            });
            HttpOptions options = SMALL_BLOCKS.header("Authorization", "Bearer s3cret");
            try (ByteSource source = HttpByteSource.open(home.uri("/a.czi"), options)) {
                assertEquals("Bearer s3cret", atHome.get());
                assertEquals(null, abroad.get());
                assertEquals(home.uri("/a.czi").toString(), source.name());
                assertArrayEquals(expected(50_000, 10), read(source, 50_000, 10));
                assertArrayEquals(expected(70_000, 10), read(source, 70_000, 10));
                assertEquals(2, home.requests());
                assertEquals(4, other.requests());
            }
        }
    }

    @Test
    void redirectsWithoutEndEnd() throws IOException {
        try (RangeServer server = new RangeServer(CONTENTS).fault((exchange, number) -> {
            exchange.getResponseHeaders().set("Location", "/again");
            exchange.sendResponseHeaders(307, -1);
            return true;
        })) {
            CziException e = assertThrows(CziException.class, () -> HttpByteSource.open(server.uri("/"), SMALL_BLOCKS));
            assertTrue(e.getMessage().contains("redirects without end"), e.getMessage());
            assertEquals(6, server.requests());
        }
    }

    @Test
    void secureServersAreReadByTheCallersClient(@TempDir Path folder) throws Exception {
        SSLContext tls = selfSigned(folder.resolve("keys.p12"));
        HttpOptions options =
                SMALL_BLOCKS.client(HttpClient.newBuilder().sslContext(tls).build());
        try (RangeServer server = new RangeServer(CONTENTS, tls)) {
            try (ByteSource source = HttpByteSource.open(server.uri("/a.czi"), options)) {
                assertArrayEquals(expected(50_000, 10_000), read(source, 50_000, 10_000));
                assertTrue(source.name().startsWith("https://"), source.name());
            }
            // Who does not trust the certificate is told so at once.
            int before = server.requests();
            CziException e =
                    assertThrows(CziException.class, () -> HttpByteSource.open(server.uri("/a.czi"), SMALL_BLOCKS));
            assertTrue(e.getMessage().contains("certif"), e.getMessage());
            assertEquals(before, server.requests());
            try (RangeServer open = new RangeServer(CONTENTS)) {
                server.fault((exchange, number) -> {
                    exchange.getResponseHeaders()
                            .set("Location", open.uri("/a.czi?s3cret").toString());
                    exchange.sendResponseHeaders(302, -1);
                    return true;
                });
                CziException down =
                        assertThrows(CziException.class, () -> HttpByteSource.open(server.uri("/a.czi"), options));
                assertTrue(down.getMessage().contains("from https to http"), down.getMessage());
                assertEquals(0, open.requests());
            }
        }
    }

    private static SSLContext selfSigned(Path store) throws Exception {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "a",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "password",
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, keytool.waitFor(), said);
        KeyStore keys = KeyStore.getInstance(store.toFile(), "password".toCharArray());
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, "password".toCharArray());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("a", keys.getCertificate("a"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(own.getKeyManagers(), trust.getTrustManagers(), null);
        return tls;
    }

    @Test
    void whatIsSecretIsNeverShown() throws IOException {
        AtomicReference<String> query = new AtomicReference<>();
        AtomicReference<String> authorization = new AtomicReference<>();
        try (RangeServer server = new RangeServer(CONTENTS).fault((exchange, number) -> {
            query.set(exchange.getRequestURI().getRawQuery());
            authorization.set(exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.sendResponseHeaders(403, -1);
            return true;
        })) {
            URI plain = server.uri("/slide.czi?X-Amz-Signature=s3cret%2F#s3cret");
            URI uri = URI.create(plain.toString().replace("http://", "http://user:s3cret@"));
            HttpOptions options = SMALL_BLOCKS.header("X-Api-Key", "s3cret");
            CziException e = assertThrows(CziException.class, () -> HttpByteSource.open(uri, options));
            assertEquals("X-Amz-Signature=s3cret%2F", query.get());
            assertEquals("Basic dXNlcjpzM2NyZXQ=", authorization.get());
            StringWriter text = new StringWriter();
            e.printStackTrace(new PrintWriter(text));
            assertFalse(text.toString().contains("s3cret"), text.toString());
            assertTrue(e.getMessage().startsWith(server.uri("/slide.czi") + ": "), e.getMessage());
            assertFalse(options.toString().contains("s3cret"), options.toString());
        }
    }

    @Test
    void anEmptyFileHasNoBytes() throws IOException {
        try (RangeServer server = new RangeServer(new byte[0]);
                ByteSource source = HttpByteSource.open(server.uri("/"), SMALL_BLOCKS)) {
            assertEquals(0, source.size());
            assertEquals(1, server.requests());
        }
    }

    @Test
    void anInterruptEndsAReadAtOnce() throws Exception {
        try (RangeServer server = new RangeServer(CONTENTS);
                ByteSource source = HttpByteSource.open(server.uri("/"), SMALL_BLOCKS)) {
            CountDownLatch asked = new CountDownLatch(1);
            server.fault((exchange, number) -> {
                asked.countDown();
                sleep(5000);
                return true;
            });
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            AtomicReference<Boolean> flag = new AtomicReference<>();
            Thread reader = new Thread(() -> {
                try {
                    read(source, 50_000, 10);
                } catch (CziException e) {
                    thrown.set(e);
                    flag.set(Thread.currentThread().isInterrupted());
                }
            });
            reader.start();
            assertTrue(asked.await(5, TimeUnit.SECONDS));
            reader.interrupt();
            reader.join(2000);
            assertFalse(reader.isAlive());
            assertTrue(thrown.get().getMessage().contains("interrupted while reading"), thrown.get() + "");
            assertEquals(true, flag.get());
        }
    }

    @Test
    void anUnknownServerAndOtherSchemesAreToldOfAtOnce() {
        CziException e = assertThrows(
                CziException.class,
                () -> HttpByteSource.open(URI.create("http://127.0.0.1:1/a.czi"), SMALL_BLOCKS.retries(0)));
        assertTrue(e.getMessage().contains("no connection"), e.getMessage());
        for (String bad : List.of("ftp://host/a.czi", "http:///a.czi", "a.czi")) {
            assertThrows(IllegalArgumentException.class, () -> HttpByteSource.open(URI.create(bad), SMALL_BLOCKS), bad);
        }
    }

    @Test
    void readsAfterCloseAreRefused() throws IOException {
        try (RangeServer server = new RangeServer(CONTENTS)) {
            ByteSource source = HttpByteSource.open(server.uri("/"), SMALL_BLOCKS);
            source.close();
            CziException e = assertThrows(CziException.class, () -> read(source, 0, 10));
            assertTrue(e.getMessage().contains("read after close"), e.getMessage());
        }
    }

    @Test
    void optionsRefuseWhatMakesNoSense() {
        HttpOptions options = HttpOptions.defaults();
        assertThrows(IllegalArgumentException.class, () -> options.header("Range", "bytes=0-1"));
        assertThrows(IllegalArgumentException.class, () -> options.header("A B", "x"));
        assertThrows(IllegalArgumentException.class, () -> options.header("A", "x\r\nB: y"));
        assertThrows(IllegalArgumentException.class, () -> options.header("A", "\u20ac"));
        assertThrows(IllegalArgumentException.class, () -> options.timeout(Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> options.deadline(Duration.ofSeconds(-1)));
        assertThrows(IllegalArgumentException.class, () -> options.retries(-1));
        assertThrows(IllegalArgumentException.class, () -> options.requestsInFlight(0));
        assertThrows(IllegalArgumentException.class, () -> options.blockBytes(100));
        assertThrows(IllegalArgumentException.class, () -> options.gapBytes(-1));
        assertThrows(IllegalArgumentException.class, () -> options.bufferBytes(1000));
    }
}
