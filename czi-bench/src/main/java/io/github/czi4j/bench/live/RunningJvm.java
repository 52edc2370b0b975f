package io.github.czi4j.bench.live;

import io.github.czi4j.CziReader;
import io.github.czi4j.bench.console.WholeFile;
import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Another JVM on this machine, told what to do as {@code jcmd} does it. Its Flight Recorder writes into a temporary file
 * that it names itself; nothing else is changed in it.
 */
public final class RunningJvm {
    private static final long ANSWER_SECONDS = 60;
    private static final int SIGQUIT = 3;
    private static final String THRESHOLD = "100us";
    private static final String JCMD = "jdk.jcmd/sun.tools.jcmd.JCmd";

    private final long pid;
    private final String recording;

    private RunningJvm(long pid) {
        this.pid = pid;
        this.recording = "czi4j-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
    }

    /**
     * Attaches.
     *
     * @param pid of the process
     * @return the JVM
     * @throws IOException if there is none, or it lets nobody in; the message says why
     */
    public static RunningJvm attach(long pid) throws IOException {
        if (pid == ProcessHandle.current().pid()) {
            throw new IOException("process " + pid + " is this command itself");
        }
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        if (process.isEmpty() || !process.get().isAlive()) {
            throw new IOException("there is no process " + pid + " (jcmd without arguments lists those of the JVM)");
        }
        if (ModuleFinder.ofSystem().find("jdk.jcmd").isEmpty()) {
            throw new IOException("--pid needs the module jdk.jcmd, which this JVM lacks: run czi with a JDK");
        }
        // To ask a process that does not expect it for attachment, a signal, would kill it.
        checkIsJvm(process.get());
        RunningJvm jvm = new RunningJvm(pid);
        jvm.command("VM.version");
        return jvm;
    }

    private static void checkIsJvm(ProcessHandle process) throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (Files.isReadable(status)) {
            String caught = Files.readAllLines(status, StandardCharsets.ISO_8859_1).stream()
                    .filter(line -> line.startsWith("SigCgt:"))
                    .map(line -> line.substring("SigCgt:".length()).trim())
                    .findFirst()
                    .orElse("0");
            if ((Long.parseUnsignedLong(caught, 16) >> (SIGQUIT - 1) & 1) == 0) {
                throw new IOException("process " + process.pid() + " is no JVM, or one that was started with -Xrs"
                        + " and cannot be attached to");
            }
            return;
        }
        String command = process.info().command().orElse("").toLowerCase(Locale.ROOT);
        if (!command.isEmpty() && !command.contains("java")) {
            throw new IOException("process " + process.pid() + " is no JVM: " + command);
        }
    }

    /**
     * Whether it has loaded the reader.
     *
     * @return false if not; also for a reader that somebody renamed when packing it
     * @throws IOException if it does not answer
     */
    public boolean hasReader() throws IOException {
        String reader = CziReader.class.getName();
        return command("VM.class_hierarchy", reader).contains(reader + "/");
    }

    /**
     * Begins to record, into a file that the JVM writes when it is told to, or when it ends.
     *
     * @param file where the recording is to be; in a container a file of that name there
     * @param limit after which the JVM ends the recording by itself, should nobody be left to do so
     * @throws IOException if it cannot
     */
    public void startRecording(Path file, Duration limit) throws IOException {
        letWrite(file.toAbsolutePath().getParent());
        // The JDK's own settings: execution samples each 10 ms, and the reader's events, which they do not mention, are
        // on. Threads are held up for less than their thresholds, but many times.
        String answer = command(
                "JFR.start",
                "name=" + recording,
                "settings=profile",
                "filename=" + file.toAbsolutePath(),
                "dumponexit=true",
                "duration=" + limit.toSeconds() + "s",
                "jdk.JavaMonitorEnter#threshold=" + THRESHOLD,
                "jdk.ThreadPark#threshold=" + THRESHOLD);
        if (!answer.contains("Started recording")) {
            throw new IOException("process " + pid + " does not record: " + lastLine(answer));
        }
    }

    /** Of a superuser's file in a superuser's folder nothing may be written by the JVM of another user. */
    private void letWrite(Path folder) {
        try {
            Path process = Path.of("/proc", Long.toString(pid));
            if (!Files.getOwner(folder).equals(Files.getOwner(process))) {
                Files.setOwner(folder, Files.getOwner(process));
            }
        } catch (IOException | UnsupportedOperationException e) {
            // Not Linux, or not allowed: then it is the same user, or the JVM will complain.
            Thread.onSpinWait();
        }
    }

    /**
     * Ends the recording and fetches it.
     *
     * @param file as it was named at the start
     * @throws IOException if it cannot be had
     */
    public void stopRecording(Path file) throws IOException {
        fetch(file, command("JFR.stop", "name=" + recording));
    }

    /**
     * Fetches what the JVM wrote when it ended.
     *
     * @param file as it was named at the start
     * @throws IOException if it wrote nothing
     */
    public void fetchFromEnded(Path file) throws IOException {
        // It removes the folder of its recordings last of all.
        for (int i = 0; i < 10 && size(file) == 0; i++) {
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (size(file) == 0) {
            throw new IOException("process " + pid
                    + " ended while it was recorded, and left no recording: it was killed, or crashed");
        }
    }

    private static long size(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    private void fetch(Path file, String answer) throws IOException {
        if (size(file) > 0) {
            return;
        }
        // In a container the same name is another place.
        Path theirs = file.toAbsolutePath();
        Path seen = Path.of("/proc/" + pid + "/root" + theirs);
        if (!Files.isReadable(seen)) {
            throw new IOException(
                    "process " + pid + " did not write its recording to " + theirs + ": " + lastLine(answer));
        }
        WholeFile.write(file, part -> Files.copy(seen, part));
        Files.deleteIfExists(seen);
    }

    /** Ends the recording, whatever comes of it. */
    public void discardRecording() {
        try {
            command("JFR.stop", "name=" + recording);
        } catch (IOException e) {
            // The process has ended, or the recording has: both are what is wanted.
            Thread.onSpinWait();
        }
    }

    private String command(String... words) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-m", JCMD, Long.toString(pid)));
        line.add(String.join(" ", words));
        Path answer = Files.createTempFile("czi-jcmd", ".txt");
        try {
            Process process = new ProcessBuilder(line)
                    .redirectErrorStream(true)
                    .redirectOutput(answer.toFile())
                    .start();
            if (!process.waitFor(ANSWER_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("process " + pid + " does not answer: it hangs, or is stopped");
            }
            String text = Files.readString(answer, StandardCharsets.UTF_8);
            if (process.exitValue() != 0) {
                throw new IOException(reason(text));
            }
            return text;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for process " + pid, e);
        } finally {
            Files.deleteIfExists(answer);
        }
    }

    private String reason(String text) {
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        if (process.isEmpty()) {
            return "process " + pid + " has ended";
        }
        String owner = process.get().info().user().orElse("?");
        String own = ProcessHandle.current().info().user().orElse("?");
        if (!owner.equals(own)) {
            return "process " + pid + " belongs to " + owner + ", this command to " + own
                    + ": run it as the same user to attach";
        }
        if (text.contains("AttachNotSupportedException") || text.contains("doesn't respond")) {
            return "process " + pid + " lets nobody attach: it was started with -XX:+DisableAttachMechanism, or hangs";
        }
        return "process " + pid + " cannot be attached to: " + lastLine(text);
    }

    private static String lastLine(String text) {
        String[] lines = text.strip().split("\\R");
        return lines[lines.length - 1].strip();
    }
}
