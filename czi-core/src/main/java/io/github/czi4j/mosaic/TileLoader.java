package io.github.czi4j.mosaic;

import io.github.czi4j.codec.CodecException;
import io.github.czi4j.codec.Codecs;
import io.github.czi4j.codec.DecodedTile;
import io.github.czi4j.codec.TileFormat;
import io.github.czi4j.index.SubblockDirectory;
import io.github.czi4j.index.SubblockLocator;
import io.github.czi4j.index.SubblockLocator.Located;
import io.github.czi4j.io.ByteSource;
import io.github.czi4j.io.Prefetch;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Mask;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Pixels;
import io.github.czi4j.observe.Observer;
import io.github.czi4j.observe.Stage;
import io.github.czi4j.zisraw.ChunkContainer;
import io.github.czi4j.zisraw.DirectoryEntry;
import io.github.czi4j.zisraw.FileSet;
import io.github.czi4j.zisraw.SubblockSegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/** Reads and decodes single subblocks. Thread-safe. */
public final class TileLoader {
    /** No page is smaller. */
    private static final int PAGE = 4096;
    /** Head, metadata and mask of a subblock are rarely longer. */
    private static final int MAX_EXTRAS = 1 << 16;
    /** Bytes that a mask may have in any case, however small its tile. */
    private static final int MIN_MASK_LIMIT = 1 << 16;

    private final FileSet files;
    private final SubblockDirectory directory;
    private final long maxTileBytes;
    private final SubblockLocator locator;
    private final TileCache cache;
    private final IntPredicate isKept;
    private final Observer observer;

    /**
     * Reads subblocks of a file, or of a set of files.
     *
     * @param files the file with its parts
     * @param directory its subblocks
     * @param maxTileBytes largest bitmap to make, in bytes
     * @param acceptsCut whether a subblock that the end of the file cuts off is decoded as far as it goes
     * @param cache keeps decoded tiles; null for none
     * @param observer is told of stages
     */
    public TileLoader(
            FileSet files,
            SubblockDirectory directory,
            long maxTileBytes,
            boolean acceptsCut,
            TileCache cache,
            Observer observer) {
        this(new SubblockLocator(files, directory, acceptsCut), maxTileBytes, cache, row -> true, observer);
    }

    private TileLoader(
            SubblockLocator locator, long maxTileBytes, TileCache cache, IntPredicate isKept, Observer observer) {
        this.files = locator.files();
        this.directory = locator.directory();
        this.maxTileBytes = maxTileBytes;
        this.locator = locator;
        this.cache = cache;
        this.isKept = isKept;
        this.observer = observer;
    }

    SubblockDirectory directory() {
        return directory;
    }

    Observer observer() {
        return observer;
    }

    /** Name of the file, or of the first of a set. */
    String name() {
        return files.main().name();
    }

    /**
     * Name of the file that a subblock lies in, as the directory says.
     *
     * @param row its index in the directory
     * @return the name, also of a file that is missing
     */
    public String nameOf(int row) {
        return files.nameOf(directory.filePart(row));
    }

    /**
     * Finds the parts of a subblock.
     *
     * @param row its index in the directory
     * @return where they lie
     * @throws CziException if no subblock is where the directory says, or its file is missing
     */
    public Located locate(int row) throws CziException {
        return locator.locate(row, new DirectoryEntry());
    }

    /** Whether tiles come from afar, so that reading in the order of what was announced pays. */
    boolean prefetches() {
        return files.main().prefetches();
    }

    /**
     * Announces subblocks that are about to be read, where that helps. How long each is in the file is not known without
     * reading it: up to the next one, but no longer than its bitmap could make it (sheet §10).
     *
     * @param rows indices in the directory, in about the order of reading
     * @return to be {@linkplain #through read through}, and to be told of those that are done with, by their place in
     *     {@code rows}
     */
    public Prefetch prefetch(int... rows) {
        if (!prefetches()) {
            return Prefetch.none(files.main());
        }
        long[] positions = new long[rows.length];
        long[] lengths = new long[rows.length];
        for (int i = 0; i < rows.length; i++) {
            int row = rows[i];
            positions[i] = directory.filePosition(row);
            long pixels = (long) directory.storedWidth(row) * directory.storedHeight(row);
            long bitmap =
                    Math.min(pixels, maxTileBytes) * directory.pixelType(row).bytesPerPixel();
            long longest = bitmap + bitmap / 8 + MAX_EXTRAS;
            boolean isKnown = cache != null && isKept.test(row) && cache.contains(row);
            lengths[i] = isKnown ? 0 : Math.min(longest, directory.nextFilePosition(row) - positions[i]);
        }
        return files.main().prefetch(positions, lengths);
    }

    /**
     * Reads a subblock into an array of its own.
     *
     * @param row its index in the directory
     * @param warnings receives what was odd
     * @return the bitmap, in the size that the directory says
     * @throws CziException if it cannot be read or decoded
     */
    public Pixels read(int row, List<String> warnings) throws CziException {
        WorkerContext context = new WorkerContext();
        Prefetch ahead = prefetch(row);
        try {
            LoadedTile tile = through(ahead).load(row, context, false);
            warnings.addAll(tile.warnings());
            TileFormat format = tile.format();
            Pixels pixels = Pixels.allocate(format.width(), format.height(), format.pixelType());
            pixels.fillRows(0, format.height(), tile.pixels().duplicate());
            tile.checkStillThere();
            return pixels;
        } catch (InternalError e) {
            throw unreadableMap(row, e);
        } catch (OutOfMemoryError e) {
            throw outOfMemory(row, e);
        } finally {
            ahead.close();
        }
    }

    /** The JVM reports a page of a mapped file that can no longer be read as an InternalError. */
    CziException unreadableMap(int row, InternalError error) {
        return CziException.io(
                nameOf(row),
                directory.filePosition(row),
                "subblock " + row + ": the mapped file can no longer be read; did it shrink?",
                error);
    }

    CziException outOfMemory(int row, OutOfMemoryError error) {
        return new CziException(
                CziException.Kind.LIMIT,
                nameOf(row),
                directory.filePosition(row),
                "subblock " + row + ": not enough heap for a bitmap of " + directory.storedWidth(row) + "×"
                        + directory.storedHeight(row) + " "
                        + directory.pixelType(row).label(),
                error);
    }

    /**
     * Reads the mask of a subblock.
     *
     * @param row its index in the directory
     * @return empty if it has none
     * @throws CziException if it contradicts itself or is of an unknown kind, or cannot be read
     */
    public Optional<Mask> readMask(int row) throws CziException {
        Located located = locate(row);
        return ChunkContainer.readMask(located.source(), located.segment(), maxTileBytes);
    }

    /** A mask that makes no sense does not cost the tile (sheet §3.4), but that is worth a word. */
    private static Mask mask(Located located, TileFormat format, List<String> warnings) throws CziException {
        try {
            // One bit a pixel: no mask that fits its tile comes near the size of the bitmap, which the plan counts.
            long limit = Math.max(MIN_MASK_LIMIT, format.bytes());
            return ChunkContainer.readMask(located.source(), located.segment(), limit)
                    .orElse(null);
        } catch (CziException e) {
            if (e.kind() == CziException.Kind.IO) {
                throw e;
            }
            warnings.add("the mask is not used, all pixels are taken for valid: " + e.getMessage());
            return null;
        }
    }

    /**
     * Whether there is a cache.
     *
     * @return true if so
     */
    public boolean keepsTiles() {
        return cache != null;
    }

    /**
     * A loader of the same file that keeps some tiles in a cache of its own.
     *
     * @param tiles the cache
     * @param wanted tells by index which tiles are kept
     * @return the loader
     */
    public TileLoader with(TileCache tiles, IntPredicate wanted) {
        return new TileLoader(locator, maxTileBytes, tiles, wanted, observer);
    }

    /**
     * A loader of the same file that reads what was announced.
     *
     * @param ahead what {@link #prefetch} returned
     * @return of use until that is closed
     */
    public TileLoader through(Prefetch ahead) {
        return prefetches()
                ? new TileLoader(
                        new SubblockLocator(files.with(ahead.source()), directory, locator.acceptsCut()),
                        maxTileBytes,
                        cache,
                        isKept,
                        observer)
                : this;
    }

    /** A tile, from the cache if there is one; the pixels may be the file itself, or memory of the context. */
    LoadedTile load(int row, WorkerContext context, boolean withMask) throws CziException {
        boolean isFree = directory.compression(row) == Compression.UNCOMPRESSED
                && files.main().isMapped();
        if (cache == null || isFree || !isKept.test(row)) {
            return decode(row, context, withMask);
        }
        return cache.get(row, withMask, () -> {
            LoadedTile tile = decode(row, context, withMask).toKeep();
            // Others will see it who do not look at the file.
            tile.checkStillThere();
            return tile;
        });
    }

    /** Reads and decodes. */
    private LoadedTile decode(int row, WorkerContext context, boolean withMask) throws CziException {
        TileFormat format = format(row);
        List<String> warnings = new ArrayList<>();
        long begun = observer.begin();
        Located located = locator.locate(row, context.entry);
        ByteSource source = located.source();
        SubblockSegment segment = located.segment();
        if (segment.missing() > 0) {
            warnings.add("the end of the file cuts off " + segment.missing() + " bytes of the subblock");
        }
        compare(row, context.entry, warnings);
        ByteBuffer payload = payload(row, located, format, context, warnings);
        if (observer.isActive() && source.isMapped()) {
            touch(payload);
        }
        Mask mask = withMask ? mask(located, format, warnings) : null;
        observer.end(Stage.READ, row, begun, payload.limit());
        begun = observer.begin();
        DecodedTile decoded;
        try {
            decoded = Codecs.decode(
                    directory.compression(row), directory.compressionCode(row), payload, format, context.scratch);
        } catch (CodecException e) {
            throw new CziException(
                    e.kind(),
                    source.name(),
                    segment.dataPosition() + e.offset(),
                    "subblock " + row + ": " + e.getMessage(),
                    e);
        }
        observer.end(Stage.DECODE, row, begun, format.bytes());
        warnings.addAll(decoded.warnings());
        return new LoadedTile(
                format, decoded.pixels(), mask, source, segment.dataPosition() + payload.limit(), warnings, false);
    }

    private TileFormat format(int row) throws CziException {
        PixelType type = directory.pixelType(row);
        int width = directory.storedWidth(row);
        int height = directory.storedHeight(row);
        if (!directory.isSound(row)) {
            throw CziException.corrupt(
                    nameOf(row),
                    directory.filePosition(row),
                    "subblock " + row + " has no sound size in the directory: " + width + "×" + height);
        }
        if (type == PixelType.UNKNOWN) {
            throw CziException.unsupported(
                    nameOf(row),
                    directory.filePosition(row),
                    "subblock " + row + " has the unknown pixel type " + directory.pixelTypeCode(row));
        }
        // The sides are below 2^31 each: pixels fit a long, and the division keeps bytes from overflowing one.
        long pixels = Math.multiplyFull(width, height);
        if (pixels > Math.min(maxTileBytes, Pixels.MAX_ELEMENTS) / type.bytesPerPixel()) {
            throw new CziException(
                    CziException.Kind.LIMIT,
                    nameOf(row),
                    directory.filePosition(row),
                    "subblock " + row + " announces a bitmap of " + width + "×" + height + " " + type.label()
                            + ", but the limit for one is " + maxTileBytes + " bytes (CziOptions.maxTileBytes)",
                    null);
        }
        return new TileFormat(width, height, type);
    }

    private ByteBuffer payload(
            int row, Located located, TileFormat format, WorkerContext context, List<String> warnings)
            throws CziException {
        ByteSource source = located.source();
        SubblockSegment segment = located.segment();
        long stored = segment.dataSize();
        boolean isComplex = format.pixelType() == PixelType.GRAY64_COMPLEX_FLOAT;
        if (directory.compression(row) == Compression.UNCOMPRESSED && stored > format.bytes() && !isComplex) {
            // A line scan holds many bitmaps in one subblock (sheet §9.2, row 5): fetch the first alone.
            warnings.add("expected " + format.bytes() + " bytes of pixels, found " + stored
                    + "; those behind the bitmap are left out");
            stored = format.bytes();
        }
        if (stored > Pixels.MAX_ELEMENTS) {
            throw CziException.limit(
                    source.name(), "subblock " + row + " holds " + stored + " bytes, more than one array can");
        }
        int length = (int) stored;
        if (source.isMapped()) {
            return source.slice(segment.dataPosition(), length);
        }
        byte[] bytes = context.scratch.payload(length);
        source.read(segment.dataPosition(), bytes, 0, length);
        return ByteBuffer.wrap(bytes, 0, length).slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The directory wins where the copy in the subblock differs (sheet §2), but that is worth a word. */
    private void compare(int row, DirectoryEntry copy, List<String> warnings) {
        if (copy.problem() != null) {
            warnings.add("the entry inside the subblock is damaged, the directory is used: " + copy.problem());
            return;
        }
        if (!directory.agreesWith(row, copy)) {
            warnings.add("the directory and the entry inside the subblock differ; the directory is used");
        }
    }

    private static void touch(ByteBuffer payload) {
        int sum = 0;
        for (int at = 0; at < payload.limit(); at += PAGE) {
            sum += payload.get(at);
        }
        Blackhole.sink = sum;
    }

    /** Keeps the touching from being optimised away. */
    private static final class Blackhole {
        static volatile int sink;
    }
}
