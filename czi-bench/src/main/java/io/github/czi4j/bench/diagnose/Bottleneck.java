package io.github.czi4j.bench.diagnose;

import java.util.Locale;

/** What limits the speed. */
public enum Bottleneck {
    /** Bytes come too slowly. */
    STORAGE,
    /** Payloads are decoded as fast as the processors can. */
    DECODE,
    /** Threads hold each other up. */
    LOCK,
    /** Pixels are copied, or arrays made, as fast as the memory can; or there is too little memory. */
    MEMORY,
    /** The garbage collector. */
    GC,
    /** Converting and blending of pixels. */
    COMPOSE,
    /** More is read and decoded than is delivered. */
    AMPLIFICATION,
    /** Fewer processors than are asked for. */
    CPU_LIMIT,
    /** So small tiles that each costs more than its pixels, or so large ones that each is too much. */
    TILE_SIZE,
    /** Nothing in particular. */
    NONE,
    /** The signs contradict each other, or none explains what was measured. */
    UNKNOWN;

    /**
     * As reports call it.
     *
     * @return for instance {@code cpu-limit}
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
