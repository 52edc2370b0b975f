package io.github.czi4j.mosaic;

import io.github.czi4j.codec.PixelConversion;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Pixels;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The samples of a tile as numbers, in the pixel type of the output. Not thread-safe. */
final class TileSamples {
    private final LoadedTile tile;
    private final PixelType type;
    private final int firstColumn;
    private final int columns;
    /** A row in the type of the output, little-endian; null where the tile has that type. */
    private final ByteBuffer converted;

    private final Pixels convertedRow;
    private final ByteBuffer raw;

    /**
     * Looks at some columns of a tile.
     *
     * @param tile the bitmap
     * @param type of the output
     * @param firstColumn first column of interest
     * @param columns number of columns, at least 1
     */
    TileSamples(LoadedTile tile, PixelType type, int firstColumn, int columns) {
        this.tile = tile;
        this.type = type;
        this.firstColumn = firstColumn;
        this.columns = columns;
        if (tile.format().pixelType() == type) {
            converted = null;
            convertedRow = null;
            raw = null;
        } else {
            convertedRow = Pixels.allocate(columns, 1, type);
            converted = ByteBuffer.allocate(columns * type.bytesPerPixel()).order(ByteOrder.LITTLE_ENDIAN);
            raw = ByteBuffer.allocate(columns * tile.format().pixelType().bytesPerPixel())
                    .order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    /** Reads a row of the tile: the samples of its columns of interest, pixel by pixel. */
    void read(int row, double[] samples) {
        int first = row * tile.format().width() + firstColumn;
        if (converted == null) {
            read(tile.pixels(), first * type.samplesPerPixel(), columns * type.samplesPerPixel(), samples);
            return;
        }
        PixelType from = tile.format().pixelType();
        tile.pixels().get(first * from.bytesPerPixel(), raw.array(), 0, raw.capacity());
        PixelConversion.convert(raw, from, columns, convertedRow, 0);
        convertedRow.copyRows(0, 1, converted.clear());
        read(converted, 0, columns * type.samplesPerPixel(), samples);
    }

    private void read(ByteBuffer bytes, int first, int count, double[] samples) {
        switch (type.sample()) {
            case UINT8 -> {
                for (int i = 0; i < count; i++) {
                    samples[i] = bytes.get(first + i) & 0xFF;
                }
            }
            case UINT16 -> {
                for (int i = 0; i < count; i++) {
                    samples[i] = bytes.getShort(2 * (first + i)) & 0xFFFF;
                }
            }
            case INT32 -> {
                for (int i = 0; i < count; i++) {
                    samples[i] = bytes.getInt(4 * (first + i));
                }
            }
            case FLOAT32 -> {
                for (int i = 0; i < count; i++) {
                    samples[i] = bytes.getFloat(4 * (first + i));
                }
            }
            case FLOAT64 -> {
                for (int i = 0; i < count; i++) {
                    samples[i] = bytes.getDouble(8 * (first + i));
                }
            }
        }
    }
}
