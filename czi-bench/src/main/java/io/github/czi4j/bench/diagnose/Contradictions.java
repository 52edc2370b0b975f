package io.github.czi4j.bench.diagnose;

import io.github.czi4j.bench.report.Quantities;
import java.util.ArrayList;
import java.util.List;

/** Signs that cannot be true together, or that no known cause explains: then no cause is named. */
final class Contradictions {
    private static final double MANY_TIMES = 10;
    private static final double DEVIATION = 0.05;
    private static final double MORE_THAN_ALL = 1.1;
    private static final double UNEXPLAINED = 0.4;
    private static final double SURE = 0.6;
    private static final double WHOLE = 0.99;

    private Contradictions() {}

    /** Each of them in a sentence. */
    static List<String> of(Evidence evidence, List<Finding> findings) {
        List<String> found = new ArrayList<>();
        Split split = evidence.split();
        if (!split.isEmpty()) {
            stages(split, found);
            unexplained(evidence, split, findings, found);
            memory(evidence, split, found);
        }
        causes(findings, found);
        return found;
    }

    private static void stages(Split split, List<String> found) {
        double sum = split.parts().stream().mapToDouble(Split.Part::seconds).sum();
        if (Math.abs(sum - split.wall()) > DEVIATION * split.wall()) {
            found.add("The stages sum to " + Quantities.seconds(sum) + ", but the threads had "
                    + Quantities.seconds(split.wall()) + ".");
        }
        if (split.cpu() > MORE_THAN_ALL * split.wall()) {
            found.add("The threads used " + Quantities.seconds(split.cpu()) + " of processor time in "
                    + Quantities.seconds(split.wall()) + ".");
        }
    }

    /** Threads that neither compute nor wait for anything known. */
    private static void unexplained(Evidence evidence, Split split, List<Finding> findings, List<String> found) {
        double idle = split.active() - split.cpu();
        // Opening reads as well.
        String[] reading = {"read", "open", "directory", "metadata", "index"};
        double known = Math.max(0, split.seconds(reading) - split.cpuSeconds(reading))
                + split.seconds("lock", "gc")
                + Math.max(0, evidence.number("system", "throttledSeconds"));
        double queued = split.queued();
        double rest = (idle - known) / split.active() - (queued > 0 ? queued : 0);
        // Both hold threads up wherever they are.
        boolean isHeldUp = findings.stream()
                .anyMatch(finding ->
                        finding.rule().equals("busy-machine") || finding.rule().equals("swap"));
        if (rest >= UNEXPLAINED && !isHeldUp) {
            found.add(Quantities.percent(rest) + " of the time the threads neither computed nor waited for storage,"
                    + " locks or the collector.");
        }
    }

    private static void memory(Evidence evidence, Split split, List<String> found) {
        boolean isResident = evidence.number("file", "storage", "residentShare") >= WHOLE
                && evidence.number("system", "majorFaults") == 0;
        double ceiling = evidence.storageCeiling("warm");
        double reading = evidence.number("request", "storedBytes") / split.seconds("read");
        if (isResident && split.storageWait() >= UNEXPLAINED && ceiling >= MANY_TIMES * reading) {
            found.add("Reading waits, at " + Quantities.bytes(reading)
                    + "/s, although the file is in memory, from where " + Quantities.bytes(ceiling) + "/s come.");
        }
    }

    /** Two causes that each claim more than half of the same time. */
    private static void causes(List<Finding> findings, List<String> found) {
        List<Finding> claims = findings.stream()
                .filter(finding -> finding.share() >= SURE
                        && List.of("storage", "decode", "lock", "memory", "gc").contains(finding.rule()))
                .toList();
        if (claims.size() > 1) {
            found.add("\"" + claims.get(0).title() + "\" and \"" + claims.get(1).title()
                    + "\" claim more time together than there was.");
        }
    }
}
