package io.github.czi4j.mosaic;

import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Rect;
import io.github.czi4j.model.TileFailure;
import io.github.czi4j.model.TileWarning;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What went wrong with single tiles of one mosaic. One tile's trouble never stops the others, unless strictness was asked
 * for. Thread-safe.
 */
final class TileReport {
    /** So many faults are put up with before the last one counts. */
    private static final int FAULTS = 2;

    private final TileLoader loader;
    private final boolean strict;
    /** The last notes. */
    private Note<CziException> failed;

    private Note<List<String>> warned;
    private volatile boolean over;

    /**
     * What is noted of a tile. Notes are linked, and added by one assignment: a late fault may end any statement, and a map
     * that is hit in the middle of its own work loses entries.
     */
    private record Note<T>(int row, T what, Note<T> before) {
        /** All up to the last one, by index; what was noted first of a tile counts. */
        static <T> SortedMap<Integer, T> byRow(Note<T> last) {
            SortedMap<Integer, T> byRow = new TreeMap<>();
            for (Note<T> note = last; note != null; note = note.before) {
                byRow.put(note.row, note.what);
            }
            return byRow;
        }
    }

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
                // while a failure is noted: whatever was begun is begun again; a lasting fault is the tile's own.
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
        failed = new Note<>(row, reason, failed);
        over = strict;
    }

    void warn(int row, List<String> messages) {
        if (!messages.isEmpty()) {
            synchronized (this) {
                warned = new Note<>(row, messages, warned);
                over = strict;
            }
        }
    }

    /** Whether the first trouble ends it all. */
    boolean isStrict() {
        return strict;
    }

    /** Whether nothing more should be begun. */
    boolean isOver() {
        return over;
    }

    private synchronized SortedMap<Integer, CziException> failedByRow() {
        return Note.byRow(failed);
    }

    private synchronized SortedMap<Integer, List<String>> warnedByRow() {
        return Note.byRow(warned);
    }

    Set<Integer> failed() {
        return failedByRow().keySet();
    }

    /** In strict mode, the first trouble as an exception. */
    void throwIfStrict() throws CziException {
        if (!strict) {
            return;
        }
        for (CziException reason : failedByRow().values()) {
            throw reason;
        }
        for (Map.Entry<Integer, List<String>> entry : warnedByRow().entrySet()) {
            throw CziException.corrupt(
                    loader.nameOf(entry.getKey()),
                    loader.directory().filePosition(entry.getKey()),
                    "subblock " + entry.getKey() + ": " + entry.getValue().get(0));
        }
    }

    List<TileFailure> failures(Map<Integer, List<Rect>> holes) {
        List<TileFailure> result = new ArrayList<>();
        for (Map.Entry<Integer, CziException> entry : failedByRow().entrySet()) {
            int row = entry.getKey();
            result.add(new TileFailure(
                    row, loader.directory().filePosition(row), entry.getValue(), holes.getOrDefault(row, List.of())));
        }
        return result;
    }

    List<TileWarning> warnings() {
        List<TileWarning> result = new ArrayList<>();
        for (Map.Entry<Integer, List<String>> entry : warnedByRow().entrySet()) {
            for (String message : entry.getValue()) {
                result.add(new TileWarning(entry.getKey(), message));
            }
        }
        return result;
    }
}
