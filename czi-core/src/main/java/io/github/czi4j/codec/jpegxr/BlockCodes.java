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
     * @param indexSums the same for both codes, the second in the upper half
     * @param levelSums a single number for both codes, the second in the upper half
     */
    void add(int firstSum, long indexSums, long levelSums) {
        first.add((short) firstSum, firstSum - (short) firstSum >> 16);
        int sum0 = (int) indexSums;
        int sum1 = (int) (indexSums - sum0 >> 32);
        index0.add((short) sum0, sum0 - (short) sum0 >> 16);
        index1.add((short) sum1, sum1 - (short) sum1 >> 16);
        int levelSum0 = (int) levelSums;
        int levelSum1 = (int) (levelSums - levelSum0 >> 32);
        level0.add(levelSum0, levelSum0);
        level1.add(levelSum1, levelSum1);
    }
}
