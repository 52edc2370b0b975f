package io.github.czi4j.bench.profile;

import io.github.czi4j.observe.Stage;

/** A part of a profiled pass. Together the stages are all of the time of its threads. */
public enum ProfileStage {
    /** {@link Stage#OPEN}. */
    OPEN("open", "storage, file header"),
    /** {@link Stage#DIRECTORY}. */
    DIRECTORY("directory", "parse the directory"),
    /** {@link Stage#METADATA} and the parsing of the XML. */
    METADATA("metadata", "fetch and parse the XML"),
    /** What the document spans. */
    BOUNDS("bounds", "bounding boxes"),
    /** {@link Stage#INDEX}. */
    INDEX("index", "planes, spatial index"),
    /** {@link Stage#PLAN}. */
    PLAN("plan", "which tiles, what shows"),
    /** {@link Stage#ALLOCATE}. */
    ALLOCATE("allocate", "arrays for the pixels"),
    /** {@link Stage#WAIT}, and threads that have nothing to do, or nothing yet. */
    WAIT("wait", "idle, or for others"),
    /** Waiting for a monitor or lock that another thread holds, in whatever stage. */
    LOCK("lock", "held up by others"),
    /** {@link Stage#READ}. */
    READ("read", "fetch the payloads"),
    /** {@link Stage#DECODE}, for each compression. */
    DECODE("decode", "payload to pixels"),
    /** {@link Stage#PLACE} of tiles whose pixels have another type than the mosaic. */
    CONVERT("convert", "convert and place"),
    /** {@link Stage#PLACE}. */
    PLACE("place", "copy to their place"),
    /** Stopped by the garbage collector, in whatever stage. */
    GC("gc", "stopped by the collector"),
    /** {@link Stage#FINALISE} and closing the file. */
    FINALISE("finalise", "report, close the file"),
    /** What lies between: loops, hand-overs, and the measuring itself. */
    OTHER("other", "between, measuring too");

    private final String label;
    private final String description;

    ProfileStage(String label, String description) {
        this.label = label;
        this.description = description;
    }

    static ProfileStage of(Stage stage) {
        return switch (stage) {
            case OPEN -> OPEN;
            case DIRECTORY -> DIRECTORY;
            case METADATA -> METADATA;
            case INDEX -> INDEX;
            case PLAN -> PLAN;
            case ALLOCATE -> ALLOCATE;
            case READ -> READ;
            case DECODE -> DECODE;
            case PLACE -> PLACE;
            case WAIT -> WAIT;
            case FINALISE -> FINALISE;
        };
    }

    /**
     * Its name in reports.
     *
     * @return one word
     */
    public String label() {
        return label;
    }

    /**
     * What happens in it.
     *
     * @return a few words
     */
    public String description() {
        return description;
    }
}
