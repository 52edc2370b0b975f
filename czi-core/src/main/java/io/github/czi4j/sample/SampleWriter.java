package io.github.czi4j.sample;

import io.github.czi4j.CziWriter;
import io.github.czi4j.NewSubblock;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.Coordinate;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Dimension;
import io.github.czi4j.model.Rect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Writes the file of a {@link SampleRecipe}. */
public final class SampleWriter {
    /** Tiles below this many pixels have no metadata of their own: files of a million tiny tiles stay small. */
    private static final int MIN_PIXELS_FOR_METADATA = 4096;
    /** Tiny tiles are handed to the threads in groups, or the handing over would take longer than the work. */
    private static final int PIXELS_PER_TASK = 1 << 16;

    /** Is told how far the writing has come, on the thread that called {@link #write}. */
    @FunctionalInterface
    public interface Progress {
        /**
         * Takes the state.
         *
         * @param done tiles that are written
         * @param total tiles in all
         */
        void update(long done, long total);
    }

    /** Payloads that are made already, for compressions without an encoder. */
    @FunctionalInterface
    public interface Payloads {
        /**
         * The payload of a tile, of the size and pixel type of the recipe.
         *
         * @param number 0 to {@code tileCount() - 1}
         * @return stored as it is
         */
        byte[] payload(long number);
    }

    /** A tile, ready to be written. */
    private record Encoded(NewSubblock subblock, byte[] payload) {}

    private final SampleRecipe recipe;
    private final SampleMetadata metadata;
    private final ThreadLocal<TileRenderer> renderers;
    /** Null where tiles are rendered and encoded. */
    private final Payloads payloads;

    private SampleWriter(SampleRecipe recipe, Payloads payloads) {
        this.recipe = recipe;
        this.payloads = payloads;
        this.metadata = new SampleMetadata(recipe);
        this.renderers = ThreadLocal.withInitial(() -> new TileRenderer(recipe));
    }

    /**
     * Writes a file with as many threads as there are processors, and tells nobody how far it has come.
     *
     * @param target its name; an existing file is replaced at the end
     * @param recipe what it holds; the same recipe gives the same bytes
     * @throws CziException if the storage fails or the thread is interrupted; no file is left then
     */
    public static void write(Path target, SampleRecipe recipe) throws CziException {
        write(target, recipe, Runtime.getRuntime().availableProcessors(), (done, total) -> {});
    }

    /**
     * Writes a file.
     *
     * @param target its name; an existing file is replaced at the end
     * @param recipe what it holds; the same recipe gives the same bytes, whatever the number of threads
     * @param threads that make tiles, at least 1
     * @param progress is told how far it has come; an exception that it throws ends the writing
     * @throws IllegalArgumentException if there is no thread
     * @throws CziException if the storage fails or the thread is interrupted; no file is left then
     */
    public static void write(Path target, SampleRecipe recipe, int threads, Progress progress) throws CziException {
        if (recipe.compression() == Compression.JPEG_XR) {
            throw new IllegalArgumentException("there is no encoder for JPEG XR: payloads are needed");
        }
        write(target, new SampleWriter(recipe, null), threads, progress);
    }

    /**
     * Writes a file of payloads that are made already.
     *
     * @param target its name; an existing file is replaced at the end
     * @param recipe what it holds
     * @param payloads the tiles as they are stored
     * @param progress is told how far it has come; an exception that it throws ends the writing
     * @throws CziException if the storage fails or the thread is interrupted; no file is left then
     */
    public static void write(Path target, SampleRecipe recipe, Payloads payloads, Progress progress)
            throws CziException {
        write(target, new SampleWriter(recipe, Objects.requireNonNull(payloads, "payloads")), 1, progress);
    }

    private static void write(Path target, SampleWriter sample, int threads, Progress progress) throws CziException {
        SampleRecipe recipe = sample.recipe;
        UUID guid = UUID.nameUUIDFromBytes(recipe.toString().getBytes(StandardCharsets.UTF_8));
        ExecutorService executor = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "czi-sample");
            thread.setDaemon(true);
            return thread;
        });
        try (CziWriter writer = CziWriter.create(target, guid)) {
            Rect image = sample.addTiles(writer, executor, threads, progress);
            writer.setMetadataXml(sample.metadata.document(image));
            writer.addAttachment("Thumbnail", "JPG", new Thumbnail(recipe, image).jpeg());
            writer.finish();
        } finally {
            executor.shutdownNow();
        }
    }

    /** As a microscope acquires: time, scene, tile, focal plane, channel. Returns the extent of all tiles. */
    private Rect addTiles(CziWriter writer, ExecutorService executor, int threads, Progress progress)
            throws CziException {
        long total = recipe.tileCount();
        int tilePixels = recipe.tileWidth() * recipe.tileHeight();
        int tilesPerTask = Math.max(1, PIXELS_PER_TASK / tilePixels);
        Deque<Future<Encoded[]>> pending = new ArrayDeque<>();
        long done = 0;
        long next = 0;
        Extent extent = new Extent();
        while (done < total) {
            while (next < total && pending.size() < 2 * threads) {
                long from = next;
                int count = (int) Math.min(tilesPerTask, total - from);
                pending.add(executor.submit(() -> encode(from, count)));
                next += count;
            }
            for (Encoded tile : await(pending.remove(), writer)) {
                writer.addEncoded(tile.subblock, tile.payload);
                extent.add(tile.subblock.logical());
                done++;
            }
            progress.update(done, total);
        }
        return extent.rect();
    }

    private static Encoded[] await(Future<Encoded[]> tiles, CziWriter writer) throws CziException {
        try {
            return tiles.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CziException.io(
                    writer.target().toString(), CziException.NO_OFFSET, "interrupted while making a sample", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IllegalArgumentException problem) {
                // There is no encoder for the compression.
                throw problem;
            }
            throw new IllegalStateException("a tile of the sample could not be made", e.getCause());
        }
    }

    private Encoded[] encode(long from, int count) {
        Encoded[] tiles = new Encoded[count];
        for (int i = 0; i < count; i++) {
            tiles[i] = encode(from + i);
        }
        return tiles;
    }

    private Encoded encode(long number) {
        long rest = number;
        int channel = (int) (rest % recipe.channels());
        rest /= recipe.channels();
        int focalPlane = (int) (rest % recipe.focalPlanes());
        rest /= recipe.focalPlanes();
        int tile = (int) (rest % (recipe.columns() * recipe.rows()));
        rest /= recipe.columns() * recipe.rows();
        int scene = (int) (rest % recipe.scenes());
        int time = (int) (rest / recipe.scenes());

        Rect place = recipe.place(scene, time, tile);
        Coordinate coordinate = Coordinate.of(Dimension.Z, focalPlane)
                .with(Dimension.C, channel)
                .with(Dimension.T, time)
                .with(Dimension.S, scene);
        boolean isTiny = recipe.tileWidth() * recipe.tileHeight() < MIN_PIXELS_FOR_METADATA;
        NewSubblock subblock = NewSubblock.of(place, recipe.pixelType())
                .at(coordinate)
                .m(tile)
                .compressed(recipe.compression())
                .metadata(isTiny ? "" : metadata.subblock(place, number));
        if (payloads != null) {
            return new Encoded(subblock, payloads.payload(number));
        }
        Specimen specimen = new Specimen(recipe, scene, time, channel, focalPlane);
        byte[] pixels = renderers.get().render(specimen, place, Noise.mix(recipe.seed()) + number);
        return new Encoded(subblock, CziWriter.encode(subblock, pixels));
    }

    /** The union of the tiles' places. */
    private static final class Extent {
        private int left = Integer.MAX_VALUE;
        private int top = Integer.MAX_VALUE;
        private int right = Integer.MIN_VALUE;
        private int bottom = Integer.MIN_VALUE;

        void add(Rect place) {
            left = Math.min(left, place.x());
            top = Math.min(top, place.y());
            right = Math.max(right, place.right());
            bottom = Math.max(bottom, place.bottom());
        }

        Rect rect() {
            return Rect.ofEdges(left, top, right, bottom);
        }
    }
}
