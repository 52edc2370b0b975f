package io.github.czi4j.bench.versus;

import com.google.gson.JsonObject;
import io.github.czi4j.bench.peers.Peer;
import io.github.czi4j.bench.peers.PeerProcess;
import io.github.czi4j.bench.report.Members;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One who takes part in a {@link Duel}. Used by one thread. */
interface Contestant extends Closeable {
    /** How long a process may take to start, to open a file, or to do a pass. */
    Duration PATIENCE = Duration.ofMinutes(10);

    /**
     * What a pass took.
     *
     * @param seconds by the clock, above 0
     * @param cpuSeconds of processors, by all threads of the process; NaN where that is not known
     */
    record Pass(double seconds, double cpuSeconds) {}

    /**
     * Does the work once.
     *
     * @return what it took
     * @throws IOException if it fails
     */
    Pass pass() throws IOException;

    /**
     * Fingerprints of what it reads, one for each read; not timed.
     *
     * @return empty if there is nothing to compare
     * @throws IOException if it fails
     */
    default List<String> hashes() throws IOException {
        return List.of();
    }

    @Override
    default void close() {}

    /** A process that lives as long as the duel, and repeats its work. */
    final class Lasting implements Contestant {
        private final Work work;
        private final boolean isSingle;
        private final boolean opensOnly;
        private final PeerProcess process;

        /**
         * Starts a process and opens the file.
         *
         * @param peer how to start it
         * @param work what it reads
         * @param isSingle whether one thread does it all
         * @param opensOnly whether a pass is opening the file
         */
        Lasting(Peer peer, Work work, boolean isSingle, boolean opensOnly) throws IOException {
            this.work = work;
            this.isSingle = isSingle;
            this.opensOnly = opensOnly;
            this.process = new PeerProcess(peer, Map.of(), PATIENCE);
            if (!opensOnly) {
                process.ask(work.open(isSingle), PATIENCE);
            }
        }

        /** From the start of the process until it was ready, seconds. */
        double startUpSeconds() {
            return process.startUpSeconds();
        }

        /** Of the reader, as it says itself. */
        String version() {
            return process.version();
        }

        /** Asks for something that is no pass. */
        JsonObject ask(JsonObject request) throws IOException {
            return process.ask(request, PATIENCE);
        }

        @Override
        public Pass pass() throws IOException {
            if (opensOnly) {
                return of(ask(work.directory()));
            }
            if (work.cacheBytes() > 0) {
                // The cache must be empty again.
                ask(work.open(isSingle));
            }
            return of(ask(work.request(false)));
        }

        @Override
        public List<String> hashes() throws IOException {
            List<String> hashes = new ArrayList<>();
            ask(opensOnly ? work.directory() : work.request(true))
                    .getAsJsonArray("hashes")
                    .forEach(one -> hashes.add(one.getAsString()));
            return hashes;
        }

        @Override
        public void close() {
            process.close();
        }
    }

    /** A new process for each pass, which opens the file and does its work for the first time; starting it is not timed. */
    record Fresh(Peer peer, Work work, boolean isSingle) implements Contestant {
        @Override
        public Pass pass() throws IOException {
            try (PeerProcess process = new PeerProcess(peer, Map.of(), PATIENCE)) {
                double opening = of(process.ask(work.open(isSingle), PATIENCE)).seconds;
                return new Pass(opening + of(process.ask(work.request(false), PATIENCE)).seconds, Double.NaN);
            }
        }
    }

    /**
     * A whole process, from its start to its end.
     *
     * @param command starts it
     * @param patience for its end
     */
    record Command(List<String> command, Duration patience) implements Contestant {
        Command(List<String> command) {
            this(command, PATIENCE);
        }

        @Override
        public Pass pass() throws IOException {
            Path log = Files.createTempFile("versus-", ".log");
            try {
                long begun = System.nanoTime();
                Process process = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
                boolean hasEnded = process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
                double seconds = (System.nanoTime() - begun) / 1e9;
                if (!hasEnded) {
                    process.destroyForcibly();
                    throw new IOException(command.get(0) + " has not ended after " + patience.toSeconds() + " s");
                }
                if (process.exitValue() != 0) {
                    String words = Files.readString(log).strip();
                    throw new IOException(command.get(0) + " ended with " + process.exitValue() + ": " + words);
                }
                return new Pass(seconds, Double.NaN);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while " + command.get(0) + " was at work", e);
            } finally {
                Files.deleteIfExists(log);
            }
        }
    }

    private static Pass of(JsonObject answer) throws IOException {
        double seconds = Members.of(answer).number("seconds");
        if (!(seconds > 0 && seconds < Double.POSITIVE_INFINITY)) {
            throw new IOException("the answer has no sound seconds: " + answer);
        }
        return new Pass(seconds, Members.of(answer).number("cpuSeconds"));
    }
}
