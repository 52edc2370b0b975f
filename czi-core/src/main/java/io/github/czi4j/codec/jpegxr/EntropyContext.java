package io.github.czi4j.codec.jpegxr;

import java.util.Arrays;

/** All adaptive state of one plane in one tile (sheet §5.2, §5.3, §5.8); index 0 is luma, 1 chroma. */
final class EntropyContext {
    final AdaptiveVlc[] dcLevel = {new AdaptiveVlc(VlcTable.FAMILY_7), new AdaptiveVlc(VlcTable.FAMILY_7)};

    final AdaptiveVlc[] lowpassFirst = {new AdaptiveVlc(VlcTable.FAMILY_12), new AdaptiveVlc(VlcTable.FAMILY_12)};
    final AdaptiveVlc[][] lowpassIndex = indexCodes();
    final AdaptiveVlc[] lowpassLevel = {new AdaptiveVlc(VlcTable.FAMILY_7), new AdaptiveVlc(VlcTable.FAMILY_7)};

    final AdaptiveVlc[] highpassFirst = {new AdaptiveVlc(VlcTable.FAMILY_12), new AdaptiveVlc(VlcTable.FAMILY_12)};
    final AdaptiveVlc[][] highpassIndex = indexCodes();
    final AdaptiveVlc[] highpassLevel = {new AdaptiveVlc(VlcTable.FAMILY_7), new AdaptiveVlc(VlcTable.FAMILY_7)};

    final BlockCodes[] lowpassBlocks = blockCodes(lowpassFirst, lowpassIndex, lowpassLevel);
    final BlockCodes[] highpassBlocks = blockCodes(highpassFirst, highpassIndex, highpassLevel);

    final AdaptiveVlc numCbp = new AdaptiveVlc(VlcTable.FAMILY_5);
    final AdaptiveVlc blockCbp;

    final BitModel dcModel;
    final BitModel lowpassModel;
    final BitModel highpassModel;

    final AdaptiveScan lowpassScan = new AdaptiveScan(false);
    final AdaptiveScan horizontalScan = new AdaptiveScan(false);
    final AdaptiveScan verticalScan = new AdaptiveScan(true);

    // CBPLP (sheet §5.7).
    int cbpLowpassMax;
    int cbpLowpassZero;

    // CBPHP prediction (sheet §5.9).
    final int[] cbpCount0 = new int[2];
    final int[] cbpCount1 = new int[2];
    final int[] cbpState = new int[2];

    EntropyContext(PlaneHeader plane) {
        this.blockCbp = new AdaptiveVlc(plane.isYuv() ? VlcTable.FAMILY_9 : VlcTable.FAMILY_5);
        this.dcModel = new BitModel(BitModel.Band.DC, plane);
        this.lowpassModel = new BitModel(BitModel.Band.LOWPASS, plane);
        this.highpassModel = new BitModel(BitModel.Band.HIGHPASS, plane);
        resetPrediction();
    }

    /** Goes back to the state at the beginning of a tile. */
    void reset() {
        dcLevel[0].reset();
        dcLevel[1].reset();
        reset(lowpassFirst, lowpassIndex, lowpassLevel);
        reset(highpassFirst, highpassIndex, highpassLevel);
        numCbp.reset();
        blockCbp.reset();
        dcModel.reset();
        lowpassModel.reset();
        highpassModel.reset();
        lowpassScan.reset();
        horizontalScan.reset();
        verticalScan.reset();
        resetPrediction();
    }

    private void resetPrediction() {
        cbpLowpassMax = 1;
        cbpLowpassZero = 1;
        Arrays.fill(cbpCount0, -4);
        Arrays.fill(cbpCount1, 4);
        Arrays.fill(cbpState, 0);
    }

    private static AdaptiveVlc[][] indexCodes() {
        return new AdaptiveVlc[][] {
            {new AdaptiveVlc(VlcTable.FAMILY_6), new AdaptiveVlc(VlcTable.FAMILY_6)},
            {new AdaptiveVlc(VlcTable.FAMILY_6), new AdaptiveVlc(VlcTable.FAMILY_6)}
        };
    }

    private static BlockCodes[] blockCodes(AdaptiveVlc[] first, AdaptiveVlc[][] index, AdaptiveVlc[] level) {
        return new BlockCodes[] {new BlockCodes(first[0], index[0], level), new BlockCodes(first[1], index[1], level)};
    }

    private static void reset(AdaptiveVlc[] first, AdaptiveVlc[][] index, AdaptiveVlc[] level) {
        for (int c = 0; c < 2; c++) {
            first[c].reset();
            index[c][0].reset();
            index[c][1].reset();
            level[c].reset();
        }
    }

    void adaptDc() {
        dcLevel[0].adapt();
        dcLevel[1].adapt();
    }

    void adaptLowpass() {
        adapt(lowpassFirst, lowpassIndex, lowpassLevel);
    }

    void adaptHighpass() {
        adapt(highpassFirst, highpassIndex, highpassLevel);
        numCbp.adapt();
        blockCbp.adapt();
    }

    private static void adapt(AdaptiveVlc[] first, AdaptiveVlc[][] index, AdaptiveVlc[] level) {
        for (int c = 0; c < 2; c++) {
            first[c].adapt();
            index[c][0].adapt();
            index[c][1].adapt();
            level[c].adapt();
        }
    }
}
