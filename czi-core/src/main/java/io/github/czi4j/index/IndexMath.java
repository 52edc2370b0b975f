package io.github.czi4j.index;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** Small arithmetic that several classes of the index need. */
final class IndexMath {
    private IndexMath() {}

    /** Half as much again, but at least 16 and never more than an array can hold. */
    static int grownCapacity(int size) {
        return (int) Math.min(Integer.MAX_VALUE - 8, Math.max(16, size + (size >> 1) + 1L));
    }

    /** Each value once, in the order in which they first occur. */
    static int[] distinct(int[] values) {
        int[] found = new int[values.length];
        int count = 0;
        Set<Integer> known = new HashSet<>();
        for (int value : values) {
            if (known.add(value)) {
                found[count++] = value;
            }
        }
        return Arrays.copyOf(found, count);
    }

    /**
     * Distance along the Hilbert curve of order 16: neighbours on the curve are neighbours in the plane, which makes
     * compact nodes.
     *
     * @param x 0 to 65535
     * @param y 0 to 65535
     * @return 0 to 2^32 − 1
     */
    static long hilbert(int x, int y) {
        long distance = 0;
        for (int s = 1 << 15; s > 0; s >>= 1) {
            int rx = (x & s) != 0 ? 1 : 0;
            int ry = (y & s) != 0 ? 1 : 0;
            distance += (long) s * s * (3 * rx ^ ry);
            if (ry == 0) {
                if (rx == 1) {
                    x = 0xFFFF - x;
                    y = 0xFFFF - y;
                }
                int swap = x;
                x = y;
                y = swap;
            }
        }
        return distance;
    }
}
