package io.github.czi4j;

import io.github.czi4j.model.Coordinate;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Dimension;
import io.github.czi4j.model.PixelAllocator;
import io.github.czi4j.model.Pixels;
import io.github.czi4j.model.Rect;
import io.github.czi4j.model.SubblockInfo;
import io.github.czi4j.model.TileFailure;
import io.github.czi4j.mosaic.Halving;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Makes the reduced layers of a file from its full resolution (sheet §12.7): each layer has half the pixels of the one
 * below in either direction, means of 2×2, cut into tiles; the last one is a single tile. Every plane of every scene has
 * layers of its own. Where there is no tile of full resolution there is none of the layers either.
 *
 * <p>Works from block to block in the order of a quadtree, so that each block of full resolution is read once and at most
 * four tiles of each layer wait for their parent.
 */
final class PyramidBuilder {
    /** Usual side of a tile in pixels. */
    static final int TILE = 1024;

    /** Layers that are made of one block of full resolution, which is so many times two tiles wide and high. */
    private static final int BLOCK_LAYERS = 2;

    private final CziReader reader;
    private final int tileSide;
    private final boolean skipsDamaged;
    private final List<Part> parts;
    private final Set<Coordinate> coordinates;
    private final Map<Integer, CziException> failures = new TreeMap<>();
    private final PixelAllocator blocks = PixelAllocator.reusing();

    /** Takes the tiles as they are made. */
    @FunctionalInterface
    interface Sink {
        void accept(NewSubblock subblock, Pixels pixels) throws CziException;
    }

    /** A plane of a scene: its indices, S included, and what its tiles of full resolution span. */
    private record Part(Coordinate coordinate, Rect box) {}

    /** Prepares the layers of a file; damaged tiles of full resolution end the work, or leave background. */
    PyramidBuilder(CziReader reader, int tileSide, boolean skipsDamaged) {
        this.reader = reader;
        this.tileSide = tileSide;
        this.skipsDamaged = skipsDamaged;
        this.parts = parts(reader);
        this.coordinates = parts.stream().map(Part::coordinate).collect(Collectors.toSet());
    }

    private static List<Part> parts(CziReader reader) {
        Map<Coordinate, Rect> boxes = new LinkedHashMap<>();
        boolean hasScenes = reader.bounds().range(Dimension.S).isPresent();
        for (int i = 0; i < reader.subblockCount(); i++) {
            SubblockInfo info = reader.subblockInfo(i);
            // A mosaic of several scenes has no tiles without one (sheet §7.5).
            if (info.isLayer0()
                    && !info.logical().isEmpty()
                    && info.coordinate().has(Dimension.S) == hasScenes) {
                boxes.merge(info.coordinate(), info.logical(), PyramidBuilder::union);
            }
        }
        List<Part> parts = new ArrayList<>();
        boxes.forEach((coordinate, box) -> parts.add(new Part(coordinate, box)));
        return parts;
    }

    private static Rect union(Rect a, Rect b) {
        return Rect.ofEdges(
                Math.min(a.x(), b.x()),
                Math.min(a.y(), b.y()),
                Math.max(a.right(), b.right()),
                Math.max(a.bottom(), b.bottom()));
    }

    /** Whether a subblock is a reduced copy of others, for which this makes new ones. */
    boolean replaces(SubblockInfo info) {
        boolean isReduced = info.storedWidth() < info.logical().width()
                || info.storedHeight() < info.logical().height();
        return isReduced && coordinates.contains(info.coordinate());
    }

    /** The layer that fits in one tile; 0 if full resolution does. */
    private int lastLayer(Rect box) {
        int layer = 0;
        while (side(box.width(), layer) > tileSide || side(box.height(), layer) > tileSide) {
            layer++;
        }
        return layer;
    }

    /** How many tiles there will be at most. */
    long most() {
        long count = 0;
        for (Part part : parts) {
            for (int layer = 1; layer <= lastLayer(part.box); layer++) {
                count += tiles(side(part.box.width(), layer)) * tiles(side(part.box.height(), layer));
            }
        }
        return count;
    }

    private long tiles(long pixels) {
        return (pixels + tileSide - 1) / tileSide;
    }

    /** Pixels of a layer for so many of full resolution. */
    private static long side(long pixels, int layer) {
        return (pixels + (1L << layer) - 1) >> layer;
    }

    /** Subblocks of full resolution that could not be read, so far, by their index. */
    Map<Integer, CziException> failures() {
        return failures;
    }

    void build(Sink sink) throws CziException {
        for (Part part : parts) {
            int last = lastLayer(part.box);
            if (last > 0) {
                new Quadtree(part, last, sink).layer(last, 0, 0);
            }
        }
    }

    /** The layers of one part. */
    private final class Quadtree {
        private final Part part;
        private final int blockLayer;
        private final Sink sink;

        Quadtree(Part part, int last, Sink sink) {
            this.part = part;
            this.blockLayer = Math.min(last, BLOCK_LAYERS);
            this.sink = sink;
        }

        /** Makes a tile of a layer and all tiles below it; empty where nothing is. */
        Optional<Pixels> layer(int layer, long column, long row) throws CziException {
            Rect region = region(layer, column, row);
            if (region.isEmpty()) {
                return Optional.empty();
            }
            Optional<Pixels> pixels = layer == blockLayer ? block(region) : joined(layer, column, row, region);
            if (pixels.isPresent()) {
                write(layer, region.x(), region.y(), pixels.get());
            }
            return pixels;
        }

        private Rect region(int layer, long column, long row) {
            long side = (long) tileSide << layer;
            long x = column * side;
            long y = row * side;
            if (x >= part.box.width() || y >= part.box.height()) {
                return Rect.EMPTY;
            }
            return new Rect(
                    (int) (part.box.x() + x),
                    (int) (part.box.y() + y),
                    (int) Math.min(side, part.box.width() - x),
                    (int) Math.min(side, part.box.height() - y));
        }

        /** Reads a block of full resolution and writes the layers below its own. */
        private Optional<Pixels> block(Rect region) throws CziException {
            MosaicRequest request = MosaicRequest.region(region).plane(part.coordinate.without(Dimension.S));
            if (part.coordinate.has(Dimension.S)) {
                request = request.scene(part.coordinate.get(Dimension.S));
            }
            if (reader.plan(request).tiles().isEmpty()) {
                return Optional.empty();
            }
            Mosaic mosaic = reader.readMosaic(request, blocks);
            for (TileFailure failure : mosaic.failures()) {
                if (!skipsDamaged) {
                    throw failure.reason();
                }
                failures.putIfAbsent(failure.index(), failure.reason());
            }
            Pixels pixels = mosaic.pixels();
            for (int layer = 1; layer <= blockLayer; layer++) {
                pixels = Halving.halve(pixels);
                if (layer < blockLayer) {
                    for (int y = 0; y < pixels.height(); y += tileSide) {
                        for (int x = 0; x < pixels.width(); x += tileSide) {
                            Pixels tile = Halving.part(
                                    pixels,
                                    x,
                                    y,
                                    Math.min(tileSide, pixels.width() - x),
                                    Math.min(tileSide, pixels.height() - y));
                            write(layer, region.x() + (x << layer), region.y() + (y << layer), tile);
                        }
                    }
                }
            }
            return Optional.of(pixels);
        }

        /** Puts four tiles of the layer below together. */
        private Optional<Pixels> joined(int layer, long column, long row, Rect region) throws CziException {
            Pixels whole = null;
            for (int i = 0; i < 4; i++) {
                int right = i & 1;
                int lower = i >> 1;
                Optional<Pixels> child = layer(layer - 1, 2 * column + right, 2 * row + lower);
                if (child.isPresent()) {
                    if (whole == null) {
                        whole = Pixels.allocate(
                                (int) side(region.width(), layer - 1),
                                (int) side(region.height(), layer - 1),
                                child.get().type());
                    }
                    Halving.put(child.get(), whole, right * tileSide, lower * tileSide);
                }
            }
            return Optional.ofNullable(whole).map(Halving::halve);
        }

        /** The place is that of the pixels, which may reach over the last of full resolution (sheet §8). */
        private void write(int layer, int x, int y, Pixels pixels) throws CziException {
            long width = (long) pixels.width() << layer;
            long height = (long) pixels.height() << layer;
            if (x + width > Integer.MAX_VALUE || y + height > Integer.MAX_VALUE) {
                throw CziException.limit(
                        reader.fileInfo().name(), "a pyramid would reach over the end of the plane, at 2^31 pixels");
            }
            sink.accept(
                    NewSubblock.of(new Rect(x, y, (int) width, (int) height), pixels.type())
                            .stored(pixels.width(), pixels.height())
                            .at(part.coordinate),
                    pixels);
        }
    }
}
