package io.github.czi4j.bench.diagnose;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What a rule found.
 *
 * @param rule name of the rule
 * @param title what it found, in a few words
 * @param severity how bad it is
 * @param bottleneck what it says the speed is limited by
 * @param share part of the time that it explains, 0 to 1
 * @param evidence sentences with figures
 * @param advice what to do
 * @param command to try; empty for none
 * @param gainSeconds what that would save for the whole file, if it can be said
 */
public record Finding(
        String rule,
        String title,
        Severity severity,
        Bottleneck bottleneck,
        double share,
        List<String> evidence,
        String advice,
        String command,
        OptionalDouble gainSeconds) {
    /** How bad a finding is. */
    public enum Severity {
        /** Good to know; it explains nothing that is wrong. */
        INFO,
        /** It costs time. */
        WARNING,
        /** It costs most of the time. */
        PROBLEM
    }

    /**
     * Begins a finding.
     *
     * @param rule name of the rule
     * @param severity how bad it is
     * @param bottleneck what it says the speed is limited by
     * @param share part of the time that it explains
     * @param title what it found
     * @return without evidence and advice
     */
    static Finding of(Rule rule, Severity severity, Bottleneck bottleneck, double share, String title) {
        return new Finding(
                rule.name(),
                title,
                severity,
                bottleneck,
                Double.isNaN(share) ? 0 : Math.max(0, Math.min(1, share)),
                List.of(),
                "",
                "",
                OptionalDouble.empty());
    }

    /** One more sentence; an empty one is left out. */
    Finding because(String sentence) {
        if (sentence.isEmpty()) {
            return this;
        }
        List<String> more = new ArrayList<>(evidence);
        more.add(sentence);
        return new Finding(rule, title, severity, bottleneck, share, List.copyOf(more), advice, command, gainSeconds);
    }

    Finding advise(String sentence, String toTry) {
        return new Finding(rule, title, severity, bottleneck, share, evidence, sentence, toTry, gainSeconds);
    }

    /** What it would save; nothing if it is not known or nothing is saved. */
    Finding saves(double seconds) {
        OptionalDouble gain = seconds > 0 ? OptionalDouble.of(seconds) : OptionalDouble.empty();
        return new Finding(rule, title, severity, bottleneck, share, evidence, advice, command, gain);
    }

    JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("rule", rule);
        json.addProperty("title", title);
        json.addProperty("severity", severity.name().toLowerCase(Locale.ROOT));
        json.addProperty("bottleneck", bottleneck.label());
        JsonArray sentences = new JsonArray();
        evidence.forEach(sentences::add);
        json.add("evidence", sentences);
        json.addProperty("advice", advice);
        json.addProperty("command", command.isEmpty() ? null : command);
        json.addProperty("gainSeconds", gainSeconds.isPresent() ? gainSeconds.getAsDouble() : null);
        return json;
    }
}
