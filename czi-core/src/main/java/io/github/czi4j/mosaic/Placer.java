package io.github.czi4j.mosaic;

import io.github.czi4j.codec.Delivery;
import io.github.czi4j.codec.PixelConversion;
import io.github.czi4j.codec.SplitWords;
import io.github.czi4j.model.Mask;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Pixels;
import io.github.czi4j.model.Rect;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Copies the visible parts of a tile to their place. Different threads may place different tiles at once, since visible
 * parts are disjoint.
 */
final class Placer implements Painter {
    private final Pixels output;
    private final int firstRow;

    /**
     * Places in rows of the output.
     *
     * @param rows takes the pixels
     * @param firstRow which row of the output their first one is
     */
    Placer(Pixels rows, int firstRow) {
        this.output = rows;
        this.firstRow = firstRow;
    }

    @Override
    public boolean isOrderFree() {
        return true;
    }

    @Override
    public void check(LoadedTile tile) throws UnsupportedConversionException {
        Painter.checkConversion(tile, output.type());
    }

    @Override
    public Delivery delivery(PlannedTile planned, int fromRow, int toRow, boolean isPlain) {
        AxisMapping columns = (AxisMapping) planned.columns();
        AxisMapping lines = (AxisMapping) planned.rows();
        RowSink sink = isPlain && columns.isShift() ? new RowSink(output) : null;
        int rows = 1;
        for (Rect whole : planned.visible()) {
            int top = Math.max(whole.y(), fromRow);
            int bottom = Math.min(whole.bottom(), toRow);
            if (top < bottom) {
                rows = Math.max(rows, lines.source(bottom - 1) + 1);
                if (sink != null) {
                    Rect part = new Rect(columns.source(whole.x()), lines.source(top), whole.width(), bottom - top);
                    sink.add(part, whole.x(), top - firstRow);
                }
            }
        }
        return new Delivery(rows, sink);
    }

    @Override
    public void paint(LoadedTile tile, PlannedTile planned, int fromRow, int toRow, WorkerContext context) {
        AxisMapping columns = (AxisMapping) planned.columns();
        AxisMapping rows = (AxisMapping) planned.rows();
        boolean copies = columns.isShift() && tile.format().pixelType() == output.type() && tile.mask() == null;
        for (Rect whole : planned.visible()) {
            int top = Math.max(whole.y(), fromRow);
            int bottom = Math.min(whole.bottom(), toRow);
            if (top < bottom) {
                Rect part = new Rect(whole.x(), top, whole.width(), bottom - top);
                if (copies) {
                    copy(tile, columns, rows, part);
                } else {
                    resample(tile, columns, rows, part, context);
                }
            }
        }
    }

    private void copy(LoadedTile tile, AxisMapping columns, AxisMapping lines, Rect part) {
        int samples = output.type().samplesPerPixel();
        int tileWidth = tile.format().width();
        int from = (lines.source(part.y()) * tileWidth + columns.source(part.x())) * samples;
        int to = ((part.y() - firstRow) * output.width() + part.x()) * samples;
        int count = part.width() * samples;
        Rows rows = tile.split() == null ? new Rows(tile.pixels(), output) : new Rows(tile.split(), output);
        if (part.width() == tileWidth && part.width() == output.width()) {
            // Rows follow each other without a gap on both sides: one copy.
            rows.copy(from, to, count * part.height());
            return;
        }
        for (int y = 0; y < part.height(); y++) {
            rows.copy(from + y * tileWidth * samples, to + y * output.width() * samples, count);
        }
    }

    private void resample(
            LoadedTile tile, AxisMapping columnMapping, AxisMapping rowMapping, Rect part, WorkerContext context) {
        int width = part.width();
        int[] columns = context.columns(width);
        for (int x = 0; x < width; x++) {
            columns[x] = columnMapping.source(part.x() + x);
        }
        Run run = new Run(tile, columns, width, context);
        for (int y = part.y(); y < part.bottom(); y++) {
            int sourceRow = rowMapping.source(y);
            int to = (y - firstRow) * output.width() + part.x();
            if (tile.mask() == null) {
                run.put(sourceRow, 0, width, to);
            } else {
                putValid(tile.mask(), sourceRow, columns, width, run, to);
            }
        }
    }

    /** The pixels of a row that its mask calls valid (sheet §7.8). */
    private static void putValid(Mask mask, int sourceRow, int[] columns, int width, Run run, int to) {
        int x = 0;
        while (x < width) {
            int first = x;
            while (x < width && mask.isValid(columns[x], sourceRow)) {
                x++;
            }
            if (x > first) {
                run.put(sourceRow, first, x - first, to + first);
            }
            while (x < width && !mask.isValid(columns[x], sourceRow)) {
                x++;
            }
        }
    }

    /** Gathers pixels of one row of a tile and brings them to the output. */
    private final class Run {
        private final ByteBuffer pixels;
        private final SplitWords split;
        private final PixelType type;
        private final int tileWidth;
        private final int[] columns;
        private final byte[] row;
        private final ByteBuffer gathered;
        private final Rows rows;

        Run(LoadedTile tile, int[] columns, int width, WorkerContext context) {
            this.type = tile.format().pixelType();
            // Words that need no conversion are unpacked where they go, and only those that are wanted.
            this.split = type == output.type() ? tile.split() : null;
            this.pixels = split == null ? tile.pixels() : null;
            this.tileWidth = tile.format().width();
            this.columns = columns;
            int bytes = width * type.bytesPerPixel();
            this.row = context.row(bytes);
            this.gathered = ByteBuffer.wrap(row, 0, bytes).order(ByteOrder.LITTLE_ENDIAN);
            this.rows = type == output.type() ? new Rows(gathered, output) : null;
        }

        /** Puts the pixels of {@code count} columns from {@code columns[first]} on to a pixel of the output. */
        void put(int sourceRow, int first, int count, int to) {
            if (split != null) {
                int samples = type.samplesPerPixel();
                split.gather(sourceRow * tileWidth, columns, first, count, samples, output.shorts(), to * samples);
                return;
            }
            gather(sourceRow * tileWidth, first, count);
            if (rows == null) {
                PixelConversion.convert(gathered, type, count, output, to);
            } else {
                int samples = type.samplesPerPixel();
                rows.copy(0, to * samples, count * samples);
            }
        }

        private void gather(int rowStart, int first, int count) {
            int pixelBytes = type.bytesPerPixel();
            if (pixelBytes == 1) {
                for (int x = 0; x < count; x++) {
                    row[x] = pixels.get(rowStart + columns[first + x]);
                }
            } else if (pixelBytes == 2) {
                for (int x = 0; x < count; x++) {
                    short value = pixels.getShort(2 * (rowStart + columns[first + x]));
                    row[2 * x] = (byte) value;
                    row[2 * x + 1] = (byte) (value >> 8);
                }
            } else {
                for (int x = 0; x < count; x++) {
                    pixels.get(pixelBytes * (rowStart + columns[first + x]), row, pixelBytes * x, pixelBytes);
                }
            }
        }
    }
}
