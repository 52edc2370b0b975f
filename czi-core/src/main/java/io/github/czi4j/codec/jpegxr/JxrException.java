package io.github.czi4j.codec.jpegxr;

import java.io.IOException;

/** A stream that gives no picture: damaged, or of a kind that is not decoded. */
public final class JxrException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Why there is no picture. */
    public enum Kind {
        /** The bytes contradict the format. */
        CORRUPT,
        /** The bytes may be right, but there is no code for them. */
        UNSUPPORTED,
        /** The picture is larger than allowed. */
        LIMIT
    }

    private final Kind kind;
    private final int offset;

    JxrException(Kind kind, int offset, String problem) {
        super("JPEG XR: " + problem);
        this.kind = kind;
        this.offset = offset;
    }

    static JxrException corrupt(int offset, String problem) {
        return new JxrException(Kind.CORRUPT, offset, problem);
    }

    static JxrException unsupported(int offset, String problem) {
        return new JxrException(Kind.UNSUPPORTED, offset, problem);
    }

    /**
     * Why there is no picture.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Where in the stream that showed, as far as it is known.
     *
     * @return a byte offset from the beginning of the container
     */
    public int offset() {
        return offset;
    }
}
