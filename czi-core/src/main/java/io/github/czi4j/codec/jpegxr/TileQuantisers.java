package io.github.czi4j.codec.jpegxr;

/**
 * The quantiser steps of one plane in one tile: those of the plane header, or those of the tile headers (sheet §4.4). A
 * set is an array of steps by component.
 */
final class TileQuantisers {
    /** Bits of a QP index by the number of sets. */
    private static final int[] INDEX_BITS = {0, 0, 1, 1, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4};

    private final PlaneHeader plane;
    /** The sets where the tile says nothing of its own. */
    private final int[][] lowpassOfPlane;

    private final int[][] highpassOfPlane;

    int[] dc;
    int[][] lowpass;
    int[][] highpass;
    /** Whether macroblocks choose among sets of the band's own. */
    private boolean hasLowpassIndex;

    private boolean hasHighpassIndex;
    /** Whether a macroblock's highpass set is that of its lowpass. */
    boolean highpassFollowsLowpass;

    TileQuantisers(PlaneHeader plane) {
        this.plane = plane;
        this.lowpassOfPlane = new int[][] {plane.lowpassSteps};
        this.highpassOfPlane = new int[][] {plane.highpassSteps};
    }

    /** The first of a tile's headers: what the tile before said is forgotten. */
    void readDcHeader(BitReader in) throws JxrException {
        dc = plane.dcSteps == null ? plane.readSteps(in, true) : plane.dcSteps;
        lowpass = lowpassOfPlane;
        highpass = highpassOfPlane;
        hasLowpassIndex = false;
        hasHighpassIndex = false;
        highpassFollowsLowpass = false;
    }

    /** After the header of DC. */
    void readLowpassHeader(BitReader in) throws JxrException {
        if (!plane.hasLowpass()) {
            return;
        }
        if (plane.lowpassUsesDc) {
            lowpass = new int[][] {dc};
        } else if (plane.lowpassSteps == null) {
            if (in.headerFlag()) {
                lowpass = new int[][] {dc};
            } else {
                lowpass = readSets(in, true);
                hasLowpassIndex = lowpass.length > 1;
            }
        }
    }

    /** After the header of the lowpass. */
    void readHighpassHeader(BitReader in) throws JxrException {
        if (!plane.hasHighpass()) {
            return;
        }
        if (plane.highpassUsesLowpass) {
            highpass = lowpass;
            highpassFollowsLowpass = true;
        } else if (plane.highpassSteps == null) {
            if (in.headerFlag()) {
                highpass = lowpass;
                highpassFollowsLowpass = true;
            } else {
                highpass = readSets(in, false);
                hasHighpassIndex = highpass.length > 1;
            }
        }
    }

    private int[][] readSets(BitReader in, boolean isLowpass) throws JxrException {
        int[][] sets = new int[in.headerBits(4) + 1][];
        for (int i = 0; i < sets.length; i++) {
            sets[i] = plane.readSteps(in, isLowpass);
        }
        return sets;
    }

    int readLowpassIndex(BitReader in) throws JxrException {
        return hasLowpassIndex ? readIndex(in, lowpass.length) : 0;
    }

    int readHighpassIndex(BitReader in) throws JxrException {
        return hasHighpassIndex ? readIndex(in, highpass.length) : 0;
    }

    private static int readIndex(BitReader in, int count) throws JxrException {
        int index = in.flag() ? in.bits(INDEX_BITS[count]) + 1 : 0;
        if (index >= count) {
            throw JxrException.corrupt(in.byteOffset(), "quantiser set " + index + " of " + count);
        }
        return index;
    }
}
