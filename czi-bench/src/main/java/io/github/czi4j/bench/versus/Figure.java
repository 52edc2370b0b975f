package io.github.czi4j.bench.versus;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.github.czi4j.bench.measure.Interval;
import io.github.czi4j.bench.report.JsonReport;
import java.util.Locale;

/**
 * A figure beside its target.
 *
 * @param id of the line of the table
 * @param work for people
 * @param unit what the value is
 * @param cores {@code one} or {@code two}
 * @param target what it should be
 * @param isAtLeast whether more is better than the target, rather than less
 * @param value the figure
 * @param details what it was made of
 */
record Figure(
        String id,
        String work,
        Unit unit,
        String cores,
        double target,
        boolean isAtLeast,
        Interval value,
        JsonObject details) {
    /** One thread of this reader. */
    static final String ONE = "one";
    /** Its default options. */
    static final String TWO = "two";

    /** What a value is. */
    enum Unit {
        /** Time of this reader over that of libCZI. */
        RATIO,
        /** Time. */
        SECONDS,
        /** A part of what the machine could do. */
        SHARE,
        /** Memory. */
        BYTES
    }

    /** Whether the median keeps the target. */
    boolean isMet() {
        return isAtLeast ? value.median() >= target : value.median() <= target;
    }

    /** Whether all of the interval is on the same side of the target. */
    boolean isSure() {
        return value.low() > target || value.high() < target || value.low() == value.high();
    }

    private boolean isOfMachine() {
        return unit == Unit.SHARE || unit == Unit.BYTES;
    }

    /** A line for a terminal. */
    String words() {
        return String.format(
                Locale.ROOT,
                "%-28s %s  %.4g (%.4g to %.4g)  target %s %.4g  %s%s",
                id,
                cores,
                value.median(),
                value.low(),
                value.high(),
                isAtLeast ? "≥" : "≤",
                target,
                isMet() ? "met" : "missed",
                details.has("cpuRatio")
                        ? String.format(
                                Locale.ROOT,
                                "  processor time %.3g",
                                details.getAsJsonObject("cpuRatio")
                                        .get("median")
                                        .getAsDouble())
                        : "");
    }

    JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("id", id);
        json.addProperty("work", work);
        json.addProperty("table", isOfMachine() ? VersusReport.MACHINE : VersusReport.LIBCZI);
        json.addProperty("unit", unit.name().toLowerCase(Locale.ROOT));
        json.addProperty("cores", cores);
        json.addProperty("target", target);
        json.addProperty("isAtLeast", isAtLeast);
        json.add("value", JsonReport.interval(value));
        json.addProperty("isMet", isMet());
        json.addProperty("isSure", isSure());
        json.add("failed", JsonNull.INSTANCE);
        json.add("details", details);
        return json;
    }

    /** What stands for the figures of a line that could not be measured. */
    static JsonObject failed(String id, String work, String table, String reason) {
        JsonObject json = new JsonObject();
        json.addProperty("id", id);
        json.addProperty("work", work);
        json.addProperty("table", table);
        json.addProperty("failed", reason);
        return json;
    }
}
