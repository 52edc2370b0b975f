package io.github.czi4j.codec;

import io.github.czi4j.codec.zstd.ZstdDecoder;
import io.github.czi4j.codec.zstd.ZstdException;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Decodes the zstd frames of a payload: what a frame announces is judged here, its blocks are decoded by {@link ZstdDecoder}.
 * Holds tables that are used again, so it is not thread-safe; each {@link Scratch} has its own.
 */
final class ZstdFrames {
    private final ZstdDecoder decoder = new ZstdDecoder();

    /**
     * What a payload holds.
     *
     * @param bytes the content from index 0 on, and room for the bitmap
     * @param length bytes of content
     * @param warnings what is odd about the payload
     */
    record Content(byte[] bytes, int length, List<String> warnings) {}

    /**
     * Decodes a frame, and those after it as long as the bitmap is not full. Skippable frames are passed over.
     *
     * @param start where in the payload the frames begin
     * @param room makes an array of at least so many bytes
     * @throws CodecException if there is no whole frame, or one is corrupt or larger than is plausible for the bitmap
     */
    Content decode(HeapBytes payload, int start, TileFormat format, IntFunction<byte[]> room) throws CodecException {
        ZstdFrame frame = ZstdFrame.read(payload, ZstdFrame.skip(payload, start));
        int capacity = frame.capacity(format, 0);
        byte[] out = room.apply(Math.max(capacity, format.bytes()));
        int found = decode(payload, frame, out, 0, capacity);
        int end = ZstdFrame.skip(payload, frame.end());
        while (found < format.bytes() && ZstdFrame.beginsAt(payload, end)) {
            frame = ZstdFrame.read(payload, end);
            capacity = frame.capacity(format, found);
            if (capacity > out.length - found) {
                int doubled = (int) Math.min(2L * out.length, Fit.limit(format));
                out = Arrays.copyOf(out, Math.max(found + capacity, doubled));
            }
            found += decode(payload, frame, out, found, capacity);
            end = ZstdFrame.skip(payload, frame.end());
        }
        int surplus = payload.length() - end;
        List<String> warnings = surplus == 0
                ? List.of()
                : List.of("expected the zstd frame to end with the payload, found " + surplus + " bytes behind it");
        return new Content(out, found, warnings);
    }

    private int decode(HeapBytes payload, ZstdFrame frame, byte[] out, int target, int capacity) throws CodecException {
        int shift = payload.offset();
        int written;
        try {
            int end = decoder.decode(
                    payload.array(),
                    shift + frame.blocks(),
                    shift + frame.end(),
                    frame.checksum(),
                    out,
                    target,
                    target + capacity);
            written = end - target;
        } catch (ZstdException e) {
            if (e.full() && frame.contentSize() == ZstdFrame.UNKNOWN_SIZE && capacity < frame.mostBytes()) {
                throw CodecException.limit("zstd without a content size: not decoded within " + capacity + " bytes ("
                        + e.getMessage() + ")");
            }
            throw CodecException.corrupt(e.offset() - shift, "zstd: " + e.getMessage());
        } catch (IndexOutOfBoundsException e) {
            // Every number is checked where it is read; this is the last line of defence.
            throw CodecException.corrupt(frame.start(), "zstd: the frame contradicts itself: " + e.getMessage());
        }
        if (frame.contentSize() != ZstdFrame.UNKNOWN_SIZE && written != frame.contentSize()) {
            throw CodecException.corrupt(
                    frame.start(), "zstd: expected " + frame.contentSize() + " bytes of content, found " + written);
        }
        return written;
    }
}
