package io.github.czi4j.attachment;

import io.github.czi4j.model.Pixels;
import java.util.List;

/** What an attachment holds, by the type that its directory entry gives and the payload's own first bytes. */
public sealed interface AttachmentContent {

    /**
     * Times of acquisition, type {@code CZTIMS}.
     *
     * @param seconds since the beginning of the acquisition or of the controller's clock, which producers do not agree
     *     on; differences are sound. Not to be changed
     */
    record TimeStamps(double[] seconds) implements AttachmentContent {}

    /**
     * Positions of the focus, type {@code CZFOC}.
     *
     * @param micrometres relative to the beginning. Not to be changed
     */
    record FocusPositions(double[] micrometres) implements AttachmentContent {}

    /**
     * Events of the acquisition, type {@code CZEVL}.
     *
     * @param events in the order of the file
     */
    record EventList(List<Event> events) implements AttachmentContent {}

    /**
     * An event.
     *
     * @param seconds on the clock of the {@link TimeStamps}
     * @param kind what happened
     * @param description in words, often empty
     */
    record Event(double seconds, EventKind kind, String description) {}

    /** What happened. */
    enum EventKind {
        /** Somebody set a marker. */
        MARKER,
        /** The interval changed. */
        TIMER_CHANGE,
        /** Bleaching began. */
        BLEACH_START,
        /** Bleaching ended. */
        BLEACH_STOP,
        /** A trigger came in. */
        TRIGGER,
        /** A number that is not known. */
        OTHER
    }

    /**
     * Look-up tables, type {@code CZLUT}.
     *
     * @param tables in the order of the file
     */
    record LookupTables(List<LookupTable> tables) implements AttachmentContent {}

    /**
     * A look-up table.
     *
     * @param identifier for instance {@code LsmDetectorPalette_0_0}
     * @param components its curves
     */
    record LookupTable(String identifier, List<LookupCurve> components) {}

    /**
     * A curve of a look-up table.
     *
     * @param colour 0 red, 1 green, 2 blue, −1 all three interleaved
     * @param values from 0 to 65535, in files met so far to 255. Not to be changed
     */
    record LookupCurve(int colour, int[] values) {}

    /**
     * A picture, types {@code JPG}.
     *
     * @param pixels gray8 or bgr24
     */
    record Picture(Pixels pixels) implements AttachmentContent {}

    /** A whole CZI file, types {@code CZI} and {@code ZISRAW}: label, preview, prescan. {@code Attachment.open} reads it. */
    record EmbeddedFile() implements AttachmentContent {}

    /**
     * Text, as a rule XML: types {@code CZEXP}, {@code CZHWS}, {@code CZMVM}, {@code CZFBMX} and others.
     *
     * @param text without a byte order mark and without trailing zeros
     */
    record Text(String text) implements AttachmentContent {}

    /**
     * A ZIP archive, or a file in gzip as an archive of one.
     *
     * @param entries in the order of the file; of a hostile archive the first {@value #MAX_ENTRIES}
     */
    record Archive(List<ArchiveEntry> entries) implements AttachmentContent {
        /** So many entries are listed. */
        public static final int MAX_ENTRIES = 10_000;
    }

    /**
     * A file in an archive.
     *
     * @param name as stored; check it before it becomes a path
     * @param size of the file in bytes, −1 if the archive does not say
     */
    record ArchiveEntry(String name, long size) {}

    /** Bytes of which nothing more is known. */
    record Binary() implements AttachmentContent {}
}
