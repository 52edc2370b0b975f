package io.github.czi4j.codec.jpegxr;

/** Reads the macroblocks of one plane in one tile, band by band (sheet §5.6–5.10). */
final class MacroblockReader {
    private final PlaneBuffer buffer;
    private final PlaneHeader plane;
    private final EntropyContext context;
    private final TileQuantisers quantisers;
    private final boolean isSpatial;
    private final boolean readsLowpass;
    private final boolean readsHighpass;
    private final LowpassReader lowpass;
    private final LowpassPrediction prediction;
    private final HighpassReader highpass;
    private int firstColumn;
    private int lastColumn;
    private int firstRow;
    private int lowpassSet;
    private int highpassSet;

    /**
     * Prepares tiles, to be read one after the other.
     *
     * @param bands how many are read: 1 DC, 2 lowpass, 3 or more all; only in frequency mode less than there are
     * @param isSpatial whether all bands stand in one packet
     * @param isRefined false if somebody else does what {@link HighpassRefinement} does
     */
    MacroblockReader(PlaneBuffer buffer, int bands, boolean isSpatial, boolean isRefined) {
        this.buffer = buffer;
        this.plane = buffer.header;
        this.context = new EntropyContext(plane);
        this.quantisers = new TileQuantisers(plane);
        this.isSpatial = isSpatial;
        this.readsLowpass = plane.hasLowpass() && bands > 1;
        this.readsHighpass = plane.hasHighpass() && bands > 2;
        this.lowpass = new LowpassReader(buffer, context);
        this.prediction = new LowpassPrediction(buffer, quantisers, readsLowpass);
        this.highpass = new HighpassReader(buffer, context, quantisers, isRefined);
    }

    /** What the headers of the tile say of its quantisers, to be read before the tile begins. */
    TileQuantisers quantisers() {
        return quantisers;
    }

    /**
     * Begins a tile. Columns and rows are those of the buffer.
     *
     * @param tileLeft first macroblock column of the tile
     * @param tileRight behind the last
     * @param tileTop first macroblock row of the tile
     * @param trimFlexbits flexbits that are left out
     */
    void begin(int tileLeft, int tileRight, int tileTop, int trimFlexbits) {
        firstColumn = tileLeft;
        lastColumn = tileRight - 1;
        firstRow = tileTop;
        lowpassSet = 0;
        highpassSet = 0;
        context.reset();
        highpass.trim(trimFlexbits);
    }

    /**
     * Reads a macroblock into the buffer.
     *
     * @param dc packet of that band; in spatial mode all are the same
     * @param flexbits null if there are none
     */
    void read(BitReader dc, BitReader lp, BitReader hp, BitReader flexbits, int column, int row) throws JxrException {
        int macroblock = row * buffer.columns + column;
        boolean isReset = (column - firstColumn & 15) == 0;
        boolean isAdapted = isReset || column == lastColumn;
        if (isSpatial) {
            // Both indices stand before the DC data (sheet §4.4).
            readLowpassSet(lp);
            readHighpassSet(hp);
        }
        readDc(dc, macroblock * 16);
        if (readsLowpass) {
            if (!isSpatial) {
                readLowpassSet(lp);
            }
            if (isReset) {
                context.lowpassScan.resetTotals();
            }
            lowpass.read(lp, macroblock * 16);
        }
        if (isAdapted) {
            context.adaptDc();
            if (readsLowpass) {
                context.adaptLowpass();
            }
        }
        boolean hasLeft = column > firstColumn;
        boolean hasTop = row > firstRow;
        prediction.predict(macroblock, hasLeft, hasTop, lowpassSet);
        if (readsHighpass) {
            if (!isSpatial) {
                readHighpassSet(hp);
            }
            if (isReset) {
                context.horizontalScan.resetTotals();
                context.verticalScan.resetTotals();
            }
            int mode = prediction.highpassMode(macroblock);
            highpass.read(hp, flexbits, column, row, hasLeft, hasTop, highpassSet, mode);
            if (isAdapted) {
                context.adaptHighpass();
            }
        }
    }

    private void readLowpassSet(BitReader in) throws JxrException {
        if (readsLowpass) {
            lowpassSet = quantisers.readLowpassIndex(in);
        }
    }

    private void readHighpassSet(BitReader in) throws JxrException {
        if (readsHighpass) {
            highpassSet = quantisers.highpassFollowsLowpass ? lowpassSet : quantisers.readHighpassIndex(in);
        }
    }

    /** The DC values of a macroblock (sheet §5.6). */
    private void readDc(BitReader in, int at) {
        int present = plane.isYuv() ? VlcTable.read(in, VlcTable.T8) : 0;
        int lumaCount = 0;
        int chromaCount = 0;
        for (int i = 0; i < plane.components; i++) {
            boolean isPresent = plane.isYuv() ? (present >> 2 - i & 1) != 0 : in.flag();
            int value = 0;
            if (isPresent) {
                value = context.dcLevel[plane.isYuv() && i > 0 ? 1 : 0].readLevel(in) - 1;
                lumaCount += i == 0 ? 1 : 0;
                chromaCount += i == 0 ? 0 : 1;
            }
            int bits = context.dcModel.bits[i == 0 ? 0 : 1];
            value = value << bits | in.bits(bits);
            if (value != 0 && in.flag()) {
                value = -value;
            }
            buffer.predicted[i][at] = value;
        }
        context.dcModel.update(lumaCount, chromaCount);
    }
}
