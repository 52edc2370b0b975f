package io.github.czi4j.codec.zstd;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Little-endian numbers anywhere in an array. */
final class Bytes {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private Bytes() {}

    static long getLong(byte[] array, int index) {
        return (long) LONG.get(array, index);
    }

    static void putLong(byte[] array, int index, long value) {
        LONG.set(array, index, value);
    }

    static int getInt(byte[] array, int index) {
        return (int) INT.get(array, index);
    }

    static void putInt(byte[] array, int index, int value) {
        INT.set(array, index, value);
    }

    /** Copies 16 bytes, all of which lie in both arrays and do not overlap. */
    static void copy16(byte[] from, int source, byte[] to, int target) {
        long low = getLong(from, source);
        long high = getLong(from, source + 8);
        putLong(to, target, low);
        putLong(to, target + 8, high);
    }

    /** A number of 1 to 4 bytes, the least significant first. */
    static int little(byte[] array, int index, int bytes) {
        int value = 0;
        for (int i = bytes - 1; i >= 0; i--) {
            value = value << 8 | array[index + i] & 0xFF;
        }
        return value;
    }
}
