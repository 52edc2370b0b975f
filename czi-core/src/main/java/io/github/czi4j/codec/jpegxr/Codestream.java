package io.github.czi4j.codec.jpegxr;

import java.util.Arrays;

/**
 * A codestream: headers, index table, tiles (T.832 8, sheet §2–§4), decoded into component planes.
 */
final class Codestream {
    private static final int DC = 0;
    private static final int LOWPASS = 1;
    private static final int HIGHPASS = 2;
    private static final int FLEXBITS = 3;
    private static final long NOT_STORED = -1;
    /** A macroblock takes at least a bit, so more of them than this for each byte cannot be. */
    private static final int MAX_MACROBLOCKS_PER_BYTE = 8;

    private final byte[] data;
    private final int end;
    private final ImageHeader image;
    private final PlaneHeader primary;
    private final PlaneHeader alpha;
    private final boolean isLenient;
    private final long[] packets;
    private final int dataStart;

    private PlaneBuffer primaryBuffer;
    private PlaneBuffer alphaBuffer;
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
        this.data = data;
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
        packets = readIndexTable(in);
        skipProfile(in);
        dataStart = in.byteOffset();
        checkPackets();
    }

    ImageHeader image() {
        return image;
    }

    PlaneHeader primary() {
        return primary;
    }

    boolean hasAlpha() {
        return alpha != null;
    }

    /** Memory that decoding takes, less the output. */
    long workingBytes() {
        long macroblocks = (long) image.macroblockColumns() * image.macroblockRows();
        // Up-sampled chroma, and what stands beside it on the way, is at most as large as the planes again.
        long bytes = 2 * PlaneBuffer.bytes(primary, macroblocks);
        return alpha == null ? bytes : bytes + 2 * PlaneBuffer.bytes(alpha, macroblocks);
    }

    private long[] readIndexTable(BitReader in) throws JxrException {
        int count = image.tileCount() * (image.frequencyMode() ? primary.bandCount() : 1);
        if (!image.hasIndexTable()) {
            if (image.frequencyMode() || image.tileCount() > 1) {
                throw JxrException.corrupt(in.byteOffset(), "the index table is missing");
            }
            return new long[] {0};
        }
        if (in.headerBits(16) != 1) {
            throw JxrException.corrupt(in.byteOffset(), "expected an index table");
        }
        if (count > end - in.byteOffset()) {
            throw JxrException.corrupt(in.byteOffset(), "an index table of " + count + " entries does not fit");
        }
        long[] offsets = new long[count];
        for (int i = 0; i < count; i++) {
            offsets[i] = readVlw(in);
        }
        return offsets;
    }

    /** VLW_ESC (sheet §4.1). */
    private static long readVlw(BitReader in) throws JxrException {
        int first = in.headerBits(8);
        if (first < 0xFB) {
            return first << 8 | in.headerBits(8);
        }
        if (first == 0xFB) {
            return in.headerBits(32) & 0xFFFFFFFFL;
        }
        if (first == 0xFC) {
            long value = (long) in.headerBits(32) << 32 | in.headerBits(32) & 0xFFFFFFFFL;
            return value < 0 ? Long.MAX_VALUE : value;
        }
        return NOT_STORED;
    }

    private static void skipProfile(BitReader in) throws JxrException {
        long count = readVlw(in);
        for (long i = 0; i < count; i++) {
            in.headerBits(8);
        }
    }

    private void checkPackets() throws JxrException {
        for (int i = 0; i < packets.length; i++) {
            boolean isFlexbits = image.frequencyMode() && i % primary.bandCount() == FLEXBITS;
            boolean isOutside = packets[i] == NOT_STORED ? !isFlexbits : packets[i] > end - dataStart;
            if (isOutside && isFlexbits && isLenient) {
                isTruncated = true;
                packets[i] = end - dataStart;
            } else if (isOutside) {
                throw JxrException.corrupt(dataStart, "packet " + i + " is outside the codestream");
            }
        }
    }

    /** A reader of a packet behind its start code, null for one that is not stored. */
    private BitReader packet(int number, boolean isFlexbits) throws JxrException {
        if (packets[number] == NOT_STORED) {
            return null;
        }
        int start = dataStart + (int) packets[number];
        BitReader in = new BitReader(data, start, packetEnd(packets[number]));
        int code = in.bits(24);
        in.bits(8);
        if (code != 1 && !isFlexbits) {
            throw JxrException.corrupt(start, "expected the start code of a tile");
        }
        return in;
    }

    /** Lengths are not stored: a packet ends where the next one begins. */
    private int packetEnd(long offset) {
        int at = Arrays.binarySearch(sortedPackets(), offset);
        long[] sorted = sortedPackets();
        while (at < sorted.length && sorted[at] <= offset) {
            at++;
        }
        return at < sorted.length ? dataStart + (int) sorted[at] : end;
    }

    private long[] sorted;

    private long[] sortedPackets() {
        if (sorted == null) {
            sorted =
                    Arrays.stream(packets).filter(p -> p != NOT_STORED).sorted().toArray();
        }
        return sorted;
    }

    /** Takes rows of macroblocks as they are read. */
    @FunctionalInterface
    interface RowAction {
        void accept(int row);
    }

    /** Reads all tiles into buffers that hold the whole picture. */
    void decode() throws JxrException {
        primaryBuffer = new PlaneBuffer(primary, image.macroblockColumns(), image.macroblockRows());
        if (alpha != null) {
            alphaBuffer = new PlaneBuffer(alpha, image.macroblockColumns(), image.macroblockRows());
        }
        decode(row -> {});
    }

    /** Reads all tiles; a row of macroblocks is in the buffer only as long as the buffer's highpass lasts. */
    void decode(PlaneBuffer buffer, RowAction action) throws JxrException {
        primaryBuffer = buffer;
        decode(action);
    }

    private void decode(RowAction action) throws JxrException {
        int[] columns = image.tileColumns();
        int[] rows = image.tileRows();
        Tile[] tiles = new Tile[columns.length - 1];
        for (int r = 0; r + 1 < rows.length; r++) {
            for (int c = 0; c < tiles.length; c++) {
                tiles[c] = new Tile(r * tiles.length + c, columns[c], columns[c + 1], rows[r]);
            }
            for (int row = rows[r]; row < rows[r + 1]; row++) {
                for (Tile tile : tiles) {
                    tile.decodeRow(row);
                }
                action.accept(row);
            }
        }
    }

    /** A tile that is being read. */
    private final class Tile {
        private final BitReader[] bands = new BitReader[4];
        private final MacroblockReader main;
        private final MacroblockReader second;
        private final int left;
        private final int right;

        Tile(int number, int left, int right, int top) throws JxrException {
            this.left = left;
            this.right = right;
            int trim = 0;
            if (image.frequencyMode()) {
                int count = primary.bandCount();
                for (int b = 0; b < count; b++) {
                    bands[b] = packet(number * count + b, b == FLEXBITS);
                }
                if (bands[FLEXBITS] != null && image.hasTrimFlexbits()) {
                    trim = bands[FLEXBITS].bits(4);
                }
            } else {
                BitReader all = packet(number, false);
                Arrays.fill(bands, all);
                trim = image.hasTrimFlexbits() ? all.bits(4) : 0;
                if (!primary.hasFlexbits()) {
                    bands[FLEXBITS] = null;
                }
            }
            TileQuantisers ofPrimary = new TileQuantisers(primary);
            TileQuantisers ofAlpha = alpha == null ? null : new TileQuantisers(alpha);
            readTileHeaders(bands, ofPrimary, ofAlpha);
            main = new MacroblockReader(primaryBuffer, new EntropyContext(primary, ofPrimary), left, right, top, trim);
            second = alpha == null
                    ? null
                    : new MacroblockReader(alphaBuffer, new EntropyContext(alpha, ofAlpha), left, right, top, trim);
        }

        void decodeRow(int row) throws JxrException {
            for (int column = left; column < right; column++) {
                decodeMacroblock(main, primary, bands, column, row);
                if (second != null) {
                    decodeMacroblock(second, alpha, bands, column, row);
                }
            }
            for (BitReader band : bands) {
                if (band != null && band.isExhausted()) {
                    isTruncated = true;
                }
            }
            if (isTruncated && !isLenient) {
                throw JxrException.corrupt(end, "the data end early, in macroblock row " + row);
            }
        }
    }

    private void readTileHeaders(BitReader[] bands, TileQuantisers ofPrimary, TileQuantisers ofAlpha)
            throws JxrException {
        ofPrimary.readDcHeader(bands[DC]);
        if (ofAlpha != null) {
            ofAlpha.readDcHeader(bands[DC]);
        }
        if (primary.hasLowpass()) {
            ofPrimary.readLowpassHeader(bands[LOWPASS]);
            if (ofAlpha != null) {
                ofAlpha.readLowpassHeader(bands[LOWPASS]);
            }
        }
        if (primary.hasHighpass()) {
            ofPrimary.readHighpassHeader(bands[HIGHPASS]);
            if (ofAlpha != null) {
                ofAlpha.readHighpassHeader(bands[HIGHPASS]);
            }
        }
    }

    private void decodeMacroblock(MacroblockReader reader, PlaneHeader plane, BitReader[] bands, int column, int row)
            throws JxrException {
        boolean isSpatial = !image.frequencyMode();
        if (isSpatial) {
            // Both indices stand before the DC data (sheet §4.4).
            if (plane.hasLowpass()) {
                reader.readLowpassSet(bands[LOWPASS]);
            }
            if (plane.hasHighpass()) {
                reader.readHighpassSet(bands[HIGHPASS]);
            }
        }
        reader.readDc(bands[DC], column, row);
        if (plane.hasLowpass()) {
            if (!isSpatial) {
                reader.readLowpassSet(bands[LOWPASS]);
            }
            reader.readLowpass(bands[LOWPASS], column, row);
        }
        reader.predict(column, row);
        if (plane.hasHighpass()) {
            if (!isSpatial) {
                reader.readHighpassSet(bands[HIGHPASS]);
            }
            reader.readHighpass(bands[HIGHPASS], plane.hasFlexbits() ? bands[FLEXBITS] : null, column, row);
        }
    }

    /** Whether bits were missing and taken as 0. */
    boolean isTruncated() {
        return isTruncated;
    }

    /** Samples of the primary plane by component; at full resolution unless the output is subsampled itself. */
    int[][] components() {
        Reconstruction reconstruction = new Reconstruction(image, primaryBuffer);
        int[][] result = new int[primary.components][];
        boolean isUpsampled = primary.isSubsampled() && image.outputColour() != primary.colour;
        for (int c = 0; c < result.length; c++) {
            result[c] = reconstruction.samples(c);
            primaryBuffer.highpass[c] = null;
            if (isUpsampled && c > 0) {
                result[c] = reconstruction.upsampled(c, result[c]);
            }
        }
        return result;
    }

    /** Samples of the interleaved alpha plane. */
    int[] alphaSamples() {
        return new Reconstruction(image, alphaBuffer).samples(0);
    }
}
