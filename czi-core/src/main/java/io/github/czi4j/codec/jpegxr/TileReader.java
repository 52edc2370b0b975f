package io.github.czi4j.codec.jpegxr;

import java.util.Arrays;

/** Reads a tile: its headers, and its macroblocks row by row, colour and alpha in turn (T.832 8.6, sheet §4). */
final class TileReader {
    private static final int DC = 0;
    private static final int LOWPASS = 1;
    private static final int HIGHPASS = 2;
    private static final int FLEXBITS = 3;

    private final ImageHeader image;
    private final PacketTable table;
    private final int bands;
    private final PlaneHeader plane;
    private final BitReader[] packets = new BitReader[PlaneHeader.MAX_BANDS];
    private final MacroblockReader primary;
    private final MacroblockReader alpha;
    private final boolean isRefined;
    private int left;
    private int right;

    /**
     * Prepares tiles of a column, to be read one after the other.
     *
     * @param bands how many are needed: 1 DC, 2 lowpass, 4 all; in spatial mode all are read anyhow
     * @param alphaBuffer null if there is no alpha plane
     * @param isRefined false if somebody else reads the flexbits, which only frequency mode allows
     */
    TileReader(
            ImageHeader image,
            PacketTable table,
            int bands,
            PlaneBuffer primaryBuffer,
            PlaneBuffer alphaBuffer,
            boolean isRefined) {
        this.image = image;
        this.table = table;
        this.plane = primaryBuffer.header;
        this.bands = image.frequencyMode() ? bands : PlaneHeader.MAX_BANDS;
        boolean isSpatial = !image.frequencyMode();
        this.isRefined = isRefined;
        this.primary = new MacroblockReader(primaryBuffer, this.bands, isSpatial, isRefined);
        this.alpha = alphaBuffer == null ? null : new MacroblockReader(alphaBuffer, this.bands, isSpatial, isRefined);
    }

    /**
     * Begins a tile and reads its headers. Columns and rows are those of the buffers.
     *
     * @param number of the tile
     * @param firstColumn of macroblocks
     * @param endColumn behind the last
     * @param firstRow of macroblocks
     */
    void begin(int number, int firstColumn, int endColumn, int firstRow) throws JxrException {
        left = firstColumn;
        right = endColumn;
        BitReader trimmed;
        if (image.frequencyMode()) {
            int count = plane.bandCount();
            for (int band = 0; band < Math.min(bands, count); band++) {
                packets[band] = table.packet(number * count + band, band == FLEXBITS);
            }
            trimmed = packets[FLEXBITS];
        } else {
            Arrays.fill(packets, table.packet(number, false));
            trimmed = packets[DC];
            if (!plane.hasFlexbits()) {
                packets[FLEXBITS] = null;
            }
        }
        int trim = image.hasTrimFlexbits() && trimmed != null ? trimmed.bits(4) : 0;
        readHeaders();
        primary.begin(left, right, firstRow, trim);
        if (alpha != null) {
            alpha.begin(left, right, firstRow, trim);
        }
    }

    private void readHeaders() throws JxrException {
        primary.quantisers().readDcHeader(packets[DC]);
        if (alpha != null) {
            alpha.quantisers().readDcHeader(packets[DC]);
        }
        if (plane.hasLowpass() && bands > LOWPASS) {
            primary.quantisers().readLowpassHeader(packets[LOWPASS]);
            if (alpha != null) {
                alpha.quantisers().readLowpassHeader(packets[LOWPASS]);
            }
        }
        if (plane.hasHighpass() && bands > HIGHPASS) {
            primary.quantisers().readHighpassHeader(packets[HIGHPASS]);
            if (alpha != null) {
                alpha.quantisers().readHighpassHeader(packets[HIGHPASS]);
            }
        }
    }

    /**
     * Reads the next row of macroblocks.
     *
     * @param row of the buffers
     * @return whether all its bits were there; those that are missing are taken as 0
     */
    boolean readRow(int row) throws JxrException {
        BitReader dc = packets[DC];
        BitReader lowpass = packets[LOWPASS];
        BitReader highpass = packets[HIGHPASS];
        BitReader flexbits = packets[FLEXBITS];
        for (int column = left; column < right; column++) {
            primary.read(dc, lowpass, highpass, flexbits, column, row);
            if (alpha != null) {
                alpha.read(dc, lowpass, highpass, flexbits, column, row);
            }
        }
        for (int band = 0; band < (isRefined ? packets.length : FLEXBITS); band++) {
            if (packets[band] != null && packets[band].isExhausted()) {
                return false;
            }
        }
        return true;
    }

    /** The flexbits of the tile that has begun, for somebody else to read. */
    DeferredFlexbits.Part flexbits() {
        return new DeferredFlexbits.Part(packets[FLEXBITS], left, right);
    }
}
