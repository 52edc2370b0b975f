package io.github.czi4j.bench.measure;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.czi4j.bench.console.Signals;
import io.github.czi4j.model.CziException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The other end of a {@link ChildJvm}. The first line says what is to be done; the end of the input ends the JVM at once,
 * whatever it is doing, for then nobody is left to do it for.
 */
final class ChildMain {
    /** Member of the first line: what the JVM is for. */
    static final String ROLE = "role";
    /** Decodes tiles for a {@link ProcessLoader}. */
    static final String WORKER = "worker";
    /** Measures a configuration for {@link Fork}. */
    static final String FORK = "fork";

    private static final int FAILED = 2;

    private static final BlockingQueue<String> LINES = new LinkedBlockingQueue<>();

    private ChildMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        Signals.ignoreInterrupt();
        // Standard output is for the other JVM alone.
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.setOut(System.err);
        Thread input = new Thread(ChildMain::readInput, "czi-child-input");
        input.setDaemon(true);
        input.start();
        try {
            JsonObject task = JsonParser.parseString(next()).getAsJsonObject();
            switch (task.get(ROLE).getAsString()) {
                case WORKER -> new ProcessWorker(task, out).run();
                case FORK -> out.println(Fork.measureHere(task));
                default -> throw new IllegalArgumentException("unknown role in " + task);
            }
            System.exit(0);
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            // The other JVM quotes it.
            System.err.println(e instanceof CziException ? e.getMessage() : e.toString());
            System.exit(FAILED);
        }
    }

    private static void readInput() {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                LINES.add(line);
            }
        } catch (IOException e) {
            System.err.println("czi: the input failed: " + e.getMessage());
        }
        System.exit(0);
    }

    /** The next line of the input; waits for it. */
    static String next() throws InterruptedException {
        return LINES.take();
    }
}
