package io.github.czi4j.codec.jpegxr;

import java.util.ArrayList;
import java.util.List;

/** A codestream: headers, and tiles read into buffers (T.832 8, sheet §2–§4). */
final class Codestream {
    /** A macroblock takes at least a bit, so more of them than this for each byte cannot be. */
    private static final int MAX_MACROBLOCKS_PER_BYTE = 8;

    private final int end;
    private final ImageHeader image;
    private final PlaneHeader primary;
    private final PlaneHeader alpha;
    private final PacketTable packets;
    private final boolean isLenient;
    private boolean isTruncated;

    /**
     * Reads the headers.
     *
     * @param start of the codestream
     * @param end behind its last byte
     * @param isLenient whether bits that are missing at the end are taken as 0
     */
    Codestream(byte[] data, int start, int end, boolean isLenient) throws JxrException {
        this.isLenient = isLenient;
        this.end = end;
        BitReader in = new BitReader(data, start, end);
        image = ImageHeader.read(in);
        long macroblocks = (long) image.macroblockColumns() * image.macroblockRows();
        if (macroblocks > (long) MAX_MACROBLOCKS_PER_BYTE * (end - start)) {
            throw JxrException.corrupt(
                    start,
                    "a picture of " + image.width() + "×" + image.height() + " pixels cannot be in " + (end - start)
                            + " bytes");
        }
        primary = PlaneHeader.read(in, image, false);
        alpha = image.hasAlphaPlane() ? PlaneHeader.read(in, image, true) : null;
        if (alpha != null && alpha.bandsPresent != primary.bandsPresent) {
            throw JxrException.unsupported(in.byteOffset(), "an alpha plane with other bands than the colours");
        }
        int bands = image.frequencyMode() ? primary.bandCount() : 1;
        packets = new PacketTable(in, image, bands, end, isLenient);
    }

    ImageHeader image() {
        return image;
    }

    PlaneHeader primary() {
        return primary;
    }

    /** The header of the interleaved alpha plane, null if there is none. */
    PlaneHeader alpha() {
        return alpha;
    }

    /** Memory that reading and transforming macroblocks takes, less the output. */
    long workingBytes(Extent extent) {
        long macroblocks = (long) extent.columns() * extent.rows();
        // Up-sampled chroma, and what stands beside it on the way, is at most as large as the planes again.
        long bytes = 2 * PlaneBuffer.bytes(primary, macroblocks);
        return alpha == null ? bytes : bytes + 2 * PlaneBuffer.bytes(alpha, macroblocks);
    }

    /** Takes rows of macroblocks as they are read. */
    @FunctionalInterface
    interface RowAction {
        void accept(int row);
    }

    /**
     * Reads tiles. Buffers and rows begin with the extent.
     *
     * @param bands how many are needed: 1 DC, 2 lowpass, 4 all
     * @param alphaBuffer null if there is no alpha plane
     * @param action takes each row that has been read; it is in the buffer only as long as the buffer's highpass lasts
     */
    void read(Extent extent, int bands, PlaneBuffer primaryBuffer, PlaneBuffer alphaBuffer, RowAction action)
            throws JxrException {
        read(extent, bands, primaryBuffer, alphaBuffer, null, action);
    }

    /**
     * The same with flexbits that are to be read by the action.
     *
     * @param deferred takes them before the action is called; null where they are read at once, as in spatial mode
     */
    void read(
            Extent extent,
            int bands,
            PlaneBuffer primaryBuffer,
            PlaneBuffer alphaBuffer,
            DeferredFlexbits deferred,
            RowAction action)
            throws JxrException {
        int[] columns = image.tileColumns();
        int[] rows = image.tileRows();
        int across = columns.length - 1;
        TileReader[] tiles = new TileReader[across];
        for (int c = 0; c < across; c++) {
            if (columns[c] >= extent.left() && columns[c] < extent.right()) {
                tiles[c] = new TileReader(image, packets, bands, primaryBuffer, alphaBuffer, deferred == null);
            }
        }
        for (int r = 0; r + 1 < rows.length; r++) {
            if (rows[r + 1] <= extent.top() || rows[r] >= extent.bottom()) {
                continue;
            }
            int top = rows[r] - extent.top();
            for (int c = 0; c < across; c++) {
                if (tiles[c] != null) {
                    tiles[c].begin(r * across + c, columns[c] - extent.left(), columns[c + 1] - extent.left(), top);
                }
            }
            DeferredFlexbits.Part[] flexbits = deferred == null ? null : flexbits(tiles);
            int bottom = Math.min(rows[r + 1], extent.bottom()) - extent.top();
            for (int row = top; row < bottom; row++) {
                for (TileReader tile : tiles) {
                    if (tile != null) {
                        isTruncated |= !tile.readRow(row);
                    }
                }
                checkTruncation(row + extent.top());
                if (deferred != null) {
                    deferred.add(row, flexbits);
                }
                action.accept(row);
            }
        }
    }

    private static DeferredFlexbits.Part[] flexbits(TileReader[] tiles) {
        List<DeferredFlexbits.Part> parts = new ArrayList<>();
        for (TileReader tile : tiles) {
            if (tile != null) {
                parts.add(tile.flexbits());
            }
        }
        return parts.toArray(new DeferredFlexbits.Part[0]);
    }

    private void checkTruncation(int row) throws JxrException {
        if (isTruncated && !isLenient) {
            throw JxrException.corrupt(end, "the data end early, in macroblock row " + row);
        }
    }

    /** Takes what is known of flexbits that were deferred, when all have been read. */
    void finish(Extent extent, DeferredFlexbits deferred) throws JxrException {
        if (deferred.truncatedRow() >= 0) {
            isTruncated = true;
            checkTruncation(deferred.truncatedRow() + extent.top());
        }
    }

    /** Whether bits were missing and taken as 0. */
    boolean isTruncated() {
        return isTruncated || packets.isCut();
    }
}
