package io.github.czi4j.bench.record;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedThread;

/**
 * Writes the Trace Event Format that Perfetto and chrome://tracing read: complete events ({@code X}) in microseconds, one
 * track a thread, and counters ({@code C}). The file is whole after each flush: the end of the JSON is written behind what
 * there is, and over it comes what follows. Until it is closed that end says {@code partial}. Not thread-safe.
 */
final class TraceWriter {
    private static final String TAIL = "\n]}\n";
    private static final String PARTIAL_TAIL = "\n],\"otherData\":{\"partial\":true}}\n";
    /** The process that writes; those that it starts have higher numbers. */
    static final int OWN_PROCESS = 1;

    /** About a gigabyte: viewers do not load more. */
    private static final long MAX_EVENTS = 8_000_000;

    private final Path file;
    private final Instant origin;
    private final FileChannel channel;
    private final StringBuilder pending = new StringBuilder();
    private final Set<String> named = new HashSet<>();
    private final Map<String, Long> inFlight = new HashMap<>();
    private final Map<Integer, Long> inFlightBytes = new HashMap<>();
    private long position;
    private long events;

    TraceWriter(Path file, Instant origin) throws IOException {
        this.file = file;
        this.origin = origin;
        this.channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        pending.append("{\"displayTimeUnit\":\"ms\",\"traceEvents\":[\n");
        pending.append(name("process_name", "czi4j", OWN_PROCESS, 0));
        flush();
    }

    /** Names a process whose events follow. */
    void addProcess(int process, String name) {
        append(name("process_name", name, process, 0));
    }

    private static JsonObject name(String what, String name, int process, long track) {
        JsonObject json = new JsonObject();
        json.addProperty("name", what);
        json.addProperty("ph", "M");
        json.addProperty("pid", process);
        if (track != 0) {
            json.addProperty("tid", track);
        }
        JsonObject args = new JsonObject();
        args.addProperty("name", name);
        json.add("args", args);
        return json;
    }

    Path file() {
        return file;
    }

    void add(RecordedEvent event, int process) {
        if (events > MAX_EVENTS) {
            return;
        }
        String name = event.getEventType().getName();
        if (name.equals(Heap.NAME)) {
            counter("heap in use", process, event.getEndTime(), event.getLong("bytes"));
            return;
        }
        String stage = TraceEvents.stage(event);
        if (stage == null && !name.startsWith("jdk.GC")) {
            return;
        }
        JsonObject args = new JsonObject();
        if (stage != null) {
            args.addProperty("file", event.getString("file"));
            args.addProperty("bytes", event.getLong("bytes"));
            if (event.hasField("subblock")) {
                args.addProperty("subblock", event.getInt("subblock"));
                args.addProperty("compression", event.getString("compression"));
            }
        }
        // Collections stop all threads: a track of their own.
        long track = stage == null ? 0 : track(event.getThread(), process);
        JsonObject json = event(stage == null ? "garbage collection" : stage, "X", process, event.getStartTime());
        json.addProperty("cat", stage == null ? "gc" : "czi");
        json.addProperty("tid", track);
        json.add("dur", microseconds(Duration.between(event.getStartTime(), event.getEndTime())));
        json.add("args", args);
        append(json);
        if (stage != null && event.hasField("subblock")) {
            count(name, event, process);
        }
    }

    private long track(RecordedThread thread, int process) {
        if (thread == null) {
            return 0;
        }
        // Virtual threads have no thread of the system, all have an id in Java.
        long id = thread.getJavaThreadId() > 0 ? thread.getJavaThreadId() : thread.getId();
        if (named.add(process + " " + id)) {
            String name = thread.getJavaName() == null ? "" : thread.getJavaName();
            append(name("thread_name", name.isEmpty() ? "thread " + id : name, process, id));
        }
        return id;
    }

    /** Bytes of tiles that were read or decoded and not yet placed. */
    private void count(String name, RecordedEvent event, int process) {
        String tile = process + " " + event.getInt("subblock") + " " + event.getString("file");
        long bytes = inFlightBytes.getOrDefault(process, 0L);
        Long before;
        if (name.equals(TraceEvents.READ) || name.equals(TraceEvents.DECODE)) {
            before = inFlight.put(tile, event.getLong("bytes"));
            bytes += event.getLong("bytes");
        } else {
            before = inFlight.remove(tile);
        }
        bytes -= before == null ? 0 : before;
        inFlightBytes.put(process, bytes);
        counter("bytes in flight", process, event.getEndTime(), bytes);
    }

    private void counter(String name, int process, Instant time, long bytes) {
        JsonObject json = event(name, "C", process, time);
        JsonObject args = new JsonObject();
        args.addProperty("bytes", bytes);
        json.add("args", args);
        append(json);
    }

    private JsonObject event(String name, String phase, int process, Instant time) {
        JsonObject json = new JsonObject();
        json.addProperty("name", name);
        json.addProperty("ph", phase);
        json.add("ts", microseconds(Duration.between(origin, time)));
        json.addProperty("pid", process);
        return json;
    }

    /** Exact to the nanosecond. */
    private static JsonPrimitive microseconds(Duration duration) {
        return new JsonPrimitive(BigDecimal.valueOf(duration.toNanos(), 3));
    }

    private void append(JsonObject json) {
        events++;
        pending.append(",\n").append(json);
    }

    /** Writes what has come since the last time; once closed, nothing. */
    void flush() throws IOException {
        if (pending.length() > 0 && channel.isOpen()) {
            write(PARTIAL_TAIL);
        }
    }

    private void write(String tail) throws IOException {
        byte[] added = pending.toString().getBytes(StandardCharsets.UTF_8);
        pending.setLength(0);
        ByteBuffer bytes = ByteBuffer.allocate(added.length + tail.length());
        bytes.put(added).put(tail.getBytes(StandardCharsets.US_ASCII)).flip();
        while (bytes.hasRemaining()) {
            channel.write(bytes, position + bytes.position());
        }
        position += added.length;
        channel.truncate(position + tail.length());
    }

    /** Writes the end, of a run that came to its own or did not. */
    void close(boolean isPartial) throws IOException {
        try (channel) {
            write(isPartial ? PARTIAL_TAIL : TAIL);
        }
    }
}
