package io.github.czi4j;

import io.github.czi4j.io.ByteSource;
import io.github.czi4j.model.ByteRange;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Mask;
import io.github.czi4j.model.Pixels;
import io.github.czi4j.model.SubblockInfo;
import io.github.czi4j.mosaic.TileLoader;
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

    private final ByteSource source;
    private final TileLoader loader;
    private final SubblockInfo info;

    /**
     * A decoded bitmap.
     *
     * @param pixels in the size that the directory says
     * @param warnings what was odd about it; empty as a rule
     */
    public record Bitmap(Pixels pixels, List<String> warnings) {}

    Subblock(ByteSource source, TileLoader loader, SubblockInfo info) {
        this.source = source;
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
        List<String> warnings = new ArrayList<>();
        Pixels pixels = loader.read(info.index(), warnings);
        return new Bitmap(pixels, List.copyOf(warnings));
    }

    /**
     * Size of the payload as stored. Takes one small read.
     *
     * @return bytes
     * @throws CziException if no subblock is where the directory says
     */
    public long storedBytes() throws CziException {
        return loader.segment(info.index()).dataSize();
    }

    /**
     * The part of the file that must be read to decode the bitmap: from the subblock's head to the end of its payload.
     * Takes one small read.
     *
     * @return the range
     * @throws CziException if no subblock is where the directory says
     */
    public ByteRange storedRange() throws CziException {
        SubblockSegment segment = loader.segment(info.index());
        return new ByteRange(segment.position(), segment.dataPosition() + segment.dataSize() - segment.position());
    }

    /**
     * The payload as stored.
     *
     * @return a new array
     * @throws CziException if it cannot be read
     */
    public byte[] rawData() throws CziException {
        SubblockSegment segment = loader.segment(info.index());
        return part(segment.dataPosition(), segment.dataSize(), Pixels.MAX_ELEMENTS);
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
        SubblockSegment segment = loader.segment(info.index());
        return part(segment.metadataPosition(), segment.metadataSize(), MAX_PART);
    }

    /** How much of it the end of the file cuts off, where that was to be put up with. */
    long missingBytes() throws CziException {
        return loader.segment(info.index()).missing();
    }

    /**
     * The subblock's own attachment, for instance a mask.
     *
     * @return a new array, empty if there is none
     * @throws CziException if it cannot be read
     */
    public byte[] attachment() throws CziException {
        SubblockSegment segment = loader.segment(info.index());
        return part(segment.attachmentPosition(), segment.attachmentSize(), MAX_PART);
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

    private byte[] part(long position, long size, int limit) throws CziException {
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
