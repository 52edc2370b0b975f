package io.github.czi4j.sample;

import java.util.SplittableRandom;

/** Cheap random numbers: good enough for a picture, fast enough for a hundred million pixels a second. */
final class Noise {
    private static final int TABLE_BITS = 12;
    /** Quantiles of the normal distribution in random order. */
    private static final float[] NORMAL = normal();

    private long state;

    Noise(long seed) {
        state = mix(seed) | 1;
    }

    /** Scrambles all bits of a number (the finaliser of SplitMix64). */
    static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    /** A number from 0 to 1 from some bits of a hash. */
    static double unit(long hash, int shift) {
        return (hash >>> shift & 0xFFFF) / 65536.0;
    }

    private static float[] normal() {
        float[] table = new float[1 << TABLE_BITS];
        SplittableRandom random = new SplittableRandom(20261123);
        for (int i = 0; i < table.length; i += 2) {
            // Box and Muller: two normal numbers from two uniform ones.
            double radius = Math.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
            double angle = 2 * Math.PI * random.nextDouble();
            table[i] = (float) (radius * StrictMath.cos(angle));
            table[i + 1] = (float) (radius * StrictMath.sin(angle));
        }
        return table;
    }

    /** A number of mean 0 and variance 1. */
    float next() {
        state ^= state << 13;
        state ^= state >>> 7;
        state ^= state << 17;
        return NORMAL[(int) (state >>> 20) & NORMAL.length - 1];
    }
}
