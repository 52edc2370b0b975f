package io.github.czi4j.codec.jpegxr;

/** The adaptive codes of a band's run/level blocks, for luma or for chroma (sheet §5.2). */
final class BlockCodes {
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
     * Takes what symbols added to the discriminants.
     *
     * @param firstSum low + (high << 16)
     * @param indexSum0 of {@link RunLevelTables#INDEX} symbols of the first code: four lanes, index low and high, levels
     * @param indexSum1 the same of the second
     * @param levelSums of levels that were looked up on their own, the second code in the upper half
     */
    void add(int firstSum, long indexSum0, long indexSum1, long levelSums) {
        first.add((short) firstSum, firstSum - (short) firstSum >> 16);
        int sum0 = (int) levelSums;
        int sum1 = (int) (levelSums - sum0 >> 32);
        for (int k = 0; k < 2; k++) {
            long rest = k == 0 ? indexSum0 : indexSum1;
            int low = lane(rest);
            rest = rest - low >> RunLevelTables.LANE_BITS;
            int high = lane(rest);
            rest = rest - high >> RunLevelTables.LANE_BITS;
            (k == 0 ? index0 : index1).add(low, high);
            int ofLevel0 = lane(rest);
            sum0 += ofLevel0;
            sum1 += (int) (rest - ofLevel0 >> RunLevelTables.LANE_BITS);
        }
        level0.add(sum0, sum0);
        level1.add(sum1, sum1);
    }

    /** The lowest lane, which has a sign. */
    private static int lane(long sums) {
        return (int) sums << 32 - RunLevelTables.LANE_BITS >> 32 - RunLevelTables.LANE_BITS;
    }
}
