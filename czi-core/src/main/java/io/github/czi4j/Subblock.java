package io.github.czi4j;

import io.github.czi4j.index.SubblockLocator;
import io.github.czi4j.io.ByteSource;
import io.github.czi4j.io.Prefetch;
import io.github.czi4j.metadata.SubblockMetadata;
import io.github.czi4j.model.ByteRange;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Mask;
import io.github.czi4j.model.PixelAllocator;
import io.github.czi4j.model.Pixels;
import io.github.czi4j.model.SubblockInfo;
import io.github.czi4j.mosaic.TileLoader;
import io.github.czi4j.zisraw.ChunkContainer;
import io.github.czi4j.zisraw.SubblockSegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One stored tile. Nothing is read before it is asked for, and then each time anew. Thread-safe; of use until the reader
 * is closed.
 */
public final class Subblock {
    /** Longest XML or attachment that is read into an array. */
    private static final int MAX_PART = 256 << 20;

    private final TileLoader loader;
    private final SubblockInfo info;

    /**
     * A decoded bitmap.
     *
     * @param pixels in the size that the directory says
     * @param warnings what was odd about it; empty as a rule
     */
    public record Bitmap(Pixels pixels, List<String> warnings) {}

    Subblock(TileLoader loader, SubblockInfo info) {
        this.loader = loader;
        this.info = info;
    }

    /**
     * What the directory says of it.
     *
     * @return the value
     */
    public SubblockInfo info() {
        return info;
    }

    /**
     * Reads and decodes the bitmap.
     *
     * @return the pixels; a payload of another size is cropped or padded with 0, with a warning
     * @throws CziException if it cannot be read or decoded
     */
    public Bitmap read() throws CziException {
        return readInto(Pixels::allocate);
    }

    /**
     * The same into an array of the caller's, such as that of the tile before ({@link PixelAllocator#reusing}): saves the
     * zeros of a new one, and the collector's work.
     *
     * @param allocator gives the array, on the calling thread; what that holds does not matter
     * @return the pixels in that array
     * @throws CziException if it cannot be read or decoded; the array then holds anything
     * @throws IllegalArgumentException if the allocator gives a bitmap of another size or pixel type than it is asked for
     */
    public Bitmap read(PixelAllocator allocator) throws CziException {
        return readInto(MosaicReader.checked(allocator));
    }

    private Bitmap readInto(PixelAllocator allocator) throws CziException {
        List<String> warnings = new ArrayList<>();
        Pixels pixels = loader.read(info.index(), allocator, warnings);
        return new Bitmap(pixels, List.copyOf(warnings));
    }

    /**
     * Number of bitmaps in the payload. More than one where the subblock {@linkplain SubblockInfo#extents() goes on} along
     * a dimension, as in line scans; {@link #read()} and mosaics of its own indices then show the first, mosaics of later
     * indices the others. Takes one small read, and decoding if it is compressed.
     *
     * @return at least 1; 1 if the payload does not have just as many as are announced
     * @throws CziException if no subblock is where the directory says, or it is compressed and all bitmaps together exceed
     *     {@link CziOptions#maxTileBytes}
     */
    public int planeCount() throws CziException {
        return loader.planes(info.index());
    }

    /**
     * Reads one of several bitmaps.
     *
     * @param plane 0 to {@code planeCount() - 1}, in the order of the payload
     * @return the pixels
     * @throws CziException if it cannot be read or decoded, or there is no such bitmap
     */
    public Bitmap readPlane(int plane) throws CziException {
        return plane == 0 ? read() : readPlanes(plane, 1);
    }

    /**
     * Reads all bitmaps of the payload as one, each below the one before: the picture of a line scan whose bitmaps are one
     * row each.
     *
     * @return {@code planeCount()} times as high as the directory says
     * @throws CziException if it cannot be read or decoded, or is larger than {@link CziOptions#maxTileBytes}
     */
    public Bitmap readAll() throws CziException {
        int count = planeCount();
        return count == 1 ? read() : readPlanes(0, count);
    }

    private Bitmap readPlanes(int first, int count) throws CziException {
        List<String> warnings = new ArrayList<>();
        Pixels pixels = loader.readPlanes(info.index(), first, count, warnings);
        return new Bitmap(pixels, List.copyOf(warnings));
    }

    /**
     * Size of the payload as stored. Takes one small read.
     *
     * @return bytes
     * @throws CziException if no subblock is where the directory says
     */
    public long storedBytes() throws CziException {
        return loader.locate(info.index()).segment().dataSize();
    }

    /**
     * The part of the file that must be read to decode the bitmap: from the subblock's head to the end of its payload.
     * Takes one small read.
     *
     * @return the range
     * @throws CziException if no subblock is where the directory says
     */
    public ByteRange storedRange() throws CziException {
        SubblockSegment segment = loader.locate(info.index()).segment();
        return new ByteRange(segment.position(), segment.dataPosition() + segment.dataSize() - segment.position());
    }

    /**
     * The payload as stored.
     *
     * @return a new array
     * @throws CziException if it cannot be read
     */
    public byte[] rawData() throws CziException {
        Prefetch ahead = loader.prefetch(info.index());
        try {
            SubblockLocator.Located located = loader.through(ahead).locate(info.index());
            SubblockSegment segment = located.segment();
            return part(located.source(), segment.dataPosition(), segment.dataSize(), Pixels.MAX_ELEMENTS);
        } finally {
            ahead.close();
        }
    }

    /**
     * The subblock's own metadata.
     *
     * @return XML without trailing zeros and blanks, empty if there is none; bytes that are no UTF-8 are replaced
     * @throws CziException if it cannot be read
     */
    public String metadataXml() throws CziException {
        return CziReader.trimXml(new String(metadataXmlBytes(), StandardCharsets.UTF_8));
    }

    /** The same as stored. */
    byte[] metadataXmlBytes() throws CziException {
        return metadataXmlBytes(loader.locate(info.index()));
    }

    private byte[] metadataXmlBytes(SubblockLocator.Located located) throws CziException {
        SubblockSegment segment = located.segment();
        return part(located.source(), segment.metadataPosition(), segment.metadataSize(), MAX_PART);
    }

    /**
     * What the subblock's own metadata says, as far as it could be understood.
     *
     * @return {@link SubblockMetadata#NONE} if there is none
     * @throws CziException if it cannot be read from the file
     */
    public SubblockMetadata metadata() throws CziException {
        return SubblockMetadata.parse(metadataXmlBytes());
    }

    /**
     * All that the subblock says of itself besides its pixels, in one go: of use for lists of all tiles, with
     * {@link Subblocks#inFileOrder()}.
     *
     * @return the parsed metadata, sizes, and whether it has a mask
     * @throws CziException if it cannot be read
     */
    public SubblockDetails details() throws CziException {
        SubblockLocator.Located located = loader.locate(info.index());
        SubblockSegment segment = located.segment();
        SubblockMetadata metadata = SubblockMetadata.parse(metadataXmlBytes(located));
        boolean isContainer = metadata.attachmentFormat().equals(Optional.of(ChunkContainer.FORMAT));
        return new SubblockDetails(
                metadata,
                segment.metadataSize(),
                segment.dataSize(),
                segment.attachmentSize(),
                isContainer && ChunkContainer.hasMask(located.source(), segment));
    }

    /** How much of it the end of the file cuts off, where that was to be put up with. */
    long missingBytes() throws CziException {
        return loader.locate(info.index()).segment().missing();
    }

    /**
     * The subblock's own attachment, for instance a mask.
     *
     * @return a new array, empty if there is none
     * @throws CziException if it cannot be read
     */
    public byte[] attachment() throws CziException {
        SubblockLocator.Located located = loader.locate(info.index());
        SubblockSegment segment = located.segment();
        return part(located.source(), segment.attachmentPosition(), segment.attachmentSize(), MAX_PART);
    }

    /**
     * The mask that says which pixels of the bitmap are valid (sheet §3.4). Of use where scenes overlap; a mosaic looks at
     * masks if it is {@linkplain MosaicRequest#maskAware asked to}.
     *
     * @return empty if it has none
     * @throws CziException if the mask contradicts itself or is of an unknown kind, or cannot be read
     */
    public Optional<Mask> mask() throws CziException {
        return loader.readMask(info.index());
    }

    /** Fetches all of it at once, where it comes from afar; to be read {@link #through}. */
    Prefetch prefetch() {
        return loader.prefetch(info.index());
    }

    /** The same subblock, read from what was fetched. */
    Subblock through(Prefetch ahead) {
        return new Subblock(loader.through(ahead), info);
    }

    /** Where it is. */
    SubblockLocator.Located locate() throws CziException {
        return loader.locate(info.index());
    }

    private byte[] part(ByteSource source, long position, long size, int limit) throws CziException {
        if (size > limit) {
            throw CziException.limit(
                    source.name(),
                    "a part of subblock " + info.index() + " has " + size + " bytes, more than " + limit);
        }
        byte[] bytes = new byte[(int) size];
        source.read(position, bytes, 0, bytes.length);
        return bytes;
    }
}
