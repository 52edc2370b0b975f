package io.github.czi4j.codec.jpegxr;

import java.util.Arrays;

/**
 * Where the packets of the tiles are: INDEX_TABLE_TILES and the PROFILE_LEVEL_INFO behind it (T.832 8.5, sheet §4.1). In
 * spatial mode a tile is one packet, in frequency mode each of its bands.
 */
final class PacketTable {
    private static final long NOT_STORED = -1;

    private final byte[] data;
    /** Where the data begin that offsets are relative to. */
    private final int start;

    private final int end;
    private final boolean isLenient;
    private final long[] offsets;
    private final long[] sortedOffsets;
    private boolean isCut;

    /**
     * Reads the table.
     *
     * @param in behind the plane headers
     * @param bands of a tile that are packets of their own; 1 in spatial mode
     * @param end of the codestream
     * @param isLenient whether flexbits that are not there are taken as 0
     */
    PacketTable(BitReader in, ImageHeader image, int bands, int end, boolean isLenient) throws JxrException {
        this.data = in.data;
        this.end = end;
        this.isLenient = isLenient;
        this.offsets = readOffsets(in, image, image.tileCount() * bands, end);
        skipProfile(in);
        this.start = in.byteOffset();
        this.sortedOffsets = offsets.clone();
        Arrays.sort(sortedOffsets);
    }

    private static long[] readOffsets(BitReader in, ImageHeader image, int count, int end) throws JxrException {
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

    /** VLW_ESC. */
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

    /** Whether flexbits were asked for that are not there. */
    boolean isCut() {
        return isCut;
    }

    /** A reader of a packet behind its start code, null for flexbits that are not stored. */
    BitReader packet(int number, boolean isFlexbits) throws JxrException {
        long offset = offsets[number];
        if (offset == NOT_STORED && isFlexbits) {
            return null;
        }
        if (offset > end - start && isFlexbits && isLenient) {
            isCut = true;
            return new BitReader(data, end, end);
        }
        if (offset == NOT_STORED || offset > end - start) {
            throw JxrException.corrupt(start, "packet " + number + " is outside the codestream");
        }
        BitReader in = new BitReader(data, start + (int) offset, packetEnd(offset));
        int code = in.bits(24);
        in.bits(8);
        if (code != 1 && !isFlexbits) {
            throw JxrException.corrupt(start + (int) offset, "expected the start code of a tile");
        }
        return in;
    }

    /** Lengths are not stored: a packet ends where the next one begins. */
    private int packetEnd(long offset) {
        int at = Arrays.binarySearch(sortedOffsets, offset + 1);
        int next = at < 0 ? -at - 1 : at;
        return next < sortedOffsets.length ? start + (int) Math.min(sortedOffsets[next], end - start) : end;
    }
}
