package io.github.czi4j.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Undoes the lo-hi packing of Zstd1 (sheet §4.6): first the low bytes of all words, then the high ones. */
final class HiLo {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    private HiLo() {}

    /**
     * Interleaves the two halves.
     *
     * @param packed low bytes from index 0, high bytes from {@code half}
     * @param half words in {@code packed}
     * @param out receives little-endian words from index 0
     * @param words how many, at most {@code half}
     */
    static void unpack(byte[] packed, int half, byte[] out, int words) {
        // About 8 GB/s of output on JDK 17 and 25; eight words at a time with shifts and masks in a long: the same.
        for (int i = 0; i < words; i++) {
            SHORT.set(out, 2 * i, (short) (packed[i] & 0xFF | packed[half + i] << 8));
        }
    }
}
