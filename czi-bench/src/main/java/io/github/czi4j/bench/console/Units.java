package io.github.czi4j.bench.console;

import java.util.Locale;

/** Numbers as people read them. */
public final class Units {
    private static final String[] BYTE_UNITS = {"B", "kB", "MB", "GB", "TB", "PB"};

    private Units() {}

    /**
     * A number of bytes, in powers of 1000.
     *
     * @param bytes at least 0
     * @return for instance {@code 174 MB}
     */
    public static String bytes(double bytes) {
        int unit = 0;
        double value = bytes;
        while (value >= 999.5 && unit < BYTE_UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        return (unit == 0 ? String.format(Locale.ROOT, "%.0f", value) : significant(value)) + " " + BYTE_UNITS[unit];
    }

    /**
     * A time.
     *
     * @param seconds at least 0
     * @return for instance {@code 12.3 ms}, {@code 4.56 s} or {@code 3 min 20 s}
     */
    public static String seconds(double seconds) {
        if (seconds >= 3600) {
            return String.format(Locale.ROOT, "%d h %02d min", (long) seconds / 3600, (long) seconds / 60 % 60);
        }
        if (seconds >= 100) {
            return String.format(Locale.ROOT, "%d min %02d s", (long) seconds / 60, (long) seconds % 60);
        }
        if (seconds >= 1) {
            return significant(seconds) + " s";
        }
        if (seconds >= 1e-3) {
            return significant(seconds * 1e3) + " ms";
        }
        return seconds == 0 ? "0 s" : significant(seconds * 1e6) + " µs";
    }

    /**
     * A number with three significant digits.
     *
     * @param value at least 0
     * @return for instance {@code 0.123}, {@code 12.3} or {@code 1234}
     */
    public static String significant(double value) {
        int digits = value >= 99.95 ? 0 : value >= 9.995 ? 1 : value >= 0.9995 ? 2 : 3;
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
