package io.github.czi4j.model;

import java.io.IOException;

/**
 * Whatever is wrong with a file: the message names the file, the offset and what was expected. No other exception
 * leaves the reader because of a file's contents.
 */
public class CziException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What kind of trouble it is, for callers that treat them differently. */
    public enum Kind {
        /** The bytes contradict the format. */
        CORRUPT,
        /** The bytes may be right, but this reader has no code for them. */
        UNSUPPORTED,
        /** A limit of the options would be exceeded. */
        LIMIT,
        /** The storage failed: missing file, no permission, connection lost, file shrunk while open. */
        IO
    }

    /** {@link #offset()} where no place in the file is meant. */
    public static final long NO_OFFSET = -1;

    private final Kind kind;
    private final String file;
    private final long offset;

    /**
     * Makes an exception.
     *
     * @param kind the kind
     * @param file name of the file
     * @param offset byte in the file, or {@link #NO_OFFSET}
     * @param problem what was expected and what was found
     * @param cause the exception behind it, or null
     */
    public CziException(Kind kind, String file, long offset, String problem, Throwable cause) {
        super(file + ": " + (offset == NO_OFFSET ? "" : "at offset " + offset + ": ") + problem, cause);
        this.kind = kind;
        this.file = file;
        this.offset = offset;
    }

    /**
     * The bytes contradict the format.
     *
     * @param file name of the file
     * @param offset byte in the file, or {@link #NO_OFFSET}
     * @param problem what was expected and what was found
     * @return the exception
     */
    public static CziException corrupt(String file, long offset, String problem) {
        return new CziException(Kind.CORRUPT, file, offset, problem, null);
    }

    /**
     * There is no code for what the bytes say.
     *
     * @param file name of the file
     * @param offset byte in the file, or {@link #NO_OFFSET}
     * @param problem what it is that cannot be read
     * @return the exception
     */
    public static CziException unsupported(String file, long offset, String problem) {
        return new CziException(Kind.UNSUPPORTED, file, offset, problem, null);
    }

    /**
     * A limit would be exceeded.
     *
     * @param file name of the file
     * @param problem what is needed, what is allowed, and which option says so
     * @return the exception
     */
    public static CziException limit(String file, String problem) {
        return new CziException(Kind.LIMIT, file, NO_OFFSET, problem, null);
    }

    /**
     * The storage failed.
     *
     * @param file name of the file
     * @param offset byte in the file, or {@link #NO_OFFSET}
     * @param problem what failed
     * @param cause the exception behind it, or null
     * @return the exception
     */
    public static CziException io(String file, long offset, String problem, Throwable cause) {
        return new CziException(Kind.IO, file, offset, problem, cause);
    }

    /**
     * What kind of trouble it is.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Name of the file.
     *
     * @return as it was opened
     */
    public String file() {
        return file;
    }

    /**
     * Where in the file.
     *
     * @return a byte offset, or {@link #NO_OFFSET}
     */
    public long offset() {
        return offset;
    }
}
