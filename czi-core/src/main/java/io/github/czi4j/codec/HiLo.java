package io.github.czi4j.codec;

import io.github.czi4j.codec.zstd.ColdLoop;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.ShortBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;

/**
 * Undoes the lo-hi packing of Zstd1 (sheet §4.6): first the low bytes of all words, then the high ones. Holds buffers that
 * are used again; not thread-safe.
 *
 * <p>Bytes become chars by the decoder of ISO 8859-1, which is defined to do nothing but that and which the JVM does with
 * vector instructions; a loop over arrays of one element size is vectorised too. A loop that reads bytes and writes words
 * is not.
 */
final class HiLo {
    /** Words at a time: all buffers together stay in the first cache. */
    private static final int CHUNK = 4096;

    private static final ColdLoop CHUNKS = new ColdLoop(256);

    private final CharsetDecoder widening = StandardCharsets.ISO_8859_1.newDecoder();
    private final CharBuffer lows = CharBuffer.allocate(CHUNK);
    private final CharBuffer highs = CharBuffer.allocate(CHUNK);
    private final short[] words = new short[CHUNK];

    /**
     * Interleaves words of the two halves.
     *
     * @param packed low bytes from index 0, high bytes from {@code half}; its position and limit are moved
     * @param half words in {@code packed}
     * @param from index of the first word
     * @param out receives the words
     * @param to where the first one goes
     * @param count how many, which both have room for
     */
    void unpack(ByteBuffer packed, int half, int from, short[] out, int to, int count) {
        int length;
        for (int done = 0; done < count; done += length) {
            length = CHUNKS.atMost(Math.min(CHUNK, count - done));
            interleave(packed, half, from + done, out, to + done, length);
        }
    }

    /**
     * Interleaves the two halves to little-endian bytes.
     *
     * @param packed low bytes from index 0, high bytes from {@code half}; its position and limit are moved
     * @param half words in {@code packed}
     * @param out receives the words from index 0
     * @param count how many, at most {@code half}
     */
    void unpack(ByteBuffer packed, int half, byte[] out, int count) {
        ShortBuffer target = ByteBuffer.wrap(out).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
        int length;
        for (int done = 0; done < count; done += length) {
            length = CHUNKS.atMost(Math.min(CHUNK, count - done));
            interleave(packed, half, done, words, 0, length);
            target.put(words, 0, length);
        }
    }

    private void interleave(ByteBuffer packed, int half, int from, short[] out, int to, int count) {
        widen(packed, from, count, lows);
        widen(packed, half + from, count, highs);
        join(lows.array(), highs.array(), out, to, count);
    }

    private void widen(ByteBuffer bytes, int from, int count, CharBuffer chars) {
        bytes.limit(from + count).position(from);
        widening.decode(bytes, chars.clear(), true);
    }

    private static void join(char[] lows, char[] highs, short[] out, int to, int count) {
        for (int i = 0; i < count; i++) {
            out[to + i] = (short) (lows[i] | highs[i] << 8);
        }
    }
}
