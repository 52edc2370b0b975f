package io.github.czi4j.bench.measure;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A JVM that this one started, with the same class path. Both talk in lines: on its standard input and output. It must
 * end when its input does, so that it cannot outlive this JVM, however that dies; {@link ChildMain} sees to that. Those
 * that run when this JVM is told to end are killed. Not thread-safe.
 */
final class ChildJvm implements Closeable {
    private static final int FIRST_JDK_THAT_WARNS_OF_UNSAFE = 24;
    private static final int FIRST_JDK_WITH_FOREIGN = 22;
    private static final long END_SECONDS = 5;
    private static final int ERROR_LINES = 3;
    /** Status of a process that was ended by Ctrl-C, before it could choose to ignore it. */
    private static final int INTERRUPTED = 130;

    private static final List<String> NOT_INHERITED =
            List.of("HeapSize", "RAMPercentage", "FlightRecord", "OnOutOfMemory", "HeapDump", "LogFile", "ErrorFile");

    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    private static volatile boolean isEnding;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(ChildJvm::killAll, "czi-child-killer"));
    }

    private final String what;
    private final Process process;
    private final Deque<String> errors = new ConcurrentLinkedDeque<>();
    private final Thread errorReader;
    private final BufferedReader in;
    private final BufferedWriter out;

    /**
     * Starts one.
     *
     * @param what names it in messages
     * @param main its main class
     * @param maxHeapBytes its largest heap
     */
    static ChildJvm start(String what, Class<?> main, long maxHeapBytes) throws IOException {
        try {
            Process process = new ProcessBuilder(command(main, maxHeapBytes)).start();
            RUNNING.add(process);
            return new ChildJvm(what, process);
        } catch (IOException e) {
            throw new IOException(what + " could not be started: " + e.getMessage(), e);
        }
    }

    private ChildJvm(String what, Process process) {
        this.what = what;
        this.process = process;
        this.errorReader = new Thread(this::readErrors, "czi-child-errors");
        errorReader.setDaemon(true);
        errorReader.start();
        this.in = process.inputReader(StandardCharsets.UTF_8);
        this.out = process.outputWriter(StandardCharsets.UTF_8);
    }

    private static void killAll() {
        isEnding = true;
        // Gently at first: they have workers and files of their own.
        RUNNING.forEach(Process::destroy);
        for (Process process : RUNNING) {
            try {
                if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
            }
        }
    }

    private static List<String> command(Class<?> main, long maxHeapBytes) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + (maxHeapBytes >> 10) + "k");
        int feature = Runtime.version().feature();
        if (feature >= FIRST_JDK_THAT_WARNS_OF_UNSAFE) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        if (feature >= FIRST_JDK_WITH_FOREIGN) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(ChildJvm::isInherited)
                .forEach(command::add);
        command.add("-Djava.awt.headless=true");
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        return command;
    }

    /**
     * A collector or compiler that was chosen for this JVM is meant for all, as are proxies and certificates; sizes of its heap
     * and its recordings are not.
     */
    private static boolean isInherited(String argument) {
        return argument.startsWith("-XX:") && NOT_INHERITED.stream().noneMatch(argument::contains)
                || argument.matches("-D(javax\\.net|jdk\\.httpclient|https?)\\..*");
    }

    void send(String line) throws IOException {
        try {
            out.write(line);
            out.write('\n');
            out.flush();
        } catch (IOException e) {
            throw died(e);
        }
    }

    /** The next line that it says; waits for it. */
    String receive() throws IOException {
        String line = in.readLine();
        if (line == null) {
            throw died(null);
        }
        return line;
    }

    private IOException died(IOException cause) {
        String status = "";
        try {
            if (isEnding) {
                // It was killed because this JVM is ending: there is nobody to complain to.
                new CountDownLatch(1).await();
            }
            if (process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                status = " with status " + process.exitValue();
                if (process.exitValue() == INTERRUPTED) {
                    // A terminal tells all of Ctrl-C, so that this JVM is about to end as well.
                    new CountDownLatch(1).await(END_SECONDS, TimeUnit.SECONDS);
                }
            }
            errorReader.join(TimeUnit.SECONDS.toMillis(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        String said = String.join(" / ", errors);
        return new IOException(what + " ended" + status + (said.isEmpty() ? "" : ": " + said), cause);
    }

    /** Keeps the last lines that it complains in. */
    private void readErrors() {
        try (BufferedReader reader = process.errorReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                errors.add(line);
                if (errors.size() > ERROR_LINES) {
                    errors.remove();
                }
            }
        } catch (IOException e) {
            errors.add(e.toString());
        }
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** Lets it end by itself for some seconds, then kills it. */
    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            // It has ended already.
            process.destroy();
        }
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        RUNNING.remove(process);
        try {
            in.close();
        } catch (IOException e) {
            // It is gone, and with it what it said.
            errors.clear();
        }
    }
}
