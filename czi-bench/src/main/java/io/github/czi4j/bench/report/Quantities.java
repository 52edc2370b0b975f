package io.github.czi4j.bench.report;

import io.github.czi4j.bench.console.Units;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Figures with their units, as the names of members tell them. */
public final class Quantities {
    /** Where there is no figure. */
    public static final String NONE = "–";

    private Quantities() {}

    /**
     * A time.
     *
     * @param seconds NaN for none
     * @return for instance {@code 12.3 ms}
     */
    public static String seconds(double seconds) {
        return Double.isNaN(seconds) ? NONE : (seconds < 0 ? "−" : "") + Units.seconds(Math.abs(seconds));
    }

    /**
     * A size.
     *
     * @param bytes NaN for none
     * @return for instance {@code 174 MB}
     */
    public static String bytes(double bytes) {
        return Double.isNaN(bytes) ? NONE : (bytes < 0 ? "−" : "") + Units.bytes(Math.abs(bytes));
    }

    /**
     * After how many loads a remedy has paid.
     *
     * @param gainSeconds saved by each load
     * @param costSeconds spent once
     * @return a whole number; 0 if it never pays, or a figure is missing
     */
    public static double loadsToPay(double gainSeconds, double costSeconds) {
        return gainSeconds > 0 ? Math.max(1, Math.ceil(costSeconds / gainSeconds)) : 0;
    }

    /**
     * A number with three significant digits.
     *
     * @param value NaN for none
     * @return for instance {@code 12.3}
     */
    public static String number(double value) {
        return Double.isNaN(value) ? NONE : Units.significant(value);
    }

    /**
     * A share.
     *
     * @param share 0 to 1, or more; NaN for none
     * @return for instance {@code 12.3 %}
     */
    public static String percent(double share) {
        if (Double.isNaN(share)) {
            return NONE;
        }
        return share >= 0.1 && share < 100
                ? String.format(Locale.ROOT, "%.0f %%", 100 * share)
                : Units.significant(100 * share) + " %";
    }

    /**
     * A count.
     *
     * @param count NaN for none
     * @return with thin spaces between thousands
     */
    public static String count(double count) {
        return Double.isNaN(count)
                ? NONE
                : String.format(Locale.ROOT, "%,d", (long) count).replace(',', '\u2009');
    }

    /**
     * A value with the unit that the end of its member's name says.
     *
     * @param name of the member, for instance {@code maxHeapBytes}
     * @param value absent for none
     * @return text
     */
    public static String of(String name, Members value) {
        double number = value.number();
        if (Double.isNaN(number)) {
            return other(name, value);
        }
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith("bytespersecond")) {
            return bytes(number) + "/s";
        }
        if (lower.endsWith("megapixelspersecond")) {
            return number(number) + " Mpx/s";
        }
        if (lower.endsWith("bytes")) {
            return bytes(number);
        }
        if (lower.endsWith("seconds")) {
            return seconds(number);
        }
        if (lower.endsWith("share")) {
            return percent(number);
        }
        return number == Math.rint(number) ? count(number) : number(number);
    }

    private static String other(String name, Members value) {
        if (!value.list().isEmpty()) {
            return value.list().stream().map(one -> of(name, one)).collect(Collectors.joining(", "));
        }
        Map<String, Members> members = value.map();
        if (!members.isEmpty()) {
            return members.entrySet().stream()
                    .map(entry -> words(entry.getKey()) + " " + of(entry.getKey(), entry.getValue()))
                    .collect(Collectors.joining(", "));
        }
        String text = value.text();
        return switch (text) {
            case "" -> NONE;
            case "true" -> "yes";
            case "false" -> "no";
            default -> text;
        };
    }

    /**
     * A member's name as words.
     *
     * @param name for instance {@code maxHeapBytes}
     * @return for instance {@code max heap}
     */
    public static String words(String name) {
        if (!name.matches("[A-Za-z0-9]+")) {
            return name;
        }
        String words = name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
        words = words.replaceFirst("^is ", "").replaceFirst("(?<=.) (bytes|seconds)$", "");
        return words.replaceAll("\\bcpu(s?)\\b", "CPU$1").replaceAll("\\bjvm\\b", "JVM");
    }
}
