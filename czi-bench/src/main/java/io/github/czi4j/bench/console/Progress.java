package io.github.czi4j.bench.console;

import java.io.PrintStream;
import java.util.Locale;

/**
 * One line on standard error that says how far work has come and when it will be done. Appears after a second of work,
 * and only on a terminal. Thread-safe.
 */
public final class Progress implements AutoCloseable {
    private static final long FIRST_NANOS = 1_000_000_000L;
    private static final long REDRAW_NANOS = 100_000_000L;
    private static final int WIDTH = 79;

    private final PrintStream out;
    private final String what;
    private final long total;
    private final boolean enabled;
    private final long begun = System.nanoTime();
    private long lastDrawn = begun + FIRST_NANOS - REDRAW_NANOS;
    private boolean isDrawn;

    /**
     * Begins to watch.
     *
     * @param what the work, for instance {@code reading tiles}
     * @param total number of steps, at least 1
     */
    public Progress(String what, long total) {
        this(System.err, what, total, Terminal.isInteractive());
    }

    Progress(PrintStream out, String what, long total, boolean enabled) {
        this.out = out;
        this.what = what;
        this.total = Math.max(1, total);
        this.enabled = enabled;
    }

    /**
     * Says how far the work has come.
     *
     * @param done number of steps, 0 to the total
     */
    public void update(long done) {
        update(done, "");
    }

    /**
     * Says how far the work has come, and what is being done.
     *
     * @param done number of steps, 0 to the total
     * @param detail what is being done, in place of the numbers; empty for the numbers
     */
    public synchronized void update(long done, String detail) {
        if (!enabled) {
            return;
        }
        long now = System.nanoTime();
        if (now - lastDrawn < REDRAW_NANOS) {
            return;
        }
        lastDrawn = now;
        isDrawn = true;
        double share = Math.min(1, (double) done / total);
        String eta = done == 0 ? "" : ", " + Units.seconds((now - begun) / 1e9 * (1 - share) / share) + " left";
        String step = detail.isEmpty() ? done + " of " + total : detail;
        String text = String.format(Locale.ROOT, "%s: %s (%.0f %%%s)", what, step, 100 * share, eta);
        out.print("\r" + fit(text));
        out.flush();
    }

    private static String fit(String text) {
        return text.length() >= WIDTH ? text.substring(0, WIDTH) : text + " ".repeat(WIDTH - text.length());
    }

    /** Wipes the line away. */
    @Override
    public synchronized void close() {
        if (isDrawn) {
            out.print("\r" + " ".repeat(WIDTH) + "\r");
            out.flush();
            isDrawn = false;
        }
    }
}
