package io.github.czi4j.bench;

import com.google.gson.JsonObject;
import io.github.czi4j.bench.console.CommandErrors;
import io.github.czi4j.bench.console.Progress;
import io.github.czi4j.bench.console.TextTable;
import io.github.czi4j.bench.diagnose.Diagnosis;
import io.github.czi4j.bench.live.LiveProfile;
import io.github.czi4j.bench.live.ProcessWatch;
import io.github.czi4j.bench.live.RunningJvm;
import io.github.czi4j.bench.record.FlamePage;
import io.github.czi4j.bench.report.JsonReport;
import io.github.czi4j.bench.report.Members;
import io.github.czi4j.bench.report.Quantities;
import io.github.czi4j.bench.report.Text;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** {@code czi profile --pid}: where the time goes in a program that runs already. */
final class LiveProfiling {
    private static final int MAX_SECONDS = 24 * 3600;
    private static final long STEP_MILLIS = 100;
    /** After which the other JVM ends a recording that nobody has fetched. */
    private static final int GRACE_SECONDS = 120;

    private final long pid;
    private final double seconds;
    private final Path output;
    private final ReportOptions reports;
    private final RecordOptions records;

    LiveProfiling(long pid, double seconds, Path output, ReportOptions reports, RecordOptions records) {
        if (!(seconds > 0 && seconds <= MAX_SECONDS)) {
            throw new IllegalArgumentException("--seconds must be above 0 and at most " + MAX_SECONDS);
        }
        if (records.hasTrace()) {
            throw new IllegalArgumentException("--trace does not go with --pid: a recording by jcmd JFR.start has the"
                    + " same events, JDK Mission Control shows them");
        }
        this.pid = pid;
        this.seconds = seconds;
        this.output = output;
        this.reports = reports;
        this.records = records;
    }

    /** Records, and says what was seen; returns the status of the command. */
    int run(PrintWriter out, PrintWriter err) throws IOException {
        Path folder = Files.createTempDirectory("czi-profile");
        Path recording = folder.resolve("recording.jfr");
        try (Interruption interruption = Interruption.stopping(() -> {}, err)) {
            LiveProfile profile = record(recording, interruption);
            JsonObject result = profile.toJson();
            Diagnosis diagnosis = Diagnosis.of(result);
            result.add("diagnosis", diagnosis.toJson());
            print(out, Members.of(result), profile.stacks().samples());
            out.println();
            out.print(diagnosis.text());
            if (output != null) {
                JsonReport.write(output, result);
                out.println("Written to " + output);
            }
            reports.write(result).forEach(file -> out.println("Written to " + file));
            if (records.flame() != null) {
                FlamePage.write(records.flame(), "process " + pid, profile.stacks(), profile.isPartial());
                out.println("Written to " + records.flame());
            }
            if (records.collapsed() != null) {
                profile.stacks().writeCollapsed(records.collapsed());
                out.println("Written to " + records.collapsed());
            }
            out.flush();
            return interruption.status(CommandErrors.OK);
        } finally {
            Files.deleteIfExists(recording);
            Files.deleteIfExists(folder);
        }
    }

    private LiveProfile record(Path recording, Interruption interruption) throws IOException {
        RunningJvm jvm = RunningJvm.attach(pid);
        // However this ends, the other program is not left recording.
        Thread rescue = new Thread(jvm::discardRecording, "czi-profile-rescue");
        Runtime.getRuntime().addShutdownHook(rescue);
        boolean isStopped = false;
        try {
            jvm.startRecording(recording, Duration.ofSeconds((long) seconds + GRACE_SECONDS));
            ProcessWatch watch = new ProcessWatch(pid);
            boolean isWhole = await(watch, interruption);
            if (watch.look()) {
                jvm.stopRecording(recording);
            } else {
                jvm.fetchFromEnded(recording);
            }
            isStopped = true;
            LiveProfile profile = LiveProfile.of(recording, watch, !isWhole);
            if (profile.isEmpty()) {
                throw new IOException(
                        watch.look() && jvm.hasReader()
                                ? "process " + pid + " uses czi4j, but read nothing in these "
                                        + Quantities.seconds(profile.recordedSeconds())
                                        + ": try again while it does, or longer (--seconds)"
                                : "process " + pid + " gave no czi events: it does not use czi4j, or has not yet");
            }
            return profile;
        } finally {
            if (!isStopped) {
                jvm.discardRecording();
            }
            try {
                Runtime.getRuntime().removeShutdownHook(rescue);
            } catch (IllegalStateException e) {
                // The JVM is going down and the hook runs already.
                Thread.onSpinWait();
            }
        }
    }

    /** Whether all of the time went by before anything ended. */
    private boolean await(ProcessWatch watch, Interruption interruption) throws IOException {
        long begun = System.nanoTime();
        long nanos = (long) (seconds * 1e9);
        try (Progress progress = new Progress("recording process " + pid + ", ms", nanos / 1_000_000)) {
            for (long passed = 0; passed < nanos; passed = System.nanoTime() - begun) {
                if (interruption.isThere() || !watch.look()) {
                    return false;
                }
                progress.update(passed / 1_000_000);
                Thread.sleep(Math.max(1, Math.min(STEP_MILLIS, (nanos - passed) / 1_000_000)));
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while recording process " + pid, e);
        }
    }

    private void print(PrintWriter out, Members result, long samples) {
        double others = result.number("file", "otherFiles");
        double tilesRead = result.number("tiles", "count");
        double distinct = result.number("request", "distinctTiles");
        out.println("process  " + pid + ", " + result.text("file", "name")
                + (others > 0 ? " and other files: " + Quantities.count(others) : ""));
        out.println("tiles    " + Quantities.count(tilesRead) + " read, "
                + Quantities.bytes(result.number("request", "storedBytes")) + "; "
                + Quantities.count(result.number("request", "cacheHits")) + " from the cache");
        if (tilesRead > distinct) {
            out.println("         these are " + Quantities.count(distinct) + " different tiles, each read "
                    + Quantities.number(tilesRead / distinct) + " times");
        }
        out.println("threads  " + Quantities.count(result.number("method", "threadsSeen")) + ", at most "
                + Quantities.count(result.number("method", "threads")) + " at once; the reader was at work for "
                + Quantities.seconds(result.number("elapsedSeconds")));
        out.println("recorded " + Quantities.seconds(result.number("method", "recordedSeconds"))
                + (result.isTrue("partial") ? ", less than wanted: it was interrupted, or the process ended" : ""));
        out.println();
        TextTable stages = new TextTable("stage", "time>", "share>", "CPU>");
        for (Members stage : result.at("stages").list()) {
            if (stage.number("seconds") > 0) {
                stages.row(
                        stage.text("name"),
                        Quantities.seconds(stage.number("seconds")),
                        Quantities.percent(stage.number("share")),
                        Quantities.seconds(stage.number("cpuSeconds")));
            }
        }
        out.println(stages);
        TextTable tiles = new TextTable("each tile", "median>", "90 %>", "99 %>", "slowest>");
        for (String part : List.of("read", "decode", "place", "all")) {
            Members one = result.at("tiles", part);
            tiles.row(
                    part,
                    Quantities.seconds(one.number("p50")),
                    Quantities.seconds(one.number("p90")),
                    Quantities.seconds(one.number("p99")),
                    Quantities.seconds(one.number("p100")));
        }
        out.println(tiles);
        out.print(
                Text.wrap("Outside: what these threads did beside reading tiles, waiting included; the diagnosis leaves"
                        + " it out. " + samples + " samples of processor time"
                        + (records.flame() == null ? "; --flame f.html shows them." : ".")));
    }
}
