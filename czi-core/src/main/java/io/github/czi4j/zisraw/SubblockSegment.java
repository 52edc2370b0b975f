package io.github.czi4j.zisraw;

import io.github.czi4j.io.ByteSource;
import io.github.czi4j.model.CziException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Where the parts of a subblock lie, segment {@code ZISRAWSUBBLOCK} (sheet §3.1).
 *
 * <table>
 * <caption>Layout; offsets from the data start</caption>
 * <tr><th>offset</th><th>type</th><th>field</th></tr>
 * <tr><td>0</td><td>i32</td><td>MetadataSize</td></tr>
 * <tr><td>4</td><td>i32</td><td>AttachmentSize</td></tr>
 * <tr><td>8</td><td>i64</td><td>DataSize</td></tr>
 * <tr><td>16</td><td>32+20·n</td><td>copy of the {@link DirectoryEntry}</td></tr>
 * <tr><td>hdr</td><td>MetadataSize</td><td>XML; hdr = max(256, 16 + length of the copy)</td></tr>
 * <tr><td></td><td>DataSize</td><td>pixels</td></tr>
 * <tr><td></td><td>AttachmentSize</td><td>attachment, for instance a mask</td></tr>
 * </table>
 *
 * @param position offset of the segment in the file
 * @param metadataPosition offset of the XML in the file
 * @param metadataSize bytes, from 0
 * @param dataSize bytes, from 0
 * @param attachmentSize bytes, from 0
 * @param missing bytes that are announced, but lie behind the end of the file; above 0 only after {@link #readCut}
 */
public record SubblockSegment(
        long position, long metadataPosition, int metadataSize, long dataSize, int attachmentSize, long missing) {

    /** Segment header, three sizes and the longest entry: one look for everything but the payload. */
    private static final int HEAD =
            Layout.SEGMENT_HEADER + Layout.SUBBLOCK_ENTRY + Layout.DV_FIXED + 10 * Layout.DV_DIMENSION;

    /**
     * Reads the head of a subblock.
     *
     * @param source the file
     * @param position offset of the segment
     * @param ownEntry receives the copy of the directory entry inside the subblock; its
     *     {@linkplain DirectoryEntry#problem() problem} tells whether it is sound
     * @return where the parts lie, all of them inside the file
     * @throws CziException if no subblock is there, or its sizes make no sense
     */
    public static SubblockSegment read(ByteSource source, long position, DirectoryEntry ownEntry) throws CziException {
        SubblockSegment subblock = readCut(source, position, ownEntry);
        if (subblock.missing > 0) {
            long left = subblock.metadataSize + subblock.dataSize + subblock.attachmentSize;
            throw CziException.corrupt(
                    source.name(),
                    position + Layout.SEGMENT_HEADER,
                    "the subblock announces " + (left + subblock.missing) + " bytes of metadata, pixels and attachment,"
                            + " but " + left + " bytes are left");
        }
        return subblock;
    }

    /**
     * Reads the head of a subblock that may be cut off by the end of the file, as a copy that was interrupted leaves it.
     *
     * @param source the file
     * @param position offset of the segment
     * @param ownEntry receives the copy of the directory entry inside the subblock
     * @return where the parts lie, as far as they are in the file
     * @throws CziException if no subblock is there, or its sizes are negative
     */
    public static SubblockSegment readCut(ByteSource source, long position, DirectoryEntry ownEntry)
            throws CziException {
        SegmentHeader segment = SegmentHeader.expect(source, position, SegmentId.SUBBLOCK);
        long dataStart = segment.dataStart();
        long available = source.size() - dataStart;
        if (available < Layout.SUBBLOCK_ENTRY + Layout.DV_FIXED) {
            throw CziException.corrupt(
                    source.name(), dataStart, "expected a subblock, but only " + available + " bytes are left");
        }
        int headLength = (int) Math.min(available, HEAD - Layout.SEGMENT_HEADER);
        ByteBuffer head = source.slice(dataStart, headLength);
        int metadataSize = head.getInt(0);
        int attachmentSize = head.getInt(4);
        long dataSize = head.getLong(8);
        int entryLength = ownEntry.read(head, Layout.SUBBLOCK_ENTRY, headLength);
        if (entryLength == DirectoryEntry.UNREADABLE && headLength < available) {
            // More than ten dimensions: no such file is known, but the format allows forty.
            int longest = Layout.DV_FIXED + Layout.MAX_DIMENSIONS * Layout.DV_DIMENSION;
            int length = (int) Math.min(available, Layout.SUBBLOCK_ENTRY + longest);
            entryLength = ownEntry.read(source.slice(dataStart, length), Layout.SUBBLOCK_ENTRY, length);
        }
        // Where the copy is unreadable the metadata has its usual place in all files seen.
        int header = Layout.subblockHeader(Math.max(entryLength, 0));
        if (metadataSize < 0 || attachmentSize < 0 || dataSize < 0) {
            throw CziException.corrupt(
                    source.name(),
                    dataStart,
                    "the subblock announces " + metadataSize + " bytes of metadata, " + dataSize + " of pixels and "
                            + attachmentSize + " of attachment");
        }
        // A size near 2^63 must not overflow the sum; nothing that large is in any file.
        long room = Math.max(available - header, 0);
        int metadata = (int) Math.min(metadataSize, room);
        long pixels = Math.min(dataSize, room - metadata);
        int attachment = (int) Math.min(attachmentSize, room - metadata - pixels);
        long missing = metadataSize - metadata + (dataSize - pixels) + (attachmentSize - attachment);
        long begin = Math.min(dataStart + header, source.size());
        return new SubblockSegment(
                position, begin, metadata, pixels, attachment, missing < 0 ? Long.MAX_VALUE : missing);
    }

    /**
     * The directory entry inside a subblock, as stored.
     *
     * @param source the file
     * @param position offset of the segment
     * @return a copy of an entry of schema DV, little-endian; null if there is none that is whole
     * @throws CziException if the storage fails
     */
    public static ByteBuffer entryBytes(ByteSource source, long position) throws CziException {
        long at = position + Layout.SEGMENT_HEADER + Layout.SUBBLOCK_ENTRY;
        int longest = Layout.DV_FIXED + Layout.MAX_DIMENSIONS * Layout.DV_DIMENSION;
        int available = (int) Math.max(0, Math.min(longest, source.size() - at));
        ByteBuffer bytes = source.slice(Math.min(at, source.size()), available);
        int length = new DirectoryEntry().read(bytes, 0, available);
        if (length == DirectoryEntry.UNREADABLE || bytes.get(1) != 'V') {
            return null;
        }
        byte[] entry = new byte[length];
        bytes.get(0, entry);
        return ByteBuffer.wrap(entry).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The segment as if it held a part of its pixels alone.
     *
     * @param offset of the part in the pixels, in bytes
     * @param size of the part in bytes
     * @return without metadata and attachment
     */
    public SubblockSegment withData(long offset, long size) {
        return new SubblockSegment(position, dataPosition() + offset, 0, size, 0, missing);
    }

    /**
     * Where the pixels begin.
     *
     * @return offset in the file
     */
    public long dataPosition() {
        return metadataPosition + metadataSize;
    }

    /**
     * Where the attachment begins.
     *
     * @return offset in the file
     */
    public long attachmentPosition() {
        return dataPosition() + dataSize;
    }
}
