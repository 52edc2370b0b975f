package io.github.czi4j.bench.record;

import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;

/** What the reader's events are called in Flight Recorder and in reports. */
public final class TraceEvents {
    /** {@code czi.TileRead}. */
    public static final String READ = "czi.TileRead";
    /** {@code czi.TileDecode}. */
    public static final String DECODE = "czi.TileDecode";
    /** {@code czi.TilePlace}. */
    public static final String PLACE = "czi.TilePlace";
    /** {@code czi.CacheHit}. */
    public static final String CACHE_HIT = "czi.CacheHit";
    /** {@code czi.Open}. */
    public static final String OPEN = "czi.Open";
    /** {@code czi.Stage}. */
    public static final String STAGE = "czi.Stage";
    /** All events of the reader, and those for which the JVM stands still. */
    public static final List<String> NAMES =
            List.of(OPEN, STAGE, READ, DECODE, PLACE, CACHE_HIT, EndMark.NAME, "jdk.GCPhasePause");

    private static final Map<String, String> STAGES =
            Map.of(READ, "read", DECODE, "decode", PLACE, "place", CACHE_HIT, "cache hit", OPEN, "open");

    private TraceEvents() {}

    /**
     * The stage that an event is of.
     *
     * @param event of the reader
     * @return its name, null if it is none of the reader's
     */
    public static String stage(RecordedEvent event) {
        String name = event.getEventType().getName();
        return name.equals(STAGE) ? event.getString("stage") : STAGES.get(name);
    }
}
