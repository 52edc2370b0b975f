package io.github.czi4j.io;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * How files behind http and https are read. Immutable; each method returns a changed copy. Its text form names no values
 * of headers, which may be secret.
 *
 * <pre>{@code
 * HttpOptions.defaults().header("Authorization", "Bearer " + token).requestsInFlight(16)
 * }</pre>
 */
public final class HttpOptions {
    private static final HttpOptions DEFAULTS = new HttpOptions(new Values());

    /** What a ranged request says itself. */
    private static final Set<String> OWN_HEADERS = Set.of(
            "connection",
            "expect",
            "upgrade",
            "range",
            "accept-encoding",
            "if-match",
            "if-range",
            "if-unmodified-since",
            "content-length",
            "host");

    private final Map<String, String> headers;
    private final Duration timeout;
    private final Duration deadline;
    private final int retries;
    private final int requestsInFlight;
    private final int blockBytes;
    private final int gapBytes;
    private final long bufferBytes;
    private final HttpClient client;

    private HttpOptions(Values values) {
        this.headers = values.headers;
        this.timeout = values.timeout;
        this.deadline = values.deadline;
        this.retries = values.retries;
        this.requestsInFlight = values.requestsInFlight;
        this.blockBytes = values.blockBytes;
        this.gapBytes = values.gapBytes;
        this.bufferBytes = values.bufferBytes;
        this.client = values.client;
    }

    /** The same fields while a copy is being changed. */
    private static final class Values {
        private Map<String, String> headers = Map.of();
        private Duration timeout = Duration.ofSeconds(30);
        private Duration deadline = Duration.ofMinutes(5);
        private int retries = 5;
        private int requestsInFlight = 8;
        private int blockBytes = 256 << 10;
        private int gapBytes = 256 << 10;
        private long bufferBytes = 64 << 20;
        private HttpClient client;
    }

    private HttpOptions with(Consumer<Values> change) {
        Values values = new Values();
        values.headers = headers;
        values.timeout = timeout;
        values.deadline = deadline;
        values.retries = retries;
        values.requestsInFlight = requestsInFlight;
        values.blockBytes = blockBytes;
        values.gapBytes = gapBytes;
        values.bufferBytes = bufferBytes;
        values.client = client;
        change.accept(values);
        return new HttpOptions(values);
    }

    /**
     * No headers, 30 s without a byte, 5 minutes for a read, 5 retries, 8 requests at once, blocks of 256 KiB, 64 MiB of
     * buffers.
     *
     * @return the defaults
     */
    public static HttpOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Adds a header to every request, for instance {@code Authorization}. It is not sent to another server to which the
     * file's own redirects.
     *
     * @param name letters, digits and hyphens
     * @param value one line
     * @return changed options
     * @throws IllegalArgumentException if it is no header, or one that the reader sets itself
     */
    public HttpOptions header(String name, String value) {
        if (!name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+")
                || value.chars().anyMatch(c -> c < ' ' && c != '\t' || c == 0x7F || c > 0xFF)) {
            throw new IllegalArgumentException("expected a header of one line, its name without blanks");
        }
        if (OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("the header " + name + " is set by the reader itself");
        }
        Map<String, String> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        more.putAll(headers);
        more.put(name, value);
        return with(values -> values.headers = Collections.unmodifiableMap(more));
    }

    /**
     * How long a server may send nothing, connecting included, before the request is given up and sent again.
     *
     * @param value above 0
     * @return changed options
     */
    public HttpOptions timeout(Duration value) {
        return with(values -> values.timeout = positive(value));
    }

    /**
     * How long one read may take with all its retries and pauses.
     *
     * @param value above 0
     * @return changed options
     */
    public HttpOptions deadline(Duration value) {
        return with(values -> values.deadline = positive(value));
    }

    private static Duration positive(Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("expected a duration above 0, not " + value);
        }
        return value;
    }

    /**
     * How often a request is repeated that failed in a way that may pass: a connection that broke, an answer that was
     * cut off, no answer in time, status 408, 429 and 5xx.
     *
     * @param count at least 0
     * @return changed options
     */
    public HttpOptions retries(int count) {
        return with(values -> values.retries = atLeast(0, count, "retries"));
    }

    /**
     * How many requests of one file are under way at once.
     *
     * @param count at least 1
     * @return changed options
     */
    public HttpOptions requestsInFlight(int count) {
        return with(values -> values.requestsInFlight = atLeast(1, count, "requests at once"));
    }

    /**
     * How much is fetched for a small read, such as that of a header, in the expectation of more of its kind.
     *
     * @param bytes 1 KiB to 16 MiB
     * @return changed options
     */
    public HttpOptions blockBytes(int bytes) {
        if (bytes < 1 << 10 || bytes > 16 << 20) {
            throw new IllegalArgumentException("a block has 1 KiB to 16 MiB, not " + bytes + " bytes");
        }
        return with(values -> values.blockBytes = bytes);
    }

    /**
     * How many bytes that nobody wants may lie between two ranges that are fetched by one request.
     *
     * @param bytes at least 0
     * @return changed options
     */
    public HttpOptions gapBytes(int bytes) {
        return with(values -> values.gapBytes = atLeast(0, bytes, "bytes between ranges"));
    }

    /**
     * Memory for what is fetched ahead of its use, three quarters of it, and for blocks that are kept. Workers that run
     * ahead of what fits make it grow by one request each.
     *
     * @param bytes at least 1 MiB
     * @return changed options
     */
    public HttpOptions bufferBytes(long bytes) {
        if (bytes < 1 << 20) {
            throw new IllegalArgumentException("the buffers need at least 1 MiB, not " + bytes + " bytes");
        }
        return with(values -> values.bufferBytes = bytes);
    }

    /**
     * Sends requests by a client of the caller's, with its proxy, certificates or authenticator. Otherwise all files share
     * one that follows the system's settings. A client that follows redirects itself does so in its own way.
     *
     * @param value the client; the caller's to keep
     * @return changed options
     */
    public HttpOptions client(HttpClient value) {
        return with(values -> values.client = Objects.requireNonNull(value, "client"));
    }

    private static int atLeast(int least, int value, String what) {
        if (value < least) {
            throw new IllegalArgumentException("expected at least " + least + " " + what + ", not " + value);
        }
        return value;
    }

    /**
     * Headers of every request.
     *
     * @return by name
     */
    public Map<String, String> headers() {
        return headers;
    }

    /**
     * The longest time without a byte.
     *
     * @return above 0
     */
    public Duration timeout() {
        return timeout;
    }

    /**
     * The longest time of a read.
     *
     * @return above 0
     */
    public Duration deadline() {
        return deadline;
    }

    /**
     * How often a failed request is repeated.
     *
     * @return at least 0
     */
    public int retries() {
        return retries;
    }

    /**
     * How many requests are under way at once.
     *
     * @return at least 1
     */
    public int requestsInFlight() {
        return requestsInFlight;
    }

    /**
     * How much is fetched for a small read.
     *
     * @return bytes
     */
    public int blockBytes() {
        return blockBytes;
    }

    /**
     * The largest gap within a request.
     *
     * @return bytes
     */
    public int gapBytes() {
        return gapBytes;
    }

    /**
     * Memory for buffers.
     *
     * @return bytes
     */
    public long bufferBytes() {
        return bufferBytes;
    }

    /**
     * The client of the caller's.
     *
     * @return empty for the shared one
     */
    public Optional<HttpClient> client() {
        return Optional.ofNullable(client);
    }

    @Override
    public String toString() {
        return "HttpOptions[headers=" + headers.keySet() + ", timeout=" + timeout + ", deadline=" + deadline
                + ", retries=" + retries + ", requestsInFlight=" + requestsInFlight + ", blockBytes=" + blockBytes
                + ", gapBytes=" + gapBytes + ", bufferBytes=" + bufferBytes + "]";
    }
}
