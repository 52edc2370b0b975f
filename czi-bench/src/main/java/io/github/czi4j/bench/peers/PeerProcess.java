package io.github.czi4j.bench.peers;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A running adapter: requests and answers are lines of JSON. It is killed when this is closed, and with the JVM. Used by
 * one thread.
 */
public final class PeerProcess implements Closeable {
    static final int PROTOCOL = 1;

    private static final int LONGEST_LINE = 64 << 20;
    private static final long LAST_WORDS_MILLIS = 2000;
    private static final int KEPT_LINES = 5;
    private static final long PATIENCE_AT_END_MILLIS = 2000;
    /** Stands for the end of its output. */
    private static final String END = "";

    private final String name;
    private final Process process;
    private final Writer requests;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final Deque<String> lastWords = new ArrayDeque<>();
    private final Thread onExit;
    private final Thread listener;
    private final double startUpSeconds;
    private final String version;

    /**
     * Starts an adapter and waits until it says that it is ready.
     *
     * @param peer that is not skipped
     * @param environment added to that of this process
     * @param patience for it to get ready
     * @throws IOException if it cannot be started, or does not get ready
     */
    public PeerProcess(Peer peer, Map<String, String> environment, Duration patience) throws IOException {
        this.name = peer.name();
        ProcessBuilder builder = new ProcessBuilder(peer.command());
        builder.environment().putAll(environment);
        long begun = System.nanoTime();
        this.process = builder.start();
        this.onExit = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(onExit);
        this.requests = process.outputWriter(StandardCharsets.UTF_8);
        drain(process.inputReader(StandardCharsets.UTF_8), true);
        listener = drain(
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8)), false);
        try {
            JsonObject hello = answer(patience);
            this.startUpSeconds = (System.nanoTime() - begun) / 1e9;
            JsonElement protocol = hello.get("protocol");
            if (protocol == null || protocol.getAsInt() != PROTOCOL) {
                throw new PeerException(name + " does not speak protocol " + PROTOCOL + ": " + hello);
            }
            this.version = hello.has("version") ? hello.get("version").getAsString() : "unknown";
        } catch (IOException e) {
            close();
            throw e;
        } catch (RuntimeException e) {
            close();
            throw new PeerException(name + " greets with nonsense: " + e.getMessage());
        }
    }

    private Thread drain(BufferedReader from, boolean isAnswers) {
        Thread thread = new Thread(
                () -> {
                    try (from) {
                        String line = readLine(from);
                        while (line != null) {
                            if (isAnswers) {
                                answers.add(line);
                            } else {
                                remember(line);
                            }
                            line = readLine(from);
                        }
                    } catch (IOException e) {
                        remember(e.getMessage());
                    } finally {
                        if (isAnswers) {
                            answers.add(END);
                        }
                    }
                },
                "czi-peer-" + name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** A line that is not empty; one that never ends is an error. */
    private static String readLine(BufferedReader from) throws IOException {
        StringBuilder line = new StringBuilder();
        int c = from.read();
        while (c >= 0) {
            if (c == '\n') {
                if (!line.toString().isBlank()) {
                    return line.toString();
                }
                line.setLength(0);
            } else if (line.length() < LONGEST_LINE) {
                line.append((char) c);
            } else {
                throw new IOException("a line of more than " + LONGEST_LINE + " characters");
            }
            c = from.read();
        }
        return line.toString().isBlank() ? null : line.toString();
    }

    private void remember(String line) {
        synchronized (lastWords) {
            lastWords.add(line);
            if (lastWords.size() > KEPT_LINES) {
                lastWords.remove();
            }
        }
    }

    /**
     * From the start of the process until it was ready.
     *
     * @return seconds
     */
    public double startUpSeconds() {
        return startUpSeconds;
    }

    /**
     * Version of the reader.
     *
     * @return as it says itself
     */
    public String version() {
        return version;
    }

    /**
     * Asks and waits for the answer.
     *
     * @param request with its verb as {@code do}
     * @param patience for the answer
     * @return the answer
     * @throws IOException if there is none in time, or it is an error
     */
    public JsonObject ask(JsonObject request, Duration patience) throws IOException {
        try {
            requests.write(request + "\n");
            requests.flush();
        } catch (IOException e) {
            throw new PeerException(name + " is gone" + words());
        }
        JsonObject answer = answer(patience);
        if (answer.has("unsupported")) {
            throw new PeerException(answer.get("unsupported").getAsString(), true);
        }
        if (answer.has("error")) {
            throw new PeerException(
                    name + ": " + answer.get("error").getAsString().strip());
        }
        return answer;
    }

    private JsonObject answer(Duration patience) throws IOException {
        String line;
        try {
            line = answers.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PeerException("interrupted while " + name + " was at work");
        }
        if (line == null) {
            throw new PeerException(name + " has not answered for " + patience.toSeconds() + " s" + words());
        }
        if (line.equals(END)) {
            awaitLastWords();
            throw new PeerException(name + " ended without an answer" + words());
        }
        try {
            return JsonParser.parseString(line).getAsJsonObject();
        } catch (JsonParseException | IllegalStateException e) {
            throw new PeerException(
                    name + " answered with what is no JSON object: " + line.substring(0, Math.min(200, line.length())));
        }
    }

    /** What it wrote before it died may come a moment later than its end. */
    private void awaitLastWords() {
        try {
            listener.join(LAST_WORDS_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String words() {
        synchronized (lastWords) {
            return lastWords.isEmpty() ? "" : "; its last words: " + String.join(" | ", lastWords);
        }
    }

    @Override
    public void close() {
        try {
            requests.write("{\"do\":\"quit\"}\n");
            requests.close();
        } catch (IOException e) {
            // It is gone already.
        }
        try {
            if (!process.waitFor(PATIENCE_AT_END_MILLIS, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(onExit);
        } catch (IllegalStateException e) {
            // The JVM is going down, and the hook does its work.
        }
    }
}
