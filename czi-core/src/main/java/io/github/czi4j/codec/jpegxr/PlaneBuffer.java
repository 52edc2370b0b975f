package io.github.czi4j.codec.jpegxr;

import java.util.Arrays;

/**
 * The coefficients of a plane. Arrays are by component.
 */
final class PlaneBuffer {
    final PlaneHeader header;
    final int columns;
    final int rows;

    /** Predicted DC and lowpass values before dequantisation, 16 a macroblock; 0 until they are read. */
    final int[][] predicted;
    /** The same dequantised. */
    final int[][] lowpass;
    /** Dequantised highpass coefficients: 16 a block, blocks in raster order in the macroblock. */
    final int[][] highpass;
    /** A bit for each highpass coefficient that is not 0 before the flexbits, by block, in the order of the pattern's bits. */
    final int[][] nonZero;
    /** What is left to be done with the highpass of a macroblock, for {@link HighpassRefinement}. */
    final int[] refinement;
    /** By macroblock, a bit for each block in raster order whose highpass may be other than 0. */
    final short[][] blockMask;
    /** Coded block patterns by macroblock. */
    final int[][] cbp;
    /** Highpass steps by macroblock, for the compensation of HD Photo. */
    final int[][] highpassStep;
    /** Lowpass set of each macroblock. */
    final byte[] lowpassSet;

    /** How many rows of macroblocks the highpass holds: all, or the last few. */
    private final int highpassRows;

    /** Makes a buffer for what an extent has to read. */
    static PlaneBuffer of(PlaneHeader header, Extent extent, JxrOptions.Resolution resolution) {
        // Thumbnails need no highpass, but where it stands between the bands they need, it is read all the same.
        int highpassRows = resolution == JxrOptions.Resolution.FULL ? extent.transformedRows() : 1;
        return new PlaneBuffer(header, extent.columns(), extent.rows(), highpassRows, null);
    }

    /**
     * Makes a buffer.
     *
     * @param previous whose arrays serve again if they fit; null for none
     */
    PlaneBuffer(PlaneHeader header, int columns, int rows, int highpassRows, PlaneBuffer previous) {
        this.header = header;
        this.columns = columns;
        this.rows = rows;
        this.highpassRows = highpassRows;
        if (previous != null && previous.fits(header, columns, rows, highpassRows)) {
            predicted = previous.predicted;
            lowpass = previous.lowpass;
            highpass = previous.highpass;
            nonZero = previous.nonZero;
            refinement = previous.refinement;
            blockMask = previous.blockMask;
            cbp = previous.cbp;
            highpassStep = previous.highpassStep;
            lowpassSet = previous.lowpassSet;
            // All else is written before it is read.
            for (int c = 0; c < header.components; c++) {
                Arrays.fill(predicted[c], 0);
                if (!header.hasHighpass()) {
                    Arrays.fill(highpass[c], 0);
                    Arrays.fill(blockMask[c], (short) 0);
                }
            }
            return;
        }
        int macroblocks = columns * rows;
        int count = header.components;
        predicted = new int[count][macroblocks * 16];
        lowpass = new int[count][macroblocks * 16];
        highpass = new int[count][];
        nonZero = new int[count][];
        refinement = new int[columns * highpassRows];
        blockMask = new short[count][macroblocks];
        cbp = new int[count][macroblocks];
        highpassStep = new int[count][macroblocks];
        lowpassSet = new byte[macroblocks];
        for (int c = 0; c < count; c++) {
            int blocks = header.blocksAcross(c) * header.blocksDown(c);
            highpass[c] = new int[columns * highpassRows * blocks * 16];
            nonZero[c] = new int[columns * highpassRows * blocks];
        }
    }

    private boolean fits(PlaneHeader other, int otherColumns, int otherRows, int otherHighpassRows) {
        return columns == otherColumns
                && rows == otherRows
                && highpassRows == otherHighpassRows
                && header.components == other.components
                && !header.isSubsampled()
                && !other.isSubsampled();
    }

    /** Where the highpass of a macroblock begins in a component of so many blocks a macroblock. */
    int highpassStart(int column, int row, int blocks) {
        return highpassIndex(column, row) * blocks * 16;
    }

    /** Place of a macroblock among those whose highpass is held. */
    int highpassIndex(int column, int row) {
        return row % highpassRows * columns + column;
    }

    /** What the arrays of a plane take, without overflow. */
    static long bytes(PlaneHeader header, long macroblocks) {
        long ints = 0;
        for (int c = 0; c < header.components; c++) {
            int blocks = header.blocksAcross(c) * header.blocksDown(c);
            // Two of 16, highpass coefficients and later samples, the block DCs, and which coefficients are not 0.
            ints += 2 * 16 + 2 * blocks * 16 + 2 * blocks + 3;
        }
        return ints * 4 * macroblocks;
    }
}
