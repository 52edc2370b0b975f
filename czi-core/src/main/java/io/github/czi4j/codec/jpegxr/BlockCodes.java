package io.github.czi4j.codec.jpegxr;

/** The adaptive codes of a band's run/level blocks, for luma or for chroma (sheet §5.2). */
final class BlockCodes {
    private static final int BIAS = 0x80;
    private static final long BIASES = 0x0080_8080_8080_8000L;
    private static final long EVERY_OTHER = 0x00FF_00FF_00FFL;

    final AdaptiveVlc first;
    final AdaptiveVlc index0;
    final AdaptiveVlc index1;
    final AdaptiveVlc level0;
    final AdaptiveVlc level1;

    BlockCodes(AdaptiveVlc first, AdaptiveVlc[] index, AdaptiveVlc[] level) {
        this.first = first;
        this.index0 = index[0];
        this.index1 = index[1];
        this.level0 = level[0];
        this.level1 = level[1];
    }

    /**
     * Takes what symbols added to the discriminants, each sum with {@link #BIAS} for each block.
     *
     * @param firstSum low + (high << 16), without bias
     * @param lowSums of the lanes 0, 2, 4 of {@link RunLevelTables#INDEX}, 16 bits each
     * @param highSums of the lanes 1, 3, 5
     */
    void add(int firstSum, long lowSums, long highSums, int blocks) {
        int bias = BIAS * blocks;
        first.add((short) firstSum, firstSum - (short) firstSum >> 16);
        index0.add((int) (lowSums & 0xFFFF) - bias, (int) (highSums & 0xFFFF) - bias);
        index1.add((int) (lowSums >> 16 & 0xFFFF) - bias, (int) (highSums >> 16 & 0xFFFF) - bias);
        int sum0 = (int) (lowSums >> 32) - bias;
        int sum1 = (int) (highSums >> 32) - bias;
        level0.add(sum0, sum0);
        level1.add(sum1, sum1);
    }

    /** The lanes 0, 2 and 4 of a block's sum, spread out; no lane is below 0 with its bias. */
    static long lowLanes(long sum) {
        return sum + BIASES >>> RunLevelTables.LANES & EVERY_OTHER;
    }

    /** The lanes 1, 3 and 5. */
    static long highLanes(long sum) {
        return sum + BIASES >>> RunLevelTables.LANES + RunLevelTables.LANE_BITS & EVERY_OTHER;
    }
}
