package io.github.czi4j.codec.jpegxr;

import java.util.Arrays;

/** Reads a tile: its headers, and its macroblocks row by row, colour and alpha in turn (T.832 8.6, sheet §4). */
final class TileReader {
    private static final int DC = 0;
    private static final int LOWPASS = 1;
    private static final int HIGHPASS = 2;
    private static final int FLEXBITS = 3;

    private final BitReader[] packets = new BitReader[PlaneHeader.MAX_BANDS];
    private final MacroblockReader primary;
    private final MacroblockReader alpha;
    private final int left;
    private final int right;

    /**
     * Reads the headers. Columns and rows are those of the buffers.
     *
     * @param number of the tile
     * @param bands how many are read: 1 DC, 2 lowpass, 4 all; in spatial mode all are read anyhow
     * @param alphaBuffer null if there is no alpha plane
     * @param left first macroblock column
     * @param right behind the last
     * @param top first macroblock row
     */
    TileReader(
            ImageHeader image,
            PacketTable table,
            int number,
            int bands,
            PlaneBuffer primaryBuffer,
            PlaneBuffer alphaBuffer,
            int left,
            int right,
            int top)
            throws JxrException {
        this.left = left;
        this.right = right;
        PlaneHeader plane = primaryBuffer.header;
        int read = PlaneHeader.MAX_BANDS;
        if (image.frequencyMode()) {
            int count = plane.bandCount();
            read = bands;
            for (int band = 0; band < Math.min(bands, count); band++) {
                packets[band] = table.packet(number * count + band, band == FLEXBITS);
            }
        } else {
            Arrays.fill(packets, table.packet(number, false));
            if (!plane.hasFlexbits()) {
                packets[FLEXBITS] = null;
            }
        }
        // In spatial mode the number of bits stands at the beginning of the tile.
        int trim = image.hasTrimFlexbits() && packets[image.frequencyMode() ? FLEXBITS : DC] != null
                ? packets[image.frequencyMode() ? FLEXBITS : DC].bits(4)
                : 0;
        TileQuantisers ofPrimary = new TileQuantisers(plane);
        TileQuantisers ofAlpha = alphaBuffer == null ? null : new TileQuantisers(alphaBuffer.header);
        readHeaders(plane, read, ofPrimary, ofAlpha);
        primary = macroblocks(primaryBuffer, ofPrimary, read, !image.frequencyMode(), top, trim);
        alpha = alphaBuffer == null ? null : macroblocks(alphaBuffer, ofAlpha, read, !image.frequencyMode(), top, trim);
    }

    private MacroblockReader macroblocks(
            PlaneBuffer buffer, TileQuantisers quantisers, int bands, boolean isSpatial, int top, int trim) {
        EntropyContext context = new EntropyContext(buffer.header, quantisers);
        return new MacroblockReader(buffer, context, bands, isSpatial, left, right, top, trim);
    }

    private void readHeaders(PlaneHeader plane, int bands, TileQuantisers ofPrimary, TileQuantisers ofAlpha)
            throws JxrException {
        ofPrimary.readDcHeader(packets[DC]);
        if (ofAlpha != null) {
            ofAlpha.readDcHeader(packets[DC]);
        }
        if (plane.hasLowpass() && bands > LOWPASS) {
            ofPrimary.readLowpassHeader(packets[LOWPASS]);
            if (ofAlpha != null) {
                ofAlpha.readLowpassHeader(packets[LOWPASS]);
            }
        }
        if (plane.hasHighpass() && bands > HIGHPASS) {
            ofPrimary.readHighpassHeader(packets[HIGHPASS]);
            if (ofAlpha != null) {
                ofAlpha.readHighpassHeader(packets[HIGHPASS]);
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
        for (BitReader packet : packets) {
            if (packet != null && packet.isExhausted()) {
                return false;
            }
        }
        return true;
    }
}
