package io.github.czi4j.bench.diagnose;

import io.github.czi4j.CziWriter;
import io.github.czi4j.NewSubblock;
import io.github.czi4j.bench.sample.JpegXrTiles;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.Coordinate;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Rect;
import io.github.czi4j.sample.SampleRecipe;
import io.github.czi4j.sample.SampleWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Files that are made for a trouble. */
final class Samples {
    private Samples() {}

    /** A square grid of square tiles of 16-bit grey, without overlap. */
    static Path grid(Path to, int side, int tile, Compression compression) throws IOException {
        return write(
                to,
                SampleRecipe.defaults()
                        .grid(side, side)
                        .tile(tile, tile, 0)
                        .pixels(PixelType.GRAY16, compression)
                        .dimensions(1, 1, 1, 1));
    }

    /** The same with tiles that overlap by half of their side, on so many focal planes. */
    static Path overlapping(Path to, int side, int tile, int planes) throws IOException {
        return write(
                to,
                SampleRecipe.defaults()
                        .grid(side, side)
                        .tile(tile, tile, 50)
                        .pixels(PixelType.GRAY16, Compression.ZSTD1)
                        .dimensions(1, planes, 1, 1));
    }

    private static Path write(Path to, SampleRecipe recipe) throws IOException {
        SampleWriter.write(to, recipe, 1, (done, total) -> {});
        return to;
    }

    /** A square grid of tiles in JPEG XR. */
    static Path jpegXr(Path to, int side, double overlap, PixelType type) throws IOException {
        SampleRecipe recipe = SampleRecipe.defaults()
                .grid(side, side)
                .tile(JpegXrTiles.SIDE, JpegXrTiles.SIDE, overlap)
                .pixels(type, Compression.JPEG_XR)
                .dimensions(1, 1, 1, 1);
        SampleWriter.write(to, recipe, new JpegXrTiles(recipe), (done, total) -> {});
        return to;
    }

    /** Tiles of one shade of 8-bit grey on one plane: hardly a byte, however large they are. */
    static Path even(Path to, List<Rect> tiles) throws IOException {
        try (CziWriter writer = CziWriter.create(to)) {
            Map<Long, byte[]> payloads = new HashMap<>();
            for (Rect tile : tiles) {
                NewSubblock subblock = NewSubblock.of(tile, PixelType.GRAY8)
                        .at(Coordinate.parse("C0"))
                        .compressed(Compression.ZSTD1);
                byte[] payload = payloads.computeIfAbsent(
                        tile.area(), area -> CziWriter.encode(subblock, grey(Math.toIntExact(area))));
                writer.addEncoded(subblock, payload);
            }
            writer.finish();
        }
        return to;
    }

    /** Not black: of pages of zeros systems know ways to be rid. */
    private static byte[] grey(int size) {
        byte[] pixels = new byte[size];
        Arrays.fill(pixels, (byte) 100);
        return pixels;
    }

    /** Uncompressed tiles of these pixel types, from left to right. */
    static Path row(Path to, int tile, List<PixelType> types) throws IOException {
        try (CziWriter writer = CziWriter.create(to)) {
            for (int i = 0; i < types.size(); i++) {
                NewSubblock subblock = NewSubblock.of(new Rect(i * tile, 0, tile, tile), types.get(i))
                        .at(Coordinate.parse("C0"))
                        .m(i);
                writer.add(subblock, new byte[tile * tile * types.get(i).bytesPerPixel()]);
            }
            writer.finish();
        }
        return to;
    }
}
