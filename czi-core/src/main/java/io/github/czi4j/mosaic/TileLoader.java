package io.github.czi4j.mosaic;

import io.github.czi4j.codec.CodecException;
import io.github.czi4j.codec.Codecs;
import io.github.czi4j.codec.DecodedTile;
import io.github.czi4j.codec.TileFormat;
import io.github.czi4j.index.SubblockDirectory;
import io.github.czi4j.io.ByteSource;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.Coordinate;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Extent;
import io.github.czi4j.model.Mask;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Pixels;
import io.github.czi4j.observe.Observer;
import io.github.czi4j.observe.Stage;
import io.github.czi4j.zisraw.ChunkContainer;
import io.github.czi4j.zisraw.DirectoryEntry;
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
    /** Bytes that a mask may have in any case, however small its tile. */
    private static final int MIN_MASK_LIMIT = 1 << 16;

    private final ByteSource source;
    private final SubblockDirectory directory;
    private final long maxTileBytes;
    private final boolean acceptsCut;
    private final TileCache cache;
    private final IntPredicate isKept;
    /** Says which of the bitmaps of a subblock is meant where it holds several; null for the first. */
    private final Coordinate within;

    private final Stacks stacks;
    private final Observer observer;

    /**
     * Reads subblocks of a file.
     *
     * @param source the file
     * @param directory its subblocks
     * @param maxTileBytes largest bitmap to make, in bytes
     * @param acceptsCut whether a subblock that the end of the file cuts off is decoded as far as it goes
     * @param cache keeps decoded tiles; null for none
     * @param observer is told of stages
     */
    public TileLoader(
            ByteSource source,
            SubblockDirectory directory,
            long maxTileBytes,
            boolean acceptsCut,
            TileCache cache,
            Observer observer) {
        this(source, directory, maxTileBytes, acceptsCut, cache, row -> true, null, observer);
    }

    private TileLoader(
            ByteSource source,
            SubblockDirectory directory,
            long maxTileBytes,
            boolean acceptsCut,
            TileCache cache,
            IntPredicate isKept,
            Coordinate within,
            Observer observer) {
        this.source = source;
        this.directory = directory;
        this.maxTileBytes = maxTileBytes;
        this.acceptsCut = acceptsCut;
        this.cache = cache;
        this.isKept = isKept;
        this.within = within;
        this.stacks = new Stacks(source.name(), directory);
        this.observer = observer;
    }

    SubblockDirectory directory() {
        return directory;
    }

    Observer observer() {
        return observer;
    }

    ByteSource source() {
        return source;
    }

    /**
     * Finds the parts of a subblock.
     *
     * @param row its index in the directory
     * @return where they lie
     * @throws CziException if no subblock is where the directory says
     */
    public SubblockSegment segment(int row) throws CziException {
        return segment(row, new DirectoryEntry());
    }

    private SubblockSegment segment(int row, DirectoryEntry ownEntry) throws CziException {
        long position = directory.filePosition(row);
        return acceptsCut
                ? SubblockSegment.readCut(source, position, ownEntry)
                : SubblockSegment.read(source, position, ownEntry);
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
        return copy(row, context -> load(row, context, false), warnings);
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
            return segment(row).dataSize()
                            == Math.multiplyFull(announced, format(row, 1).bytes())
                    ? announced
                    : 1;
        }
        try {
            copy(row, context -> decode(row, 0, announced, context, false), new ArrayList<>());
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
        return copy(row, context -> decode(row, first, count, context, false), warnings);
    }

    @FunctionalInterface
    private interface Loading {
        LoadedTile load(WorkerContext context) throws CziException;
    }

    private Pixels copy(int row, Loading loading, List<String> warnings) throws CziException {
        try {
            LoadedTile tile = loading.load(new WorkerContext());
            warnings.addAll(tile.warnings());
            TileFormat format = tile.format();
            Pixels pixels = Pixels.allocate(format.width(), format.height(), format.pixelType());
            pixels.fillRows(0, format.height(), tile.pixels().duplicate());
            source.checkStillThere(tile.end());
            return pixels;
        } catch (InternalError e) {
            throw unreadableMap(row, e);
        } catch (OutOfMemoryError e) {
            throw outOfMemory(row, e);
        }
    }

    /** The JVM reports a page of a mapped file that can no longer be read as an InternalError. */
    CziException unreadableMap(int row, InternalError error) {
        return CziException.io(
                source.name(),
                directory.filePosition(row),
                "subblock " + row + ": the mapped file can no longer be read; did it shrink?",
                error);
    }

    CziException outOfMemory(int row, OutOfMemoryError error) {
        return new CziException(
                CziException.Kind.LIMIT,
                source.name(),
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
        return ChunkContainer.readMask(source, segment(row), maxTileBytes);
    }

    /** A mask that makes no sense does not cost the tile (sheet §3.4), but that is worth a word. */
    private Mask mask(SubblockSegment segment, TileFormat format, List<String> warnings) throws CziException {
        try {
            // One bit a pixel: no mask that fits its tile comes near the size of the bitmap, which the plan counts.
            long limit = Math.max(MIN_MASK_LIMIT, format.bytes());
            return ChunkContainer.readMask(source, segment, limit).orElse(null);
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
        return new TileLoader(source, directory, maxTileBytes, acceptsCut, tiles, wanted, within, observer);
    }

    /**
     * A loader of the same file that takes from subblocks with several bitmaps that of some indices. It keeps no tiles.
     *
     * @param indices in a subblock's extents, else not looked at
     * @return the loader
     */
    public TileLoader within(Coordinate indices) {
        return new TileLoader(source, directory, maxTileBytes, acceptsCut, null, row -> false, indices, observer);
    }

    /** A tile, from the cache if there is one; the pixels may be the file itself, or memory of the context. */
    LoadedTile load(int row, WorkerContext context, boolean withMask) throws CziException {
        boolean isFree = directory.compression(row) == Compression.UNCOMPRESSED && source.isMapped();
        if (within != null) {
            return decode(row, stacks.bitmapOf(row, within), 1, context, withMask);
        }
        if (cache == null || isFree || !isKept.test(row)) {
            return decode(row, 0, 1, context, withMask);
        }
        return cache.get(row, withMask, () -> {
            LoadedTile tile = decode(row, 0, 1, context, withMask).toKeep();
            // Others will see it who do not look at the file.
            source.checkStillThere(tile.end());
            return tile;
        });
    }

    /**
     * Reads and decodes.
     *
     * @param first the first bitmap that is wanted, 0 but for subblocks that hold several
     * @param count number of bitmaps; any but the first alone are there only if the payload has all that are announced
     */
    private LoadedTile decode(int row, int first, int count, WorkerContext context, boolean withMask)
            throws CziException {
        boolean isPartOfStack = first != 0 || count > 1;
        boolean isPlain = directory.compression(row) == Compression.UNCOMPRESSED;
        TileFormat wanted = format(row, count);
        TileFormat format = isPartOfStack && !isPlain ? format(row, Extent.planes(directory.extents(row))) : wanted;
        List<String> warnings = new ArrayList<>();
        long begun = observer.begin();
        SubblockSegment segment = segment(row, context.entry);
        if (segment.missing() > 0) {
            warnings.add("the end of the file cuts off " + segment.missing() + " bytes of the subblock");
        }
        compare(row, context.entry, warnings);
        SubblockSegment part = isPartOfStack && isPlain
                ? stacks.part(row, first, count, format(row, 1).bytes(), segment)
                : segment;
        ByteBuffer payload = payload(row, part, format, context, warnings);
        if (observer.isActive() && source.isMapped()) {
            touch(payload);
        }
        Mask mask = withMask ? mask(segment, format, warnings) : null;
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
                    part.dataPosition() + e.offset(),
                    "subblock " + row + ": " + e.getMessage(),
                    e);
        }
        observer.end(Stage.DECODE, row, begun, format.bytes());
        ByteBuffer pixels = decoded.pixels();
        if (isPartOfStack && !isPlain) {
            pixels = stacks.part(row, first, count, format(row, 1).bytes(), decoded);
        }
        warnings.addAll(decoded.warnings());
        return new LoadedTile(wanted, pixels, mask, part.dataPosition() + payload.limit(), warnings, false);
    }

    /** So many bitmaps of a subblock, one below the other. */
    private TileFormat format(int row, int planes) throws CziException {
        PixelType type = directory.pixelType(row);
        int width = directory.storedWidth(row);
        long height = Math.multiplyFull(directory.storedHeight(row), planes);
        if (!directory.isSound(row)) {
            throw CziException.corrupt(
                    source.name(),
                    directory.filePosition(row),
                    "subblock " + row + " has no sound size in the directory: " + width + "×" + height);
        }
        if (type == PixelType.UNKNOWN) {
            throw CziException.unsupported(
                    source.name(),
                    directory.filePosition(row),
                    "subblock " + row + " has the unknown pixel type " + directory.pixelTypeCode(row));
        }
        // The division keeps the product of the sides from overflowing.
        long most = Math.min(maxTileBytes, Pixels.MAX_ELEMENTS) / type.bytesPerPixel();
        if (height > most / width) {
            throw new CziException(
                    CziException.Kind.LIMIT,
                    source.name(),
                    directory.filePosition(row),
                    "subblock " + row + " announces a bitmap of " + width + "×" + height + " " + type.label()
                            + ", but the limit for one is " + maxTileBytes + " bytes (CziOptions.maxTileBytes)",
                    null);
        }
        return new TileFormat(width, (int) height, type);
    }

    private ByteBuffer payload(
            int row, SubblockSegment segment, TileFormat format, WorkerContext context, List<String> warnings)
            throws CziException {
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
