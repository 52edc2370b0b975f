package io.github.czi4j.bench.diagnose;

import io.github.czi4j.bench.report.Members;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** How the time of a pass splits into stages. All figures are NaN, or 0 for a stage, where there is no split. */
final class Split {
    /** A stage, as it is in a result. */
    record Part(String name, double seconds, double cpuSeconds) {
        /** Whether it is one of these stages; {@code decode} is decoding of any compression. */
        boolean isOf(String... stages) {
            return Arrays.stream(stages).anyMatch(stage -> name.equals(stage) || name.startsWith(stage + " "));
        }
    }

    /** Stages in which a thread has nothing to do, or something else than this program looks at. */
    static final String[] IDLE = {"wait", "outside"};

    private final Members pass;
    private final List<Part> parts;

    Split(Members pass) {
        this.pass = pass;
        this.parts = pass.at("stages").list().stream()
                .map(stage -> new Part(stage.text("name"), stage.number("seconds"), stage.number("cpuSeconds")))
                .filter(part -> part.seconds() >= 0)
                .toList();
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    List<Part> parts() {
        return parts;
    }

    /** Time of all threads together. */
    double wall() {
        return pass.number("wallSeconds");
    }

    double cpu() {
        return pass.number("cpuSeconds");
    }

    /** By the clock on the wall; without that figure the time of the threads, which is the same for one. */
    double elapsed() {
        double elapsed = pass.number("elapsedSeconds");
        return Double.isNaN(elapsed) ? wall() : elapsed;
    }

    /** Time in which threads had something to do with tiles. */
    double active() {
        return wall() - seconds(IDLE);
    }

    double seconds(String... stages) {
        return parts.stream()
                .filter(part -> part.isOf(stages))
                .mapToDouble(Part::seconds)
                .sum();
    }

    /** NaN if it is not known of one of them. */
    double cpuSeconds(String... stages) {
        return parts.stream()
                .filter(part -> part.isOf(stages) && part.seconds() > 0)
                .mapToDouble(part -> Math.max(0, part.cpuSeconds()))
                .sum();
    }

    /** Part of the active time. */
    double share(String... stages) {
        return seconds(stages) / active();
    }

    /** How much of stages the processor was at work for, 0 to 1. */
    double busy(String... stages) {
        return cpuSeconds(stages) / seconds(stages);
    }

    /** How much of stages the processor was at work for, the time left out in which there was none; 0 to 1. */
    double computing(String... stages) {
        return cpuSeconds(stages) / (cpuSeconds(stages) + waiting(stages));
    }

    /** Part of the active time that reading spends waiting, as far as it does not wait for a processor. */
    double storageWait() {
        return waiting("read") / active();
    }

    /** Seconds for which stages waited, but not for a processor. */
    private double waiting(String... stages) {
        // Nobody counts the queue by stages: it is taken to be shared by all that wait.
        double queued = Math.min(1, pass.number("system", "queuedSeconds") / (active() - cpu()));
        return Math.max(0, seconds(stages) - cpuSeconds(stages)) * (queued > 0 ? 1 - queued : 1);
    }

    /** Part of the active time for which threads waited for a processor, as far as the system tells. */
    double queued() {
        return pass.number("system", "queuedSeconds") / active();
    }

    /** The longest of some stages. */
    Optional<Part> longest(String... stages) {
        return parts.stream().filter(part -> part.isOf(stages)).max(Comparator.comparingDouble(Part::seconds));
    }
}
