package io.github.czi4j.mosaic;

import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Rect;
import io.github.czi4j.model.TileFailure;
import io.github.czi4j.model.TileWarning;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What went wrong with single tiles of one mosaic. One tile's trouble never stops the others, unless strictness was asked
 * for. Thread-safe.
 */
final class TileReport {
    /** So many faults are put up with before the last one counts. */
    private static final int FAULTS = 2;

    private final TileLoader loader;
    private final boolean strict;
    private final Map<Integer, CziException> failed = new TreeMap<>();
    private final Map<Integer, List<String>> warned = new TreeMap<>();
    private volatile boolean over;

    @FunctionalInterface
    interface Step {
        void run() throws CziException;
    }

    TileReport(TileLoader loader, boolean strict) {
        this.loader = loader;
        this.strict = strict;
    }

    /** Does something with a tile and keeps what goes wrong. The step is done again as long as it meets a fault. */
    void attempt(int row, Step step) {
        Step next = step;
        for (int i = 0; ; i++) {
            try {
                attemptOnce(row, next);
                return;
            } catch (InternalError e) {
                // The JVM may blame a tile for a page that another one could not read, and may do so anywhere, even
                // while
                // a failure is noted: whatever was begun is begun again, and only a lasting fault is the tile's own.
                if (i >= FAULTS) {
                    next = () -> {
                        throw loader.unreadableMap(row, e);
                    };
                }
            }
        }
    }

    private void attemptOnce(int row, Step step) {
        try {
            step.run();
        } catch (CziException e) {
            fail(row, e);
        } catch (OutOfMemoryError e) {
            fail(row, loader.outOfMemory(row, e));
        }
    }

    synchronized void fail(int row, CziException reason) {
        failed.put(row, reason);
        over = strict;
    }

    void warn(int row, List<String> messages) {
        if (!messages.isEmpty()) {
            synchronized (this) {
                warned.put(row, messages);
                over = strict;
            }
        }
    }

    /** Whether nothing more should be begun. */
    boolean isOver() {
        return over;
    }

    synchronized Set<Integer> failed() {
        return new TreeSet<>(failed.keySet());
    }

    synchronized boolean hasFailed(int row) {
        return failed.containsKey(row);
    }

    /** In strict mode, the first trouble as an exception. */
    synchronized void throwIfStrict() throws CziException {
        if (!strict) {
            return;
        }
        for (CziException reason : failed.values()) {
            throw reason;
        }
        for (Map.Entry<Integer, List<String>> entry : warned.entrySet()) {
            throw CziException.corrupt(
                    loader.nameOf(entry.getKey()),
                    loader.directory().filePosition(entry.getKey()),
                    "subblock " + entry.getKey() + ": " + entry.getValue().get(0));
        }
    }

    synchronized List<TileFailure> failures(Map<Integer, List<Rect>> holes) {
        List<TileFailure> result = new ArrayList<>();
        failed.forEach((row, reason) -> result.add(new TileFailure(
                row, loader.directory().filePosition(row), reason, holes.getOrDefault(row, List.of()))));
        return result;
    }

    synchronized List<TileWarning> warnings() {
        List<TileWarning> result = new ArrayList<>();
        warned.forEach((row, messages) -> messages.forEach(message -> result.add(new TileWarning(row, message))));
        return result;
    }
}
