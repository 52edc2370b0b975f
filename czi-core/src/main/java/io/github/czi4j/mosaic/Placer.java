package io.github.czi4j.mosaic;

import io.github.czi4j.codec.PixelConversion;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Pixels;
import io.github.czi4j.model.Rect;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Copies the visible parts of a tile to their place. Different threads may place different tiles at once, since visible
 * parts are disjoint.
 */
final class Placer {
    private final Pixels output;

    Placer(Pixels output) {
        this.output = output;
    }

    /**
     * Places a tile.
     *
     * @param tile its bitmap
     * @param planned its place
     * @param context memory of the calling thread
     * @throws UnsupportedConversionException if its pixel type cannot become that of the output
     */
    void place(LoadedTile tile, PlannedTile planned, WorkerContext context) throws UnsupportedConversionException {
        PixelType from = tile.format().pixelType();
        boolean converts = from != output.type();
        if (converts && !PixelConversion.isDefined(from, output.type())) {
            throw new UnsupportedConversionException(from, output.type());
        }
        boolean shifts = planned.columns().isShift();
        for (Rect part : planned.visible()) {
            if (shifts && !converts) {
                copy(tile, planned, part);
            } else {
                resample(tile, planned, part, context);
            }
        }
    }

    private void copy(LoadedTile tile, PlannedTile planned, Rect part) {
        int samples = output.type().samplesPerPixel();
        int tileWidth = tile.format().width();
        int from =
                (planned.rows().source(part.y()) * tileWidth + planned.columns().source(part.x())) * samples;
        int to = (part.y() * output.width() + part.x()) * samples;
        int count = part.width() * samples;
        Rows rows = new Rows(tile.pixels(), output);
        if (part.width() == tileWidth && part.width() == output.width()) {
            // Rows follow each other without a gap on both sides: one copy.
            rows.copy(from, to, count * part.height());
            return;
        }
        for (int y = 0; y < part.height(); y++) {
            rows.copy(from + y * tileWidth * samples, to + y * output.width() * samples, count);
        }
    }

    private void resample(LoadedTile tile, PlannedTile planned, Rect part, WorkerContext context) {
        int width = part.width();
        int[] columns = context.columns(width);
        for (int x = 0; x < width; x++) {
            columns[x] = planned.columns().source(part.x() + x);
        }
        PixelType type = tile.format().pixelType();
        int pixelBytes = type.bytesPerPixel();
        byte[] row = context.row(width * pixelBytes);
        ByteBuffer gathered = ByteBuffer.wrap(row, 0, width * pixelBytes).order(ByteOrder.LITTLE_ENDIAN);
        boolean converts = type != output.type();
        Rows rows = new Rows(gathered, output);
        int samples = output.type().samplesPerPixel();
        for (int y = part.y(); y < part.bottom(); y++) {
            int from = planned.rows().source(y) * tile.format().width();
            gather(tile.pixels(), from, columns, width, pixelBytes, row);
            int to = y * output.width() + part.x();
            if (converts) {
                PixelConversion.convert(gathered, type, width, output, to);
            } else {
                rows.copy(0, to * samples, width * samples);
            }
        }
    }

    private static void gather(ByteBuffer pixels, int rowStart, int[] columns, int width, int pixelBytes, byte[] row) {
        if (pixelBytes == 1) {
            for (int x = 0; x < width; x++) {
                row[x] = pixels.get(rowStart + columns[x]);
            }
        } else if (pixelBytes == 2) {
            for (int x = 0; x < width; x++) {
                short value = pixels.getShort(2 * (rowStart + columns[x]));
                row[2 * x] = (byte) value;
                row[2 * x + 1] = (byte) (value >> 8);
            }
        } else {
            for (int x = 0; x < width; x++) {
                pixels.get(pixelBytes * (rowStart + columns[x]), row, pixelBytes * x, pixelBytes);
            }
        }
    }

    /** A pixel type that cannot become another (sheet §7.6). */
    static final class UnsupportedConversionException extends Exception {
        private static final long serialVersionUID = 1L;

        UnsupportedConversionException(PixelType from, PixelType to) {
            super("pixels of type " + from.label() + " cannot become " + to.label());
        }
    }
}
