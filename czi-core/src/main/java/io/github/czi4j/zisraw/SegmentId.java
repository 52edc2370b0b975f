package io.github.czi4j.zisraw;

import java.nio.charset.StandardCharsets;

/** The names of segments (sheet §1). */
public enum SegmentId {
    /** File header, always at position 0. */
    FILE("ZISRAWFILE"),
    /** Subblock directory. */
    DIRECTORY("ZISRAWDIRECTORY"),
    /** One image tile. */
    SUBBLOCK("ZISRAWSUBBLOCK"),
    /** Document XML. */
    METADATA("ZISRAWMETADATA"),
    /** Attachment directory. */
    ATTACHMENT_DIRECTORY("ZISRAWATTDIR"),
    /** One attachment. */
    ATTACHMENT("ZISRAWATTACH"),
    /** Free space; its payload means nothing. */
    DELETED("DELETED");

    private final String text;

    SegmentId(String text) {
        this.text = text;
    }

    /**
     * The segment of a name.
     *
     * @param text as stored, up to the first zero byte
     * @return the segment, or null if no segment has that name
     */
    public static SegmentId ofText(String text) {
        for (SegmentId id : values()) {
            if (id.text.equals(text)) {
                return id;
            }
        }
        return null;
    }

    /**
     * The name as stored.
     *
     * @return ASCII letters, at most 16
     */
    public String text() {
        return text;
    }

    /**
     * The name as stored, padded.
     *
     * @return a new array of {@link Layout#SID_LENGTH} bytes
     */
    public byte[] bytes() {
        byte[] padded = new byte[Layout.SID_LENGTH];
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(ascii, 0, padded, 0, ascii.length);
        return padded;
    }
}
