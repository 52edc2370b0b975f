package io.github.czi4j.bench.versus;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.czi4j.CziReader;
import io.github.czi4j.model.Coordinate;
import io.github.czi4j.model.Dimension;
import io.github.czi4j.model.Rect;
import io.github.czi4j.model.SubblockInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What a line of the table has both sides read, as a request of the line protocol.
 *
 * @param file what is opened
 * @param byTile whether each read is a subblock, rather than a region of a plane; libCZI knows regions alone
 * @param zoom above 0, up to 1
 * @param cacheBytes what the cache of decoded tiles may take, 0 for none
 * @param sharing whether two threads of the caller may share the reads, or an array takes them all
 * @param reads one after the other
 */
record Work(Path file, boolean byTile, double zoom, long cacheBytes, Sharing sharing, List<Read> reads) {
    private static final double QUARTER = 0.25;
    private static final long CACHE = 256L << 20;
    private static final int REGIONS = 1000;
    private static final int REGION_SIDE = 512;
    private static final long SEED = 6;
    private static final int MIN_TILES = 64;

    /** What reads have in common. */
    enum Sharing {
        /** Nothing: one thread of the caller, and a new array for each. */
        NOTHING,
        /** Two threads of the caller share them where more than one is allowed. */
        THREADS,
        /** The same, and each thread has one array for all its reads, so that they have one size. */
        THREADS_AND_ARRAYS,
        /** All go to one array of the caller's, so that they have one size. */
        ARRAY;

        boolean isForThreads() {
            return this == THREADS || this == THREADS_AND_ARRAYS;
        }
    }

    /**
     * One read.
     *
     * @param plane indices
     * @param region pixels of layer 0
     * @param subblock the number of the tile that this is, if reads go by tile
     */
    record Read(Coordinate plane, Rect region, int subblock) {}

    /**
     * The work of a line of the table.
     *
     * @param kind what is done with the file
     * @param file the file
     * @throws IOException if it cannot be opened
     */
    static Work of(Row.Kind kind, Path file) throws IOException {
        try (CziReader reader = CziReader.open(file)) {
            Rect image = reader.bounds().image();
            Coordinate plane = reader.plane(0);
            List<Read> whole = List.of(new Read(plane, image, 0));
            return switch (kind) {
                case TILES -> new Work(file, true, 1, 0, Sharing.THREADS, manyTiles(reader));
                case TILES_INTO -> new Work(file, true, 1, 0, Sharing.THREADS_AND_ARRAYS, manyTiles(reader));
                case BOXES, BOXES_AICS -> new Work(file, false, 1, 0, Sharing.NOTHING, tiles(reader));
                case ZOOM -> new Work(file, false, QUARTER, 0, Sharing.NOTHING, whole);
                case REGIONS -> new Work(file, false, 1, CACHE, Sharing.NOTHING, random(plane, image));
                case REGIONS_SHARED -> new Work(file, false, 1, CACHE, Sharing.THREADS, random(plane, image));
                case MOSAIC_INTO -> new Work(file, false, 1, 0, Sharing.ARRAY, whole);
                case TILE, MOSAIC, FIRST, DIRECTORY, INFO, PROCESS ->
                    new Work(file, false, 1, 0, Sharing.NOTHING, whole);
            };
        }
    }

    private static List<Read> tiles(CziReader reader) {
        List<Read> reads = new ArrayList<>();
        for (int i = 0; i < reader.subblockCount(); i++) {
            SubblockInfo info = reader.subblockInfo(i);
            reads.add(new Read(info.coordinate(), info.logical(), i));
        }
        return reads;
    }

    /** All tiles several times, so that waking threads and filling caches has no part in what is measured. */
    private static List<Read> manyTiles(CziReader reader) {
        List<Read> once = tiles(reader);
        List<Read> reads = new ArrayList<>(once);
        while (reads.size() < MIN_TILES) {
            reads.addAll(once);
        }
        return reads;
    }

    private static List<Read> random(Coordinate plane, Rect image) {
        SplittableRandom random = new SplittableRandom(SEED);
        int side = Math.min(REGION_SIDE, Math.min(image.width(), image.height()));
        List<Read> reads = new ArrayList<>();
        for (int i = 0; i < REGIONS; i++) {
            int x = image.x() + random.nextInt(image.width() - side + 1);
            int y = image.y() + random.nextInt(image.height() - side + 1);
            reads.add(new Read(plane, new Rect(x, y, side, side), 0));
        }
        return reads;
    }

    /**
     * The request to open the file.
     *
     * @param isSingle whether one thread does it all
     */
    JsonObject open(boolean isSingle) {
        JsonObject request = new JsonObject();
        request.addProperty("do", "open");
        request.addProperty("file", file.toAbsolutePath().toString());
        request.addProperty("cacheBytes", cacheBytes);
        request.addProperty("isSingle", isSingle);
        return request;
    }

    /** The request to open the file, look at its bounding box, and close it. */
    JsonObject directory() {
        JsonObject request = open(true);
        request.addProperty("do", "directory");
        return request;
    }

    /**
     * The request to read.
     *
     * @param withHashes whether a hash of each read is wanted; such a pass is not timed
     */
    JsonObject request(boolean withHashes) {
        JsonObject request = new JsonObject();
        request.addProperty("do", "work");
        request.addProperty("byTile", byTile);
        request.addProperty("zoom", zoom);
        request.addProperty("sharing", sharing.name());
        request.addProperty("hash", withHashes);
        JsonArray array = new JsonArray();
        for (Read read : reads) {
            JsonObject one = new JsonObject();
            JsonObject plane = new JsonObject();
            for (Dimension dimension : Dimension.ofCoordinate()) {
                if (read.plane.has(dimension) && dimension != Dimension.S) {
                    plane.addProperty(dimension.name(), read.plane.get(dimension));
                }
            }
            one.add("plane", plane);
            JsonArray region = new JsonArray();
            region.add(read.region.x());
            region.add(read.region.y());
            region.add(read.region.width());
            region.add(read.region.height());
            one.add("region", region);
            one.addProperty("subblock", read.subblock);
            array.add(one);
        }
        request.add("reads", array);
        return request;
    }

    /** The reads of a request. */
    static List<Read> reads(JsonObject request) {
        List<Read> reads = new ArrayList<>();
        for (JsonElement element : request.getAsJsonArray("reads")) {
            JsonObject one = element.getAsJsonObject();
            Coordinate plane = Coordinate.EMPTY;
            for (var index : one.getAsJsonObject("plane").entrySet()) {
                plane = plane.with(
                        Dimension.valueOf(index.getKey()), index.getValue().getAsInt());
            }
            JsonArray sides = one.getAsJsonArray("region");
            Rect region = new Rect(
                    sides.get(0).getAsInt(),
                    sides.get(1).getAsInt(),
                    sides.get(2).getAsInt(),
                    sides.get(3).getAsInt());
            reads.add(new Read(plane, region, one.get("subblock").getAsInt()));
        }
        return reads;
    }
}
