package io.github.czi4j.io;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The answer to one ranged request (RFC 9110, 14 and 15.3.7). Its bytes go straight to where they are wanted; of an answer
 * that is not what was asked for, not one byte of the body is taken.
 */
final class RangeAnswer implements BodyHandler<RangeAnswer>, BodySubscriber<RangeAnswer> {
    static final int PARTIAL_CONTENT = 206;

    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes +(\\d{1,18})-(\\d{1,18})/(\\d{1,18})");

    private final long position;
    private final int length;
    private final byte[] target;
    private final int offset;
    private final FileVersion known;
    private final LongAdder bytes;
    private final CompletableFuture<RangeAnswer> body = new CompletableFuture<>();
    private volatile int status;
    private volatile HttpHeaders headers;
    private volatile FileVersion version;
    private volatile String lie;
    private volatile String change;
    private volatile long lastSign;
    private int expected = -1;
    private int received;
    private boolean isOver;
    private Flow.Subscription subscription;

    /**
     * Awaits an answer.
     *
     * @param position first byte asked for
     * @param length how many
     * @param target where they go
     * @param offset first element of the target
     * @param known state of the file that is read; null if it is not known yet
     * @param bytes counts what comes
     */
    RangeAnswer(long position, int length, byte[] target, int offset, FileVersion known, LongAdder bytes) {
        this.position = position;
        this.length = length;
        this.target = target;
        this.offset = offset;
        this.known = known;
        this.bytes = bytes;
    }

    @Override
    public synchronized BodySubscriber<RangeAnswer> apply(ResponseInfo info) {
        lastSign = System.nanoTime();
        headers = info.headers();
        status = info.statusCode();
        if (status == PARTIAL_CONTENT) {
            examine();
        }
        return this;
    }

    private void examine() {
        String encoding = headers.firstValue("Content-Encoding").orElse("identity");
        String range = headers.firstValue("Content-Range").orElse("");
        Matcher matcher = CONTENT_RANGE.matcher(range.trim());
        if (!encoding.equalsIgnoreCase("identity")) {
            lie = "encoded as " + encoding + ", which was not asked for";
        } else if (!matcher.matches()) {
            lie = "Content-Range '" + range + "', where 'bytes FIRST-LAST/SIZE' was expected";
        } else {
            long first = Long.parseLong(matcher.group(1));
            long last = Long.parseLong(matcher.group(2));
            long size = Long.parseLong(matcher.group(3));
            FileVersion now = FileVersion.of(size, headers);
            change = known == null ? null : known.difference(now);
            if (change == null && (first != position || last != Math.min(position + length, size) - 1)) {
                lie = "Content-Range '" + range + "', where bytes " + position + " to " + (position + length - 1)
                        + " were asked for";
            } else if (change == null) {
                version = now;
                expected = (int) (last - first + 1);
            }
        }
    }

    @Override
    public CompletionStage<RangeAnswer> getBody() {
        return body;
    }

    @Override
    public synchronized void onSubscribe(Flow.Subscription given) {
        subscription = given;
        if (isOver || expected < 0) {
            stop();
        } else {
            given.request(Long.MAX_VALUE);
        }
    }

    @Override
    public synchronized void onNext(List<ByteBuffer> buffers) {
        lastSign = System.nanoTime();
        for (ByteBuffer buffer : buffers) {
            int count = buffer.remaining();
            bytes.add(count);
            if (isOver) {
                return;
            }
            if (count > expected - received) {
                lie = "more than the " + expected + " bytes that were announced";
                stop();
                return;
            }
            buffer.get(target, offset + received, count);
            received += count;
        }
    }

    @Override
    public void onError(Throwable trouble) {
        body.completeExceptionally(trouble);
    }

    @Override
    public void onComplete() {
        body.complete(this);
    }

    private void stop() {
        isOver = true;
        subscription.cancel();
        body.complete(this);
    }

    /** Leaves the target alone from here on, and the connection. */
    synchronized void abort() {
        isOver = true;
        if (subscription != null) {
            subscription.cancel();
        }
    }

    /** The header that asks for it. */
    String range() {
        return "bytes=" + position + "-" + (position + length - 1);
    }

    void waitFrom(long nanoTime) {
        lastSign = nanoTime;
    }

    /** When something came last, or the wait began; as {@link System#nanoTime()}. */
    long lastSign() {
        return lastSign;
    }

    /** Its status; 0 if there is no answer yet. */
    int status() {
        return status;
    }

    String header(String name) {
        return headers == null ? null : headers.firstValue(name).orElse(null);
    }

    /** Whether all that was asked for, as far as the file goes, is there. */
    synchronized boolean isComplete() {
        return expected >= 0 && received == expected && lie == null;
    }

    /** How many bytes are in the target. */
    synchronized int received() {
        return lie == null ? received : 0;
    }

    /** State of the file; null if the answer does not say. */
    FileVersion version() {
        return version;
    }

    /** Whether it began as asked for and ended early. */
    synchronized boolean isCutOff() {
        return expected >= 0 && received < expected && lie == null;
    }

    /** What the answer says that cannot be right; null if nothing. */
    String lie() {
        return lie;
    }

    /** How the file has changed; null if it has not. */
    String change() {
        return change;
    }
}
