package io.github.czi4j.bench.peers;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleConsumer;

/**
 * Gives the same work to several readers, each in a process of its own, in turns: A B C A B C. The passes of the first two
 * seconds are not counted, one at least; they fill the page cache, and compile what is compiled late. The first reader of the list is the one that others are compared with; a reader that fails is reported, and
 * harms no other.
 */
public final class PeerComparison {
    private static final Duration START = Duration.ofMinutes(1);
    private static final Duration PASS = Duration.ofMinutes(30);
    private static final double WARM_UP_SECONDS = 2;

    private final Path file;
    private final List<Peer> peers;
    private final Map<String, String> environment;
    private final int passes;
    private final BeforePass coldStart;

    /** Prepares the file for a pass: drops it from the page cache. */
    @FunctionalInterface
    public interface BeforePass {
        /**
         * Prepares.
         *
         * @throws IOException if that cannot be done
         */
        void prepare() throws IOException;
    }

    /**
     * Prepares a comparison.
     *
     * @param file what is read
     * @param peers the readers, the baseline first
     * @param environment added to the environment of their processes
     * @param passes counted passes of each, at least 1
     * @param coldStart null to measure with the file in the page cache; else it is run before each counted pass, which
     *     then has a process of its own, as one that has the file mapped would keep it in the cache, and no warm-up
     */
    public PeerComparison(
            Path file, List<Peer> peers, Map<String, String> environment, int passes, BeforePass coldStart) {
        if (passes < 1) {
            throw new IllegalArgumentException("at least one pass is needed, not " + passes);
        }
        this.file = file.toAbsolutePath();
        this.peers = List.copyOf(peers);
        this.environment = Map.copyOf(environment);
        this.passes = passes;
        this.coldStart = coldStart;
    }

    /** A reader at work; without a process once it has failed. */
    private static final class Runner {
        private final Peer peer;
        private final PeerResult result;
        private PeerProcess process;
        private boolean hasFailed;

        Runner(Peer peer, PeerWork work) {
            this.peer = peer;
            this.result = new PeerResult(peer.name(), work);
            peer.skipped().ifPresent(reason -> {
                hasFailed = true;
                result.failed(reason, true);
            });
        }

        void fail(IOException reason) {
            hasFailed = true;
            result.failed(reason.getMessage(), reason instanceof PeerException peer && peer.isUnsupported());
            stop();
        }

        void stop() {
            if (process != null) {
                process.close();
                process = null;
            }
        }
    }

    /**
     * Runs the work through all readers.
     *
     * @param work what each is given
     * @param progress is told the share that is done, 0 to 1
     * @return a result for each reader, in their order
     * @throws IOException if the file cannot be prepared for a pass
     */
    public List<PeerResult> run(PeerWork work, DoubleConsumer progress) throws IOException {
        List<Runner> runners =
                peers.stream().map(peer -> new Runner(peer, work)).toList();
        try {
            double steps = (passes + 1.0) * runners.size();
            int done = 0;
            for (int pass = 0; pass <= passes; pass++) {
                for (Runner runner : runners) {
                    if (pass > 0) {
                        countedPass(runner);
                    } else if (coldStart == null) {
                        warmUp(runner);
                    }
                    progress.accept(++done / steps);
                }
            }
        } finally {
            runners.forEach(Runner::stop);
        }
        return runners.stream().map(runner -> runner.result).toList();
    }

    private void start(Runner runner) {
        try {
            runner.process = new PeerProcess(runner.peer, environment, START);
            JsonObject open = new JsonObject();
            open.addProperty("do", "open");
            open.addProperty("file", file.toString());
            double seconds = number(runner.process.ask(open, START), "seconds");
            runner.result.started(runner.process.version(), runner.process.startUpSeconds(), seconds);
        } catch (IOException e) {
            runner.fail(e);
        }
    }

    private void warmUp(Runner runner) {
        if (!runner.hasFailed) {
            start(runner);
        }
        double spent = 0;
        while (runner.process != null && spent < WARM_UP_SECONDS) {
            try {
                JsonObject answer = runner.process.ask(runner.result.work().request(), PASS);
                runner.result.saw(hashes(answer, runner.result.work()));
                // A pass that takes no time at all must not be repeated for ever.
                spent += Math.max(number(answer, "seconds"), WARM_UP_SECONDS / 1000);
            } catch (IOException e) {
                runner.fail(e);
            }
        }
    }

    private void countedPass(Runner runner) throws IOException {
        if (!runner.hasFailed && coldStart != null) {
            runner.stop();
            coldStart.prepare();
            start(runner);
        }
        if (runner.hasFailed) {
            return;
        }
        try {
            JsonObject answer = runner.process.ask(runner.result.work().request(), PASS);
            List<String> hashes = hashes(answer, runner.result.work());
            runner.result.add(number(answer, "seconds"), number(answer, "cpuSeconds"), hashes);
        } catch (IOException e) {
            runner.fail(e);
        }
    }

    private static double number(JsonObject answer, String member) throws PeerException {
        JsonElement value = answer.get(member);
        try {
            double number = value == null ? Double.NaN : value.getAsDouble();
            if (number >= 0 && number < Double.POSITIVE_INFINITY) {
                return number;
            }
        } catch (NumberFormatException | UnsupportedOperationException | IllegalStateException e) {
            // Told below.
        }
        throw new PeerException("the answer has no sound " + member);
    }

    private static List<String> hashes(JsonObject answer, PeerWork work) throws PeerException {
        int count = work.regions().size();
        if (!(answer.get("hashes") instanceof JsonArray array) || array.size() != count) {
            throw new PeerException("the answer has no hash for each of the " + count + " regions");
        }
        List<String> hashes = new ArrayList<>();
        array.forEach(hash -> hashes.add(hash.isJsonPrimitive() ? hash.getAsString() : ""));
        return hashes;
    }
}
