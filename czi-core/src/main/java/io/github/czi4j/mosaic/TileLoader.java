package io.github.czi4j.mosaic;

import io.github.czi4j.codec.CodecException;
import io.github.czi4j.codec.Codecs;
import io.github.czi4j.codec.DecodedTile;
import io.github.czi4j.codec.Delivery;
import io.github.czi4j.codec.SplitWords;
import io.github.czi4j.codec.TileFormat;
import io.github.czi4j.index.SubblockDirectory;
import io.github.czi4j.index.SubblockLocator;
import io.github.czi4j.index.SubblockLocator.Located;
import io.github.czi4j.io.ByteSource;
import io.github.czi4j.io.Prefetch;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.Coordinate;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Extent;
import io.github.czi4j.model.Mask;
import io.github.czi4j.model.PixelAllocator;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Pixels;
import io.github.czi4j.model.Rect;
import io.github.czi4j.observe.Observer;
import io.github.czi4j.observe.Span;
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
    private final Keeping keeping;
    /** Says which of the bitmaps of a subblock is meant where it holds several; null for the first. */
    private final Coordinate within;

    private final Stacks stacks;
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
        this(
                new SubblockLocator(files, directory, acceptsCut),
                maxTileBytes,
                cache,
                Keeping.WHOLE_TILES,
                null,
                observer);
    }

    private TileLoader(
            SubblockLocator locator,
            long maxTileBytes,
            TileCache cache,
            Keeping keeping,
            Coordinate within,
            Observer observer) {
        this.files = locator.files();
        this.directory = locator.directory();
        this.maxTileBytes = maxTileBytes;
        this.locator = locator;
        this.cache = cache;
        this.keeping = keeping;
        this.within = within;
        this.stacks = new Stacks(files, directory);
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
            boolean isKnown = cache != null && cache.contains(row);
            lengths[i] = isKnown ? 0 : Math.min(longest, directory.nextFilePosition(row) - positions[i]);
        }
        return files.main().prefetch(positions, lengths);
    }

    /**
     * Reads a subblock into an array.
     *
     * @param row its index in the directory
     * @param allocator gives the array, in which anything may be
     * @param warnings receives what was odd
     * @return the bitmap, in the size that the directory says
     * @throws CziException if it cannot be read or decoded; the array then holds anything
     */
    public Pixels read(int row, PixelAllocator allocator, List<String> warnings) throws CziException {
        return read(
                row,
                format(row, 1),
                allocator,
                (loader, context, delivery) -> loader.load(row, context, false, delivery),
                warnings);
    }

    /**
     * Number of bitmaps that a subblock holds. Where several are announced and it is compressed, takes decoding.
     *
     * @param row its index in the directory
     * @return as many as its extents say if the payload has just as many, else 1
     * @throws CziException if no subblock is where the directory says, or its bitmaps together exceed the limit for one
     */
    public int planes(int row) throws CziException {
        int announced = Extent.planes(directory.extents(row));
        if (announced == 1) {
            return 1;
        }
        if (directory.compression(row) == Compression.UNCOMPRESSED) {
            return locate(row).segment().dataSize()
                            == Math.multiplyFull(announced, format(row, 1).bytes())
                    ? announced
                    : 1;
        }
        try {
            readPlanes(row, 0, announced, new ArrayList<>());
            return announced;
        } catch (CziException e) {
            if (e.kind() == CziException.Kind.IO || e.kind() == CziException.Kind.LIMIT) {
                throw e;
            }
            return 1;
        }
    }

    /**
     * Reads some of the bitmaps of a subblock that holds several.
     *
     * @param row its index in the directory
     * @param first the first bitmap, from 0
     * @param count number of bitmaps, at least 1
     * @param warnings receives what was odd
     * @return the bitmaps, one below the other
     * @throws CziException if it cannot be read or decoded, or does not hold so many; if they exceed the limit for one
     */
    public Pixels readPlanes(int row, int first, int count, List<String> warnings) throws CziException {
        return read(
                row,
                format(row, count),
                Pixels::allocate,
                (loader, context, delivery) -> loader.decode(row, first, count, context, false, Delivery.WHOLE),
                warnings);
    }

    @FunctionalInterface
    private interface Loading {
        LoadedTile load(TileLoader loader, WorkerContext context, Delivery delivery) throws CziException;
    }

    private Pixels read(int row, TileFormat format, PixelAllocator allocator, Loading loading, List<String> warnings)
            throws CziException {
        WorkerContext context = WorkerContext.borrow();
        Prefetch ahead = prefetch(row);
        try {
            Pixels pixels = allocator.allocate(format.width(), format.height(), format.pixelType());
            RowSink sink = new RowSink(pixels);
            sink.add(new Rect(0, 0, format.width(), format.height()), 0, 0);
            LoadedTile tile = loading.load(through(ahead), context, new Delivery(format.height(), sink));
            warnings.addAll(tile.warnings());
            if (tile.split() != null) {
                tile.split().copy(0, pixels.shorts(), 0, format.bytes() / 2);
            } else if (!tile.isDelivered()) {
                pixels.fillRows(0, format.height(), tile.pixels().duplicate());
            }
            tile.checkStillThere();
            context.giveBack();
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
     * A loader of the same file that keeps some tiles: in the cache that there is, or else in another one.
     *
     * @param tiles the other cache
     * @param changed what is kept there; in the cache that there is all tiles are, with so many rows. Rows that are needed at
     *     the time are kept in any case
     * @return the loader
     */
    public TileLoader keeping(TileCache tiles, Keeping changed) {
        return cache == null
                ? new TileLoader(locator, maxTileBytes, tiles, changed, within, observer)
                : new TileLoader(locator, maxTileBytes, cache, changed.ofAllTiles(), within, observer);
    }

    /**
     * A loader of the same file that takes from subblocks with several bitmaps that of some indices. It keeps no tiles.
     *
     * @param indices in a subblock's extents, else not looked at
     * @return the loader
     */
    public TileLoader within(Coordinate indices) {
        return new TileLoader(locator, maxTileBytes, null, Keeping.WHOLE_TILES, indices, observer);
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
                        keeping,
                        within,
                        observer)
                : this;
    }

    /** Whether the pixels of a tile are the mapped file itself. */
    boolean isInMap(int row) {
        return directory.compression(row) == Compression.UNCOMPRESSED
                && files.main().isMapped();
    }

    /**
     * Whether a tile lies decoded in the cache, most likely for long enough, or somebody else is about to put it there. What lies
     * in a mapped file may have to be waited for.
     */
    boolean isAtHand(int row, boolean withMask) {
        return within == null && cache != null && cache.has(row, withMask);
    }

    /** A tile, from the cache if there is one; the pixels may be the file itself, or memory of the context. */
    LoadedTile load(int row, WorkerContext context, boolean withMask) throws CziException {
        return load(row, context, withMask, Delivery.WHOLE);
    }

    /** The same of the rows that are wanted, which may be taken while they are decoded unless the tile is kept. */
    LoadedTile load(int row, WorkerContext context, boolean withMask, Delivery delivery) throws CziException {
        boolean isFree = isInMap(row);
        if (within != null) {
            return decode(row, stacks.bitmapOf(row, within), 1, context, withMask, Delivery.WHOLE);
        }
        if (cache == null || isFree) {
            return decode(row, 0, 1, context, withMask, delivery);
        }
        int needed = Math.min(delivery.rows(), directory.storedHeight(row));
        LoadedTile tile = keeping.isKept(row)
                ? cache.get(row, withMask, needed, () -> {
                    int rows = Codecs.mayStopEarly(directory.compression(row)) ? keeping.rows(row) : needed;
                    Delivery kept = new Delivery(Math.max(needed, rows), null);
                    LoadedTile decoded =
                            decode(row, 0, 1, context, withMask, kept).toKeep(context);
                    // Others will see it who do not look at the file.
                    decoded.checkStillThere();
                    return decoded;
                })
                : cache.find(row, withMask, needed);
        if (tile == null) {
            return decode(row, 0, 1, context, withMask, delivery);
        }
        if (tile.isCached()) {
            observer.cacheHit(row, directory.compression(row), tile.format().bytes());
        }
        return tile;
    }

    /**
     * Reads and decodes.
     *
     * @param first the first bitmap that is wanted, 0 but for subblocks that hold several
     * @param count number of bitmaps; any but the first alone are there only if the payload has all that are announced
     * @param delivery what is wanted of the first bitmap alone
     */
    private LoadedTile decode(int row, int first, int count, WorkerContext context, boolean withMask, Delivery delivery)
            throws CziException {
        boolean isPartOfStack = first != 0 || count > 1;
        boolean isPlain = directory.compression(row) == Compression.UNCOMPRESSED;
        TileFormat wanted = format(row, count);
        TileFormat format = isPartOfStack && !isPlain ? format(row, Extent.planes(directory.extents(row))) : wanted;
        List<String> warnings = new ArrayList<>();
        Span span = observer.begin(Stage.READ);
        Located located = locator.locate(row, context.entry);
        ByteSource source = located.source();
        SubblockSegment segment = located.segment();
        if (segment.missing() > 0) {
            warnings.add("the end of the file cuts off " + segment.missing() + " bytes of the subblock");
        }
        compare(row, context.entry, warnings);
        SubblockSegment part = isPartOfStack && isPlain
                ? stacks.part(row, first, count, format(row, 1).bytes(), segment)
                : segment;
        ByteBuffer payload = payload(row, new Located(source, part), format, context, warnings);
        if (span.isObserved() && source.isMapped()) {
            touch(payload);
        }
        Mask mask = withMask ? mask(located, format, warnings) : null;
        span.end(row, directory.compression(row), payload.limit());
        span = observer.begin(Stage.DECODE);
        DecodedTile decoded;
        try {
            decoded = Codecs.decode(
                    directory.compression(row),
                    directory.compressionCode(row),
                    payload,
                    format,
                    mask == null ? delivery : new Delivery(delivery.rows(), null),
                    context.scratch);
        } catch (CodecException e) {
            throw new CziException(
                    e.kind(),
                    source.name(),
                    part.dataPosition() + e.offset(),
                    "subblock " + row + ": " + e.getMessage(),
                    e);
        }
        span.end(row, directory.compression(row), format.bytes());
        boolean isPart = isPartOfStack && !isPlain;
        SplitWords split = isPart ? null : decoded.split();
        ByteBuffer pixels = null;
        if (isPart) {
            pixels = stacks.part(row, first, count, format(row, 1).bytes(), decoded);
        } else if (split == null) {
            pixels = decoded.pixels();
        }
        warnings.addAll(decoded.warnings());
        return new LoadedTile(
                wanted, pixels, split, mask, source, part.dataPosition() + payload.limit(), warnings, false);
    }

    /** So many bitmaps of a subblock, one below the other. */
    private TileFormat format(int row, int planes) throws CziException {
        PixelType type = directory.pixelType(row);
        int width = directory.storedWidth(row);
        long height = Math.multiplyFull(directory.storedHeight(row), planes);
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
        // The division keeps the product of the sides from overflowing.
        long most = Math.min(maxTileBytes, Pixels.MAX_ELEMENTS) / type.bytesPerPixel();
        if (height > most / width) {
            throw new CziException(
                    CziException.Kind.LIMIT,
                    nameOf(row),
                    directory.filePosition(row),
                    "subblock " + row + " announces a bitmap of " + width + "×" + height + " " + type.label()
                            + ", but the limit for one is " + maxTileBytes + " bytes (CziOptions.maxTileBytes)",
                    null);
        }
        return new TileFormat(width, (int) height, type);
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
            warnings.add(stacks.surplus(row, format.bytes(), stored));
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
