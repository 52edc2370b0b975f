package io.github.czi4j.codec.zstd;

import java.util.Arrays;

/** Frames as the tests need them: where their blocks begin, and what the decoder makes of them. */
final class Frames {
    private static final int CHECKSUM_FLAG = 4;
    private static final byte GUARD = 0x5A;
    /** Bytes before a frame in its array, so what offsets of exceptions count from. */
    static final int GUARDS = 64;

    private Frames() {}

    /** Index of the first block (RFC 8878, 3.1.1.1). */
    static int blocks(byte[] frame) {
        int descriptor = frame[4] & 0xFF;
        boolean single = (descriptor & 0x20) != 0;
        int size = descriptor >>> 6 == 0 ? (single ? 1 : 0) : 1 << (descriptor >>> 6);
        return 5 + (single ? 0 : 1) + size;
    }

    /**
     * Decodes a frame between guards, which must be as before.
     *
     * @param around what stands before and behind the frame in its array
     */
    static byte[] decode(ZstdDecoder decoder, byte[] frame, int room, byte around) throws ZstdException {
        byte[] in = new byte[frame.length + 2 * GUARDS];
        Arrays.fill(in, around);
        System.arraycopy(frame, 0, in, GUARDS, frame.length);
        byte[] out = new byte[room + 2 * GUARDS];
        Arrays.fill(out, GUARD);
        try {
            int end = decoder.decode(
                    in,
                    GUARDS + blocks(frame),
                    GUARDS + frame.length,
                    (frame[4] & CHECKSUM_FLAG) != 0,
                    out,
                    GUARDS,
                    GUARDS + room);
            return Arrays.copyOfRange(out, GUARDS, end);
        } catch (ZstdException e) {
            if (e.offset() < GUARDS || e.offset() > GUARDS + frame.length) {
                throw new AssertionError("offset " + (e.offset() - GUARDS) + " of " + frame.length, e);
            }
            throw e;
        } finally {
            for (int i = 0; i < GUARDS; i++) {
                if (out[i] != GUARD || out[GUARDS + room + i] != GUARD) {
                    throw new AssertionError("written outside of the room");
                }
            }
        }
    }
}
