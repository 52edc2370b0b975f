package io.github.czi4j.codec;

import io.github.czi4j.model.CziException;

/** A payload that gives no pixels. Whoever knows the file makes a {@link CziException} of it. */
public final class CodecException extends Exception {
    private static final long serialVersionUID = 1L;

    private final CziException.Kind kind;
    private final int offset;

    private CodecException(CziException.Kind kind, int offset, String problem, Throwable cause) {
        super(problem, cause);
        this.kind = kind;
        this.offset = offset;
    }

    /**
     * The payload contradicts its compression.
     *
     * @param offset byte of the payload at which that shows, 0 if unknown
     * @param problem what was expected and what was found
     * @return the exception
     */
    public static CodecException corrupt(int offset, String problem) {
        return new CodecException(CziException.Kind.CORRUPT, offset, problem, null);
    }

    /**
     * The payload contradicts its compression, as a library found.
     *
     * @param offset byte of the payload at which that shows, 0 if unknown
     * @param problem what was expected and what was found
     * @param cause what the library threw
     * @return the exception
     */
    public static CodecException corrupt(int offset, String problem, Throwable cause) {
        return new CodecException(CziException.Kind.CORRUPT, offset, problem, cause);
    }

    /**
     * There is no decoder for this payload.
     *
     * @param problem what it is that cannot be decoded
     * @return the exception
     */
    public static CodecException unsupported(String problem) {
        return new CodecException(CziException.Kind.UNSUPPORTED, 0, problem, null);
    }

    /**
     * The payload announces more than is plausible for the bitmap.
     *
     * @param problem what it announces and what is allowed
     * @return the exception
     */
    public static CodecException limit(String problem) {
        return new CodecException(CziException.Kind.LIMIT, 0, problem, null);
    }

    /**
     * What kind of trouble it is.
     *
     * @return CORRUPT, UNSUPPORTED or LIMIT
     */
    public CziException.Kind kind() {
        return kind;
    }

    /**
     * Where in the payload.
     *
     * @return a byte offset
     */
    public int offset() {
        return offset;
    }
}
