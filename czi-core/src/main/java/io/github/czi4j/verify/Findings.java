package io.github.czi4j.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects findings by check. Thread-safe. */
final class Findings {
    private final Map<String, List<Finding>> byCheck = new LinkedHashMap<>();
    private final Map<String, Integer> counts = new LinkedHashMap<>();
    private String file = "";

    /** Says that a check is made, even if it will find nothing. */
    synchronized void begin(String check) {
        counts.putIfAbsent(check, 0);
    }

    /** Says which file of a set is looked at, for the messages; empty for the first. */
    synchronized void in(String name) {
        file = name;
    }

    synchronized void add(Finding given) {
        Finding finding = given.message().startsWith(file) ? given : given.saying(file + ": " + given.message());
        counts.merge(finding.check(), 1, Integer::sum);
        List<Finding> told = byCheck.computeIfAbsent(finding.check(), check -> new ArrayList<>());
        if (told.size() < Verification.MAX_FINDINGS) {
            told.add(finding);
        }
    }

    synchronized Map<String, Integer> counts() {
        return new LinkedHashMap<>(counts);
    }

    synchronized List<Finding> all() {
        List<Finding> all = new ArrayList<>();
        counts.keySet().forEach(check -> all.addAll(byCheck.getOrDefault(check, List.of())));
        return List.copyOf(all);
    }
}
