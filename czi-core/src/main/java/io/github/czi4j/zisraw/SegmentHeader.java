package io.github.czi4j.zisraw;

import io.github.czi4j.io.ByteSource;
import io.github.czi4j.model.CziException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The 32 bytes in front of every segment (sheet §1).
 *
 * <table>
 * <caption>Layout</caption>
 * <tr><th>offset</th><th>type</th><th>field</th></tr>
 * <tr><td>0</td><td>char[16]</td><td>name, compared up to the first zero</td></tr>
 * <tr><td>16</td><td>i64</td><td>AllocatedSize: bytes reserved behind this header</td></tr>
 * <tr><td>24</td><td>i64</td><td>UsedSize: bytes used of them; 0 means "not given"</td></tr>
 * </table>
 *
 * @param position offset of the segment in the file
 * @param id its kind, or null for a name that is not known
 * @param name its name as stored
 * @param allocatedSize as stored: unchecked
 * @param usedSize as stored: unchecked
 */
public record SegmentHeader(long position, SegmentId id, String name, long allocatedSize, long usedSize) {

    /**
     * Reads the header of any segment.
     *
     * @param source the file
     * @param position offset of the segment
     * @return the header
     * @throws CziException if there are no 32 bytes at that position
     */
    public static SegmentHeader read(ByteSource source, long position) throws CziException {
        return of(source.slice(position, Layout.SEGMENT_HEADER), position);
    }

    private static SegmentHeader of(ByteBuffer bytes, long position) {
        int length = 0;
        while (length < Layout.SID_LENGTH && bytes.get(length) != 0) {
            length++;
        }
        byte[] ascii = new byte[length];
        bytes.get(0, ascii);
        String name = new String(ascii, StandardCharsets.ISO_8859_1);
        return new SegmentHeader(
                position,
                SegmentId.ofText(name),
                name,
                bytes.getLong(Layout.ALLOCATED_SIZE),
                bytes.getLong(Layout.USED_SIZE));
    }

    /**
     * Reads the header of a segment whose kind is known.
     *
     * @param source the file
     * @param position offset of the segment
     * @param expected its kind
     * @return the header
     * @throws CziException if the position is outside the file, or another segment is there
     */
    public static SegmentHeader expect(ByteSource source, long position, SegmentId expected) throws CziException {
        if (position < 0 || position > source.size() - Layout.SEGMENT_HEADER) {
            throw CziException.corrupt(
                    source.name(),
                    position,
                    "expected a segment " + expected.text() + ", but the file has " + source.size() + " bytes");
        }
        SegmentHeader header = read(source, position);
        if (header.id != expected) {
            throw CziException.corrupt(
                    source.name(),
                    position,
                    "expected a segment " + expected.text() + ", found " + header.describeName());
        }
        return header;
    }

    /**
     * The name for a message: quoted, with what cannot be printed replaced.
     *
     * @return for instance {@code 'ZISRAWFILE'}
     */
    public String describeName() {
        StringBuilder text = new StringBuilder("'");
        name.chars().forEach(c -> text.append(c >= 0x20 && c < 0x7F ? (char) c : '?'));
        return text.append('\'').toString();
    }

    /**
     * Where the data part begins.
     *
     * @return offset in the file
     */
    public long dataStart() {
        return position + Layout.SEGMENT_HEADER;
    }

    /**
     * How many bytes of the data part can be looked at: what the header claims is used, or allocated where it does not
     * say, but never more than the file holds.
     *
     * @param source the file
     * @return at least 0
     */
    public long availableData(ByteSource source) {
        long claimed = usedSize > 0 ? usedSize : Math.max(allocatedSize, 0);
        return Math.min(claimed, source.size() - dataStart());
    }
}
