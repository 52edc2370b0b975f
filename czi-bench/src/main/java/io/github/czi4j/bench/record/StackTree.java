package io.github.czi4j.bench.record;

import com.google.gson.JsonArray;
import io.github.czi4j.bench.console.WholeFile;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedStackTrace;

/** Stacks of execution samples, merged from the thread's entry downwards. Not thread-safe. */
public final class StackTree {
    /** The event that is counted: a thread that runs Java code. */
    public static final String SAMPLE = "jdk.ExecutionSample";

    private static final String CUT_OFF = "[deeper than recorded]";

    private static final class Node {
        private final Map<String, Node> children = new TreeMap<>();
        private long self;
        private long total;
    }

    private final Node root = new Node();

    /** An empty tree. */
    public StackTree() {}

    /**
     * Takes a sample in.
     *
     * @param event an execution sample
     */
    public void add(RecordedEvent event) {
        RecordedStackTrace trace = event.getStackTrace();
        if (trace == null || trace.getFrames().isEmpty()) {
            return;
        }
        List<String> frames = new ArrayList<>();
        if (trace.isTruncated()) {
            frames.add(CUT_OFF);
        }
        List<RecordedFrame> recorded = trace.getFrames();
        for (int i = recorded.size() - 1; i >= 0; i--) {
            frames.add(name(recorded.get(i)));
        }
        add(frames, 1);
    }

    /** Counts a stack, the thread's entry first. */
    void add(List<String> frames, long samples) {
        Node at = root;
        at.total += samples;
        for (String frame : frames) {
            at = at.children.computeIfAbsent(frame, name -> new Node());
            at.total += samples;
        }
        at.self += samples;
    }

    private static String name(RecordedFrame frame) {
        RecordedMethod method = frame.getMethod();
        String type = method.getType().getName();
        // Hidden classes of lambdas have addresses in their names, which differ from run to run.
        type = type.replaceAll("(\\$\\$Lambda).*", "$1");
        return type + "." + method.getName();
    }

    /**
     * Number of samples.
     *
     * @return of all stacks
     */
    public long samples() {
        return root.total;
    }

    /**
     * Writes one line a stack: frames from the entry on, separated by semicolons, then the number of samples, as other
     * tools for flame graphs read it.
     *
     * @param file where
     * @throws IOException if it cannot be written
     */
    public void writeCollapsed(Path file) throws IOException {
        WholeFile.write(file, part -> {
            try (Writer out = Files.newBufferedWriter(part, StandardCharsets.UTF_8)) {
                writeCollapsed(out, root, "");
            }
        });
    }

    private static void writeCollapsed(Writer out, Node node, String path) throws IOException {
        if (node.self > 0) {
            out.write(path + " " + node.self + "\n");
        }
        for (Map.Entry<String, Node> child : node.children.entrySet()) {
            // A name may hold neither sign of the format.
            String name = child.getKey().replace(';', ':').replace(' ', '_');
            writeCollapsed(out, child.getValue(), path.isEmpty() ? name : path + ";" + name);
        }
    }

    /** Nested arrays for the page: name, samples, children. */
    JsonArray toJson() {
        return toJson("all", root);
    }

    private static JsonArray toJson(String name, Node node) {
        JsonArray json = new JsonArray();
        json.add(name);
        json.add(node.total);
        JsonArray children = new JsonArray();
        node.children.forEach((child, inner) -> children.add(toJson(child, inner)));
        json.add(children);
        return json;
    }
}
