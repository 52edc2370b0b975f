package io.github.czi4j.bench.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** An adapter that misbehaves in the way that its argument names. */
public final class FakeAdapter {
    private FakeAdapter() {}

    /** Answers like a reader that gives one pixel, or not. */
    public static void main(String[] args) throws Exception {
        String mode = args[0];
        if (mode.equals("silent")) {
            Thread.sleep(60_000);
        }
        System.out.println(mode.equals("rude") ? "hello" : "{\"protocol\":1,\"name\":\"fake\",\"version\":\"7\"}");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        int reads = 0;
        String line = in.readLine();
        while (line != null && !line.contains("\"quit\"")) {
            if (line.contains("\"open\"")) {
                System.out.println("{\"seconds\":0.5}");
            } else {
                read(mode, reads++);
            }
            line = in.readLine();
        }
    }

    private static void read(String mode, int reads) throws IOException {
        String hash = mode.equals("fickle") && reads > 2 ? "b" : "a";
        switch (mode) {
            case "dies" -> {
                System.err.println("out of luck");
                System.exit(3);
            }
            case "fails" -> System.out.println("{\"error\":\"no such plane\"}");
            case "cannot" -> System.out.println("{\"unsupported\":\"no scenes\"}");
            case "babbles" -> System.out.println("[1,2,");
            case "short" -> System.out.println("{\"seconds\":1,\"cpuSeconds\":1,\"hashes\":[]}");
            case "timeless" -> System.out.println("{\"seconds\":-1,\"cpuSeconds\":1,\"hashes\":[\"a\"]}");
            default -> System.out.println("{\"seconds\":2.5,\"cpuSeconds\":1.25,\"hashes\":[\"" + hash + "\"]}");
        }
    }
}
