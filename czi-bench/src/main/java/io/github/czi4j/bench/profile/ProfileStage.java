package io.github.czi4j.bench.profile;

import io.github.czi4j.observe.Stage;

/** A part of a profiled pass. Together the stages are all of the time of its threads. */
public enum ProfileStage {
    /** {@link Stage#OPEN}. */
    OPEN("open", "file header"),
    /** {@link Stage#DIRECTORY}. */
    DIRECTORY("directory", "parsing it"),
    /** {@link Stage#METADATA} and the parsing of the XML. */
    METADATA("metadata", "the XML"),
    /** What the document spans. */
    BOUNDS("bounds", "bounding boxes"),
    /** {@link Stage#INDEX}. */
    INDEX("index", "spatial index"),
    /** {@link Stage#PLAN}. */
    PLAN("plan", "what shows"),
    /** {@link Stage#ALLOCATE}. */
    ALLOCATE("allocate", "pixel arrays"),
    /** {@link Stage#WAIT}, and threads that have nothing to do, or nothing yet. */
    WAIT("wait", "nothing to do"),
    /** Waiting for a monitor or lock that another thread holds, in whatever stage. */
    LOCK("lock", "others hold it"),
    /** {@link Stage#READ}. */
    READ("read", "fetch payloads"),
    /** {@link Stage#DECODE}, for each compression. */
    DECODE("decode", "to pixels"),
    /** {@link Stage#PLACE} of tiles whose pixels have another type than the mosaic. */
    CONVERT("convert", "and place"),
    /** {@link Stage#PLACE}. */
    PLACE("place", "copy pixels"),
    /** Stopped by the garbage collector, in whatever stage. */
    GC("gc", "collector stops"),
    /** {@link Stage#FINALISE} and closing the file. */
    FINALISE("finalise", "report, close"),
    /** What lies between: loops, hand-overs, and the measuring itself. */
    OTHER("other", "between, timing");

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
