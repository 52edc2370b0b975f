package io.github.czi4j.sample;

import io.github.czi4j.model.Compression;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Rect;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * What a sample holds.
 *
 * @param columns tiles from left to right, at least 1
 * @param rows tiles from top to bottom, at least 1
 * @param tileWidth pixels, at least 1
 * @param tileHeight pixels, at least 1
 * @param overlapPercent of a tile's side that it shares with its neighbour, 0 to 50
 * @param pixelType gray8, gray16, gray32float, bgr24 or bgr48
 * @param compression uncompressed, Zstd0 or Zstd1; JPEG XR where {@link SampleWriter.Payloads} are at hand
 * @param channels at least 1
 * @param focalPlanes at least 1
 * @param timePoints at least 1
 * @param scenes at least 1; side by side with a gap
 * @param jitter error of the stage: tiles lie up to so many pixels off the grid, at least 0
 * @param pixelSize of layer 0 in µm, above 0
 * @param seed the same gives the same file
 */
public record SampleRecipe(
        int columns,
        int rows,
        int tileWidth,
        int tileHeight,
        double overlapPercent,
        PixelType pixelType,
        Compression compression,
        int channels,
        int focalPlanes,
        int timePoints,
        int scenes,
        int jitter,
        double pixelSize,
        long seed) {

    private static final Set<PixelType> TYPES =
            Set.of(PixelType.GRAY8, PixelType.GRAY16, PixelType.GRAY32_FLOAT, PixelType.BGR24, PixelType.BGR48);
    private static final Set<Compression> COMPRESSIONS =
            Set.of(Compression.UNCOMPRESSED, Compression.ZSTD0, Compression.ZSTD1, Compression.JPEG_XR);
    /** Leaves room for the reach of the specimen's cells beyond the tiles. */
    private static final double MAX_SIDE = Integer.MAX_VALUE - 4000.0;

    private static final double MAX_TILE_BYTES = 1 << 30;
    private static final int MAX_TILES = 50_000_000;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of range, the mosaic is wider than 2^31 pixels, or a tile has more
     *     than 2^30 bytes
     */
    public SampleRecipe {
        Objects.requireNonNull(pixelType, "pixelType");
        Objects.requireNonNull(compression, "compression");
        atLeastOne("columns", columns);
        atLeastOne("rows", rows);
        atLeastOne("tile width", tileWidth);
        atLeastOne("tile height", tileHeight);
        atLeastOne("channels", channels);
        atLeastOne("focal planes", focalPlanes);
        atLeastOne("time points", timePoints);
        atLeastOne("scenes", scenes);
        if (!(overlapPercent >= 0 && overlapPercent <= 50)) {
            throw new IllegalArgumentException("the overlap must be 0 to 50 percent, not " + overlapPercent);
        }
        if (jitter < 0 || jitter > 1000) {
            throw new IllegalArgumentException("the jitter must be 0 to 1000 pixels, not " + jitter);
        }
        if (!(pixelSize > 0 && pixelSize < 1e6)) {
            throw new IllegalArgumentException("the pixel size must be above 0 µm, not " + pixelSize);
        }
        if (!TYPES.contains(pixelType)) {
            throw new IllegalArgumentException("a sample cannot be of pixel type " + pixelType.label());
        }
        if (!COMPRESSIONS.contains(compression)) {
            throw new IllegalArgumentException("a sample cannot be stored as " + compression.label());
        }
        // Products of many ints: a double does not overflow, and need not be exact to the pixel.
        double width = scenes * ((columns + 0.5) * tileWidth + 2.0 * jitter);
        double height = (double) rows * tileHeight + 2.0 * jitter;
        if (width > MAX_SIDE || height > MAX_SIDE) {
            throw new IllegalArgumentException("the sample would be more than 2^31 pixels wide or high");
        }
        double tileBytes = (double) tileWidth * tileHeight * pixelType.bytesPerPixel();
        if (tileBytes > MAX_TILE_BYTES) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "a tile would have %.0f bytes, more than 2^30", tileBytes));
        }
        double tiles = (double) columns * rows * channels * focalPlanes * timePoints * scenes;
        if (tiles > MAX_TILES) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "the sample would have %.0f tiles, more than %d", tiles, MAX_TILES));
        }
    }

    private static void atLeastOne(String what, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("the number of " + what + " must be at least 1, not " + value);
        }
    }

    /**
     * Ten by ten tiles of 1024² pixels with 10 % overlap, one channel of 16-bit grey, Zstd1.
     *
     * @return the default
     */
    public static SampleRecipe defaults() {
        return new SampleRecipe(10, 10, 1024, 1024, 10, PixelType.GRAY16, Compression.ZSTD1, 1, 1, 1, 1, 0, 0.325, 1);
    }

    /**
     * The same with another grid.
     *
     * @param newColumns tiles from left to right
     * @param newRows tiles from top to bottom
     * @return changed recipe
     */
    public SampleRecipe grid(int newColumns, int newRows) {
        Values values = new Values(this);
        values.columns = newColumns;
        values.rows = newRows;
        return values.recipe();
    }

    /**
     * The same with other tiles.
     *
     * @param width pixels
     * @param height pixels
     * @param overlap percent of a side
     * @return changed recipe
     */
    public SampleRecipe tile(int width, int height, double overlap) {
        Values values = new Values(this);
        values.tileWidth = width;
        values.tileHeight = height;
        values.overlapPercent = overlap;
        return values.recipe();
    }

    /**
     * The same stored otherwise.
     *
     * @param type layout of a pixel
     * @param stored how the tiles are stored
     * @return changed recipe
     */
    public SampleRecipe pixels(PixelType type, Compression stored) {
        Values values = new Values(this);
        values.pixelType = type;
        values.compression = stored;
        return values.recipe();
    }

    /**
     * The same with other dimensions.
     *
     * @param newChannels number of channels
     * @param newFocalPlanes number of focal planes
     * @param newTimePoints number of time points
     * @param newScenes number of scenes
     * @return changed recipe
     */
    public SampleRecipe dimensions(int newChannels, int newFocalPlanes, int newTimePoints, int newScenes) {
        Values values = new Values(this);
        values.channels = newChannels;
        values.focalPlanes = newFocalPlanes;
        values.timePoints = newTimePoints;
        values.scenes = newScenes;
        return values.recipe();
    }

    /**
     * The same with an error of the stage.
     *
     * @param pixels tiles lie up to so many pixels off the grid
     * @return changed recipe
     */
    public SampleRecipe jitter(int pixels) {
        Values values = new Values(this);
        values.jitter = pixels;
        return values.recipe();
    }

    /**
     * The same with another pixel size.
     *
     * @param micrometres of layer 0
     * @return changed recipe
     */
    public SampleRecipe pixelSize(double micrometres) {
        Values values = new Values(this);
        values.pixelSize = micrometres;
        return values.recipe();
    }

    /**
     * The same with another specimen and other noise.
     *
     * @param newSeed any number
     * @return changed recipe
     */
    public SampleRecipe seed(long newSeed) {
        Values values = new Values(this);
        values.seed = newSeed;
        return values.recipe();
    }

    /**
     * Number of subblocks.
     *
     * @return at least 1
     */
    public long tileCount() {
        return (long) columns * rows * channels * focalPlanes * timePoints * scenes;
    }

    /** Distance of neighbouring tiles from left to right. */
    int stepX() {
        return Math.max(1, (int) Math.round(tileWidth * (1 - overlapPercent / 100)));
    }

    /** Distance of neighbouring tiles from top to bottom. */
    int stepY() {
        return Math.max(1, (int) Math.round(tileHeight * (1 - overlapPercent / 100)));
    }

    /** Width of a scene, less the jitter. */
    int sceneWidth() {
        return (columns - 1) * stepX() + tileWidth;
    }

    /** Distance of neighbouring scenes. */
    int sceneStep() {
        return sceneWidth() + tileWidth / 2 + 2 * jitter;
    }

    /** Place of a tile; the jitter is that of the stage, so all channels and planes share it. */
    Rect place(int scene, int time, int tile) {
        int column = tile % columns;
        int row = tile / columns;
        long hash = Noise.mix(seed ^ Noise.mix(((long) scene << 40 | (long) time << 20) + tile));
        int dx = jitter == 0 ? 0 : (int) Math.floorMod(hash, 2L * jitter + 1) - jitter;
        int dy = jitter == 0 ? 0 : (int) Math.floorMod(hash >>> 32, 2L * jitter + 1) - jitter;
        return new Rect(scene * sceneStep() + column * stepX() + dx, row * stepY() + dy, tileWidth, tileHeight);
    }

    /** The values of a recipe while some of them change. */
    private static final class Values {
        private int columns;
        private int rows;
        private int tileWidth;
        private int tileHeight;
        private double overlapPercent;
        private PixelType pixelType;
        private Compression compression;
        private int channels;
        private int focalPlanes;
        private int timePoints;
        private int scenes;
        private int jitter;
        private double pixelSize;
        private long seed;

        Values(SampleRecipe from) {
            columns = from.columns;
            rows = from.rows;
            tileWidth = from.tileWidth;
            tileHeight = from.tileHeight;
            overlapPercent = from.overlapPercent;
            pixelType = from.pixelType;
            compression = from.compression;
            channels = from.channels;
            focalPlanes = from.focalPlanes;
            timePoints = from.timePoints;
            scenes = from.scenes;
            jitter = from.jitter;
            pixelSize = from.pixelSize;
            seed = from.seed;
        }

        SampleRecipe recipe() {
            return new SampleRecipe(
                    columns,
                    rows,
                    tileWidth,
                    tileHeight,
                    overlapPercent,
                    pixelType,
                    compression,
                    channels,
                    focalPlanes,
                    timePoints,
                    scenes,
                    jitter,
                    pixelSize,
                    seed);
        }
    }
}
