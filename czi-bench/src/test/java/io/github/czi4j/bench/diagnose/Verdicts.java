package io.github.czi4j.bench.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.github.czi4j.bench.diagnose.Finding.Severity;
import java.io.IOException;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What must have been found. That the machine was busy with other things may be found as well, and first: it is shared,
 * and then it is true.
 */
final class Verdicts {
    private static final String BUSY = "busy-machine";
    private static final ThreadLocal<TreeSet<String>> FOUND = ThreadLocal.withInitial(TreeSet::new);

    private Verdicts() {}

    /** A measurement. */
    @FunctionalInterface
    interface Trouble {
        JsonObject measure() throws IOException, InterruptedException;
    }

    /** The rule is the first of those that are found, and the verdict is its. */
    static Finding assertNamed(JsonObject result, String rule, Bottleneck bottleneck) {
        Diagnosis diagnosis = Diagnosis.of(result);
        Finding first = others(diagnosis).stream()
                .findFirst()
                .orElseThrow(() -> new AssertionError(rule + " is not found: " + diagnosis.text()));
        assertEquals(rule, first.rule(), diagnosis.text());
        assertTrue(first.severity() != Severity.INFO, diagnosis.text());
        boolean isBusy = diagnosis.findings().get(0).rule().equals(BUSY);
        assertEquals(isBusy ? Bottleneck.CPU_LIMIT : bottleneck, diagnosis.bottleneck(), diagnosis.text());
        assertTrue(isBusy || diagnosis.verdict().startsWith(first.title()), diagnosis.verdict());
        return kept(first);
    }

    /** The rule is found as a note, and nothing is called wrong. */
    static Finding assertNoted(JsonObject result, String rule) {
        Diagnosis diagnosis = Diagnosis.of(result);
        Finding found = others(diagnosis).stream()
                .filter(finding -> finding.rule().equals(rule))
                .findFirst()
                .orElseThrow(() -> new AssertionError(rule + " is not found: " + diagnosis.text()));
        assertEquals(Severity.INFO, found.severity(), diagnosis.text());
        assertEquals(
                List.of(),
                others(diagnosis).stream()
                        .filter(finding -> finding.severity() != Severity.INFO)
                        .toList(),
                diagnosis.text());
        return kept(found);
    }

    /** No such finding, not even as a note. */
    static void assertSilent(JsonObject result, String rule) {
        Diagnosis diagnosis = Diagnosis.of(result);
        assertTrue(
                diagnosis.findings().stream()
                        .noneMatch(finding -> finding.rule().equals(rule)),
                diagnosis.text());
    }

    /** Asserts where the scheduler has a say: one of some attempts must pass. */
    static JsonObject attempt(int attempts, Trouble trouble, Consumer<JsonObject> assertion)
            throws IOException, InterruptedException {
        AssertionError last = null;
        for (int i = 0; i < attempts; i++) {
            try {
                JsonObject result = trouble.measure();
                assertion.accept(result);
                return result;
            } catch (AssertionError e) {
                last = e;
            }
        }
        throw last;
    }

    private static List<Finding> others(Diagnosis diagnosis) {
        return diagnosis.findings().stream()
                .filter(finding -> !finding.rule().equals(BUSY))
                .toList();
    }

    /** Notes a finding that a test has asserted by itself. */
    static Finding kept(Finding finding) {
        assertTrue(
                finding.evidence().stream().anyMatch(sentence -> sentence.matches("(?s).*\\d.*")),
                "evidence has figures: " + finding.evidence());
        FOUND.get().add(finding.rule());
        return finding;
    }

    /** Holds what a test found against what it says that it provokes. */
    static final class Kept implements BeforeTestExecutionCallback, AfterTestExecutionCallback {
        @Override
        public void beforeTestExecution(ExtensionContext context) {
            FOUND.get().clear();
        }

        @Override
        public void afterTestExecution(ExtensionContext context) {
            Provokes provokes = context.getRequiredTestMethod().getAnnotation(Provokes.class);
            if (context.getExecutionException().isEmpty()) {
                List<String> missing = List.of(provokes.value()).stream()
                        .filter(rule -> !FOUND.get().contains(rule))
                        .toList();
                assertEquals(List.of(), missing, "rules that the test says it provokes, but has not asserted");
            }
        }
    }
}
