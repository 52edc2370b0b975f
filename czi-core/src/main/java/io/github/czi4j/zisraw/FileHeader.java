package io.github.czi4j.zisraw;

import io.github.czi4j.io.ByteSource;
import io.github.czi4j.model.CziException;
import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * The file header, segment {@code ZISRAWFILE} at position 0 (sheet §1.1).
 *
 * <table>
 * <caption>Layout; offsets from the data start</caption>
 * <tr><th>offset</th><th>type</th><th>field</th></tr>
 * <tr><td>0</td><td>i32</td><td>major version, any accepted</td></tr>
 * <tr><td>4</td><td>i32</td><td>minor version</td></tr>
 * <tr><td>16</td><td>GUID</td><td>PrimaryFileGuid</td></tr>
 * <tr><td>32</td><td>GUID</td><td>FileGuid</td></tr>
 * <tr><td>48</td><td>i32</td><td>FilePart</td></tr>
 * <tr><td>52</td><td>i64</td><td>SubBlockDirectoryPosition; 0 and −1 mean "none"</td></tr>
 * <tr><td>60</td><td>i64</td><td>MetadataPosition</td></tr>
 * <tr><td>68</td><td>i32</td><td>UpdatePending</td></tr>
 * <tr><td>72</td><td>i64</td><td>AttachmentDirectoryPosition</td></tr>
 * </table>
 *
 * @param majorVersion 1 in all files seen
 * @param minorVersion 0 in all files seen
 * @param primaryFileGuid GUID of the first file of a set
 * @param fileGuid GUID of this file
 * @param filePart 0 for the first or only file
 * @param directoryPosition offset of the subblock directory, {@link #NONE} if there is none
 * @param metadataPosition offset of the metadata segment, {@link #NONE} if there is none
 * @param updatePending a writer was, or is, at work: what the file says of itself may be stale
 * @param attachmentDirectoryPosition offset of the attachment directory, {@link #NONE} if there is none
 */
public record FileHeader(
        int majorVersion,
        int minorVersion,
        UUID primaryFileGuid,
        UUID fileGuid,
        int filePart,
        long directoryPosition,
        long metadataPosition,
        boolean updatePending,
        long attachmentDirectoryPosition) {

    /** A position that is not given. */
    public static final long NONE = -1;

    /** Offset behind the last field, from the data start: what a file must at least hold. */
    private static final int FIELDS_END = 80;

    /**
     * Reads the header.
     *
     * @param source the file
     * @return the header, with positions as stored
     * @throws CziException if the file is empty, too short, or no CZI
     */
    public static FileHeader read(ByteSource source) throws CziException {
        if (source.size() == 0) {
            throw CziException.corrupt(source.name(), 0, "not a CZI file: it is empty");
        }
        if (source.size() < Layout.SEGMENT_HEADER + FIELDS_END) {
            throw CziException.corrupt(
                    source.name(), 0, "not a CZI file: it has " + source.size() + " bytes, fewer than a file header");
        }
        SegmentHeader segment = SegmentHeader.read(source, 0);
        if (segment.id() != SegmentId.FILE) {
            throw CziException.corrupt(
                    source.name(), 0, "not a CZI file: expected 'ZISRAWFILE', found " + segment.describeName());
        }
        ByteBuffer data = source.slice(segment.dataStart(), FIELDS_END);
        return new FileHeader(
                data.getInt(0),
                data.getInt(4),
                guid(data, 16),
                guid(data, 32),
                data.getInt(48),
                position(data.getLong(52)),
                position(data.getLong(60)),
                data.getInt(68) != 0,
                position(data.getLong(72)));
    }

    /**
     * Stands for a header that is lost.
     *
     * @return a header that names nothing
     */
    public static FileHeader unknown() {
        UUID none = new UUID(0, 0);
        return new FileHeader(1, 0, none, none, 0, NONE, NONE, true, NONE);
    }

    /**
     * The same with another place of the metadata.
     *
     * @param position offset of the metadata segment, or {@link #NONE}
     * @return changed header
     */
    public FileHeader withMetadataAt(long position) {
        return new FileHeader(
                majorVersion,
                minorVersion,
                primaryFileGuid,
                fileGuid,
                filePart,
                directoryPosition,
                position,
                updatePending,
                attachmentDirectoryPosition);
    }

    private static long position(long stored) {
        return stored == 0 ? NONE : stored;
    }

    /** A GUID in the mixed byte order of Windows: u32, u16, u16 little-endian, then eight bytes. */
    static UUID guid(ByteBuffer data, int offset) {
        long high = (long) data.getInt(offset) << 32
                | (data.getShort(offset + 4) & 0xFFFFL) << 16
                | data.getShort(offset + 6) & 0xFFFFL;
        return new UUID(high, Long.reverseBytes(data.getLong(offset + 8)));
    }
}
