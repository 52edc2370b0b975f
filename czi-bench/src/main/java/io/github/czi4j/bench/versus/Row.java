package io.github.czi4j.bench.versus;

import io.github.czi4j.bench.versus.DataFiles.Data;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A line of the table: a piece of work for both sides, and how much of libCZI's time it may take.
 *
 * @param id names it on the command line and in results
 * @param work for people
 * @param kind what is done with the file
 * @param data the file
 * @param one the most that one thread may take, as a share of libCZI's time ({@link Kind#INFO}: seconds)
 * @param both the same for default options; either is NaN where there is no target, which is not measured then
 */
record Row(String id, String work, Kind kind, Data data, double one, double both) {
    /** Marks what has no target. */
    static final double NONE = Double.NaN;

    /** What is done with a file. */
    enum Kind {
        /** Each tile by itself; two threads of the caller share them where more than one is allowed. */
        TILES,
        /** The same, each thread with one array for all its tiles; libCZI has no such thing, and makes new ones. */
        TILES_INTO,
        /** One tile, whose reader may use what threads it likes. */
        TILE,
        /** The whole image. */
        MOSAIC,
        /** The whole image, into one array of the caller's all the time; libCZI has no such thing, and makes new ones. */
        MOSAIC_INTO,
        /** The whole image at a quarter of its size. */
        ZOOM,
        /** Opening and the whole image, in a process that has done nothing yet. */
        FIRST,
        /** The bounding boxes of all tiles, one after the other. */
        BOXES,
        /** The same beside aicspylibczi, by which libCZI decodes and paints hidden tiles too. */
        BOXES_AICS,
        /** Random regions with a cache of decoded tiles that begins empty. */
        REGIONS,
        /** The same, shared by two threads of the caller, who have one reader. */
        REGIONS_SHARED,
        /** Opening, up to the bounding box. */
        DIRECTORY,
        /** {@code czi info}, a whole process; libCZI has no such thing. */
        INFO,
        /** A whole process that reads one mosaic. */
        PROCESS;

        /** What has libCZI do the work. */
        String script() {
            return this == BOXES_AICS ? "versus_aicspylibczi.py" : "versus_libczi.py";
        }
    }

    /**
     * The table.
     *
     * @return all lines in their order
     */
    static List<Row> all() {
        List<Row> rows = new ArrayList<>();
        String lossless = "JPEG XR lossless tiles, ";
        add(rows, "tiles-jxr-gray8", lossless + "Gray8 1024²", Kind.TILES, Data.JXR_GRAY8, 0.50, 0.26);
        add(rows, "tiles-jxr-gray16", lossless + "Gray16 1024²", Kind.TILES, Data.JXR_GRAY16, 0.50, 0.26);
        add(rows, "tiles-jxr-bgr24", lossless + "Bgr24 1024²", Kind.TILES, Data.JXR_BGR24, 0.50, 0.26);
        add(rows, "tiles-q850-gray8", "JPEG XR lossy q850, Gray8 1024²", Kind.TILES, Data.Q850_GRAY8, 0.55, 0.29);
        add(rows, "tiles-q850-gray16", "JPEG XR lossy q850, Gray16 1024²", Kind.TILES, Data.Q850_GRAY16, 0.55, 0.29);
        add(rows, "tiles-q850-bgr24", "JPEG XR lossy q850, Bgr24 1024²", Kind.TILES, Data.Q850_BGR24, 0.55, 0.29);
        String into = ", into an array of the caller's";
        add(rows, "into-gray8", lossless + "Gray8 1024²" + into, Kind.TILES_INTO, Data.JXR_GRAY8, 0.50, 0.26);
        add(rows, "into-gray16", lossless + "Gray16 1024²" + into, Kind.TILES_INTO, Data.JXR_GRAY16, 0.50, 0.26);
        add(rows, "into-bgr24", lossless + "Bgr24 1024²" + into, Kind.TILES_INTO, Data.JXR_BGR24, 0.50, 0.26);
        add(rows, "tile-jxr-2048", "one 2048² JPEG XR tile, Gray16, latency", Kind.TILE, Data.LARGE_TILE, 0.50, 0.35);
        add(rows, "tiles-zstd1", "Zstd1 hi-lo tiles, Gray16 1024²", Kind.TILES, Data.ZSTD1_GRAY16, 1.2, 0.65);
        String grid = "mosaic 10×10 of 1024², 10 % overlap, Gray16, ";
        add(rows, "mosaic-plain", grid + "uncompressed", Kind.MOSAIC, Data.MOSAIC_PLAIN, 0.25, 0.20);
        add(rows, "mosaic-zstd1", grid + "Zstd1", Kind.MOSAIC, Data.MOSAIC_ZSTD1, 0.8, 0.45);
        add(rows, "mosaic-jxr", grid + "JPEG XR lossless", Kind.MOSAIC, Data.MOSAIC_JXR, 0.50, 0.27);
        add(rows, "into-plain", grid + "uncompressed" + into, Kind.MOSAIC_INTO, Data.MOSAIC_PLAIN, 0.25, 0.20);
        add(rows, "into-zstd1", grid + "Zstd1" + into, Kind.MOSAIC_INTO, Data.MOSAIC_ZSTD1, 0.8, 0.45);
        add(rows, "into-jxr", grid + "JPEG XR lossless" + into, Kind.MOSAIC_INTO, Data.MOSAIC_JXR, 0.50, 0.27);
        String zoomed = "the same at zoom 0.25 without a pyramid, ";
        add(rows, "zoom-plain", zoomed + "uncompressed", Kind.ZOOM, Data.MOSAIC_PLAIN, 0.5, 0.3);
        add(rows, "zoom-zstd1", zoomed + "Zstd1", Kind.ZOOM, Data.MOSAIC_ZSTD1, 0.9, 0.5);
        add(rows, "zoom-jxr", zoomed + "JPEG XR lossless", Kind.ZOOM, Data.MOSAIC_JXR, 0.50, 0.27);
        String first = "the mosaic in a fresh heap, first call with opening, ";
        add(rows, "first-plain", first + "uncompressed", Kind.FIRST, Data.MOSAIC_PLAIN, 1.5, NONE);
        add(rows, "first-zstd1", first + "Zstd1", Kind.FIRST, Data.MOSAIC_ZSTD1, 1.5, NONE);
        add(rows, "first-jxr", first + "JPEG XR lossless", Kind.FIRST, Data.MOSAIC_JXR, 0.8, NONE);
        add(rows, "open-100k", "open + directory, 100,000 subblocks", Kind.DIRECTORY, Data.MANY, 1.0, NONE);
        add(
                rows,
                "boxes-jxr",
                "bounding boxes of the 100 tiles of the JPEG XR mosaic, one by one",
                Kind.BOXES,
                Data.MOSAIC_JXR,
                0.07,
                0.04);
        add(
                rows,
                "boxes-jxr-aics",
                "the same boxes beside aicspylibczi, which paints hidden tiles too",
                Kind.BOXES_AICS,
                Data.MOSAIC_JXR,
                0.07,
                0.04);
        add(
                rows,
                "regions-jxr",
                "1000 random 512² regions of the JPEG XR mosaic, tile cache of 256 MiB, empty at first",
                Kind.REGIONS,
                Data.MOSAIC_JXR,
                0.5,
                0.3);
        add(
                rows,
                "regions-jxr-shared",
                "the same regions, shared by two threads with one reader",
                Kind.REGIONS_SHARED,
                Data.MOSAIC_JXR,
                NONE,
                0.3);
        add(rows, "cold-info", "cold JVM: czi info of a 1 GB file, seconds", Kind.INFO, Data.LARGE_FILE, 0.35, NONE);
        add(
                rows,
                "cold-mosaic",
                "cold JVM to the first full JPEG XR mosaic, whole processes",
                Kind.PROCESS,
                Data.MOSAIC_JXR,
                NONE,
                1.5);
        return rows;
    }

    private static void add(List<Row> rows, String id, String work, Kind kind, Data data, double one, double both) {
        rows.add(new Row(id, work, kind, data, one, both));
    }

    /** Whether a part of the id or of the words is what somebody asked for. */
    boolean isMeant(String pattern) {
        return isMeant(pattern, id, work);
    }

    /** Whether a part of an id or of words is what somebody asked for. */
    static boolean isMeant(String pattern, String id, String work) {
        String wanted = pattern.toLowerCase(Locale.ROOT);
        return id.contains(wanted) || work.toLowerCase(Locale.ROOT).contains(wanted);
    }
}
