package io.github.czi4j.codec.jpegxr;

import io.github.czi4j.codec.jpegxr.JxrPixelFormat.Order;
import java.util.concurrent.Executor;

/**
 * From coefficients to pixels while they are read, for what microscopes write: grey and RGB without subsampling. Two rows
 * of blocks of each component are kept; a row is written once the windows below it are done (sheet §8.10). All else goes
 * through {@link Reconstruction}, which takes whole planes.
 */
final class RowReconstruction {
    private final Codestream stream;
    private final Extent extent;
    private final PlaneHeader plane;
    private final PlaneBuffer buffer;
    private final RowOutput output;
    private final int blocks;
    private final boolean isLegacy;
    private final boolean hasWindows;
    private final boolean hasMacroblockWindows;
    private final int[] compensation;
    /** Null where the calling thread does everything. */
    private final Executor assistant;

    private final int[][] blockDcs;
    private final OverlapFilter[] dcFilters;
    /** A row of macroblocks, whose lowpass is transformed as blocks are. */
    private final BlockRow macroblocks;

    private BlockRow[] above;
    private BlockRow[] current;
    private int blockRow;

    /** What serves again for the next picture of the same size. */
    record Buffers(PlaneBuffer plane, BlockRow[] above, BlockRow[] current, BlockRow macroblocks, int[][] blockDcs) {}

    /**
     * Prepares a picture.
     *
     * @param area what is written of the rows of the extent that are transformed
     * @param sink takes the pixels
     * @param previous of the picture before; null for none
     * @param assistant runs the transforms while the calling thread reads on; null for nobody
     */
    RowReconstruction(
            Codestream stream,
            Extent extent,
            Area area,
            JxrPixelFormat format,
            RowOutput.Sink sink,
            Buffers previous,
            Executor assistant) {
        this.stream = stream;
        this.extent = extent;
        this.plane = stream.primary();
        ImageHeader image = stream.image();
        int count = plane.components;
        blocks = 4 * extent.columns();
        isLegacy = image.operators() == ImageHeader.HD_PHOTO;
        hasWindows = image.overlapMode() > 0;
        hasMacroblockWindows = image.overlapMode() == 2;
        this.assistant = assistant;
        int highpassRows = (hasMacroblockWindows ? 2 : 1) + (assistant == null ? 0 : RowPipeline.ROWS_AHEAD);
        PlaneBuffer before = previous == null ? null : previous.plane;
        buffer = new PlaneBuffer(plane, extent.columns(), extent.rows(), highpassRows, before);
        output = new RowOutput(image.outputDepth(), plane, format, area, sink);
        boolean isSameSize = before != null && before.lowpass == buffer.lowpass;
        above = isSameSize ? previous.above : new BlockRow[count];
        current = isSameSize ? previous.current : new BlockRow[count];
        blockDcs = isSameSize ? previous.blockDcs : new int[count][];
        dcFilters = new OverlapFilter[count];
        compensation = new int[count];
        macroblocks = isSameSize ? previous.macroblocks : new BlockRow(extent.columns());
        for (int c = 0; c < count; c++) {
            if (!isSameSize) {
                above[c] = new BlockRow(blocks);
                current[c] = new BlockRow(blocks);
                blockDcs[c] = new int[blocks * 4 * (hasMacroblockWindows ? extent.rows() : 1)];
            }
            dcFilters[c] = new OverlapFilter(blockDcs[c], blocks, isLegacy);
            if (isLegacy && hasWindows) {
                compensation[c] = compensation(c);
            }
        }
    }

    Buffers buffers() {
        return new Buffers(buffer, above, current, macroblocks, blockDcs);
    }

    /** Whether a stream can go this way. */
    static boolean isFor(Codestream stream, JxrPixelFormat format) {
        ImageHeader image = stream.image();
        PlaneHeader plane = stream.primary();
        boolean isGrey = format.order() == Order.GRAY && format.bitsPerSample() > 1;
        boolean isColour = (format.order() == Order.RGB || format.order() == Order.BGR)
                && format.samplesPerPixel() == 3
                && plane.colour == ImageHeader.YUV444
                && (image.outputDepth() == ImageHeader.BD8
                        || image.outputDepth() == ImageHeader.BD16
                        || image.outputDepth() == ImageHeader.BD16S);
        boolean isCompensated = image.operators() == ImageHeader.HD_PHOTO && image.overlapMode() > 0;
        return (isGrey || isColour)
                && stream.alpha() == null
                && image.operators() != ImageHeader.HARD_TILES
                && !(isCompensated && plane.hasHighpass() && plane.highpassSteps == null);
    }

    /** The step of the windows' compensation: 0 where it never acts. */
    private int compensation(int component) {
        if (!plane.hasHighpass()) {
            return Integer.MAX_VALUE;
        }
        int step = plane.highpassSteps[component];
        return step > 20 ? step : 0;
    }

    void decode() throws JxrException {
        if (assistant == null) {
            stream.read(extent, PlaneHeader.MAX_BANDS, buffer, null, this::macroblockRow);
        } else {
            decodeAssisted();
        }
        if (hasMacroblockWindows) {
            int last = extent.rows() - 1;
            for (OverlapFilter filter : dcFilters) {
                filter.edge(0, blocks, 4 * last + 2);
            }
            blockRows(last);
        }
        if (hasWindows) {
            for (BlockRow row : above) {
                row.edge(false, isLegacy);
            }
            writeAbove();
        }
    }

    private void decodeAssisted() throws JxrException {
        boolean isDeferred = stream.image().frequencyMode() && plane.hasHighpass();
        DeferredFlexbits flexbits = isDeferred ? new DeferredFlexbits(buffer) : null;
        RowPipeline pipeline = new RowPipeline(row -> refinedRow(flexbits, row), RowPipeline.ROWS_AHEAD);
        pipeline.start(assistant);
        boolean isWhole = false;
        try {
            try {
                stream.read(extent, PlaneHeader.MAX_BANDS, buffer, null, flexbits, row -> pipeline.read());
            } finally {
                // If it ends early, flexbits of the rows before may be what is to be complained of first.
                pipeline.finish();
                if (isDeferred) {
                    stream.finish(extent, flexbits);
                }
            }
            isWhole = true;
        } finally {
            if (!isWhole) {
                pipeline.abort();
            }
        }
    }

    private void refinedRow(DeferredFlexbits flexbits, int row) {
        if (flexbits != null) {
            flexbits.read(row);
        }
        macroblockRow(row);
    }

    private void macroblockRow(int row) {
        if (row < extent.skippedRows()) {
            return;
        }
        for (int c = 0; c < plane.components; c++) {
            int start = hasMacroblockWindows ? row * 4 * blocks : 0;
            macroblocks.gatherLowpass(buffer.lowpass[c], row * extent.columns() * 16);
            macroblocks.transform();
            macroblocks.scatter(blockDcs[c], start, InverseTransform.scale(plane, c));
        }
        if (!hasMacroblockWindows) {
            blockRows(row);
            return;
        }
        for (OverlapFilter filter : dcFilters) {
            if (row == extent.skippedRows()) {
                filter.edge(0, blocks, 4 * row);
            } else {
                filter.line(0, blocks, 4 * row, null);
            }
        }
        if (row > extent.skippedRows()) {
            blockRows(row - 1);
        }
    }

    /** The four rows of blocks of a macroblock row whose block DCs are final. */
    private void blockRows(int macroblockRow) {
        int start = buffer.highpassStart(0, macroblockRow, 16);
        int dcStart = hasMacroblockWindows ? macroblockRow * 4 * blocks : 0;
        for (int r = 0; r < 4; r++) {
            for (int c = 0; c < plane.components; c++) {
                BlockRow row = current[c];
                row.gather(
                        blockDcs[c],
                        dcStart + r * blocks,
                        buffer.highpass[c],
                        start,
                        r,
                        buffer.blockMask[c],
                        macroblockRow * extent.columns());
                row.transform();
                if (hasWindows) {
                    row.shiftRightHalves();
                    if (blockRow == 0) {
                        row.edge(true, isLegacy);
                    } else {
                        BlockRow.windows(above[c], row, isLegacy, compensation[c]);
                    }
                }
            }
            if (!hasWindows) {
                output.write(current, blockRow, 0);
            } else {
                if (blockRow > 0) {
                    writeAbove();
                }
                BlockRow[] swapped = above;
                above = current;
                current = swapped;
            }
            blockRow++;
        }
    }

    /** Writes the row whose windows are done. */
    private void writeAbove() {
        output.write(above, blockRow - 1, 1);
    }
}
