package io.github.czi4j.codec.zstd;

/** A frame that cannot be decoded. */
public final class ZstdException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int offset;
    private final boolean full;

    private ZstdException(int offset, String problem, boolean full) {
        super(problem);
        this.offset = offset;
        this.full = full;
    }

    static ZstdException corrupt(int offset, String problem) {
        return new ZstdException(offset, problem, false);
    }

    static ZstdException full(int offset, int bytes, int room) {
        return new ZstdException(
                offset, "expected a block of at most " + room + " bytes, found one of at least " + bytes, true);
    }

    /**
     * Where in the array that showed.
     *
     * @return an index
     */
    public int offset() {
        return offset;
    }

    /**
     * Whether the frame may be right, but the room for its content is not enough.
     *
     * @return true if a block was larger than what was left
     */
    public boolean full() {
        return full;
    }
}
