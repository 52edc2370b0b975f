package io.github.czi4j.codec;

import io.airlift.compress.MalformedInputException;
import io.airlift.compress.zstd.ZstdDecompressor;

/**
 * Decodes zstd frames: the seam behind which the library is, and the only class that knows it. Holds tables that are
 * used again, so it is not thread-safe; each {@link Scratch} has its own.
 */
final class ZstdFrames {
    private static final long ARRAY_BASE = arrayBase();

    private final ZstdDecompressor decompressor = new ZstdDecompressor();

    /**
     * Decodes one frame.
     *
     * @param payload holds the frame
     * @param frame where it is, as {@link ZstdFrame#read} found it
     * @param out at least {@code capacity} long; written from index 0
     * @param capacity as {@link ZstdFrame#capacity} gave it
     * @return bytes written
     * @throws CodecException if the frame is corrupt, or larger than that
     */
    int decode(HeapBytes payload, ZstdFrame frame, byte[] out, int capacity) throws CodecException {
        int start = payload.offset() + frame.start();
        int written;
        try {
            written = decompressor.decompress(payload.array(), start, frame.end() - frame.start(), out, 0, capacity);
        } catch (MalformedInputException e) {
            long offset = e.getOffset() - ARRAY_BASE - payload.offset();
            throw failure(frame, offset, capacity, e);
        } catch (RuntimeException e) {
            // 0.9 % of damaged frames make the library stumble over an index or a state.
            throw failure(frame, frame.start(), capacity, e);
        }
        if (frame.contentSize() != ZstdFrame.UNKNOWN_SIZE && written != frame.contentSize()) {
            throw CodecException.corrupt(
                    frame.start(), "zstd: expected " + frame.contentSize() + " bytes of content, found " + written);
        }
        return written;
    }

    private static CodecException failure(ZstdFrame frame, long offset, int capacity, RuntimeException e) {
        if (frame.contentSize() == ZstdFrame.UNKNOWN_SIZE && capacity < frame.mostBytes()) {
            return CodecException.limit(
                    "zstd without a content size: not decoded within " + capacity + " bytes (" + e.getMessage() + ")");
        }
        boolean known = offset >= frame.start() && offset <= frame.end();
        return CodecException.corrupt(
                known ? (int) offset : frame.start(), "zstd: expected a frame, found: " + e.getMessage(), e);
    }

    /** The library's offsets count from the head of the array object, whose length depends on the JVM: try it. */
    private static long arrayBase() {
        try {
            new ZstdDecompressor().decompress(new byte[8], 0, 8, new byte[1], 0, 1);
            return 0;
        } catch (MalformedInputException e) {
            return e.getOffset();
        }
    }
}
