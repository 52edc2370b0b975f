package io.github.czi4j.io;

import io.github.czi4j.model.CziException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.SSLHandshakeException;

/**
 * Ranges of one remote file by GET requests, repeated where the trouble may pass. Never HEAD: a presigned URL is signed for
 * GET alone. Thread-safe.
 */
final class HttpRanges {
    private static final int OK = 200;
    private static final int PRECONDITION_FAILED = 412;
    private static final int RANGE_NOT_SATISFIABLE = 416;
    private static final int MAX_REDIRECTS = 5;
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);
    /** An answer that breaks after so many bytes was worth it: it does not count against the retries. */
    private static final int PROGRESS = 1 << 16;

    /** Made when the first file is opened, so that local files cost nothing. */
    private static final class Shared {
        // Several connections carry more than the one of HTTP/2 where a round trip takes long.
        static final HttpClient CLIENT =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    private final URI origin;
    private final String name;
    private final String authorization;
    private final HttpOptions options;
    private final HttpClient client;
    private final Semaphore permits;
    private final LongAdder requests = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder retries = new LongAdder();
    /** Where redirects led last. */
    private volatile URI location;

    private volatile FileVersion version;
    /** Whether the latest read failed in spite of its retries: the next ones try once, until one succeeds. */
    private volatile boolean isDown;

    HttpRanges(URI uri, HttpOptions options) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https") || uri.getHost() == null) {
            throw new IllegalArgumentException("expected an address like https://host/slide.czi, but its scheme is '"
                    + scheme + "' and its host '" + uri.getHost() + "'");
        }
        this.name = nameOf(uri);
        this.origin = URI.create(name + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()));
        this.location = origin;
        this.authorization = uri.getUserInfo() == null
                ? null
                : "Basic "
                        + Base64.getEncoder().encodeToString(uri.getUserInfo().getBytes(StandardCharsets.UTF_8));
        this.options = options;
        this.client = options.client().orElseGet(() -> Shared.CLIENT);
        this.permits = new Semaphore(options.requestsInFlight(), true);
    }

    /** The address without what may be secret: user, query and fragment. */
    static String nameOf(URI uri) {
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getScheme() + "://" + uri.getHost() + port + path;
    }

    String name() {
        return name;
    }

    /** Size of the file; known from {@link #begin} on. */
    long size() {
        return version.size();
    }

    long requests() {
        return requests.sum();
    }

    long bytes() {
        return bytes.sum();
    }

    long retries() {
        return retries.sum();
    }

    /**
     * Reads the beginning of the file, and with it its size and state.
     *
     * @param length at most so many bytes
     * @return how many there are
     */
    int begin(byte[] target, int length) throws CziException {
        return fetch(0, target, 0, length);
    }

    /**
     * Reads a range.
     *
     * @return how many bytes are in the target: all but for the first read of a file that is shorter
     * @throws CziException if it cannot be had, or the file has changed
     */
    int fetch(long position, byte[] target, int offset, int length) throws CziException {
        long deadline = System.nanoTime() + options.deadline().toNanos();
        int done = 0;
        int failures = 0;
        int redirects = 0;
        boolean isOriginTried = false;
        while (done < wanted(position, length)) {
            long at = position + done;
            URI from = location;
            RangeAnswer answer =
                    new RangeAnswer(at, wanted(position, length) - done, target, offset + done, version, bytes);
            IOException cause = null;
            try {
                exchange(from, answer, deadline);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw CziException.io(name, at, "interrupted while reading", e);
            } catch (IOException e) {
                cause = e;
            }
            done += answer.received();
            note(answer.version());
            if (answer.isComplete()) {
                isDown = false;
            } else if (isEmptyFile(answer)) {
                note(new FileVersion(0, null, null));
            } else if (isRedirect(answer)) {
                if (++redirects > MAX_REDIRECTS) {
                    throw CziException.io(name, at, "the server redirects without end", null);
                }
                location = redirected(from, answer, at);
            } else if (answer.status() != 0 && !answer.isCutOff() && !mayPass(answer.status())) {
                if (isOriginTried || from.equals(origin) || !isRefusal(answer.status())) {
                    throw refused(answer, at);
                }
                // What a redirect led to may have expired: once more from the beginning.
                isOriginTried = true;
                location = origin;
            } else {
                failures = answer.received() >= PROGRESS ? 1 : failures + 1;
                pause(answer, failures, deadline, at, cause);
            }
        }
        return done;
    }

    /** How much of a range there is, as far as that is known. */
    private int wanted(long position, int length) {
        FileVersion known = version;
        return known == null ? length : (int) Math.max(0, Math.min(length, known.size() - position));
    }

    private synchronized void note(FileVersion seen) {
        version = version == null ? seen : version;
    }

    private boolean isEmptyFile(RangeAnswer answer) {
        return version == null
                && answer.status() == RANGE_NOT_SATISFIABLE
                && "bytes */0".equals(answer.header("Content-Range"));
    }

    /** Sends one request and waits as long as bytes come. */
    private void exchange(URI to, RangeAnswer answer, long deadline) throws IOException, InterruptedException {
        if (!permits.tryAcquire(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS)) {
            throw new HttpTimeoutException("other requests took all of the time");
        }
        try {
            requests.increment();
            answer.waitFrom(System.nanoTime());
            CompletableFuture<?> exchange = client.sendAsync(request(to, answer), answer);
            try {
                await(exchange, answer, deadline);
            } finally {
                if (!exchange.isDone()) {
                    exchange.cancel(true);
                }
                // The target is the caller's again.
                answer.abort();
            }
        } finally {
            permits.release();
        }
    }

    private void await(CompletableFuture<?> exchange, RangeAnswer answer, long deadline)
            throws IOException, InterruptedException {
        while (true) {
            long now = System.nanoTime();
            long quiet = answer.lastSign() + options.timeout().toNanos() - now;
            if (quiet <= 0) {
                throw new HttpTimeoutException("nothing came for " + seconds(options.timeout()));
            }
            if (deadline - now <= 0) {
                throw new HttpTimeoutException("too slow");
            }
            try {
                exchange.get(Math.min(quiet, deadline - now), TimeUnit.NANOSECONDS);
                return;
            } catch (TimeoutException e) {
                // Bytes may have come meanwhile.
            } catch (ExecutionException e) {
                throw e.getCause() instanceof IOException trouble ? trouble : new IOException(e.getCause());
            }
        }
    }

    private HttpRequest request(URI to, RangeAnswer answer) {
        HttpRequest.Builder request = HttpRequest.newBuilder(to)
                .GET()
                .timeout(options.timeout())
                .header("Range", answer.range())
                .header("Accept-Encoding", "identity");
        if (version != null) {
            version.demand(request);
        }
        // Credentials are for the server that the caller named, and nobody else.
        boolean isSameServer = to.getScheme().equalsIgnoreCase(origin.getScheme())
                && to.getHost().equalsIgnoreCase(origin.getHost())
                && to.getPort() == origin.getPort();
        if (isSameServer) {
            if (authorization != null && !options.headers().containsKey("Authorization")) {
                request.header("Authorization", authorization);
            }
            options.headers().forEach(request::header);
        }
        return request.build();
    }

    private static boolean isRedirect(RangeAnswer answer) {
        return switch (answer.status()) {
            case 301, 302, 303, 307, 308 -> true;
            default -> false;
        };
    }

    private URI redirected(URI from, RangeAnswer answer, long at) throws CziException {
        URI to;
        try {
            to = from.resolve(URI.create(answer.header("Location")));
        } catch (IllegalArgumentException | NullPointerException e) {
            // Without the cause, which would show the address with all that is secret in it.
            throw CziException.io(name, at, "the server redirects to no valid address", null);
        }
        boolean isHttps = "https".equalsIgnoreCase(to.getScheme());
        if (to.getHost() == null || !isHttps && !"http".equalsIgnoreCase(to.getScheme())) {
            throw CziException.io(name, at, "the server redirects to an address that is not of http", null);
        }
        if (!isHttps && "https".equalsIgnoreCase(from.getScheme())) {
            throw CziException.io(name, at, "the server redirects from https to http, which is not followed", null);
        }
        return to;
    }

    private static boolean mayPass(int status) {
        return status == 408 || status == 429 || status >= 500 && status != 501 && status != 505;
    }

    private static boolean isRefusal(int status) {
        return status == 400 || status == 401 || status == 403 || status == 404 || status == 410;
    }

    private CziException refused(RangeAnswer answer, long at) {
        if (answer.change() != null || answer.status() == PRECONDITION_FAILED) {
            String how = answer.change() == null ? "the server no longer has what was opened" : answer.change();
            return CziException.io(name, at, "the file changed while it was open: " + how, null);
        }
        if (answer.lie() != null) {
            return CziException.io(name, at, "the server's answer makes no sense: " + answer.lie(), null);
        }
        String problem = switch (answer.status()) {
            case OK ->
                "the server sends whole files only: it ignores ranges, without which a CZI cannot be read from afar";
            case 401, 403 ->
                "access refused (status " + answer.status() + "); credentials are missing or wrong, or have expired";
            case 404, 410 -> "no such file (status " + answer.status() + ")";
            case RANGE_NOT_SATISFIABLE -> "the server has no bytes from there on (status 416); did the file shrink?";
            default -> "the server answers with status " + answer.status();
        };
        return CziException.io(name, at, problem, null);
    }

    /** Waits before the next attempt, if there is to be one. */
    private void pause(RangeAnswer answer, int failures, long deadline, long at, IOException cause)
            throws CziException {
        String trouble = cause != null
                ? describe(cause)
                : answer.isCutOff()
                        ? "the server's answer was cut off"
                        : "the server answers with status " + answer.status();
        boolean isHopeless = cause instanceof SSLHandshakeException || version == null && isUnknownHost(cause);
        int allowed = isDown || isHopeless ? 0 : options.retries();
        if (failures > allowed) {
            isDown = true;
            throw CziException.io(name, at, trouble + (failures > 1 ? " (" + failures + " times)" : ""), cause);
        }
        long longest = Math.min(LONGEST_PAUSE_NANOS, FIRST_PAUSE_NANOS << Math.min(failures - 1, 10));
        long nanos = Math.max(ThreadLocalRandom.current().nextLong(longest / 2, longest), retryAfter(answer));
        if (System.nanoTime() + nanos - deadline >= 0) {
            isDown = true;
            throw CziException.io(
                    name,
                    at,
                    trouble + ", and not in the " + seconds(options.deadline()) + " that a read may take",
                    cause);
        }
        retries.increment();
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CziException.io(name, at, "interrupted while reading", e);
        }
    }

    /** What the server asks for, as seconds or a date (RFC 9110, 10.2.3). */
    private static long retryAfter(RangeAnswer answer) {
        String text = answer.status() == 429 || answer.status() == 503 ? answer.header("Retry-After") : null;
        if (text == null) {
            return 0;
        }
        try {
            long seconds = text.matches("\\d{1,9}")
                    ? Long.parseLong(text)
                    : Duration.between(
                                    ZonedDateTime.now(),
                                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME))
                            .toSeconds();
            return TimeUnit.SECONDS.toNanos(Math.max(0, seconds));
        } catch (DateTimeParseException e) {
            return 0;
        }
    }

    private static boolean isUnknownHost(IOException trouble) {
        return trouble instanceof ConnectException
                && trouble.getCause() != null
                && rootOf(trouble) instanceof UnresolvedAddressException;
    }

    private static Throwable rootOf(Throwable trouble) {
        Throwable root = trouble;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static String describe(IOException trouble) {
        if (isUnknownHost(trouble)) {
            return "the name of the server is not known";
        }
        String what = trouble.getMessage() == null ? trouble.getClass().getSimpleName() : trouble.getMessage();
        return (trouble instanceof ConnectException ? "no connection: " : "the transfer failed: ") + what;
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() / 1000.0 + " s";
    }
}
