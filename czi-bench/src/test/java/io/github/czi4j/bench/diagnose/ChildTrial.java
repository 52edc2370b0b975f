package io.github.czi4j.bench.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.czi4j.bench.profile.Profile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A profile in a JVM of its own, for troubles that are those of a process. */
final class ChildTrial {
    private final Path file;
    private final List<String> launcher = new ArrayList<>();
    private final List<String> options = new ArrayList<>();
    private String group = "";
    private int threads = 1;
    private int maxTiles = 100;
    private Burden burden = Burden.NONE;

    /** What the JVM carries besides. */
    enum Burden {
        NONE,
        /** A list so long that 13 MB of heap are left, which each full collection has to follow. */
        LONG_LIST,
        /** An array, whose pages are in swap whenever the file is opened, and are wanted when it is read. */
        SWAPPED
    }

    private ChildTrial(Path file) {
        this.file = file;
    }

    static ChildTrial of(Path file) {
        return new ChildTrial(file);
    }

    /** Options of the JVM. */
    ChildTrial with(String... more) {
        options.addAll(List.of(more));
        return this;
    }

    ChildTrial in(TestGroup group) {
        launcher.addAll(group.launcher());
        return this;
    }

    /** The JVM joins the group by itself, when it has loaded the file once and its code is there. */
    ChildTrial later(TestGroup group) {
        this.group = group.members().toString();
        return this;
    }

    /** The JVM has its pages taken away again and again, by the group that it is in. */
    ChildTrial swapped(TestGroup group) {
        this.group = group.reclaim().toString();
        burden = Burden.SWAPPED;
        return this;
    }

    ChildTrial threads(int count) {
        threads = count;
        return this;
    }

    /** More tiles than these are loaded one by one. */
    ChildTrial tiles(int most) {
        maxTiles = most;
        return this;
    }

    ChildTrial carrying(Burden value) {
        burden = value;
        return this;
    }

    /** Starts it, for troubles that come from outside. */
    Process start() throws IOException {
        List<String> command = new ArrayList<>(launcher);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(
                List.of(file.toString(), Integer.toString(threads), Integer.toString(maxTiles), burden.name(), group));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    JsonObject profile() throws IOException, InterruptedException {
        return result(start());
    }

    /** Waits for the profile. */
    static JsonObject result(Process process) throws IOException, InterruptedException {
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), text);
        return JsonParser.parseString(text).getAsJsonObject();
    }

    /** Prints a {@link Profile}. */
    static final class Main {
        private static final int LEFT = 13 << 20;
        private static final int ARRAY = 72 << 20;
        private static final int PAGE = 4096;
        private static final int HEADER = 512;

        private record Node(Node next) {}

        private Main() {}

        public static void main(String[] arguments) throws IOException {
            Burden burden = Burden.valueOf(arguments[3]);
            Node list = burden == Burden.LONG_LIST ? longList() : new Node(null);
            Trial trial = Trial.of(Path.of(arguments[0]))
                    .threads(Integer.parseInt(arguments[1]))
                    .tiles(Integer.parseInt(arguments[2]));
            Path group = Path.of(arguments[4]);
            if (burden == Burden.SWAPPED) {
                trial.through(swapping(group));
            } else if (!arguments[4].isEmpty()) {
                trial.profile();
                Files.writeString(group, Long.toString(ProcessHandle.current().pid()), StandardOpenOption.WRITE);
            }
            System.out.println(trial.profile());
            assertTrue(list != null, "kept until now");
        }

        private static Sources.Fault swapping(Path reclaim) {
            byte[] array = new byte[ARRAY];
            // Systems know ways to be rid of pages of zeros.
            Arrays.fill(array, (byte) 1);
            AtomicBoolean isTaken = new AtomicBoolean();
            return (position, read) -> {
                if (position == 0 && !isTaken.getAndSet(true)) {
                    try {
                        Files.writeString(reclaim, "1G", StandardOpenOption.WRITE);
                    } catch (IOException e) {
                        // It says so where there was less than that to take.
                        array[0]++;
                    }
                } else if (position > HEADER && isTaken.getAndSet(false)) {
                    for (int i = 0; i < ARRAY; i += PAGE) {
                        array[i]++;
                    }
                }
                read.run();
            };
        }

        private static Node longList() {
            Runtime runtime = Runtime.getRuntime();
            Node list = null;
            while (runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory() > LEFT) {
                for (int i = 0; i < 1000; i++) {
                    list = new Node(list);
                }
            }
            return list;
        }
    }
}
