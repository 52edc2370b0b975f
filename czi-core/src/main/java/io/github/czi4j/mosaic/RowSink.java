package io.github.czi4j.mosaic;

import io.github.czi4j.codec.Delivery;
import io.github.czi4j.model.Pixels;
import io.github.czi4j.model.Rect;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings rows of a tile to their place while it is decoded, which saves writing the bitmap to memory and reading it again.
 * For one tile, whose pixels need no conversion.
 */
final class RowSink implements Delivery.Sink {
    /**
     * A part of the tile.
     *
     * @param part in pixels of the tile
     * @param to index of its first sample in the output
     */
    private record Piece(Rect part, int to) {}

    private final Pixels output;
    private final List<Piece> pieces = new ArrayList<>();
    private byte[] known;
    private Rows rows;

    /**
     * Prepares a tile.
     *
     * @param output takes the pixels
     */
    RowSink(Pixels output) {
        this.output = output;
    }

    /**
     * Adds a part that is wanted.
     *
     * @param part in pixels of the tile
     * @param x column of the output for its first one
     * @param y row of the output for its first one
     */
    void add(Rect part, int x, int y) {
        pieces.add(new Piece(part, (y * output.width() + x) * output.type().samplesPerPixel()));
    }

    @Override
    public void row(int y, byte[] samples, int offset) {
        if (samples != known) {
            known = samples;
            rows = new Rows(ByteBuffer.wrap(samples).order(ByteOrder.LITTLE_ENDIAN), output);
        }
        int perPixel = output.type().samplesPerPixel();
        int first = offset / output.type().sample().bytes();
        for (Piece piece : pieces) {
            int line = y - piece.part.y();
            if (line >= 0 && line < piece.part.height()) {
                rows.copy(
                        first + piece.part.x() * perPixel,
                        piece.to + line * output.width() * perPixel,
                        piece.part.width() * perPixel);
            }
        }
    }
}
