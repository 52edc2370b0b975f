package io.github.czi4j.observe;

import io.github.czi4j.model.Compression;
import jdk.jfr.FlightRecorder;

/**
 * The reader's events of Flight Recorder: {@code czi.Open}, {@code czi.TileRead}, {@code czi.TileDecode}, {@code
 * czi.TilePlace}, {@code czi.CacheHit}, and {@code czi.Stage} for all other stages. A JVM without the module {@code
 * jdk.jfr} runs without them.
 */
final class FlightEvents {
    private static final boolean IS_PRESENT = isPresent();

    private FlightEvents() {}

    private static boolean isPresent() {
        try {
            // Where the reader is a module, jdk.jfr may be in the image and yet not in the graph.
            Class.forName("jdk.jfr.FlightRecorder", false, FlightEvents.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    /** Whether there ever was a recording: the first event loads a hundred classes, for which nobody should wait. */
    private static boolean isOn() {
        return IS_PRESENT && FlightRecorder.isInitialized();
    }

    /** Begins the event of a stage; null if it is not being recorded. */
    static RecordedSpan begin(Stage stage) {
        return isOn() ? Recorder.begin(stage) : null;
    }

    static void cacheHit(String file, int subblock, Compression compression, long bytes) {
        if (isOn()) {
            Recorder.cacheHit(file, subblock, compression, bytes);
        }
    }

    /** The only class that names the events, so that they are not looked for where they cannot be. */
    private static final class Recorder {
        static RecordedSpan begin(Stage stage) {
            // The objects do not outlive the question whether they are enabled, so that they are not even allocated.
            return switch (stage) {
                case OPEN -> new OpenEvent().beginIfEnabled();
                case READ -> new TileEvent.Read().beginIfEnabled();
                case DECODE -> new TileEvent.Decode().beginIfEnabled();
                case PLACE -> new TileEvent.Place().beginIfEnabled();
                default -> new StageEvent().beginIfEnabled();
            };
        }

        static void cacheHit(String file, int subblock, Compression compression, long bytes) {
            TileEvent event = new TileEvent.CacheHit();
            if (event.isEnabled()) {
                event.end(file, null, subblock, compression, bytes);
            }
        }
    }
}
