package io.github.czi4j.bench.versus;

import io.github.czi4j.CziReader;
import io.github.czi4j.CziWriter;
import io.github.czi4j.NewSubblock;
import io.github.czi4j.Subblock;
import io.github.czi4j.bench.console.WholeFile;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.Coordinate;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Pixels;
import io.github.czi4j.model.Rect;
import io.github.czi4j.model.SubblockInfo;
import io.github.czi4j.sample.SampleRecipe;
import io.github.czi4j.sample.SampleWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * The files that are read: the tiles of the corpus as they are, and others made of them once and kept in a folder. What
 * other programs make ({@code versus.sh} has them do it) lies there already.
 */
final class DataFiles {
    /** Tiles of a mosaic, in each direction. */
    static final int GRID = 10;
    /** Pixels from one tile of a mosaic to the next: 10 % of 1024 less than its side. */
    static final int STEP = 922;

    private final Path bench;
    private final Path folder;

    /** A file. */
    enum Data {
        JXR_GRAY8("tiles_gray8_jxrll.czi"),
        JXR_GRAY16("tiles_gray16_jxrll.czi"),
        JXR_BGR24("tiles_bgr24_jxrll.czi"),
        Q850_GRAY8("tiles_gray8_jxr850.czi"),
        Q850_GRAY16("tiles_gray16_jxr850.czi"),
        Q850_BGR24("tiles_bgr24_jxr850.czi"),
        ZSTD1_GRAY16("tiles_gray16_zstd1hilo.czi"),
        LARGE_TILE("tile_gray16_2048.czi"),
        MOSAIC_PLAIN("mosaic_uncompressed.czi"),
        MOSAIC_ZSTD1("mosaic_zstd1.czi"),
        MOSAIC_JXR("mosaic_jxr.czi"),
        MANY("subblocks_100000.czi"),
        LARGE_FILE("file_1gb.czi");

        private final String fileName;

        Data(String fileName) {
            this.fileName = fileName;
        }
    }

    /**
     * Files of a corpus.
     *
     * @param corpus has the folder {@code bench}
     * @param folder where files are made
     */
    DataFiles(Path corpus, Path folder) {
        this.bench = corpus.resolve("bench");
        this.folder = folder;
    }

    /**
     * A file, made if need be.
     *
     * @throws IOException if it is missing and cannot be made
     */
    Path file(Data data) throws IOException {
        Path stored = bench.resolve(data.fileName);
        if (Files.isRegularFile(stored)) {
            return stored;
        }
        Path made = folder.resolve(data.fileName);
        if (!Files.exists(made)) {
            switch (data) {
                case MOSAIC_PLAIN -> mosaic(file(Data.JXR_GRAY16), made, true);
                case MOSAIC_ZSTD1 -> mosaic(file(Data.ZSTD1_GRAY16), made, false);
                case MOSAIC_JXR -> mosaic(file(Data.JXR_GRAY16), made, false);
                case MANY -> sample(made, 400, 250, 8, 0, PixelType.GRAY8);
                case LARGE_FILE -> sample(made, 22, 22, 1024, 10, PixelType.GRAY16);
                default -> throw new NoSuchFileException(made.toString());
            }
        }
        return made;
    }

    private static void mosaic(Path tiles, Path made, boolean isDecoded) throws IOException {
        WholeFile.write(made, part -> layOut(tiles, part, GRID, GRID, STEP, isDecoded));
    }

    private static void sample(Path made, int columns, int rows, int side, int overlap, PixelType type)
            throws IOException {
        SampleRecipe recipe = SampleRecipe.defaults()
                .grid(columns, rows)
                .tile(side, side, overlap)
                .pixels(type, Compression.UNCOMPRESSED);
        int threads = Runtime.getRuntime().availableProcessors();
        WholeFile.write(made, part -> SampleWriter.write(part, recipe, threads, (done, total) -> {}));
    }

    /**
     * Makes a mosaic of the tiles of a file, row by row; when all have had their turn the first comes again.
     *
     * @param tiles has tiles of one size
     * @param target the file to write
     * @param columns tiles in a row
     * @param rows rows of tiles
     * @param step pixels from tile to tile
     * @param isDecoded whether the tiles are stored without compression, rather than as they are
     * @throws IOException if a file cannot be read or written
     */
    static void layOut(Path tiles, Path target, int columns, int rows, int step, boolean isDecoded) throws IOException {
        try (CziReader reader = CziReader.open(tiles);
                CziWriter writer = CziWriter.create(target)) {
            for (int i = 0; i < columns * rows; i++) {
                Subblock source = reader.subblock(i % reader.subblockCount());
                SubblockInfo info = source.info();
                Rect place = new Rect(
                        i % columns * step,
                        i / columns * step,
                        info.logical().width(),
                        info.logical().height());
                NewSubblock tile = NewSubblock.of(place, info.pixelType())
                        .at(Coordinate.parse("C0"))
                        .m(i);
                if (isDecoded) {
                    writer.add(
                            tile.compressed(Compression.UNCOMPRESSED),
                            bytes(source.read().pixels()));
                } else {
                    writer.addEncoded(tile.compressed(info.compression()), source.rawData());
                }
            }
            writer.finish();
        }
    }

    private static byte[] bytes(Pixels pixels) {
        byte[] bytes = new byte[pixels.width() * pixels.height() * pixels.type().bytesPerPixel()];
        pixels.copyRows(0, pixels.height(), ByteBuffer.wrap(bytes));
        return bytes;
    }

    /** Reads files once, so that they lie in the page cache. */
    static void warm(List<Path> files) throws IOException {
        for (Path file : files) {
            try (InputStream in = Files.newInputStream(file)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
        }
    }
}
