package io.github.czi4j.codec.jpegxr;

/**
 * IMAGE_HEADER (T.832 8.3, sheet §2.1) and what follows from it: size in macroblocks, margins, tiles.
 *
 * @param operators the version's low nibble: 0 HD Photo, 1 soft tiles, 9 hard tiles
 * @param frequencyMode whether each band of a tile is a packet of its own
 * @param hasIndexTable whether the tiles' offsets are stored
 * @param overlapMode 0 none, 1 block level, 2 both levels
 * @param hasTrimFlexbits whether tile headers say how many flexbits are left out
 * @param isRedBlueSwapped order of packed colours
 * @param hasAlphaPlane whether an interleaved alpha plane is coded
 * @param outputColour OUTPUT_CLR_FMT
 * @param outputDepth OUTPUT_BITDEPTH
 * @param width of the window, in pixels
 * @param height of the window, in pixels
 * @param left margin in pixels
 * @param top margin in pixels
 * @param macroblockColumns of the coded area
 * @param macroblockRows of the coded area
 * @param tileColumns first macroblock column of each tile column, and behind the last
 * @param tileRows first macroblock row of each tile row, and behind the last
 */
record ImageHeader(
        int operators,
        boolean frequencyMode,
        boolean hasIndexTable,
        int overlapMode,
        boolean hasTrimFlexbits,
        boolean isRedBlueSwapped,
        boolean hasAlphaPlane,
        int outputColour,
        int outputDepth,
        int width,
        int height,
        int left,
        int top,
        int macroblockColumns,
        int macroblockRows,
        int[] tileColumns,
        int[] tileRows) {

    static final int HD_PHOTO = 0;
    static final int HARD_TILES = 9;

    // OUTPUT_CLR_FMT and INTERNAL_CLR_FMT (sheet §2.2).
    static final int YONLY = 0;
    static final int YUV420 = 1;
    static final int YUV422 = 2;
    static final int YUV444 = 3;
    static final int CMYK = 4;
    static final int CMYK_DIRECT = 5;
    static final int NCOMPONENT = 6;
    static final int RGB = 7;
    static final int RGBE = 8;

    // OUTPUT_BITDEPTH (sheet §2.2).
    static final int BD1_WHITE = 0;
    static final int BD8 = 1;
    static final int BD16 = 2;
    static final int BD16S = 3;
    static final int BD16F = 4;
    static final int BD32S = 6;
    static final int BD32F = 7;
    static final int BD5 = 8;
    static final int BD10 = 9;
    static final int BD565 = 10;
    static final int BD1_BLACK = 15;

    private static final long SIGNATURE = 0x574D50484F544F00L;
    private static final int MAX_SIDE = Integer.MAX_VALUE - 256;

    static ImageHeader read(BitReader in) throws JxrException {
        long signature = (long) in.headerBits(32) << 32 | in.headerBits(32) & 0xFFFFFFFFL;
        if (signature != SIGNATURE) {
            throw JxrException.corrupt(in.byteOffset(), "expected WMPHOTO at the beginning of the codestream");
        }
        if (in.headerBits(4) != 1) {
            throw JxrException.unsupported(in.byteOffset(), "a codestream version other than 1");
        }
        int operators = in.headerBits(4);
        if (operators != HD_PHOTO && operators != 1 && operators != HARD_TILES) {
            throw JxrException.unsupported(in.byteOffset(), "codestream subversion " + operators);
        }
        boolean tiling = in.headerFlag();
        boolean frequencyMode = in.headerFlag();
        in.headerBits(3);
        boolean hasIndexTable = in.headerFlag();
        int overlapMode = in.headerBits(2);
        boolean shortHeader = in.headerFlag();
        in.headerBits(1);
        boolean windowing = in.headerFlag();
        boolean trimFlexbits = in.headerFlag();
        boolean tileStretch = in.headerFlag();
        boolean redBlueNotSwapped = in.headerFlag();
        in.headerBits(1);
        boolean alphaPlane = in.headerFlag();
        int outputColour = in.headerBits(4);
        int outputDepth = in.headerBits(4);
        if (overlapMode == 3) {
            throw JxrException.corrupt(in.byteOffset(), "overlap mode 3");
        }
        int sizeBits = shortHeader ? 16 : 32;
        long width = (in.headerBits(sizeBits) & 0xFFFFFFFFL) + 1;
        long height = (in.headerBits(sizeBits) & 0xFFFFFFFFL) + 1;
        if (width > MAX_SIDE || height > MAX_SIDE) {
            throw new JxrException(
                    JxrException.Kind.LIMIT, in.byteOffset(), "a picture of " + width + "×" + height + " pixels");
        }
        int columns = tiling ? in.headerBits(12) + 1 : 1;
        int rows = tiling ? in.headerBits(12) + 1 : 1;
        int[] tileColumns = readTileStarts(in, columns, shortHeader);
        int[] tileRows = readTileStarts(in, rows, shortHeader);
        if (tileStretch) {
            for (int i = 0; i < columns * rows; i++) {
                in.headerBits(8);
            }
        }
        int top = 0;
        int left = 0;
        int bottom = (int) (-height & 15);
        int right = (int) (-width & 15);
        if (windowing) {
            top = in.headerBits(6);
            left = in.headerBits(6);
            bottom = in.headerBits(6);
            right = in.headerBits(6);
            boolean isMultiple = (width + left + right) % 16 == 0 && (height + top + bottom) % 16 == 0;
            if (!isMultiple && top == 0 && left == 0 && width % 16 == 0 && height % 16 == 0) {
                // Tolerated: the size includes the margins (sheet §2.1).
                width -= right;
                height -= bottom;
            }
            if (width < 1 || height < 1) {
                throw JxrException.corrupt(in.byteOffset(), "margins as large as the picture");
            }
        }
        in.align();
        int macroblockColumns = (int) ((width + left + right + 15) / 16);
        int macroblockRows = (int) ((height + top + bottom + 15) / 16);
        finishTileStarts(in, tileColumns, macroblockColumns, "columns");
        finishTileStarts(in, tileRows, macroblockRows, "rows");
        return new ImageHeader(
                operators,
                frequencyMode,
                hasIndexTable,
                overlapMode,
                trimFlexbits,
                !redBlueNotSwapped,
                alphaPlane,
                outputColour,
                outputDepth,
                (int) width,
                (int) height,
                left,
                top,
                macroblockColumns,
                macroblockRows,
                tileColumns,
                tileRows);
    }

    /** All but the end of the last. */
    private static int[] readTileStarts(BitReader in, int count, boolean shortHeader) throws JxrException {
        int[] starts = new int[count + 1];
        for (int i = 0; i < count - 1; i++) {
            // At most 4096 of 16 bits each: no overflow.
            starts[i + 1] = starts[i] + in.headerBits(shortHeader ? 8 : 16);
        }
        return starts;
    }

    private static void finishTileStarts(BitReader in, int[] starts, int macroblocks, String what) throws JxrException {
        starts[starts.length - 1] = macroblocks;
        for (int i = 1; i < starts.length; i++) {
            if (starts[i] <= starts[i - 1]) {
                throw JxrException.corrupt(
                        in.byteOffset(), "tile " + what + " that do not fit " + macroblocks + " macroblocks");
            }
        }
    }

    int tileCount() {
        return (tileColumns.length - 1) * (tileRows.length - 1);
    }
}
