package io.github.czi4j.codec;

import io.github.czi4j.codec.jpegxr.JxrDecoder;
import java.util.concurrent.Executor;

/**
 * Arrays and tables that one thread uses again for every tile. Grows to what the largest tile needs and stays. Not thread-safe.
 */
public final class Scratch {
    private static final byte[] NOTHING = new byte[0];

    private byte[] payload = NOTHING;
    private byte[] intermediate = NOTHING;
    private byte[] pixels = NOTHING;
    private ZstdFrames zstd;
    private HiLo hiLo;
    private JxrDecoder jpegXr;
    private Executor assistant;

    /**
     * Room for a payload as stored.
     *
     * @param length bytes needed
     * @return an array of at least that length with any contents
     */
    public byte[] payload(int length) {
        payload = ensure(payload, length);
        return payload;
    }

    /**
     * Room for a step between payload and pixels.
     *
     * @param length bytes needed
     * @return an array of at least that length with any contents
     */
    public byte[] intermediate(int length) {
        intermediate = ensure(intermediate, length);
        return intermediate;
    }

    /**
     * Room for the decoded bitmap.
     *
     * @param length bytes needed
     * @return an array of at least that length with any contents
     */
    public byte[] pixels(int length) {
        pixels = ensure(pixels, length);
        return pixels;
    }

    /** The zstd decoder of this thread. */
    ZstdFrames zstd() {
        if (zstd == null) {
            zstd = new ZstdFrames();
        }
        return zstd;
    }

    /** What unpacks split words for this thread. */
    HiLo hiLo() {
        if (hiLo == null) {
            hiLo = new HiLo();
        }
        return hiLo;
    }

    /**
     * Lets another thread take part in the work on one tile.
     *
     * @param executor runs the other thread's part; null for nobody
     */
    public void assistant(Executor executor) {
        assistant = executor;
    }

    /** Null if there is nobody. */
    Executor assistant() {
        return assistant;
    }

    /** The JPEG XR decoder of this thread. */
    JxrDecoder jpegXr() {
        if (jpegXr == null) {
            jpegXr = new JxrDecoder();
        }
        return jpegXr;
    }

    /**
     * Gives an array away: it is not used again here.
     *
     * @param array one that was had from here, or any other
     */
    public void release(byte[] array) {
        payload = array == payload ? NOTHING : payload;
        intermediate = array == intermediate ? NOTHING : intermediate;
        pixels = array == pixels ? NOTHING : pixels;
    }

    /**
     * What the arrays hold, without what decoders keep.
     *
     * @return bytes
     */
    public long bytes() {
        return (long) payload.length + intermediate.length + pixels.length;
    }

    private static byte[] ensure(byte[] array, int length) {
        return array.length >= length ? array : new byte[length];
    }
}
