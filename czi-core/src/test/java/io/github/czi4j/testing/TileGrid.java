package io.github.czi4j.testing;

import io.github.czi4j.CziOptions;
import io.github.czi4j.CziReader;
import io.github.czi4j.CziWriter;
import io.github.czi4j.NewSubblock;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.Coordinate;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Rect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * Files with a grid of square tiles of random Gray16 pixels, by rows, written by the project.
 *
 * @param columns tiles in a row
 * @param rows of tiles
 * @param side of a tile, in pixels
 * @param step from one tile to the next, in pixels
 */
public record TileGrid(int columns, int rows, int side, int step) {
    /** Number of tiles. */
    public int count() {
        return columns * rows;
    }

    /** What the bitmap of a tile takes. */
    public int tileBytes() {
        return side * side * 2;
    }

    /** The bytes of a file; the folder is for use meanwhile. */
    public byte[] write(Path folder, Compression compression) throws IOException {
        Path path = folder.resolve("grid.czi");
        SplittableRandom random = new SplittableRandom(11);
        try (CziWriter writer = CziWriter.create(path)) {
            for (int m = 0; m < count(); m++) {
                byte[] pixels = new byte[tileBytes()];
                random.nextBytes(pixels);
                Rect place = new Rect(m % columns * step, m / columns * step, side, side);
                writer.add(
                        NewSubblock.of(place, PixelType.GRAY16)
                                .at(Coordinate.parse("C0"))
                                .m(m)
                                .compressed(compression),
                        pixels);
            }
            writer.finish();
        }
        byte[] bytes = Files.readAllBytes(path);
        Files.delete(path);
        return bytes;
    }

    /** Damages a part of a tile's compressed payload. */
    public static void damage(byte[] file, int m) throws CziException {
        long at;
        try (CziReader reader = TestCzi.open(file, CziOptions.defaults())) {
            at = reader.subblockInfo(m).filePosition() + 32 + 256 + 20;
        }
        for (int i = 0; i < 400; i++) {
            file[(int) at + i] = 77;
        }
    }
}
