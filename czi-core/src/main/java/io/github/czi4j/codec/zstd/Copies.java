package io.github.czi4j.codec.zstd;

/** Copies of literals and matches that write, but for {@link #exactly}, up to {@link #SLACK} bytes too much. */
final class Copies {
    /** Bytes that fast copies may write or read too much. */
    static final int SLACK = 32;

    /** Bytes that are copied at once. */
    static final int WIDE = 16;
    /** From this on the JVM's own copy is faster. */
    private static final int LONG_COPY = 400;
    /** Of a distance below 8: its largest multiple that fits in 8 bytes. */
    private static final int[] STRIDES = {8, 8, 8, 6, 8, 5, 6, 7};

    private Copies() {}

    /** Literals after the first 16. */
    static void literals(byte[] source, int from, byte[] out, int to, int length) {
        if (length > LONG_COPY) {
            System.arraycopy(source, from + WIDE, out, to + WIDE, length - WIDE);
            return;
        }
        for (int i = WIDE; i < length; i += WIDE) {
            Bytes.copy16(source, from + i, out, to + i);
        }
    }

    /** A match at least 16 bytes back, after its first 16. */
    static void far(byte[] out, int from, int to, int length) {
        if (length > LONG_COPY) {
            exactly(out, from, to, length);
            return;
        }
        for (int i = WIDE; i < length; i += WIDE) {
            Bytes.copy16(out, from + i, out, to + i);
        }
    }

    /** A match less than 16 bytes back. */
    static void near(byte[] out, int from, int to, int length) {
        int distance = to - from;
        if (length > LONG_COPY) {
            exactly(out, from, to, length);
        } else if (distance >= 8) {
            for (int i = 0; i < length; i += 8) {
                Bytes.putLong(out, to + i, Bytes.getLong(out, from + i));
            }
        } else {
            // The last bytes, repeated until 8 are full; each write goes on where a repetition began.
            int bits = distance << 3;
            long pattern = Bytes.getLong(out, from) & (1L << bits) - 1;
            for (int filled = bits; filled < 64; filled <<= 1) {
                pattern |= pattern << filled;
            }
            int stride = STRIDES[distance];
            for (int i = 0; i < length; i += stride) {
                Bytes.putLong(out, to + i, pattern);
            }
        }
    }

    /** A match, not a byte too much. Where it overlaps itself, what is there already doubles with each copy. */
    static void exactly(byte[] out, int from, int to, int length) {
        int available = to - from;
        int done = 0;
        while (done < length) {
            int step = Math.min(available + done, length - done);
            System.arraycopy(out, from, out, to + done, step);
            done += step;
        }
    }
}
