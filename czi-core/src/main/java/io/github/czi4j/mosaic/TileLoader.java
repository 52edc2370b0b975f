package io.github.czi4j.mosaic;

import io.github.czi4j.codec.CodecException;
import io.github.czi4j.codec.Codecs;
import io.github.czi4j.codec.DecodedTile;
import io.github.czi4j.codec.TileFormat;
import io.github.czi4j.index.SubblockDirectory;
import io.github.czi4j.io.ByteSource;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Mask;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Pixels;
import io.github.czi4j.observe.Observer;
import io.github.czi4j.observe.Span;
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
        this(source, directory, maxTileBytes, acceptsCut, cache, row -> true, observer);
    }

    private TileLoader(
            ByteSource source,
            SubblockDirectory directory,
            long maxTileBytes,
            boolean acceptsCut,
            TileCache cache,
            IntPredicate isKept,
            Observer observer) {
        this.source = source;
        this.directory = directory;
        this.maxTileBytes = maxTileBytes;
        this.acceptsCut = acceptsCut;
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
        WorkerContext context = new WorkerContext();
        try {
            LoadedTile tile = load(row, context, false);
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
        return new TileLoader(source, directory, maxTileBytes, acceptsCut, tiles, wanted, observer);
    }

    /** A tile, from the cache if there is one; the pixels may be the file itself, or memory of the context. */
    LoadedTile load(int row, WorkerContext context, boolean withMask) throws CziException {
        boolean isFree = directory.compression(row) == Compression.UNCOMPRESSED && source.isMapped();
        if (cache == null || isFree || !isKept.test(row)) {
            return decode(row, context, withMask);
        }
        LoadedTile tile = cache.get(row, withMask, () -> {
            LoadedTile decoded = decode(row, context, withMask).toKeep();
            // Others will see it who do not look at the file.
            source.checkStillThere(decoded.end());
            return decoded;
        });
        if (tile.isCached()) {
            observer.cacheHit(row, directory.compression(row), tile.format().bytes());
        }
        return tile;
    }

    /** Reads and decodes. */
    private LoadedTile decode(int row, WorkerContext context, boolean withMask) throws CziException {
        TileFormat format = format(row);
        List<String> warnings = new ArrayList<>();
        Span span = observer.begin(Stage.READ);
        SubblockSegment segment = segment(row, context.entry);
        if (segment.missing() > 0) {
            warnings.add("the end of the file cuts off " + segment.missing() + " bytes of the subblock");
        }
        compare(row, context.entry, warnings);
        ByteBuffer payload = payload(row, segment, format, context, warnings);
        if (span.isObserved() && source.isMapped()) {
            touch(payload);
        }
        Mask mask = withMask ? mask(segment, format, warnings) : null;
        span.end(row, directory.compression(row), payload.limit());
        span = observer.begin(Stage.DECODE);
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
        span.end(row, directory.compression(row), format.bytes());
        warnings.addAll(decoded.warnings());
        return new LoadedTile(
                format, decoded.pixels(), mask, segment.dataPosition() + payload.limit(), warnings, false);
    }

    private TileFormat format(int row) throws CziException {
        PixelType type = directory.pixelType(row);
        int width = directory.storedWidth(row);
        int height = directory.storedHeight(row);
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
        // The sides are below 2^31 each: pixels fit a long, and the division keeps bytes from overflowing one.
        long pixels = Math.multiplyFull(width, height);
        if (pixels > Math.min(maxTileBytes, Pixels.MAX_ELEMENTS) / type.bytesPerPixel()) {
            throw new CziException(
                    CziException.Kind.LIMIT,
                    source.name(),
                    directory.filePosition(row),
                    "subblock " + row + " announces a bitmap of " + width + "×" + height + " " + type.label()
                            + ", but the limit for one is " + maxTileBytes + " bytes (CziOptions.maxTileBytes)",
                    null);
        }
        return new TileFormat(width, height, type);
    }

    private ByteBuffer payload(
            int row, SubblockSegment segment, TileFormat format, WorkerContext context, List<String> warnings)
            throws CziException {
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
