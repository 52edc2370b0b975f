package io.github.czi4j.bench.peers;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The loop of an adapter in Java: requests come as lines of JSON, answers go the same way ({@code docs/peers.md}). */
public final class LineProtocol {
    private static final String QUIT = "quit";

    private LineProtocol() {}

    /** Does what is asked. */
    @FunctionalInterface
    public interface Handler {
        /**
         * Answers a request.
         *
         * @param what the verb
         * @param request all of it
         * @param answer is filled
         * @return false if there is no such verb
         * @throws IOException if it cannot be done; the answer says why
         * @throws InterruptedException if the thread is interrupted meanwhile
         */
        boolean handle(String what, JsonObject request, JsonObject answer) throws IOException, InterruptedException;
    }

    /**
     * Greets, then answers until standard input ends or the other side says so.
     *
     * @param name of the reader
     * @param handler does what is asked
     * @throws IOException if standard input cannot be read
     */
    public static void serve(String name, Handler handler) throws IOException {
        PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        // What libraries print must not mix with the answers.
        System.setOut(System.err);
        JsonObject hello = new JsonObject();
        hello.addProperty("protocol", PeerProcess.PROTOCOL);
        hello.addProperty("name", name);
        String version = LineProtocol.class.getPackage().getImplementationVersion();
        hello.addProperty("version", version == null ? "development" : version);
        answers.println(hello);
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line = requests.readLine();
        while (line != null) {
            JsonObject request = JsonParser.parseString(line).getAsJsonObject();
            String what = request.get("do").getAsString();
            if (what.equals(QUIT)) {
                break;
            }
            answers.println(answer(handler, what, request));
            line = requests.readLine();
        }
    }

    private static JsonObject answer(Handler handler, String what, JsonObject request) {
        JsonObject answer = new JsonObject();
        try {
            if (!handler.handle(what, request, answer)) {
                answer.addProperty("unsupported", "no request is called " + what);
            }
        } catch (IOException | IllegalArgumentException | OutOfMemoryError e) {
            answer.addProperty("error", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            answer.addProperty("error", "interrupted");
        }
        return answer;
    }
}
